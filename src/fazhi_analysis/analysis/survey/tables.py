"""A survey of many reports: the tables that researchers make by hand each year, over any set of stored reports.

T1 timeliness, T2 structure, T3 use of numbers, T4 shortcomings here; T5 panel, T6 rates and T7 findings in
``survey_figures``; T8 text reuse in ``survey_reuse``. What a stored report cannot tell (no text, no date) is
``cannot tell`` or missing, never “no” and never 0. Nothing is scored or ranked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.audit.answers import answer_of
from fazhi_analysis.analysis.audit.duties import contents_for, duty_for, duty_level, is_under_duty
from fazhi_analysis.analysis.audit_rulebook import load_rules

if TYPE_CHECKING:
    import pandas as pd

ANSWERS = ("yes", "weak", "no", "cannot tell")
_HEAD = ["report_id", "region", "year", "level"]
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")


@dataclass(frozen=True)
class Survey:
    """The stored rows of a set of reports; ``texts`` holds the clean text of those whose text is kept."""

    reports: pd.DataFrame
    metrics: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.reports)


def open_survey(data: Any = None, regions: Iterable[str] | None = None, years: Iterable[int] | None = None) -> Survey:
    """Load what is stored about a set of reports; all of them by default.

    Raises UnknownNameError for a place or year that the data do not hold.

    >>> survey = open_survey(regions=["霁原旗"])
    >>> len(survey), len(survey.texts)
    (4, 4)
    """
    from fazhi_analysis.dataset import load_findings, load_metrics, load_reports, load_statements

    places = None if regions is None else list(regions)
    when = None if years is None else list(years)
    reports = load_reports(data, places, when)
    known = reports[["level", "body_kind"]].to_dict("records")
    reports["level"] = [duty_level({str(name): value for name, value in row.items()}) for row in known]
    return Survey(
        reports,
        load_metrics(data, places, when),
        load_statements(data, places, when),
        load_findings(data, places, when),
        _texts(data, reports),
    )


def _texts(data: Any, reports: pd.DataFrame) -> dict[str, str]:
    from fazhi_analysis.dataset import load_text
    from fazhi_analysis.reading import read_text

    found = {}
    for name in reports.loc[reports["text_kept"], "report_id"].astype(str):
        text = load_text(name, data)
        if text is not None:
            found[name] = read_text(text, name=name).clean.text
    return found


def head(survey: Survey) -> pd.DataFrame:
    """One row a report: id, place, year and level, by place and year."""
    return survey.reports[_HEAD].sort_values(["region", "year", "report_id"]).reset_index(drop=True)


def bound(survey: Survey) -> list[bool]:
    """Which reports are of the kind, and by a body, that the statutory duties are about."""
    rows = survey.reports[["doc_kind", "body_kind"]].to_dict("records")
    return [is_under_duty({str(name): value for name, value in row.items()}) for row in rows]


def timeliness(survey: Survey) -> pd.DataFrame:
    """T1: when each annual report was signed and published, how many days before or after it was due.

    Other kinds of documents have no such date, and are left out.

    ``days`` counts from the signature to the last day that was in time (negative: too late); ``in_time`` and
    ``published_in_time`` are yes, no or cannot tell. The date of a report says when it was signed, not received.

    >>> table = timeliness(open_survey(regions=["霁原旗"]))
    >>> table[["year", "days", "in_time"]].values.tolist()
    [[2021, -9, 'no'], [2022, 4, 'yes'], [2023, 3, 'yes'], [2024, 10, 'yes']]
    """
    import pandas as pd

    rows = []
    ordered: Any = survey.reports[bound(survey)].sort_values(["region", "year", "report_id"])
    for item in ordered.itertuples():
        duty = duty_for(int(item.year), str(item.level))
        signed = _day(item.signed_date) or _day(item.print_date)
        published = _day(item.published_date)
        due = duty.report_before if duty else None
        public = duty.publish_before if duty else None
        days, in_time = _in_time(signed, due)
        public_days, public_in_time = _in_time(published, public)
        rows.append(
            (item.report_id, item.region, item.year, item.level, _text(signed), _text(due), days, in_time,
             _text(published), _text(public), public_days, public_in_time)
        )  # fmt: skip
    columns = [*_HEAD, "signed", "due", "days", "in_time", "published", "publish_due", "publish_days"]
    table = pd.DataFrame(rows, columns=[*columns, "published_in_time"])
    return table.astype({"days": "Int64", "publish_days": "Int64"})


def timeliness_by_level(survey: Survey) -> pd.DataFrame:
    """T1, summed up: by level how many reports were signed in time; the share is of those that tell.

    >>> timeliness_by_level(open_survey(regions=["霁原旗"]))[["level", "yes", "no", "share"]].values.tolist()
    [['county', 3, 1, 0.75]]
    """
    table = timeliness(survey)
    counts = _answers(table.assign(level=table["level"].astype(str)), "level", "in_time")
    known = counts["yes"] + counts["no"]
    counts["share"] = (counts["yes"] / known).where(known > 0)
    return counts.drop(columns="weak")


def structure(survey: Survey) -> pd.DataFrame:
    """T2: the statutory contents of each annual report, how its text is spread over problems and next steps.

    One column a content with yes, weak, no or cannot tell; ``sections`` counts those of the first level;
    ``share_problems`` and ``share_plan`` are shares of the characters, missing where the text is not kept.
    """
    table = head(survey)
    table = table[table["report_id"].isin(survey.reports.loc[bound(survey), "report_id"])].reset_index(drop=True)
    answered = survey.findings[
        survey.findings["rule"].astype(str).isin([rule.id for rule in load_rules() if rule.lane == "duties"])
    ]
    answers: dict[tuple[str, str], str] = {}
    for name, *messages in answered[["report_id", "message_zh", "message_en"]].astype(str).itertuples(index=False):
        if (found := answer_of(*messages)) is not None:
            answers.setdefault((name, found[0][0]), found[1])
    names = table["report_id"].astype(str)
    for content in contents_for(None):
        table[content.key] = [answers.get((name, content.title_zh), "cannot tell") for name in names]
    levels = survey.reports.set_index(survey.reports["report_id"].astype(str))["sections"]
    table["sections"] = [sum(_is_main(item) for item in levels[name]) or None for name in names]
    table["sections"] = table["sections"].astype("Int64")
    for kind, column in (("problem", "share_problems"), ("next_step", "share_plan")):
        table[column] = _share_of_text(survey, names, kind)
    return table


def contents(survey: Survey) -> pd.DataFrame:
    """T2, summed up: for each statutory content how many reports answer yes, weak, no, cannot tell."""
    import pandas as pd

    table = structure(survey)
    rows = [
        {"key": item.key, "content": item.title_zh, "content_en": item.title_en}
        | {answer: int((table[item.key] == answer).sum()) for answer in ANSWERS}
        for item in contents_for(None)
    ]
    return pd.DataFrame(rows)


def numbers(survey: Survey) -> pd.DataFrame:
    """T3: figures for each thousand characters, and what kinds of figures they are.

    ``figures`` counts metrics once each; ``per_thousand`` and ``sentences_with_figure`` (a share) need the text.

    >>> table = numbers(open_survey(regions=["砚桥县"], years=[2024]))
    >>> bool(table["per_thousand"].iloc[0] > 40), int(table["figures"].iloc[0])
    (True, 87)
    """
    table = head(survey)
    names = table["report_id"].astype(str)
    once = survey.metrics[survey.metrics["duplicate_of"].astype(str) == ""]
    groups = once.groupby(once["report_id"].astype(str))
    table["figures"] = names.map(groups.size()).fillna(0).astype("int64")
    for column, name, value in (("rates", "kind", "rate"), ("money", "kind", "money"), ("exact", "qualifier", "exact")):
        hits = once[once[name].astype(str) == value]
        table[column] = names.map(hits.groupby(hits["report_id"].astype(str)).size()).fillna(0).astype("int64")
    sizes = {name: len(re.sub(r"\s", "", text)) for name, text in survey.texts.items()}
    table["characters"] = names.map(sizes).astype("Int64")
    table["per_thousand"] = 1000 * table["figures"] / table["characters"].astype("Float64")
    table["sentences_with_figure"] = names.map({name: _with_figure(text) for name, text in survey.texts.items()})
    return table.astype({"per_thousand": "float64", "sentences_with_figure": "float64"})


def shortcomings(survey: Survey) -> pd.DataFrame:
    """T4: how many shortcomings each report lists, how many with a cause, how many a next step answers.

    Missing where nothing is stored of problems and next steps (only figures were taken in).

    >>> table = shortcomings(open_survey(regions=["霁原旗"], years=[2023]))
    >>> table[["shortcomings", "with_cause"]].values.tolist()
    [[4, 1]]
    """
    table = head(survey)
    names = table["report_id"].astype(str)
    rows = survey.statements.assign(report_id=survey.statements["report_id"].astype(str))
    known = set(rows["report_id"])
    problems = rows[rows["kind"].astype(str) == "problem"]
    counts: dict[str, dict[str, int]] = {"shortcomings": {}, "with_cause": {}, "answered": {}}
    for name, group in problems.groupby("report_id"):
        counts["shortcomings"][str(name)] = len(group)
        counts["with_cause"][str(name)] = int((group["cause"] != "").sum())
    for name, group in rows.groupby("report_id"):
        touched = {item["problem"] for found in group["answers"] for item in found if item["strength"] != "none"}
        counts["answered"][str(name)] = len(touched)
    for column, values in counts.items():
        table[column] = [values.get(name, 0) if name in known else None for name in names]
        table[column] = table[column].astype("Int64")
    table["share_problems"] = _share_of_text(survey, names, "problem")
    return table


def _is_main(section: Mapping[str, Any]) -> bool:
    """Whether a section is a numbered one of the first level (not the letter, not the signature)."""
    return section.get("level") == 1 and bool(section.get("number"))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _in_time(day: date | None, due: date | None) -> tuple[int | None, str]:
    if day is None or due is None:
        return None, "cannot tell"
    days = (due - day).days - 1
    return days, "yes" if days >= 0 else "no"


def _answers(table: pd.DataFrame, by: str, column: str) -> pd.DataFrame:
    """Counts of the four answers by a column, and of the reports."""
    import pandas as pd

    counts = pd.crosstab(table[by], table[column]).reindex(columns=list(ANSWERS), fill_value=0)
    counts.insert(0, "reports", counts.sum(axis=1))
    counts.columns.name = None
    return counts.reset_index()


def _with_figure(text: str) -> float | None:
    sentences = _SENTENCE.findall(text)
    return sum(bool(re.search(r"\d", item)) for item in sentences) / len(sentences) if sentences else None


def _share_of_text(survey: Survey, names: pd.Series[str], kind: str) -> list[float | None]:
    """Share of a report's characters that its problems or next steps take, missing without the text."""
    rows = survey.statements[survey.statements["kind"].astype(str) == kind]
    spans = (rows["end"] - rows["start"]).groupby(rows["report_id"].astype(str)).sum()
    return [float(spans.get(name, 0)) / len(survey.texts[name]) if survey.texts.get(name) else None for name in names]
