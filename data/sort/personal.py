"""Mask what names or identifies a person, before anything is stored."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from data.characters import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

NAME = "nama"
NAME_MASK = f"[{NAME} disamarkan]"
MASK_END = " disamarkan]"
# No digit and no decimal sign may stand before a number, or the tail of a coordinate would be one.
_ALONE = r"(^|[^0-9.,]|[^0-9][.,])"
_WORD = r"(?:[A-Z]\.|[A-Z][A-Za-z'’\-]+)"
# A title ends where its word ends: "Bu Sari" has one, "Bukit Kapur" has none.
_RANKS = (
    r"(?:bharada|bharatu|bripda|briptu|brigpol|brigadir|bripka|aipda|aiptu|ipda"
    r"|iptu|akp|kompol|akbp|kombes(?: pol)?|prada|pratu|praka|kopda|koptu|kopka|serda|sertu|serka|serma|pelda|peltu"
    r"|letda|lettu|kapten|mayor|letkol|kolonel)"
)
_TITLE = (
    r"\b(?i:(?:sdri?|an|a\.n)\.|(?:pelapor|terlapor|saksi|korban|nama) ?:"
    rf"|(?:sdri?|bernama|atas nama|bapak|ibu|pak|bu|{_RANKS})\b)"
)
# Whom a title may stand before without naming anybody.
_OFFICES = (
    r"(?i:rt|rw|lurah|camat|kades|kadus|dukuh|kepala|bupati|wali|walikota|wakil|gubernur|presiden|menteri|ketua"
    r"|sekretaris|sekda|anggota|kapol\w*|wakapol\w*|kabag\w*|kasat\w*|kanit\w*|dan(?:dim|ramil|rem|lanal)|babinsa"
    r"|bhabinkamtibmas|pol(?:isi|ri|da|res\w*|sek)|tni|kodim|koramil|bawaslu|panwas\w*|kpu|pps|ppk|kpps|pkk|linmas|hakim|jaksa|dokter|guru|ustadz?"
    r"|pendeta|pastor|warga|masyarakat|kelurahan|desa|kecamatan|dinas|kantor|tim|panitia|negara|kota|pertiwi)"
)
# Before such a word a title begins the name of a place: "Desa Pak Laheng".
_PLACE_WORDS = (
    r"\b(?i:desa|kel(?:urahan|\.)?|kec(?:amatan|\.)?|dusun|kampung|kp\.|jalan|jl\.?|gang|gg\.?|pasar|sungai|sei|pulau"
    r"|tanjung|jembatan|masjid|gereja|pura|wihara|vihara|sdn?|smpn?|sman?|tps)"
)
_HELD = "\x1f"  # stands for the blank between a title and an office while names are looked for
# In this order, since a later one would take parts of an earlier one: kind, pattern, what stays of it.
_NUMBERS: tuple[tuple[str, str, str], ...] = (
    ("surel", r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", ""),
    ("akun", r"(^|[^\w@])@[A-Za-z0-9_][A-Za-z0-9_.]+[A-Za-z0-9_]", r"\1"),
    (
        "nip",
        r"\b((?i:nrp|nip)(?i:[ .:/]*no(?:mor)?)?[ .:/]*)(?:[0-9](?:[ .\-]?[0-9]){17}|[0-9](?:[ .\-]?[0-9]){7})\b",
        r"\1",
    ),
    (
        "nik",
        _ALONE + r"(?:[0-9]{4}(?:[ .\-]?[0-9]{4}){3}|[0-9]{6}[ .\-][0-9]{6}[ .\-][0-9]{4}"
        r"|[0-9]{2}(?:[ .\-][0-9]{2}){2}[ .\-][0-9]{6}[ .\-]?[0-9]{4})\b",
        r"\1",
    ),
    (
        "telepon",
        _ALONE + r"(?:\+?62[ .\-]?|0)8[0-9]{1,2}(?:(?:[ .\-]?[0-9]{3,5}){2}|(?:[ .\-][0-9]{2,3}){3,4})\b",
        r"\1",
    ),
)
KINDS = (*(kind for kind, _, _ in _NUMBERS), NAME)
_STEPS: tuple[tuple[str, str], ...] = (
    *((pattern, f"{kept}[{kind}{MASK_END}") for kind, pattern, kept in _NUMBERS),
    (rf"({_TITLE}) +({_OFFICES}\b)", rf"\1{_HELD}\2"),
    (rf"({_PLACE_WORDS} +{_TITLE}) +", rf"\1{_HELD}"),
    (rf"((?:{_TITLE} *)+){_WORD}(?: {_WORD}){{0,3}}", rf"\1{NAME_MASK}"),
    (_HELD, " "),
)
# Much quicker than the patterns, and true wherever one of them is.
_TEST = rf"[0-9][0-9 .\-]{{6,}}[0-9]|@[A-Za-z0-9_]|{_TITLE} *[A-Z]"
_PERSONAL_HEADS = re.compile(
    r"(?:^|[\W_])(?:nik|nkk|no_kk|nomor_kk|kartu_keluarga|ktp|npwp|paspor|(?:no|nomor)_sim|nip|nrp|nidn"
    r"|(?:no|nomor)?[\W_]*(?:hp|handphone|ponsel|telp|tlp|telepon|telpon|telephone|phone|mobile|wa|whatsapp)"
    r"|e_?mail|surel|username|user_?name|akun|pengguna|instagram|facebook|tiktok|twitter|telegram"
    r"|pelapor|terlapor|saksi|korban|pelaku|tersangka|terduga|tersangka_\w+|narasumber|informan|penanggung_jawab"
    r"|tempat_lahir|tanggal_lahir|tgl_lahir|jenis_kelamin|nama_ibu|alamat_rumah|alamat_tinggal"
    r"|first_?name|last_?name|full_?name|surname|suspect|victim|witness|respondent|responden|enumerator"
    r")(?:[\W_]|$)|^\W*(?:nama|name|nama_lengkap|nama_orang|nama_petugas|nama_warga|nama_ketua|nama_anggota|contact|kontak"
    r"|submitted_by|_submitted_by|author|reporter|petugas)\W*$"
)
# Such a head counts, or describes what happened, not who.
_IMPERSONAL_HEADS = re.compile(
    r"(?:^|[\W_])(?:jumlah|jml|banyak\w*|total|n|count|jenis_(?!kelamin)\w+|unsur|instansi|lembaga|kategori|status|asal"
    r"|luka|meninggal|tewas|jiwa)(?:[\W_]|$)"
)
# Words by which a column of names of persons is told from one of offices or places. The names are widely used ones of
# every island and origin; they are a sign that a text may be a name, nothing more.
_WORDS = {
    file.stem: frozenset(file.read_text(encoding="utf-8").split())
    for file in (Path(__file__).parents[1] / "words").glob("*.txt")
}
_PERSON_WORD = re.compile(r"[A-Z](?:[a-z'’\-]+|[A-Z'’\-]+|\.)?")
_DEGREE = re.compile(r",? ?\b(?:S|M|A)\.[A-Z][A-Za-z]*\.?|,? ?\b(?:Dr|Drs|Dra|Ir|Prof|H|Hj|KH)\. ?")
NAMED_SHARE = 0.6


def define_masking(cursor: duckdb.DuckDBPyConnection) -> None:
    """Define the SQL function ``masked(text)`` of this cursor, which hides what identifies a person.

    Hidden are identity and family-card numbers (16 digits), service numbers (8 or 18 digits after NIP or NRP),
    mobile phone numbers, e-mail addresses, handles, and names after a title such as "Sdr." or "bernama". What a
    hidden part was stays readable: ``[telepon disamarkan]``. A masked text is left as it is.
    """
    text = "content"
    for pattern, kept in _STEPS:
        text = f"regexp_replace({text}, {_quoted(pattern)}, {_quoted(kept)}, 'g')"
    cursor.execute(
        f"CREATE OR REPLACE TEMP MACRO masked(content) AS "
        f"CASE WHEN regexp_matches(content, {_quoted(_TEST)}) THEN {text} ELSE content END"
    )


def mask(text: str) -> str:
    """Hide in one text what `define_masking` hides in a table's."""
    return _masked(text, _STEPS)


def mask_place(text: str) -> str:
    """Hide the numbers in the name of a place, which may begin like the name of a person: "Pak Laheng"."""
    return _masked(text, _STEPS[: len(_NUMBERS)])


def mask_file_name(name: str) -> str:
    """Write the name of a file on one line, and hide in it what `mask` hides."""
    return mask(one_line(name))


def _masked(text: str, steps: Iterable[tuple[str, str]]) -> str:
    text = visible(text)  # or a phone number with a character in it that nobody sees would be none
    if not re.search(_TEST, text, re.ASCII):
        return text
    for pattern, kept in steps:
        text = re.sub(pattern, kept, text, flags=re.ASCII)
    return text


def count_masks(cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> dict[str, int]:
    """Count the hidden parts in columns of a table by kind; kinds without any are left out.

    Parts that a file had hidden already count too: nobody can tell any more who hid them.
    """
    texts = " UNION ALL ".join(
        f'SELECT "{column}" AS content FROM {table} WHERE contains("{column}", \'{MASK_END}\')' for column in columns
    )
    counts = ", ".join(f"coalesce(sum(len(string_split(content, '[{kind}{MASK_END}')) - 1), 0)" for kind in KINDS)
    found = cursor.execute(f"SELECT {counts} FROM ({texts})").fetchone() or ()
    return {kind: int(count) for kind, count in zip(KINDS, found, strict=True) if count}


def name_heads(heads: Iterable[str]) -> tuple[str, ...]:
    """Find the heads of columns that name or identify persons; such columns are never read.

    Parameters
    ----------
    heads
        In the form of `data.read.rows.normalise_head`.
    """
    return tuple(head for head in heads if _PERSONAL_HEADS.search(head) and not _IMPERSONAL_HEADS.search(head))


def looks_like_names(texts: Iterable[str]) -> bool:
    """Tell whether a column's distinct texts are mostly names of persons.

    A text counts as one if it has one to four capitalised words and no digit, none of the words belongs to an
    office or a place, and one of them is a usual Indonesian name or the text bears a title or degree. The column is
    one of names if `NAMED_SHARE` of its distinct texts are; an empty column is not.
    """
    distinct = {text.strip() for text in texts} - {"", NAME_MASK}
    return bool(distinct) and sum(map(_is_name, distinct)) >= NAMED_SHARE * len(distinct)


def _is_name(text: str) -> bool:
    bare = _DEGREE.sub(" ", text)
    words = bare.replace(",", " ").split()
    plain = {word.strip(".").lower() for word in words}
    if not 1 <= len(words) <= 4 or not all(_PERSON_WORD.fullmatch(word) for word in words):
        return False
    if plain & (_WORDS["places"] | _WORDS["offices"]):
        return False
    return bare != text or (len(words) > 1 and not plain.isdisjoint(_WORDS["names"]))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
