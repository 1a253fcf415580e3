"""Any object of the model as a plain record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any


def as_record(thing: Any) -> dict[str, Any]:
    """Stored attributes of any object of the model as a plain dictionary, as the JSON shows them.

    >>> from fazhi_analysis.model import Part
    >>> as_record(Part("x", 1, 2))
    {'text': 'x', 'start': 1, 'end': 2, 'answered': ''}
    """
    return asdict(thing)


def field_names(cls: type) -> Iterator[str]:
    """Names of the stored attributes of a class of the model, in order."""
    return (item.name for item in fields(cls))
