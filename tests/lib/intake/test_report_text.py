"""Pasted messages: what is proposed, what is doubted, and that no person is kept."""

from __future__ import annotations

from datetime import date

import pytest

from data.sort import personal
from lib.intake.found_dates import Years, find_dates, find_time
from lib.intake.pasted_reports import is_about_meeting, read_reports
from lib.intake.proposals import Finders, Proposal
from lib.rules.taxonomy import taxonomy
from lib.texts import entry as t
from tests.city import BAKUNG, DAHLIA
from tests.sorter import RESOLVE

TODAY = date(2024, 11, 20)
YEARS = Years((2024,), TODAY)
CHAT = (
    "[05/11/24 19.52.11] Budi Santoso: Izin melaporkan, hari Selasa tgl 5 November 2024 sekira pukul 19.30 WIB di "
    "RT 03 Kel. Bakung Kec. Utara telah terjadi perusakan baliho. Info hp 0812-3456-7890.\n"
    "[05/11/24 19.55.00] Siti: Siap\n"
    "06/11/24 08.10 - Lurah Dahlia: Tadi malam ada pembagian amplop, serangan pajar, di Kelurahan Dahlia, "
    "titik -3.51, 105.91\n"
)


def read(text: str) -> tuple[Proposal, ...]:
    return read_reports(text, today=TODAY, finders=Finders(taxonomy().match, RESOLVE, personal.mask))


@pytest.mark.parametrize(
    ("text", "day", "contradicts"),
    [
        ("pada Selasa (5/11/2024)", date(2024, 11, 5), False),
        ("Senin, tanggal 4 November 2024", date(2024, 11, 4), False),
        ("Selasa (26/11)", date(2024, 11, 26), False),
        ("Rabu, 14 Januari 2025", None, True),  # a Tuesday
        ("Jumat (10/9/2025)", None, True),  # a Wednesday; meant was 10 January
        ("lusa 31/2/2024", None, False),
        ("tgl 4 Nop 2024", date(2024, 11, 4), False),
        ("2024-11-05", date(2024, 11, 5), False),
    ],
)
def test_a_weekday_is_the_checksum_of_its_day(text: str, day: date | None, contradicts: bool) -> None:  # noqa: FBT001
    (found,) = find_dates(text, years=YEARS)
    assert (found.day, found.weekday_contradicts) == (day, contradicts)


def test_counts_are_no_days() -> None:
    assert find_dates("3.015 TPS, 238.799 pemilih, rasio 2:10:5", years=YEARS) == ()


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("pukul 19.30 WIB", "19:30"),
        ("jam 7.05", "07:05"),
        ("pkl. 24.10", None),
        ("skor 2.30", None),
        ("jam 4 sore", "16:00"),
        ("jam 4", None),
        ("jam 4 warga datang", None),
        ("pukul 7.30 malam", "19:30"),
        ("pukul 19.30 malam", "19:30"),
        ("jam 12 siang", "12:00"),
        ("jam 12 malam", None),
        ("jam 1 dini hari", "01:00"),
        ("pukul 11 siang", "11:00"),
        ("20.15 WIB", "20:15"),
        ("4 sore", None),
    ],
)
def test_times(text: str, clock: str | None) -> None:
    assert find_time(text) == clock


def test_each_message_is_a_proposal_of_its_own() -> None:
    first, second = read(CHAT)
    assert (first.occurred_on, first.occurred_time) == (date(2024, 11, 5), "19:30")
    assert (first.category_code, first.severity, first.area_code, first.precision) == ("RUS", 4, BAKUNG, "rt")
    assert (second.category_code, second.area_code, second.precision) == ("PU", DAHLIA, "titik")
    assert (second.longitude, second.latitude) == (105.91, -3.51)
    assert second.occurred_on == date(2024, 11, 5)  # the evening before the message
    assert any("tadi malam" in doubt for doubt in second.doubts)


@pytest.mark.parametrize(
    ("words", "day", "doubted"),
    [
        ("Kemarin ada", date(2024, 11, 6), "sehari sebelum"),
        ("Semalam ada", date(2024, 11, 6), "sehari sebelum"),
        ("Baru saja ada", date(2024, 11, 7), "hari pesan dikirim"),
        ("Kemarin, 5 November 2024, ada", date(2024, 11, 5), None),  # a date says more than a word
        ("Kemarin lusa ada", None, "tidak ditemukan"),
        ("Besok, 25 November 2024, ada", None, "belum tiba"),  # never the day on which the plan was told
        ("Rabu 5 November 2024 ada", None, "tidak cocok"),
    ],
)
def test_the_day_of_a_message_and_the_one_before(words: str, day: date | None, doubted: str | None) -> None:
    (proposal,) = read(f"[07/11/24 08.00.00] Budi: {words} keributan di Kelurahan Bakung")
    assert proposal.occurred_on == day
    assert any(doubted in doubt for doubt in proposal.doubts) if doubted else "Hari" not in str(proposal.doubts)


def test_without_a_message_yesterday_is_the_day_before_today() -> None:
    (proposal,) = read("Tadi malam terjadi perkelahian di Kelurahan Bakung")
    assert proposal.occurred_on == date(2024, 11, 19)


@pytest.mark.parametrize("joint", [". Kemudian", " sedangkan"])
def test_of_several_past_days_none_is_taken(joint: str) -> None:
    (proposal,) = read(
        f"[07/11/24 08.00.00] Budi: Selasa 5 November 2024 terjadi perkelahian di Kelurahan Bakung{joint} "
        "Rabu 6 November 2024 dibagikan amplop di Kelurahan Dahlia."
    )
    assert proposal.occurred_on is None
    assert any("Beberapa hari disebut" in doubt and "Isi sendiri" in doubt for doubt in proposal.doubts)


def test_paragraphs_about_different_days_are_reports_of_their_own() -> None:
    first, second = read(
        "Izin melaporkan.\n\nSelasa 5 November 2024 terjadi perkelahian di Kelurahan Bakung.\n\n"
        "Rabu 6 November 2024 dibagikan amplop di Kelurahan Dahlia.\n \nDemikian dilaporkan, situasi aman terkendali."
    )
    assert (first.occurred_on, first.area_code) == (date(2024, 11, 5), BAKUNG)
    assert (second.occurred_on, second.area_code) == (date(2024, 11, 6), DAHLIA)
    assert first.description.startswith("Izin")
    assert second.description.endswith("terkendali.")


def test_a_paragraph_without_a_day_does_not_take_the_messages_day_where_another_names_one() -> None:
    first, second = read(
        "[07/11/24 08.00.00] Budi: Selasa 5 November 2024 terjadi perkelahian di Kelurahan Bakung.\n\n"
        "Di Kelurahan Dahlia dibagikan amplop kepada warga."
    )
    assert (first.occurred_on, second.occurred_on) == (date(2024, 11, 5), None)


def test_paragraphs_about_one_day_and_place_stay_together() -> None:
    (proposal,) = read(
        "Selasa 5 November 2024 terjadi perkelahian di Kelurahan Bakung.\n\n"
        "Warga Kelurahan Bakung melerai pada 5 November 2024 itu juga."
    )
    assert proposal.occurred_on == date(2024, 11, 5)


def test_names_after_ranks_are_hidden() -> None:
    (proposal,) = read("5 November 2024 Bripka Joko Susilo melerai perkelahian di Kelurahan Bakung")
    assert "Joko" not in proposal.description


def test_no_sender_and_no_number_is_kept() -> None:
    texts = " ".join(proposal.description for proposal in read(CHAT))
    assert not any(word in texts for word in ("Budi", "Siti", "0812", "3456"))


def test_a_future_day_is_a_plan() -> None:
    (proposal,) = read("Akan ada unjuk rasa di Kelurahan Bakung pada 25 November 2024 pukul 09.00 WIB")
    assert proposal.occurred_on is None
    assert any("belum tiba" in doubt for doubt in proposal.doubts)


def test_an_unknown_place_is_left_to_a_person() -> None:
    (proposal,) = read("Telah terjadi perkelahian di Kelurahan Mawar Merah kemarin malam, 5 November 2024")
    assert proposal.area_code is None
    assert any("Mawar Merah" in doubt for doubt in proposal.doubts)


def test_meetings_are_told_from_incidents() -> None:
    assert is_about_meeting("Tim Terpadu menggelar rakor pada Selasa (5/11/2024).")
    assert not is_about_meeting(CHAT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Warga diminta waspada ancaman bencana di Kelurahan Bakung", "CUA"),
        ("Terjadi ancaman pembunuhan kepada petugas di Kelurahan Bakung", "INT"),
    ],
)
def test_a_threat_of_nature_is_no_intimidation(text: str, code: str) -> None:
    assert taxonomy().match(text) == code


def test_a_greeting_is_no_proposal() -> None:
    assert read("[05/11/24 19.52.11] Budi: Selamat malam, izin bergabung di grup ini, mohon arahan selanjutnya") == ()


def test_today_is_past_and_a_message_from_the_future_gives_no_day() -> None:
    (found,) = read("Rabu, 20 November 2024 telah terjadi perusakan baliho di Kel. Bakung")
    assert found.occurred_on == TODAY
    (found,) = read("[21/11/24 07.10] Budi: telah terjadi perusakan baliho di Kel. Bakung")
    assert found.occurred_on is None
    assert t.NO_DAY in found.doubts


def test_a_short_paragraph_belongs_to_the_one_before_it() -> None:
    told = "Selasa, 5 November 2024 di Kel. Bakung telah terjadi perusakan baliho.\n\n"
    assert len(read(f"{told}Tembusan Lurah Kel. Dahlia.")) == 1
    assert len(read(f"{told}Di Kel. Dahlia pada 6 November 2024 ada pembagian amplop kepada warga.")) == 2


def test_one_word_of_a_meeting_makes_none_and_a_short_question_no_report() -> None:
    assert not is_about_meeting("Warga merusak baliho sesudah rapat di balai desa.")
    assert is_about_meeting("Rapat dipimpin oleh Sekda.")
    assert not is_about_meeting("Rapat dipimpin oleh Sekda, lalu telah terjadi keributan.")
    assert read("Ada bentrok?") == ()
