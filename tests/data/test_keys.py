"""The key of seals: made once for us alone, the same for all who ask, and refused where others may know it."""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from data.errors import FolderExposedError, KeyBrokenError, KeyExposedError
from data.keys import CREDENTIAL, KEY_FILE, private_folder, seal_key

if TYPE_CHECKING:
    from pathlib import Path

modes = pytest.mark.skipif(sys.platform == "win32", reason="file modes say nothing on Windows")


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "rahasia"
    key = seal_key(folder)
    assert len(key) == 32
    assert seal_key(folder) == key != seal_key(tmp_path / "lain")
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


@modes
def test_nobody_else_enters_folder_or_key(tmp_path: Path) -> None:
    seal_key(tmp_path / "rahasia")
    assert stat.S_IMODE((tmp_path / "rahasia").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "rahasia" / KEY_FILE).stat().st_mode) == 0o600


def test_many_first_starts_agree(tmp_path: Path) -> None:
    for number in range(20):
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(seal_key, [tmp_path / str(number)] * 8))) == 1


@modes
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_could_read_is_refused(tmp_path: Path, mode: int) -> None:
    seal_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(mode)
    with pytest.raises(KeyExposedError):
        seal_key(tmp_path)


@modes
def test_a_folder_that_others_could_fill_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    with pytest.raises(FolderExposedError):
        private_folder(tmp_path)


@pytest.mark.parametrize("content", [b"", b"k" * 31])
def test_what_is_too_short_is_no_key(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)
    (tmp_path / KEY_FILE).chmod(0o600)
    with pytest.raises(KeyBrokenError):
        seal_key(tmp_path)


def test_the_key_of_a_service_manager_goes_first_and_is_not_copied(tmp_path: Path) -> None:
    given, folder = tmp_path / "given", tmp_path / "rahasia"
    given.mkdir()
    own = seal_key(folder, given=given)  # other credentials than ours are no key
    (given / CREDENTIAL).write_bytes(b"g" * 40)
    (given / CREDENTIAL).chmod(0o440)  # as systemd hands it over
    assert seal_key(folder, given=given) == b"g" * 40 != own
    assert seal_key(folder) == own
    assert seal_key(tmp_path / "baru", given=given) == b"g" * 40
    assert not (tmp_path / "baru").exists()
