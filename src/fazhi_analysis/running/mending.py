"""Looking through a data folder for broken reports, and mending those whose source is at hand."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.ledger import ledger_folder, load_ledger
from fazhi_analysis.dataset.loading import broken_reports, data_roots, list_reports, load_metrics
from fazhi_analysis.dataset.report_json import read_document, read_kept_text
from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.dataset.selecting import unknown_indicators
from fazhi_analysis.dataset.storage import read_rows
from fazhi_analysis.errors import BrokenReportWarning, DataError, LedgerError
from fazhi_analysis.running.ingest import ingest


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a stored report or its ledger, and whether taking its source in again has mended it."""

    report_id: str
    error: DataError
    mended: bool = False


def check_store(data: str | Path, files: Iterable[str | Path] = ()) -> list[Checked]:
    """Every broken report of a data folder, in order of its id; those whose source is at hand are taken in again.

    The source of a report is among ``files``, or is its kept text where that is the whole file that it was read from.
    Reports that are sound, and the ledgers, are only looked at. Raises DataError for a folder that is none.
    """
    found = _faults(data)
    if not found:
        return []
    wanted = {one.report_id for one in found}
    sources = [Path(file) for file in files]
    if sources:
        ingest(sources, data, progress=False)
    for report_id in sorted(wanted & {one.report_id for one in (_faults(data) if sources else found)}):
        _take_in_kept_text(data, report_id)
    left = {(one.report_id, type(one.error)): one for one in _faults(data)}
    return [
        left.get((one.report_id, type(one.error))) or Checked(one.report_id, one.error, mended=True) for one in found
    ]


def _faults(data: str | Path) -> list[Checked]:
    (root,) = data_roots(data)
    broken: dict[str, DataError] = broken_reports(data)
    for report_id in (str(name) for name in list_reports(data)["report_id"]):
        if report_id not in broken and (error := _text_fault(root / report_id)) is not None:
            broken[report_id] = error
    broken = _indicator_faults(data) | broken
    found = [Checked(name, error) for name, error in broken.items()]
    for path in sorted(ledger_folder(root).glob("*.yaml")):
        try:
            load_ledger(root, path.stem)
        except LedgerError as error:
            found.append(Checked(path.stem, error))
        except ValueError:
            found.append(Checked(path.stem, LedgerError(f"corrections/{path.name}", "dataset.ledger.of_no_report")))
    return sorted(found, key=lambda one: one.report_id)


def _text_fault(folder: Path) -> DataError | None:
    """What is wrong with the kept text of a report whose tables are sound: the figures must stand in it."""
    place = f"{folder.name}/text.txt"
    try:
        text = read_kept_text(folder)
        if text is None:
            kept = (read_document(folder).get("provenance") or {}).get("text_kept")
            return DataError(place, "dataset.file.missing") if kept else None
        for row in read_rows(folder, METRICS):
            if row["origin"] in ("text", "ocr") and not ((row["end"] or 0) <= len(text) and row["quote"] in text):
                return DataError(place, "dataset.file.other_text", row=row["row_id"])
    except DataError as error:
        return error
    return None


def _indicator_faults(data: str | Path) -> dict[str, DataError]:
    """The first figure of each report that is stored under an indicator which the catalogue does not have."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", BrokenReportWarning)
        try:
            frame = load_metrics(data)
        except DataError:  # all of them are broken
            return {}
    faults = {}
    unknown = unknown_indicators(frame["indicator_id"].unique())
    for row in frame[frame["indicator_id"].isin(unknown)].drop_duplicates("report_id").itertuples():
        place = f"{row.report_id}/metrics.csv"
        names = {"row": str(row.row_id), "indicator": str(row.indicator_id)}
        faults[str(row.report_id)] = DataError(place, "dataset.file.unknown_indicator", **names)
    return faults


def _take_in_kept_text(data: str | Path, report_id: str) -> None:
    """Take a report in again from its kept text, where that is to the byte what it was read from."""
    (root,) = data_roots(data)
    with contextlib.suppress(DataError, OSError):
        document = read_document(root / report_id)
        content = (root / report_id / "text.txt").read_bytes()
        source = document.get("source", {})
        if hashlib.sha256(content).hexdigest() != source.get("digest"):
            return
        with tempfile.TemporaryDirectory(prefix="fazhi-") as folder:
            file = Path(folder, Path(source.get("name") or "report.txt").name)
            file.write_bytes(content)
            ingest(file, data, **_given(document), progress=False)


def _given(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the user stated about the document when it was ingested, to be given again."""
    metadata = document.get("metadata", {})
    given: dict[str, Any] = {}
    if "given" in (metadata.get("place_from"), metadata.get("body_from")):
        given |= {"code": document["region_code"]} if document["region_code"] else {"region": document["region"]}
    return given | ({"year": document["year"]} if metadata.get("year_from") == "given" else {})
