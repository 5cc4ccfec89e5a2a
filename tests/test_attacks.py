"""Every attack in every field and file name, through the real import, into every output: nothing happens."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PIL import Image

from data.characters import file_name
from data.store import queries
from lib.commands import parser as cli
from lib.intake import kinds
from lib.intake.boundaries import import_boundaries
from lib.intake.rows import ImportResult, RowImport, import_rows
from lib.intake.undo import undo_import
from lib.output import map_layers, station_layers, station_tables, templates
from lib.output.agreement_tables import comparison_csv
from lib.output.charts import lettered
from lib.output.completeness_tables import matrix_csv
from lib.output.leaving import no_formula
from lib.output.question_sheet import sheet_png, stem_of
from lib.output.score_tables import score_csv
from lib.reports.completeness import completeness
from lib.score import answers
from lib.score.agreement import comparisons
from lib.score.explanation import reasons
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.score.stations import station_risk
from lib.score.uncertainty import rank_uncertainty
from lib.ui.frame.plain_text import plain
from tests.attacks import ATTACKS, FILE_NAMES, UNSEEN, effects_of_html, effects_of_markdown, secrets_in
from tests.city import ANGGREK, REGION, REGION_CODE, middle, write_boundaries, write_csv
from tests.officers import officer
from tests.sorter import MAKE
from tests.steps import assert_sound

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake
    from lib.filters import Filters

TODAY = date(2024, 11, 20)
# Where a line of a kind says anything but a place, a day, a number or a known word.
FREE = {
    "incident": ("uraian", "sumber"),
    "station": ("lokasi",),
    "nil": ("sumber",),
    "meeting": ("judul", "isi"),
    "class": ("lembaga", "edisi", "alasan_kelas"),
    "indicator": ("sumber",),
}
EAST, NORTH = map(str, middle(ANGGREK))
PLACES = {"kode_kelurahan", "kelurahan", "kecamatan", "kabupaten"}


def lines(kind: str) -> list[dict[str, str]]:
    """Give lines of a kind: each attack in the free fields of one, and in every field of another."""
    made = []
    for number, attack in enumerate(ATTACKS.values()):
        good = MAKE[kind]()
        own = {"id_sumber": f"K-{number}", "no_tps": f"{number + 1:03d}", "bujur": EAST, "lintang": NORTH}
        made.append(good | dict.fromkeys(FREE[kind], attack) | {name: own[name] for name in own if name in good})
        made.append(dict.fromkeys(good, attack))
    return made


def taken(lake: Lake, kind: str, name: str = "serangan.csv") -> ImportResult:
    path = write_csv(lake.folder.parent / name, lines(kind))
    return import_rows(RowImport(lake, REGION, path, kind, TODAY), actor=officer())


def question(lake: Lake) -> Filters:
    return default_filters(lake, REGION_CODE, as_of=TODAY)


def assert_safe_csv(content: bytes, *, but: frozenset[str] = frozenset()) -> None:
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        for cell in row:
            assert no_formula(cell) == cell or re.fullmatch(r"-\d+(\.\d+)?", cell)  # a number stays one
            assert not UNSEEN.search(cell), ascii(cell)
            assert set(secrets_in(cell)) <= but


def assert_safe_xlsx(content: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.row > 1:
                    assert cell.quotePrefix is (no_formula(cell.value) != cell.value)
                    assert not UNSEEN.search(cell.value), ascii(cell.value)
                    assert set(secrets_in(cell.value)) <= {"Wiro"}  # only where a place may be called like a person


@pytest.mark.parametrize("kind", FREE)
def test_what_waits_in_quarantine_leaves_as_text(city: Lake, kind: str) -> None:
    result = taken(city, kind)
    assert result.counts.quarantined >= len(ATTACKS) - 1
    faults = queries.quarantine(city, result.import_id)
    told = [pair for text in faults["raw_row"].dropna() for pair in json.loads(text).items()]
    told += [*zip(faults["column_name"], faults["value"], strict=True), ("", str(dict(result.facts)))]
    kept = {(head, secret) for head, text in told if isinstance(text, str) for secret in secrets_in(text)}
    assert {secret for _, secret in kept} <= {"Wiro"}  # a place may be called like a person
    assert {head for head, _ in kept} <= PLACES
    assert not any(UNSEEN.search(text) for _, text in told if isinstance(text, str))
    assert_safe_xlsx(templates.quarantine_workbook(kinds.KINDS[kind], result.import_id, faults))
    assert_sound(city)


def test_tables_of_what_counts_leave_as_text(city: Lake) -> None:
    for kind in FREE:
        taken(city, kind, f"{kind}.csv")
    found = station_risk(city, question(city))
    assert len(found.stations) == len(ATTACKS)
    assert_safe_csv(station_tables.station_csv(found))
    assert_safe_xlsx(station_tables.station_xlsx(found))
    assessment = answers.assess_areas(city, question(city))
    ours = reasons(assessment, answers.incidents(city, question(city)))
    bodies = comparisons(city, assessment)
    assert bodies
    for body in bodies:
        assert_safe_csv(comparison_csv(body, ours, simulated=False))
    heard = completeness(city, REGION_CODE, as_of=TODAY)
    assert_safe_csv(matrix_csv(heard))


def test_popups_hold_no_element_of_a_file(city: Lake) -> None:
    for kind in ("incident", "station"):
        taken(city, kind, f"{kind}.csv")
    filters = question(city)
    assessment = answers.assess_areas(city, filters)
    reports = answers.incidents(city, filters)
    layer = map_layers.area_layer(assessment, reports, reports)
    points = station_layers.station_points(station_risk(city, filters), station_layers.SCORE)
    shown = [
        str(value) for made in (layer, points) for part in made["features"] for value in part["properties"].values()
    ]
    assert any("DROP TABLE" in text for text in shown)
    assert [effect for text in shown for effect in effects_of_html(text)] == []
    assert [text for text in shown if "{{" in text or "{%" in text] == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_markdown_and_charts_show_the_text_that_it_is(attack: str) -> None:
    assert effects_of_markdown(plain(attack)) == []
    assert "<" not in lettered(attack)
    assert "%{" not in lettered(attack)


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_name_of_a_file_is_kept_in_its_folder(name: str, tmp_path: Path) -> None:
    kept = file_name(name)
    assert (tmp_path / kept).parent == tmp_path
    assert not set(kept) & set('<>:"/\\|?*\0')
    assert not UNSEEN.search(kept)
    assert len(kept.encode()) <= 255
    assert not kept.upper().startswith("CON.")
    (tmp_path / kept).write_text("x", encoding="utf-8")


def test_names_of_files_and_reasons_are_stored_without_what_they_hide(city: Lake) -> None:
    for number, name in enumerate(FILE_NAMES):
        plain_name = name.replace("/", "_").replace("\0", "")
        path = city.folder.parent / str(number) / (plain_name if plain_name.endswith(".csv") else f"{plain_name}.csv")
        path.parent.mkdir()
        write_csv(path, [MAKE["nil"](sumber=f"Polsek {number}")])
        result = import_rows(RowImport(city, REGION, path, "nil", TODAY), actor=officer())
        assert not UNSEEN.search(result.file_name)
        undo_import(city, REGION, result.import_id, reason=" ".join(ATTACKS.values()), actor=officer())
    history = queries.imports(city, REGION_CODE)
    texts = [text for column in history for text in history[column] if isinstance(text, str)]
    assert [text for text in texts if UNSEEN.search(text) or secrets_in(text)] == []


def test_a_terminal_is_not_steered(
    city_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(shutil.copytree(city_store, tmp_path / "gudang")))
    monkeypatch.setenv("PETADINI_HARI_INI", TODAY.isoformat())
    file = write_csv(tmp_path / f"\x1b[31m{ATTACKS['arah'][:12]}.csv", lines("incident"))
    said = []
    for line in (
        ["impor", "kejadian", str(file), "--wilayah", REGION_CODE, "--coba"],
        ["impor", "kejadian", str(file), "--wilayah", REGION_CODE],
        ["impor", "kejadian", f"{file}\x1b[2J", "--wilayah", REGION_CODE],
        ["riwayat"],
        ["kelengkapan", "--wilayah", REGION_CODE, "--csv", str(tmp_path / "kelengkapan.csv")],
    ):
        cli.main(line)
        shown = capsys.readouterr()
        said += [shown.out, shown.err]
    assert "".join(said)
    assert [text for text in said if UNSEEN.search(text)] == []
    assert [secret for text in said for secret in secrets_in(text)] == []
    assert_safe_csv((tmp_path / "kelengkapan.csv").read_bytes())


def test_areas_may_be_called_anything(lake: Lake, tmp_path: Path) -> None:
    boundaries = json.loads(write_boundaries(tmp_path / "batas.geojson").read_text(encoding="utf-8"))
    names = [ATTACKS[kind] for kind in ("tag", "arah", "lebar nol", "terminal", "latex", "pribadi")]
    for feature, name in zip(boundaries["features"], names, strict=True):
        feature["properties"] |= {"nama": name, "kecamatan": ATTACKS["kurung"]}
    (tmp_path / "batas.geojson").write_text(json.dumps(boundaries), encoding="utf-8")
    import_boundaries(lake, REGION, tmp_path / "batas.geojson", actor=officer())
    filters = question(lake)
    assessment = answers.assess_areas(lake, filters)
    rows = answers.incidents(lake, filters)
    layer = map_layers.area_layer(assessment, rows, rows)
    shown = [str(value) for part in layer["features"] for value in part["properties"].values()]
    assert [effect for text in shown for effect in effects_of_html(text)] == []
    told = [*assessment.areas["area_name"], *assessment.areas["district_name"], *shown]
    assert [text for text in told if UNSEEN.search(text) or set(secrets_in(text)) - {"Wiro"}] == []
    written = score_csv(assessment, rank_uncertainty(fetch_inputs(lake, filters), assessment))
    assert_safe_csv(written, but=frozenset({"Wiro"}))  # a place may be called like a person
    picture = Image.open(io.BytesIO(sheet_png(lake, filters, size="a4", author=names[0], agency=names[4])))
    assert [text for text in picture.info.values() if isinstance(text, str) and UNSEEN.search(text)] == []
    narrowed = replace(filters, district_codes=("../../x\0",), sources=("../y",))
    assert stem_of("kerawanan", narrowed, simulated=False) == file_name(
        stem_of("kerawanan", narrowed, simulated=False)
    )
