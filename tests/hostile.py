"""A store of the fictional city in which every field that people or files fill holds attacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.store import queries
from data.store.lake import open_lake
from lib.intake.mappings import renamed, save_mapping
from lib.intake.rows import RowImport, import_rows, preview_rows
from lib.intake.undo import undo_import
from lib.region.areas import load_areas
from lib.region.elections import enter_election
from lib.region.weights import weights_in_force
from lib.reports.journal import RowKey, verify
from lib.rules.regions import region_profile
from lib.score.weight_sets import changed, save_weights, toml_text
from tests.attacks import ATTACKS, HOST
from tests.city import write_csv
from tests.officers import officer
from tests.sorter import MAKE

if TYPE_CHECKING:
    from pathlib import Path

REGION = region_profile("99.71")
TODAY = date(2026, 10, 29)
HOSTILE_FILE = f"=1+1 <img src=x onerror=alert(1)> ![x](http:{HOST}) {{{{7*7}}}}.csv".replace("/", "")
FREE = {
    "incident": ("uraian", "sumber"),
    "station": ("lokasi",),
    "nil": ("sumber",),
    "meeting": ("judul", "isi"),
    "class": ("lembaga", "edisi", "alasan_kelas"),
}


def fill(store: Path, folder: Path) -> None:
    """Take attacks in through every door of a store that holds the fictional city."""
    lake = open_lake(str(store))
    areas = load_areas(lake, REGION.code, simplified=True)
    first = areas.iloc[0]
    place = {"kode_kelurahan": first["area_code"], "kelurahan": first["area_name"], "kecamatan": ""}
    days = {"tanggal_kejadian": TODAY.isoformat(), "tanggal_laporan": TODAY.isoformat(), "jam": ""}
    ids = []
    for kind, free in FREE.items():
        lines: list[dict[str, Any]] = []
        for number, attack in enumerate(ATTACKS.values()):
            good = MAKE[kind]()
            own = (
                place | days | {"id_sumber": f"S-{number}", "no_tps": f"{900 + number}", "pemilihan": "pilwako-2026"}
            )
            own |= {"tanggal": TODAY.isoformat(), "tanggal_mulai": TODAY.isoformat(), "tanggal_selesai": ""}
            lines.append(good | {name: own[name] for name in own if name in good} | dict.fromkeys(free, attack))
            lines.append(dict.fromkeys(good, attack))
        file = write_csv(folder / HOSTILE_FILE, lines)
        task = RowImport(lake, REGION, file, kind, TODAY)
        if kind == "incident":
            save_mapping(lake, renamed(preview_rows(task).mapping, " ".join(ATTACKS.values())[:400]), actor=officer())
        ids.append(import_rows(task, actor=officer()).import_id)
    _decide(lake, ids)
    lake.connection.close()


def _decide(lake: Any, ids: list[str]) -> None:
    """Give every reason as attacks: of a judgement, of an undone import, of weights, of an election."""
    reason = " ".join(ATTACKS.values())
    person: dict[str, Any] = {"reason": reason, "actor": officer("<b>kena</b>")}
    rows = queries.incident_rows(lake, REGION.code, as_of=TODAY, start=TODAY, end=TODAY)
    row = rows[rows["import_id"] == ids[0]].iloc[0]
    verify(lake, REGION, [RowKey(ids[0], int(row["line_number"]))], "terverifikasi", decided_on=TODAY, **person)
    election = {
        "code": "pikades-2027",
        "name": ATTACKS["gambar markdown"] + ATTACKS["tag"] + ATTACKS["latex"],
        "kind": "pikades",
        "voting_day": TODAY + timedelta(days=30),
        "max_voters_per_station": 500,
        "legal_source": ATTACKS["tautan luar"] + ATTACKS["ikon"],
    }
    enter_election(lake, REGION.code, election, decided_on=TODAY, **person)
    weights = weights_in_force(lake, REGION.code)
    content = toml_text(
        changed(weights, {"half_life_days": weights.half_life_days + 1}, author="uji", day=TODAY, reason=reason)
    )
    save_weights(lake, REGION.code, content, **person)
    undo_import(lake, REGION, ids[-1], **person)
