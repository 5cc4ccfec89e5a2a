"""Words of the page Jejak: who came in, who was refused, who looked at reports and who took a file away."""

from lib.indonesian import whole

TRAIL_TITLE = "Jejak"
LEAD = (
    "Setiap masuk, keluar, penolakan, pembacaan laporan, pengambilan berkas, dan perubahan akun menjadi satu baris. "
    "Baris hanya bertambah, dan setiap baris disegel bersama baris sebelumnya."
)
OWN_ONLY = "Yang tampil hanya jejak Anda sendiri; jejak semua orang dibaca admin."
FILTER_DAYS, FILTER_PEOPLE, FILTER_DEEDS = "Hari", "Orang", "Perbuatan"
ALL_PEOPLE, ALL_DEEDS = "Semua orang", "Semua perbuatan"
NOTHING = "Tidak ada jejak pada pilihan ini."
DOWNLOAD = "Unduh CSV jejak"
COLUMNS = {
    "nomor": "No.",
    "waktu": "Waktu (WIB)",
    "pelaku": "Orang",
    "perbuatan": "Perbuatan",
    "keterangan": "Keterangan",
}
CHAIN_HEAD = "Keutuhan"
PRINT = (
    "Cetak atau salin kepala ini pada laporan harian: jejak yang dipotong di ujungnya hanya ketahuan dengan "
    "kepala yang dicetak sebelumnya."
)
CHECK_HEAD = "Cocokkan dengan kepala yang pernah dicetak"
NUMBER, SEAL, CHECK = "Nomor", "Segel", "Cocokkan"
MOST_LINES = 100


def whole_chain(count: int) -> str:
    """Say that no line was changed."""
    return f"Rantai utuh: {whole(count)} baris, semuanya seperti saat ditulis."


def broken_chain(number: int) -> str:
    """Say from which line on the trail is not what was written."""
    return (
        f"Rantai putus pada baris {whole(number)}: baris itu atau baris setelahnya diubah, dihapus, atau ditulis "
        "dengan kunci lain. Simpan salinan berkasnya dan laporkan kepada penanggung jawab."
    )


def head(number: int, seal: str) -> str:
    """Write the head that is to be printed."""
    return f"jejak {number} {seal}"


def newest(shown: int, count: int) -> str:
    """Say how many lines of how many are shown."""
    return f"{whole(shown)} baris terbaru dari {whole(count)}; semuanya ada dalam CSV."


def facts(what: dict[str, object]) -> str:
    """Write the circumstances of a line."""
    return " · ".join(f"{key}: {value}" for key, value in what.items() if value not in {None, ""})
