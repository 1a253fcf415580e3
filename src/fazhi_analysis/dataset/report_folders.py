"""Where a report is stored, and what to say of one that is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.loading import data_roots, list_reports
from fazhi_analysis.dataset.report_ids import REPORT_ID
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.messages import Message

_SHOWN = 5


def find_folder(report_id: str, data: Any = None) -> Path:
    """Folder of a stored report; where several data folders hold it, the later one counts.

    Raises UnknownNameError that lists what exists: for a place and a year (云汀县-2024) the ids of its reports, else
    the nearest ids first.
    """
    roots = data_roots(data)
    if REPORT_ID.fullmatch(report_id):
        for root in reversed(roots):
            if (root / report_id / "report.json").is_file():
                return root / report_id
    from difflib import get_close_matches

    existing = [path.name for root in roots for path in root.iterdir() if REPORT_ID.fullmatch(path.name)]
    near = (
        _of_place(report_id, data)
        or get_close_matches(report_id, existing, n=_SHOWN, cutoff=0.3)
        or sorted(existing)[:_SHOWN]
    )
    raise UnknownNameError(
        report_id,
        "choice.report.unknown_bundled" if data is None else "choice.report.unknown",
        ask_for_data=Message("common.ask_for_data"),
        reports=Message("common.more_reports", listed=near, n=len(existing)) if len(existing) > len(near) else near,
    )


def _of_place(name: str, data: Any) -> list[str]:
    """Ids of the reports that a place and a year mean (云汀县-2024, 云汀县)."""
    region, _, year = name.strip().partition("-")
    reports = list_reports(data)
    alike = reports[reports["region"].str.endswith(region)] if len(region) > 1 else reports[:0]
    of_year = alike[alike["year"].astype(str) == year]
    return sorted((of_year if len(of_year) else alike)["report_id"])[:_SHOWN]
