"""Which figures the audit doubts: a comparison that rests on one of them is shown and marked, but says nothing plain.

A figure is in doubt when an open error or warning of the audit rests on it. Where a rule tries a figure
against others (a rate and the bases that do not give it), only the figure itself is in doubt: the rule says which
(``Rule.doubts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.model import Finding

DOUBTS: Final[tuple[str, ...]] = ("", "warning", "error")
"""How grave the doubt is, mildest first; the empty text stands for none."""

_REQUIRED = ("rule", "severity", "status", "evidence")


def doubted_rows(findings: pd.DataFrame | Iterable[Finding] | None) -> dict[str, str]:
    """The ids of the metric rows that an error or a warning rests on, each with the graver of the two.

    ``findings`` are those of ``audit`` (of several reports, joined) or a table as ``load_findings()`` returns it.
    Findings that a person dismissed raise no doubt. Raises DataError for a table without the columns of findings.

    >>> from fazhi_analysis.model import Evidence, Finding
    >>> pieces = Evidence(row="a:m1"), Evidence(row="a:m2")
    >>> doubted_rows([Finding("x", "ratio", "error", "", "", pieces), Finding("y", "ratio", "note", "", "", pieces)])
    {'a:m1': 'error', 'a:m2': 'error'}
    """
    doubts: dict[str, str] = {}
    for rule, severity, rows in _standing(findings, DOUBTS[1:]):
        for row in rule_of(rule).doubted(rows):
            if row and doubts.get(row) != "error":
                doubts[row] = severity
    return doubts


@dataclass(frozen=True)
class Doubts:
    """Which findings doubt which figure: by the id of a metric row, in the order of the findings."""

    by_row: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Doubts:
        """The doubts that some findings raise; see :func:`doubted_rows`.

        >>> from fazhi_analysis.model import Evidence, Finding
        >>> doubts = Doubts.of([Finding("x", "sum", "error", "", "", (Evidence(row="a:m1"), Evidence(row="a:m2")))])
        >>> "a:m1" in doubts, [one.rule for one in doubts.about("a:m1", "a:m2")], doubts.about("a:m9")
        (True, ['sum'], ())
        """
        found: dict[str, list[Finding]] = {}
        for finding in findings:
            for row in doubted_rows([finding]):
                found.setdefault(row, []).append(finding)
        return cls({row: tuple(several) for row, several in found.items()})

    def __contains__(self, row: object) -> bool:
        return row in self.by_row

    def about(self, *rows: str) -> tuple[Finding, ...]:
        """The findings that doubt any of these rows, each once."""
        found = {(one.report_id, one.id): one for row in rows for one in self.by_row.get(row, ())}
        return tuple(found.values())


def confirmed_ratios(findings: pd.DataFrame | Iterable[Finding] | None) -> dict[str, tuple[str, str]]:
    """For the ids of rates that the audit confirmed by their counts: the ids of the rows of the cases and of the base.

    >>> from fazhi_analysis.model import Evidence, Finding
    >>> pieces = Evidence(row="a:m3"), Evidence(row="a:m2"), Evidence(row="a:m1")
    >>> confirmed_ratios([Finding("x", "ratio", "confirmed", "", "", pieces)])
    {'a:m3': ('a:m2', 'a:m1')}
    """
    return _ratios(findings, ("confirmed",))


def refuted_ratios(findings: pd.DataFrame | Iterable[Finding] | None) -> dict[str, tuple[str, str]]:
    """For the ids of rates that the counts beside them do not give, by an error or a warning: the ids of the counts.

    >>> from fazhi_analysis.model import Evidence, Finding
    >>> pieces = Evidence(row="a:m3"), Evidence(row="a:m2"), Evidence(row="a:m1")
    >>> refuted_ratios([Finding("x", "ratio", "error", "", "", pieces)])
    {'a:m3': ('a:m2', 'a:m1')}
    """
    return _ratios(findings, DOUBTS[1:])


def _ratios(
    findings: pd.DataFrame | Iterable[Finding] | None, severities: tuple[str, ...]
) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for rule, _, rows in _standing(findings, severities):
        if rule_of(rule).identity == "ratio" and len(rows) == 3 and all(rows):
            found[rows[0]] = rows[1], rows[2]
    return found


def attribute(thing: Any, name: str) -> Any:
    """An attribute of a finding or of its evidence, given as an object or as a mapping."""
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _standing(
    findings: pd.DataFrame | Iterable[Any] | None, severities: tuple[str, ...]
) -> Iterator[tuple[str, str, list[str]]]:
    """Rule, severity and rows of the findings of some severities that nobody dismissed."""
    if findings is None:
        return
    import pandas as pd

    if isinstance(findings, pd.DataFrame):
        missing = [name for name in _REQUIRED if name not in findings.columns]
        if missing:
            raise DataError(
                Message("analysis.table.findings"),
                "analysis.table.columns_missing",
                columns=missing,
                loader="load_findings",
            )
        kept = findings[findings["severity"].isin(severities) & (findings["status"].astype("str") != "dismissed")]
        for rule, severity, evidence in zip(kept["rule"], kept["severity"], kept["evidence"], strict=True):
            yield str(rule), str(severity), [str(piece.get("row") or "") for piece in evidence]
        return
    for finding in findings:
        if attribute(finding, "severity") in severities and attribute(finding, "status") != "dismissed":
            rows = [str(attribute(piece, "row") or "") for piece in attribute(finding, "evidence")]
            yield str(attribute(finding, "rule")), str(attribute(finding, "severity")), rows


def doubt_codes(doubts: dict[str, str], *columns: Any) -> npt.NDArray[np.int8]:
    """The graver doubt about the rows whose ids stand side by side in several columns, as an index into ``DOUBTS``.

    >>> import pandas as pd
    >>> doubt_codes({"a": "error"}, pd.Series(["a", "b"]), pd.Series(["", "a"])).tolist()
    [2, 2]
    """
    import pandas as pd

    codes = np.zeros(len(columns[0]), dtype=np.int8)
    if not doubts:
        return codes
    rows = pd.Index(list(doubts), dtype="str")
    graveness = np.array([DOUBTS.index(severity) for severity in doubts.values()], dtype=np.int8)
    for column in columns:
        # Doubted figures are few: all are asked for at once, and only those found are looked up.
        texts = pd.Series(column, copy=False)
        found = np.flatnonzero(np.asarray(texts.isin(rows), dtype=bool))
        codes[found] = np.maximum(codes[found], graveness[rows.get_indexer(pd.Index(texts.iloc[found]))])
    return codes
