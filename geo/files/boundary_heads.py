"""Which columns of a boundary file hold its codes, names and districts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import errors
from geo.codes import CodeSystem, canonical_area_code, code_system, normalise_name, ten_digits

# Heads as `_head` writes them, the most telling first; found in files of BIG, BPS, OCHA and private mirrors.
CODE_HEADS = (
    "kodeadm4",
    "kodekemendagri",
    "kdepum",
    "kodedesa",
    "kodekel",
    "kodekelurahan",
    "kddesa",
    "kdkelurahan",
    "iddesa",
    "adm4pcode",
    "villagecode",
    "areacode",
    "kode",
    "kdcpum",
)
NAME_HEADS = (
    "wadmkd",
    "namakelurahan",
    "namakel",
    "namadesa",
    "nmkelurahan",
    "nmkel",
    "nmdesa",
    "kelurahan",
    "desa",
    "desakelurahan",
    "keldesa",
    "village",
    "adm4id",
    "adm4en",
    "areaname",
    "namobj",
    "nama",
    "name",
)
DISTRICT_HEADS = (
    "wadmkc",
    "namakecamatan",
    "namakec",
    "nmkecamatan",
    "nmkec",
    "kecamatan",
    "adm3id",
    "adm3en",
    "districtname",
    "district",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Heads of the columns that matter; `district` is None where there is none."""

    code: str
    name: str
    district: str | None
    system: CodeSystem


def as_text(column: pd.Series) -> list[str]:
    """Write each value as text without surrounding spaces: missing as "", whole numbers without ``.0``."""
    return ["" if pd.isna(value) else _text(value) for value in column]


def code_rows(table: pd.DataFrame, *, prefix: str) -> tuple[int, int]:
    """Count the rows with a code beginning with `prefix`, and with any ten digits, in the column with most."""
    counts = [(0, 0)]
    for head in _attributes(table):
        digits = [found for text in as_text(table[head]) if (found := ten_digits(text)) is not None]
        counts.append((sum(found.startswith(prefix) for found in digits), len(digits)))
    return max(counts)


def find_columns(
    table: pd.DataFrame,
    *,
    region_code: str,
    region_bps_code: str | None,
    known_names: Mapping[str, str],
    expected: CodeSystem = "kemendagri",
) -> Columns:
    """Find the columns of codes, names and districts by what is in them, then by their heads.

    The code column is one of those in which most values are ten-digit codes: rather one of the `expected` system
    than of another, rather one with more rows of the region, rather one with a usual head. The name column is
    the one that agrees with most of `known_names` (area code to name), or, where none agrees with half of them,
    the one with the most usual head. Districts go by the head alone.

    Raises
    ------
    BoundaryError
        ``no_code_column``, ``bps_codes``, ``not_bps_codes``, ``codes_unclear`` or ``no_name_column``.
    """
    texts = {head: as_text(table[head]) for head in _attributes(table)}
    code, system = _code_column(texts, region_code=region_code, region_bps_code=region_bps_code, expected=expected)
    wordy = {head: column for head, column in texts.items() if _holds_words(column)}
    known = {area: normalise_name(name) for area, name in known_names.items()}
    areas = [canonical_area_code(text) for text in texts[code]]
    enough = max(1, sum(area in known for area in areas)) / 2
    agreeing = {
        head: sum(
            area in known and known[area] == normalise_name(text) for area, text in zip(areas, column, strict=True)
        )
        for head, column in wordy.items()
    }
    agreeing = {head: count for head, count in agreeing.items() if count >= enough}
    names = [head for head in wordy if head in agreeing or plain_head(head) in NAME_HEADS]
    if not names:
        raise errors.NoNameColumnError(columns=tuple(texts))
    name = max(names, key=lambda head: (agreeing.get(head, 0), -_rank(head, NAME_HEADS)))
    districts = [head for head in wordy if plain_head(head) in DISTRICT_HEADS and head != name]
    district = min(districts, key=lambda head: _rank(head, DISTRICT_HEADS), default=None)
    return Columns(code=code, name=name, district=district, system=system)


def _code_column(
    texts: Mapping[str, list[str]], *, region_code: str, region_bps_code: str | None, expected: CodeSystem
) -> tuple[str, CodeSystem]:
    """Choose the code column and judge its system, refusing every system but the expected one."""
    candidates = [head for head, column in texts.items() if _code_share(column) > 1 / 2]
    if not candidates:
        raise errors.NoCodeColumnError(columns=tuple(texts))
    prefix = ((expected == "bps" and region_bps_code) or region_code).replace(".", "")
    systems = {
        head: code_system(texts[head], region_code=region_code, region_bps_code=region_bps_code)
        for head in candidates
    }
    best = max(
        candidates,
        key=lambda head: (
            systems[head] == expected,
            sum((ten_digits(text) or "").startswith(prefix) for text in texts[head]),
            -_rank(head, CODE_HEADS),
        ),
    )
    examples = tuple(text for text in texts[best] if ten_digits(text))[:3]
    if systems[best] == expected:
        return best, expected
    if expected == "bps":
        raise errors.NotBpsCodesError(column=best, examples=examples, region_code=region_code)
    if systems[best] == "bps":
        raise errors.BpsCodesError(
            column=best, examples=examples, region_code=region_code, region_bps_code=region_bps_code
        )
    raise errors.CodesUnclearError(column=best, examples=examples, region_code=region_code)


def _attributes(table: pd.DataFrame) -> list[str]:
    """List the columns that are not geometry."""
    return [str(head) for head in table.columns if str(table.dtypes[head]) != "geometry"]


def _text(value: object) -> str:
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def plain_head(head: str) -> str:
    """Reduce a column's head to its letters and digits."""
    return re.sub(r"[^a-z0-9]", "", head.lower())


def _rank(head: str, usual: tuple[str, ...]) -> int:
    """Return the place of a head among the usual ones, behind all where it is not one."""
    return usual.index(plain_head(head)) if plain_head(head) in usual else len(usual)


def _holds_words(column: list[str]) -> bool:
    """Tell whether more than half of the rows hold letters, and codes do not prevail."""
    return sum(any(map(str.isalpha, text)) for text in column) * 2 > len(column) and _code_share(column) <= 1 / 2


def _code_share(column: list[str]) -> float:
    """Return the share of filled values that are ten-digit codes, 0 where none is filled."""
    filled = [text for text in column if text]
    return sum(ten_digits(text) is not None for text in filled) / len(filled) if filled else 0.0
