"""Texts that hold words of a file, kept from being read as markup: a picture in a cell must not be fetched."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~:$])")


def plain(text: str) -> str:
    """Escape what Streamlit's markdown would take for markup."""
    return _SPECIAL.sub(r"\\\1", text)
