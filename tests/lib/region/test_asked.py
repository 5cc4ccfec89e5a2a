"""The region belongs to the question: making another one ready changes nobody's answers."""

import pytest

from data.store.imports import activate_region
from data.store.lake import Lake, utc_now, write
from lib.commands import parser as cli
from lib.errors import NoRegionError, UnpreparedRegionError
from lib.region.asked import asked_region_code
from lib.rules.regions import DEMO_REGION
from lib.texts.errors import sentence


def prepare(lake: Lake, *codes: str) -> None:
    for code in codes:
        write(
            lake,
            lambda cursor, code=code: activate_region(cursor, code, actor="penguji", recorded_at=utc_now()),
            author="penguji",
            message="uji",
        )


def test_the_first_of_the_asked_holds_and_must_be_in_the_store(lake: Lake) -> None:
    with pytest.raises(NoRegionError):
        asked_region_code(lake, "14.72")
    prepare(lake, "14.72", "15.07", "14.72")
    assert asked_region_code(lake, None, "15.07") == "15.07"
    assert asked_region_code(lake, " 14.72 ", "15.07") == "14.72"
    with pytest.raises(UnpreparedRegionError) as refused:
        asked_region_code(lake, "61.02", "15.07")
    assert sentence(refused.value).startswith(
        "Wilayah 61.02 belum disiapkan di gudang data ini; yang sudah: 14.72, 15.07."
    )


def test_without_a_wish_the_region_prepared_first_stays_and_the_demo_yields(lake: Lake) -> None:
    prepare(lake, DEMO_REGION)
    assert asked_region_code(lake) == DEMO_REGION
    prepare(lake, "14.72")
    assert asked_region_code(lake, None, "") == "14.72"
    prepare(lake, "15.07", DEMO_REGION, "15.07")
    assert asked_region_code(lake) == "14.72"


def test_a_setting_names_the_region_of_commands(
    city: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    assert cli.main(["riwayat"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("PETADINI_WILAYAH", "14.72")
    assert cli.main(["riwayat"]) == 2
    assert "Wilayah 14.72 belum disiapkan" in capsys.readouterr().err
    assert cli.main(["riwayat", "--wilayah", "19.99"]) == 0
