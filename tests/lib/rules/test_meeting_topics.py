"""Topics of meetings: which sentences name one, and which only use its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lib.rules.meeting_topics import TOPICS_FILE, meeting_topics
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path


def named(sentence: str) -> set[str]:
    return {topic.code for topic in meeting_topics().named_in(sentence)}


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Logistik diamankan dari ancaman bencana di musim hujan.", {"logistik", "cuaca"}),
        ("Ada upaya merusak dengan cara propaganda negatif.", {"kampanye-hitam"}),
        ("Warga merusak baliho.", {"perusakan", "apk"}),
        ("Saksi mendapat ancaman kekerasan.", {"kekerasan", "intimidasi"}),
        ("ASN, TNI, dan Polri hadir.", set()),
        ("ASN jangan ikut politik praktis.", {"netralitas-asn"}),
        ("Ketidaknetralan ASN dilaporkan.", {"netralitas-asn"}),
        ("Acara dihadiri Dinas Kesehatan, PLN, dan kepala sekolah, membahas serangan pajar.", {"politik-uang"}),
        ("Isu-isu hoax beredar di medsos.", {"hoaks", "media-sosial"}),
        ("Sampai hari ini tidak ada hoaks.", set()),
        ("Semua berharap agar tidak ada hoaks.", {"hoaks"}),
        ("Ia memastikan tidak ada laporan intimidasi.", set()),
        ("Tidak ada hoaks, tetapi ada banjir.", {"cuaca"}),
        ("BPBD adalah badan penanggulangan bencana.", set()),
        ("Siaran langsung lewat akun resmi.", set()),
    ],
)
def test_a_sentence_names_what_it_warns_of(sentence: str, codes: set[str]) -> None:
    assert named(sentence) == codes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('category = "PU"', 'category = "UANG"', "UANG"),
        ('code = "hoaks"', 'code = "apk"', "apk"),
        ('words = ["masa tenang", ', 'wordz = ["masa tenang", ', "wordz"),
        ("source = ", "sumber = ", "sumber"),
    ],
)
def test_a_faulty_table_is_refused_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = TOPICS_FILE.read_text(encoding="utf-8")
    assert content.count(old) == 1
    file = tmp_path / "topics.toml"
    file.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError, match=said):
        meeting_topics(file)
