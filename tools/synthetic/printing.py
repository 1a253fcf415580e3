"""How a figure is printed, and what the printed words say: text, value and interval of one figure."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from .figures import DERIVED, SPECS


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure. ``number`` is the numeral as printed; ``slot`` names what it is (key of the figures, with a
    prefix ``+`` for a growth, ``^`` for percentage points, ``>`` for a target)."""

    slot: str
    text: str
    number: str
    value: float
    lower: float
    upper: float
    unit: str
    qualifier: str = "exact"
    kind: str = "count"
    ids: tuple[str, ...] = ("",)
    label: str = ""
    role: str = "result"
    change: str = "level"
    period: str = ""
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """A numeric expression that is no amount: a date or a name."""

    text: str
    kind: str


@cache
def ids_of(key: str) -> tuple[str, ...]:
    """Acceptable catalogue ids of a figure."""
    listed = SPECS[key].indicator if key in SPECS else DERIVED[key][0]
    return tuple("" if one == "-" else one for one in listed.split(","))


def _unit(key: str) -> str:
    return SPECS[key].units[0] if key in SPECS else DERIVED[key][1]


def _label(key: str) -> str:
    return SPECS[key].label if key in SPECS else DERIVED[key][2]


def place(value: int) -> int:
    """Place value of the last digit that is not zero.

    >>> place(2500), place(28), place(300)
    (100, 1, 100)
    """
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def exact(key: str, value: float, gap: str = "") -> Figure:
    """A plain count."""
    number = str(int(value))
    unit = _unit(key)
    return Figure(key, f"{number}{gap}{unit}", number, value, value, value, unit, ids=ids_of(key), label=_label(key))


def rate(key: str, value: float, places: int, gap: str = "") -> Figure:
    """A level in percent; all and nothing without decimals."""
    number = str(int(value)) if value in (0, 100) else f"{value:.{places}f}"
    shown = Decimal(number)
    half = Decimal(1).scaleb(int(shown.as_tuple().exponent)) / 2
    low, high = max(shown - half, Decimal(0)), min(shown + half, Decimal(100))
    return Figure(
        key, f"{number}%", number, float(shown), float(low), float(high), "%", kind="rate", ids=ids_of(key)
    )  # fmt: skip


def money(key: str, value: float, gap: str = "") -> Figure:
    """万元 with up to one decimal, 亿元 with two."""
    if value >= 100_000_000:
        number, scale, word = f"{value / 1e8:.2f}", Decimal(10**8), "亿元"
    else:
        number, scale, word = f"{value / 1e4:.1f}".removesuffix(".0"), Decimal(10**4), "万元"
    shown = Decimal(number)
    half = Decimal(1).scaleb(int(shown.as_tuple().exponent)) * scale / 2
    middle = shown * scale
    return Figure(
        key, f"{number}{gap}{word}", number, float(middle), float(middle - half), float(middle + half), "元",
        kind="money", ids=ids_of(key), label=_label(key),
    )  # fmt: skip


def wan(key: str, value: float, gap: str = "", *, more: bool = False) -> Figure:
    """万 with one decimal, with 余 when the rest was dropped."""
    unit, tenths = _unit(key), int(value) // 1000 if more else round(value / 1000)
    number = f"{tenths / 10:.1f}".removesuffix(".0")
    base = tenths * 1000
    common = {"unit": unit, "ids": ids_of(key), "label": _label(key)}
    if more:
        high = base + place(base) - 1
        return Figure(key, f"{number}{gap}万余{unit}", number, base, base, high, qualifier="over", **common)
    half = 500 if "." in number else 5000
    return Figure(key, f"{number}{gap}万{unit}", number, base, base - half, base + half, **common)


def vague(key: str, value: float, rng: random.Random, gap: str = "") -> Figure:
    """余, 多, 超过 or 近: the interval holds the true value."""
    unit, step = _unit(key), 10
    while step * 100 <= value:
        step *= 10
    floor = int(value) // step * step
    if floor == value or floor == 0:
        return exact(key, value, gap)
    common = {"unit": unit, "ids": ids_of(key), "label": _label(key)}
    word = rng.choice(("余", "余", "余", "多", "超过", "近"))
    if word == "近":
        top = floor + step
        return Figure(
            key, f"近{gap}{top}{gap}{unit}", str(top), top, top - place(top) + 1, top, qualifier="about", **common
        )
    text = f"超过{gap}{floor}{gap}{unit}" if word == "超过" else f"{floor}{gap}{word}{unit}"
    return Figure(key, text, str(floor), floor, floor, floor + place(floor) - 1, qualifier="over", **common)


def growth(key: str, now: float, before: float) -> Figure | None:
    """Growth over last year, to one decimal; none when it rounds to nothing. The figure itself carries no sign."""
    percent = 100 * (now - before) / before
    number = f"{abs(percent):.1f}"
    if number == "0.0":
        return None
    shown = Decimal(number)
    half = Decimal("0.05")
    return Figure(
        f"+{key}", f"{number}%", number, float(shown), float(shown - half), float(shown + half), "%", kind="rate",
        ids=tuple(dict.fromkeys((*ids_of(key), ""))), change="yoy_pct", falls=percent < 0,
    )  # fmt: skip


def points(key: str, now: float, before: float, places: int) -> Figure | None:
    """Change of a rate in percentage points; none when it is nothing."""
    change = Decimal(str(now)) - Decimal(str(before))
    number = f"{abs(change):.{places}f}"
    if not Decimal(number):
        return None
    shown, half = Decimal(number), Decimal(1).scaleb(-places) / 2
    return Figure(
        f"^{key}", f"{number}个百分点", number, float(shown), float(shown - half), float(shown + half), "百分点",
        kind="rate", ids=tuple(dict.fromkeys((*ids_of(key), ""))), change="points", falls=change < 0,
    )  # fmt: skip


def target(key: str, low: int, year: int, rng: random.Random, gap: str = "") -> Figure:
    """A demand for next year: 不少于 or 以上."""
    unit, number = _unit(key), str(low)
    text = rng.choice((f"不少于{gap}{number}{gap}{unit}", f"{number}{gap}{unit}以上"))
    return Figure(
        f">{key}", text, number, low, low, float("inf"), unit, "over", ids=ids_of(key), label=_label(key),
        role="target", period=str(year),
    )  # fmt: skip


def renumbered(figure: Figure, number: str, value: float, lower: float, upper: float) -> Figure:
    """The same figure with another numeral."""
    return replace(
        figure, text=figure.text.replace(figure.number, number, 1), number=number, value=value, lower=lower, upper=upper
    )  # fmt: skip


def show(key: str, values: dict[str, float], rng: random.Random, gap: str = "") -> Figure:
    """Print a figure as its kind asks."""
    value = values[key]
    if (DERIVED[key][1] if key in DERIVED else "") == "%":
        return rate(key, value, int(values.get(f"{key}/places", 1)), gap)
    style = SPECS[key].style if key in SPECS else "exact"
    if style == "money":
        return money(key, value, gap)
    if style == "wan":
        return wan(key, value, gap, more=rng.random() < 0.5)
    if style == "vague" and value >= 30 and rng.random() < 0.6:
        return vague(key, value, rng, gap)
    return exact(key, value, gap)
