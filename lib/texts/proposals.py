"""Words of four eyes: what waits, what it would change, why it is or is not in force."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from lib.indonesian import long_date, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

TITLE = "Usulan"
LEAD = (
    "Lima hal menunggu orang kedua: membatalkan impor, mengganti bobot, mengganti batas, menerbitkan peringatan atau "
    "ramalan, dan status terverifikasi yang datang dari berkas. Pengusul dan penyetuju tidak boleh orang yang sama."
)
WITHHELD = "Status dari berkas menunggu konfirmasi orang kedua"
NO_NUMBER = "Sebutkan nomor usulannya; lihat “petadini usulan”."
NOTHING_WAITS = "Tidak ada usulan yang menunggu."
WAITING_HEAD = "Menunggu keputusan"
HISTORY_HEAD = "Sudah diputuskan"
AGREE, DECLINE, REASON = "Setujui", "Tolak", "Alasan (wajib bila menolak)"
OWN = "Usulan ini milik Anda sendiri; orang lain yang berperan penyetuju yang memutuskannya."
WHO_MAY = "Yang dapat menyetujui atau menolak: orang lain dengan peran penyetuju di wilayah ini."
KINDS = {
    "batal_impor": "Membatalkan impor",
    "bobot": "Mengganti bobot",
    "batas": "Mengganti batas",
    "status_berkas": "Status terverifikasi dari berkas",
    "peringatan": "Menerbitkan peringatan",
    "ramalan": "Menerbitkan ramalan",
}
OUTCOMES = {"setuju": "disetujui", "tolak": "ditolak"}
COLUMNS = {
    "recorded": "Diusulkan",
    "kind": "Usulan",
    "subject": "Tentang",
    "actor": "Pengusul",
    "outcome": "Keputusan",
    "decided_by": "Diputuskan oleh",
    "decided": "Pada",
    "reason": "Alasan keputusan",
}
EYES = {
    "dinyalakan": "Empat mata berlaku di kantor ini (PETADINI_EMPAT_MATA=1): usulan menunggu orang kedua.",
    "ada_penyetuju": "Empat mata berlaku: wilayah ini memiliki penyetuju, jadi usulan menunggu orang kedua.",
    "dimatikan": (
        "Empat mata tidak berlaku di sini: kantor mematikannya (PETADINI_EMPAT_MATA=0). "
        "Perubahan langsung dijalankan."
    ),
    "tanpa_penyetuju": (
        "Empat mata tidak berlaku di sini: tidak ada akun lain dengan peran penyetuju di wilayah ini. "
        "Perubahan langsung dijalankan."
    ),
}


def waiting(proposal_id: str) -> str:
    """Say that a deed was proposed and not done."""
    return f"Diusulkan, belum dijalankan: menunggu penyetuju di halaman {TITLE} (nomor {proposal_id})."


def states_waiting(proposal_id: str) -> str:
    """Say that the rows of a file count as unchecked until confirmed."""
    return (
        "Baris yang disebut terverifikasi dalam berkas dihitung belum diperiksa sampai disetujui orang kedua di "
        f"halaman {TITLE} (nomor {proposal_id})."
    )


def confirmed(proposal_id: str, file_name: str) -> str:
    """Write the reason of journal entries that a second person confirmed."""
    return f"Status dari berkas {file_name} dikonfirmasi (usulan {proposal_id})"


def effect(kind: str, subject: str, facts: Mapping[str, Any]) -> str:
    """Say what a proposal would change."""
    if kind == "batal_impor":
        return f"Semua baris dari impor {subject} tidak dihitung lagi."
    if kind == "bobot":
        return f"Skor semua kelurahan dihitung dengan bobot {facts.get('versi', '')}."
    if kind == "batas":
        return f"Batas dari berkas {facts.get('berkas', '')} (impor {subject}) berlaku; semua baris diletakkan ulang."
    if kind == "status_berkas":
        return (
            f"{whole(int(facts.get('baris', 0)))} laporan dari berkas {facts.get('berkas', '')} (impor {subject}) "
            "mendapat status yang tertulis di berkas, sejak hari keputusan."
        )
    if kind == "peringatan":
        count = whole(int(facts.get("baris", 0)))
        return f"{count} peringatan per {_day(subject)} diterbitkan dan masuk buku peringatan."
    return f"Ramalan per {_day(subject)} dibekukan sebagai terbitan."


def decided(outcome: str, kind: str) -> str:
    """Say what a decision did."""
    return f"{KINDS[kind]}: {OUTCOMES[outcome]}."


def proposed_by(actor: str, when: str) -> str:
    """Say who proposed something and when."""
    return f"Diusulkan {actor}, {when}"


def reason(text: str) -> str:
    """Say why."""
    return f"alasan: {text}"


def moment(at: datetime, zone: tzinfo) -> str:
    """Write a moment of the store (UTC, naive) in the time of a region."""
    return f"{at.replace(tzinfo=UTC).astimezone(zone):%d/%m/%Y %H.%M}"


def line(number: str, kind: str, *, actor: str, when: str, told: str) -> str:
    """Write a waiting proposal for a terminal."""
    return f"{number}  {KINDS[kind]} · diusulkan {actor}, {when}. {told}"


def _day(subject: str) -> str:
    return long_date(date.fromisoformat(subject))
