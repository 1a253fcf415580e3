"""Pieces of evidence for a verdict: rows of tables, figures that settle a promise, and passages of the text."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.following.figures import Settled
from fazhi_analysis.analysis.following.followed_year import Record
from fazhi_analysis.analysis.following.passages import Passage


def row_evidence(row: Record, role: str, part: Record | None = None) -> Record:
    """A row of a table of figures or statements, or the place of its ``part``, in a ``role``."""
    place = row if part is None else part
    return {
        "role": role,
        "report_id": str(row["report_id"]),
        "row": str(row["row_id"]),
        "start": place["start"],
        "end": place["end"],
        "section": str(row.get("section") or ""),
        "text": str(place.get("text") or row.get("quote") or row.get("label") or ""),
        "value": row.get("value"),
        "finding": "",
    }


def figure_evidence(row: Any, settled: Settled) -> Record:
    """A later figure that settles a promised one, with the findings that doubt it."""
    return {**row_evidence(row, "figure"), "finding": " ".join(settled.findings)}


def passage_evidence(report: str, found: Passage) -> Record:
    """A passage of the later text."""
    return {
        "role": "passage",
        "report_id": report,
        "row": "",
        "start": found.start,
        "end": found.end,
        "section": "",
        "text": found.text.strip(),
        "value": None,
        "finding": "",
    }
