"""The command line: every command is documented, refusals are sentences, results add up."""

import json
import re
import shutil
from pathlib import Path

import pytest

from lib.commands import parser as cli
from lib.texts import cli as texts

ROOT = Path(__file__).parents[3]


def commands() -> list[str]:
    actions = [action for action in cli.parser()._actions if action.choices and not action.option_strings]
    return list(actions[0].choices or ())


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert commands() == list(texts.SUMMARIES)
    for name in commands():
        assert f"petadini {name}" in readme
        assert texts.SUMMARIES[name] in readme


@pytest.mark.parametrize("name", commands())
def test_help_is_indonesian(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([name, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert texts.USAGE in shown
    assert not re.search(r"usage:|options:|positional|show this help", shown)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["skor"], "wajib"),
        (["impor", "agama", "x.csv"], "pilihannya"),
        (["skor", "--csv", "x.csv", "--per", "20-11-2024"], "bukan tanggal"),
        (["peta", "--png", "x.png", "--lapisan", "jalan"], "tidak dikenal"),
        (["riwayat", "--semua"], "isian tidak dikenal"),
    ],
)
def test_a_wrong_line_is_refused_in_indonesian(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(line)
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "lake"))
    return tmp_path


def test_an_empty_store_says_what_to_do(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["skor", "--csv", str(store / "skor.csv")]) == 2
    assert "petadini siapkan" in capsys.readouterr().err
    assert not (store / "skor.csv").exists()


def test_the_demo_goes_all_the_way(
    store: Path, demo_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo_store, store / "lake")  # made by the command demo
    assert cli.main(["skor", "--csv", str(store / "skor.csv")]) == 0
    lines = (store / "skor.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 43
    assert all("DATA SIMULASI" in line for line in lines[1:])

    for name, rows in (("ramalan", 42), ("titik-panas", 42), ("skor-tps", 520)):
        assert cli.main([name, "--csv", str(store / "tabel.csv")]) == 0
        lines = (store / "tabel.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) > rows
        assert all("DATA SIMULASI" in line for line in lines[1:])
    capsys.readouterr()
    assert cli.main(["peringatan", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert cli.main(["rapor", "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert "DATA SIMULASI" in json.dumps(card)

    sheets = []
    for name in ("a.png", "b.png"):
        assert cli.main(["peta", "--png", str(store / name), "--lapisan", "panas,kejadian,tps"]) == 0
        sheets.append((store / name).read_bytes())
    assert sheets[0] == sheets[1]

    monkeypatch.chdir(store)
    for named, size in (("bukit sirih", "1366x768"), ("99.71.04", "1024x768")):
        assert cli.main(["peta", "--kecamatan", named, "--ukuran", size]) == 0
        assert f"_kec-bukit-sirih_2026-10-29_simulasi_{size}.png" in capsys.readouterr().out
    assert cli.main(["peta", "--kecamatan", "Bukit Sirih", "--kecamatan", "Rawa Layar", "--png", "dua.png"]) == 0
    assert (store / "dua.png").read_bytes() != sheets[0]
    assert cli.main(["peta", "--kecamatan", "Dumai Kota"]) == 2
    refused = capsys.readouterr().err
    assert "Kecamatan “Dumai Kota” tidak ada di wilayah ini" in refused
    assert "Bukit Sirih" in refused

    folder = store / "gladi"
    assert cli.main(["simulasi", "--kejadian", "60", "--keluar", str(folder)]) == 0
    incidents = next(folder.glob("kejadian*.csv"))
    capsys.readouterr()
    assert cli.main(["impor", "kejadian", str(incidents), "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["baris"] == 60
    assert counts["baris"] == counts["diterima"] + counts["karantina"] + counts["duplikat"]

    assert cli.main(["impor", "kejadian", str(incidents), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["duplikat"] == counts["diterima"]

    assert cli.main(["batal", counts["impor_id"], "--alasan", "gladi selesai"]) == 0
    assert cli.main(["batal", counts["impor_id"], "--alasan", "lagi"]) == 2
    assert "sudah pernah dibatalkan" in capsys.readouterr().err
    assert cli.main(["riwayat"]) == 0
    assert "DIBATALKAN" in capsys.readouterr().out
    assert cli.main(["periksa"]) == 0
    assert texts.HEALTHY in capsys.readouterr().out


def test_templates_hold_the_heads_that_the_import_reads(
    store: Path, demo_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(demo_store, store / "lake")
    for kind in ("kejadian", "tps"):
        path = store / f"{kind}.xlsx"
        assert cli.main(["templat", kind, "--keluar", str(path)]) == 0
        capsys.readouterr()
        assert cli.main(["impor", kind, str(path), "--json"]) == 0
        counts = json.loads(capsys.readouterr().out)
        assert counts["baris"] == 1


def test_a_bps_coded_file_is_refused_with_a_sentence(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    square = {"type": "Polygon", "coordinates": [[[109.0, 0.3], [109.1, 0.3], [109.1, 0.4], [109.0, 0.3]]]}
    features = [
        {"type": "Feature", "geometry": square, "properties": {"kode": f"61040800{n:02d}", "nama": f"Desa {n}"}}
        for n in range(1, 6)
    ]
    path = store / "bps.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert cli.main(["siapkan", "--wilayah", "61.02", "--batas", str(path)]) == 2
    assert "kode BPS" in capsys.readouterr().err
