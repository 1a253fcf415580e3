"""Which place, or which body of it, a user says that a report is about, and for which year."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_analysis.catalogue.bodies import Organ, is_zone, read_organ
from fazhi_analysis.catalogue.division import Division
from fazhi_analysis.catalogue.divisions import load_divisions
from fazhi_analysis.catalogue.place_names import is_code, level_of
from fazhi_analysis.errors import UnknownNameError, UsageError


@dataclass(frozen=True, slots=True)
class Given:
    """What a user says of a document: the place or body that reports, and the year; None is left to the document.

    Of an unknown code that was given alone the document has to tell the name: that of ``organ`` is then empty.
    """

    organ: Organ | None = None
    year: int | None = None


NOTHING_GIVEN = Given()


def given(region: str | None = None, code: str | None = None, year: int | None = None) -> Given:
    """What the options ``--region``, ``--code`` and ``--year`` say.

    Raises UnknownNameError for a place that does not exist or a name that fits several, UsageError for a code that is
    none and for a year that cannot be.

    >>> found = given("方城县", year=2024)
    >>> found.organ.region, found.organ.code, found.year
    ('河南省方城县', '411322', 2024)
    """
    if year is not None and not 1949 <= year <= 2999:
        raise UsageError(f"--year {year}", "choice.given.year_out_of_range")
    return Given(chosen_place(region, code, year), year)


def chosen_place(region: str | None, code: str | None, year: int | None = None) -> Organ | None:
    """The place or body that the options ask for, None without any. Errors as of :func:`given`.

    A body (a bureau, a commission, a town) or a functional zone needs no code.

    >>> [chosen_place(name, None).region for name in ("方城县人民政府", "方城县教体局", "云岭省望溪市高新区")]
    ['河南省方城县', '河南省方城县教育体育局', '云岭省望溪市高新区']
    """
    name = region.strip() if region is not None else None
    if code is not None:
        return _of_code(name, code, year)
    if name is None:
        return None
    divisions = load_divisions()
    if divisions.candidates(name) or (level_of(name) not in ("", "township") and not is_zone(name)):
        place = _division(name, year)
        return Organ(place.full_name, place.code, "", None)
    organ = read_organ(name, year)
    if organ is None or organ.rest or not (organ.body or organ.code or is_zone(name)):
        if len(name) <= 2 or level_of(name):
            divisions.find(name)  # it raises
        return Organ(name, "", "", None)
    if organ.place and not organ.code and divisions.candidates(organ.place):
        divisions.find(organ.place, year)  # several: it raises
    return organ


def _of_code(name: str | None, code: str, year: int | None) -> Organ:
    if not is_code(code):
        raise UsageError(f"--code {code}", "choice.given.code_form")
    found = load_divisions().by_code(code, year) or load_divisions().by_code(code)
    return Organ(name or (found.full_name if found else ""), code, "", None)


def _division(name: str, year: int | None) -> Division:
    """The one division of a name, in force in the year or, where none was, at any time."""
    divisions = load_divisions()
    try:
        return divisions.find(name, year)
    except UnknownNameError:
        if year is None or not divisions.candidates(name):
            raise
        return divisions.find(name)
