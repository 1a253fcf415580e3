"""One row a body under a place: reported or not, dated, contents, figures, findings, promises, what needs a call."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.analysis.audit_rulebook import load_rules
from fazhi_analysis.analysis.region.corroboration import Corroboration, corroborate
from fazhi_analysis.analysis.region.members import members, parent_name

if TYPE_CHECKING:
    import pandas as pd

CONTENTS: Final = ("measures", "shortcomings", "causes", "first_person", "plan")
"""The five contents that the law asks for."""
CALLS: Final = ("not_reported", "contradicts", "errors", "missing", "late", "broken_promise", "doubts")
"""What may need a call, the most urgent first."""
PROMISES: Final = ("kept", "contradicted", "repeated", "dropped")
_LOOKED_UP: Final = 100
_LANES: Final = ("figures", "form", "duties")
COLUMNS: Final = (
    "region", "body_kind", "reported", "report_id", "signed", "in_time", *CONTENTS, "figures", "errors_figures",
    "errors_form", "errors_duties", "doubts_figures", "doubts_form", "doubts_duties", *PROMISES, "agrees",
    "contradicts", "calls",
)  # fmt: skip


def region_review(parent: str, year: int, data: Any = None, promises: bool | None = None) -> pd.DataFrame:
    """Every body under a place for one year, those that need a call first.

    Parameters
    ----------
    parent:
        The place above: code, own name (云泽盟) or full name.
    year:
        Report year; promises are those of the year before.
    data:
        Data folder, or several; the bundled data by default. Its ``expected.csv`` (column ``body``) names bodies that
        are expected to report; real divisions below the place are expected anyway.
    promises:
        False leaves out what became of last year's promises, which takes longest (3,000 bodies: half a minute in all);
        their columns are 0 then.

    Returns
    -------
    DataFrame
        One row a body: ``region``, ``body_kind``, ``reported`` (yes, no), ``report_id``, ``signed``, ``in_time`` (yes,
        no, cannot tell), the five contents (yes, weak, no, cannot tell), ``figures`` (results), errors and doubts by
        lane (``errors_figures`` ... ``doubts_duties``), what became of last year's promises (``kept``,
        ``contradicted``, ``repeated``, ``dropped``), figures that agree with or contradict the report of the
        place above, and ``calls``: why to call, the most urgent first.

    Raises
    ------
    UnknownNameError
        For a place that no stored report is under, or that several are meant by.

    >>> table = region_review("云泽盟", 2024)
    >>> table[["region", "reported", "in_time"]].values.tolist()
    [['内蒙古自治区云泽盟霁原旗', 'yes', 'yes']]
    """
    import pandas as pd

    from fazhi_analysis.dataset import load_reports

    reports = load_reports(data)
    full = parent_name(str(parent), reports)
    bodies = members(full, reports, data)
    chosen = reports[reports["region"].isin([*bodies, full]) & (reports["doc_kind"].astype(str) == "annual_report")]
    stored = _Stored(chosen, [*bodies, full], year, data, promises is not False)
    corroborations = corroborate(full, {body: body.removeprefix(full) for body in bodies}, stored.metrics, year)
    rows = [stored.row(body, [one for one in corroborations if one.member == body]) for body in bodies]
    rows.sort(key=lambda row: (_urgency(row), row["region"]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def corroborations(parent: str, year: int, data: Any = None) -> list[Corroboration]:
    """The figures that the reports of a place and of those below it give of each other, for a page that lists them."""
    from fazhi_analysis.dataset import load_metrics, load_reports

    reports = load_reports(data)
    full = parent_name(str(parent), reports)
    bodies = members(full, reports, data)
    metrics = load_metrics(data, years=[year])
    return corroborate(full, {body: body.removeprefix(full) for body in bodies}, metrics, year)


def _urgency(row: Mapping[str, Any]) -> tuple[int, ...]:
    """Sorts by the most urgent reason, then by how many errors and doubts there are."""
    first = CALLS.index(row["calls"][0]) if row["calls"] else len(CALLS)
    return first, -len(row["calls"]), -int(row["errors_figures"] or 0), -int(row["doubts_figures"] or 0)


class _Stored:
    """What is stored of the bodies, by body: read once for all of them."""

    def __init__(self, reports: pd.DataFrame, bodies: list[str], year: int, data: Any, followed: bool) -> None:
        from fazhi_analysis.analysis.survey.tables import Survey, structure, timeliness
        from fazhi_analysis.dataset import load_findings, load_metrics, load_statements

        self.year = year
        there = set(reports["region"].astype(str))
        known = [body for body in bodies if body in there]
        # Looking up many names one by one takes longer than reading everything.
        regions = known if 0 < len(known) <= _LOOKED_UP else None
        tables = (load(data, regions=regions) for load in (load_metrics, load_statements, load_findings))
        self.metrics, statements, findings = (table[table["region"].isin(known)] for table in tables)
        now = reports[reports["year"] == year].drop_duplicates("region")
        names = set(now["report_id"].astype(str))
        self.reports = {str(row["region"]): row for row in now.to_dict("records")}
        self.findings = _by_lane(findings[findings["report_id"].isin(names) & (findings["status"] != "dismissed")])
        results = self.metrics[self.metrics["report_id"].isin(names) & (self.metrics["role"].astype(str) == "result")]
        self.figures = Counter(results["report_id"].astype(str))
        own = findings[findings["report_id"].isin(names)]
        survey = Survey(now, results, statements[statements["report_id"].isin(names)], own)
        self.contents = structure(survey).set_index("report_id").to_dict("index")
        self.times = timeliness(survey).set_index("report_id").to_dict("index")
        none: dict[str, Counter[str]] = defaultdict(Counter)
        self.promises = self._promises(statements, findings, data) if followed else none

    def _promises(self, statements: pd.DataFrame, findings: pd.DataFrame, data: Any) -> dict[str, Counter[str]]:
        """What became of last year's promises; the stored findings say what is doubtful, since an audit of thousands of
        reports would take many minutes.
        """
        from fazhi_analysis.analysis.following.follow_up import follow_up

        found: dict[str, Counter[str]] = defaultdict(Counter)
        both = {str(name) for name in statements.loc[statements["year"] == self.year - 1, "region"]} & set(self.reports)
        if not both:
            return found
        chosen, metrics = (
            table[table["region"].isin(both) & table["year"].isin([self.year - 1, self.year])]
            for table in (statements, self.metrics)
        )
        by_report: dict[str, list[Any]] = defaultdict(list)
        for row in findings[findings["status"] != "dismissed"].to_dict("records"):
            by_report[str(row["report_id"])].append(row)
        table = follow_up(chosen, metrics, data=data, findings=by_report)
        mine = (table["year"] == self.year - 1) & (table["kind"].astype(str) == "next_step") & (table["part"] == 0)
        for region, verdict in zip(table.loc[mine, "region"], table.loc[mine, "verdict"], strict=True):
            found[str(region)][str(verdict)] += 1
        return found

    def row(self, body: str, corroborations: list[Corroboration]) -> dict[str, Any]:
        """The row of one body."""
        report = self.reports.get(body)
        verdict_counts = Counter(one.verdict for one in corroborations)
        if report is None:
            empty = dict.fromkeys(COLUMNS, "") | {"region": body, "reported": "no", "calls": ["not_reported"]}
            return empty | dict.fromkeys(COLUMNS[COLUMNS.index("figures") : -1], 0)
        name = str(report["report_id"])
        lanes, contents = self.findings.get(name, Counter()), self.contents.get(name, {})
        row = {
            "region": body,
            "body_kind": str(report["body_kind"]),
            "reported": "yes",
            "report_id": name,
            "signed": str(report["signed_date"] or report["print_date"] or ""),
            "in_time": self.times.get(name, {}).get("in_time", "cannot tell"),
            **{key: contents.get(key, "cannot tell") for key in CONTENTS},
            "figures": self.figures[name],
            **{f"{kind}_{lane}": lanes[kind, lane] for kind in ("errors", "doubts") for lane in _LANES},
            **{verdict: self.promises[body][verdict] for verdict in PROMISES},
            "agrees": verdict_counts["agrees"],
            "contradicts": verdict_counts["contradicts"],
        }
        return row | {"calls": _calls(row)}


def _calls(row: dict[str, Any]) -> list[str]:
    reasons = {
        "contradicts": row["contradicts"],
        "errors": row["errors_figures"],
        "missing": any(row[key] == "no" for key in CONTENTS),
        "late": row["in_time"] == "no",
        "broken_promise": row["contradicted"],
        "doubts": row["doubts_figures"],
    }
    return [name for name in CALLS if reasons.get(name)]


def _by_lane(findings: pd.DataFrame) -> dict[str, Counter[tuple[str, str]]]:
    """Errors and doubts of each report by the lane of their rule."""
    lanes = {rule.id: rule.lane for rule in load_rules()}
    kinds = {"error": "errors", "warning": "doubts"}
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    columns = (findings[name].astype(str) for name in ("report_id", "rule", "severity"))
    for report, rule, severity in zip(*columns, strict=True):
        if severity in kinds:
            found[report][kinds[severity], lanes.get(rule, "figures")] += 1
    return found
