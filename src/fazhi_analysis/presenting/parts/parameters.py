"""Parameters of pages as notebooks and the command line hand them over: names, lists of names, numbers by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fazhi_analysis.errors import UsageError
from fazhi_analysis.messages import Message

_BETWEEN = re.compile(r"[=＝:：]")


def as_list(value: str | Iterable[str] | None) -> list[str] | None:
    """A parameter that may be one name, several separated by commas, or a list.

    Raises :class:`~fazhi_analysis.errors.UsageError` for anything else.

    >>> as_list("a, b"), as_list(["a"]), as_list(None), as_list("")
    (['a', 'b'], ['a'], None, None)
    """
    if value is None:
        return None
    if not isinstance(value, (str, list, tuple, set, frozenset)):
        raise UsageError(repr(value), "presenting.parameter.not_names")
    items = value.replace("，", ",").split(",") if isinstance(value, str) else [str(item) for item in value]
    return [item.strip() for item in items if item.strip()] or None


def as_numbers(value: Any, name: str) -> dict[str, float | tuple[float, float]] | None:
    """Numbers by place: a mapping, a list of ``place:number`` (or ``place=number``), or such a list in one text;
    ``low~high`` is an interval.

    Raises :class:`~fazhi_analysis.errors.UsageError` that says which entry is wrong.

    >>> as_numbers(["砚桥县:105000", "霁原旗=7.5e4~8e4"], "denominators")
    {'砚桥县': 105000.0, '霁原旗': (75000.0, 80000.0)}
    >>> as_numbers({"砚桥县": 105000}, "denominators"), as_numbers("", "denominators")
    ({'砚桥县': 105000.0}, None)
    """
    pairs: list[tuple[str, Any]]
    if isinstance(value, Mapping):
        pairs = [(str(place), number) for place, number in value.items()]
    else:
        pairs = []
        for item in as_list(value) or []:
            place, *number = _BETWEEN.split(item, maxsplit=1)
            if not number:
                raise UsageError(_at(name, item), "presenting.parameter.no_number")
            pairs.append((place.strip(), number[0]))
    return {place: _ends(number, _at(name, place)) for place, number in pairs} or None


def _at(name: str, entry: str) -> Message:
    return Message("presenting.parameter.entry", name=name, entry=entry)


def _ends(number: Any, where: Message) -> float | tuple[float, float]:
    ends = str(number).replace("～", "~").split("~") if isinstance(number, str) else number
    try:
        if isinstance(ends, (list, tuple)):
            low, high = float(ends[0]), float(ends[-1])
            return low if low == high else (low, high)
        return float(ends)
    except (TypeError, ValueError, IndexError):
        raise UsageError(where, "presenting.parameter.not_a_number", number=str(number)) from None
