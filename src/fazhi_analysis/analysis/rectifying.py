"""The rectification ledger: problems, broken promises and findings of a report, each with measure, body, date, state.

What people enter goes into the report's ledger, so that taking the report in again keeps it; an entry about words that
a new version no longer has stays, marked ``gone``. The next report may suggest that an item is done, with its evidence;
only a person closes it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.analysis.audit.stored_reports import audit_stored
from fazhi_analysis.dataset.ledger import add_entry, load_ledger
from fazhi_analysis.dataset.ledger_entries import Rectification
from fazhi_analysis.dataset.report_folders import find_folder
from fazhi_analysis.dataset.report_json import read_document
from fazhi_analysis.dataset.storage import read_report_folder
from fazhi_analysis.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    import pandas as pd

STATES: Final = ("open", "doing", "done")
"""Not begun, under way, closed by a person."""
ENTERED: Final = ("measure", "body", "due", "state", "who", "date")
"""What a person enters about an item."""
COLUMNS: Final = (
    "item", "kind", "text", "text_en", "measure", "body", "due", "state", "who", "date", "suggestion", "evidence",
    "evidence_text", "gone",
)  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to put right: a problem of the report, a promise not kept, or an error or doubt of the checks.

    ``row_id`` is the statement that it rests on; ``gone`` says that the stored version no longer has it.
    """

    id: str
    kind: str
    text: str
    text_en: str
    row_id: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Closure:
    """What suggests that an item is done: the row or report that shows it (``row``), and its words."""

    row: str
    text: str


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
        ``close`` where it seems to be done, ``evidence`` the row (or, of a finding, the report) that shows it, and
        ``evidence_text`` its words. A problem is suggested where the next year's report no longer names it and shows
        with figures that the step that answered it was kept; a promise where the next report's figures keep it; a
        finding where the stored version no longer has it. ``gone`` says that the stored version no longer has the item:
        only what was entered keeps it.

    Raises
    ------
    UnknownNameError
        For a report that is not stored.

    >>> table = rectification("159928-2023")
    >>> sorted(set(table["kind"])), set(table["state"])
    (['finding', 'problem', 'promise'], {'open'})
    """
    import pandas as pd

    entered = entries(report_id, data)
    followed = _followed(report_id, data)
    items = _items(report_id, data, followed)
    shown = _suggested(report_id, data, items, followed)
    rows = []
    for item in [*items, *_gone(items, entered)]:
        entry = entered.get(item.id)
        entered_fields = tuple(getattr(entry, name) for name in ENTERED) if entry else _NOTHING
        closure = _closed_by_version(report_id, data, item) or shown.get(item.id)
        grounds = (closure.row, closure.text) if closure else ("", "")
        suggestion = "close" if closure and entered_fields[3] != "done" else ""
        rows.append((item.id, item.kind, item.text, item.text_en, *entered_fields, suggestion, *grounds, item.gone))
    return pd.DataFrame(rows, columns=list(COLUMNS))


_NOTHING = ("", "", "", "open", "", "")


def entries(report_id: str, data: Any = None) -> dict[str, Rectification]:
    """What is entered about the items of a report, the last entry of each."""
    folder = find_folder(report_id, data)
    return {entry.item: entry for entry in load_ledger(folder.parent, report_id).rectifications}


def responsible(reports: Iterable[str], statements: Iterable[Row], data: Any = None) -> dict[str, str]:
    """Who is responsible for which problem or next step, by its row, as entered about some reports, the first counts.

    >>> responsible(["159928-2024"], [{"row_id": "a", "kind": "problem", "text": "执法力量不足"}])
    {}
    """
    bodies: dict[str, str] = {}
    for report_id in reports:
        for item, entry in entries(report_id, data).items():
            if entry.body:
                bodies.setdefault(item, entry.body)
    kinds = {"problem": "problem", "next_step": "promise"}
    named = ((str(row["row_id"]), item_id(kinds[row["kind"]], str(row["text"]))) for row in statements if bodies)
    return {row: bodies[item] for row, item in named if item in bodies}


def rectify(report_id: str, item: str, state: str, *, who: str, data: Any, **entry: str) -> None:
    """Enter what is done about an item: its state, and ``measure``, ``body``, ``due`` (a date) where they are given.

    What is left out stays as it was entered before. Raises UsageError for an unknown state, no name, or a ``due`` that
    is no date, and UnknownNameError for an unknown report or item, listing those that exist.

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
    _check_date(entry.get("due", ""))
    folder = find_folder(report_id, data)
    entered = entries(report_id, data)
    items = _items(report_id, data, _followed(report_id, data))
    known = {one.id: one for one in [*items, *_gone(items, entered)]}
    if item not in known:
        raise UnknownNameError(item, "analysis.rectifying.item", items=list(known))
    before = entered.get(item)
    kept = {name: getattr(before, name) for name in ("measure", "body", "due")} if before else {}
    enter(
        folder.parent,
        report_id,
        Rectification(
            item,
            state,
            who.strip(),
            datetime.date.today().isoformat(),
            **{**kept, **{name: value for name, value in entry.items() if value}},
            text=known[item].text,
        ),
    )


def enter(data: Any, report_id: str, entry: Rectification) -> None:
    """Write an entry about an item into the ledger, just as it is; what is empty is left out."""
    fields = {name: getattr(entry, name) for name in ("state", "who", "date", "measure", "body", "due", "text")}
    add_entry(data, report_id, {"rectify": entry.item} | {name: value for name, value in fields.items() if value})


def _check_date(due: str) -> None:
    try:
        datetime.date.fromisoformat(due or "2024-01-01")
    except ValueError:
        raise UsageError(f"due={due}", "analysis.rectifying.due") from None


def closures(followed: Iterable[Row], statements: Iterable[Row]) -> dict[str, Closure]:
    """Problems that a later report suggests are done, by their rows: what it shows of the step that answered them.

    ``followed`` is what became of a year's statements (:func:`~fazhi_analysis.follow_up`), ``statements`` are those of
    that year. A problem that is named again, or that may be the same as one that is named, is never suggested; nor is
    one whose step the later report does not mention: silence proves nothing.
    """
    became = {str(row["row_id"]): row for row in followed if not row["part"]}
    listed = [row for row in statements if str(row["row_id"]) in became]
    found: dict[str, Closure] = {}
    for step in listed:
        kept = _by_figures(became[str(step["row_id"])]) if step["kind"] == "next_step" else None
        answered = {one["problem"] for one in step["answers"] if one["strength"] == "direct"} if kept else set()
        for problem in listed:
            mine = problem["kind"] == "problem" and problem["ordinal"] in answered
            if kept and mine and became[str(problem["row_id"])]["verdict"] == "dropped":
                found.setdefault(str(problem["row_id"]), kept)
    return found


def _by_figures(followed: Row) -> Closure | None:
    """The figure that shows that a promise was kept as a whole; None where none does."""
    if followed["verdict"] != "kept" or followed["extent"] == "part":
        return None
    figures = [piece for piece in followed["evidence"] if piece["role"] == "figure" and piece["row"]]
    return Closure(str(figures[0]["row"]), str(figures[0]["text"])) if figures else None


def _items(report_id: str, data: Any, followed: list[Row]) -> list[Item]:
    stored = read_report_folder(find_folder(report_id, data))
    year = int(stored.document["year"])
    found = [
        Item(item_id("problem", row["text"]), "problem", row["text"], row["text"], row["row_id"])
        for row in stored.statements
        if row["kind"] == "problem"
    ]
    for row in followed:
        if row["later_year"] == year and row["kind"] == "next_step" and row["verdict"] == "contradicted":
            found.append(Item(item_id("promise", row["text"]), "promise", row["text"], row["text"], row["row_id"]))
    for finding in audit_stored(report_id, data)[1]:
        if finding.severity in ("error", "warning") and finding.status != "dismissed":
            found.append(Item(finding.id, "finding", finding.message_zh, finding.message_en))
    return list({item.id: item for item in found}.values())


def item_id(kind: str, text: str) -> str:
    """The id of a statement: of its words, so that it stays when the numbering changes.

    >>> item_id("problem", "执法力量不足") == item_id("problem", "执法力量 不足")
    True
    """
    return f"{kind}-{hashlib.sha256(''.join(text.split()).encode()).hexdigest()[:8]}"


def _gone(items: Iterable[Item], entered: Mapping[str, Rectification]) -> list[Item]:
    """Items that something is entered about and that the stored version no longer has."""
    known = {item.id for item in items}
    kinds = ("problem", "promise")
    return [
        Item(
            name,
            next((kind for kind in kinds if name.startswith(f"{kind}-")), "finding"),
            entry.text,
            entry.text,
            gone=True,
        )
        for name, entry in entered.items()
        if name not in known
    ]


def _closed_by_version(report_id: str, data: Any, item: Item) -> Closure | None:
    """A finding that the stored version no longer has was put right in it."""
    if not item.gone or item.kind != "finding":
        return None
    source = read_document(find_folder(report_id, data)).get("source") or {}
    return Closure(report_id, str(source.get("name", "")))


def _suggested(report_id: str, data: Any, items: Iterable[Item], followed: list[Row]) -> dict[str, Closure]:
    """Items that the next year's report suggests are done."""
    stored = read_report_folder(find_folder(report_id, data))
    year = int(stored.document["year"])
    later = [row for row in followed if row["later_year"] == year + 1]
    problems = closures((row for row in later if row["year"] == year), stored.statements)
    promises = {
        str(row["row_id"]): closure
        for row in later
        if row["year"] == year - 1 and not row["part"] and (closure := _by_figures(row))
    }
    shown = problems | promises
    return {item.id: shown[item.row_id] for item in items if item.row_id in shown}


def _followed(report_id: str, data: Any) -> list[Row]:
    """What became of the statements of the report and of the year before, by this report and by the next."""
    from fazhi_analysis.analysis.following.follow_up import follow_up
    from fazhi_analysis.dataset import load_metrics, load_statements

    document = read_document(find_folder(report_id, data))
    place, year = str(document["region_code"] or document["region"]), int(document["year"])
    tables = (load(data, regions=[place]) for load in (load_statements, load_metrics))
    statements, metrics = (table[table["year"].between(year - 1, year + 1)] for table in tables)
    table = follow_up(statements, metrics, data=data)
    rows = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    return [row for row in rows if not row["part"]]
