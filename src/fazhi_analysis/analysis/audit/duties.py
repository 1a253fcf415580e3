"""What the law asks of a report, as data: when it was due and what it must hold, by the rule of its year.

Source: 《法治政府建设与责任落实督察工作规定》 (厅字〔2019〕28号), chapter 4, and before it
《法治政府建设实施纲要（2015－2020年）》. Rows whose ``verified`` is false were not checked against the printed law by a
person: their article numbers stay in the files and are never shown. A further checklist (a province's own list of
contents) is further rows: ``check`` names a function of the rule on contents, ``pattern`` looks for words in the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from fazhi_analysis.catalogue.data_files import data_rows

_ORDINARY = "county"


@dataclass(frozen=True, slots=True)
class Duty:
    """Due dates of the reports on one year; None where no date can be stated."""

    report_before: date | None
    publish_before: date | None


@dataclass(frozen=True, slots=True)
class Content:
    """One thing that a report must hold, or one body that it must go to."""

    key: str
    check: str
    pattern: str
    title_zh: str
    title_en: str


@cache
def _rows(name: str) -> list[dict[str, str]]:
    return data_rows(f"analysis/audit/{name}")


def _day(text: str, year: int) -> date | None:
    return date.fromisoformat(f"{year}-{text}") if text else None


def _holds(row: dict[str, str], year: int) -> bool:
    return int(row["valid_from"]) <= year <= int(row["valid_to"] or 9999)


def duty_for(report_year: int, level: str = "") -> Duty | None:
    """The due dates of the report on ``report_year``; None before 2015. Provinces have a month more.

    >>> duty_for(2023).report_before, duty_for(2023, "province").report_before
    (datetime.date(2024, 3, 1), datetime.date(2024, 4, 1))
    >>> duty_for(2018).report_before is None
    True
    """
    for row in _rows("duty_dates.csv"):
        if _holds(row, report_year) and row["level"] in {"", level}:
            due = report_year + 1
            return Duty(_day(row["due_report"], due), _day(row["due_publication"], due))
    return None


def contents_for(report_year: int | None, level: str = "") -> tuple[Content, ...]:
    """What the report on a year must hold, for a government or department of this level (unknown: as for a county).

    Reports on years before the rule of 2019 have no list of contents; for one without a year the present list holds.

    >>> [item.key for item in contents_for(2023, "county")][:5]
    ['measures', 'shortcomings', 'causes', 'first_person', 'plan']
    >>> contents_for(2017)
    ()
    """
    year = 9999 if report_year is None else report_year
    return tuple(
        Content(**{name: row[name] for name in Content.__slots__})
        for row in _rows("duty_contents.csv")
        if _holds(row, year) and (not row["levels"] or (level or _ORDINARY) in row["levels"].split())
    )


def is_under_duty(metadata: Mapping[str, object]) -> bool:
    """Whether a document is a yearly report of the kind that the rule is about, by a body that it binds.

    What was stored before kinds of documents were noted is taken for one.

    >>> [is_under_duty({"doc_kind": kind, "body_kind": "department"}) for kind in ("annual_report", "disclosure")]
    [True, False]
    """
    return metadata.get("doc_kind", "annual_report") == "annual_report" and metadata.get("body_kind") != "other"


def duty_level(metadata: Mapping[str, object]) -> str:
    """Whose duties apply: those of a department, else those of the level of the place or town; empty when not known.

    >>> duty_level({"level": "county", "body_kind": "department"}), duty_level({"level": "county"})
    ('department', 'county')
    """
    kind = metadata.get("body_kind")
    return str(kind) if kind in ("department", "township") else str(metadata.get("level") or "")
