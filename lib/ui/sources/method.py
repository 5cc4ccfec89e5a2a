"""The page Metode: an example taken apart, the choices behind it, and an editor that shows who would move."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from lib.analysis.composite import variance_shares
from lib.indonesian import MISSING, decimal, points, whole
from lib.output.area_detail import reasons_html
from lib.output.classes import CLASSES, class_of
from lib.people.actor import May
from lib.proposals.deeds import Waiting, change_weights
from lib.records import RankedRow, records
from lib.region.panels import group_names
from lib.rules.regions import region_profile
from lib.rules.structural import IMPORTED
from lib.rules.toml import ProfileError
from lib.score import weight_sets
from lib.score.answers import PIECES
from lib.score.uncertainty import RankRange
from lib.score.weight_preview import LINEAR_SEVERITY, MovedArea
from lib.texts import method as t
from lib.texts import score as score_words
from lib.texts.proposals import EYES, waiting
from lib.texts.questions import unit_word
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.frame.rights import allowed
from lib.ui.load import method as load_method
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lib.filters import Filters
    from lib.rules.weights import Weights
    from lib.score.answers import Assessment

DOUBLING_SEVERITY = (1.0, 2.0, 4.0, 8.0, 16.0)
LONGEST_HALF_LIFE = 180
TABLE_HEIGHT = 380
SAVED = "bobot-tersimpan"


def example(assessment: Assessment) -> None:
    """Take one area's score apart: its four parts, what they add up to, its class and how sure its rank is."""
    st.subheader(t.WHY_HEAD)
    st.markdown(t.WHY)
    ranked = assessment.ranked
    if ranked.empty:
        st.info(t.NO_EXAMPLE)
        return
    names = dict(zip(ranked["area_code"], ranked["area_name"], strict=True))
    chosen = st.selectbox(t.EXAMPLE_CHOICE, list(names), format_func=names.__getitem__, key="contoh", width=360)
    row = next(records(ranked[ranked["area_code"] == chosen], RankedRow))
    lines = [
        (
            score_words.COMPONENT_NAMES[part],
            decimal(row.part_values[part]),
            t.percent(100 * share),
            decimal(row.part_points[part]),
            score_words.COMPONENT_HINTS[part],
        )
        for part, share in assessment.weights.component_weights
    ]
    if row.withheld_points:
        lines.append((score_words.WITHHELD, "", "", decimal(row.withheld_points), score_words.WITHHELD_HINT))
    st.markdown(_table(t.EXAMPLE_COLUMNS, [*lines, (t.TOTAL, "", t.percent(100), f"**{points(row.score)}**", "")]))
    sentences = [t.example_class(plain(row.area_name), row.score, class_of(row.class_index).name)]
    sentences.append(t.completeness_line(row.completeness, row.upper_score))
    ranks = load.ranks(assessment.filters)
    drawn = next(records(ranks[ranks["area_code"] == chosen], RankRange))
    place = score_words.rank_interval(row.rank, row.rank_last, row.rank_count, drawn.rank_low, drawn.rank_high)
    sentences.append(t.rank_line(place, score_words.top_share(drawn.probability_top)))
    st.markdown(" ".join(sentences))
    st.html(reasons_html(load.reasons(assessment.filters, (chosen,))[chosen]))
    st.markdown(f"**{t.CLASSES_HEAD}.** {_classes(assessment.weights)}")


def parts(weights: Weights) -> None:
    """Say how each part is made, with the goalposts of the structural indicators."""
    st.subheader(t.PARTS_HEAD)
    st.markdown(t.PARTS_TEXT)
    total = sum(indicator.weight for indicator in weights.structural)
    rows = [
        (
            f"**{plain(indicator.name)}**, {t.FROM_IMPORT if indicator.source == IMPORTED else t.FROM_STATIONS}",
            t.goalposts(
                indicator.low,
                indicator.high,
                indicator.weight / total,
                rising=indicator.rising,
                unit="" if indicator.source == IMPORTED else t.OF_STATIONS,
            ),
            plain(weights.judgement(f"structural.{indicator.code}").reason),
        )
        for indicator in weights.structural
    ]
    with st.expander(t.INDICATORS_HEAD):
        st.markdown(_table(t.INDICATOR_COLUMNS, rows))


def choices(assessment: Assessment) -> None:
    """List every number that a person chose, with author, day and reason, and who changed them when."""
    weights, filters = assessment.weights, assessment.filters
    st.subheader(t.CHOICES_HEAD)
    st.markdown(t.CHOICES)
    st.caption(t.version_line(plain(weights.scheme), plain(weights.version), weights.short_digest))
    groups = group_names()
    for name, keys in t.GROUPS.items():
        entries = [weights.judgement(key) for key in keys]
        chosen = {key: t.choice(key, getattr(weights, key), groups=groups) for key in keys}
        rows = [
            (
                f"{t.CHOICE_NAMES[entry.key]}: **{plain(chosen[entry.key])}**",
                plain(entry.reason),
                plain(t.chosen_by(entry.author, entry.day)),
            )
            for entry in entries
        ]
        with st.expander(name):
            st.markdown(_table(t.CHOICE_COLUMNS, rows))
    with st.expander(t.HISTORY_HEAD):
        zone = ZoneInfo(region_profile(filters.region_code).time_zone)
        lines = [
            t.history_line(
                plain(kept.weights.version),
                kept.weights.short_digest,
                plain(kept.author),
                kept.recorded_at.replace(tzinfo=UTC).astimezone(zone),
                plain(kept.reason),
            )
            for kept in load_method.saved_sets(filters.snapshot, filters.region_code)
        ]
        st.markdown("\n".join(f"- {line}" for line in lines) if lines else t.NEVER_CHANGED)


def effects(assessment: Assessment) -> None:
    """Set what each part's share says beside what it does, and the scale beside those of other days."""
    st.subheader(t.EFFECTS_HEAD)
    *moved, withheld = variance_shares(assessment.areas[list(PIECES)].to_numpy(dtype=float)).tolist()
    rows = [
        (score_words.COMPONENT_NAMES[part], t.percent(100 * share), t.effective(100 * effect))
        for (part, share), effect in zip(assessment.weights.component_weights, moved, strict=True)
    ]
    if withheld:
        rows.append((score_words.WITHHELD, "", t.effective(100 * withheld)))
    st.markdown(t.EFFECTS)
    st.markdown(_table(t.EFFECT_COLUMNS, rows))
    st.markdown(t.freezing(assessment.weights.freeze_minimum_incidents))
    cases = load_method.other_freezes(assessment.filters)
    names = [risk.name for risk in CLASSES]
    freezes = [
        (
            t.freeze_case(case.frozen_on, case.incident_count, in_force=case.in_force),
            *(whole(count) for count in (*case.class_counts, case.unclassed_count)),
        )
        for case in cases
    ]
    st.markdown(_table((t.FREEZE_COLUMN, *names, t.WITHOUT_CLASS), freezes))


def limits() -> None:
    """Say what the method does not do and where it is known to fail."""
    st.subheader(t.LIMITS_HEAD)
    st.markdown(t.LIMITS)


@st.fragment
def editor(filters: Filters) -> None:
    """Let a person try other weights, show who moves, and only then save them under a name with a reason."""
    st.subheader(t.EDITOR_HEAD)
    if SAVED in st.session_state:
        st.success(st.session_state.pop(SAVED))
    if filters.as_it_was:
        st.info(t.PAST_STATE)
        return
    st.markdown(t.EDITOR)
    in_force = load.weights(filters.snapshot, filters.region_code)
    values = _inputs(in_force)
    if values is None:
        return
    if all(value == getattr(in_force, key) for key, value in values.items()):
        st.caption(t.UNCHANGED)
        return
    day = load.today(region_profile(filters.region_code))
    try:
        drafted = weight_sets.changed(in_force, values, author=current().name, day=day, reason=t.EDITOR_HEAD)
        found = load_method.preview(filters, weight_sets.toml_text(drafted))
    except ProfileError as error:
        st.error(plain(str(error)))
        return
    if found.rescaled:
        st.warning(t.RESCALED)
    _movers(found.movers, unit_word(region_profile(filters.region_code)))
    if not allowed(May.JUDGE, filters.region_code):
        return
    with st.form("simpan-bobot"):
        st.caption(EYES[eyes(filters.region_code).why])
        reason = st.text_area(t.REASON_INPUT, help=t.REASON_HELP, height=80)
        if st.form_submit_button(t.SAVE, type="primary"):
            _save(filters.region_code, in_force, values, reason=reason.strip())


@st.fragment
def shifts(assessment: Assessment) -> None:
    """Tabulate how far ranks move with each choice."""
    if assessment.ranked.empty:
        return
    st.subheader(t.SENSITIVITY_HEAD)
    st.markdown(t.SENSITIVITY)
    names = score_words.COMPONENT_NAMES | t.SHIFTS
    found = sorted(load_method.rank_shifts(assessment.filters).items(), key=lambda item: -item[1].mean)
    rows = [(names[name], t.places(shift.mean), whole(shift.largest)) for name, shift in found]
    st.markdown(_table(t.SENSITIVITY_COLUMNS, rows))
    st.caption(t.SENSITIVITY_NOTE)


def _inputs(current: Weights) -> dict[str, Any] | None:
    """Ask for the values that may be tried; None while the shares do not add up."""
    columns = st.columns(4, vertical_alignment="bottom")
    shares = {
        part: column.number_input(
            t.PART_INPUT.format(name=score_words.COMPONENT_NAMES[part]),
            min_value=0.0,
            max_value=100.0,
            value=round(100 * share, 4),
            step=5.0,
            format="%.0f" if float(100 * share).is_integer() else "%.2f",
            key=f"bobot-{part}-{current.short_digest}",
        )
        for column, (part, share) in zip(columns, current.component_weights, strict=True)
    }
    left, right = st.columns((1, 2))
    half_life = left.number_input(
        t.HALF_LIFE_INPUT,
        min_value=1,
        max_value=LONGEST_HALF_LIFE,
        value=int(current.half_life_days),
        key=f"paruh-{current.short_digest}",
    )
    ladders: dict[str, tuple[float, ...]] = {t.DOUBLING: DOUBLING_SEVERITY, t.LINEAR: LINEAR_SEVERITY}
    if current.severity_weights not in ladders.values():
        ladders = {f"{t.AS_IT_IS}: {t.value(current.severity_weights)}": current.severity_weights} | ladders
    ladder = right.radio(
        t.LADDER_INPUT,
        list(ladders),
        index=list(ladders.values()).index(current.severity_weights),
        horizontal=True,
        key=f"keparahan-{current.short_digest}",
    )
    total = sum(shares.values())
    if abs(total - 100) > 0.01:
        st.warning(t.wrong_sum(round(total)))
        return None
    unchanged = all(abs(shares[part] - 100 * share) < 0.005 for part, share in current.component_weights)
    chosen = tuple((part, round(percent / total, 6)) for part, percent in shares.items())
    return {
        "component_weights": current.component_weights if unchanged else chosen,
        "half_life_days": float(half_life) if half_life != int(current.half_life_days) else current.half_life_days,
        "severity_weights": ladders[ladder],
    }


def _movers(table: pd.DataFrame, unit: str) -> None:
    """Say how many areas move and list those that do, changes of class first."""
    change = table["class_after"] - table["class_before"]
    places = (table["rank_before"] - table["rank_after"]).fillna(0)
    st.markdown(
        t.movers_line(
            up=int((change > 0).sum()),
            down=int((change < 0).sum()),
            higher=int((places > 0).sum()),
            lower=int((places < 0).sum()),
            unit=unit,
        )
    )
    moved = table[(change != 0) | (places != 0)]
    if moved.empty:
        st.caption(t.NOBODY_MOVES)
        return
    order = (
        pd.DataFrame({"class": -change.abs(), "rank": -places.abs()}).loc[moved.index].sort_values(["class", "rank"])
    )
    rows = [
        {
            "wilayah": row.area_name,
            "kelas": t.from_to(class_of(row.class_before).name, class_of(row.class_after).name),
            "peringkat": t.rank_change(row.rank_before, row.rank_after),
            "skor": t.from_to(points(row.score_before), points(row.score_after)),
        }
        for row in records(moved.loc[order.index], MovedArea)
    ]
    config: dict[str, Any] = dict(t.MOVER_COLUMNS)
    height = min(TABLE_HEIGHT, 38 + 35 * len(rows))
    st.dataframe(rows, column_config=config, hide_index=True, placeholder=MISSING, height=height, key="tabel-geser")


def _save(region_code: str, in_force: Weights, values: dict[str, Any], *, reason: str) -> None:
    if not reason:
        st.error(t.NO_REASON)
        return
    day = load.today(region_profile(region_code))
    try:
        chosen = weight_sets.changed(in_force, values, author=current().name, day=day, reason=reason)
        content = weight_sets.toml_text(chosen)
        kept = change_weights(
            load.store(), region_code, content, actor=current(), reason=reason, eyes=eyes(region_code)
        )
    except ProfileError as error:
        st.error(plain(str(error)))
        return
    told = waiting(kept.proposal_id) if isinstance(kept, Waiting) else t.saved(plain(kept.version), day)
    st.session_state[SAVED] = told
    st.rerun()


def _classes(weights: Weights) -> str:
    names = tuple(risk.name for risk in CLASSES)
    return t.classes_line(names, weights.class_cuts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a markdown table, whose cells break into lines; texts of people must have gone through `plain`."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join((cell or " ").replace("\n", " ") for cell in line) + " |" for line in lines)
