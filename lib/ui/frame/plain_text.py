"""Texts that hold words of a file, kept from being read as markup: a picture in a cell must not be fetched."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~:$])")
_ADDRESS = re.compile(r"(https?:)(?=//)|(www)(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"  # of no width: the browser's markdown makes a link of any address, escaped or not


def plain(text: str) -> str:
    """Escape what Streamlit's markdown would take for markup."""
    return _SPECIAL.sub(r"\\\1", _ADDRESS.sub(rf"\g<0>{_JOINER}", text))
