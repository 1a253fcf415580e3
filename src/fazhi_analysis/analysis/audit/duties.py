"""When a report was due, by the rule of its year.

Source: 《法治政府建设与责任落实督察工作规定》 (厅字〔2019〕28号), chapter 4, and before it
《法治政府建设实施纲要（2015－2020年）》.
Article numbers are not given, since they could not be verified.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Duty:
    """Due dates of the reports on one year; None where no date can be stated."""

    report_before: date | None
    publish_before: date | None
    rule_zh: str
    rule_en: str


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("fazhi_analysis.analysis.audit").joinpath("duty_dates.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _day(text: str, year: int) -> date | None:
    return date.fromisoformat(f"{year}-{text}") if text else None


def duty_for(report_year: int) -> Duty | None:
    """The duty that holds for the report on ``report_year``; None before 2015.

    >>> duty_for(2023).report_before
    datetime.date(2024, 3, 1)
    >>> duty_for(2018).report_before is None
    True
    """
    for row in _rows():
        if int(row["valid_from"]) <= report_year <= int(row["valid_to"] or 9999):
            due = report_year + 1
            return Duty(_day(row["due_report"], due), _day(row["due_publication"], due), row["rule_zh"], row["rule_en"])
    return None
