"""What waits for a second person, the two buttons that decide it, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from data.errors import LakeError
from lib.errors import ProposalError, UndoError
from lib.indonesian import MISSING
from lib.output.html import render
from lib.people.actor import May
from lib.people.errors import PeopleError
from lib.proposals.deeds import decide
from lib.proposals.journal import AGREED, DECLINED
from lib.rules.toml import ProfileError
from lib.texts import proposals as t
from lib.texts.errors import sentence
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.load import reports as load_reports
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes

if TYPE_CHECKING:
    from lib.proposals.journal import Proposal
    from lib.rules.regions import Region

MESSAGE = "usulan-pesan"
REFUSALS = (LakeError, PeopleError, ProposalError, ProfileError, UndoError)


def introduction(region: Region) -> None:
    """Say what four eyes are for, and whether they are in force here and why."""
    st.markdown(t.LEAD)
    st.caption(t.EYES[eyes(region.code).why])
    with st.container():
        if done := st.session_state.pop(MESSAGE, None):
            st.success(done)


def waiting(region: Region) -> None:
    """Draw each proposal that waits: what it would change, who proposed it and, for whoever may, the two buttons."""
    st.subheader(t.WAITING_HEAD)
    found = [one for one in reversed(_listed(region)) if one.outcome is None]
    if not found:
        st.info(t.NOTHING_WAITS)
        return
    may = current().may(May.APPROVE, region.code)
    if not may:
        st.caption(t.WHO_MAY)
    for one in found:
        with st.container(border=True):
            _told(one, region)
            if may and one.actor == current().name:
                st.caption(t.OWN)
            elif may:
                _buttons(one, region)


def decided(region: Region) -> None:
    """List what was decided, the newest first."""
    found = [one for one in _listed(region) if one.outcome is not None]
    if not found:
        return
    st.subheader(t.HISTORY_HEAD)
    zone = ZoneInfo(region.time_zone)
    rows = [
        {
            "recorded": t.moment(one.recorded_at, zone),
            "kind": t.KINDS[one.kind],
            "subject": t.effect(one.kind, one.subject, one.facts),
            "actor": one.actor,
            "outcome": t.OUTCOMES[one.outcome or ""],
            "decided_by": one.decided_by,
            "decided": t.moment(one.decided_at, zone) if one.decided_at else MISSING,
            "reason": one.decision_reason or MISSING,
        }
        for one in found
    ]
    st.html(render("table.html", look="", heads=t.COLUMNS.values(), rows=[list(row.values()) for row in rows]))


def _listed(region: Region) -> list[Proposal]:
    scope = current().scope(May.READ_REPORTS, region.code)
    return load_reports.proposals(load.snapshot(), region.code, scope)


def _told(one: Proposal, region: Region) -> None:
    when = t.moment(one.recorded_at, ZoneInfo(region.time_zone))
    st.markdown(f"**{t.KINDS[one.kind]}** · {plain(t.effect(one.kind, one.subject, one.facts))}")
    reason = f" · {t.reason(plain(one.reason))}" if one.reason else ""
    st.caption(f"{plain(t.proposed_by(one.actor, when))}{reason} · {one.proposal_id}")


def _buttons(one: Proposal, region: Region) -> None:
    with st.form(f"usulan-{one.proposal_id}", border=False):
        reason = st.text_input(t.REASON, max_chars=200, key=f"usulan-alasan-{one.proposal_id}")
        with st.container(horizontal=True):
            agreed = st.form_submit_button(t.AGREE, type="primary", key=f"usulan-setuju-{one.proposal_id}")
            declined = st.form_submit_button(t.DECLINE, key=f"usulan-tolak-{one.proposal_id}")
    if not (agreed or declined):
        return
    try:
        decide(
            load.store(),
            region,
            one.proposal_id,
            agreed=agreed,
            reason=reason,
            actor=current(),
            today=load.today(region),
        )
    except REFUSALS as error:
        st.error(plain(sentence(error)))
        return
    st.session_state[MESSAGE] = t.decided(AGREED if agreed else DECLINED, one.kind)
    st.rerun()
