"""HTML and SVG from the templates in this folder. No other file writes a tag or calls a text safe.

A template takes words that are ready to be read, never tables. A line break beside a tag is for the eye of its
author and writes nothing: elements stand as close as in one line.
"""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

_LINE_BREAK = re.compile(r"(?<=[>}])\s*\n\s*|\s*\n\s*(?=[<{])")


def render(template: str, /, **values: Any) -> Markup:
    """Fill a template of this folder in; a value comes out as the text that it is, unless it is itself rendered.

    Raises `jinja2.UndefinedError` if the template asks for a value that was not given. Raises `ValueError` if it
    writes None.
    """
    return Markup(_TEMPLATES.get_template(template).render(values))  # noqa: S704 - every value in it is inert


def inert(value: Any) -> Markup:
    """Escape a value for HTML that passes through folium.

    folium takes what it has rendered for a template and renders it once more, so braces in a name would be
    carried out as code on the server.
    """
    if isinstance(value, Markup):
        return value
    if value is None:
        raise ValueError("a template writes None; an empty text is ''")
    return Markup(str(escape(value)).replace("{", "&#123;"))  # noqa: S704 - escaped in this line


class _CloseElements(Extension):
    """Read templates without the line breaks beside their tags."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - jinja's
        return _LINE_BREAK.sub("", source)


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    finalize=inert,
    undefined=StrictUndefined,
    extensions=[_CloseElements],
)
