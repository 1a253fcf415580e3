"""What a person says of a follow-up's verdict: accepted, or changed with a reason; kept in the ledger.

A verdict is known by the words of its statement and by the later year, so that what a person judged stands after the
report is taken in again, whatever its number has become; where the words have changed, it is another one.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from fazhi_analysis.analysis.following.followed_year import text_of
from fazhi_analysis.analysis.following.passages import clauses_of
from fazhi_analysis.analysis.following.reasons import VERDICTS
from fazhi_analysis.dataset.ledger import Ledger, load_ledger
from fazhi_analysis.dataset.ledger_entries import FOLLOWED, Judgement
from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.errors import LedgerError

LEDGER_COLUMNS: tuple[str, ...] = ("id", "proposed", "status", "comment", "who")
"""Columns that a follow-up has on a person's decisions."""


def verdict_id(kind: str, text: str, later_year: int, *, part: bool = False) -> str:
    """The id of the verdict on a statement, or on a part of one, in a later year.

    >>> verdict_id("problem", "执法人手不足", 2024) == verdict_id("problem", "执法人手不足。", 2024)
    True
    >>> verdict_id("problem", "执法人手不足", 2024) == verdict_id("problem", "执法人手不足", 2025)
    False
    """
    letters = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
    key = f"{kind}|{'part' if part else ''}|{later_year}|{letters}"
    return f"{FOLLOWED}{sha256(key.encode()).hexdigest()[:8]}"


def decided(row: Mapping[str, Any], ledger: Ledger) -> dict[str, Any]:
    """A row of a follow-up with the last judgement of it by a person; ``proposed`` is the verdict that was found.

    An accepted verdict stays what it was when it was accepted. Raises LedgerError for a verdict that does not exist.
    """
    name = verdict_id(str(row["kind"]), str(row["text"]), int(row["later_year"]), part=bool(row["part"]))
    judgements = [entry for entry in ledger.judgements if entry.finding == name]
    new = {**row, "id": name, "proposed": row["verdict"], "status": "open", "comment": "", "who": ""}
    if not judgements:
        return new
    last = judgements[-1]
    new |= {"status": last.status, "comment": last.comment, "who": last.who}
    if last.status == "open" or _verdict(last) == row["verdict"]:
        return new
    ends = row["later_year"] if last.verdict == "repeated" else row["year"]
    return new | {
        "verdict": last.verdict,
        "reason": "decided",
        "wording": "",
        "extent": "",
        "age": ends - row["first_year"] + 1,
    }


def _verdict(entry: Judgement) -> str:
    if entry.verdict not in VERDICTS:
        raise LedgerError(entry.place, "dataset.ledger.verdict", verdict=entry.verdict, verdicts=VERDICTS)
    return entry.verdict


def ledgers(data: Any = None) -> Callable[[str], Ledger]:
    """The ledger of each stored report of some data folders, by its id; an empty one for a report that none holds."""
    roots = data_roots(data)

    @functools.cache
    def ledger_of(report_id: str) -> Ledger:
        for root in reversed(roots):
            if (root / report_id / "report.json").is_file():
                return load_ledger(root.parent, report_id)
        return Ledger()

    return ledger_of


def without_statement(statements: Iterable[Mapping[str, Any]], ledger: Ledger, text: str) -> list[Judgement]:
    """Judgements of verdicts on statements that are not among these: their words changed, or they are gone.

    A verdict on a clause that promises something of its own stays as long as the clause stands in the text.
    """
    rows = list(statements)
    years = {entry.later for entry in ledger.judgements if entry.later}
    known = {
        verdict_id(str(row["kind"]), text_of(dict(row), number), year, part=bool(number))
        for year in years
        for row in rows
        for number in range(len(row["parts"]) + 1)
    }
    if years:
        clauses = clauses_of(text)
        known |= {verdict_id("next_step", one.text, year, part=True) for year in years for one in clauses}
    return [entry for entry in ledger.judgements if entry.later and entry.finding not in known]
