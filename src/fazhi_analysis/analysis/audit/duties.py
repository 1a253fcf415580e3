"""What the law asks of a report, as data: when it was due and what it must hold, by the rule of its year.

Source: 《法治政府建设与责任落实督察工作规定》 (厅字〔2019〕28号), chapter 4, and before it
《法治政府建设实施纲要（2015－2020年）》. Rows whose ``verified`` is false were not checked against the printed law by a
person: their article numbers stay in the files and are never shown. A further checklist (a province's own list of
contents) is further rows: ``check`` names a function of the rule on contents, ``pattern`` looks for words in the text.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_OTHER_GENRE = re.compile(r"政府工作报告|国民经济|财政预算|信息公开工作年度报告|政府信息公开年度报告")
_TO_CONGRESS = re.compile(r"\s*各位代表")
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
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("fazhi_analysis.analysis.audit").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


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


def is_under_duty(title: str, opening: str = "") -> bool:
    """Whether a document is a yearly report of the kind that the rule is about; without a title the opening decides.

    >>> is_under_duty("甲县2023年法治政府建设年度报告"), is_under_duty("甲县政府工作报告")
    (True, False)
    >>> is_under_duty("", "各位代表：现在，我代表县人民政府向大会作工作报告")
    False
    """
    return "法治" in title or not (_OTHER_GENRE.search(title) or _TO_CONGRESS.match(opening))
