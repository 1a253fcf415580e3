"""Quantities made and amended at a fraction of the cost of the class itself.

A report has hundreds of figures. A frozen dataclass sets each of its fields through ``object.__setattr__``, which looks
the field up by name. A draft is a twin of the class that is not frozen, with the same slots; sealed, it becomes a
quantity. Fields are best given in the order of the class: looking up twenty by name costs more than setting them.
"""

from __future__ import annotations

from dataclasses import MISSING, field, fields, make_dataclass
from operator import attrgetter
from typing import Any

from fazhi_analysis.model import Quantity, field_names

_VALUES = attrgetter(*field_names(Quantity))
new_draft: Any = make_dataclass(
    "Draft",
    [
        (one.name, Any) if one.default is MISSING else (one.name, Any, field(default=one.default))
        for one in fields(Quantity)
    ],
    slots=True,
)
"""A draft of these values, in the order of the fields of a quantity or by name. Raises TypeError for others."""


made = tuple.__new__
"""``made(Kind, values)``: a named tuple at half the cost of calling its class, for those made for every figure."""


def draft_of(quantity: Quantity) -> Any:
    """A draft with the values of a quantity. Setting what is no field raises AttributeError.

    >>> draft = draft_of(Quantity(0, 2, "5件", 5, 5, 5, "件", "exact", "count", True))
    >>> draft.label = "办件数"
    >>> sealed(draft).label
    '办件数'
    """
    return new_draft(*_VALUES(quantity))


def sealed(draft: Any) -> Quantity:
    """The draft itself, as a quantity.

    >>> values = (0, 2, "5件", 5, 5, 5, "件", "exact", "count", True)
    >>> sealed(new_draft(*values)) == Quantity(*values)
    True
    """
    draft.__class__ = Quantity
    return draft  # type: ignore[no-any-return]
