"""Texts from files in the HTML of maps and details."""

from __future__ import annotations

from html import escape


def safe(text: str) -> str:
    """Escape a text from a file for HTML that passes through folium.

    folium takes what it has rendered for a template and renders it once more, so braces in a name would be
    carried out as code on the server.
    """
    return escape(text).replace("{", "&#123;")
