from datetime import date

import pandas as pd
import pytest

from lib.filters import Filters
from lib.ui.load.alerts import in_districts

ASKED = Filters(1, "99.71", "", date(2026, 5, 1), date(2026, 10, 29), district_codes=("99.71.01",))


@pytest.mark.parametrize("codes", [[], [None], ["99.71.01.1001", "99.71.02.1001", None]])
def test_a_chosen_kecamatan_keeps_its_own_alerts_and_every_column(codes: list[str | None]) -> None:
    found = pd.DataFrame({"area_code": pd.Series(codes, dtype="str"), "state": pd.Series(codes, dtype="str")})
    kept = in_districts(ASKED, found)
    assert list(kept.columns) == ["area_code", "state"]
    assert kept["area_code"].dropna().tolist() == [code for code in codes if code and code.startswith("99.71.01")]
    assert kept["area_code"].isna().sum() == codes.count(None)
