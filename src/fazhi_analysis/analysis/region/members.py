"""Who is under a place: the bodies whose reports are stored, those of the table of divisions, and those expected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.catalogue._strict_csv import read_rows
from fazhi_analysis.catalogue.divisions import load_divisions
from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

EXPECTED: Final = "expected.csv"
"""File of a data folder that names, in its column ``body``, the bodies that are expected to report."""
_DIVISION: Final = "省区市州盟县旗"
_SHOWN: Final = 8


def parent_name(parent: str, reports: pd.DataFrame) -> str:
    """Full name of a place that stored reports are under, given by code, own name or full name.

    Raises UnknownNameError for one that no report is under, or that means several, listing what exists.
    """
    places = [str(name) for name in dict.fromkeys(reports["place"]) if name]
    if re.fullmatch(r"\d{6}", parent):
        parent = next((item.full_name for item in load_divisions() if item.code == parent), parent)
    found = sorted({full for place in places if (full := _above(parent, place))})
    if len(found) == 1:
        return found[0]
    above = sorted({place.removesuffix(_own(place)) for place in places} - {""})
    raise UnknownNameError(
        f"parent={parent}",
        "choice.parent.several" if found else "choice.parent.unknown",
        places=(found or above)[:_SHOWN],
    )


def _above(parent: str, place: str) -> str:
    """The part of a place's name up to and with the name of the parent; empty where it does not stand there whole."""
    at = place.find(parent)
    if at < 0 or parent[-1] not in _DIVISION or (at and place[at - 1] not in _DIVISION):
        return ""
    return place[: at + len(parent)]


def _own(place: str) -> str:
    return load_divisions().pieces(place)[-1]


def members(parent: str, reports: pd.DataFrame, data: Any = None) -> list[str]:
    """Full names of all bodies under a place: of its counties (and what is below), and of its bureaus.

    The place's own government is not one of them.
    """
    names = [str(region) for region in reports["region"] if str(region).startswith(parent) and str(region) != parent]
    for root in data_roots(data):
        file = root.parent / EXPECTED
        if file.is_file():
            names += [row["body"] for _, row in read_rows(Path(file), ["body"]) if row["body"].startswith(parent)]
    code = next((item.code for item in load_divisions() if item.full_name == parent), "")
    if code.endswith("00"):
        names += [item.full_name for item in load_divisions() if _is_below(item, code)]
    return sorted(dict.fromkeys(names))


def _is_below(item: Any, code: str) -> bool:
    """Whether a division in force is the next level below a code."""
    if item.valid_to or item.code == code:
        return False
    if code.endswith("0000"):
        return bool(item.code.startswith(code[:2]) and item.code.endswith("00"))
    return bool(item.code.startswith(code[:4]) and not item.code.endswith("00"))
