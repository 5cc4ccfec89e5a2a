"""The situation in ten lines, to be sent as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import countdown, decimal, full_date, long_date, signed, whole
from lib.texts.alerts import no_alerts, unheard
from lib.texts.elections import election_words, roll_line, stage_line
from lib.texts.sheet import CLASS_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from lib.records import Hearing, Roll
    from lib.rules.calendar import Election

LISTED = 6  # names in a line; a message that is longer is not read
NOBODY = "tidak ada"
CLOSING = "Tingkat menyatakan tempat dan waktu, bukan pelaku. Yang belum dilaporkan tidak berarti aman."
COPY, COPIED = "Salin ringkasan", "Tersalin"
COPY_FAILED = "Peramban ini tidak mengizinkan; pilih teksnya, lalu salin."
HEAD = "Ringkasan untuk pesan"


def title(region: str, day: date, *, simulated: bool) -> str:
    """Name the region and the day; a message that is forwarded must say by itself what is simulated."""
    return f"{'DATA SIMULASI · ' if simulated else ''}*Situasi {region}*, {full_date(day)}"


def election(day: date, one: Election, names: Mapping[str, str]) -> str:
    """Name an election, how far off it is, the desa that vote in it where it is not the region, and the stage."""
    stage = stage_line(day, one)
    places = f" ({named([names.get(code, code) for code in one.areas])})" if one.areas else ""
    count = f"{countdown(day, one.voting_day)} {election_words(one)}{places}"
    return " · ".join([count, *([stage] if stage else [])])


def week(count: int, before: int, verified: int, serious: int) -> str:
    """Count the events of the week, against the week before; nothing reported is no calm."""
    told = (
        f"{whole(count)} kejadian ({signed(count - before)} dari 7 hari sebelumnya), {whole(verified)} terverifikasi"
        if count or before
        else "tidak ada laporan kejadian, juga 7 hari sebelumnya"
    )
    return f"7 hari: {told}; keparahan 4–5 dalam 28 hari: {whole(serious)}."


def siaga(names: Sequence[str], severe: Sequence[str], hearing: Hearing, unit: str, *, judged: bool) -> str:
    """Name the areas with an alert Siaga, and those with a fresh grave event; say so where none can be judged.

    That there is none holds only for the areas that are heard.
    """
    lost = unheard(hearing, unit)
    if not judged and not names and not severe:
        return f"*Siaga: tidak dapat dinilai{f'; {lost}' if lost else ''}.*"
    grave = f" Kejadian berat terverifikasi: {named(severe)}." if severe else ""
    return (
        f"*Siaga ({whole(len(names))}):* {named(names) if names else no_alerts(hearing, unit, found='Siaga')}.{grave}"
    )


def classes(counts: Sequence[int], unit: str, *, judged: bool) -> str:
    """Count the areas of each class, the highest first; say so where no area has one."""
    if not judged:
        return f"Tingkat kerawanan: tidak dapat dinilai di satu {unit} pun."
    words = [f"{CLASS_NAMES[index].lower()} {whole(count)}" for index, count in enumerate(counts)]
    return f"Tingkat kerawanan, {unit}: {', '.join(reversed(words))}."


def top(areas: Sequence[tuple[str, float]]) -> str:
    """Name the highest areas with their scores."""
    return f"Tertinggi: {'; '.join(f'{name} {decimal(score)}' for name, score in areas) or 'tidak dapat dinilai'}."


def unverified(names: Sequence[str], week_count: int) -> str:
    """Name the areas that only unverified reports would lift, and count the week's unverified events."""
    return (
        f"Ditahan karena belum diperiksa ({whole(len(names))}): {named(names)}. "
        f"{whole(week_count)} kejadian 7 hari ini belum terverifikasi."
    )


def silent(unheard: Sequence[str], unreported: Sequence[str], unclear: Sequence[str]) -> str:
    """Name the areas that are not heard of: silence is not safety."""
    less = f" Data tidak cukup ({whole(len(unclear))}): {named(unclear)}." if unclear else ""
    return (
        f"Tidak terdengar ({whole(len(unheard))}): {named(unheard)}. "
        f"Belum ada laporan ({whole(len(unreported))}): {named(unreported)}.{less}"
    )


def basis(last_report: date | None, day: date, roll: Roll) -> str:
    """Say how far the reports reach, how long ago that was, and what the score lacks."""
    ago = (day - last_report).days if last_report else 0
    reached = (
        f"Laporan terakhir: {long_date(last_report)}{f', {whole(ago)} hari sebelumnya' if ago else ''}."
        if last_report
        else "Belum ada laporan yang masuk."
    )
    return f"{reached} {roll_line(roll)}".rstrip()


def named(names: Sequence[str]) -> str:
    """List names, the first few with a count of the others."""
    shown = ", ".join(names[:LISTED]) or NOBODY
    return f"{shown}, dan {whole(len(names) - LISTED)} lainnya" if len(names) > LISTED else shown
