"""Files that no parser gets to the end of are refused in one sentence, wherever TOML comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.store.journals import append
from data.store.lake import Lake, open_lake, utc_now, write
from lib.intake.mapping_toml import read_mapping
from lib.intake.mappings import find_mapping, save_mapping, saved_mappings
from lib.region.weights import weights_in_force
from lib.rules.judged import REGIONS_FOLDER
from lib.rules.toml import ProfileError, parse_table, read_table
from lib.rules.weights import read_weights
from lib.score.weight_sets import save_weights
from lib.texts import method
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIGITS, BRACKETS = f"x = {'9' * 5000}\n", f"x = {'[' * 3000}\n"
HEXADECIMAL = f"x = 0x{'f' * 5000}\n"  # which Python reads, but does not write
ENDLESS = pytest.mark.parametrize("content", [DIGITS, BRACKETS], ids=["digits", "brackets"])


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    opened = open_lake(str(tmp_path / "gudang"))
    yield opened
    opened.connection.close()


def says(refusal: pytest.ExceptionInfo[ProfileError], file: str) -> bool:
    """Tell whether a refusal is a whole sentence that names the file and says what to do."""
    sentence = str(refusal.value)
    return sentence.startswith(f"Berkas {file} memuat angka yang terlalu panjang") and sentence.endswith("kurungnya.")


@ENDLESS
def test_a_mapping_file_without_end_is_refused(lake: Lake, tmp_path: Path, content: str) -> None:
    file = tmp_path / "polres.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError) as refusal:
        find_mapping(lake, str(file))
    assert says(refusal, "polres.toml")


@ENDLESS
def test_a_saved_mapping_without_end_is_refused(lake: Lake, content: str) -> None:
    row = {"mapping_name": "polres", "kind": "incident", "content": content, "recorded_at": utc_now()}
    write(lake, lambda cursor: append(cursor, "column_mapping", row), author="uji", message="uji")
    with pytest.raises(ProfileError) as refusal:
        saved_mappings(lake)
    assert "polres" in str(refusal.value)
    assert str(refusal.value).endswith("kurungnya.")


@ENDLESS
def test_a_weights_file_without_end_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError) as refusal:
        read_weights(file)
    assert says(refusal, file.as_posix())


@ENDLESS
def test_saved_weights_without_end_are_refused(lake: Lake, content: str) -> None:
    with pytest.raises(ProfileError) as refusal:
        save_weights(lake, "19.99", content, actor=officer("uji"), reason="uji")
    assert says(refusal, method.SAVED_FILE)
    row = {"region_code": "19.99", "content": content, "recorded_at": utc_now()}
    write(lake, lambda cursor: append(cursor, "weight_set", row), author="uji", message="uji")
    with pytest.raises(ProfileError) as refusal:
        weights_in_force(lake, "19.99")
    assert says(refusal, method.SAVED_FILE)


def test_a_number_that_cannot_be_written_out_is_refused_too(tmp_path: Path) -> None:
    file = tmp_path / "polres.toml"
    file.write_text(HEXADECIMAL, encoding="utf-8")
    with pytest.raises(ProfileError, match=r'^Berkas .*polres\.toml: kunci x dengan nilai "…" tidak dikenal'):
        read_weights(file)
    with pytest.raises(ProfileError, match=r'nilai "…" pada kunci x tidak diterima'):
        read_table(file).whole("x", 0, 1)


def test_what_was_saved_in_another_hand_is_read_to_the_same_values(lake: Lake) -> None:
    one_line = (
        'name = "polres"\ntitle = "Polres"\nkind = "incident"\n[columns."keparahan"]\nconstant = "1"\n'
        'values = { "a" = "1" }\nrules = [{ head = "korban", at_least = 1, text = "5" }]\n'
    )
    mapping = read_mapping(one_line, "polres.toml")
    save_mapping(lake, mapping, actor=officer("uji"))
    assert [saved.mapping for saved in saved_mappings(lake)] == [mapping]
    assert mapping.sources["keparahan"].rules == (("korban", 1.0, "5"),)


def test_a_mark_at_the_beginning_of_a_file_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_bytes(b"\xef\xbb\xbf" + (REGIONS_FOLDER / "nasional" / "weights.toml").read_bytes())
    assert read_weights(file).digest == read_weights(REGIONS_FOLDER / "nasional" / "weights.toml").digest


def test_a_day_is_told_from_a_moment() -> None:
    table = parse_table("day = 2024-11-27\nmoment = 2024-11-27T08:00:00\n", shown="x.toml")
    assert table.day("day") == date(2024, 11, 27)
    with pytest.raises(ProfileError, match="moment"):
        table.day("moment")
