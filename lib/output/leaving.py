"""What a text of a file or a person must pass before it leaves the house, whatever carries it out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.characters import visible
from data.sort.lines import IMPORT_ID
from data.sort.personal import mask, mask_place

if TYPE_CHECKING:
    from collections.abc import Callable

# Columns that name places or hold sentences of ours: a place may be called like a person ("Pak Laheng"), and nobody
# typed these texts, so only numbers and accounts are hidden in them.
OWN_HEADS = frozenset(
    {
        "Nama baru", "Nama lama", "alasan", "alasan_kami", "area_name", "bagian", "catatan_dpt", "desa",
        "district_name", "judul", "kalimat", "kecamatan", "kelurahan", "nama", "region_name", "saran", "tanda",
        "wilayah",
    }
)  # fmt: skip
ACCOUNT_HEAD = "pelaku"  # of the trail: the name of an account or of a machine, which may look like an address
JOURNAL_ID = "[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{4}"
# Names that the product gives look like numbers of phones at times.
_OURS = re.compile(rf"{IMPORT_ID}|{JOURNAL_ID}|(?=[0-9]*[a-f])[0-9a-f]{{12,64}}")
# Where a spreadsheet looks for a formula: at the start, and after what another one may take for the end of a cell.
# Signs of full and half width count; blanks and quotes before them do not hinder every program. A dash alone says
# that there is nothing.
_FORMULA = re.compile(r"(?:^|[;\t\r\n])(?P<blank>[\s\"“”‘’`]*)(?=[=+\-@＝＋－＠﹢﹣﹦﹫](?!$))|^(?=[\t\r\n])")


def safe_text(text: str, head: str = "") -> str:
    """Leave out what nobody sees and hide what identifies a person; in a column of `OWN_HEADS` names stay."""
    return visible(text) if head == ACCOUNT_HEAD else _safe_text(text, own=head in OWN_HEADS)


def no_formula(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: an apostrophe stands before it."""
    return _FORMULA.sub(lambda found: f"{found[0]}'", text)


def safe_table(table: pd.DataFrame, finish: Callable[[str], str] = str) -> pd.DataFrame:
    """Make the texts of a table safe, then finish each; numbers, days and what is missing stay as they are."""
    made = table.copy(deep=False)
    for name in table.columns:
        if not _is_number(table[name]):
            safe = (_safe(value, str(name)) for value in table[name].tolist())
            values = [finish(value) if isinstance(value, str) else value for value in safe]
            made[name] = pd.Series(values, index=table.index, dtype=object)  # a whole number beside a gap stays whole
    return made


def safe_values(values: Any, head: str = "") -> Any:
    """Make the texts in nested values safe; the key of a value is the head of its column."""
    if isinstance(values, dict):
        return {key: safe_values(value, str(key)) for key, value in values.items()}
    if isinstance(values, list | tuple):
        return [safe_values(value, head) for value in values]
    return _safe(values, head)


@lru_cache(maxsize=1 << 14)
def _safe_text(text: str, *, own: bool) -> str:
    text = visible(text)
    if _OURS.fullmatch(text):
        return text
    return mask_place(text) if own else mask(text)


def _safe(value: object, head: str) -> object:
    return safe_text(value, head) if isinstance(value, str) else value


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
