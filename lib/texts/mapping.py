"""Word which foreign columns become ours, and what is wrong in a mapping of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.rules.words import Reason, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.read.sources import Source

PROPOSAL_TITLE = "Usulan dari judul kolom"
SAVED_FILE = "pemetaan tersimpan {name}"

NO_COLUMN = Reason("satu pun kolom tidak dipetakan", "tulis paling sedikit satu tabel [columns.nama_kolom]")
NO_SOURCE = Reason(
    "kolom itu tidak memiliki heads, constant, maupun rules",
    "tulis judul kolom asalnya pada heads, atau hapus tabel itu",
)
NO_SUCH_ZONE = Reason("zona waktu itu tidak dikenal", "tulis nama seperti UTC atau Asia/Jakarta")
NO_INDICATORS = Reason("hanya pemetaan TPS yang berisi indikator", "hapus kunci itu atau ubah kind menjadi station")


def unknown_columns(columns: Iterable[str], known: Iterable[str]) -> Reason:
    """Explain that a table is named after no column of the template."""
    return Reason(f"kolom {listed(columns)} tidak ada dalam templat", f"pakai salah satu dari {listed(known)}")


def value_twice(text: str) -> Reason:
    """Explain that two values differ in nothing but case or spaces."""
    return Reason(
        f"nilai {shown(text)} tertulis dua kali (huruf besar dan spasi tidak dibedakan)", "sisakan satu saja"
    )


def unknown_mapping(name: str, known: Iterable[str]) -> str:
    """Say that no mapping has a name."""
    return (
        f"Pemetaan {shown(name)} tidak dikenal; pilih salah satu dari {listed(known)}, atau sebutkan berkas "
        "berakhiran .toml."
    )


def name_taken(name: str) -> str:
    """Say that a mapping comes with the program and is not overwritten."""
    return f"Nama pemetaan {shown(name)} sudah dipakai pemetaan bawaan; simpan dengan nama lain."


def wrong_kind(name: str, kind: str, wanted: str) -> str:
    """Say that a mapping is for another kind of file; kinds as they are named within a sentence."""
    return (
        f"Pemetaan {shown(name)} dibuat untuk berkas {kind}, bukan {wanted}; pilih pemetaan lain "
        "atau jenis impor yang sesuai."
    )


def source_words(source: Source) -> str:
    """Say in one line where a column comes from, for a person to confirm."""
    parts = [" + ".join(f"“{head}”" for head in source.heads)] if source.heads else []
    if source.constant is not None:
        parts.append(f"{'bila kosong ' if parts else 'selalu '}“{source.constant}”")
    if source.values:
        parts.append(f"{len(source.values)} nilai diterjemahkan")
    if source.otherwise is not None:
        parts.append(f"nilai lain menjadi “{source.otherwise}”")
    parts += [f"“{text}” bila “{head}” ≥ {least:g}" for head, least, text in source.rules]
    return "; ".join(parts) or "–"


def mapping_lines(sources: Mapping[str, Source]) -> list[str]:
    """List every column with its source, one line each."""
    return [f"{column} ← {source_words(source)}" for column, source in sources.items()]
