"""The rectification ledger: problems, broken promises and findings of a report, each with measure, body, date, state.

What people enter goes into the report's ledger, so that taking the report in again keeps it. The next report may
suggest that an item is done, with its evidence; only a person closes it.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.analysis.audit.stored import audit_stored, find_folder
from fazhi_analysis.dataset.ledger import add_entry, load_ledger
from fazhi_analysis.dataset.storage import read_report_folder
from fazhi_analysis.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    import pandas as pd

STATES: Final = ("open", "doing", "done")
"""Not begun, under way, closed by a person."""
COLUMNS: Final = (
    "item", "kind", "text", "text_en", "measure", "body", "due", "state", "who", "date", "suggestion", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to put right: a problem of the report, a promise not kept, or an error or doubt of the checks."""

    id: str
    kind: str
    text: str
    text_en: str
    row_id: str = ""


def rectification(report_id: str, data: Any = None) -> pd.DataFrame:
    """Everything that a stored report leaves to put right, with what is entered and what the next report suggests.

    Parameters
    ----------
    report_id:
        The report.
    data:
        Data folder; the bundled data by default.

    Returns
    -------
    DataFrame
        One row an item: ``item`` (its id), ``kind`` (problem, promise, finding), ``text``, ``text_en``; ``measure``,
        ``body``, ``due``, ``state`` (open, doing, done), ``who`` and ``date`` as entered last; ``suggestion`` is
        ``close`` where the next year's report shows with figures that it was done, ``evidence`` the row that does.

    Raises
    ------
    UnknownNameError
        For a report that is not stored.

    >>> table = rectification("159928-2023")
    >>> sorted(set(table["kind"])), set(table["state"])
    (['finding', 'problem', 'promise'], {'open'})
    """
    import pandas as pd

    folder = find_folder(report_id, data)
    entered = {entry.item: entry for entry in load_ledger(folder.parent, report_id).rectifications}
    shown = _suggested(report_id, data)
    rows = []
    for item in _items(report_id, data):
        entry = entered.get(item.id)
        said = (entry.measure, entry.body, entry.due, entry.state, entry.who, entry.date) if entry else _NOTHING
        evidence = shown.get(item.row_id, "")
        suggestion = "close" if evidence and said[3] != "done" else ""
        rows.append((item.id, item.kind, item.text, item.text_en, *said, suggestion, evidence))
    return pd.DataFrame(rows, columns=list(COLUMNS))


_NOTHING = ("", "", "", "open", "", "")


def rectify(report_id: str, item: str, state: str, *, who: str, data: Any, **entry: str) -> None:
    """Enter what is done about an item: its state, and ``measure``, ``body``, ``due`` (a date) where they are given.

    What is left out stays as it was entered before. Raises UsageError for an unknown state or no name, and
    UnknownNameError for a report or an item that there is none of, listing those that there are.

    >>> rectify("159928-2023", "problem-00000000", "done", who="李四", data="data/sample")
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.UnknownNameError: ...
    """
    if data is None:
        raise UsageError(report_id, "analysis.judgement.bundled")
    if state not in STATES:
        raise UsageError(f"state={state}", "analysis.rectifying.state", states=STATES)
    if not who.strip():
        raise UsageError("who", "analysis.signing.nobody")
    folder = find_folder(report_id, data)
    known = [one.id for one in _items(report_id, data)]
    if item not in known:
        raise UnknownNameError(item, "analysis.rectifying.item", items=known)
    before = {one.item: one for one in load_ledger(folder.parent, report_id).rectifications}.get(item)
    kept = {name: getattr(before, name) for name in ("measure", "body", "due")} if before else {}
    told = {name: value for name, value in {**kept, **{k: v for k, v in entry.items() if v}}.items() if value}
    date = datetime.date.today().isoformat()
    add_entry(folder.parent, report_id, {"rectify": item, "state": state, "who": who.strip(), "date": date} | told)


def _items(report_id: str, data: Any) -> list[Item]:
    stored = read_report_folder(find_folder(report_id, data))
    found = [
        Item(_id("problem", row["text"]), "problem", row["text"], row["text"], row["row_id"])
        for row in stored.statements
        if row["kind"] == "problem"
    ]
    for row in _followed(report_id, data, "later_year"):
        if row["kind"] == "next_step" and row["verdict"] == "contradicted" and row["part"] == 0:
            found.append(Item(_id("promise", row["text"]), "promise", row["text"], row["text"]))
    for finding in audit_stored(report_id, data)[1]:
        if finding.severity in ("error", "warning") and finding.status != "dismissed":
            found.append(Item(finding.id, "finding", finding.message_zh, finding.message_en))
    return list({item.id: item for item in found}.values())


def _id(kind: str, text: str) -> str:
    """The id of a statement: of its words, so that it stays when the numbering changes."""
    return f"{kind}-{hashlib.sha256(''.join(text.split()).encode()).hexdigest()[:8]}"


def _suggested(report_id: str, data: Any) -> dict[str, str]:
    """Rows of problems that the next year's report shows to be done, with the row that shows it."""
    return {
        str(row["row_id"]): str(row["later_row"])
        for row in _followed(report_id, data, "year")
        if row["kind"] == "problem" and row["verdict"] == "kept" and row["later_row"]
    }


def _followed(report_id: str, data: Any, side: str) -> list[dict[str, Any]]:
    """Verdicts on what the report promised (``year``), or on what it should have kept (``later_year``)."""
    from fazhi_analysis.analysis.following.follow_up import follow_up
    from fazhi_analysis.dataset import load_metrics, load_statements

    document = read_report_folder(find_folder(report_id, data)).document
    place, year = str(document["region_code"] or document["region"]), int(document["year"])
    statements, metrics = (load(data, regions=[place]) for load in (load_statements, load_metrics))
    years = (year + 1, year) if side == "year" else (year, year - 1)
    if not set(years) <= set(statements["year"].astype(int)):
        return []
    table = follow_up(statements, metrics, place, *years, data=data)
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
