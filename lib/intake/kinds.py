"""The kinds of rows that come in, one entry each: what people call them, and how their template looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from data.sort.kinds.agency_class import AGENCY_CLASS
from data.sort.kinds.incident import INCIDENT
from data.sort.kinds.indicator import INDICATOR
from data.sort.kinds.meeting import MEETING
from data.sort.kinds.nil import NIL
from data.sort.kinds.station import STATION
from data.sort.row_kind import Words
from geo.codes import normalise_name
from lib.intake.indicators import imported_indicators, matcher, plausible_ranges
from lib.region.elections import elections_of
from lib.region.weights import weights_in_force
from lib.rules.agreement import agreement_rules
from lib.rules.indicators import indicator_list
from lib.rules.regions import weights
from lib.rules.taxonomy import taxonomy
from lib.texts.imports import BOUNDARIES, BOUNDARIES_LABEL, POINTS_HELP, TABLE_HELP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from data.sort.row_kind import RowKind
    from data.store.lake import Lake
    from lib.rules.calendar import Election
    from lib.rules.regions import Region

AREA = "area"  # the store's name of boundaries, which are no rows


def _no_words(_: Lake, __: Region) -> Mapping[str, Words]:
    return {}


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of row as people meet it."""

    rows: RowKind  # its columns, its table, how it is sorted
    name: str  # within a sentence
    # On the command line and in names of files; "" where rows are only typed, never imported from a file.
    word: str = ""
    help: str = TABLE_HELP  # beside the file to choose
    telling: tuple[str, ...] = ()  # heads that tell it apart from the other kinds
    fillable: tuple[str, ...] = ()  # heads for which one text may be given for all rows
    # What the template says about heads that no other kind has.
    notes: Mapping[str, str] = field(default_factory=dict)
    template_note: str = ""  # what the template says about a row as a whole
    # Cells of the template's example row besides the place.
    example: Callable[[Region, Election | None, date], Mapping[str, str]] = lambda *_: {}
    reference: Literal["", "kategori", "indikator"] = ""  # the sheet of known words in its template
    # What the texts of columns mean in a region; columns that are ``word`` need them.
    words: Callable[[Lake, Region], Mapping[str, Words]] = _no_words
    has_checklist: bool = False  # whether the indicators of TPS are columns of it
    feeds_score: bool = False  # whether its rows may make the scale of the score due to be frozen

    @property
    def label(self) -> str:
        """Name it where it stands alone."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def columns(self) -> tuple[str, ...]:
        """List the columns of ours that its files have, in the template's order, indicators included."""
        return (*self.rows.heads, *(indicator_columns() if self.has_checklist else ()))


def indicator_columns() -> dict[str, str]:
    """Give the text of each indicator of TPS by the name of its column."""
    return {indicator.code.lower(): indicator.text for indicator in indicator_list().indicators}


def of_word(word: str) -> str:
    """Give the code of the kind that the command line calls so.

    Raises `StopIteration` if no kind is called so.
    """
    return next(code for code, kind in KINDS.items() if kind.word == word)


def of_files() -> tuple[ImportKind, ...]:
    """List the kinds that files may hold."""
    return tuple(kind for kind in KINDS.values() if kind.word)


def name_of(code: str) -> str:
    """Name a kind of the store within a sentence, boundaries too."""
    return BOUNDARIES if code == AREA else KINDS[code].name


def label_of(code: str) -> str:
    """Name a kind of the store where it stands alone, boundaries too."""
    return BOUNDARIES_LABEL if code == AREA else KINDS[code].label


def _category_words(_: Lake, __: Region) -> Mapping[str, Words]:
    return {"kategori": Words(taxonomy().match)}


def _incident_words(lake: Lake, region: Region) -> Mapping[str, Words]:
    return {**_category_words(lake, region), "kabupaten": Words(region.says_regency)}


def _election_words(lake: Lake, region: Region) -> Mapping[str, Words]:
    elections = elections_of(lake, region.code).with_roll()
    codes = {normalise_name(text): known.code for known in elections for text in (known.code, known.name)}
    most = {known.code: (0.0, float(known.max_voters_per_station)) for known in elections}
    return {"pemilihan": Words(lambda text: codes.get(normalise_name(text)), most)}


def _class_words(_: Lake, __: Region) -> Mapping[str, Words]:
    return {"kelas": Words(agreement_rules().match)}


def _indicator_words(lake: Lake, region: Region) -> Mapping[str, Words]:
    known = imported_indicators(weights_in_force(lake, region.code))
    return {"indikator": Words(matcher(known), plausible_ranges(known))}


# In the order of the page's choices.
_ALL = (
    ImportKind(
        INCIDENT,
        name="kejadian",
        word="kejadian",
        help=POINTS_HELP,
        telling=("tanggal_kejadian", "kategori", "keparahan"),
        fillable=("keparahan", "kategori"),
        notes={
            "id_sumber": "Nomor laporan di kantor pengirim; boleh kosong.",
            "tanggal_kejadian": "Wajib. 2024-11-20 atau 20/11/2024.",
            "jam": "08:30; boleh kosong.",
            "keparahan": "Wajib. 1 informasi; 2 pelanggaran tanpa massa; 3 ketegangan atau massa tanpa kekerasan; "
            "4 kekerasan atau perusakan; 5 korban jiwa atau tahapan terhenti.",
            "uraian": "Tanpa nama orang, NIK, nomor telepon, partai, agama, atau suku.",
            "kabupaten": "Kabupaten/kota yang disebut; boleh kosong. Kejadian yang hanya diketahui kabupatennya "
            "tidak dihitung bila bukan kabupaten/kota ini.",
            "presisi": "titik, rt, kelurahan, kecamatan, atau kabupaten (hanya diketahui kabupaten/kotanya).",
            "status": "masuk, terverifikasi, ditolak, tidak_dapat_dipastikan, ditangani, atau selesai.",
        },
        example=lambda _, __, today: {
            "id_sumber": "CONTOH-1",
            "tanggal_kejadian": today.isoformat(),
            "tanggal_laporan": today.isoformat(),
            "kategori": "APK",
            "keparahan": "2",
            "presisi": "kelurahan",
            "status": "masuk",
        },
        reference="kategori",
        words=_incident_words,
        feeds_score=True,
    ),
    ImportKind(
        STATION,
        name="TPS",
        word="tps",
        help=POINTS_HELP,
        telling=("no_tps",),  # its election can be chosen on the page
        notes={
            "pemilihan": "Wajib. Kode pemilihan, misalnya pilkada-2024.",
            "no_tps": "Wajib. Tiga angka, misalnya 007.",
            "lokasi": "Nama bangunan atau tempat umum.",
            "dpt_l": "Pemilih laki-laki.",
            "dpt_p": "Pemilih perempuan.",
            "dpt": "Jumlah keduanya; bila terisi harus sama dengan dpt_l + dpt_p.",
            "kelas_polri": "kurang rawan, rawan, sangat rawan, atau khusus; boleh kosong.",
        },
        example=lambda _, election, __: {
            "pemilihan": election.code if election else "",
            "no_tps": "001",
            "lokasi": "CONTOH SDN 1",
            "dpt_l": "240",
            "dpt_p": "251",
        },
        words=_election_words,
        has_checklist=True,
    ),
    ImportKind(
        NIL,
        name="laporan nihil",
        word="nihil",
        telling=("sumber", "tanggal_mulai"),
        notes={
            "tanggal_mulai": "Wajib. Hari pertama masa yang dilaporkan nihil.",
            "tanggal_selesai": "Hari terakhirnya; kosong berarti satu hari.",
        },
        template_note="Satu baris untuk satu sumber dan satu masa tanpa kejadian; tanpa kelurahan dan kecamatan: "
        "seluruh wilayah.",
        example=lambda _, __, today: {"sumber": "CONTOH Polsek", "tanggal_mulai": today.isoformat()},
    ),
    ImportKind(
        MEETING,
        name="catatan rapat",
        notes={
            "judul": "Nama rapat.",
            "jenis": "tanggal, isu, atau tindak_lanjut.",
            "hari": "Hari yang disebut.",
            "isi": "Wajib. Isi catatan, tanpa nama orang.",
        },
        words=_category_words,
    ),
    ImportKind(
        AGENCY_CLASS,
        name="kelas lembaga",
        word="kelas",
        help=f"{TABLE_HELP} Tingkat ditulis dengan kata: rendah, sedang, tinggi, atau kurang rawan, rawan, "
        "sangat rawan; beserta lembaga dan edisinya.",
        telling=("lembaga", "kelas"),
        fillable=("lembaga", "edisi", "tanggal"),
        notes={
            "lembaga": "Wajib. Yang menilai, misalnya Bawaslu, Polres, atau KPU; bukan nama orang.",
            "edisi": "Wajib. Edisi daftarnya, misalnya Pilkada 2024; kelas hanya bermakna dalam edisinya.",
            "kelas": "Wajib, dengan kata: rendah, sedang, tinggi; atau kurang rawan, rawan, sangat rawan, khusus.",
            "alasan_kelas": "Alasan lembaga itu, tanpa nama orang; boleh kosong.",
        },
        example=lambda _, election, today: {
            "lembaga": "CONTOH Polres",
            "edisi": election.name if election else "",
            "tanggal": today.isoformat(),
            "kelas": "sangat rawan",
            "alasan_kelas": "Pernah ada perusakan pada pemilihan sebelumnya",
        },
        words=_class_words,
    ),
    ImportKind(
        INDICATOR,
        name="indikator",
        word="indikator",
        help=f"{TABLE_HELP[:-1]}: satu baris untuk satu kelurahan dan satu indikator.",
        telling=("indikator", "nilai"),
        fillable=("tanggal", "sumber"),
        notes={
            "indikator": "Wajib. Kode atau nama pada lembar “indikator”; yang lain ditolak.",
            "nilai": "Wajib. Angka tanpa satuan, misalnya 2,5.",
        },
        example=lambda region, _, today: {
            "indikator": next((one.code for one in imported_indicators(weights(region.code))), ""),
            "nilai": "2",
            "tanggal": today.isoformat(),
            "sumber": "CONTOH Kantor Pertanahan",
        },
        reference="indikator",
        words=_indicator_words,
    ),
)
KINDS = {kind.rows.code: kind for kind in _ALL}
