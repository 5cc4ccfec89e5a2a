"""Five published reports of meetings, which nobody here wrote: what is found in each, and what must not be."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from lib.intake.pasted_meeting import Meeting, read_meeting
from lib.intake.pasted_reports import is_about_meeting
from lib.rules.meeting_topics import meeting_topics
from lib.texts import entry as t

FOLDER = Path(os.environ.get("PETADINI_REAL_DATA", "")) / "rakor"
TODAY = date(2026, 11, 28)
CODES = {topic.name: topic.code for topic in meeting_topics().topics}
# What a reader finds in each, in the words of our table.
GOLD: tuple[set[str], ...] = (
    {"netralitas-asn", "media-sosial", "pemetaan"},
    {"netralitas-asn", "apk", "tempat-terlarang", "dpt", "logistik", "kesehatan", "cuaca", "hoaks"}
    | {"kampanye-hitam", "sara", "gesekan"},
    {"netralitas-asn", "netralitas-tni-polri", "partisipasi", "masa-tenang", "media-sosial", "kerumunan"}
    | {"provokasi", "pengamanan-tps", "logistik", "cuaca", "pelanggaran"},
    {"simpatisan", "kampanye-hitam", "hoaks", "netralitas-asn", "netralitas-tni-polri", "netralitas-penyelenggara"}
    | {"kecurangan", "politik-uang", "pemetaan"},
    {"proyek-lahan", "pikades"},
)
HELD = (
    (date(2024, 11, 5), date(2024, 11, 4)),
    (date(2023, 12, 4),),
    (date(2024, 11, 26),),
    (date(2023, 11, 23),),
    (date(2020, 2, 26),),
)
# Officials that the reports name, each letter moved by one in the alphabet so that no name stands here.
NAMES = (
    "Gbitvm Ubvgjl Lvsojbxbo Tmbnfu Xbizvej Uiftbs Zvej Kbjovm Spinbo Cbibsveejo Sjbei Nvlimjt Tvszb Bmejbo Mvguj"
    " Spnj Ibsjzboup Jtnbjm"
)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("PETADINI_REAL_DATA"), reason="PETADINI_REAL_DATA names no folder"),
]


def text(number: int) -> str:
    return (FOLDER / f"S{number}.txt").read_text(encoding="utf-8")


def read(number: int) -> Meeting:
    return read_meeting(text(number), today=TODAY, topics_in=meeting_topics().named_in)


def topics(number: int) -> set[str]:
    return {CODES[item.topic] for item in read(number).items if item.topic}


def test_topics_are_found_with_stated_recall_and_precision() -> None:
    found = [topics(number) for number in range(5)]
    right = sum(len(got & gold) for got, gold in zip(found, GOLD, strict=True))
    there, named = sum(map(len, GOLD)), sum(map(len, found))
    assert right >= 0.9 * there
    assert right >= 0.8 * named
    assert (right, named, there) == (t.TOPICS_OF_REPORTS,) * 3


@pytest.mark.parametrize("number", range(5))
def test_the_day_is_that_of_the_text_and_all_are_meetings(number: int) -> None:
    meeting = read(number)
    assert is_about_meeting(text(number))
    assert meeting.held_on == HELD[number]
    assert any("bertentangan" in doubt for doubt in meeting.doubts) == (number == 0)
    assert {item.day.year for item in meeting.items if item.day} <= {2020, 2023, 2024}


@pytest.mark.parametrize("number", range(5))
def test_no_incident_and_no_person_comes_of_a_meeting(number: int) -> None:
    meeting = read(number)
    said = " ".join([*(item.text for item in meeting.items), *meeting.left_out, *meeting.doubts])
    assert not {item.kind for item in meeting.items} - {"tanggal", "isu", "tindak_lanjut"}
    assert not {"INT", "RUS"} & {item.category_code for item in meeting.items}
    names = "".join(chr(ord(c) - 1) if c.isalpha() else c for c in NAMES).split()
    assert not [name for name in names if name in said.replace(",", " ").split()]


def test_page_furniture_is_left_out_and_five_duties_are_found() -> None:
    meeting = read(4)
    assert len(meeting.left_out) == 5
    duties = [item.text for item in meeting.items if item.kind == "tindak_lanjut" and item.text.startswith("Me")]
    assert len(duties) == 5
    assert not any("email" in item.text or "Whatsapp" in item.text for item in meeting.items)


def test_lines_broken_within_sentences_are_joined() -> None:
    assert not any("\n" in item.text for item in read(2).items)
    (logistics,) = (item.text for item in read(2).items if item.topic == "Logistik")
    assert "musim hujan" in logistics
