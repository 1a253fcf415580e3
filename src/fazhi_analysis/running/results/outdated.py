"""Finished pages that no longer rest on what is stored: a page cannot change, so that commands name those that are old.

The manifest of a result folder holds the digest of every source that its pages were made from, and of every stored
file; a report that was revised since, corrected since, or removed has others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.dataset.report_json import read_document
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message
from fazhi_analysis.running.report_versions import version_number
from fazhi_analysis.running.results.manifest import digest, read_manifest

_FIGURES = "metrics.csv"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A result folder whose pages rest on something else than what is stored of a report now.

    ``why`` is ``version`` (another version of the text: ``made`` its number, 0 where it is not known, ``now`` that of
    what is stored), ``figures`` (the same text, other figures: corrected, or read anew), or ``gone``.
    """

    folder: str
    report_id: str
    why: Literal["version", "figures", "gone"]
    made: int = 0
    now: int = 0

    def message(self) -> Message:
        """One line for the reader."""
        which = "version_unknown" if self.why == "version" and not self.made else self.why
        fields = {"folder": self.folder, "report_id": self.report_id, "made": self.made, "now": self.now}
        return Message(f"running.outdated.{which}", **fields)


def outdated(out: Path | str, data: Any = None, pattern: str = "*") -> list[Outdated]:
    """The result folders of ``out`` (those whose name fits the pattern) that were made from older data, by their name.

    ``data`` is the data folder, or several, that they were made from. Folders that are none of ours are passed over.

    >>> outdated("no such folder")
    []
    """
    roots = data_roots(data)
    found: list[Outdated] = []
    for path in sorted(Path(out).glob(f"{pattern}/manifest.json")):
        content = read_manifest(path.parent)
        if content.get("status") == "done":
            found += _of_folder(path.parent.name, content, roots)
    return found


def _of_folder(name: str, content: Mapping[str, Any], roots: list[Path]) -> Iterator[Outdated]:
    stored = {str(item["file"]): str(item["sha256"]) for item in content.get("inputs") or () if "file" in item}
    for report in content.get("reports") or ():
        report_id = str(report.get("report_id", ""))
        folder = next((root / report_id for root in reversed(roots) if (root / report_id).is_dir()), None)
        if not report_id or Path(report_id).name != report_id:
            continue
        if folder is None:
            yield Outdated(name, report_id, "gone")
            continue
        try:
            document = read_document(folder)
            figures = digest(folder / _FIGURES)
        except (DataError, OSError):
            continue  # broken: fazhi check says so
        if (made := _made_from(document, str(report.get("digest") or ""))) is not None:
            yield Outdated(name, report_id, "version", made, version_number(document))
        elif stored.get(f"{report_id}/{_FIGURES}", figures) != figures:
            yield Outdated(name, report_id, "figures")


def _made_from(document: Mapping[str, Any], source: str) -> int | None:
    """The number of the other version with this digest, 0 for one that is not known; None for what is stored now."""
    if source == str((document.get("source") or {}).get("digest") or ""):
        return None
    former = document.get("former") or ()
    return next((int(one.get("number") or 0) for one in former if one.get("digest") == source), 0)
