"""Number columns: thousands and decimals are told apart by the whole column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sort.numbers import count_column, decimal_style

COUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("texts", "style", "counts"),
    [
        (["312", "007", "0"], "polos", [312, 7, 0]),
        (["238.799", "57"], "titik", [238_799, 57]),
        (["3.015", "1.238.799"], "titik", [3015, 1_238_799]),
        (["238,799", "57"], "koma", [238_799, 57]),
        (["10. 794", "1 .234"], "titik", [10_794, 1234]),
        (["10 794", "57"], "spasi", [10_794, 57]),
        (["10\u00a0794"], "spasi", [10_794]),
        (["312.0", "57.0"], "polos", [312, 57]),
        (["57,0", "8"], "polos", [57, 8]),
        (["1.234,0", "57"], "titik", [1234, 57]),
        (["3.000", "1.500"], "titik", [3000, 1500]),
    ],
)
def test_one_style_for_the_column(texts: list[str], style: str, counts: list[int]) -> None:
    column = count_column(texts)
    assert (column.style, list(column.values.values())) == (style, counts)


@pytest.mark.parametrize(
    "signed", [["3.015", "12.5"], ["3.015", "312.0"], ["238.799", "238,799"], ["57,5"], ["0.057"], ["1.23.456"]]
)
def test_signs_that_no_style_explains_are_unreadable_and_plain_numbers_are_not(signed: list[str]) -> None:
    column = count_column([*signed, "312"])
    assert column.style == "taktentu"
    assert column.values == dict.fromkeys(signed) | {"312": 312}


@pytest.mark.parametrize("text", ["", "-", "-5", "+5", "312 orang", "1 2", "1472010101800001", "1.472E+09", "٣", "½"])
def test_what_is_no_count_is_none_and_decides_nothing(text: str) -> None:
    column = count_column([text, "3.015"])
    assert column.values == {text: None, "3.015": 3015}


@given(COUNTS, st.sampled_from([".", ",", " "]))
def test_counts_come_back_from_every_thousands_sign(counts: list[int], sign: str) -> None:
    texts = {f"{count:,}".replace(",", sign): count for count in counts}
    assert count_column(texts).values == texts


@given(COUNTS)
def test_counts_come_back_from_decimals_of_nothing(counts: list[int]) -> None:
    texts = {f"{count}.0": count for count in counts}
    assert count_column(texts).values == texts


@given(st.permutations(["3.015", "238.799", "57", "x", "312,0"]))
def test_the_order_of_texts_changes_no_count(texts: list[str]) -> None:
    column = count_column(texts)
    assert (column.style, column.values) == (
        "titik",
        {"3.015": 3015, "238.799": 238_799, "57": 57, "x": None, "312,0": 312},
    )


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["57,25", "3,1"], "koma"),
        (["57.25", "3"], "titik"),
        (["1.238,5", "57,250"], "koma"),
        (["1,238.5"], "titik"),
        (["1.238.799"], "koma"),
        (["3.015"], "taktentu"),
        (["3.015", "57.25"], "titik"),
        (["3.015", "57,25"], "koma"),
        (["-0.057"], "titik"),
        (["1234.567"], "titik"),
        (["57,25", "57.25"], "taktentu"),
        (["1.234,567,890"], "taktentu"),
        (["3", "12", "sekitar 3,5"], "titik"),
        ([], "titik"),
    ],
)
def test_the_decimal_sign_is_decided_for_the_column(texts: list[str], style: str) -> None:
    assert decimal_style(texts) == style


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=20))
def test_two_decimals_always_tell_their_sign(numbers: list[object]) -> None:
    dots = [f"{number:,}" for number in numbers]
    assert decimal_style(dots) == "titik"
    assert decimal_style([text.translate(str.maketrans(",.", ".,")) for text in dots]) == "koma"
