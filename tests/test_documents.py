"""What the documents say of the house is so: rooms in their order, files that exist, commands, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_architecture import ROOMS

ROOT = Path(__file__).parents[1]
README, CONTRIBUTING = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
MADE_LATER = {"data/lake/", "data/regions/<kode>/", "region.toml", "calendar.toml"}


def test_the_map_of_the_house_has_every_room_in_its_order() -> None:
    table = CONTRIBUTING.split("\n## The house\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE) == [name for names in ROOMS for name in names]


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_that_is_named_exists(text: str) -> None:
    inside = re.findall(r"`([^`\s]+/[^`\s]*|[\w-]+\.(?:py|md|toml|txt))`", text)
    linked = re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text)
    paths = {path for path in (*inside, *linked) if re.fullmatch(r"\.?[\w./<>-]+", path)} - MADE_LATER
    assert len(paths) > 5
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_the_way_of_a_row_names_functions_where_they_stand() -> None:
    steps = re.findall(r"\| `([\w/]+\.py)` \| `(\w+)` \|", CONTRIBUTING)
    assert len(steps) > 10
    for path, function in steps:
        assert re.search(rf"^def {function}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), function


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_both_commands_stand_at_the_start_of_a_line(text: str) -> None:
    assert {"make run", "make test"} <= {line.split("  ")[0] for line in text.splitlines()}


def test_a_stranger_is_met_in_english_and_led_to_the_map() -> None:
    opening = README.split("\n\n")[1]
    assert opening.startswith("Petadini shows where")
    assert "CONTRIBUTING.md" in README


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_place_and_pins_every_file(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index|--find-links|/", lock.replace("sha256:", ""))
    packages = [block for block in re.split(r"\n(?=\S)", lock.strip()) if not block.startswith("#")]
    assert all("==" in block.split()[0] and "--hash=sha256:" in block for block in packages)


def test_what_the_product_needs_is_the_same_for_its_tests() -> None:
    pinned = [
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pinned[0] < pinned[1]
    assert not {line.split("==")[0] for line in pinned[0]} & {"pytest", "mypy", "ruff", "playwright", "hypothesis"}
