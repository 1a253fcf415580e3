"""What a person asks for, in the form in which the tables hold it: years as numbers, names with the nearest ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import overload

from fazhi_analysis.errors import UnknownNameError


@overload
def year_asked(year: float | str, name: str = "year") -> int: ...
@overload
def year_asked(year: float | str | None, name: str = "year") -> int | None: ...
def year_asked(year: float | str | None, name: str = "year") -> int | None:
    """A year as a whole number, however it was written: 2024, 2024.0, ``"2024"``, ``"2024年"``; None stays None.

    Raises UnknownNameError, which names the parameter, for anything else.

    >>> year_asked("2024年"), year_asked(2024.0), year_asked(None)
    (2024, 2024, None)
    """
    if year is None:
        return None
    try:
        number = float(str(year).strip().removesuffix("年"))
        if number != int(number):
            raise ValueError(year)
    except (ValueError, OverflowError):
        raise UnknownNameError(f"{name}={year}", "choice.year.not_a_year") from None
    return int(number)


def nearest(name: str, known: Iterable[str], limit: int = 5) -> list[str]:
    """The known names that look like a mistyped one, the nearest first.

    >>> nearest("litigation_case", ["penalty_cases", "litigation_cases"])
    ['litigation_cases']
    """
    return difflib.get_close_matches(name, list(known), n=limit, cutoff=0.6)


def nearest_first(name: str, known: Iterable[str], limit: int) -> list[str]:
    """Known names for a message: those that look like the mistyped one, else all in their order, at most ``limit``.

    >>> nearest_first("litigation_case", ["penalty_cases", "litigation_cases"], 40)
    ['litigation_cases']
    >>> nearest_first("x", ["penalty_cases", "litigation_cases"], 40)
    ['penalty_cases', 'litigation_cases']
    """
    every = list(known)
    return nearest(name, every) or every[:limit]
