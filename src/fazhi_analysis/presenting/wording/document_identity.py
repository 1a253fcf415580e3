"""What a document was taken for, in one line that a person can check at a glance; and how titles name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from fazhi_analysis.analysis.audit.duties import is_under_duty
from fazhi_analysis.messages import Message, word
from fazhi_analysis.model import Metadata

_FORMS: Final = {"subject": "document.subject", "summed_up": "document.summed_up"}


def taken_for(metadata: Metadata) -> Message:
    """Body, kind of document and year, and how each was found.

    >>> print(taken_for(Metadata(body="河南省方城县司法局", body_kind="department", doc_kind="annual_report", year=2024,
    ...     body_from="title", place_from="title", doc_kind_from="title", year_from="title")))
    河南省方城县司法局（部门）　法治政府建设年度报告　2024年　均据标题
    >>> print(taken_for(Metadata()).text("en"))
    body not recognised; kind of document not recognised; year not recognised; all by nothing
    """
    kind = metadata.doc_kind if metadata.doc_kind != "other" or metadata.doc_kind_from else "unknown"
    return Message(
        "document.taken_for",
        body=_body(metadata),
        doc_kind=Message(f"document.kind.{kind}"),
        year=_year(metadata),
        how=_how(metadata),
    )


def document_name(reports: Iterable[Mapping[str, Any]], lang: str, form: str = "subject") -> str:
    """How a title names the document that some reports of one year are: by its ``subject``, or as what is
    ``summed_up``. Reports of several kinds, and those of no kind with a name of its own, are reports.

    >>> document_name([{"doc_kind": "work_report"}], "zh"), document_name([{"doc_kind": "other"}], "en")
    ('政府工作报告', 'report')
    >>> document_name([{"doc_kind": "annual_report"}], "zh", "summed_up")
    '法治政府建设情况'
    >>> document_name([{"doc_kind": "annual_report"}, {"doc_kind": "disclosure"}], "zh")
    '报告'
    """
    kinds = {str(report["doc_kind"]) for report in reports}
    return word(_FORMS[form], kinds.pop() if len(kinds) == 1 else "other", lang)


def are_under_duty(reports: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the law says what the reports must contain: of a government's work report it does not."""
    return all(is_under_duty(report) for report in reports)


def _body(metadata: Metadata) -> Message:
    kind = Message(f"document.body.{metadata.body_kind or 'unknown'}")
    if not metadata.body_kind:
        return kind
    return (
        Message("document.body.named", name=metadata.body, kind=kind)
        if metadata.body
        else Message("document.body.unnamed", kind=kind)
    )


def _year(metadata: Metadata) -> Message:
    if metadata.year is None:
        return Message("document.year.unknown")
    return Message("document.year.one", year=metadata.year)


def _how(metadata: Metadata) -> Message:
    means = {
        name: Message(f"document.from.{getattr(metadata, f'{name}_from') or 'nothing'}")
        for name in ("body", "place", "doc_kind", "year")
    }
    if len(set(means.values())) == 1:
        return Message("document.from.all", means=means["body"])
    return Message("document.from.each", **means)
