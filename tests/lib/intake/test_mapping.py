"""Mappings as values and files: refusals in whole sentences, a lossless round trip, heads found, names kept."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.read.sources import Source
from data.store.lake import open_lake
from lib.intake.heads import SYNONYMS_FILE, fit, propose
from lib.intake.kinds import KINDS
from lib.intake.mapping_toml import ColumnMapping, read_mapping, to_toml
from lib.intake.mappings import (
    detect,
    find_mapping,
    ready,
    ready_mappings,
    renamed,
    save_mapping,
    saved_mappings,
    with_constant,
    with_heads,
)
from lib.rules.toml import ProfileError
from lib.texts.mapping import mapping_lines, source_words
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.store.lake import Lake

ANY_TEXTS = st.text("aZé9 -\n\t\x7f\x00\u2028\"\\'#={}[].,🗺", max_size=8)
TEXTS = ANY_TEXTS.map(lambda text: f"{text}x")
HEADS = st.text("abz09_./()|", min_size=1, max_size=12)
LEFT_SIDES = ANY_TEXTS.map(lambda text: text.strip().lower())
SOURCES = st.builds(
    Source,
    heads=st.lists(HEADS, min_size=1, max_size=3).map(tuple),
    joined_by=ANY_TEXTS,
    constant=st.none() | TEXTS,
    values=st.dictionaries(LEFT_SIDES, TEXTS, max_size=3).map(lambda values: tuple(values.items())),
    otherwise=st.none() | TEXTS,
    rules=st.lists(st.tuples(HEADS, st.floats(-1e6, 1e6), TEXTS), max_size=2).map(tuple),
)
MAPPINGS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.builds(
        ColumnMapping,
        name=st.text("az09_-", max_size=20).map(lambda text: f"n{text}"),
        title=TEXTS,
        kind=st.just(kind),
        sources=st.dictionaries(st.sampled_from(KINDS[kind].columns), SOURCES, min_size=1, max_size=4),
        repeat_by=st.none() | HEADS,
        date_orders=st.dictionaries(
            st.sampled_from(KINDS[kind].columns),
            st.sampled_from(["hari-bulan-tahun", "bulan-hari-tahun"]),
            max_size=2,
        ),
        time_zone=st.sampled_from([None, "UTC", "Asia/Jakarta"]),
        signature=st.lists(HEADS, max_size=3).map(tuple),
        source_note=st.just("") | TEXTS,
        by_synonyms=st.booleans(),
    )
)
SMALL = """
name = "polres"
title = "Laporan Polres"
kind = "incident"

[columns.tanggal_kejadian]
heads = ["Tgl Kejadian"]
"""


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    opened = open_lake(str(tmp_path / "gudang"))
    yield opened
    opened.connection.close()


@given(MAPPINGS)
def test_a_mapping_survives_its_file(mapping: ColumnMapping) -> None:
    assert read_mapping(to_toml(mapping), "berkas.toml") == mapping


def test_heads_and_values_are_brought_to_the_form_in_which_they_are_compared() -> None:
    mapping = read_mapping(SMALL + 'values = { " YA " = "ya" }\n', "polres.toml")
    source = mapping.sources["tanggal_kejadian"]
    assert (source.heads, source.values) == (("tgl_kejadian",), (("ya", "ya"),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = \n", ("bukan TOML", "baris 1")),
        (SMALL.replace('kind = "incident"', 'kind = "laporan"'), ("kind", "laporan", "incident, station")),
        (SMALL.replace("polres", "Polres Kota"), ("name", "Polres Kota", "huruf kecil")),
        (SMALL + "head = 1\n", ("columns.tanggal_kejadian.head", "tidak dikenal")),
        (SMALL.replace("tanggal_kejadian", "tanggal_kejadia"), ("tanggal_kejadia", "tidak ada dalam templat")),
        (SMALL.replace('heads = ["Tgl Kejadian"]', 'joined_by = "-"'), ("heads", "constant")),
        (SMALL.replace('["Tgl Kejadian"]', "[]"), ("columns.tanggal_kejadian.heads", "daftar")),
        (SMALL + "joined_by = 1\n", ("joined_by", "teks")),
        (SMALL + 'values = { Ya = "a", "ya " = "b" }\n', ("columns.tanggal_kejadian.values", "dua kali")),
        (SMALL + 'rules = [{ head = "n", at_least = "1", text = "5" }]\n', ("rules[1].at_least", "angka")),
        ('time_zone = "WIB"\n' + SMALL, ("time_zone", "WIB", "Asia/Jakarta")),
        (SMALL + '[date_orders]\ntanggal_kejadian = "d/m/y"\n', ("date_orders.tanggal_kejadian", "d/m/y")),
        (SMALL + '[indicators]\notherwise = "ya"\n', ("indicators", "TPS")),
        (SMALL.partition("[columns")[0], ("columns", "satu pun")),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence_with_key_and_value(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(ProfileError) as refusal:
        read_mapping(text, "polres.toml")
    sentence = str(refusal.value)
    assert sentence.startswith("Berkas polres.toml")
    assert sentence.endswith(".")
    assert all(word in sentence for word in words)


def test_a_head_is_found_in_every_spelling_but_never_guessed_between_two() -> None:
    mapping = ColumnMapping("x", "x", "incident", {"uraian": Source(heads=("uraian_singkat",))})
    for head in ("Uraian Singkat", "URAIAN-SINGKAT", "3. Uraian singkat:", "laporan/isi/uraian_singkat"):
        found = fit(mapping, ["No", head]).sources["uraian"].heads
        assert found == (head.lower().replace(" ", "_").replace("-", "_"),)
    assert not fit(mapping, ["a/uraian singkat", "b/uraian singkat"]).sources


def test_of_alternatives_the_first_in_the_file_is_taken() -> None:
    mapping = ColumnMapping("x", "x", "incident", {"uraian": Source(heads=("a|b|c", "d"))})
    assert fit(mapping, ["C", "B"]).sources["uraian"].heads == ("b",)
    assert fit(mapping, ["d", "c"]).sources["uraian"].heads == ("c", "d")


def test_rules_are_fitted_too() -> None:
    mapping = ColumnMapping("x", "x", "incident", {"keparahan": Source(constant="1", rules=(("korban", 1.0, "5"),))})
    assert fit(mapping, ["data/Korban"]).sources["keparahan"].rules == (("data/korban", 1.0, "5"),)
    assert fit(mapping, ["data"]).sources["keparahan"] == Source(constant="1")


@pytest.mark.parametrize(
    ("kind", "heads", "expected"),
    [
        (
            "incident",
            [
                "No",
                "Tgl",
                "Jenis Kejadian",
                "Kronologi",
                "Desa/Kelurahan",
                "Kec",
                "Lat",
                "Lng",
                "Pelapor",
                "Instansi",
            ],
            {
                "tanggal_kejadian": "tgl",
                "kategori": "jenis_kejadian",
                "uraian": "kronologi",
                "kelurahan": "desa/kelurahan",
                "kecamatan": "kec",
                "lintang": "lat",
                "bujur": "lng",
                "sumber": "instansi",
            },
        ),
        (
            "incident",
            ["tanggal_kejadian", "tanggal", "WADMKD", "KDEPUM", "x", "y", "keterangan", "uraian", "verifikasi"],
            {
                "tanggal_kejadian": "tanggal_kejadian",
                "kelurahan": "wadmkd",
                "kode_kelurahan": "kdepum",
                "bujur": "x",
                "lintang": "y",
                "uraian": "uraian",
                "status": "verifikasi",
            },
        ),
        (
            "station",
            ["Kecamatan", "Nama Kel", "No. TPS", "Alamat", "L", "P", "Jumlah"],
            {
                "kecamatan": "kecamatan",
                "kelurahan": "nama_kel",
                "no_tps": "no._tps",
                "lokasi": "alamat",
                "dpt_l": "l",
                "dpt_p": "p",
                "dpt": "jumlah",
            },
        ),
        (
            "nil",
            ["Sumber", "Dari Tanggal", "Sampai"],
            {"sumber": "sumber", "tanggal_mulai": "dari_tanggal", "tanggal_selesai": "sampai"},
        ),
        ("incident", ["Nama", "NIK", "No HP", "Saksi", "Nama Pelapor", "Alamat Pelapor"], {}),
        ("incident", ["a/lat", "b/lat"], {}),
        (
            "incident",
            ["tgl", "Keterangan", "Keterangan", "catatan"],
            {"tanggal_kejadian": "tgl", "uraian": "catatan"},
        ),
    ],
)
def test_proposes_from_usual_heads(kind: str, heads: list[str], expected: dict[str, str]) -> None:
    mapping = propose(heads, kind)
    assert {column: source.heads[0] for column, source in mapping.sources.items()} == expected
    assert mapping.kind == kind


def test_three_columns_make_a_date() -> None:
    source = propose(["Tanggal", "Bulan", "Tahun", "Kategori"], "incident").sources["tanggal_kejadian"]
    assert (source.heads, source.joined_by) == (("tahun", "bulan", "tanggal"), "-")
    assert propose(["Tanggal", "Bulan"], "incident").sources["tanggal_kejadian"].heads == ("tanggal",)


@given(
    st.lists(
        st.sampled_from([*KINDS["incident"].columns, "tgl", "waktu", "desa", "kode", "a/lat", "x", ""])
        | st.text(max_size=6)
    )
)
def test_a_head_serves_one_column_and_every_template_head_its_own(heads: list[str]) -> None:
    mapping = propose(heads, "incident")
    used = [head for source in mapping.sources.values() for head in source.heads]
    assert len(used) == len(set(used))
    for column in set(KINDS["incident"].columns) & set(heads):
        assert mapping.sources[column].heads == (column,)


def test_proposes_for_asked_columns_only() -> None:
    assert set(propose(["tgl", "desa"], "incident", ["kelurahan"]).sources) == {"kelurahan"}


def test_synonyms_name_columns_of_ours_and_no_head_twice_within_one_kind() -> None:
    synonyms = tomllib.loads(SYNONYMS_FILE.read_text(encoding="utf-8"))
    known = {column for kind in KINDS for column in KINDS[kind].columns}
    assert set(synonyms["columns"]) <= known
    assert all(len(set(names)) == len(names) for names in synonyms["columns"].values())
    assert not set(synonyms["never"]) & {name for names in synonyms["columns"].values() for name in names}


def test_a_person_changes_heads_constants_and_names() -> None:
    mapping = propose(["tgl", "desa"], "incident")
    changed = with_heads(mapping, {"kelurahan": None, "uraian": "Catatan Piket"})
    assert list(changed.sources) == ["tanggal_kejadian", "uraian"]
    assert changed.sources["uraian"].heads == ("catatan_piket",)
    assert with_constant(changed, "sumber", "Polres").sources["sumber"] == Source(constant="Polres")
    named = renamed(ready("acled"), "Laporan Polrés – 2024!")
    assert (named.name, named.title, named.signature) == ("laporan_polres_2024", "Laporan Polrés – 2024!", ())


def test_changing_a_head_keeps_what_the_source_does_with_it() -> None:
    changed = with_heads(ready("acled"), {"kategori": "Event Type"}).sources["kategori"]
    assert changed.heads == ("event_type",)
    assert changed.values == ready("acled").sources["kategori"].values


def test_the_newest_of_a_saved_name_holds(lake: Lake) -> None:
    first = read_mapping(SMALL, "polres.toml")
    second = with_constant(first, "sumber", "Polres")
    save_mapping(lake, first, actor=officer("ani"))
    save_mapping(lake, first, actor=officer("budi"))  # nothing new
    assert [(saved.mapping, saved.actor) for saved in saved_mappings(lake)] == [(first, "ani")]
    save_mapping(lake, second, actor=officer("budi"))
    assert [(saved.mapping, saved.actor) for saved in saved_mappings(lake)] == [(second, "budi")]
    save_mapping(lake, first, actor=officer("citra"))  # taken back: the newest holds, not the largest
    assert find_mapping(lake, "polres") == first


def test_a_mapping_is_found_by_name_or_file(lake: Lake, tmp_path: Path) -> None:
    file = tmp_path / "Milik Kami.TOML"
    file.write_text(SMALL, encoding="utf-8-sig")
    assert find_mapping(lake, str(file)).title == "Laporan Polres"
    assert find_mapping(lake, "ucdp", "incident") == ready("ucdp")
    with pytest.raises(ProfileError, match=r"acled, bawaslu"):
        find_mapping(lake, "acledd")
    with pytest.raises(ProfileError, match="kejadian, bukan TPS"):
        find_mapping(lake, "ucdp", "station")
    with pytest.raises(ProfileError, match="tidak ada atau tidak dapat dibaca"):
        find_mapping(lake, str(tmp_path / "tiada.toml"))
    file.write_bytes(b"name = '\xff'")
    with pytest.raises(ProfileError, match="UTF-8"):
        find_mapping(lake, str(file))


def test_a_ready_name_is_not_overwritten_and_a_broken_mapping_not_kept(lake: Lake) -> None:
    with pytest.raises(ProfileError, match="bawaan"):
        save_mapping(lake, ready("acled"), actor=officer("ani"))
    with pytest.raises(ProfileError, match="name"):
        save_mapping(lake, renamed(ready("acled"), "—"), actor=officer("ani"))
    assert saved_mappings(lake) == ()


def test_says_where_columns_come_from() -> None:
    sources = ready("acled").sources
    assert source_words(sources["uraian"]) == "“notes”"
    assert source_words(sources["sumber"]) == "selalu “ACLED”"
    assert source_words(sources["keparahan"]) == "“sub_event_type”; 26 nilai diterjemahkan; “5” bila “fatalities” ≥ 1"
    assert mapping_lines({"uraian": Source(heads=("a", "b"), constant="x")}) == [
        "uraian ← “a” + “b”; bila kosong “x”"
    ]
    assert all(source_words(source) for mapping in ready_mappings() for source in mapping.sources.values())


def test_nothing_is_detected_among_unknown_heads() -> None:
    assert detect(["tanggal", "uraian"], "incident") is None
    assert detect([], "station") is None


def test_heads_below_a_merged_one_serve_the_longest_name_they_end_with() -> None:
    heads = ["tempat kode kelurahan", "tempat kelurahan", "kejadian kategori", "a sumber", "b sumber"]
    sources = propose(heads, "incident").sources
    assert {column: source.heads for column, source in sources.items()} == {
        "kode_kelurahan": ("tempat_kode_kelurahan",),
        "kelurahan": ("tempat_kelurahan",),
        "kategori": ("kejadian_kategori",),
    }
