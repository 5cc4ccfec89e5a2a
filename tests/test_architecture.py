"""Imports run one way, pages stay short, and no page can be opened behind the menu's back."""

import ast
import re
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder in ("lib", "geo", "data", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "lake" not in path.relative_to(ROOT).parts[:2]
] + [ROOT / "app.py"]

# The rooms from the ground up: a room imports only rooms that stand before it, type imports included. Rooms of one
# line stand side by side and do not know each other. A package's own modules (`data.engine`) are a room before its
# packages (`data.read`); the nearest name decides.
ROOMS = (
    ("data",),
    ("data.read",),
    ("data.sort",),
    ("data.store", "data.demo"),
    ("geo",),
    ("geo.files", "geo.drawing"),
    ("lib.analysis",),
    ("lib.people",),
    ("lib.cores", "lib.errors", "lib.filters", "lib.indonesian"),
    ("lib.records",),
    ("lib.rules",),
    ("lib.texts",),
    ("lib.settings",),
    ("lib.region",),
    ("lib.reports",),
    ("lib.warnings",),
    ("lib.score",),
    ("lib.grades",),
    ("lib.intake",),
    ("lib.proposals",),
    ("lib.output",),
    ("lib.ui.door",),
    ("lib.commands", "lib.ui.load"),
    ("lib.ui.frame",),
    ("lib.ui.situation", "lib.ui.mapping", "lib.ui.sources"),
    ("pages",),
    ("app",),
)
RANK = {name: rank for rank, names in enumerate(ROOMS) for name in names}
# Who does not know whom although it stands before: the store knows no maps, geometry no tables, statistics neither.
STRANGERS = {"geo": ("data",), "lib.analysis": ("data", "geo"), "pages": ("data", "geo")}
STREAMLIT = ("lib.ui", "pages", "app")


def module_name(path: Path) -> str:
    """Name the module of a file; a package's own file is the package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(module: str) -> str | None:
    """Find the room of a module of ours."""
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in RANK), None)


def imported(path: Path) -> set[str]:
    """Name every module that a file imports, those for type checking included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def beneath(module: str, names: Iterable[str]) -> bool:
    """Tell whether a module is one of these or stands in one of them."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def arrows_back(module: str, names: Iterable[str]) -> list[str]:
    """List what a module imports although it does not stand before its room."""
    own = room(module)
    assert own, f"{module} stands in no room"
    strangers = next((who for head, who in STRANGERS.items() if beneath(own, (head,))), ())
    others = ((name, room(name)) for name in names)
    return sorted(
        name
        for name, other in others
        if (other and other != own and RANK[other] >= RANK[own]) or beneath(name, strangers)
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    module = module_name(path)
    if module not in {"lib", "lib.ui"}:
        assert arrows_back(module, imported(path)) == []


def test_an_arrow_back_is_seen() -> None:
    assert arrows_back("lib.score.parts", ["lib.output.classes.class_of", "lib.region.areas", "lib.rules"]) == [
        "lib.output.classes.class_of"
    ]
    assert arrows_back("lib.ui.mapping.risk_map", ["lib.ui.sources.method", "lib.ui.frame.canvas"]) == [
        "lib.ui.sources.method"
    ]
    assert arrows_back("geo.files.points", ["data.engine", "geo.errors"]) == ["data.engine"]


def circles(imports: Mapping[str, AbstractSet[str]]) -> list[list[str]]:
    """List the groups of modules that import each other in a circle."""
    graph = {module: set(names) & set(imports) - {module} for module, names in imports.items()}
    while free := {module for module, names in graph.items() if not names}:
        graph = {module: names - free for module, names in graph.items() if module not in free}
    kept = set(graph)
    while leaf := {module for module in kept if not any(module in graph[other] for other in kept)}:
        kept -= leaf
    return [sorted(kept)] if kept else []


def modules_of(names: Iterable[str], known: Collection[str]) -> set[str]:
    """Find the modules that imported names belong to: the name itself, or what stands before its last dot."""
    found = ((name if name in known else name.rpartition(".")[0]) for name in names)
    return {name for name in found if name in known}


def test_no_files_import_each_other_in_a_circle() -> None:
    files = {module_name(path): path for path in SOURCES}
    assert circles({module: modules_of(imported(path), files) for module, path in files.items()}) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [["b", "c"]]


def test_every_room_is_there_and_says_what_lives_in_it() -> None:
    for name in RANK:
        folder = ROOT.joinpath(*name.split("."))
        if name not in {"pages", "app"}:
            text = (folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")).read_text("utf-8")
            assert ast.get_docstring(ast.parse(text)), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_stays_in_pages_and_ui(path: Path) -> None:
    if not beneath(module_name(path), STREAMLIT):
        assert not any(beneath(name, ("streamlit", "streamlit_folium")) for name in imported(path))


def test_a_file_past_400_lines_wants_to_be_two() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in SOURCES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_pages_stay_short() -> None:
    pages = list((ROOT / "pages").rglob("*.py"))
    assert pages
    assert {p.name: n for p in pages if (n := len(p.read_text(encoding="utf-8").splitlines())) > 100} == {}


def test_no_page_at_the_first_level() -> None:
    # Streamlit would open such a file by its address alone, without app.py and whatever guards it.
    assert list((ROOT / "pages").glob("*.py")) == []


def test_every_page_is_in_the_menu() -> None:
    menu = (ROOT / "app.py").read_text(encoding="utf-8")
    for page in (ROOT / "pages").rglob("*.py"):
        assert f'"{page.relative_to(ROOT).as_posix()}"' in menu


def test_the_environment_is_read_in_one_place() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "os.environ" in path.read_text(encoding="utf-8") or "getenv" in path.read_text(encoding="utf-8")
    ]
    assert readers == ["lib/settings.py"]


def test_the_clock_is_read_in_two_places() -> None:
    # data/store/lake.py stamps what it stores; lib/settings.py tells the pages which day it is. Nothing else may.
    readers = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if any(word in path.read_text(encoding="utf-8") for word in ("datetime.now(", "date.today(", "time.time("))
    }
    assert readers == {"data/store/lake.py", "lib/settings.py"}


@pytest.mark.parametrize(("word", "home"), [("tomllib", "lib/rules/toml.py"), ("hashlib", "data/digests.py")])
def test_there_is_one_parser_of_toml_and_one_way_to_hash(word: str, home: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in SOURCES if word in imported(path)] == [home]


def test_rows_enter_the_store_in_one_place() -> None:
    schema = (ROOT / "data" / "sql" / "schema").glob("[0-9]*.sql")
    tables = {name for file in schema for name in re.findall(r"CREATE TABLE (\w+)", file.read_text(encoding="utf-8"))}
    assert "issue" in tables
    queries = [path for path in (ROOT / "data" / "sql").rglob("*.sql") if path.parent.name != "schema"]
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (*SOURCES, *queries)}
    written = {name: set(re.findall(r"INSERT INTO (\S+)", text)) for name, text in texts.items()}
    assert written.pop("data/store/journals.py") == {"{table}"}
    assert {name: names & tables for name, names in written.items() if names & tables} == {}
    # Accounts, sessions and the trail lie outside the store, in files of lib.people.
    assert [name for name, names in written.items() if names and not name.startswith(("data/", "lib/people/"))] == []


def test_what_may_need_four_eyes_is_done_through_the_proposals() -> None:
    deeds = {"undo_import", "save_weights", "import_boundaries", "freeze_rows", "publish"}
    rooms = ("lib/ui", "lib/commands", "pages")
    taken = {
        f"{path.relative_to(ROOT)}: {name.name}"
        for path in SOURCES
        if path.relative_to(ROOT).as_posix().startswith(rooms) and path.name != "demo.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name in deeds or (name.name == "issue_alerts" and node.module != "lib.proposals.deeds")
    }
    assert taken == set()
