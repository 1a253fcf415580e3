"""What a person says of a finding: accepted, dismissed, or only commented; kept in the ledger beside the report."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.audit.stored import audit_stored, find_folder
from fazhi_analysis.dataset.ledger import add_judgement
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import STATUSES, Finding

STATUS_WORDS = {
    "accepted": ("采纳", "已采纳"),
    "dismissed": ("排除", "已排除"),
    "open": ("待处理",),
}
"""What may be written for each status besides its own name: the words of the pages."""


def status_of(word: str) -> str:
    """The status that a word names. Raises UsageError, listing what may be written.

    >>> status_of("已排除"), status_of("采纳"), status_of("open")
    ('dismissed', 'accepted', 'open')
    """
    for status in STATUSES:
        if word.strip() in (status, *STATUS_WORDS[status]):
            return status
    known = [
        Message("analysis.judgement.status_and_words", status=status, words=STATUS_WORDS[status]) for status in STATUSES
    ]
    raise UsageError(word, "analysis.judgement.status", statuses=known)


def judge(report_id: str, finding: str, status: str, *, comment: str, who: str, data: Any) -> Finding:
    """Record what a person says of one finding of a stored report.

    Parameters
    ----------
    report_id, finding:
        The report and the finding's id, as ``audit`` and the page of checks print them.
    status:
        ``accepted``, ``dismissed`` (counts no more, but stays on the page), or ``open`` for a comment alone;
        also in the words of the pages (``STATUS_WORDS``: 采纳, 已排除).
    comment, who:
        Why, and who says so.
    data:
        The data folder that holds the report; the entry goes to its ``corrections/<report_id>.yaml``.

    Returns
    -------
    Finding
        As every later audit, page and table shows it. What was said last counts.

    Raises
    ------
    UnknownNameError
        No such report or finding; the remedy lists what exists.
    UsageError
        No data folder, an unknown status, no comment or no name.

    Examples
    --------
    >>> judge("159928-2024", "sum-00000000", "dismissed", comment="口径不同", who="张三", data="data/sample")
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.UnknownNameError: ...
    """
    if data is None:
        raise UsageError("data", "analysis.judgement.bundled")
    status = status_of(status)
    for name, value in (("comment", comment), ("who", who)):
        if not value.strip():
            raise UsageError(name, "analysis.judgement.empty")
    folder = find_folder(report_id, data)
    known = [item.id for item in audit_stored(report_id, data)[1]]
    if finding not in known:
        raise UnknownNameError(finding, "choice.finding.unknown", report_id=report_id, findings=known)
    add_judgement(folder.parent.parent, report_id, finding, status, comment=comment.strip(), who=who.strip())
    return next(item for item in audit_stored(report_id, data)[1] if item.id == finding)
