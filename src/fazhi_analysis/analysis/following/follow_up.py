"""What became of last year's problems and promises: repeated, kept, contradicted, dropped, or undetermined.

Every verdict rests on places in the reports and rows of figures; without evidence the verdict is "cannot tell".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from fazhi_analysis.analysis.audit_rulebook import load_rules
from fazhi_analysis.analysis.following.followed_year import FollowedYear, Record, gather, part_of, text_of
from fazhi_analysis.analysis.following.verdict_judgements import LEDGER_COLUMNS, decided, ledgers
from fazhi_analysis.analysis.following.verdicts import Judgement, judge, repetition
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.dataset.ledger import Ledger
from fazhi_analysis.errors import FazhiError, UnknownNameError, UsageError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: tuple[str, ...] = (
    "region_code", "region", "kind", "year", "report_id", "row_id", "ordinal", "part", "text", "theme", "later_year",
    "verdict", "wording", "extent", "reason", "score", "later_row", "first_year", "age", "start", "end", "evidence",
    *LEDGER_COLUMNS,
)  # fmt: skip
"""Columns of a follow-up, in order."""

__all__ = ["COLUMNS", "follow_up"]


class FollowOptions(TypedDict, total=False):
    """Further options of :func:`follow_up`, which says what they mean."""

    texts: Mapping[str, str] | None
    findings: Mapping[str, Iterable[Any]] | None
    judgements: Mapping[str, Ledger] | None
    data: Any


@dataclass(frozen=True)
class _Given:
    """The same options with their defaults."""

    texts: Mapping[str, str] | None = None
    findings: Mapping[str, Iterable[Any]] | None = None
    judgements: Mapping[str, Ledger] | None = None
    data: Any = None


def follow_up(
    statements: pd.DataFrame,
    metrics: pd.DataFrame,
    region: str | Iterable[str] | None = None,
    year: int | None = None,
    baseline: int | None = None,
    **options: Unpack[FollowOptions],
) -> pd.DataFrame:
    """What became of every problem and promise of a year, by the reports of later years.

    Parameters
    ----------
    statements, metrics:
        Tables as ``load_statements()`` and ``load_metrics()`` return them.
    region:
        One place or several, by code, own name or full name; None for all.
    year, baseline:
        The later and the earlier year. Without ``year``, every later year that has a report; without ``baseline``,
        every earlier year.
    texts:
        Source texts by report id; by default those that the data folder keeps. Without a text, silence proves nothing.
    findings:
        What the audit says, by report id; by default the audit is asked, where a verdict rests on a figure. Only
        rules with ``doubts_levels`` count.
    judgements:
        People's judgements of verdicts (``fazhi judge``), by report id; by default what the data folder's ledgers hold.
    data:
        Data folder(s) for texts, audit and ledgers; the bundled data by default.

    Returns
    -------
    DataFrame
        One row a statement (``part`` 0), part of one (from 1), or clause of a part that promises a figure or an act of
        its own (numbered after the parts), and later year; also one a promised figure that stands in no statement
        (``ordinal`` 0), where a later figure settles it; columns as in ``COLUMNS``.
        ``verdict`` is repeated, kept, contradicted, dropped or cannot_tell; ``wording`` near_verbatim or reworded where
        repeated; ``extent`` full or part; ``reason`` a code of ``follow_up_reasons.REASONS``; ``score`` the share of
        content in common with the nearest later entry. ``first_year`` and ``age`` (years, both ends counted) follow a
        statement back through the years in which it was stated. ``evidence`` is a list of dictionaries: role,
        report_id, row, start, end, section, text, value, finding; the first is the statement itself. ``id`` is what
        ``judge`` takes; ``status`` open, accepted or changed (by ``who``, with a ``comment``); ``proposed`` the verdict
        that was found, where a person changed it.

    Raises
    ------
    UnknownNameError
        For a place or year that the data do not hold.
    UsageError
        When the baseline is not before the year.

    >>> import pandas as pd
    >>> statements = pd.DataFrame({"row_id": ["a", "b"], "report_id": ["990124-2023", "990124-2024"],
    ...     "region_code": "990124", "region": "云岭省望溪市砚桥县", "year": [2023, 2024], "kind": "problem",
    ...     "ordinal": 1, "theme": "", "cause": "",
    ...     "text": ["普法形式较为单一", "普法形式仍较单一"], "parts": [[], []], "start": [10, 20], "end": [18, 28]})
    >>> row = follow_up(statements, statements.head(0), texts={}, findings={}).iloc[0]
    >>> print(row["verdict"], row["wording"], row["age"], row["later_row"])
    repeated near_verbatim 2 b
    """
    import pandas as pd

    given = _Given(**options)
    year, baseline = year_asked(year), year_asked(baseline, "baseline")
    places = _places(statements, metrics, region)
    _check(statements, metrics, year, baseline)
    known = gather(statements, metrics, places, _texts(given), _findings(given))
    ledger_of = ledgers(given.data) if given.judgements is None else _given_ledgers(given.judgements)
    rows: list[Record] = []
    for years in known.values():
        rows += [decided(row, ledger_of(str(row["report_id"]))) for row in _of_place(years, year, baseline)]
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in COLUMNS}, columns=list(COLUMNS))
    return frame.astype({"year": "int64", "later_year": "int64", "age": "int64", "part": "int64", "score": "float64"})


def _of_place(years: Mapping[int, FollowedYear], year: int | None, baseline: int | None) -> list[Record]:
    """Rows of one place; the chain of repetitions is followed from the first year on, whatever is asked for."""
    order = sorted(years)
    stated = {kind: [one for one in order if years[one].of(kind)] for kind in ("problem", "next_step")}
    since: dict[str, int] = {}
    rows: list[Record] = []
    for at, earlier in enumerate(order):
        for stored in years[earlier].statements:
            statement = {**stored, "pieces": years[earlier].pieces(stored)}
            first = since.setdefault(str(statement["row_id"]), earlier)
            following = next((one for one in stated[str(statement["kind"])] if one > earlier), None)
            for later in order[at + 1 :]:
                if later == following and (again := repetition(statement, years[later])) is not None:
                    since[again.later_row] = min(first, since.get(again.later_row, later))
                if year in (None, later) and baseline in (None, earlier):
                    for number in range(len(statement["pieces"]) + 1):
                        found = judge(statement, number, years[earlier], years[later])
                        rows.append(_row(statement, number, years[earlier], later, found, first))
        for aim in years[earlier].loose():
            for later in order[at + 1 :]:
                if year in (None, later) and baseline in (None, earlier):
                    rows += _settled(aim, years[earlier], years[later])
    return rows


def _settled(aim: Record, earlier: FollowedYear, later: FollowedYear) -> list[Record]:
    """The row of a promised figure outside every statement; none where no figure settles it."""
    found = judge(aim, 1, earlier, later)
    settles = found.verdict in ("kept", "contradicted")
    return [_row(aim, 1, earlier, later.year, found, earlier.year)] if settles else []


def _row(statement: Record, number: int, earlier: FollowedYear, later: int, found: Judgement, first: int) -> Record:
    part = part_of(statement, number)
    last = later if found.verdict == "repeated" else earlier.year
    return {
        "region_code": statement["region_code"],
        "region": statement["region"],
        "kind": statement["kind"],
        "year": earlier.year,
        "report_id": statement["report_id"],
        "row_id": statement["row_id"],
        "ordinal": int(statement["ordinal"]),
        "part": number,
        "text": str(part["text"]) if number else text_of(statement),
        "theme": str(statement["theme"] or ""),
        "later_year": later,
        "verdict": found.verdict,
        "wording": found.wording,
        "extent": found.extent,
        "reason": found.reason,
        "score": round(found.score, 3),
        "later_row": found.later_row,
        "first_year": first,
        "age": last - first + 1,
        "start": part["start"],
        "end": part["end"],
        "evidence": list(found.evidence),
    }


def _places(statements: pd.DataFrame, metrics: pd.DataFrame, region: str | Iterable[str] | None) -> list[str] | None:
    """Places asked for; a place with figures but without statements is known, and has no rows."""
    if region is None:
        return None
    import pandas as pd

    from fazhi_analysis.analysis.series_places import resolve

    names = ["region_code", "region"]
    both = pd.concat([statements[names].astype(str), metrics[names].astype(str)]).drop_duplicates()
    return resolve(both, region)


def _check(statements: pd.DataFrame, metrics: pd.DataFrame, year: int | None, baseline: int | None) -> None:
    if year is not None and baseline is not None and baseline >= year:
        raise UsageError(f"baseline={baseline}", "choice.year.baseline_not_earlier", year=year)
    known = sorted({int(item) for frame in (statements, metrics) for item in frame["year"].unique()})
    for name, asked in (("year", year), ("baseline", baseline)):
        if asked is not None and asked not in known:
            raise UnknownNameError(f"{name}={asked}", "choice.year.unknown", years=known)


def _texts(given: _Given) -> Callable[[str], str | None]:
    if given.texts is not None:
        return given.texts.get
    from fazhi_analysis.dataset import load_text

    return lambda report_id: load_text(report_id, given.data)


def _given_ledgers(judgements: Mapping[str, Ledger]) -> Callable[[str], Ledger]:
    return lambda report_id: judgements.get(report_id, Ledger())


def _findings(given: _Given) -> Callable[[str], Iterable[Any]]:
    findings = given.findings
    if findings is not None:
        return lambda report_id: findings.get(report_id, ())

    def ask(report_id: str) -> Iterable[Any]:
        from fazhi_analysis.analysis.audit import audit

        try:
            return audit(report_id, data=given.data, rules=[rule.id for rule in load_rules() if rule.doubts_levels])
        except FazhiError:  # rows that come from no data folder: nothing is known of them
            return ()

    return ask
