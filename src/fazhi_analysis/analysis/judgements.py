"""What a person says of a finding, or of a verdict on a promise; kept in the ledger beside the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.audit.stored_reports import audit_stored
from fazhi_analysis.analysis.following.reasons import VERDICTS
from fazhi_analysis.dataset.ledger import add_judgement, add_verdict
from fazhi_analysis.dataset.ledger_entries import FOLLOWED, Judgement
from fazhi_analysis.dataset.report_folders import find_folder
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.messages import Message, word
from fazhi_analysis.model import STATUSES, Finding

if TYPE_CHECKING:
    from fazhi_analysis.analysis.result_rows import PromiseRow

STATUS_WORDS = {
    "accepted": ("采纳", "已采纳"),
    "dismissed": ("排除", "已排除"),
    "open": ("待处理",),
}
"""What may be written for each status besides its own name: the words of the pages."""

_OF_VERDICTS = ("accepted", "open", *VERDICTS)


def status_of(written: str, statuses: tuple[str, ...] = STATUSES) -> str:
    """The status, or the verdict, that a word names. Raises UsageError, listing what may be written.

    >>> status_of("已排除"), status_of("采纳"), status_of("open"), status_of("有据落实", ("accepted", "kept"))
    ('dismissed', 'accepted', 'open', 'kept')
    """
    words = {status: STATUS_WORDS.get(status) or (word("follow_up.verdict", status),) for status in statuses}
    for status in statuses:
        if written.strip() in (status, *words[status]):
            return status
    known = [Message("analysis.judgement.status_and_words", status=status, words=words[status]) for status in statuses]
    raise UsageError(written, "analysis.judgement.status", statuses=known)


def judge(report_id: str, finding: str, status: str, *, comment: str, who: str, data: Any) -> Finding | PromiseRow:
    """Record what a person says of one finding of a stored report, or of the verdict on one of its promises.

    Parameters
    ----------
    report_id, finding:
        The report and the finding's id, as ``audit`` and the page of checks print them; or the id of a verdict
        (``follow_up-...``), as ``follow_up`` and the page of problems and next steps print it, and the report that
        makes the promise or the one by which it was judged.
    status:
        Of a finding ``accepted``, ``dismissed`` (counts no more, but stays on the page), or ``open`` for a comment
        alone. Of a verdict ``accepted``, ``open``, or the verdict that it should be: repeated, kept, contradicted,
        dropped, cannot_tell. Also in the words of the pages (采纳, 已排除, 有据落实).
    comment, who:
        Why, and who says so.
    data:
        The data folder that holds the report; the entry goes to its ``corrections/<report_id>.yaml``.

    Returns
    -------
    Finding or dict
        The finding, or the row of ``follow_up``, as every later run, page and table shows it. The last judgement
        counts, and an accepted verdict stays what it was.

    Raises
    ------
    UnknownNameError
        No such report, finding or verdict; the remedy lists what exists.
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
    is_verdict = finding.startswith(FOLLOWED)
    status = status_of(status, _OF_VERDICTS if is_verdict else STATUSES)
    for name, value in (("comment", comment), ("who", who)):
        if not value.strip():
            raise UsageError(name, "analysis.judgement.empty")
    signed = {"comment": comment.strip(), "who": who.strip()}
    folder = find_folder(report_id, data)
    if is_verdict:
        return _judge_verdict(report_id, finding, status, signed, data)
    known = [item.id for item in audit_stored(report_id, data)[1]]
    if finding not in known:
        raise UnknownNameError(finding, "choice.finding.unknown", report_id=report_id, findings=known)
    add_judgement(folder.parent.parent, report_id, finding, status, **signed)
    return next(item for item in audit_stored(report_id, data)[1] if item.id == finding)


def _judge_verdict(report_id: str, name: str, status: str, signed: dict[str, str], data: Any) -> PromiseRow:
    """Record a judgement of a verdict in the ledger of the report that makes the promise."""
    rows = _verdicts_of(report_id, data)
    row = next((one for one in rows if one["id"] == name), None)
    if row is None:
        known = [one["id"] for one in rows]
        raise UnknownNameError(name, "choice.finding.unknown", report_id=report_id, findings=known)
    verdict = {"accepted": row["verdict"], "open": ""}.get(status, status)
    kept_as = status if status in ("accepted", "open") else "changed"
    entry = Judgement(name, kept_as, signed["comment"], signed["who"], "", verdict=verdict, later=row["later_year"])
    add_verdict(find_folder(row["report_id"], data).parent.parent, row["report_id"], entry)
    return next(one for one in _verdicts_of(report_id, data) if one["id"] == name)


def _verdicts_of(report_id: str, data: Any) -> list[PromiseRow]:
    """Every verdict on what a report promises, and every one that rests on it."""
    from fazhi_analysis.analysis.following.follow_up import follow_up
    from fazhi_analysis.analysis.result_rows import PromiseRow
    from fazhi_analysis.analysis.stored_rows import rows_of
    from fazhi_analysis.dataset import load_metrics, load_statements
    from fazhi_analysis.dataset.storage import read_report_folder

    document = read_report_folder(find_folder(report_id, data)).document
    place, year = str(document["region_code"] or document["region"]), int(document["year"])
    statements, metrics = load_statements(data, regions=[place]), load_metrics(data, regions=[place])
    if statements.empty:
        return []
    rows = rows_of(follow_up(statements, metrics, place, data=data), PromiseRow)
    return [row for row in rows if row["report_id"] == report_id or row["later_year"] == year]
