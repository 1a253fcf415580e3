"""How right an extraction is: against a report that was annotated by hand (``fazhi evaluate``).

A gold folder holds ``report.txt`` (or another readable ``report.*``), ``quantities.jsonl`` with every numeric
expression, and ``narrative.json`` with problems and next steps. In text order, each gold row takes the unused
prediction that overlaps it most; it is a hit when both are metrics and value and unit agree. Optional rows count
neither way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.evaluation.scores import Scores, Slip, score_quantities, score_statements
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message

__all__ = ["EvaluationResult", "ReportScores", "Scores", "Slip", "evaluate"]


@dataclass(frozen=True, slots=True)
class ReportScores:
    """Scores and slips of one gold folder."""

    name: str
    scores: Scores
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class EvaluationResult:
    """Scores of every gold report; ``str`` of it is the table in Chinese."""

    reports: tuple[ReportScores, ...]
    total: Scores = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum((report.scores for report in self.reports), Scores()))

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries: ``reports`` with name, counts, shares and slips, and ``total``."""
        return {
            "reports": [
                {
                    "name": report.name,
                    **asdict(report.scores),
                    **report.scores.shares(),
                    "slips": [asdict(slip) for slip in report.slips],
                }
                for report in self.reports
            ],
            "total": {**asdict(self.total), **self.total.shares()},
        }

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: str = "zh") -> str:
        """The table that the command line prints, in ``zh`` or ``en``."""
        columns = [(report.name, report.scores) for report in self.reports]
        if len(columns) > 1:
            columns.append((Message("evaluation.total").text(lang), self.total))
        lines = [_line(["", *(name for name, _ in columns)])]
        for counted, of, share in _ROWS:
            cells = [_cell(scores, counted, of, share) for _, scores in columns]
            lines.append(_line([Message(f"evaluation.row.{share or counted}").text(lang), *cells]))
        lines += [_describe(report.name, slip).text(lang) for report in self.reports for slip in report.slips]
        return "\n".join(lines)


_ROWS = (
    ("hits", "predicted", "precision"),
    ("hits", "gold", "recall"),
    ("", "", "f1"),
    ("interval_right", "hits", "interval_accuracy"),
    ("qualifier_right", "hits", "qualifier_accuracy"),
    ("span_right", "hits", "span_accuracy"),
    ("section_right", "hits", "section_accuracy"),
    ("link_accurate", "gold", "linking_accuracy"),
    ("linked_right", "linkable", "linking_recall"),
    ("linked_wrong", "gold", "linked_wrong_share"),
    ("statements_found", "statements_gold", "statement_recall"),
    ("statements_invented", "", ""),
)


def evaluate(gold_dir: Path | str) -> EvaluationResult:
    """Extract the report of each gold folder and score it.

    Parameters
    ----------
    gold_dir:
        One gold folder, or a folder of gold folders.

    Raises
    ------
    DataError
        When there is no gold folder, or a file of one is missing or cannot be read.
    """
    root = Path(gold_dir)
    folders = [root] if (root / "quantities.jsonl").is_file() else sorted(_gold_folders(root))
    if not folders:
        raise DataError(root, "analysis.gold.missing")
    return EvaluationResult(tuple(_evaluate_folder(folder) for folder in folders))


def _gold_folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [path.parent for path in root.glob("*/quantities.jsonl")]


def _evaluate_folder(folder: Path) -> ReportScores:
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_report

    files = sorted(folder.glob("report.*"))
    sources = [path for path in files if path.suffix not in (".json", ".jsonl", ".csv")]
    if not sources:
        raise DataError(folder / "report.txt", "analysis.gold.no_report")
    rows = _gold_rows(folder / "quantities.jsonl")
    narrative = _narrative(folder / "narrative.json")
    found = extract(read_report(sources[0]))
    known = _known_ids(folder)
    scores, slips = score_quantities(rows, found.quantities, known)
    more, other = score_statements(narrative, found.statements)
    return ReportScores(folder.resolve().name, scores + more, (*slips, *other))


def _gold_rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append(
                {**row, "start": int(row["start"]), "end": int(row["end"]), "is_metric": bool(row["is_metric"])}
            )
        except (ValueError, KeyError, TypeError):
            place = Message("analysis.gold.line", file=str(path), line=number)
            raise DataError(place, "analysis.gold.not_annotation") from None
    return rows


def _narrative(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(path, "analysis.gold.no_narrative", empty="{}") from None
    except ValueError:
        raise DataError(path, "analysis.gold.not_json") from None
    return found if isinstance(found, dict) else {}


def _known_ids(folder: Path) -> frozenset[str]:
    """Ids of the indicator table beside the gold, when it is there; else those of the bundled catalogue."""
    import csv

    for parent in folder.resolve().parents[:3]:
        table = parent / "domain" / "indicators.csv"
        if table.is_file():
            with table.open(encoding="utf-8-sig", newline="") as file:
                return frozenset(row["id"] for row in csv.DictReader(file))
    from fazhi_analysis.catalogue import load_catalogue

    return frozenset(indicator.id for indicator in load_catalogue())


def _describe(report: str, slip: Slip) -> Message:
    nothing = Message("evaluation.slip.nothing")
    key = "evaluation.slip.line_with_values" if slip.expected or slip.found else "evaluation.slip.line"
    return Message(
        key,
        report=report,
        start=slip.start,
        end=slip.end,
        kind=Message(f"evaluation.slip.{slip.kind}"),
        text=slip.text,
        expected=slip.expected or nothing,
        found=slip.found or nothing,
    )


def _cell(scores: Scores, counted: str, of: str, share: str) -> str:
    if not share:
        return str(getattr(scores, counted))
    value = scores.shares()[share]
    shown = "—" if value is None else f"{value:.4f}"
    return f"{shown} ({getattr(scores, counted)}/{getattr(scores, of)})" if of else shown


def _line(cells: Sequence[str]) -> str:
    """Cells padded to columns; a Chinese character is two columns wide."""
    widths = [16, *([24] * (len(cells) - 1))]
    padded = [cell + " " * max(1, width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)
