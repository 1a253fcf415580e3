"""Tables T5 to T7 of a survey: the panel of indicators, which rates are given with their base, the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.comparing.usable import usable_results
from fazhi_analysis.analysis.survey.tables import Survey, head
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.model import SEVERITIES

if TYPE_CHECKING:
    import pandas as pd

_PANEL = [
    *("region_code", "region", "year", "indicator_id", "label", "scope", "value", "lower", "upper", "unit"),
    *("qualifier", "section", "start", "row_id", "source"),
]


def panel(survey: Survey) -> pd.DataFrame:
    """T5: place × year × indicator, one row a printed result, with its interval and its place in the source.

    Figures outside the catalogue are left out (they have no name in common); so are plans, changes, and figures of
    other years than the report's.

    >>> from fazhi_analysis.analysis.survey.tables import open_survey
    >>> table = panel(open_survey(regions=["霁原旗"]))
    >>> sorted(table.loc[table["indicator_id"] == "appeals_received", "year"].unique().tolist())
    [2021, 2022, 2023, 2024]
    """
    rows = _results(survey)
    known = rows[rows["indicator_id"].astype(str) != ""]
    return known[_PANEL].sort_values(["indicator_id", "region", "year"]).reset_index(drop=True)


def coverage(survey: Survey) -> pd.DataFrame:
    """T5, summed up: for each indicator in how many reports, places and years it stands, the commonest first."""
    table = panel(survey).astype({"indicator_id": str, "region": str})
    catalogue = load_catalogue()
    counts = table.groupby("indicator_id").agg(
        reports=("row_id", lambda rows: rows.str.partition(":")[0].nunique()),
        places=("region", "nunique"),
        years=("year", "nunique"),
    )
    counts = counts.sort_values(["reports", "places"], ascending=False).reset_index()
    counts.insert(1, "name", [catalogue[item].name_zh for item in counts["indicator_id"]])
    counts.insert(2, "name_en", [catalogue[item].name_en for item in counts["indicator_id"]])
    return counts


def rates(survey: Survey) -> pd.DataFrame:
    """T6: each rate of the catalogue: how many reports give it, and how many of these print its base or both counts.

    A base counts only under the catalogue's own name for it, in the same report and scope; it may be printed under
    another. Rates whose base the catalogue does not know have no such numbers.

    >>> from fazhi_analysis.analysis.survey.tables import open_survey
    >>> table = rates(open_survey(regions=["霁原旗"])).set_index("rate")
    >>> table.loc["appeals_completion_rate", ["reports", "with_base", "with_both"]].tolist()
    [4, 4, 4]
    """
    import pandas as pd

    rows = _results(survey)
    keys = zip(rows["report_id"].astype(str), rows["scope"].astype(str), rows["indicator_id"].astype(str), strict=True)
    given: dict[str, set[tuple[str, str]]] = {}
    for report, scope, indicator in keys:
        given.setdefault(indicator, set()).add((report, scope))
    found = []
    for item in load_catalogue():
        if item.kind != "rate" or item.id not in given:
            continue
        where = given[item.id]
        with_base = {place for place in where if _all_given(item.denominator, place, given)}
        both = {place for place in with_base if _all_given(item.numerator, place, given)}
        found.append(
            {
                "rate": item.id,
                "name": item.name_zh,
                "name_en": item.name_en,
                "reports": len({report for report, _ in where}),
                "with_base": len({report for report, _ in with_base}) if item.denominator else None,
                "with_both": len({report for report, _ in both}) if item.denominator and item.numerator else None,
            }
        )
    names = ["rate", "name", "name_en", "reports", "with_base", "with_both"]
    table = pd.DataFrame(found, columns=names).astype({"with_base": "Int64", "with_both": "Int64"})
    return table.sort_values("reports", ascending=False, kind="stable").reset_index(drop=True)


def findings_by_report(survey: Survey) -> pd.DataFrame:
    """T7: findings of each report by severity, those that a person dismissed left out; missing where none are stored.

    These are the findings stored with the reports: comparisons with the year before are made by ``audit(report_id)``.

    >>> from fazhi_analysis.analysis.survey.tables import open_survey
    >>> table = findings_by_report(open_survey(regions=["霁原旗"], years=[2024]))
    >>> table["error"].tolist()
    [3]
    """
    import pandas as pd

    table = head(survey)
    names = table["report_id"].astype(str)
    rows = _standing(survey)
    rows = rows[[rule_of(name).lane == "figures" for name in rows["rule"].astype(str)]]
    counts = pd.crosstab(rows["report_id"].astype(str), rows["severity"].astype(str))
    known = set(survey.findings["report_id"].astype(str))
    for severity in SEVERITIES:
        values = counts[severity] if severity in counts.columns else pd.Series(dtype="int64")
        table[severity] = [int(values.get(name, 0)) if name in known else None for name in names]
        table[severity] = table[severity].astype("Int64")
    return table


def findings_by_rule(survey: Survey) -> pd.DataFrame:
    """T7, summed up: findings of all reports by rule and severity."""
    import pandas as pd

    rows = _standing(survey)
    counts = pd.crosstab(rows["rule"].astype(str), rows["severity"].astype(str))
    counts = counts.reindex(columns=list(SEVERITIES), fill_value=0).reset_index()
    counts.columns.name = None
    rules = [rule_of(name) for name in counts["rule"]]
    counts.insert(1, "title", [rule.zh.title for rule in rules])
    counts.insert(2, "title_en", [rule.en.title for rule in rules])
    return counts.sort_values(["error", "warning", "note"], ascending=False).reset_index(drop=True)


def _standing(survey: Survey) -> pd.DataFrame:
    """Findings that nobody dismissed."""
    return survey.findings[survey.findings["status"].astype(str) != "dismissed"]


def _results(survey: Survey) -> pd.DataFrame:
    return usable_results(survey.metrics)


def _all_given(parts: str, place: tuple[str, str], given: dict[str, set[tuple[str, str]]]) -> bool:
    return bool(parts) and all(place in given.get(part, ()) for part in parts.split("+"))
