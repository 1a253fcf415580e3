"""Identifiers of reports: they name folders, so nothing from a document gets into them unchecked."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.place_names import body_id
from fazhi_analysis.model import DOCUMENT_KINDS

REPORT_ID = re.compile(r"(?:[0-9]{6}|x[0-9a-f]{8})-[0-9]{4}(?:-[a-z0-9]{1,32}(?:-[a-z0-9]{1,32}){0,3})?")
"""``<region_code>-<year>`` or ``x<8 hex digits>-<year>``, then ``-<suffix>`` (small letters, digits, hyphens)."""


_MARK_OF = {kind: kind.removesuffix("_stats").replace("_", "-") for kind in DOCUMENT_KINDS} | {"annual_report": ""}
_KIND_OF = {mark: kind for kind, mark in _MARK_OF.items() if mark}
_MARKED = re.compile(rf"[^-]+-\d{{4}}-({'|'.join(_KIND_OF)})(?:-|$)")


def document_suffix(doc_kind: str, found: str = "title") -> str:
    """What marks reports of other kinds of documents than annual reports; nothing where no words tell the kind.

    So an annual report has the same id whatever else is stored of its place and year.

    >>> document_suffix("work_report"), document_suffix("annual_report"), document_suffix("other", "")
    ('work-report', '', '')
    """
    return _MARK_OF[doc_kind] if found else ""


def document_of(report_id: str) -> str:
    """The kind of document that an identifier marks; ``annual_report`` where it marks none.

    >>> document_of("990124-2024-work-report-web"), document_of("990124-2024-web")
    ('work_report', 'annual_report')
    """
    marked = _MARKED.match(report_id)
    return _KIND_OF[marked[1]] if marked else "annual_report"


def make_report_id(region: str, region_code: str, year: int, suffix: str = "") -> str:
    """Identifier of a report. Raises ValueError for what no identifier may hold (text of a document is never a path).

    >>> make_report_id("内蒙古自治区云泽盟霁原旗", "159928", 2024)
    '159928-2024'
    >>> make_report_id("云岭省望溪市砚桥县", "990124", 2024, "web")
    '990124-2024-web'
    >>> make_report_id("x", "../etc", 2024)
    Traceback (most recent call last):
    ...
    ValueError: not a report id: '../etc-2024'
    """
    report_id = f"{region_code or body_id(region)}-{year}" + (f"-{suffix}" if suffix else "")
    return check_report_id(report_id)


def check_report_id(report_id: str) -> str:
    """The identifier itself when it is one; ValueError otherwise.

    >>> check_report_id("150623-2023")
    '150623-2023'
    """
    if not REPORT_ID.fullmatch(report_id):
        raise ValueError(f"not a report id: {report_id!r}")
    return report_id


def year_of(report_id: str) -> int:
    """Year that an identifier names.

    >>> year_of("990124-2024-web")
    2024
    """
    return int(check_report_id(report_id).split("-")[1])


def place_year(report_id: str) -> str:
    """The identifier without its suffix: what all sources of one place and year share.

    >>> place_year("990124-2024-web"), place_year("990124-2024")
    ('990124-2024', '990124-2024')
    """
    return "-".join(check_report_id(report_id).split("-")[:2])
