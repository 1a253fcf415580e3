"""What a result folder holds beside its pages: tables for the reader, and the manifest."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.doubts import doubted_rows
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.dataset.cells import as_csv_text
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.wording.numbers import figure_of
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.report_plan import Edition, Job, data_folders
from fazhi_analysis.running.results import manifest

TABLES = ("metrics.csv", "findings.csv")
"""The tables of a result folder."""

_FINDING_COLUMNS = ("report_id", "id", "rule", "severity", "message_zh", "message_en", "evidence", "status", "comment")


def identity(job: Job) -> dict[str, Any]:
    """Which place and year a result is of."""
    return {name: getattr(job.place_year, name) for name in ("region", "region_code", "year")}


def describe(job: Job, edition: Edition, run: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The manifest of a run: ``run`` says its status, when it started, its seconds, and those of each notebook."""
    reports = [
        {key: report.get(key) for key in ("report_id", "year", "title", "digest", "address")}
        | {"corrections": len(report.get("corrections") or [])}
        for report in job.place_year.reports
    ]
    return {
        "format": manifest.FORMAT,
        "status": run["status"],
        **identity(job),
        "lang": edition.words.lang,
        "baseline": job.place_year.baseline,
        "started": run["started"],
        "seconds": run["seconds"],
        "versions": manifest.versions(),
        "parameters": _shown_parameters(edition),
        "reports": reports,
        "inputs": manifest.inputs(report_folders(job.place_year)),
        "notebooks": list(run["notebooks"]),
        "outputs": manifest.outputs(folder),
    }


def _shown_parameters(edition: Edition) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for parameters in edition.parameters:
        merged.update(parameters)
    if merged.get("data"):
        merged["data"] = [Path(folder).name for folder in merged["data"]]
    return merged


def summary(place_year: PlaceYear, words: Words) -> dict[str, Any]:
    """What an index shows of a result: figures, verdicts (doubted and slight ones apart), findings by lane."""
    from fazhi_analysis.analysis.audit import count_findings

    return {
        "metrics": int((place_year.metrics["year"] == place_year.year).sum()),
        "figures": _figures(place_year, words),
        "verdicts": place_year.changes.counts,
        "findings": count_findings(place_year.findings),
        "form": count_findings(place_year.findings, "form"),
        "duties": count_findings(place_year.findings, "duties"),
    }


def _figures(place_year: PlaceYear, words: Words) -> dict[str, dict[str, Any]]:
    """The year's figure of each catalogue indicator, as the report words it; figures of a part (a scope) left out, and
    those of which the report gives several different ones.
    """
    doubts = doubted_rows(place_year.findings)
    return {
        row["indicator_id"]: {
            "value": row["value"],
            "shown": figure_of(row, words),
            "doubt": doubts.get(row["row_id"], ""),
            "row": row["row_id"],
        }
        for row in place_year.year_figures
        if row["indicator_id"] and not row["scope"]
    }


def waiting_corrections(place_year: PlaceYear) -> tuple[Message, ...]:
    """A line for each correction that the ledger holds and the figures lack."""
    return tuple(
        Message("running.report.waiting_correction", entry=entry.place, who=entry.who, why=entry.why)
        for entries in place_year.waiting_corrections.values()
        for entry in entries
    )


def report_folders(place_year: PlaceYear) -> list[Path]:
    """Folders of the reports that a page rests on."""
    from fazhi_analysis._paths import bundled_data

    roots = (
        [bundled_data(), bundled_data() / "sample"]
        if place_year.data is None
        else list(data_folders(place_year.data) or [])
    )
    wanted = [str(report["report_id"]) for report in place_year.reports]
    found = []
    for name in wanted:
        for root in roots:
            for folder in (root / "reports" / name, root / name):
                if folder.is_dir():
                    found.append(folder)
    return list(dict.fromkeys(found))


def write_tables(folder: Path, place_year: PlaceYear) -> None:
    """The figures and findings for the reader's own use; a byte order mark lets Excel read the Chinese."""
    (folder / "metrics.csv").write_bytes(place_year.figures_csv(place_year.shown_years))
    with (folder / "findings.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_FINDING_COLUMNS)
        for finding in place_year.findings:
            record = asdict(finding)
            shown = json.dumps(record["evidence"], ensure_ascii=False) if record["evidence"] else ""
            writer.writerow([as_csv_text((record | {"evidence": shown})[name]) for name in _FINDING_COLUMNS])


def write_json(path: Path, content: Any) -> None:
    """Write JSON as a person reads it."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
