"""Names of persons in prose are masked wherever they stand; offices and places stay."""

from __future__ import annotations

import pytest

from data.sort.people import mask_people
from data.sort.personal import NAME_MASK as X


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Camat Bakung Wiro Sableng hadir.", f"Camat {X} hadir."),
        ("Kantor Camat Bakung. Camat Bakung Wiro Sableng hadir.", f"Kantor Camat Bakung. Camat Bakung {X} hadir."),
        ("Wakil Bupati Bakung, H Wiro Sableng dalam sambutannya", f"Wakil Bupati Bakung, {X} dalam sambutannya"),
        ("“Jaga netralitas,” ujar Sableng. Akun palsu", f"“Jaga netralitas,” ujar {X}. Akun palsu"),
        ("Sableng menegaskan. Lalu Sableng pulang.", f"{X} menegaskan. Lalu {X} pulang."),
        ("Kasdim Mayor Czi Wiro Sableng dan Dandim", f"Kasdim Mayor {X} dan Dandim"),
        ("kata M. Wiro Sableng, S", f"kata {X}, S"),
        (
            "dihadiri Dandim, Kapolres, Ketua DPRD, dan Kepala Dinas",
            "dihadiri Dandim, Kapolres, Ketua DPRD, dan Kepala Dinas",
        ),
        ("KPU meminta warga datang.", "KPU meminta warga datang."),
        ("bertempat di Ruang Rapat Abdul Ibrahim, Selasa", "bertempat di Ruang Rapat Abdul Ibrahim, Selasa"),
        ("kata Wabup, hadir", "kata Wabup, hadir"),
    ],
)
def test_people_are_masked_and_offices_are_not(text: str, masked: str) -> None:
    assert mask_people(text) == masked


def test_known_places_are_kept() -> None:
    assert mask_people("Camat Tanjung Rawai hadir", places=["Tanjung Rawai"]) == "Camat Tanjung Rawai hadir"


def test_what_was_masked_stays_so() -> None:
    once = mask_people("Bupati, Wiro Sableng, hubungi 0812-3456-7890")
    assert "0812" not in once
    assert mask_people(once) == once
