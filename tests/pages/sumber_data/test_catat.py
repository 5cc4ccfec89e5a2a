from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit


def test_every_area_can_be_chosen_and_nothing_is_stored_unasked(
    visit: Callable[..., Visit], told_store: Path, now: Assessment
) -> None:
    shown = visit(told_store, "sumber_data/catat")
    shown.assert_whole()
    assert shown.title == "Catat"
    places = next(box for box in shown.app.selectbox if box.label == "Tempat").options
    for name in now.areas["area_name"]:
        assert any(name in place for place in places)


def test_an_empty_form_names_what_is_missing(visit: Callable[..., Visit], told_store: Path) -> None:
    app = visit(told_store, "sumber_data/catat").app
    next(button for button in app.button if button.label == "Simpan laporan").click().run()
    said = "\n".join(str(part.value) for part in (*app.error, *app.warning))
    for name in ("Hari kejadian", "Kategori", "Keparahan"):
        assert name in said
