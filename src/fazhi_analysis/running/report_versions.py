"""Versions of one report: an edited file of the same body, year and kind takes the place of the one stored before.

``report.json`` keeps, under ``former``, what each other version was (file name, digests of bytes and of wording,
running number, what the version after it changed), so that taking in a folder of files again brings no old one back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.revising.changes import Change, compare_versions, without_text
from fazhi_analysis.analysis.revising.version import Version, stored_version
from fazhi_analysis.dataset.report_json import read_kept_text
from fazhi_analysis.dataset.schema import METRICS
from fazhi_analysis.dataset.storage import read_rows
from fazhi_analysis.errors import DataError

ALIKE = 0.5
"""Two texts that share less than this of their characters (in order) are two sources, not two versions of one."""


def former_versions(document: Mapping[str, Any], digest: str) -> list[dict[str, Any]]:
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
        "number": version_number(document),
    }
    return [version for version in [*(document.get("former") or []), current] if version["digest"] != digest]


def version_number(document: Mapping[str, Any]) -> int:
    """The running number of what the document says is stored: 1 for the first version.

    >>> version_number({}), version_number({"former": [{"digest": "1"}]}), version_number({"version": 1})
    (1, 2, 1)
    """
    return int(document.get("version") or len(document.get("former") or ()) + 1)


def number_of(document: Mapping[str, Any], digest: str) -> int:
    """The running number of the file with this digest, once it is stored: its own where it was stored before.

    >>> stored = {"source": {"digest": "2"}, "version": 2, "former": [{"digest": "1", "number": 1}]}
    >>> number_of(stored, "1"), number_of(stored, "2"), number_of(stored, "3")
    (1, 2, 3)
    """
    numbers = {str(one["digest"]): int(one.get("number", at)) for at, one in enumerate(document.get("former") or (), 1)}
    numbers[str((document.get("source") or {}).get("digest", ""))] = version_number(document)
    return numbers.get(digest) or max(numbers.values()) + 1


def is_former(document: Mapping[str, Any], digest: str, content: str) -> bool:
    """Whether a file is an earlier version of what is stored, by its bytes or its wording."""
    former = document.get("former") or ()
    return any(version.get("digest") == digest or version.get("content") == content for version in former)


def are_alike(folder: Path, text: str | None, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a report is another version of the one in a folder: by the texts; where one is not kept, by the figures.

    Without any figures either there is nothing that distinguishes them.
    """
    try:
        kept = read_kept_text(folder)
        rows_there = [] if kept is not None and text is not None else read_rows(folder, METRICS)
    except DataError:
        return False  # what is there is broken: nothing tells that the new one may take its place
    if kept is not None and text is not None:
        from rapidfuzz import fuzz

        return fuzz.ratio("".join(kept.split()), "".join(text.split())) >= 100 * ALIKE
    old = Counter((row["value"], row["unit"]) for row in rows_there)
    new = Counter((row["value"], row["unit"]) for row in rows)
    fewer = min(old.total(), new.total())
    return fewer == 0 or (old & new).total() >= ALIKE * fewer


def changes_since(folder: Path, name: str, content: Mapping[str, Any]) -> list[Change]:
    """What a report that is about to be written (the writer's arguments) changes of the one in its folder."""
    new = Version.of(name, content["metrics"], content["statements"], content["sections"], content["text"])
    found = compare_versions(stored_version(folder), new)
    return found if content["text"] is not None else without_text(found)
