"""Quantities made and amended at a fraction of the cost of the class itself.

A report has hundreds of figures. A frozen dataclass sets each of its fields through ``object.__setattr__``, which looks
the field up by name. Here a twin of the class that is not frozen, with the same slots, is filled and then becomes a
quantity, before anybody has the object.
"""

from __future__ import annotations

from dataclasses import MISSING, field, fields, make_dataclass
from operator import attrgetter
from typing import Any

from fazhi_analysis.model import Quantity, field_names

_NAMES = tuple(field_names(Quantity))
_VALUES = attrgetter(*_NAMES)
_Twin: Any = make_dataclass(
    "_Twin",
    [
        (one.name, Any) if one.default is MISSING else (one.name, Any, field(default=one.default))
        for one in fields(Quantity)
    ],
    slots=True,
)


def new_quantity(**values: Any) -> Quantity:
    """``Quantity(**values)``. Raises TypeError for a field that it does not have.

    >>> values = {"start": 0, "end": 2, "text": "5件", "value": 5, "lower": 5, "upper": 5, "unit": "件"}
    >>> values |= {"qualifier": "exact", "kind": "count", "is_metric": True}
    >>> new_quantity(**values) == Quantity(**values)
    True
    """
    made = _Twin(**values)
    made.__class__ = Quantity
    return made  # type: ignore[no-any-return]


def amended(quantity: Quantity, **changes: Any) -> Quantity:
    """The quantity with these fields changed. Raises AttributeError for a field that it does not have.

    >>> amended(Quantity(0, 2, "5件", 5, 5, 5, "件", "exact", "count", True), label="办件数").label
    '办件数'
    """
    made = _Twin(*_VALUES(quantity))
    for name, value in changes.items():
        setattr(made, name, value)
    made.__class__ = Quantity
    return made  # type: ignore[no-any-return]
