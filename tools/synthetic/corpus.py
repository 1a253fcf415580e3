"""Many synthetic reports: series of a place over the years, corpora on disk, a store filled without reading texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .mutations import KINDS, mutate
from .places import Place
from .reports import SyntheticReport, make_report


def make_series(seed: int, region: Place | int, first: int, last: int, **options: Any) -> list[SyntheticReport]:
    """Reports of one place from year to year, consistent with each other.

    >>> [report.year for report in make_series(1, 0, 2021, 2023)]
    [2021, 2022, 2023]
    """
    return [make_report(seed, region, year, **options) for year in range(first, last + 1)]


def reports(count: int, seed: int = 0, years: int = 5, last: int = 2024) -> Iterator[SyntheticReport]:
    """So many clean reports: places one after another, each with its years up to the last one."""
    for index in range(count):
        yield make_report(seed, index // years, last - years + 1 + index % years)


def make_corpus(
    count: int, into: Path | str, seed: int = 0, *, years: int = 5, last: int = 2024, faults: float = 0.0
) -> list[Path]:
    """Write texts and truths (``texts/<id>.md``, ``truth/<id>.json``); a share of them gets one fault each.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in make_corpus(2, folder, 7, years=2)]
    ['910101-2023.md', '910101-2024.md']
    """
    into, written, kinds = Path(into), [], list(KINDS)
    for name in ("texts", "truth"):
        (into / name).mkdir(parents=True, exist_ok=True)
    due = 0.0
    for index, clean in enumerate(reports(count, seed, years, last)):
        report, due = clean, due + faults
        if due >= 1:
            due -= 1
            report = mutate(clean, kinds[index % len(kinds)], seed) or clean
        path = into / "texts" / f"{report.report_id}.md"
        path.write_text(report.text, encoding="utf-8", newline="")
        truth = json.dumps(report.truth, ensure_ascii=False)
        (into / "truth" / f"{report.report_id}.json").write_text(truth, encoding="utf-8")
        written.append(path)
    return written


def metric_rows(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """The truth of a report as rows of the metrics table, without the source wording."""
    numbers = {row["id"]: f"{truth['report_id']}:m{index:03d}" for index, row in enumerate(truth["metrics"], 1)}
    return [
        {
            "row_id": numbers[row["id"]], "indicator_id": row["indicator_ids"][0], "label": row["label"] or row["text"],
            "value": row["value"], "lower": row["lower"], "upper": float(row["upper"]), "unit": row["unit"],
            "qualifier": row["qualifier"], "kind": row["kind"], "is_metric": True, "role": row["role"],
            "change": row["change"], "period": row["period"], "scope": row["scope"], "section": row["section"],
            "item": row["item"], "start": row["start"], "end": row["end"],
            "duplicate_of": numbers.get(row["duplicate_of"], ""), "source": truth["text"]["sha256"],
        }
        for row in truth["metrics"]
    ]  # fmt: skip


def statement_rows(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """The truth of a report as rows of the statements table."""
    return [
        {
            "row_id": f"{truth['report_id']}:{row['id'].lower()}", "kind": row["kind"], "ordinal": row["ordinal"],
            "text": row["text"], "theme": row["theme"], "cause": row["cause"],
            "parts": [{key: part[key] for key in ("text", "start", "end")} for part in row["parts"]],
            "answers": row["answers"], "start": row["start"], "end": row["end"],
        }
        for row in truth["statements"]
    ]  # fmt: skip


def store_corpus(
    count: int, data: Path | str, seed: int = 0, *, years: int = 5, last: int = 2024, texts: bool = False
) -> int:
    """Fill ``data/reports`` from truth, for load tests of all that comes after extraction; returns how many."""
    from fazhi_analysis.dataset.storage import write_report_folder

    for report in reports(count, seed, years, last):
        truth = report.truth
        write_report_folder(
            report.report_id, into=data, region=truth["region"], region_code=truth["region_code"], year=report.year,
            metadata=truth["metadata"], metrics=metric_rows(truth), statements=statement_rows(truth),
            text=report.text if texts else None,
        )  # fmt: skip
    return count


def fates(before: SyntheticReport, after: SyntheticReport) -> list[dict[str, Any]]:
    """What became of each problem and promise, as far as the way the reports were made settles it.

    A problem is ``repeated`` (same words), ``reworded`` or ``dropped``. A promise with a target is ``kept`` or
    ``contradicted`` when next year prints the figure and its interval settles it; any other is ``cannot_tell`` (with
    ``repeated`` accepted when next year promises the same again).
    """
    problems = {one["topic"]: one for one in after.truth["statements"] if one["kind"] == "problem"}
    promises = {one["topic"] for one in after.truth["statements"] if one["kind"] == "next_step"}
    levels = {row["handle"]: row for row in after.truth["metrics"]}
    targets = {row["start"]: row for row in before.truth["metrics"] if row["role"] == "target"}
    out = []
    for one in before.truth["statements"]:
        again, evidence = problems.get(one["topic"]), []
        if one["kind"] == "problem":
            fate = "dropped" if again is None else "repeated" if again["wording"] == one["wording"] else "reworded"
            accept = [fate, "cannot_tell"] if again is None else [fate]
            evidence = [again] if again else []
        else:
            fate, accept = "cannot_tell", ["cannot_tell", "dropped"]
            if one["topic"] in promises:
                accept += ["repeated", "reworded"]
            goal = next((row for start, row in targets.items() if one["start"] <= start < one["end"]), None)
            met = levels.get(goal["handle"][1:]) if goal else None
            if goal and met and (met["lower"] >= goal["lower"] or met["upper"] < goal["lower"]):
                fate = "kept" if met["lower"] >= goal["lower"] else "contradicted"
                accept, evidence = [fate], [met]
        out.append(
            {"id": one["id"], "kind": one["kind"], "text": one["text"], "fate": fate, "accept": accept,
             "evidence": [{key: row[key] for key in ("start", "end", "text")} for row in evidence]}
        )  # fmt: skip
    return out
