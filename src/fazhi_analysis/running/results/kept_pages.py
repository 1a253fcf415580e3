"""Pages of a result folder that a new run was not asked for: they stay, and the manifest goes on naming them.

A result folder is written whole and takes the place of the old one; what the old one holds of other notebooks is
carried over first. Nothing is deleted that was not asked for.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fazhi_analysis.presenting.parts.supporting import Supporting
from fazhi_analysis.running.results.manifest import read_manifest
from fazhi_analysis.running.results.notebook_html import supporting_of


@dataclass(frozen=True)
class Kept:
    """What a new run takes over: the old runs of other notebooks, further documents, and the marks of requests that are
    still answered.

    ``marks`` are fingerprints, each with the notebooks that it covers; ``supporting`` is what the pages need of the
    appendix.
    """

    runs: tuple[Mapping[str, Any], ...] = ()
    documents: tuple[str, ...] = ()
    marks: Mapping[str, list[str]] = field(default_factory=dict)
    supporting: tuple[Mapping[str, Any], ...] = ()

    @property
    def names(self) -> list[str]:
        """Names of the pages."""
        return [str(run["name"]) for run in self.runs]

    @property
    def stale(self) -> frozenset[str]:
        """Names of the pages that rest on earlier data."""
        return frozenset(str(run["name"]) for run in self.runs if run.get("stale"))


def carry_over(
    target: Path, folder: Path, mine: Mapping[str, Any], made: Iterable[str], inputs: list[dict[str, Any]]
) -> Kept:
    """Copy what ``target`` lists of pages and documents into ``folder``, where the new run does not write it itself.

    ``mine`` is what both manifests must agree on (place, year, language); ``made`` are the files that the new run
    writes; ``inputs`` are what it rests on: pages that rest on something else are marked ``stale``.
    """
    theirs = read_manifest(target)
    if theirs.get("status") != "done" or any(theirs.get(key) != value for key, value in mine.items()):
        return Kept()
    new = set(made)
    stale = theirs.get("inputs") != inputs
    listed = [str(item["file"]) for item in theirs.get("outputs") or () if "file" in item]
    pages = theirs.get("notebooks") or ()
    copied = [file for file in listed if file not in new and _copied(target, folder, file)]
    documents = [file for file in copied if Path(file).stem not in {str(run.get("name")) for run in pages}]
    runs = [
        {**run, "made": run.get("made") or theirs.get("started")} | ({"stale": True} if stale else {})
        for run in pages
        if f"{run.get('name')}.html" in set(listed) - new
    ]
    marks = {
        mark: covered
        for mark, covered in (theirs.get("fingerprints") or {}).items()
        if not stale and not new & {f"{name}.html" for name in covered}
    }
    return Kept(tuple(runs), tuple(documents), marks, tuple(_supporting(folder, runs, theirs)))


def _supporting(
    folder: Path, runs: Sequence[Mapping[str, Any]], theirs: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """What kept pages handed over, and the years of results that were made before their notebooks held it."""
    if runs and (years := theirs.get("cited_years")):
        yield Supporting(tuple(years)).as_data()
    for run in runs:
        with contextlib.suppress(OSError, ValueError, KeyError):  # taken away or changed since: the page stays
            yield from supporting_of(folder / f"{run['name']}.ipynb")


def _copied(target: Path, folder: Path, file: str) -> bool:
    """Copy a listed file, if it is there; a name of a manifest is never taken as a path."""
    if Path(file).name != file or not (target / file).is_file():
        return False
    shutil.copy2(target / file, folder / file)
    return True
