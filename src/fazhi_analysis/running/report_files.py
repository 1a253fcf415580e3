"""What a result folder holds beside its pages: tables for the reader, and the manifest."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear, records
from fazhi_analysis.presenting.parts.compared_page import SETTLED
from fazhi_analysis.presenting.wording.numbers import figure_of
from fazhi_analysis.presenting.wording.words import Words
from fazhi_analysis.running import manifest
from fazhi_analysis.running.report_plan import Job, data_folders


def identity(job: Job) -> dict[str, Any]:
    """Which result this is: place, year, language."""
    place_year = job.place_year
    return {
        "region": place_year.region,
        "region_code": place_year.region_code,
        "year": place_year.year,
        "lang": job.words.lang,
    }


def describe(
    job: Job, runs: Sequence[Mapping[str, Any]], started: str, clock: float, status: str, folder: Path
) -> dict[str, Any]:
    """The manifest of a run: ``started`` is its time of day, ``clock`` the performance counter at its start."""
    place_year = job.place_year
    reports = [
        {key: report.get(key) for key in ("report_id", "year", "title", "digest", "address")}
        | {"corrections": len(report.get("corrections") or [])}
        for report in place_year.reports
    ]
    return {
        "format": manifest.FORMAT,
        "status": status,
        **identity(job),
        "baseline": place_year.baseline,
        "started": started,
        "seconds": round(time.perf_counter() - clock, 2),
        "versions": manifest.versions(),
        "parameters": _shown_parameters(job),
        "reports": reports,
        "inputs": manifest.inputs(report_folders(place_year)),
        "notebooks": list(runs),
        "outputs": manifest.outputs(folder),
    }


def _shown_parameters(job: Job) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for parameters in job.parameters:
        merged.update(parameters)
    if merged.get("data"):
        merged["data"] = [Path(folder).name for folder in merged["data"]]
    return merged


def summary(place_year: PlaceYear, words: Words) -> dict[str, Any]:
    """What an index shows of a result: its figures, verdicts (doubted and slight ones apart), findings by severity."""
    from fazhi_analysis.analysis.audit import count_findings

    verdicts: dict[str, int] = {}
    if place_year.comparison is not None:
        table = place_year.comparison
        said = table["verdict"].astype(str)
        # As on the pages: a comparison that rests on a doubted figure is no result of its own.
        doubted = (table["doubt"].astype(str) != "") & ~said.isin(["new", "dropped", "not_comparable"])
        # Nor is a change that chance or the usual movement may explain counted as better, worse, up or down.
        slight = said.isin(SETTLED) & ~table["headline"]
        counts = said.mask(slight, "slight").mask(doubted, "doubtful").value_counts()
        verdicts = {str(verdict): int(count) for verdict, count in counts.items() if count}
    return {
        "metrics": int((place_year.metrics["year"] == place_year.year).sum()),
        "figures": _figures(place_year, words),
        "verdicts": verdicts,
        "findings": count_findings(place_year.findings),
    }


def _figures(place_year: PlaceYear, words: Words) -> dict[str, dict[str, Any]]:
    """The year's figure of each catalogue indicator, as the report words it; figures of a part (a scope) left out."""
    from fazhi_analysis.analysis.comparing.series import figures
    from fazhi_analysis.analysis.comparing.year_values import year_values
    from fazhi_analysis.analysis.doubts import doubted_rows

    own = place_year.metrics[place_year.metrics["year"] == place_year.year]
    if own.empty:
        return {}
    values = year_values(figures(own))
    doubts = doubted_rows(place_year.findings)
    return {
        str(row["indicator_id"]): {
            "value": row["value"],
            "shown": figure_of(row, words),
            "doubt": doubts.get(str(row["row_id"]), ""),
            "row": str(row["row_id"]),
        }
        for row in records(own.iloc[values.first[~values.conflict]])
        if row["indicator_id"] and not row["scope"]
    }


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
        writer.writerow(
            ["report_id", "id", "rule", "severity", "message_zh", "message_en", "evidence", "status", "comment"]
        )
        for finding in place_year.findings:
            evidence = [
                {"start": piece.start, "end": piece.end, "text": piece.text, "value": piece.value, "row": piece.row}
                for piece in finding.evidence
            ]
            shown = json.dumps(evidence, ensure_ascii=False) if evidence else ""
            writer.writerow(
                [
                    finding.report_id,
                    finding.id,
                    finding.rule,
                    finding.severity,
                    finding.message_zh,
                    finding.message_en,
                    shown,
                    finding.status,
                    finding.comment,
                ]
            )


def write_json(path: Path, content: Any) -> None:
    """Write JSON as a person reads it."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
