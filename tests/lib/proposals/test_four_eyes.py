"""Proposed by one, confirmed by another: until then nothing changes, and nobody confirms his own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.limits import DEFAULT_LIMITS
from data.store import queries
from data.store.lake import snapshot_id
from lib import errors
from lib.intake.options import NO_OPTIONS, silent
from lib.intake.reading import TypedRows
from lib.intake.rows import RowImport
from lib.people.actor import Role, Scope
from lib.people.errors import NotAllowedError
from lib.proposals import deeds, journal
from lib.proposals.deeds import Waiting
from lib.proposals.eyes import NOBODY, SOMEBODY, SWITCHED_OFF, SWITCHED_ON, Eyes, eyes_of
from lib.region.weights import weights_in_force
from lib.reports.journal import RowKey, verify
from lib.rules.regions import weights
from lib.score.weight_sets import changed, toml_text
from lib.texts import proposals as t
from lib.texts.errors import sentence
from lib.warnings.alerts import load_alerts
from lib.warnings.issues import ALERT, issued
from tests.city import ANGGREK, BAKUNG, REGION, REGION_CODE, SIDE, at, write_boundaries, write_csv
from tests.officers import officer
from tests.steps import TODAY, areas_of, assert_sound, known, take_in

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake
    from lib.people.actor import Actor

FOUR, TWO = Eyes(four=True, why=SOMEBODY), Eyes(four=False, why=NOBODY)
ANI, BUDI = officer("ani"), officer("budi", Role.APPROVER)
REASON = "Keputusan rapat 20 November"


def agree(city: Lake, waiting: object, actor: Actor = BUDI, *, agreed: bool = True) -> None:
    assert isinstance(waiting, Waiting)
    deeds.decide(city, REGION, waiting.proposal_id, agreed=agreed, reason="sudah dibaca", actor=actor, today=TODAY)


def test_an_undo_waits_and_is_carried_out_under_both_names(city: Lake) -> None:
    made = take_in(city, [at(ANGGREK, id_sumber="1")])
    waiting = deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=FOUR)
    assert len(known(city)) == 1
    assert deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=FOUR) == waiting  # pressed twice
    agree(city, waiting)
    assert known(city).empty
    (found,) = journal.proposals(city, REGION_CODE)
    assert (found.actor, found.outcome, found.decided_by) == ("ani", "setuju", "budi")
    assert journal.waiting(city, REGION_CODE) == []
    assert_sound(city)


def test_with_two_eyes_the_deed_is_done_at_once(city: Lake) -> None:
    made = take_in(city, [at(ANGGREK, id_sumber="1")])
    deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=TWO)
    assert known(city).empty
    assert journal.proposals(city, REGION_CODE) == []


def test_a_declined_deed_is_never_done(city: Lake) -> None:
    made = take_in(city, [at(ANGGREK, id_sumber="1")])
    waiting = deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=FOUR)
    agree(city, waiting, agreed=False)
    assert len(known(city)) == 1
    with pytest.raises(errors.DecidedError) as refusal:
        agree(city, waiting)
    assert "budi" in sentence(refusal.value)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.CLERK, Role.READER, Role.ADMIN])
def test_only_an_approver_decides(city: Lake, role: Role) -> None:
    made = take_in(city, [at(ANGGREK, id_sumber="1")])
    waiting = deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=FOUR)
    with pytest.raises(NotAllowedError):
        agree(city, waiting, officer("cici", role))
    with pytest.raises(NotAllowedError):  # of another region
        agree(city, waiting, officer("cici", Role.APPROVER, Scope("14.72")))
    assert len(journal.waiting(city, REGION_CODE)) == 1


def test_nobody_confirms_the_own_proposal_whatever_the_roles(city: Lake) -> None:
    made = take_in(city, [at(ANGGREK, id_sumber="1")])
    waiting = deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=FOUR)
    with pytest.raises(errors.OwnProposalError):
        agree(city, waiting, officer("ani", Role.APPROVER))
    assert isinstance(waiting, Waiting)
    with pytest.raises(errors.DeclinedWithoutReasonError):
        deeds.decide(city, REGION, waiting.proposal_id, agreed=False, reason=" ", actor=BUDI, today=TODAY)
    with pytest.raises(errors.UnknownProposalError):
        agree(city, Waiting("tidak-ada"))


def test_a_deed_that_became_impossible_is_refused_and_still_waits(city: Lake) -> None:
    made = take_in(city, [at(ANGGREK, id_sumber="1")])
    waiting = deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=FOUR)
    deeds.undo(city, REGION, made.import_id, reason=REASON, actor=ANI, eyes=TWO)
    with pytest.raises(errors.ImportUndoneError):
        agree(city, waiting)
    assert len(journal.waiting(city, REGION_CODE)) == 1


def test_weights_are_in_force_from_the_confirmation_on_with_the_proposer_as_author(city: Lake) -> None:
    old = weights(REGION_CODE)
    chosen = changed(old, {"half_life_days": old.half_life_days + 1}, author="ani", day=TODAY, reason=REASON)
    waiting = deeds.change_weights(city, REGION_CODE, toml_text(chosen), reason=REASON, actor=ANI, eyes=FOUR)
    assert weights_in_force(city, REGION_CODE).digest == old.digest
    agree(city, waiting)
    assert weights_in_force(city, REGION_CODE).digest == chosen.digest
    assert queries.weight_sets(city, REGION_CODE)["author"].tolist() == ["ani"]


def test_boundaries_place_nothing_before_they_are_confirmed(city: Lake, tmp_path: Path) -> None:
    take_in(city, [at(BAKUNG, id_sumber="1", kode_kelurahan=None, kelurahan=None, kecamatan=None)])
    moved = write_boundaries(tmp_path / "baru.geojson", shift=SIDE)
    options = {"options": NO_OPTIONS, "limits": DEFAULT_LIMITS, "progress": silent}
    _, waiting = deeds.take_boundaries(city, REGION, moved, actor=ANI, eyes=FOUR, **options)
    assert areas_of(city) == {"1": BAKUNG}
    assert_sound(city)
    agree(city, waiting)
    assert areas_of(city) == {"1": ANGGREK}
    assert_sound(city)
    again = write_boundaries(tmp_path / "lagi.geojson")
    _, declined = deeds.take_boundaries(city, REGION, again, actor=ANI, eyes=FOUR, **options)
    agree(city, declined, agreed=False)
    assert areas_of(city) == {"1": ANGGREK}


def test_the_first_boundaries_of_a_region_wait_for_nobody(lake: Lake, tmp_path: Path) -> None:
    path = write_boundaries(tmp_path / "batas.geojson")
    options = {"options": NO_OPTIONS, "limits": DEFAULT_LIMITS, "progress": silent}
    _, waiting = deeds.take_boundaries(lake, REGION, path, actor=ANI, eyes=FOUR, **options)
    assert waiting is None
    assert len(queries.areas(lake, REGION_CODE)) == 6


def test_what_a_file_calls_verified_counts_as_unchecked_until_confirmed(city: Lake, tmp_path: Path) -> None:
    lines = [
        at(ANGGREK, id_sumber="1", status="terverifikasi"),
        at(ANGGREK, id_sumber="2", status="ditangani", uraian="lain"),
        at(ANGGREK, id_sumber="3", status="ditolak", uraian="lagi"),
        at(ANGGREK, id_sumber="4", status="masuk", uraian="baru"),
        at(ANGGREK, id_sumber="5", status="terverifikasi", uraian="nanti ditolak"),
    ]
    task = RowImport(city, REGION, write_csv(tmp_path / "k.csv", lines), kind="incident", today=TODAY)
    made, waiting = deeds.take_rows(task, actor=ANI, eyes=FOUR)
    assert known(city)["verification"].tolist() == ["masuk", "masuk", "ditolak", "masuk", "masuk"]
    assert_sound(city)
    fifth = RowKey(made.import_id, int(known(city).loc["5", "line_number"]))
    verify(city, REGION, [fifth], "ditolak", reason="bukan di sini", actor=ANI, decided_on=TODAY)
    agree(city, waiting)
    states = known(city)["verification"].tolist()
    assert states == ["terverifikasi", "ditangani", "ditolak", "masuk", "ditolak"]
    before = queries.incident_rows(city, REGION_CODE, as_of=date(2024, 11, 19), start=date(2024, 1, 1), end=TODAY)
    assert not before["verification"].isin(["terverifikasi", "ditangani"]).any()  # the past stays as it was known
    assert_sound(city)


def test_typed_rows_and_files_without_verdicts_propose_nothing(city: Lake, tmp_path: Path) -> None:
    typed = TypedRows("formulir", (at(ANGGREK, id_sumber="1", status="terverifikasi"),))
    plain = write_csv(tmp_path / "k.csv", [at(ANGGREK, id_sumber="2", status="masuk", uraian="lain")])
    for source in (typed, plain):
        _, waiting = deeds.take_rows(
            RowImport(city, REGION, source, kind="incident", today=TODAY), actor=ANI, eyes=FOUR
        )
        assert waiting is None
    assert known(city)["verification"].tolist() == ["terverifikasi", "masuk"]


def test_alerts_are_issued_as_they_were_proposed_whatever_came_in_since(city: Lake) -> None:
    day = load_alerts(city, REGION_CODE, as_of=TODAY)
    snapshot = snapshot_id(city)
    record = {"snapshot": snapshot, "simulated": False, "issued_on": TODAY}
    waiting = deeds.issue_alerts(city, REGION_CODE, day, actor=ANI, eyes=FOUR, **record)
    assert issued(city, REGION_CODE, ALERT).empty
    take_in(city, [at(ANGGREK, id_sumber=str(n), uraian=f"susulan {n}") for n in range(20)])
    agree(city, waiting)
    (issue,) = issued(city, REGION_CODE, ALERT).to_dict("records")
    assert (issue["actor"], issue["snapshot"], issue["row_count"]) == ("ani", snapshot, len(day.alerts))
    assert_sound(city)


@pytest.mark.parametrize(
    ("approvers", "switched", "expected"),
    [
        (set(), None, Eyes(four=False, why=NOBODY)),
        ({"ani"}, None, Eyes(four=False, why=NOBODY)),
        ({"ani", "budi"}, None, FOUR),
        ({"budi"}, False, Eyes(four=False, why=SWITCHED_OFF)),
        (set(), True, Eyes(four=True, why=SWITCHED_ON)),
    ],
)
def test_four_eyes_need_another_approver_or_the_offices_word(
    approvers: set[str], *, switched: bool | None, expected: Eyes
) -> None:
    assert eyes_of(ANI, approvers, switched=switched) == expected
    assert t.EYES[expected.why]


def test_an_approver_reads_what_holds_for_those_who_propose() -> None:
    assert eyes_of(BUDI, {"budi"}, switched=None) == FOUR


def test_every_kind_says_what_it_would_change() -> None:
    for kind in t.KINDS:
        assert t.effect(kind, "2024-11-20", {}).endswith(".")
    assert "20 November 2024" in t.effect(journal.ALERTS, "2024-11-20", {"baris": 3})
