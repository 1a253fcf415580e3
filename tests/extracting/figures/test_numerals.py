"""Numerals and intervals: what is printed is what is read."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.extracting.figures.intervals import Interval, interval
from fazhi_analysis.extracting.figures.numerals import parse_adjacent, parse_numeral, parse_range

DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """Chinese numeral of a whole number below 10**12, as an office writes it."""
    if value == 0:
        return "零"
    pieces = []
    for scale, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, scale)
        if section:
            if pieces and section < 1000:
                pieces.append("零")
            pieces.append(_section(section) + sign)
    text = "".join(pieces)
    return text[1:] if text.startswith("一十") else text


def _section(value: int) -> str:
    text, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
            gap = False
        elif text:
            gap = True
    return text


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(value: int) -> None:
    numeral = parse_numeral(chinese(value))
    assert numeral is not None
    assert numeral.value == value
    assert numeral.step == 1


@given(st.integers(min_value=0, max_value=10**12), st.booleans())
def test_arabic_numerals_round_trip(value: int, separated: bool) -> None:
    numeral = parse_numeral(f"{value:,}" if separated else str(value))
    assert numeral is not None
    assert (numeral.value, numeral.step, numeral.rounded) == (value, 1, False)


@given(
    st.integers(min_value=1, max_value=99999), st.integers(min_value=0, max_value=3), st.sampled_from(["", "万", "亿"])
)
def test_decimals_and_scales(digits: int, places: int, scale: str) -> None:
    factor = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}[scale]
    printed = Decimal(digits).scaleb(-places)
    numeral = parse_numeral(f"{printed:f}{scale}")
    assert numeral is not None
    assert numeral.value == printed * factor
    assert numeral.step == factor.scaleb(-places)
    assert numeral.rounded == (places > 0 or scale != "")


@given(st.integers(min_value=1900, max_value=2099))
def test_years_in_positional_digits(year: int) -> None:
    for zero in "零〇○":
        text = "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", zero)
        numeral = parse_numeral(text)
        assert numeral is not None
        assert numeral.value == year


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    numeral = parse_numeral(text)
    assert numeral is None or numeral.value.is_finite()


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点0123456789.,", max_size=10))
def test_any_mixture_of_numeral_characters(text: str) -> None:
    numeral = parse_numeral(text)
    assert numeral is None or (numeral.value >= 0 and numeral.step > 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百五", 150),
        ("三万二", 32000),
        ("一百零五", 105),
        ("两千", 2000),
        ("十", 10),
        ("百", 100),
        ("1万亿", 10**12),
        ("5百", 500),
        ("2万5千", 25000),
        ("1.5亿", 150000000),
        ("2 841", 2841),
        ("九十九点五", 99.5),
        ("一亿零三万", 100030000),
    ],
)
def test_particular_numerals(text: str, value: float) -> None:
    numeral = parse_numeral(text)
    assert numeral is not None
    assert float(numeral.value) == value


@pytest.mark.parametrize("text", ["", "件", "一二三百", "点五", "三点", "1.2.3", "十百", "百千"])
def test_no_numerals(text: str) -> None:
    assert parse_numeral(text) is None


WORDINGS = ["exact", "more", "part", "over", "open", "near", "about", "least", "under"]


@given(
    st.integers(min_value=1, max_value=10**7),
    st.integers(min_value=0, max_value=2),
    st.sampled_from(WORDINGS),
    st.booleans(),
    st.booleans(),
)
def test_an_interval_holds_its_value(digits: int, places: int, wording: str, rate: bool, target: bool) -> None:
    numeral = parse_numeral(f"{Decimal(digits).scaleb(-places):f}")
    assert numeral is not None
    found = interval(numeral, wording, rate=rate, target=target)
    assert found.contains(float(numeral.value))
    assert found.lower >= 0


@given(st.integers(min_value=0, max_value=10000), st.sampled_from(WORDINGS), st.booleans())
def test_a_share_stays_between_0_and_100(hundredths: int, wording: str, target: bool) -> None:
    numeral = parse_numeral(f"{Decimal(hundredths).scaleb(-2):f}")
    assert numeral is not None
    found = interval(numeral, wording, rate=True, share=True, target=target)
    assert 0 <= found.lower <= float(numeral.value) <= found.upper <= 100


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=1, max_value=6))
def test_room_is_one_place_of_the_last_digit(digit: int, zeros: int) -> None:
    numeral = parse_numeral(str(digit * 10**zeros))
    assert numeral is not None
    room = 10**zeros
    for wording in ("more", "over"):
        assert interval(numeral, wording).upper - float(numeral.value) == room - 1
    assert float(numeral.value) - interval(numeral, "near").lower == room - 1
    about = interval(numeral, "about")
    assert about.upper - about.lower == room


def test_the_design_table() -> None:
    def of(text: str, wording: str, **more: bool) -> tuple[float, float]:
        numeral = parse_numeral(text)
        assert numeral is not None
        found = interval(numeral, wording, **more)
        return found.lower, found.upper

    assert of("2841", "exact") == (2841, 2841)
    assert of("0", "exact") == (0, 0)
    assert of("97.06", "exact", rate=True, share=True) == (97.055, 97.065)
    assert of("1.7亿", "exact") == (165000000, 175000000)
    assert of("3.28万", "exact") == (32750, 32850)
    assert of("100", "exact", rate=True, share=True) == (99.5, 100)
    assert of("300", "exact", rate=True) == (299.5, 300.5)
    assert of("300", "more") == (300, 399)
    assert of("160", "more") == (160, 169)
    assert of("28", "more") == (28, 29)
    assert of("270万", "more") == (2700000, 2799999)
    assert of("700", "over") == (700, 799)
    assert of("4", "over") == (4, math.inf)
    assert of("90", "over", rate=True, share=True) == (90, 100)
    assert of("20", "over", rate=True) == (20, math.inf)
    assert of("600", "open") == (600, math.inf)
    assert of("95", "open", rate=True, share=True) == (95, 100)
    assert of("3", "part") == (3, 3.9)
    assert of("480", "near") == (471, 480)
    assert of("600", "about") == (550, 650)
    assert of("50", "least", rate=True, share=True) == (50, 100)
    assert of("600", "least") == (600, math.inf)
    assert of("600", "over", target=True) == (600, math.inf)
    assert of("20", "under") == (0, 20)


def test_digits_behind_a_scale_fill_its_places_and_have_no_point() -> None:
    filled = parse_numeral("3百99")
    assert filled is not None
    assert filled.value == 399
    assert parse_numeral("3百100") is None
    assert parse_numeral("3百1.5") is None


def test_two_digits_side_by_side_are_neighbours_in_order_but_for_three_to_five() -> None:
    assert parse_adjacent("三五") is not None
    assert parse_adjacent("六五") is None
    assert parse_adjacent("九五") is None


def test_the_longest_amount_has_24_characters() -> None:
    assert parse_numeral(f"0.{5:022d}") is not None
    assert parse_numeral(f"0.{5:023d}") is None


@pytest.mark.parametrize("ends", [("件", "5"), ("5", "件"), ("件", "件")])
def test_a_range_has_two_numbers(ends: tuple[str, str]) -> None:
    assert parse_range(*ends) is None


def test_a_share_of_at_least_all_is_all() -> None:
    whole = parse_numeral("100")
    assert whole is not None
    assert interval(whole, "least", rate=True, share=True) == Interval(100, 100)
    assert interval(whole, "least", rate=True) == Interval(100, math.inf)


def test_counted_in_a_larger_unit_the_place_value_grows_as_well() -> None:
    number = parse_numeral("4.46")
    assert number is not None
    assert number.times(Decimal(100)) == (446, 1, True)


@pytest.mark.parametrize(("text", "value"), [("二〇", 20), ("三五", 35), ("零五", 5)])
def test_two_digits_without_a_scale_are_positional(text: str, value: int) -> None:
    numeral = parse_numeral(text)
    assert numeral is not None
    assert (numeral.value, numeral.step) == (value, 1)


@pytest.mark.parametrize("text", ["1,000,000,000,000,000", "9,000,000,000,000,000", "٣٥", "²", "５３"])
def test_codes_and_digits_of_other_scripts_are_no_numbers(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(("text", "ends"), [("15", (14.5, 15.5)), ("0.7", (0.65, 0.75)), ("30", (25, 35))])
def test_about_a_number_is_half_its_last_place_either_way(text: str, ends: tuple[float, float]) -> None:
    numeral = parse_numeral(text)
    assert numeral is not None
    assert interval(numeral, "about") == Interval(*ends)
