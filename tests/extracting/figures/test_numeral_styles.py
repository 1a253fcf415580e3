"""Every way of printing a number reads back to its value and its interval, through the whole package."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Quantity
from fazhi_analysis.reading import read_text
from fazhi_analysis.reading.characters import common_form

_DIGITS = "零一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def chinese(value: int, digits: str = _DIGITS, tens: str = "十", hundreds: str = "百", thousands: str = "千") -> str:
    """A number below 10,000 as it is spoken; written here anew, so that it does not share faults with the reader."""
    result, gap = "", False
    for scale, size in ((thousands, 1000), (hundreds, 100), (tens, 10), ("", 1)):
        digit = value // size % 10
        if digit == 0:
            gap = bool(result)
            continue
        result += (digits[0] if gap else "") + digits[digit] + scale
        gap = False
    return result[1:] if 10 <= value < 20 and digits == _DIGITS else result


def _only(sentence: str) -> Quantity:
    found = [q for q in extract(read_text(f"云汀县2024年法治政府建设年度报告\n{sentence}")).quantities if q.is_metric]
    assert len(found) == 1, (sentence, found)
    return found[0]


def _is(sentence: str, value: float, lower: float, upper: float) -> None:
    found = _only(sentence)
    assert (found.value, found.lower, found.upper) == pytest.approx((value, lower, upper)), sentence


counts = st.integers(2, 9999)
profile = settings(max_examples=60, deadline=None)


@given(counts)
@profile
def test_counts_in_every_script(value: int) -> None:
    full = str(value).translate(_FULL)
    for printed in (str(value), f"{value:,}", full, f"{value:,}".translate(_FULL)):
        _is(f"全年办理行政处罚案件{printed}件。", value, value, value)


@given(st.integers(3, 9999))
@profile
def test_counts_in_characters(value: int) -> None:
    _is(f"全年办理行政处罚案件{chinese(value)}件。", value, value, value)


@given(st.integers(1, 9999), st.sampled_from(["元", "元整", "万元", "万元整"]))
@profile
def test_capital_numerals(value: int, unit: str) -> None:
    amount = value * (10_000 if "万" in unit else 1)
    printed = chinese(value, _CAPITALS, "拾", "佰", "仟")
    assert _only(f"全年拨付普法经费{printed}{unit}。").value == amount


@given(st.integers(0, 99), st.integers(1, 9))
@profile
def test_spoken_decimals(whole: int, tenth: int) -> None:
    value = whole + tenth / 10
    spoken = f"{chinese(whole) or '零'}点{_DIGITS[tenth]}"
    _is(f"群众满意率提高{spoken}个百分点。", value, value - 0.05, value + 0.05)
    _is(f"群众满意率为百分之{spoken}。", value, value - 0.05, min(value + 0.05, 100))


@given(st.integers(1, 99), st.integers(1, 9999))
@profile
def test_digits_and_characters_mixed(upper: int, lower: int) -> None:
    value = upper * 10_000 + lower
    _is(f"全年受理热线诉求{upper}万{lower:04}件。", value, value, value)


@given(st.integers(1, 8), st.integers(1, 1), st.sampled_from([("百", 100), ("千", 1000)]), st.sampled_from("至到"))
@profile
def test_ranges_share_their_scale(low: int, step: int, scale: tuple[str, int], dash: str) -> None:
    printed = f"{_DIGITS[low]}{dash}{_DIGITS[low + step]}{scale[0]}"
    found = _only(f"每年培训执法骨干{printed}人次。")
    assert (found.lower, found.upper, found.qualifier) == (low * scale[1], (low + step) * scale[1], "range")


@given(st.integers(1, 8))
@profile
def test_neighbouring_digits_are_a_range(low: int) -> None:
    found = _only(f"每场普法活动参与群众{_DIGITS[low]}{_DIGITS[low + 1]}十人。")
    assert (found.lower, found.upper) == (low * 10, (low + 1) * 10)


@given(st.integers(2, 99), st.integers(1, 3))
@profile
def test_round_numbers_with_room_above(digits: int, zeros: int) -> None:
    value = digits * 10**zeros
    place = 10 ** next(power for power in range(1, 9) if value % 10 ** (power + 1))
    for printed in (f"{value}余份", f"{value}多份", f"{value}份以上"):
        _is(f"全年发放普法资料{printed}。", value, value, value + place - 1)
    _is(f"全年发放普法资料近{value}份。", value, value - place + 1, value)


@given(st.integers(2, 999))
@profile
def test_signs_of_bounds(value: int) -> None:
    for printed in (f"≤{value}件", f"不超过{value}件", f"至多{value}件", f"不足{value}件"):
        found = _only(f"全年行政复议纠错案件{printed}。")
        assert (found.lower, found.upper, found.qualifier) == (0, value, "under"), printed


@given(st.integers(1, 99), st.integers(0, 9), st.sampled_from("-−－–"))
@profile
def test_minus_signs_of_every_kind(whole: int, tenth: int, sign: str) -> None:
    found = _only(f"行政复议案件同比增长{sign}{whole}.{tenth}%。")
    assert found.value == pytest.approx(-(whole + tenth / 10))
    assert found.change == "yoy_pct"


@given(st.integers(10, 99), st.integers(1, 9), st.sampled_from(["%", "％", "﹪", "٪"]))
@profile
def test_percent_signs_of_every_kind(whole: int, tenth: int, sign: str) -> None:
    _is(
        f"行政许可按期办结率为{whole}.{tenth}{sign}。",
        whole + tenth / 10,
        whole + tenth / 10 - 0.05,
        whole + tenth / 10 + 0.05,
    )


_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202a\u202c"


@given(st.integers(10, 99999), st.data())
@profile
def test_marks_without_width_change_nothing(value: int, data: st.DataObject) -> None:
    printed = "".join(char + data.draw(st.text(_INVISIBLE, max_size=2)) for char in f"{value}件")
    _is(f"全年办理行政处罚案件{printed}。", value, value, value)


_PAIRS = [
    ("全县办理行政复议案件一百二十件，罚没金额三十六万元。", "全縣辦理行政複議案件一百二十件，罰沒金額三十六萬元。"),
    ("调解纠纷两千余件，聘请监督员二十五名。", "調解糾紛兩千餘件，聘請監督員二十五名。"),
    ("按期办结率达百分之九十八点六，提高一点二个百分点。", "按期辦結率達百分之九十八點六，提高一點二個百分點。"),
]


@pytest.mark.parametrize(("plain", "traditional"), _PAIRS)
@pytest.mark.parametrize("title", ["云汀县2024年法治政府建设年度报告", "雲汀縣2024年法治政府建設年度報告"])
def test_traditional_characters_read_as_the_simplified_ones(title: str, plain: str, traditional: str) -> None:
    found, wanted = (
        [q for q in extract(read_text(f"{title}\n{text}")).quantities if q.is_metric] for text in (traditional, plain)
    )
    assert [(q.value, q.lower, q.upper, q.unit) for q in found] == [(q.value, q.lower, q.upper, q.unit) for q in wanted]
    assert all(f"{title}\n{traditional}"[q.start : q.end] == q.text for q in found)


@given(st.text("縣報設務標國會與為億萬點個件0123456789.%，。\n", max_size=80))
@profile
def test_the_common_form_keeps_every_place(text: str) -> None:
    plain = common_form(text)
    assert len(plain) == len(text)
    assert [at for at, char in enumerate(plain) if char == "\n"] == [at for at, char in enumerate(text) if char == "\n"]
