"""The set-up says in a sentence why it cannot go on, and leaves nothing half made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOO_OLD = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n'
WITHOUT_VENV = '#!/bin/sh\n[ "$1" = -c ] && exit 0\n[ "$1" = --version ] && exit 0\nmkdir .venv; exit 1\n'
WITHOUT_NETWORK = "#!/bin/sh\nexit 1\n"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def set_up(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / ".ci" / "siapkan", folder)
    shutil.copy(ROOT / "requirements.txt", folder)
    return subprocess.run(
        ["./siapkan", "requirements.txt"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TOO_OLD, "Python 3.9.2 terlalu lama; perlu Python 3.11 atau yang lebih baru"),
        (WITHOUT_VENV, "modul venv tidak lengkap"),
    ],
    ids=["too old", "without venv"],
)
def test_a_python_that_will_not_do_is_refused_before_anything_is_made(tmp_path: Path, text: str, said: str) -> None:
    done = set_up(tmp_path, str(program(tmp_path / "python", text)))
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_no_python_is_said(tmp_path: Path) -> None:
    done = set_up(tmp_path, "python-yang-tidak-ada")
    assert (done.returncode, done.stdout) == (2, "")
    assert "python-yang-tidak-ada tidak ada; pasang Python 3.11" in done.stderr


def test_without_a_network_it_says_so(tmp_path: Path) -> None:
    program(tmp_path / ".venv" / "bin" / "python", WITHOUT_NETWORK)
    done = set_up(tmp_path, "python3")
    assert done.returncode == 2
    assert "periksa jaringan" in done.stderr
    assert "[3/4]" not in done.stdout


def test_make_keeps_the_larger_set_where_it_is(tmp_path: Path) -> None:
    # make run after make test must not take the tests' tools away.
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").mkdir()

    def would_run(goal: str) -> str:
        return subprocess.run(["make", "-n", goal], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert ".ci/siapkan requirements.txt" in would_run("run")
    assert ".ci/siapkan requirements-dev.txt" in would_run("test")
    (tmp_path / ".venv" / "siap-uji").touch()
    assert ".ci/siapkan requirements-dev.txt" in would_run("run")
    (tmp_path / ".venv" / "siap").touch()
    assert "siapkan" not in would_run("run") + would_run("test") + would_run("check")
