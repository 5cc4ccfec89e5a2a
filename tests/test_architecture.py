"""Imports run one way, pages stay short, and no page can be opened behind the menu's back."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder in ("lib", "geo", "data", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "lake" not in path.relative_to(ROOT).parts[:2]
] + [ROOT / "app.py"]

# Which of our packages each layer may not import: the nearest folder named here decides.
FORBIDDEN = {
    "geo": ("data", "lib", "pages", "app"),
    "data": ("geo", "lib", "pages", "app"),
    "lib/analysis": (
        "data",
        "geo",
        "pages",
        "app",
        "lib.ui",
        "lib.output",
        "lib.texts",
        "lib.score",
        "lib.intake",
    ),
    "lib/texts": ("data", "geo", "pages", "app", "lib.ui", "lib.output", "lib.analysis"),
    "lib/output": ("pages", "app", "lib.ui", "lib.intake"),
    "lib/ui": ("pages", "app"),
    "lib": ("pages", "app", "lib.ui"),
    "pages": ("pages", "app", "data", "geo"),
}


def imported(path: Path, *, at_run_time: bool = True) -> Iterator[str]:
    """Name every module that a file imports; those imported for type checking only are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if at_run_time and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            skipped.update(ast.walk(node))
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(path: Path) -> str:
    """Find the nearest folder that has a rule."""
    parts = path.relative_to(ROOT).parts[:-1]
    for length in range(len(parts), 0, -1):
        if "/".join(parts[:length]) in FORBIDDEN:
            return "/".join(parts[:length])
    return ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    forbidden = FORBIDDEN.get(layer(path), ())
    wrong = [name for name in imported(path) if any(name == f or name.startswith(f + ".") for f in forbidden)]
    assert wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_stays_in_pages_and_ui(path: Path) -> None:
    names = set(imported(path))
    if layer(path) not in {"lib/ui", "pages"} and path.name != "app.py":
        assert not any(name.split(".")[0] in {"streamlit", "streamlit_folium"} for name in names)


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
