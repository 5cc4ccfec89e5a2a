from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from lib.score.agreement import comparisons
from lib.texts import agreement as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit


def test_every_other_body_has_its_kappa_and_its_disagreements(
    visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment
) -> None:
    bodies = comparisons(told, now)
    assert len(bodies) >= 2
    said = set()
    for body in bodies:
        shown = visit(told_store, "pemetaan/perbandingan", lembaga=body.agency)
        shown.assert_whole()
        assert shown.title == "Beda pendapat · Kota Tanjung Sagara"
        assert t.list_head(len(body.disagreements)) in [head.value for head in shown.app.subheader]
        caption = re.search(r"petadini-cross.*?<caption>(.*?)</caption>", shown.text, re.DOTALL)
        assert caption
        assert body.agency in caption.group(1)
        compared = body.areas["difference"].notna().sum()
        assert f"{compared - len(body.disagreements)} dari {compared} kelurahan sama" in shown.seen
        kappa = re.findall(r"Kappa berbobot −?\d,\d\d \(95% ?: −?\d,\d\d sampai −?\d,\d\d ?\)", shown.seen)
        assert len(kappa) == 1
        said.update(kappa)
        (listed,) = (part.value for part in shown.app.html if '<ol class="petadini-views">' in part.value)
        listed = html.unescape(listed)
        for words in ("Kami: ", f"{body.agency}: ", t.OUR_REASON, t.their_reason_head(body.agency)):
            assert listed.count(words) >= len(body.disagreements) > 0
    assert len(said) == len(bodies)
