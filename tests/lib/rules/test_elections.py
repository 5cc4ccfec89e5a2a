"""Election calendars: Wednesdays, the order of stages, which stage names a day, and days to vote."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.indonesian import countdown
from lib.rules.calendar import QUIET_PERIOD, VOTING
from lib.rules.judged import REGIONS_FOLDER
from lib.rules.regions import calendar, shipped_regions
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path

WEDNESDAY = 2
DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))
ALL = {election.code: election for region in shipped_regions() for election in calendar(region.code).elections}


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    """Copy the national files and Pangkalpinang to a place where they may be broken."""
    for name in ("nasional", "19.71"):
        shutil.copytree(REGIONS_FOLDER / name, tmp_path / name)
    return tmp_path


# The shipped calendars


def test_every_voting_day_is_a_wednesday() -> None:
    assert {code: election.voting_day for code, election in ALL.items()} == {
        "pemilu-2024": date(2024, 2, 14),
        "pilkada-2024": date(2024, 11, 27),
        "pilkada-ulang-2025": date(2025, 8, 27),
        "pilkada-simulasi": date(2026, 11, 25),
    }
    assert {election.voting_day.weekday() for election in ALL.values()} == {WEDNESDAY}


def test_the_legal_limit_differs_between_pemilu_and_pilkada() -> None:
    limits = {code: election.max_voters_per_station for code, election in ALL.items()}
    assert limits == {"pemilu-2024": 300, "pilkada-2024": 600, "pilkada-ulang-2025": 600, "pilkada-simulasi": 600}


@pytest.mark.parametrize("code", ALL)
def test_quiet_period_lasts_three_days_until_the_eve(code: str) -> None:
    quiet, voting = ALL[code].stage(QUIET_PERIOD), ALL[code].stage(VOTING)
    assert quiet is not None
    assert voting is not None
    assert quiet.day_count == 3
    assert quiet.end == ALL[code].voting_day - timedelta(days=1)
    assert voting.start == voting.end == ALL[code].voting_day


def test_only_pangkalpinang_votes_again() -> None:
    assert [election.code for election in calendar("19.71").elections] == [
        "pemilu-2024",
        "pilkada-2024",
        "pilkada-ulang-2025",
    ]
    assert [election.code for election in calendar("14.72").elections] == ["pemilu-2024", "pilkada-2024"]
    assert ALL["pilkada-ulang-2025"].kind == "pilkada_ulang"


def test_the_simulated_calendar_is_pilkada_2024_moved_by_104_weeks() -> None:
    assert [election.code for election in calendar("99.71").elections] == ["pilkada-simulasi"]
    real, simulated = ALL["pilkada-2024"], ALL["pilkada-simulasi"]
    shift = timedelta(weeks=104)
    moved = [(stage.code, stage.start + shift, stage.end + shift) for stage in real.stages]
    assert [(stage.code, stage.start, stage.end) for stage in simulated.stages] == moved
    assert "Simulasi" in simulated.legal_source
    assert simulated.days_to_vote(date(2026, 10, 29)) == 27


def test_dates_from_memory_are_marked() -> None:
    marked = {stage.code for stage in ALL["pemilu-2024"].stages if stage.verify}
    assert marked == {"penetapan", "nomor-urut", "logistik", "sengketa"}
    assert all("ingatan" in stage.source for stage in ALL["pemilu-2024"].stages if stage.verify)


# Which stage names a day


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 5, 30), None),
        (date(2024, 7, 1), "pemutakhiran"),
        (date(2024, 8, 28), "pendaftaran"),  # inside pemutakhiran, shorter
        (date(2024, 9, 22), "penetapan"),
        (date(2024, 9, 24), None),
        (date(2024, 11, 5), "kampanye"),
        (date(2024, 11, 26), "masa-tenang"),  # moving ballots is shorter but only runs beside it
        (date(2024, 11, 27), "pemungutan"),
        (date(2024, 11, 28), "rekapitulasi"),
        (date(2026, 1, 1), None),
    ],
)
def test_the_most_specific_stage_names_the_day(day: date, code: str | None) -> None:
    stage = calendar("14.72").election("pilkada-2024").stage_on(day)
    assert (stage and stage.code) == code


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2023, 11, 12), "pendaftaran"),
        (date(2023, 11, 13), "penetapan"),
        (date(2023, 11, 14), "nomor-urut"),
        (date(2023, 11, 23), None),  # registering ran until the 25th on paper, but the names were fixed on the 13th
        (date(2024, 2, 15), "rekapitulasi"),
        (date(2024, 3, 21), "sengketa"),
        (date(2024, 4, 22), "sengketa"),
    ],
)
def test_no_stage_names_a_day_after_a_later_one_has_begun(day: date, code: str | None) -> None:
    stage = calendar("15.07").election("pemilu-2024").stage_on(day)
    assert (stage and stage.code) == code


@given(DAYS, st.sampled_from(sorted(ALL)))
def test_the_named_stage_runs_and_none_that_began_later_is_passed_over(day: date, code: str) -> None:
    named = ALL[code].stage_on(day)
    begun = [stage for stage in ALL[code].stages if stage.start <= day and not stage.concurrent]
    if named is None:
        assert all(stage.end < day for stage in ALL[code].stages if stage.concurrent and stage.start <= day)
        assert not begun or max(begun, key=lambda stage: stage.start).end < day
    else:
        assert named.start <= day <= named.end
        assert named.concurrent or all(stage.start <= named.start for stage in begun)


def test_between_stages_the_coming_one_is_known() -> None:
    coming = calendar("15.07").election("pemilu-2024").stage_after(date(2023, 11, 23))
    assert coming is not None
    assert (coming.code, coming.start) == ("kampanye", date(2023, 11, 28))
    assert calendar("15.07").election("pemilu-2024").stage_after(date(2024, 4, 1)) is None


# Which election is in force


@pytest.mark.parametrize(
    ("region", "day", "code", "count", "stage"),
    [
        ("14.72", date(2024, 11, 5), "pilkada-2024", "H-22", "Kampanye"),
        ("35.74", date(2024, 11, 26), "pilkada-2024", "H-1", "Masa tenang"),
        ("19.71", date(2023, 12, 4), "pemilu-2024", "H-72", "Kampanye"),
        ("19.71", date(2024, 11, 28), "pilkada-2024", "H+1", "Rekapitulasi hasil"),
        ("19.71", date(2025, 8, 20), "pilkada-ulang-2025", "H-7", "Kampanye"),
        ("15.07", date(2024, 2, 15), "pemilu-2024", "H+1", "Rekapitulasi hasil"),
        ("15.07", date(2023, 11, 23), "pemilu-2024", "H-83", None),
        ("14.72", date(2024, 2, 14), "pemilu-2024", "hari-H", "Pemungutan suara"),
        ("19.71", date(2025, 8, 28), "pilkada-ulang-2025", "H+1", None),
        ("61.02", date(2020, 2, 26), None, None, None),
        ("61.02", date(2026, 11, 28), None, None, None),
    ],
)
def test_the_usual_election_of_a_day(
    region: str, day: date, code: str | None, count: str | None, stage: str | None
) -> None:
    election = calendar(region).usual(day)
    assert (election and election.code) == code
    if election is not None:
        running = election.stage_on(day)
        assert (countdown(day, election.voting_day), running and running.name) == (count, stage)


@pytest.mark.parametrize(
    ("region", "day", "codes"),
    [
        ("14.72", date(2024, 4, 16), ["pemilu-2024"]),
        ("14.72", date(2024, 4, 17), ["pemilu-2024", "pilkada-2024"]),  # voted 63 days ago, votes in 224 days
        ("14.72", date(2024, 4, 22), ["pemilu-2024", "pilkada-2024"]),
        ("14.72", date(2024, 4, 23), ["pilkada-2024"]),
        ("14.72", date(2024, 7, 15), ["pilkada-2024"]),
        ("19.71", date(2025, 2, 24), ["pilkada-2024"]),
        ("19.71", date(2025, 2, 25), []),
        ("19.71", date(2025, 2, 28), ["pilkada-ulang-2025"]),
        ("19.71", date(2025, 11, 25), ["pilkada-ulang-2025"]),  # 90 days after: no stage says when disputes ended
        ("19.71", date(2025, 11, 26), []),
    ],
)
def test_an_election_is_in_force_until_its_disputes_end(region: str, day: date, codes: list[str]) -> None:
    assert [election.code for election in calendar(region).in_force(day)] == codes


@given(DAYS, st.sampled_from(["14.72", "19.71", "99.71"]))
def test_the_nearest_election_in_force_comes_first(day: date, region: str) -> None:
    found = calendar(region).in_force(day)
    distances = [abs((election.voting_day - day).days) for election in found]
    assert distances == sorted(distances)
    assert calendar(region).usual(day) == (found[0] if found else None)  # all shipped ones cover the region
    for election in calendar(region).elections:
        assert (election in found) == (election.opens_on <= day <= election.closes_on)
        assert election.opens_on <= election.voting_day <= election.closes_on
        assert all(election.opens_on <= stage.start and stage.end <= election.closes_on for stage in election.stages)


@given(DAYS)
def test_days_to_vote_run_down_by_one_a_day(day: date) -> None:
    election = calendar("14.72").election("pilkada-2024")
    assert election.days_to_vote(day) - election.days_to_vote(day + timedelta(days=1)) == 1
    assert election.days_to_vote(election.voting_day) == 0


def test_a_question_may_be_about_no_election() -> None:
    assert calendar("14.72").asked("") is None
    assert calendar("14.72").asked("pemilu-2024") == ALL["pemilu-2024"]


def test_an_example_names_the_nearest_election_with_voters() -> None:
    example = calendar("14.72").example(date(2026, 11, 28))
    assert example is not None
    assert example.code == "pilkada-2024"


def test_unknown_election_names_the_known_ones() -> None:
    with pytest.raises(ProfileError) as caught:
        calendar("14.72").election("pilkada-2029")
    assert str(caught.value) == (
        'Pemilihan "pilkada-2029" tidak ada dalam kalender wilayah 14.72, yang hanya memuat pemilu-2024, '
        "pilkada-2024; pilih salah satunya atau tambahkan pemilihan itu ke calendar.toml wilayahnya."
    )


# Broken rules

OWN, NATIONAL = "19.71", "nasional"
BROKEN = [
    (OWN, "voting_day = 2025-08-27", "voting_day = 2025-08-28",
     "elections[1].voting_day", "Kamis, 28 Agustus 2025"),
    (OWN, "voting_day = 2025-08-27", 'voting_day = "2025-08-27"',
     "elections[1].voting_day", "berupa tanggal"),
    (OWN, "voting_day = 2025-08-27", "voting_day = 2025-08-27T07:00:00",
     "elections[1].voting_day", "berupa tanggal"),
    (OWN, "voting_day = 2025-08-27", 'voting_day = 2025-08-27\nvoting_day_exception = "Libur"',
     "elections[1].voting_day_exception", "hari Rabu"),
    (OWN, 'kind = "pilkada_ulang"', 'kind = "ulangan"', "elections[1].kind", "yang dikenal"),
    (OWN, 'code = "pilkada-ulang-2025"', 'code = "Pilkada Ulang"',
     "elections[1].code", "bentuknya harus huruf kecil"),
    (OWN, 'code = "pilkada-ulang-2025"', 'code = "pilkada-2024"',
     "elections[1].code", "sudah dipakai oleh elections[2]"),
    (OWN, "max_voters_per_station = 600", "max_voters_per_station = 0",
     "elections[1].max_voters_per_station", "bilangan bulat"),
    (OWN, 'extends = "nasional"', 'extends = "provinsi"', "extends", "hanya nasional yang dikenal"),
    (OWN, 'extends = "nasional"', 'warisi = "nasional"', "warisi", "tidak dikenal"),
    (OWN, "legal_source", "source", "elections[1].source", "tidak dikenal"),
    (OWN, "end = 2025-08-26", "end = 2025-08-25",
     "elections[1].stages[4].end", "sehari sebelum hari pemungutan suara"),
    (OWN, "start = 2025-08-27", "start = 2025-08-26",
     "elections[1].stages[6].start", "Rabu, 27 Agustus 2025"),
    (OWN, "end = 2025-06-28", "end = 2025-06-25", "elections[1].stages[1].end", "berakhir sebelum dimulai"),
    (OWN, "start = 2025-07-25", "start = 2025-07-21",
     "elections[1].stages[3].start", "mulai sebelum tahapan Penetapan"),
    (OWN, 'code = "kampanye"', 'code = "penetapan"',
     "elections[1].stages[3].code", "sudah dipakai oleh elections[1].stages[2]"),
    (OWN, "concurrent = true", "bersamaan = true", "elections[1].stages[5].bersamaan", "tidak dikenal"),
    (NATIONAL, "[[elections]]", 'extends = "nasional"\n[[elections]]', "extends", "tidak dikenal"),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "old", "new", "key", "rule"), BROKEN)
def test_broken_calendar_is_refused_in_one_sentence(
    regions: Path, *, folder: str, old: str, new: str, key: str, rule: str
) -> None:
    file = regions / folder / "calendar.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        calendar("19.71", folder=regions)
    message = str(caught.value)
    assert message.startswith(f"Berkas {file.as_posix()}: ")
    assert f"kunci {key} " in message
    assert rule in message
    assert message.endswith(".")


def test_another_weekday_needs_a_stated_reason(regions: Path) -> None:
    file = regions / "19.71" / "calendar.toml"
    election = '[[elections]]\ncode = "x"\nname = "X"\nkind = "pilkada"\nmax_voters_per_station = 600\n'
    election += 'legal_source = "PKPU"\nvoting_day = 2030-06-06\nvoting_day_exception = "Banjir"\n'
    file.write_text(election, encoding="utf-8")
    read = calendar("19.71", folder=regions)
    assert [(entry.voting_day_exception, entry.stages) for entry in read.elections] == [("Banjir", ())]


@pytest.mark.parametrize("kind", ["psu", "pikades"])
def test_some_elections_are_not_bound_to_wednesday(regions: Path, kind: str) -> None:
    file = regions / "19.71" / "calendar.toml"
    election = f'[[elections]]\ncode = "x"\nname = "X"\nkind = "{kind}"\nmax_voters_per_station = 300\n'
    file.write_text(election + 'legal_source = "SK"\nvoting_day = 2024-02-17\n', encoding="utf-8")
    assert calendar("19.71", folder=regions).elections[0].voting_day == date(2024, 2, 17)


@pytest.mark.parametrize("folder", [OWN, NATIONAL])
def test_a_calendar_without_elections_is_refused(regions: Path, folder: str) -> None:
    (regions / folder / "calendar.toml").write_text("", encoding="utf-8")
    code = folder if folder == OWN else "36.71"
    with pytest.raises(ProfileError, match=r"kunci elections .* daftar yang tidak kosong"):
        calendar(code, folder=regions)
