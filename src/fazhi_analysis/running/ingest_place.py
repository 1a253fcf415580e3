"""Which place, or which body of it, a report is said to be about by the options."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.catalogue.place_names import is_code, level_of
from fazhi_analysis.dataset.printed_place import Place
from fazhi_analysis.errors import UnknownNameError, UsageError

_ZONE = re.compile(r".{2,}(?:开发区|高新区|新区|园区|示范区|保税区|合作区|试验区|度假区|管理区)$")
"""Functional zones report as places do and have no code. Nor have bodies, whose names end with no kind of place."""


def chosen_place(region: str | None, code: str | None, year: int | None = None) -> Place | None:
    """The place that the options ask for, None without any; with only an unknown code, its name is left empty.

    Raises UnknownNameError for a place that does not exist or a name that fits several, UsageError for a code that is
    none. A body (a bureau, a commission) or a functional zone is taken by its full name.

    >>> chosen_place("方城县", None)
    Place(region='河南省方城县', code='411322')
    >>> chosen_place("河南省方城县司法局", None), chosen_place("云岭省望溪市高新区", None)
    (Place(region='河南省方城县司法局', code=''), Place(region='云岭省望溪市高新区', code=''))
    """
    divisions = load_divisions()
    if code is not None:
        if not is_code(code):
            raise UsageError(f"--code {code}", "running.ingest.code_form")
        found = divisions.by_code(code, year) or divisions.by_code(code)
        return Place(region or (found.full_name if found else ""), code)
    if region is None:
        return None
    name = region.strip()
    if not divisions.candidates(name) and len(name) > 2 and (not level_of(name) or _ZONE.fullmatch(name)):
        return Place(name)
    try:
        place = divisions.find(name, year)
    except UnknownNameError:
        if year is None or not divisions.candidates(name):
            raise
        place = divisions.find(name)
    return Place(place.full_name, place.code)
