"""The taxonomy: codes, colours that can be told apart, and words that find one category or none."""

from __future__ import annotations

import itertools
import string
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules.taxonomy import TAXONOMY_FILE, Family, normalize, taxonomy
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SHIPPED = taxonomy()
GROUPS = {
    "K": ["PU", "UK-SARA", "INT", "KEK", "RUS", "UNR", "KRM", "PNL", "SDA", "BTS"],
    "A": ["NET-ASN", "NET-TP", "NET-KDS", "NET-PNY", "APK", "KT", "KLJ", "SGK", "DPT"],
    "L": ["LOG", "CUA", "KSH", "JAR"],
    "S": ["HOAKS", "KH"],
    "-": ["LAIN"],
}
FAMILIES = {
    "kekerasan": {"KEK", "RUS", "INT"},
    "massa": {"UNR", "KRM", "PNL"},
    "politik_uang": {"PU"},
    "narasi": {"HOAKS", "KH", "UK-SARA"},
    "netralitas": {"NET-ASN", "NET-TP", "NET-KDS", "NET-PNY"},
    "kampanye": {"APK", "KT", "KLJ"},
    "penyelenggaraan": {"DPT", "SGK", "LOG", "KSH", "JAR", "CUA"},
    "lain": {"SDA", "BTS", "LAIN"},
}
RAMP = ("#f9eccb", "#f5aa59", "#db6806", "#ac2e04", "#6a131b")
DARK_PAGE = "#0e1117"
SYNONYMS = [(synonym, category.code) for category in SHIPPED.categories for synonym in category.synonyms]
WHOLE_TEXTS = [
    (phrase, category.code)
    for category in SHIPPED.categories
    for phrase in (category.code, category.name, *category.synonyms, *category.whole_text_synonyms)
]


# Codes and families


def test_every_code_has_its_group() -> None:
    found = {group: [each.code for each in SHIPPED.categories if each.group == group] for group in GROUPS}
    assert found == GROUPS
    assert len(SHIPPED.categories) == 26


def test_every_code_has_its_family() -> None:
    codes = {
        family.code: {c.code for c in SHIPPED.categories if c.family == family.code} for family in SHIPPED.families
    }
    assert codes == FAMILIES
    assert SHIPPED.family_of("PU").name == "Politik uang"


def test_rules_from_memory_are_marked() -> None:
    marked = {category.code for category in SHIPPED.categories if category.verify}
    assert marked == {"HOAKS", "KH", "KLJ", "INT"}


def test_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r'^Kode kategori "XYZ" tidak dikenal; pilih salah satu dari NET-ASN'):
        SHIPPED.family_of("XYZ")


# Colours

# Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def linear(color: str) -> NDArray[np.float64]:
    channels = np.array([int(color[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def oklab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ottosson (2020), "A perceptual color space for image processing"."""
    to_lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_lms @ rgb)


def distance(one: str, other: str, vision: str) -> float:
    seen = [oklab(np.clip(VISION[vision] @ linear(color), 0, 1)) for color in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(color) @ [0.2126, 0.7152, 0.0722]) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vision", VISION)
def test_family_colours_can_be_told_apart(vision: str) -> None:
    colors = [family.color for family in SHIPPED.families]
    assert min(distance(a, b, vision) for a, b in itertools.combinations(colors, 2)) > 0.09


@pytest.mark.parametrize("family", SHIPPED.families, ids=lambda family: family.code)
def test_family_colours_are_no_risk_and_stand_out_on_white_and_dark(family: Family) -> None:
    color = family.color
    assert min(distance(color, step, "normal") for step in RAMP) > 0.13
    assert contrast(color, "#ffffff") >= 3
    assert contrast(color, DARK_PAGE) >= 3


# Matching


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("serangan pajar", "PU"),
        ("Serangan  Fajar", "PU"),
        ('adanya "serangan pajar" atau money politic', "PU"),
        ("money politic(s)", "PU"),
        ("Money Politics", "PU"),
        ("bagi bagi uang", "PU"),
        ("hoax", "HOAKS"),
        ("berita bohong", "HOAKS"),
        ("kabar burung tanpa dukungan dan fakta", "HOAKS"),
        ("black-campaign", "KH"),
        ("fitnah", "KH"),
        ("demo", "UNR"),
        ("Aksi massa di depan kantor KPU", "UNR"),
        ("pengeroyokan", "KEK"),
        ("uk sara", "UK-SARA"),
        ("net_asn", "NET-ASN"),
        ("Ujaran kebencian / politisasi SARA / politik identitas", "UK-SARA"),
        ("Hoaks / disinformasi", "HOAKS"),
        ("Sengketa lahan/SDA/proyek", "SDA"),
        ("warga perbatasan tidak masuk DPT", "DPT"),
        ("APK di pohon", "APK"),
        ("lain-lain", "LAIN"),
    ],
)
def test_what_people_write_finds_its_category(text: str, code: str) -> None:
    assert SHIPPED.match(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("APK dirusak orang tak dikenal", "RUS"),  # not APK
        ("pembakaran kotak suara", "RUS"),
        ("penolakan proyek pelabuhan", "SDA"),  # not PNL
        ("kampanye hitam lewat selebaran", "KH"),
        ("pemungutan suara ulang di dua TPS", "SGK"),
    ],
)
def test_a_longer_phrase_silences_the_shorter_ones_in_it(text: str, code: str) -> None:
    assert SHIPPED.match(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " / ",
        "!!!",
        "rapat koordinasi",
        "hoaks/kampanye hitam",
        "PU / hoaks",
        "politik uang dan hoaks",
        "demo berujung pengeroyokan",
        "unjuk rasa disertai pembakaran kantor kecamatan",
        "warga, camat, dan lainnya hadir",
        "rapat membahas umum",
        "tidak dpt undangan",  # dpt also abbreviates "dapat"
        "demokrasi",
        "kepu",
        "Ibu Sara melapor",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert SHIPPED.match(text) is None


def test_every_phrase_finds_its_own_category() -> None:
    assert [(phrase, code) for phrase, code in WHOLE_TEXTS if SHIPPED.match(phrase) != code] == []


@given(
    st.sampled_from(WHOLE_TEXTS),
    st.lists(st.booleans(), min_size=120, max_size=120),
    st.text(string.whitespace, min_size=1, max_size=4),
)
def test_case_and_spacing_do_not_matter(entry: tuple[str, str], upper: list[bool], gap: str) -> None:
    phrase, code = entry
    mixed = "".join(c.upper() if up else c.lower() for c, up in zip(phrase, upper, strict=False))
    assert SHIPPED.match(gap + mixed.replace(" ", gap) + gap) == code


@given(st.text(max_size=60))
def test_any_text_is_matched_as_its_normal_form(text: str) -> None:
    normal = normalize(text)
    assert normalize(normal) == normal
    assert normalize(text.upper()) == normalize(text.upper().lower())
    if "/" not in text:
        assert SHIPPED.match(text) == SHIPPED.match(normal)


@given(st.sampled_from(SYNONYMS), st.sampled_from(["di kelurahan A,", "kemarin:", "(laporan RT 03)"]))
def test_a_synonym_is_found_inside_a_sentence(entry: tuple[str, str], around: str) -> None:
    synonym, code = entry
    assert SHIPPED.match(f"{around} {synonym} {around}") == code


@given(st.permutations(["serangan fajar", "hoaks", "banjir"]), st.integers(2, 3))
def test_two_categories_in_any_order_are_undecided(phrases: list[str], count: int) -> None:
    assert SHIPPED.match(" lalu ".join(phrases[:count])) is None


# Broken rules

BROKEN = [
    ('    "kampanye hitam", ', '    "kampanye hitam", "berita bohong", ',
     "categories[7].synonyms", "sudah menjadi milik kategori HOAKS"),
    ('    "kampanye hitam", ', '    "kampanye hitam", "berita-bohong", ',
     "categories[7].synonyms", "sudah menjadi milik kategori HOAKS"),
    ('    "kampanye hitam", ', '    "kampanye hitam", "hoaks/disinformasi", ',
     "categories[7].synonyms", "sudah menjadi milik kategori HOAKS"),
    ('    "kampanye hitam", ', '    "kampanye hitam", "pu", ',
     "categories[7].synonyms", "sudah menjadi milik kategori PU"),
    ('name = "Kampanye hitam"', 'name = "Politik uang"',
     "categories[7].name", "sudah menjadi milik kategori PU"),
    ('    "kampanye hitam", ', '    "Kampanye hitam", ',
     "categories[7].synonyms", 'sinonim "Kampanye hitam" memuat huruf besar'),
    ('    "kampanye hitam", ', '    "kampanye hitam", "?!", ',
     "categories[7].synonyms", "tidak memuat huruf"),
    ('    "kampanye hitam", ', '    "kampanye hitam", "", ',
     "categories[7].synonyms", "teks yang tidak kosong"),
    ('code = "KH"', 'code = "HOAKS"', "categories[7].code", "sudah dipakai oleh categories[6]"),
    ('code = "KH"', 'code = "kh"', "categories[7].code", "bentuknya harus huruf besar"),
    ('group = "S"', 'group = "Z"', "categories[6].group", "hanya K, A, L, S, - yang dikenal"),
    ('family = "narasi"', 'family = "cerita"', "categories[6].family", "yang dikenal"),
    ('bawaslu = "kode etik"', "", "categories[4].bawaslu", "wajib ada"),
    ('bawaslu = "kode etik"', 'bawaslu = "kode etik"\nseverity = 3',
     "categories[4].severity", "tidak dikenal"),
    ("verify = true\nbawaslu", 'verify = "ya"\nbawaslu', "categories[6].verify", "true atau false"),
    ("#963c96", "#963C96", "families[1].color", "bentuknya harus #rrggbb"),
    ("#963c96", "ungu", "families[1].color", "bentuknya harus #rrggbb"),
    ('code = "massa", name', 'code = "kekerasan", name',
     "families[2].code", "sudah dipakai oleh families[1]"),
    ("families = [", 'families = [{ code = "baru", name = "Baru", color = "#000000" },',
     "families", "paling banyak 8"),
    ("groups = [", "kelompok = [", "kelompok", "tidak dikenal"),
    ('{ code = "K", name = "Konflik" }', '{ code = "K", nama = "Konflik" }',
     "groups[1].nama", "tidak dikenal"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "rule"), BROKEN)
def test_broken_taxonomy_is_refused_in_one_sentence(tmp_path: Path, old: str, new: str, key: str, rule: str) -> None:
    text = TAXONOMY_FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "taxonomy.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        taxonomy(file)
    message = str(caught.value)
    assert message.startswith(f"Berkas {file.as_posix()}: ")
    assert f"kunci {key} " in message
    assert rule in message
    assert message.endswith(".")


def test_a_taxonomy_without_categories_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "taxonomy.toml"
    text = TAXONOMY_FILE.read_text(encoding="utf-8")
    file.write_text(text[: text.index("[[categories]]")], encoding="utf-8")
    with pytest.raises(ProfileError, match=r"kunci categories .* daftar yang tidak kosong"):
        taxonomy(file)
