"""What stretch of time a figure covers, seen from the year of its report.

Two figures compare when their periods look the same from their own year: ``2023`` in the report on 2023 and ``2024`` in
the report on 2024 are both the full year; ``2021以来`` in both is three years against four, and does not compare.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.integer_codes import Codes, Ints, combine

FULL_YEAR = "Y"
"""The period of an ordinary figure: the year of the report."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE = re.compile(r"Y(?:年|年度|全年|年全年|年1月至12月|年1-12月|-01[/至~—-]+Y-12)?")
_MOMENT = re.compile(r"(?:截至|累计至|至)?Y(?:年底|年末|年12月底?|-12-31|-12)|(?:截至|累计至)Y")


def normalise(period: str, year: int, stock: bool = False) -> str:
    """The period with every year written as its distance from the report's year; ``"Y"`` for the full year.

    A stock (what exists at a moment) has no length: its year-end and its year are the same thing.

    >>> normalise("", 2023), normalise("2023", 2023), normalise("2022", 2023)
    ('Y', 'Y', 'Y-1')
    >>> normalise("2021以来", 2023)
    'Y-2以来'
    >>> normalise("2022-08至2023-07", 2023) == normalise("2023-08至2024-07", 2024)
    True
    >>> normalise("截至2023年底", 2023, stock=True), normalise("累计至2023", 2023, stock=True)
    ('Y', 'Y')
    """
    if not period:
        return FULL_YEAR

    def distance(match: re.Match[str]) -> str:
        gap = int(match.group()) - year
        return "Y" if gap == 0 else f"Y{gap:+d}"

    shape = _YEAR.sub(distance, "".join(period.split()))
    if _WHOLE.fullmatch(shape) or (stock and _MOMENT.fullmatch(shape)):
        return FULL_YEAR
    return shape


def period_codes(period: Codes, year: npt.NDArray[np.int64], stock: npt.NDArray[np.bool_]) -> Codes:
    """Codes of the normalised periods of all rows; one call of :func:`normalise` a distinct combination.

    >>> from fazhi_analysis.analysis.integer_codes import Codes
    >>> column = Codes(np.array([0, 1]), ["", "2021以来"])
    >>> period_codes(column, np.array([2023, 2023]), np.array([False, False])).texts
    ['', 'Y', 'Y-2以来']
    """
    rows = len(period.codes)
    texts = ["", FULL_YEAR]
    if len(period.texts) == 1 or not rows:
        return Codes(np.ones(rows, dtype=np.int32), texts)
    first = int(year.min())
    span = int(year.max()) - first + 1
    key = combine((period.codes, len(period.texts)), (year - first, span), (stock, 2))
    distinct, place = _distinct(key, len(period.texts) * span * 2)
    found = {text: code for code, text in enumerate(texts)}
    table = np.zeros(len(distinct), dtype=np.int32)
    for position, combination in enumerate(distinct.tolist()):
        rest, is_stock = divmod(combination, 2)
        text, gap = divmod(rest, span)
        shape = normalise(period.texts[text], first + gap, bool(is_stock))
        table[position] = found.setdefault(shape, len(found))
    return Codes(table[place], list(found))


def _distinct(key: Ints, size: int) -> tuple[Ints, Ints]:
    """Distinct keys (all below ``size``) and the place of each row's key among them."""
    if size > 4 * len(key) + 1024:
        distinct, place = np.unique(key, return_inverse=True)
        return distinct, place
    present = np.zeros(size, dtype=bool)
    present[key] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[key]
