"""Whatever a name holds, it comes out of every template as the text that it is; and only templates write tags."""

from __future__ import annotations

import ast
import re
import tomllib
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, Template, UndefinedError, nodes

from lib.output import html

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[3]
FOLDER = Path(html.__file__).parent
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.[hs][tv]*"))}
HOSTILE = "\"'><script>alert(1)</script><!--{{ 7 * 7 }}{% raw %}{# & #}"
# Where tags stand in code, never around a value. Plotly has a small markup of its own; a messenger writes a mark
# for a picture; maps are read for what they would fetch.
CONSTANTS = {
    "lib/intake/clean_text.py": {"media"},
    "lib/ui/door/door.py": {"script"},  # finds the one script in Streamlit's own page
    "lib/ui/frame/copy_button.py": {"button", "span"},  # filled by its script, with text alone
    "lib/ui/frame/offline.py": {"meta", "link"},
    "lib/ui/frame/theme.py": {"span", "style"},
    "lib/output/charts.py": {"b", "br", "extra"},
    "lib/output/forecast_charts.py": {"b", "br", "extra"},
    "lib/output/scorecard_charts.py": {"b", "extra"},
}
SOURCES = [path for folder in ("lib", "pages") for path in sorted((ROOT / folder).rglob("*.py"))]
TAG = re.compile(r"(?<!\(\?P)<[/!]?([a-z][a-z0-9]*)\b")


class Anything(str):
    """A value that is its text whatever is asked of it: an attribute, or a number less."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __sub__(self, other: object) -> Anything:
        return self


class Reader(HTMLParser):
    """What a browser reads of HTML: tags with their attributes, and texts, one of them called by another word."""

    def __init__(self, text: str, word: str) -> None:
        super().__init__()
        self.word = word
        self.found: list[object] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [(name, self.called(value or "")) for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        # A reader leaves the text of a style as it is written.
        self.found.append(self.called(unescape(data) if self.cdata_elem else data))

    def called(self, text: str) -> str:
        return text.replace(self.word, "Desa")


def parsed(name: str) -> nodes.Template:
    return Environment(autoescape=True).parse(TEMPLATES[name])


def filled(name: str, text: str) -> str:
    """Fill a template in with one text for every value, as many and as deep as its loops take them apart."""
    loops = {
        loop.iter.name: loop.target
        for source in ("parts.html", name)
        for loop in parsed(source).find_all(nodes.For)
        if isinstance(loop.iter, nodes.Name)
    }

    def value(variable: str) -> object:
        target = loops.get(variable)
        if target is None:
            return Anything(text)
        if isinstance(target, nodes.Tuple):
            return [tuple(value(part.name) for part in target.items if isinstance(part, nodes.Name))] * 2
        assert isinstance(target, nodes.Name)
        return [value(target.name)] * 2

    variables = {node.name for node in parsed(name).find_all(nodes.Name) if node.ctx == "load"}
    return html.render(name, **{variable: value(variable) for variable in variables - {"loop"}})


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "parts.html"])
def test_a_name_is_read_as_the_text_that_it_is(name: str) -> None:
    plain, hostile = filled(name, "Desa"), filled(name, HOSTILE)
    assert plain.count("Desa") == hostile.count("&lt;script&gt;") > 0
    assert Reader(hostile, HOSTILE).found == Reader(plain, "Desa").found
    assert Template(hostile).render() == hostile, "folium renders once more"


@given(st.text(st.sampled_from("<>&\"'{}%#/ ab="), max_size=12))
def test_any_text_survives(text: str) -> None:
    written = html.render("paragraph.html", text=f"{text}.")
    assert Template(written).render() == written
    assert Reader(written, "Desa").found == [("p", []), f"{text}.", "/p"]


def test_what_is_rendered_is_not_escaped_again() -> None:
    inner = html.render("paragraph.html", text="a & b")
    assert html.render("detail.html", detail=inner) == '<div class="petadini-detail"><p>a &amp; b</p></div>'


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="text"):
        html.render("paragraph.html")
    with pytest.raises(ValueError, match="None"):
        html.render("paragraph.html", text=None)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_calls_nothing_safe_and_quotes_its_attributes(name: str) -> None:
    assert {node.name for node in parsed(name).find_all(nodes.Filter)} <= {"length"}
    assert not list(parsed(name).find_all((nodes.MarkSafe, nodes.ScopedEvalContextModifier)))
    assert not re.search(r"=\s*\{\{|<[^>]*\n", re.sub(r"\{%.*?%\}|\{#.*?#\}", "", TEMPLATES[name]))


def test_a_line_break_beside_a_tag_writes_nothing() -> None:
    assert "\n" not in filled("area_score.html", "Desa")
    assert "</strong> <small>" in filled("views.html", "Desa")


def test_templates_go_with_the_package() -> None:
    package_data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    packed = {path.name for pattern in package_data["lib.output.html"] for path in FOLDER.glob(pattern)}
    assert packed == {path.name for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".py"}


def tags(strings: Iterable[ast.Constant]) -> set[str]:
    return {tag for string in strings if isinstance(string.value, str) for tag in TAG.findall(string.value)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_templates_write_tags_and_one_file_escapes(path: Path) -> None:
    tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    docstrings = {
        id(node.body[0].value)
        for node in tree
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)
    }
    constants = [node for node in tree if isinstance(node, ast.Constant) and id(node) not in docstrings]
    around_values = [part for node in tree if isinstance(node, ast.JoinedStr) for part in node.values]
    assert tags(constants) == CONSTANTS.get(str(path.relative_to(ROOT)), set())
    assert tags(part for part in around_values if isinstance(part, ast.Constant)) == set()
    names = {alias.name for node in tree if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    called = {node.func.id for node in tree if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "html" not in names - {"lib.output.html"}
    assert path.parent == FOLDER or not ("escape" in names or "Environment" in names or "Markup" in called)
