"""Of what each rate is a share: the base that is printed, that follows from the figures, or an unknown one."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any, Final, Unpack

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.grim import attainable, bases_of, smallest_base
from fazhi_analysis.analysis.audit.other_bases import holds, other_reading, stated_base
from fazhi_analysis.analysis.audit.partners import Partners, part_of, partners_of
from fazhi_analysis.analysis.audit.possible_bases import possible_bases
from fazhi_analysis.analysis.audit.printed import printed_percent
from fazhi_analysis.analysis.audit.runner import GivenOptions, context_of, extraction_of
from fazhi_analysis.model import Interval, Quantity

if TYPE_CHECKING:
    import pandas as pd

BASES: Final = ("printed", "other", "implied", "several", "impossible", "not_given")
"""Verdicts on a rate's base; the wording is in ``messages/verdicts/rates.yaml``."""

COLUMNS: Final[tuple[str, ...]] = (
    "report_id", "region", "year", "row", "indicator_id", "label", "scope", "unit", "text", "value", "base",
    "numerator", "numerator_row", "denominator", "denominator_lower", "denominator_upper", "denominator_row",
    "other_denominator", "computed", "smallest", "section", "start", "end",
)  # fmt: skip
"""Columns of the table of rates, in order."""


def rates(target: object, data: object = None, **given: Unpack[GivenOptions]) -> pd.DataFrame:
    """The base of every rate that a report gives as a result.

    Parameters
    ----------
    target, data, given:
        As for :func:`~fazhi_analysis.audit`: a path, a report as read, an extraction, or the id of a stored report.

    Returns
    -------
    DataFrame
        One row a rate in the order of the text, columns as in ``COLUMNS``. ``base`` is

        ``printed``
            the report prints the base, and the rate follows (``computed``: the percentage from both counts);
        ``other``
            the rate does not follow from the counts beside it (``other_denominator``), but from another usual base that
            the report prints, or from one that its words widen or narrow;
        ``implied``
            the cases are printed, and one base alone gives the rate (643 at 87.6 % are 643 of 734);
        ``several``
            several bases do: ``denominator_lower`` to ``denominator_upper``, or several counts beside the rate;
        ``impossible``
            no whole count of the base beside it gives the rate, or the two counts give another one;
        ``not_given``
            the report prints neither.

        ``numerator`` and ``denominator`` are counts; ``smallest`` is the smallest base that rounds to the printed
        percentage (99.99 % needs at least 6,667), filled where the base is impossible or not given; any base gives 0
        and 100 %. The rows named are those of the store, empty for a document at hand; ``start`` and ``end`` count
        characters of its text.

    Raises
    ------
    UnknownNameError
        A report that does not exist.
    ReadError
        A file that cannot be read.
    UsageError
        For ``given`` with something else than a path.

    >>> from fazhi_analysis.reading import read_text
    >>> table = rates(read_text("2024年，全县办结案件643件，办结率87.6%。"))
    >>> table[["text", "base", "numerator", "denominator"]].values.tolist()
    [['87.6%', 'implied', 643.0, 734.0]]
    """
    import pandas as pd

    extraction = extraction_of(target, **given)
    if extraction is not None:
        context = context_of(extraction)
    else:
        from fazhi_analysis.analysis.audit.stored_reports import stored_context  # a document needs no store
        from fazhi_analysis.dataset.report_folders import find_folder
        from fazhi_analysis.dataset.storage import read_report_folder

        folder = find_folder(str(target), data)
        context = stored_context(folder, read_report_folder(folder))
    table = pd.DataFrame([_row(context, rate) for rate in rates_in(context)], columns=list(COLUMNS))
    measures = [name for name in COLUMNS if name == "numerator" or name.endswith(("denominator", "_lower", "_upper"))]
    whole = dict.fromkeys(("year", "smallest", "start", "end"), "Int64")
    return table.astype({**whole, **dict.fromkeys((*measures, "value", "computed"), "float64")})


def rates_in(context: AuditContext) -> tuple[Quantity, ...]:
    """The rates whose base is asked for: results in percent, each counted once."""
    return tuple(
        rate
        for rate in context.counted_results
        if rate.kind == "rate" and rate.value is not None and rate.unit in ("%", "％", "")
    )


@dataclass(frozen=True, slots=True)
class RateBase:
    """What is known of the base of one rate; ``found`` is a word of ``BASES``."""

    found: str
    numerator: Quantity | None = None
    denominator: Interval | None = None
    printed: tuple[Quantity, ...] = ()
    other: Quantity | None = None


def base_of(context: AuditContext, rate: Quantity) -> RateBase:
    """Of what a rate is a share, as far as the figures of its report tell."""
    pairs = [pair for pair in partners_of(context, rate) if pair.base.upper > 0]
    if pairs:
        return _of_pairs(context, rate, pairs)
    exact = rate.qualifier == "exact" and 0 <= (rate.value or 0) <= 100
    beside = possible_bases(context, rate) if exact else ()
    if beside:
        return _of_counts_beside(context, rate, beside)
    numerator = part_of(context, rate)
    if numerator is None or not exact or numerator.lower is None or numerator.lower != numerator.upper:
        return RateBase("not_given", numerator)
    ends = bases_of(printed_percent(rate), int(numerator.lower))
    if ends is None:
        return RateBase("not_given", numerator)
    return RateBase("implied" if ends[0] == ends[1] else "several", numerator, Interval(*ends))


def _of_pairs(context: AuditContext, rate: Quantity, pairs: list[Partners]) -> RateBase:
    for pair in pairs:
        if holds(rate, pair.numerator.interval, pair.base):
            return RateBase("printed", pair.numerator, pair.base, pair.bases)
    first = pairs[0]
    stated = stated_base(context, rate, pairs)
    if stated is not None:
        pair, changes, base = stated
        return RateBase("other", pair.numerator, base, (*pair.bases, *(other for other, _ in changes)), pair.bases[0])
    other = other_reading(context, rate, first)
    if other is not None:
        return RateBase("other", first.numerator, other.interval, (other,), first.bases[0])
    return RateBase("impossible", first.numerator, first.base, first.bases)


def _of_counts_beside(context: AuditContext, rate: Quantity, beside: tuple[Quantity, ...]) -> RateBase:
    """Where only the base is named as such: whether some whole part of it gives the rate."""
    part = part_of(context, rate)
    for count in beside if part is not None else ():
        if part is not None and part is not count and holds(rate, part.interval, count.interval):
            return RateBase("printed", part, count.interval, (count,))
    fitting = tuple(count for count in beside if attainable(printed_percent(rate), int(count.value or 0)).fits)
    found = "printed" if len(fitting) == 1 else "several" if fitting else "impossible"
    counts = fitting or beside
    sizes = [count.value or 0 for count in counts]
    return RateBase(found, None, Interval(min(sizes), max(sizes)), counts)


def _row(context: AuditContext, rate: Quantity) -> dict[str, Any]:
    base = base_of(context, rate)
    part, whole = base.numerator, base.denominator
    ends = (whole.lower, whole.upper) if whole is not None else (nan, nan)
    single = ends[0] if ends[0] == ends[1] else nan
    is_known = part is not None and part.lower == part.upper and single == single
    least = rate.qualifier == "exact" and base.found in ("impossible", "not_given") and 0 < (rate.value or 0) < 100
    return {
        "report_id": context.report_id,
        "region": context.region,
        "year": context.year,
        "row": rate.row_id,
        **{name: getattr(rate, name) for name in ("indicator_id", "label", "scope", "unit", "text", "value")},
        "base": base.found,
        "numerator": part.value if part is not None else nan,
        "numerator_row": part.row_id if part is not None else "",
        "denominator": single,
        "denominator_lower": ends[0],
        "denominator_upper": ends[1],
        "denominator_row": ";".join(item.row_id for item in base.printed if item.row_id),
        "other_denominator": base.other.value if base.other is not None else nan,
        "computed": 100 * (part.value or 0) / single if is_known and part is not None and single else nan,
        "smallest": smallest_base(printed_percent(rate)) if least else None,
        "section": rate.section,
        "start": rate.start if rate.start >= 0 else None,
        "end": rate.end if rate.end >= 0 else None,
    }
