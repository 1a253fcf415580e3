"""Quantities made and amended at a fraction of the cost of the class itself.

A report has hundreds of figures. A frozen dataclass sets each of its fields through ``object.__setattr__``, which looks
the field up by name; here the slots are written directly, once, before anybody has the object.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from operator import attrgetter
from typing import Any

from fazhi_analysis.model import Quantity, field_names

_NAMES = tuple(field_names(Quantity))
_VALUES = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_PUTS = tuple(getattr(Quantity, name).__set__ for name in _NAMES)
_BLANK = tuple(None if field.default is MISSING else field.default for field in fields(Quantity))


def new_quantity(**values: Any) -> Quantity:
    """``Quantity(**values)``. Raises KeyError for a field that it does not have.

    >>> values = {"start": 0, "end": 2, "text": "5件", "value": 5, "lower": 5, "upper": 5, "unit": "件"}
    >>> values |= {"qualifier": "exact", "kind": "count", "is_metric": True}
    >>> new_quantity(**values) == Quantity(**values)
    True
    """
    return _filled(list(_BLANK), values)


def amended(quantity: Quantity, **changes: Any) -> Quantity:
    """The quantity with these fields changed. Raises KeyError for a field that it does not have.

    >>> amended(Quantity(0, 2, "5件", 5, 5, 5, "件", "exact", "count", True), label="办件数").label
    '办件数'
    """
    return _filled(list(_VALUES(quantity)), changes)


def _filled(values: list[Any], changes: dict[str, Any]) -> Quantity:
    for name, value in changes.items():
        values[_PLACES[name]] = value
    made = object.__new__(Quantity)
    for put, value in zip(_PUTS, values, strict=True):
        put(made, value)
    return made
