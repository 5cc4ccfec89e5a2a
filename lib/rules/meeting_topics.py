"""The issues that meetings speak of, and the words by which a sentence names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.phrases import alternatives
from lib.rules.taxonomy import normalize, taxonomy
from lib.rules.toml import FACTS_FOLDER, read_table, refuse_duplicates

if TYPE_CHECKING:
    from pathlib import Path

    from lib.rules.toml import Table

TOPICS_FILE = FACTS_FOLDER / "meeting_topics.toml"
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_CLAUSE = re.compile(r"[.;:!?]|\b(?:tetapi|tapi|namun|sedangkan|melainkan)\b", re.IGNORECASE)
# Who came is no issue: "dihadiri Dinas Kesehatan, KPU, …" up to what the meeting was for.
_ATTENDANCE = re.compile(
    r"\b(?:dihadiri|turut hadir|hadir (?:dalam|pada|di|antara|juga)|menghadirkan|tampak hadir)\b.*?"
    r"(?=\b(?:guna|untuk|membahas|dalam rangka|terkait|agar)\b|[.;!?]|$)",
    re.IGNORECASE,
)
_DENIED = (
    r"(?:(?:tidak (?:ada|ditemukan|terjadi|terdapat)|tak ada|belum ada|nihil)(?: \w+){0,3}|tanpa|bebas(?: dari)?) "
)
_WISHED = re.compile(
    r"\b(?:agar|supaya|jangan|semoga|harap\w*|berharap|mengharap\w*|memastikan|pastikan|mencegah|antisipasi|mengantisipasi"
    r"|menjaga|menjamin|wujudkan|mewujudkan|sehingga)\b"
)
_FOUND_NONE = re.compile(r"\b(?:tidak|tak|belum) ada (?:laporan|temuan|kejadian|indikasi|kasus)\b|\bnihil\b")


@dataclass(frozen=True, slots=True)
class MeetingTopic:
    """An issue that meetings speak of; `category_code` is the category of incidents that it belongs to, or None."""

    code: str
    name: str
    category_code: str | None
    words: re.Pattern[str] | None  # any of which names it
    pair: tuple[re.Pattern[str], re.Pattern[str]] | None  # which name it together
    passed_over: re.Pattern[str] | None  # what is no sign of it although it holds one of its words


@dataclass(frozen=True, slots=True)
class MeetingTopics:
    """All topics in the order of the file."""

    topics: tuple[MeetingTopic, ...]

    def named_in(self, sentence: str) -> tuple[MeetingTopic, ...]:
        """Give the topics that a sentence names as something to watch.

        Bodies that came to the meeting name none. Nor does what a clause denies ("tidak ada hoaks"), unless it is
        wished away ("agar tidak ada hoaks").
        """
        clauses = [normalize(clause) for clause in _CLAUSE.split(_ATTENDANCE.sub(" ", sentence))]
        whole = " ".join(clauses)
        return tuple(topic for topic in self.topics if _names(topic, clauses, whole))


@cache
def meeting_topics(file: Path = TOPICS_FILE) -> MeetingTopics:
    """Read the table of topics.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a code stands twice, a category does not exist, or a topic has no words.
    """
    root = read_table(file)
    root.allow("source", "author", "date", "reason", "topics")
    for key in ("source", "author", "reason"):
        root.text(key)
    root.day("date")
    tables = root.tables("topics")
    refuse_duplicates(tables, "code")
    return MeetingTopics(tuple(map(_topic, tables)))


def _topic(table: Table) -> MeetingTopic:
    table.allow("code", "name", "category", "words", "one", "with", "except")
    categories = [category.code for category in taxonomy().categories]
    paired = "one" in table or "words" not in table
    return MeetingTopic(
        code=table.code("code", _CODE, "huruf kecil dengan tanda hubung, misalnya media-sosial"),
        name=table.text("name"),
        category_code=table.choice("category", categories) if "category" in table else None,
        words=_pattern(table, "words") if "words" in table else None,
        pair=(_pattern(table, "one"), _pattern(table, "with")) if paired else None,
        passed_over=_pattern(table, "except") if "except" in table else None,
    )


def _pattern(table: Table, key: str) -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(table.texts(key))}\b")


def _names(topic: MeetingTopic, clauses: list[str], whole: str) -> bool:
    if topic.passed_over is not None:
        clauses = [topic.passed_over.sub(" ", clause) for clause in clauses]
        whole = topic.passed_over.sub(" ", whole)
    if topic.words is not None and any(_states(topic.words, clause) for clause in clauses):
        return True
    if topic.pair is None:
        return False
    one, beside = topic.pair
    return one.search(whole) is not None and any(_states(beside, clause) for clause in clauses)


def _states(words: re.Pattern[str], clause: str) -> bool:
    """Tell whether a clause names one of the words without denying all of them."""
    denied = re.search(rf"\b{_DENIED}(?:{words.pattern})", clause)
    wished = denied and not _FOUND_NONE.match(denied[0]) and _WISHED.search(clause[: denied.start()])
    if denied is None or wished:
        return words.search(clause) is not None
    return words.search(clause[: denied.start()]) is not None
