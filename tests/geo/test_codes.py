"""Codes and names: the forms that occur, the two systems told apart, and the name traps of real regencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.codes import (
    SAME_NAME_SIMILARITY,
    StatedCode,
    canonical_area_code,
    code_system,
    district_code,
    looks_like_bps,
    name_similarity,
    normal_similarity,
    normalise_name,
    read_code,
    region_code,
    ten_digits,
)

DUMAI = ["14.72.01.1003", "14.72.01.1006", "1472041001", "14.72.05.1001"]
DUMAI_BPS = ["1473010001", "1473011002", "1473020003", "1473030001"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1472011003", "14.72.01.1003"),
        ("14.72.01.1003", "14.72.01.1003"),
        (" 14.72.01. 1003\t", "14.72.01.1003"),
        ("14.72.011003", None),
        ("14.72.01", None),
        ("147201100", None),
        ("14720110033", None),
        ("id1472011003", None),
        ("1472011003.0", None),
        ("١٤٧٢٠١١٠٠٣", None),
        ("", None),
    ],
)
def test_canonical_form(text: str, code: str | None) -> None:
    assert canonical_area_code(text) == code


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("14.72.01.1003", StatedCode("14.72.01.1003")),
        ("1472 01 1003", StatedCode("14.72.01.1003")),
        ("'1472011003", StatedCode("14.72.01.1003", note="code_mark")),
        ('="1472011003"', StatedCode("14.72.01.1003", note="code_mark")),
        ("1472011003.0", StatedCode("14.72.01.1003", note="code_decimal")),
        ("1472011003,00", StatedCode("14.72.01.1003", note="code_decimal")),
        ("14.72.011003", StatedCode("14.72.01.1003", note="code_separators")),
        ("14-72-01-1003", StatedCode("14.72.01.1003", note="code_separators")),
        ("14.72.01.1003.", StatedCode("14.72.01.1003", note="code_separators")),
        ("1.472.011.003", StatedCode("14.72.01.1003", note="code_separators")),
        ("1,472011003E+09", StatedCode("14.72.01.1003", note="code_exponent")),
        ("1.472E+09", StatedCode(fault="code_scientific")),
        ("1,472E+09", StatedCode(fault="code_scientific")),
        ("1.4720110E+09", StatedCode(fault="code_scientific")),  # digits may be lost behind the last one shown
        ("id1473030007", StatedCode("14.73.03.0007", from_bps=True, note="code_mark")),
        ("1472011003 - PANGKALAN SESAI", StatedCode("14.72.01.1003", "PANGKALAN SESAI", note="code_glued")),
        ("14.72.01.1003 Pangkalan Sesai", StatedCode("14.72.01.1003", "Pangkalan Sesai", note="code_glued")),
        ("Pangkalan Sesai (1472011003)", StatedCode("14.72.01.1003", "Pangkalan Sesai", note="code_glued")),
        ("58390-SUKARASA", StatedCode(name="SUKARASA", note="code_glued")),
        ("28 Ilir", StatedCode(fault="code_form")),  # a name with a number of its own
        ("14.72.01", StatedCode(fault="code_form")),
        ("1472011003001", StatedCode(fault="code_form")),  # with the number of a TPS behind it
        ("Purnama", StatedCode(fault="code_form")),
        ("1" + " " * 5000, StatedCode(fault="code_form")),
        ("", StatedCode(fault="code_form")),
    ],
)
def test_reads_a_cell_for_a_code(text: str, stated: StatedCode) -> None:
    assert read_code(text) == stated


@given(st.one_of(st.text(max_size=40), st.text("0123456789.,-' eE+id/Ab", max_size=24)))
def test_a_code_is_never_made_of_other_digits_than_those_in_the_cell(text: str) -> None:
    stated = read_code(text)
    assert (stated.code is not None) + (stated.name is not None) + (stated.fault is not None) >= 1
    if stated.code is not None:
        assert stated.code.replace(".", "") in "".join(c for c in text if c.isascii() and c.isdigit())
        assert stated.fault is None


@given(st.from_regex(r"\A[0-9]{10}\Z"))
def test_canonical_form_is_its_own_canonical_form(digits: str) -> None:
    code = canonical_area_code(digits)
    assert code is not None
    assert canonical_area_code(code) == code
    assert code.replace(".", "") == digits


def test_parts_of_a_code() -> None:
    assert district_code("14.72.01.1003") == "14.72.01"
    assert region_code("14.72.01.1003") == region_code("14.72.01") == "14.72"


def test_ten_digits_of_a_p_code() -> None:
    assert ten_digits("ID6104080002") == "6104080002"
    assert ten_digits("14.72.01.1003") == "1472011003"
    assert ten_digits("id610408") is None


def test_the_seventh_digit_tells_the_systems_apart() -> None:
    assert not looks_like_bps(DUMAI)
    assert looks_like_bps(DUMAI_BPS)
    assert not looks_like_bps([])
    assert code_system(DUMAI, region_code="14.72", region_bps_code="1473") == "kemendagri"
    assert code_system(DUMAI_BPS, region_code="14.72", region_bps_code="1473") == "bps"
    assert code_system(DUMAI_BPS, region_code="14.72", region_bps_code=None) == "bps"
    assert code_system(["Dumai", ""], region_code="14.72", region_bps_code=None) == "unknown"


def test_a_prefix_proves_nothing() -> None:
    # For BPS 1507 is Tanjung Jabung Barat; for Kemendagri it is Tanjung Jabung Timur.
    west_by_bps = ["1507010001", "1507021002", "1507030004"]
    assert code_system(west_by_bps, region_code="15.07", region_bps_code="1506") == "bps"


def test_one_code_system_for_both_prefixes_equal() -> None:
    assert code_system(["1971011004", "1971061001"], region_code="19.71", region_bps_code="1971") == "kemendagri"
    assert code_system(["1971010004", "1971060001"], region_code="19.71", region_bps_code="1971") == "bps"


def test_a_p_code_is_of_bps_even_in_a_split_district() -> None:
    assert code_system(["id6104081001", "id6104082001"], region_code="61.02", region_bps_code="6104") == "bps"


def test_codes_that_contradict_themselves_are_unknown() -> None:
    # BPS prefix and no other, but village blocks as Kemendagri writes them.
    assert code_system(["1473011002"], region_code="14.72", region_bps_code="1473") == "unknown"
    assert code_system(["1472015002", "1472016002"], region_code="14.72", region_bps_code="1473") == "unknown"


def test_only_the_regions_rows_of_a_larger_file_count() -> None:
    mixed = DUMAI + [f"14010100{n:02d}" for n in range(30)]
    assert code_system(mixed, region_code="14.72", region_bps_code="1473") == "kemendagri"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kel. Bagan Besar", "BAGAN BESAR"),
        ("Desa Sei Kunyit Laut", "Sungai Kunyit Laut"),
        ("Kelurahan Taman Sari", "Tamansari"),
        ("Kedung Asem", "Kedungasem"),
        ("Gabek Satu", "GABEK I"),
        ("Lambur 2", "Lambur II"),
        ("Bum-bun", "Bumbun"),
        ("Ra'as", "Raas"),
        ("Alang–Alang", "Alang Alang"),
        ("Café", "cafe"),
        ("D U M A I", "Dumai"),
        ("s u k a j a d i", "SUKAJADI"),
        ("S. Kunyit Laut", "Sungai Kunyit Laut"),
        ("Sui Kunyit Hulu", "Sungai Kunyit Hulu"),
        ("Kp. Baru", "Kampung Baru"),
        ("Tj. Palas", "Tanjung Palas"),
        ("Tlk. Binjai", "Teluk Binjai"),
        ("Ds. Lambur 1", "Lambur I"),
        ("Kel/Desa Purnama", "Purnama"),
        ("Kec. Dumai Barat", "Dumai Barat"),
    ],
)
def test_one_place_in_two_spellings(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)
    assert name_similarity(one, other) == 1


def test_numerals_keep_places_apart() -> None:
    names = ["Lambur", "Lambur I", "Lambur II", "Lambur III"]
    assert len({normalise_name(name) for name in names}) == len(names)
    assert all(name_similarity(one, other) < SAME_NAME_SIMILARITY for one in names for other in names if one != other)


def test_a_prefix_or_number_that_is_the_whole_name_stays() -> None:
    assert normalise_name("Desa") == "desa"
    assert normalise_name("Satu") == "satu"
    assert normalise_name("Dua Koto") == "duakoto"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jungkat", "Jongkat"), ("Anjungan", "Anjongan"), ("Wajo Hilir", "Wajok Hilir"), ("Kedupok", "Kedopok")],
)
def test_spelling_pairs_are_alike(one: str, other: str) -> None:
    assert SAME_NAME_SIMILARITY <= name_similarity(one, other) < 1


def test_different_places_are_not() -> None:
    assert name_similarity("Pangkalan Sesai", "Purnama") < SAME_NAME_SIMILARITY
    assert name_similarity("", "") == 0
    assert name_similarity("", "Purnama") == 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_a_share(one: str, other: str) -> None:
    similarity = name_similarity(one, other)
    assert 0 <= similarity <= 1
    assert similarity == name_similarity(other, one)
    if normalise_name(one):
        assert name_similarity(one, one) == 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_similarity_of_normal_names_is_that_of_names(one: str, other: str) -> None:
    assert normal_similarity(normalise_name(one), normalise_name(other)) == name_similarity(one, other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz -.", max_size=30))
def test_normalising_ignores_case_and_outer_space(text: str) -> None:
    assert normalise_name(f"  {text.upper()} ") == normalise_name(text)
