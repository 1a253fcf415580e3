"""Each figure that two documents give, held side by side; and the identities inside a series of disclosure reports."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from fazhi_analysis.analysis.companions.companion_documents import Document, documents_of
from fazhi_analysis.analysis.companions.disclosure_identities import series_checks
from fazhi_analysis.analysis.stored_rows import MetricRow, span_of
from fazhi_analysis.catalogue import comparable_units
from fazhi_analysis.catalogue.data_files import data_rows

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["agrees", "other_period", "other_scope", "other_definition", "contradicts", "cannot_tell"]
VERDICTS: Final = ("contradicts", "other_definition", "other_scope", "other_period", "cannot_tell", "agrees")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a check: the report, its kind and year, its row with value and place. Empty of a computed side."""

    report_id: str
    kind: str
    year: int
    row_id: str
    value: float
    lower: float
    upper: float
    unit: str
    section: str = ""
    start: int | None = None
    end: int | None = None
    qualifier: str = "exact"
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what is counted, the two sides, the verdict, and why (a key of ``cross_check.reason``, with words)."""

    what: Literal["pair", "series"]
    indicator_id: str
    label: str
    verdict: Verdict
    reason: str
    detail: str
    left: Side
    right: Side


def cross_check(region: str, year: int, data: Any = None) -> pd.DataFrame:
    """Figures that several documents of a place and year give, and the identities of its disclosure reports.

    Parameters
    ----------
    region, year:
        Place (code, own name or full name) and year.
    data:
        Data folder, or several; the bundled data by default.

    Returns
    -------
    DataFrame
        One row a check, the gravest first: ``what`` (pair: a figure that two documents give; series: an identity of
        disclosure reports), ``indicator_id``, ``label``, ``verdict`` (agrees, other_period, other_scope,
        other_definition, contradicts, cannot_tell), ``reason``, ``detail``, and of each side (``left_``, ``right_``)
        report_id, kind, year, row_id, value, lower, upper, unit, section, start, end, qualifier, wording.

    Raises
    ------
    UnknownNameError
        For a place or year that the data do not have.

    >>> len(cross_check("砚桥县", 2024))
    0
    """
    import pandas as pd

    from fazhi_analysis.analysis.place_year import PlaceYear

    place = PlaceYear.open(region=region, year=year, data=data)
    rows = [_flat(check) for check in checks_of(place.region_code, place.region, int(year), data)]
    columns = list(_flat(_EMPTY))
    return pd.DataFrame(rows, columns=columns)


def checks_of(place_code: str, place: str, year: int, data: Any = None) -> list[Check]:
    """All checks of a place and year, the gravest first."""
    documents = documents_of(place_code, place, [year - 1, year], data)
    found = [*pair_checks([one for one in documents if one.year == year]), *_series(documents, year)]
    return sorted(found, key=lambda check: (VERDICTS.index(check.verdict), check.what, check.label))


def pair_checks(documents: Sequence[Document]) -> list[Check]:
    """Each figure that two documents of different kinds give: of the rows of one, the most alike of the other."""
    found = []
    for one, other in itertools.combinations(documents, 2):
        if one.kind == other.kind:
            continue
        for name, rows in _by_name(other).items():
            partners = _by_name(one).get(name, [])
            found += [_pair(one, partner, other, row) for row, partner in _matched(rows, partners)]
    return found


def _by_name(document: Document) -> dict[str, list[MetricRow]]:
    found: dict[str, list[MetricRow]] = {}
    for row in document.figures:
        if row["indicator_id"]:
            found.setdefault(row["indicator_id"], []).append(row)
    return found


def _matched(rows: Sequence[MetricRow], partners: Sequence[MetricRow]) -> Iterator[tuple[MetricRow, MetricRow]]:
    """Each row with the partner that differs from it in the least; no partner twice."""
    free = list(partners)
    for row in sorted(rows, key=lambda one: min((len(_differences(one, other)) for other in partners), default=0)):
        if not free:
            return
        best = min(free, key=lambda other: (len(_differences(row, other)), not _meet(row, other)))
        free.remove(best)
        yield row, best


def _differences(one: MetricRow, other: MetricRow) -> list[str]:
    """In what two figures of one indicator are not alike, besides their values."""
    found = [
        name for name in ("period", "scope", "subject", "aspect", "change", "base") if not _alike(one, other, name)
    ]
    if one["unit"] and other["unit"] and not comparable_units(one["unit"], other["unit"]):
        found.append("unit")
    return found


def _alike(one: MetricRow, other: MetricRow, name: str) -> bool:
    first, second = (str(row.get(name) or (row["year"] if name == "period" else "")) for row in (one, other))
    return first == second


def _meet(one: MetricRow, other: MetricRow) -> bool:
    return bool(one["lower"] <= other["upper"] and other["lower"] <= one["upper"])


def _pair(one: Document, first: MetricRow, other: Document, second: MetricRow) -> Check:
    verdict, reason, detail = _verdict(one, first, other, second)
    sides = _side(one, first), _side(other, second)
    return Check("pair", first["indicator_id"], first["label"], verdict, reason, detail, *sides)


def _verdict(one: Document, first: MetricRow, other: Document, second: MetricRow) -> tuple[Verdict, str, str]:
    differences = _differences(first, second)
    if "period" in differences:
        return "other_period", "period", f"{first['period'] or one.year} / {second['period'] or other.year}"
    if "scope" in differences or "subject" in differences:
        named = [str(row["scope"] or row["subject"] or "") for row in (first, second)]
        return "other_scope", "scope", " / ".join(name or "—" for name in named)
    if differences:
        return "other_definition", "measure", f"{first['unit']} / {second['unit']}"
    if _meet(first, second):
        return "agrees", "equal", ""
    definitions = [_definitions().get((first["indicator_id"], document.kind), "") for document in (one, other)]
    if any(definitions):
        return "other_definition", "definition", " / ".join(text or "—" for text in definitions)
    return "contradicts", "differs", ""


@functools.cache
def _definitions() -> dict[tuple[str, str], str]:
    """How a kind of document counts an indicator in a way of its own (``data/companion_definitions.csv``)."""
    rows = data_rows("analysis/data/companion_definitions.csv")
    return {(row["indicator_id"], row["doc_kind"]): row["definition"] for row in rows}


def _series(documents: Sequence[Document], year: int) -> Iterator[Check]:
    disclosures = {one.year: one for one in documents if one.kind == "disclosure"}
    if year not in disclosures:
        return
    for found in series_checks(disclosures[year], disclosures.get(year - 1)):
        now = disclosures[year]
        row, before, source = found.row, found.other, found.source
        right = _side(source, before) if before is not None and source is not None else _side(now, row)
        right = Side(
            **{
                **asdict(right),
                "value": found.value,
                "lower": found.lower,
                "upper": found.upper,
                "qualifier": "exact",
                "wording": "",
            }
        )
        label, detail = row["label"], found.detail
        yield Check("series", row["indicator_id"], label, found.verdict, found.reason, detail, _side(now, row), right)


def _side(document: Document, row: MetricRow) -> Side:
    start, end = span_of(row) or (None, None)
    values = (float(row["value"]), float(row["lower"]), float(row["upper"]), str(row["unit"]))
    known = (document.report_id, document.kind, document.year, str(row["row_id"]))
    return Side(
        *known, *values, str(row["section"] or ""), start, end, str(row["qualifier"]), str(row["wording"] or "")
    )


_EMPTY = Check("pair", "", "", "agrees", "", "", *(Side("", "", 0, "", 0, 0, 0, ""),) * 2)


def _flat(check: Check) -> dict[str, Any]:
    record = asdict(check)
    sides = {f"{name}_{key}": value for name in ("left", "right") for key, value in record.pop(name).items()}
    return record | sides
