"""Personal data: what is hidden, what is not, and which columns are never read."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sort import personal
from data.sort.personal import NAME_MASK, looks_like_names, mask, mask_place, name_heads
from tests.city import incident
from tests.sorter import all_of, sort

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MASKED = {
    "NIK 6472010101800001 dicatat": "NIK [nik disamarkan] dicatat",
    "NIK 6472 0101 0180 0001 dicatat": "NIK [nik disamarkan] dicatat",
    "NIK 6472.0101.0180.0001 dicatat": "NIK [nik disamarkan] dicatat",
    "NIK 647201-010180-0001.": "NIK [nik disamarkan].",
    "KK 64.72.01.010180.0001": "KK [nik disamarkan]",
    "hp 081234567890": "hp [telepon disamarkan]",
    "hp:081234567890;081234567891": "hp:[telepon disamarkan];[telepon disamarkan]",
    "hp 0812-3456-7890 lagi": "hp [telepon disamarkan] lagi",
    "hp 0812.3456.7890 20 orang": "hp [telepon disamarkan] 20 orang",
    "hp 0812 34 56 78 90": "hp [telepon disamarkan]",
    "hp +62 812 3456 7890": "hp [telepon disamarkan]",
    "hp 6281234567890": "hp [telepon disamarkan]",
    "surel budi.s@contoh.go.id dan @akun_baru.": "surel [surel disamarkan] dan [akun disamarkan].",
    "NIP 19800101 200501 1 001": "NIP [nip disamarkan]",
    "NIP. 198001012005011001": "NIP. [nip disamarkan]",
    "NRP 87654321 hadir": "NRP [nip disamarkan] hadir",
    "Sdr. Joko dan sdri. Ani Lestari, warga": "Sdr. [nama disamarkan] dan sdri. [nama disamarkan], warga",
    "a.n. SITI AMINAH; an. Budi S.": "a.n. [nama disamarkan]; an. [nama disamarkan]",
    "warga bernama Budi Santoso. Polisi datang": "warga bernama [nama disamarkan]. Polisi datang",
    "Pelapor: Ahmad Yani": "Pelapor: [nama disamarkan]",
    "Bapak Rahmat melapor": "Bapak [nama disamarkan] melapor",
    "Bripka Joko Susilo datang": "Bripka [nama disamarkan] datang",
    "AKP Rudi dan KOMPOL SITI": "AKP [nama disamarkan] dan KOMPOL [nama disamarkan]",
    "Serda Andi, Letkol Hasan": "Serda [nama disamarkan], Letkol [nama disamarkan]",
}
KEPT = (
    "pukul 08.30 pada 2024-11-20 sampai 2024-11-21",
    "2024-11-20 2024-11-21",
    "TPS 012, 350 orang, Rp 1.500.000",
    "di -3.4900, 105.9100",
    "di -3.0812345678, 0.1234567890123456",
    "kode 14.72.01.1003 dan 1472011003",
    "Bapak Lurah Anggrek dan Ibu Kota",
    "Pak RT 05 melapor",
    "Jalan Mayor Ruslan dan kapten kapal",
    "Brigadir Polisi hadir",
    "kerusuhan. Warga pergi",
    "Jalan Ahmad Yani",
    "BUKIT KAPUR dan PAKISTAJI",
)


@pytest.mark.parametrize(("text", "hidden"), MASKED.items())
def test_what_identifies_a_person_is_hidden(text: str, hidden: str) -> None:
    assert mask(text) == hidden


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_and_names_are_kept(text: str) -> None:
    assert mask(text) == text


WORDS = st.sampled_from([*MASKED, *KEPT, "Budi", "62", "0812", "3456 7890", "@", "a", ".", " ", ", "])


@pytest.fixture(scope="module")
def masking() -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect()) as cursor:
        personal.define_masking(cursor)
        yield cursor


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_the_engine_hides_the_same_and_nothing_twice(masking: duckdb.DuckDBPyConnection, text: str) -> None:
    found = masking.execute("SELECT masked($1), masked(masked($1))", [text]).fetchone()
    assert found == (mask(text), mask(text))


def test_everything_that_is_stored_is_masked_and_counted(tmp_path: Path) -> None:
    found = all_of(tmp_path, [incident(uraian=text, sumber=text, id_sumber=None) for text in MASKED])
    assert dict(zip(MASKED, found["description"], strict=True)) == MASKED
    assert found["source_name"].tolist() == list(MASKED.values())
    number = "081234567890"
    line = incident(**{column: number for column in incident() if column not in {"bujur", "kode_kelurahan"}})
    _, faults, facts = sort(tmp_path, [line, incident(kode_kelurahan="6472010101800001", id_sumber="K-2")])
    written = faults.to_csv() + facts["raw"].to_csv() + facts["repairs"].to_csv()
    assert number not in written
    assert "6472010101800001" not in written
    assert facts["data_pribadi"] == {"nik": 1, "telepon": 14}


def test_a_masked_number_names_no_event(tmp_path: Path) -> None:
    lines = [incident(id_sumber=f"08123456789{n}", uraian=f"kejadian {n}") for n in range(3)]
    assert all_of(tmp_path, lines)["identity_hash"].is_unique


NAMES = ["Budi Santoso", "SITI AMINAH", "H. Sukiman", "Rina, S.Pd.", "Muhammad Fauzan", "Polsek Utara"]
OFFICES = ["Polsek Utara", "Panwascam Selatan", "Babinsa Anggrek", "Kesbangpol", "Media Antara", "Budi Santoso"]
PLACES = ["Balai Desa", "Jalan Ahmad Yani", "Masjid Al Hidayah", "SDN 1", "Lapangan Merdeka", "Rumah Pak RT"]


def test_columns_of_names_are_told_from_offices_and_places() -> None:
    assert looks_like_names(NAMES)
    assert not looks_like_names(OFFICES)
    assert not looks_like_names(PLACES)
    assert not looks_like_names([])
    assert not looks_like_names([NAME_MASK])


@pytest.mark.parametrize("text", ["Budi merusak spanduk", "Budi Santoso 3", "Budi Santoso Agus Ahmad Ali"])
def test_words_in_lower_case_digits_or_five_words_are_no_name(text: str) -> None:
    assert looks_like_names(["Budi Santoso"])
    assert not looks_like_names([text])


def test_a_column_of_names_is_hidden_as_a_whole(tmp_path: Path) -> None:
    lines = [incident(id_sumber=f"K-{n}", sumber=name) for n, name in enumerate([*NAMES, ""])]
    hashed, _, facts = sort(tmp_path, lines)
    assert set(hashed["source_name"].dropna()) == {NAME_MASK}
    assert hashed["source_name"].isna().sum() == 1
    assert (facts["kolom_disamarkan"], facts["data_pribadi"]) == (["sumber"], {"nama": 6})
    assert "Santoso" not in facts["raw"].to_csv()


PERSONAL_HEADS = (
    "nama_pelapor pelapor terlapor nama nama_lengkap nik no_kk no_hp nomor_telepon telepon whatsapp no_wa "
    "email e_mail alamat_pelapor nrp nip saksi korban pelaku username akun tanggal_lahir nama_saksi_1 "
    "submitted_by reporter"
)
OTHER_HEADS = (
    "nama_kelurahan nama_kecamatan nama_tps nama_desa nama_lokasi kelurahan kecamatan uraian sumber "
    "lokasi jumlah_korban korban_jiwa korban_luka unsur_pelapor asal_impor penanda simulasi event_id "
    "kategori status tanggal_kejadian notes kode_kelurahan dpt_l dpt_p actor1 source geo_precision"
)


def test_heads_of_persons_are_found_and_no_others() -> None:
    assert set(name_heads(PERSONAL_HEADS.split())) == set(PERSONAL_HEADS.split())
    assert name_heads(OTHER_HEADS.split()) == ()


@pytest.mark.parametrize(
    "text", ["BUKIT KAPUR", "Desa Pak Laheng", "Kel. Ibu Kota", "Pakistan", "Jalan Bapak Pendidikan", "Bukan Budi"]
)
def test_places_and_words_that_begin_like_a_title_are_no_persons(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Saksi: Sdr. Rahmat Hidayat", "Saksi: Sdr. [nama disamarkan]"),
        ("di Desa Pak Laheng oleh Pak Joni", "di Desa Pak Laheng oleh Pak [nama disamarkan]"),
    ],
)
def test_titles_one_after_the_other_and_beside_places(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_the_name_of_a_place_loses_its_numbers_only() -> None:
    assert mask_place("Pak Utan 0812-3456-7890") == "Pak Utan [telepon disamarkan]"


@pytest.mark.parametrize(
    "head", ["nik:", "data/nik", "no.hp", "no._hp", "nama:", "telp.", "pelapor/nama", "nama_(pelapor)", "nama*"]
)
def test_heads_about_persons_are_found_behind_marks_and_groups(head: str) -> None:
    assert name_heads([head]) == (head,)
