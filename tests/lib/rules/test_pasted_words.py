"""The words of pasted texts: a file that is whole, and phrases that mean what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lib.rules.pasted_words import WORDS_FILE, pasted_words
from lib.rules.phrases import alternatives
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rakor", "rakor"),
        ("rakornas", "rakornas"),
        ("akan di", None),
        ("akan digelar", "akan digelar"),
        ("s.d", "s.d"),
        ("sxd", None),
        ("rapat koordinasi", "rapat koordinasi"),
    ],
)
def test_a_phrase_is_meant_as_written_but_for_its_stars(text: str, found: str | None) -> None:
    match = re.match(alternatives(["rapat", "rakor*", "akan di+", "s.d", "rapat koordinasi"]), text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("calm = ", "calmm = ", "calmm"),
        ("came = [", 'came = ["", ', "came"),
        ('not_senders = ["kepada", "yth", "tembusan", "cc"]', "not_senders = []", "not_senders"),
        ("author = ", "penulis = ", "penulis"),
    ],
)
def test_a_faulty_list_is_refused_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = WORDS_FILE.read_text(encoding="utf-8")
    assert content.count(old) == 1
    file = tmp_path / "words.toml"
    file.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError, match=said):
        pasted_words(file)
