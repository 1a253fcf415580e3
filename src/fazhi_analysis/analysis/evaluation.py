"""How right an extraction is: against a report that was annotated by hand (``fazhi evaluate``).

A gold folder holds ``report.txt`` (or another readable ``report.*``), ``quantities.jsonl`` with every numeric
expression, and ``narrative.json`` with problems and next steps. In text order, each gold row takes the unused
prediction that overlaps it most; it is a hit when both are metrics and value and unit agree. Optional rows count
neither way.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Quantity, Statement

COVER = 0.6
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Slip:
    """One difference from the gold: what kind, where, what stands there, and what was expected and found."""

    kind: str
    start: int
    end: int
    text: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of one report, or of several added up; the shares are properties, NaN where nothing was counted."""

    gold: int = 0
    predicted: int = 0
    hits: int = 0
    interval_right: int = 0
    qualifier_right: int = 0
    span_right: int = 0
    section_right: int = 0
    linkable: int = 0
    linked_right: int = 0
    link_accurate: int = 0
    linked_wrong: int = 0
    statements_gold: int = 0
    statements_found: int = 0
    statements_invented: int = 0

    @property
    def precision(self) -> float:
        """Hits among predicted metrics."""
        return _share(self.hits, self.predicted)

    @property
    def recall(self) -> float:
        """Hits among gold metrics."""
        return _share(self.hits, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.hits, self.predicted + self.gold)

    def shares(self) -> dict[str, float | None]:
        """All shares by name; None where nothing was counted."""
        found = {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "interval_accuracy": _share(self.interval_right, self.hits),
            "qualifier_accuracy": _share(self.qualifier_right, self.hits),
            "span_accuracy": _share(self.span_right, self.hits),
            "section_accuracy": _share(self.section_right, self.hits),
            "linking_accuracy": _share(self.link_accurate, self.gold),
            "linking_recall": _share(self.linked_right, self.linkable),
            "linked_wrong_share": _share(self.linked_wrong, self.gold),
            "statement_recall": _share(self.statements_found, self.statements_gold),
        }
        return {name: None if math.isnan(value) else value for name, value in found.items()}

    def __add__(self, other: Scores) -> Scores:
        return Scores(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


@dataclass(frozen=True, slots=True)
class ReportScores:
    """Scores and slips of one gold folder."""

    name: str
    scores: Scores
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class EvaluationResult:
    """Scores of every gold report; ``str`` of it is the table that the command line prints."""

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
        columns = [(report.name, report.scores) for report in self.reports]
        if len(columns) > 1:
            columns.append(("合计", self.total))
        lines = [_line(["", *(name for name, _ in columns)])]
        for label, counted, of, share in _ROWS:
            cells = [_cell(scores, counted, of, share) for _, scores in columns]
            lines.append(_line([label, *cells]))
        for report in self.reports:
            lines += [f"{report.name} [{slip.start}, {slip.end}) {_describe(slip)}" for slip in report.slips]
        return "\n".join(lines)


_ROWS = (
    ("查准率", "hits", "predicted", "precision"),
    ("查全率", "hits", "gold", "recall"),
    ("F1", "", "", "f1"),
    ("区间正确率", "interval_right", "hits", "interval_accuracy"),
    ("约数词正确率", "qualifier_right", "hits", "qualifier_accuracy"),
    ("位置正确率", "span_right", "hits", "span_accuracy"),
    ("章节正确率", "section_right", "hits", "section_accuracy"),
    ("挂接正确率", "link_accurate", "gold", "linking_accuracy"),
    ("挂接查全率", "linked_right", "linkable", "linking_recall"),
    ("挂接错误", "linked_wrong", "gold", "linked_wrong_share"),
    ("问题和打算找到", "statements_found", "statements_gold", "statement_recall"),
    ("问题和打算多出", "statements_invented", "", ""),
)
_KINDS = {
    "missed": "漏掉",
    "false_alarm": "多出",
    "value": "数值或单位不符",
    "interval": "区间不符",
    "qualifier": "约数词不符",
    "unlinked": "没有挂接",
    "linked_wrong": "挂接错误",
    "statement_missed": "漏掉的问题或打算",
    "statement_invented": "多出的问题或打算",
}


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
        remedy = "请指向含 report.txt、quantities.jsonl、narrative.json 的文件夹，或它的上一级"
        raise DataError(root, "这里没有人工标注", remedy)
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
        raise DataError(folder / "report.txt", "缺少报告原文", "请补上这个文件")
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
            raise DataError(
                f"{path} 第 {number} 行", "不是一条标注", "每行一个含 start、end、is_metric 的对象"
            ) from None
    return rows


def _narrative(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(path, "缺少问题和打算的标注", "请补上这个文件；没有问题和打算的，写 {}") from None
    except ValueError:
        raise DataError(path, "不是合格的 JSON", "请检查文件") from None
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


def score_quantities(
    gold: Sequence[dict[str, Any]], predicted: Sequence[Quantity], known: frozenset[str]
) -> tuple[Scores, list[Slip]]:
    """Score quantities; ``gold`` rows have the keys of ``quantities.jsonl``, ids outside ``known`` count as none.

    >>> row = {"start": 4, "end": 7, "value": 53, "unit": "宗", "is_metric": True, "lower": 53, "upper": 53,
    ...        "qualifier": "exact", "indicator_ids": ["a"], "section": "一"}
    >>> figure = Quantity(4, 7, "53宗", 53, 53, 53, "宗", "exact", "count", True, section="一", indicator_id="a")
    >>> scores, slips = score_quantities([row], [figure], frozenset({"a"}))
    >>> scores.f1, scores.linked_right, slips
    (1.0, 1, [])
    """
    pairs = _pair(gold, predicted)
    slips: list[Slip] = []
    counts = dict.fromkeys((item.name for item in fields(Scores)), 0)
    excused = set()
    for row, match in zip(gold, pairs, strict=True):
        found = None if match is None else predicted[match]
        if row.get("optional"):
            if match is not None:
                excused.add(match)
            continue
        if row["is_metric"]:
            _score_metric(row, found, known, counts, slips)
    hit_or_wrong = {match for row, match in zip(gold, pairs, strict=True) if row["is_metric"] and match is not None}
    for index, quantity in enumerate(predicted):
        if quantity.is_metric and index not in excused:
            counts["predicted"] += 1
            if index not in hit_or_wrong:
                slips.append(_slip("false_alarm", quantity.start, quantity.end, quantity.text, "", _amount(quantity)))
    return Scores(**counts), sorted(slips, key=lambda slip: slip.start)


def _score_metric(
    row: dict[str, Any], found: Quantity | None, known: frozenset[str], counts: dict[str, int], slips: list[Slip]
) -> None:
    """Count one gold metric and what was found for it."""
    text = str(row.get("text", ""))

    def slip(kind: str, expected: object, got: object) -> None:
        slips.append(_slip(kind, row["start"], row["end"], text, str(expected), str(got)))

    counts["gold"] += 1
    wanted = {str(name) if name in known else "" for name in row.get("indicator_ids") or [""]}
    given = found.indicator_id if found is not None and found.is_metric and found.indicator_id in known else ""
    right = given in wanted and found is not None and found.is_metric
    counts["link_accurate"] += right
    if wanted != {""}:
        counts["linkable"] += 1
        counts["linked_right"] += right
    if given not in wanted:
        counts["linked_wrong"] += bool(given)
        slip("linked_wrong" if given else "unlinked", "|".join(sorted(wanted)), given)
    if found is None or not found.is_metric:
        slip("missed", row.get("value"), "" if found is None else found.kind)
        return
    units = {_unit(row.get("unit")), _unit(row.get("unit_inferred") or row.get("unit"))}
    if not _same(found.value, row.get("value")) or _unit(found.unit) not in units:
        slip("value", f"{row.get('value')}{row.get('unit')}", _amount(found))
        return
    counts["hits"] += 1
    interval = _same(found.lower, row.get("lower")) and _same(_open(found.upper), _open(row.get("upper")))
    counts["interval_right"] += interval
    if not interval:
        slip("interval", f"[{row.get('lower')}, {row.get('upper')}]", f"[{found.lower}, {found.upper}]")
    counts["qualifier_right"] += found.qualifier == row.get("qualifier")
    if found.qualifier != row.get("qualifier"):
        slip("qualifier", row.get("qualifier"), found.qualifier)
    counts["span_right"] += (found.start, found.end) == (row["start"], row["end"])
    counts["section_right"] += found.section == row.get("section")


def _pair(gold: Sequence[dict[str, Any]], predicted: Sequence[Quantity]) -> list[int | None]:
    """For each gold row in text order, the index of the unused prediction that overlaps it most."""
    order = sorted(range(len(predicted)), key=lambda index: predicted[index].start)
    starts = [predicted[index].start for index in order]
    longest = max((quantity.end - quantity.start for quantity in predicted), default=0)
    used: set[int] = set()
    pairs: dict[int, int | None] = {}
    for number in sorted(range(len(gold)), key=lambda number: (gold[number]["start"], gold[number]["end"])):
        start, end = gold[number]["start"], gold[number]["end"]
        best, size = None, 0
        for place in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            index = order[place]
            overlap = min(end, predicted[index].end) - max(start, predicted[index].start)
            if index not in used and overlap > size:
                best, size = index, overlap
        pairs[number] = best
        if best is not None:
            used.add(best)
    return [pairs[number] for number in range(len(gold))]


def score_statements(narrative: dict[str, Any], predicted: Iterable[Statement]) -> tuple[Scores, list[Slip]]:
    """Score problems and next steps: found when each span covers at least 60 % of the other.

    >>> scores, _ = score_statements({"problems": [{"start": 0, "end": 10}]}, [Statement("problem", 1, "", 0, 9)])
    >>> scores.statements_found, scores.statements_invented
    (1, 0)
    """
    slips = []
    total = Scores()
    made = list(predicted)
    for kind, key in (("problem", "problems"), ("next_step", "next_steps")):
        rest = [statement for statement in made if statement.kind == kind]
        gold = [row for row in narrative.get(key) or [] if "start" in row and "end" in row]
        wanted = found = 0
        for row in gold:
            match = max(rest, key=lambda item: _overlap(row, item), default=None)
            fits = match is not None and _covers(row, match)
            if fits and match is not None:
                rest.remove(match)
            if row.get("optional"):
                continue
            wanted += 1
            found += fits
            if not fits:
                slips.append(
                    _slip("statement_missed", row["start"], row["end"], str(row.get("paraphrase", "")), kind, "")
                )
        slips += [_slip("statement_invented", item.start, item.end, item.text[:30], "", kind) for item in rest]
        total += Scores(statements_gold=wanted, statements_found=found, statements_invented=len(rest))
    return total, slips


def _overlap(row: dict[str, Any], statement: Statement) -> int:
    return max(0, min(row["end"], statement.end) - max(row["start"], statement.start))


def _covers(row: dict[str, Any], statement: Statement) -> bool:
    shared = _overlap(row, statement)
    return shared >= COVER * max(row["end"] - row["start"], 1) and shared >= COVER * (statement.end - statement.start)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return math.isclose(float(one), float(other), rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)


def _open(end: Any) -> float:
    return math.inf if end is None else float(end)


def _unit(unit: object) -> str:
    return "".join(str(unit or "").split()).replace("％", "%")


def _amount(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"


def _slip(kind: str, start: int, end: int, text: str, expected: str, found: str) -> Slip:
    return Slip(kind, start, end, " ".join(text.split()), expected, found)


def _describe(slip: Slip) -> str:
    arrow = f"：应为 {slip.expected or '（无）'}，得到 {slip.found or '（无）'}" if slip.expected or slip.found else ""
    return f"{_KINDS[slip.kind]} {slip.text}{arrow}"


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
