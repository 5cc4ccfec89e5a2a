"""The trail on paper: local moments, circumstances in words, no formula."""

from zoneinfo import ZoneInfo

from lib.output.trail_table import trail_csv, trail_table
from lib.people.trail import Deed, Line

LINES = [
    Line(2, "2026-11-29T01:02:03.004+00:00", "ani", Deed.TOOK, '{"berkas":"=cmd|x.csv","wilayah":"14.72"}', "b" * 64),
    Line(1, "2026-11-28T17:30:00.000+00:00", "=ani", Deed.CAME, "{}", "a" * 64),
]
ZONE = ZoneInfo("Asia/Jakarta")


def test_moments_are_local_and_circumstances_are_words() -> None:
    table = trail_table(LINES, ZONE)
    assert table["waktu"].tolist() == ["29/11/2026 08.02.03", "29/11/2026 00.30.00"]
    assert table["keterangan"].tolist() == ["berkas: =cmd|x.csv · wilayah: 14.72", ""]
    assert trail_table([], ZONE).empty


def test_a_file_has_one_line_each_and_the_seals() -> None:
    lines = trail_csv(LINES, ZONE).decode().splitlines()
    assert lines[0] == "nomor,waktu,pelaku,perbuatan,keterangan,segel"
    assert len(lines) == 3
    assert lines[1].endswith("b" * 64)
