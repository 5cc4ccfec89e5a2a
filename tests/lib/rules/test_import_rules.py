"""The judgements of an import: shipped, signed, and refused where they break a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lib.rules.intake import IMPORT_RULES_FILE, import_rules
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_rules_hold() -> None:
    rules = import_rules()
    assert 0.5 <= rules.minimum_confidence <= 1
    assert 0.5 <= rules.name_agreement <= 1
    assert rules.far_km > 0


@pytest.mark.parametrize(
    ("before", "after"),
    [("value = 0.9", "value = 0.2"), ("[far_km]", "[jauh_km]"), ('author = "Tim Petadini"\n', ""), ("= 100", "= 0")],
)
def test_broken_rules_are_refused(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "import.toml"
    file.write_text(IMPORT_RULES_FILE.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ProfileError):
        import_rules(file)
