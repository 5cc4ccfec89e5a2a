"""Texts about meetings: days, issues, follow-ups; the year of the text; contradictions; no person, no incident."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lib.intake.pasted_meeting import Meeting, MeetingItem, read_meeting
from lib.rules.meeting_topics import meeting_topics
from lib.rules.regions import region_profile
from lib.texts import entry as t
from tests.lib.intake.meeting_texts import HELD_OUT, SEEN

if TYPE_CHECKING:
    from collections.abc import Iterable

TODAY = date(2026, 11, 28)
CODES = {topic.name: topic.code for topic in meeting_topics().topics}
PLACES = {area.name for area in region_profile("99.71").areas}
MEETING = """Tim Terpadu menggelar rakor pada Selasa (5/11/2024).
Rapat sebelumnya dilaksanakan Senin, tanggal 4 November.
Peserta diingatkan agar hoaks dan politik uang diawasi bersama menjelang 27 November nanti.
Bagikan ini
• Whatsapp
Tinggalkan Balasan
Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *"""


def read(text: str) -> Meeting:
    return read_meeting(text, today=TODAY, topics_in=meeting_topics().named_in, places=PLACES)


def items(meeting: Meeting, kind: str) -> list[MeetingItem]:
    return [item for item in meeting.items if item.kind == kind]


def topics(meeting: Meeting) -> set[str]:
    return {CODES[item.topic] for item in items(meeting, "isu")}


def counted(texts: Iterable[tuple[str, frozenset[str]]]) -> tuple[int, int, int]:
    """Count topics found and right, topics found, and topics there are."""
    found = [(topics(read(text)), gold) for text, gold in texts]
    return (
        sum(len(got & gold) for got, gold in found),
        sum(len(got) for got, _ in found),
        sum(len(gold) for _, gold in found),
    )


def test_a_meeting_gives_days_issues_and_follow_ups_and_no_incident() -> None:
    meeting = read(MEETING)
    assert [item.day for item in items(meeting, "tanggal")] == [
        date(2024, 11, 4),
        date(2024, 11, 5),
        date(2024, 11, 27),
    ]
    assert {item.category_code for item in items(meeting, "isu")} == {"HOAKS", "PU"}
    assert all("hoaks" in item.text for item in items(meeting, "isu"))
    assert len(items(meeting, "tindak_lanjut")) == 1
    assert {item.kind for item in meeting.items} == {"tanggal", "isu", "tindak_lanjut"}


def test_two_days_of_one_meeting_contradict_and_neither_is_taken() -> None:
    meeting = read(MEETING)
    assert meeting.held_on == (date(2024, 11, 5), date(2024, 11, 4))
    assert "Tanggal bertentangan" in meeting.doubts[0]
    assert "menggelar rakor" in meeting.doubts[0]
    assert "Rapat sebelumnya" in meeting.doubts[0]


def test_what_is_left_out_is_told() -> None:
    meeting = read(MEETING)
    assert meeting.left_out[:3] == ("Bagikan ini", "• Whatsapp", "Tinggalkan Balasan")
    assert not any("email" in item.text for item in meeting.items)


def test_the_next_meeting_and_the_vote_are_other_days() -> None:
    meeting = read(
        "Rakor digelar Selasa (5/11/2024). Rapat lanjutan dilaksanakan 12 November 2024 di aula. "
        "Rakor membahas Pilkada yang akan berlangsung pada Rabu (27/11) mendatang."
    )
    assert meeting.held_on == (date(2024, 11, 5),)
    assert not meeting.doubts


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Rakor kesiapan Pilkada 2024 digelar Selasa (26/11) di aula.", date(2024, 11, 26)),
        ("Jelang pemilu 2024, pemerintah kota menggelar rapat koordinasi, Senin (4/12).", date(2023, 12, 4)),
        ("Notulen\nHari/tanggal: Kamis, 15 Oktober 2026\nHasil rapat: nihil", date(2026, 10, 15)),
        ("Kapolres memimpin apel tiga pilar, Senin (19/10/2026), di alun-alun.", date(2026, 10, 19)),
    ],
)
def test_the_day_of_the_meeting(text: str, held: date) -> None:
    assert read(text).held_on == (held,)


def test_lines_broken_by_a_program_are_one_sentence() -> None:
    meeting = read(
        "KOTA CONTOH - Rapat koordinasi pengamanan digelar pemerintah kota bersama\nseluruh unsur pada Selasa\n"
        "(27/10/2026) pagi di ruang rapat, dan meminta pengamanan logistik\npemilihan dari ancaman bencana di musim "
        "hujan yang akan datang nanti.\nSelesai itu rapat ditutup."
    )
    assert meeting.held_on == (date(2026, 10, 27),)
    assert topics(meeting) == {"logistik", "cuaca"}
    (issue, _) = items(meeting, "isu")
    assert "logistik pemilihan dari ancaman bencana" in issue.text


def test_points_to_be_done_are_follow_ups_and_those_present_are_none() -> None:
    meeting = read(
        "Berikut tiga poin penting:\n• Menyusun peta titik api\n• Melaporkan hasilnya\n• Menambah pos\n"
        "Hadir dalam rapat:\n• Dandim\n• Kapolres"
    )
    assert [item.text for item in items(meeting, "tindak_lanjut")] == [
        "Menyusun peta titik api",
        "Melaporkan hasilnya",
        "Menambah pos",
    ]


def test_no_name_of_a_person_is_proposed() -> None:
    for text, _ in (*SEEN, *HELD_OUT):
        said = " ".join(item.text for item in read(text).items)
        for name in ("Wiranto", "Halim", "Sri", "Lestari", "Bambang", "Suryono", "Nurhayati", "Lubis"):
            assert name not in said.split(), said


def test_the_page_says_how_well_unseen_topics_are_found() -> None:
    right, found, there = counted(HELD_OUT)
    assert (right, found, there) == (t.FOUND_OF_HELD_OUT, t.RIGHT_OF_HELD_OUT, t.TOPICS_OF_HELD_OUT)


def test_topics_that_were_found_stay_found() -> None:
    right, found, there = counted(SEEN)
    assert right >= 0.95 * there
    assert right >= 0.95 * found


def test_who_came_is_no_task_and_a_later_day_of_the_sentence_is_not_the_meetings() -> None:
    found = read("Rakor digelar Selasa, 5 November 2024, dan hasilnya dilaporkan 8 November 2024.")
    assert found.held_on == (date(2024, 11, 5),)
    found = read("Rapat itu dihadiri Kapolres yang akan memimpin pengamanan.")
    assert [item for item in found.items if item.kind == "tindak_lanjut"] == []
