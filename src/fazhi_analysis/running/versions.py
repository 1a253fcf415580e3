"""Versions of one report: an edited file of the same body, year and kind takes the place of the one stored before.

``report.json`` keeps, under ``former``, what each earlier version was (file name, digests of bytes and of wording), so
that taking in a folder of files again does not bring an old version back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.dataset.storage import read_kept_text, read_rows

ALIKE = 0.5
"""Two texts that share less than this of their characters (in order) are two sources, not two versions of one."""


def former_versions(document: Mapping[str, Any], digest: str) -> list[dict[str, str]]:
    """The versions before the file with this digest, oldest first, once it replaces what the document says is stored.

    >>> stored = {"source": {"name": "a.txt", "digest": "1"}, "content": "x", "former": [{"name": "b", "digest": "2"}]}
    >>> [version["digest"] for version in former_versions(stored, "3")]
    ['2', '1']
    >>> [version["digest"] for version in former_versions(stored, "2")]
    ['1']
    """
    source = document.get("source") or {}
    current = {
        "name": str(source.get("name", "")),
        "digest": str(source.get("digest", "")),
        "content": str(document.get("content", "")),
    }
    return [version for version in [*(document.get("former") or []), current] if version["digest"] != digest]


def is_former(document: Mapping[str, Any], digest: str, content: str) -> bool:
    """Whether a file is an earlier version of what is stored, by its bytes or its wording."""
    former = document.get("former") or ()
    return any(version.get("digest") == digest or version.get("content") == content for version in former)


def are_alike(folder: Path, text: str | None, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a report is another version of the one in a folder: by the texts; where one is not kept, by the figures.

    Without any figures either there is nothing that tells them apart.
    """
    kept = read_kept_text(folder)
    if kept is not None and text is not None:
        from rapidfuzz import fuzz

        return fuzz.ratio("".join(kept.split()), "".join(text.split())) >= 100 * ALIKE
    old = Counter((row["value"], row["unit"]) for row in read_rows(folder, METRICS))
    new = Counter((row["value"], row["unit"]) for row in rows)
    fewer = min(old.total(), new.total())
    return fewer == 0 or (old & new).total() >= ALIKE * fewer
