from __future__ import annotations

import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from matplotlib.font_manager import get_font

STATIC = Path(__file__).parents[1] / "static"
PACKAGES: list[dict[str, Any]] = tomllib.loads((STATIC / "THIRD_PARTY.toml").read_text(encoding="utf-8"))["package"]
LISTED = {path: digest for package in PACKAGES for path, digest in package["sha256"].items()}
# What our texts are written with beyond the keyboard.
CHARACTERS = "–—·‹›−±→←↑↓≥≤≈≠²³×÷“”‘’…•°½%‰√∑∞σβαΔµ▲▼●○■□✓\u2011\u00a0"


def test_every_file_of_others_is_listed_and_nothing_listed_is_missing() -> None:
    present = {
        file.relative_to(STATIC).as_posix()
        for folder in ("vendor", "fonts")
        for file in (STATIC / folder).rglob("*")
        if file.is_file()
    }
    assert present == LISTED.keys()


@pytest.mark.parametrize(("path", "digest"), LISTED.items(), ids=LISTED.keys())
def test_a_file_is_the_one_that_was_listed(path: str, digest: str) -> None:
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_a_package_says_where_it_is_from_and_brings_its_licence(package: dict[str, Any]) -> None:
    said = ("name", "version", "licence", "licence_file", "copyright", "homepage", "source", "changes")
    assert all(package[key] for key in said)
    assert package["licence_file"] in package["sha256"]
    assert package["version"] in package["source"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_the_readable_notice_says_the_same(package: dict[str, Any]) -> None:
    notice = (STATIC / "THIRD_PARTY.md").read_text(encoding="utf-8")
    row = next(line for line in notice.splitlines() if line.startswith(f"| [{package['name']}]"))
    assert f"| {package['version']} |" in row
    assert f"`{package['licence_file']}`" in row
    assert package["homepage"] in row


def test_the_notices_name_no_place_but_homepages() -> None:
    homepages = {package["homepage"] for package in PACKAGES}
    for notice in ("THIRD_PARTY.md", "THIRD_PARTY.toml"):
        named = re.findall(r"https?://[^\s)\"]+", (STATIC / notice).read_text(encoding="utf-8"))
        assert set(named) == homepages


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold", "Bold", "ExtraBold"])
def test_a_font_has_every_character_that_our_texts_need(weight: str) -> None:
    font = get_font(str(STATIC / "fonts" / f"Inter-{weight}.ttf"))
    lacking = [character for character in CHARACTERS if ord(character) not in font.get_charmap()]
    assert lacking == []
    assert font.postscript_name == f"Inter-{weight}"
    assert (STATIC / "fonts" / f"Inter-{weight}.woff2").read_bytes()[:4] == b"wOF2"


def test_numba_is_not_beside_esda() -> None:
    # With it the first hot-spot of a session compiles for half a minute.
    assert importlib.util.find_spec("numba") is None
    locked = (STATIC.parent / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^esda==", locked, re.MULTILINE)
    assert re.search(r"^libpysal==", locked, re.MULTILINE)
    assert not re.search(r"^(numba|llvmlite)==", locked, re.MULTILINE)


def test_what_is_slow_to_import_waits_until_it_is_used() -> None:
    asked = (
        "import sys, lib.score.hotspots, lib.ui.mapping.hotspots; "
        "print(*sorted({'esda', 'libpysal'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", asked], cwd=STATIC.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
