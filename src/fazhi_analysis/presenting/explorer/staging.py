"""A report before it is stored: what it holds, doubtful figures first, and what a person decided about them.

The report is taken into a temporary folder first, with the same function that stores it later, so that what is shown is
what will be stored. Decisions are tried there at once and written to the ledger of the chosen folder when it is stored.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from fazhi_analysis.dataset.ledger import add_correction, add_judgement
from fazhi_analysis.dataset.storage import StoredReport, read_report_folder, reports_folder
from fazhi_analysis.errors import UsageError
from fazhi_analysis.messages import Message

Row = dict[str, Any]
Ingest = Callable[..., Iterable[Any]]

_GRAVE = {"error": 0, "warning": 1}
_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: ``correct``, ``remove``, ``accept`` of a figure; ``accepted``, ``dismissed`` of a finding."""

    kind: str
    target: str
    to: Row = field(default_factory=dict)
    why: str = ""
    who: str = ""


class Staged:
    """One file in a temporary folder. ``ingest`` is the public function of that name; ``close`` removes the folder.

    ``decisions`` maps the local id of a row (``m012``) or the id of a finding to what was decided last.
    """

    def __init__(self, ingest: Ingest, name: str, content: bytes, lang: str = "zh") -> None:
        self._ingest, self._lang = ingest, lang
        self._folder = tempfile.TemporaryDirectory(prefix="fz-")
        self.file = Path(self._folder.name) / safe_name(name)
        self.file.write_bytes(content)
        self.data = Path(self._folder.name) / "data"
        self.place: dict[str, Any] = {}
        self.report_id = ""
        self.message = ""
        self.decisions: dict[str, Decision] = {}

    def check(self, region: str | None = None, year: int | None = None) -> bool:
        """Read and check the file; False with ``message`` when it cannot be taken in, as without a known place."""
        self.place = {"region": region or None, "year": year}
        result = self._run(self.data)
        self.report_id, self.message = result.report_id, result.message
        return bool(result.status != "failed")

    @property
    def stored(self) -> StoredReport:
        """The report as it would be stored."""
        return read_report_folder(reports_folder(self.data) / self.report_id)

    def rows(self) -> list[tuple[Row, list[Row]]]:
        """Figures with the findings that doubt them: errors first, then warnings, then uncertain readings."""
        stored = self.stored
        doubts: dict[str, list[Row]] = {}
        for finding in stored.findings:
            if finding["severity"] in _GRAVE:
                for row in dict.fromkeys(str(piece.get("row") or "") for piece in finding["evidence"] or []):
                    doubts.setdefault(row, []).append(dict(finding))
        found = [(dict(row), doubts.get(str(row["row_id"]), [])) for row in stored.metrics]
        return sorted(found, key=lambda pair: _rank(*pair))  # the figure that a finding names first comes first

    def decide(self, decision: Decision) -> None:
        """Record a decision. Raises LedgerError when the ledger would not take it, UsageError without why and who."""
        if not decision.who.strip() or not decision.why.strip():
            raise UsageError(Message("presenting.explorer.correction"), "presenting.explorer.without_reason")
        _write(self.data, self.report_id, decision)
        self.decisions[decision.target] = decision

    def store(self, data: Path | str) -> Any:
        """Store the report under ``data`` with its decisions and return what became of it."""
        result = self._run(data)
        if result.status == "failed" or not self.decisions:
            return result
        for decision in self.decisions.values():
            _write(data, result.report_id, decision)
        return self._run(data)

    def close(self) -> None:
        """Remove the temporary folder."""
        self._folder.cleanup()

    def _run(self, data: Path | str) -> Any:
        (result,) = self._ingest([self.file], data=data, **self.place, progress=False, workers=1, lang=self._lang)
        return result


def _write(data: Path | str, report_id: str, decision: Decision) -> None:
    if decision.kind in ("accepted", "dismissed"):
        add_judgement(data, report_id, decision.target, decision.kind, comment=decision.why, who=decision.who)
        return
    row = {"row_id": f"{report_id}:{decision.target}"}
    to = {"confidence": _SURE} if decision.kind == "accept" else decision.to
    add_correction(data, report_id, row, None if decision.kind == "remove" else to, why=decision.why, who=decision.who)


def _rank(row: Row, doubts: list[Row]) -> tuple[int, int]:
    if not doubts:
        return (2 if is_unsure(row) else 3), 0
    places = []
    for finding in doubts:
        named = [str(piece.get("row") or "") for piece in finding["evidence"]]
        places.append((_GRAVE[finding["severity"]], named.index(str(row["row_id"]))))
    return min(places)


def is_unsure(row: Row) -> bool:
    """Whether a figure was read without certainty, as by character recognition."""
    return float(row["confidence"]) < _SURE


def local_id(row: Row) -> str:
    """The id of a row inside its report.

    >>> local_id({"row_id": "990124-2024:m012"})
    'm012'
    """
    return str(row["row_id"]).rpartition(":")[2]


def safe_name(name: str) -> str:
    """The last part of a file name that came from elsewhere; never a path.

    >>> safe_name("../../etc/报告.pdf"), safe_name("C:\\\\a\\\\b.txt"), safe_name("..")
    ('报告.pdf', 'b.txt', 'report')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    last = re.sub(r"[\x00-\x1f:*?\"<>|]", "_", last).lstrip(".")
    return last[-120:] or "report"


def read_figure(text: str, row: Row) -> Row:
    """A figure as a report would word it, as the columns that a correction sets.

    Without a unit it has that of the row. Raises UsageError for anything else than one figure.

    >>> row = {"unit": "份", "kind": "count"}
    >>> read_figure("300余", row) == {"value": 300, "lower": 300, "upper": 399, "qualifier": "over", "wording": "…余"}
    True
    >>> read_figure("18.75%", {"unit": "%", "kind": "rate"})["upper"]
    18.755
    """
    from fazhi_analysis.extracting.figures.quantities import find_quantities
    from fazhi_analysis.reading import read_text

    unit = str(row["unit"])
    for tried in (text.strip(), text.strip() + unit):
        found = [one for one in find_quantities(read_text(f"共{tried}。", name="figure")) if one.is_metric]
        whole = [one for one in found if (one.start, one.end) == (1, 1 + len(tried)) and bool(one.unit) == bool(unit)]
        if len(found) == 1 and whole:
            one = whole[0]
            to: Row = {"value": one.value, "lower": one.lower, "upper": one.upper, "qualifier": one.qualifier}
            to |= {"wording": one.wording} if one.wording else {}
            changed = {"unit": one.unit, "kind": one.kind}
            return to | {name: value for name, value in changed.items() if value != row[name]}
    raise UsageError(text or Message("presenting.explorer.figure"), "presenting.explorer.not_a_figure")
