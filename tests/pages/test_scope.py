"""A clerk of one kecamatan opens every page, after an analyst did: no report of another kecamatan comes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.store import queries
from lib.people.actor import Role, Scope
from lib.ui.door import identity
from tests.officers import officer
from tests.pages.conftest import REGION, TODAY
from tests.pages.test_every_page import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from data.store.lake import Lake
    from lib.people.actor import Actor
    from tests.pages.conftest import Visit


@pytest.fixture(scope="module")
def known(told: Lake) -> pd.DataFrame:
    span = {"as_of": TODAY, "start": TODAY.replace(year=2020), "end": TODAY}
    return queries.incident_rows(told, REGION.code, **span)


def sent(shown: Visit) -> bytes:
    """Everything that goes to the browser, tables and maps included."""
    return b"\n".join(
        element.proto.SerializeToString()
        for part in (shown.app.main, shown.app.sidebar)
        for element in part
        if element.proto is not None
    )


def texts(rows: pd.DataFrame) -> set[bytes]:
    return {text.encode() for text in rows["description"].dropna() if len(text) > 20}


def as_who(patch: pytest.MonkeyPatch, actor: Actor) -> None:
    patch.setattr(identity, "machine_actor", lambda: actor)


@pytest.mark.parametrize("page", PAGES)
def test_no_text_of_another_kecamatan_reaches_a_clerk(
    page: str, visit: Callable[..., Visit], told_store: Path, known: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_code = str(known["district_code"].mode()[0])
    is_own = known["district_code"] == own_code
    foreign = texts(known[~is_own]) - texts(known[is_own])
    as_who(monkeypatch, officer("ani"))
    everything = sent(visit(told_store, page))
    as_who(monkeypatch, officer("budi", Role.CLERK, Scope(REGION.code, frozenset({own_code}))))
    own = sent(visit(told_store, page))
    assert not [text for text in foreign if text in own]
    if page == "sumber_data/laporan":
        assert [text for text in foreign if text in everything]
        assert [text for text in texts(known[is_own]) if text in own]


def test_a_reader_sees_the_classes_and_no_report(
    visit: Callable[..., Visit], told_store: Path, known: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}
    for role in (Role.ANALYST, Role.READER):
        as_who(monkeypatch, officer(role.value, role))
        seen[role] = {page: visit(told_store, page) for page in ("sumber_data/laporan", "situasi/ringkasan")}
    reader, analyst = seen[Role.READER], seen[Role.ANALYST]
    assert not [text for text in texts(known) if text in sent(reader["sumber_data/laporan"])]
    assert reader["situasi/ringkasan"].figures() == analyst["situasi/ringkasan"].figures()
