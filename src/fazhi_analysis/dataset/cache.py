"""The columnar cache: one Parquet file a table and data folder, always rebuildable, never beside the data.

It lies in the user's cache folder (``FAZHI_CACHE``, ``XDG_CACHE_HOME``, or the system's own), because the data may be
read-only, as in an installed wheel. An index remembers for each report the stamp of its file (times, size, inode) and
the rows that it owns. Loading everything compares every stamp; loading a few reports compares theirs, and the folder's
own time, which any report added, replaced or removed changes. Only reports that changed are read again. Files are
written under another name and renamed, so that processes may share the cache, and anyone may delete it. Index and rows
go with their digests: a damaged cache is made anew and never answers.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fazhi_analysis import __version__
from fazhi_analysis.dataset import atomic_writes, parquet
from fazhi_analysis.dataset.cache_building import Builder
from fazhi_analysis.dataset.cache_folder import cache_folder, passing_folder
from fazhi_analysis.dataset.report_ids import REPORT_ID
from fazhi_analysis.dataset.schema import FORMAT, REPORTS, TABLES, Table
from fazhi_analysis.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

Stamp = tuple[int, ...]

_FRESH_NS = 2_000_000_000
"""A folder changed this recently may change again within the same tick of its clock: its time proves nothing yet."""

_KEPT_SECONDS = 60


class Entry(NamedTuple):
    """One report in the cache: the stamp of its file, its rows ``first .. first + rows``, and its place."""

    stamp: Stamp
    first: int
    rows: int
    code: str
    region: str


@dataclass(frozen=True)
class Index:
    """What the Parquet file holds; ``folder_time`` is the data folder's own time, 0 when it proves nothing.

    ``broken`` are reports that break the schema, which have no rows; they are looked at again when their files change.
    """

    folder_time: int = 0
    file: str = ""
    pieces: parquet.Pieces = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    broken: dict[str, Entry] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Entry]:
        """Every report, broken ones included."""
        return self.entries | self.broken


_READ: dict[Path, tuple[tuple[int, ...], Index | None]] = {}
"""Indexes that this process has read, each with the times, size and inode of its file."""

_INDEXES_KEPT = 16


class Cache:
    """The cached copy of one table of one data folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as data:
    ...     cache = Cache(Path(data), REPORTS)
    ...     cache.fresh_index().entries
    {}
    """

    def __init__(self, root: Path, table: Table, folder: Path | None = None) -> None:
        self.root = root
        self.table = table
        self.folder = (folder or cache_folder()) / _key(root)
        self._files = ("report.json",) if table is REPORTS else (f"{table.name}.csv", "report.json")
        self._index_path = self.folder / f"{table.name}.json"

    def known_index(self) -> Index | None:
        """The index as it lies on disk when the folder's own time says that no report came or went; else None."""
        index = self._read_index()
        if index is None or not index.folder_time or index.folder_time != self.root.stat().st_mtime_ns:
            return None
        return index

    def is_fresh(self, index: Index, names: Iterable[str]) -> bool:
        """Whether the files of these reports are as they were when they were cached."""
        known = index.all
        return all(name in known and known[name].stamp == self._stamp(name) for name in names)

    def fresh_index(self) -> Index:
        """The index after comparing every report's stamp and reading again what changed."""
        folder_time = self.root.stat().st_mtime_ns
        now = {name: self._stamp(name) for name in self._names()}
        old = self._read_index() or Index()
        if old.file and now == {name: entry.stamp for name, entry in old.all.items()}:
            if old.folder_time != folder_time and _settled(folder_time):
                return self._write_index(replace(old, folder_time=folder_time))
            return old
        return self._update(old, now, folder_time)

    def read(self, index: Index, names: Sequence[str] | None = None) -> pa.Table:
        """Rows of these reports (of all, by default), in order. Raises OSError when the file is gone or damaged."""
        path = self.folder / index.file
        if names is None or len(names) == len(index.entries):
            return parquet.read_all(path, index.pieces)
        slices = [(index.entries[name].first, index.entries[name].rows) for name in names]
        return parquet.read_slices(path, slices, index.pieces)

    def forget(self) -> None:
        """Delete the index, so that the next loading reads every report again."""
        with contextlib.suppress(OSError):
            self._index_path.unlink(missing_ok=True)

    def move(self) -> None:
        """Go on in a folder that lives as long as this process, where the cache's own cannot be used."""
        self.folder = passing_folder() / self.folder.name
        self._index_path = self.folder / self._index_path.name

    def error_of(self, name: str) -> DataError | None:
        """What is wrong with a broken report, as it is now."""
        builder = Builder(self.table, self.root)
        for _ in builder.chunks([name], {}, None):
            pass
        return builder.broken.get(name)

    def _names(self) -> list[str]:
        # A folder that is exchanged for its successor while the listing runs may be left out of it: list twice.
        names: set[str] = set()
        for _ in range(2):
            with os.scandir(self.root) as found:
                names.update(entry.name for entry in found if REPORT_ID.fullmatch(entry.name))
        return sorted(names)

    def _stamp(self, name: str) -> Stamp:
        """Times, size and inode of the files that the rows rest on: the table's own, and the report's."""
        stamp: list[int] = []
        for file in self._files:
            try:
                found = os.stat(f"{self.root}/{name}/{file}")  # noqa: PTH116 (15,000 times: a Path each costs more)
            except OSError:
                stamp.append(0)
            else:
                stamp += (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        return tuple(stamp)

    def _update(self, old: Index, now: dict[str, Stamp], folder_time: int) -> Index:
        """Write the table anew: unchanged reports from the old file, the others from their folders."""
        name = f"{self.table.name}-{hashlib.sha256(repr(sorted(now.items())).encode()).hexdigest()[:16]}.parquet"
        kept = {
            report: (entry.first, entry.rows) for report, entry in old.entries.items() if now.get(report) == entry.stamp
        }
        builder = Builder(self.table, self.root)
        with atomic_writes.new_file(self.folder / name) as path:
            try:
                old_rows = parquet.read_all(self.folder / old.file, old.pieces) if kept else None
            except (OSError, ValueError):
                old_rows = None
            parquet.write(path, self.table, builder.chunks(sorted(now), kept if old_rows is not None else {}, old_rows))
            pieces = parquet.pieces_of(path)
        index = Index(folder_time if _settled(folder_time) else 0, name, pieces, *self._noted(old, now, builder))
        self._write_index(index)
        self._remove_others(name)
        return index

    @staticmethod
    def _noted(old: Index, now: Mapping[str, Stamp], builder: Builder) -> tuple[dict[str, Entry], dict[str, Entry]]:
        """The sound and the broken reports, with what the index remembers of each."""
        entries: dict[str, Entry] = {}
        broken: dict[str, Entry] = {}
        first = 0
        for report in sorted(now):
            known = old.entries.get(report)
            code, region = builder.places.get(report) or ((known.code, known.region) if known else ("", ""))
            if report in builder.broken:
                broken[report] = Entry(now[report], 0, 0, *(builder.places.get(report) or _place_of(report)))
                continue
            rows = builder.rows[report]
            entries[report] = Entry(now[report], first, rows, code, region)
            first += rows
        return entries, broken

    def _read_index(self) -> Index | None:
        """The index on disk; read again only where its file is another than it was."""
        try:
            found = self._index_path.stat()
        except OSError:
            return None
        key = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        before = _READ.get(self._index_path)
        if before is None or before[0] != key:
            while len(_READ) >= _INDEXES_KEPT:
                del _READ[next(iter(_READ))]
            before = _READ[self._index_path] = key, self._parsed_index()
        return before[1]

    def _parsed_index(self) -> Index | None:
        try:
            digest, _, content = self._index_path.read_bytes().partition(b"\n")
            if hashlib.sha256(content).hexdigest().encode() != digest:
                return None
            with _uncollected():
                record = json.loads(content)
                places = record["places"]
                entries, broken = (
                    {
                        name: Entry(tuple(stamp), first, rows, *places[place])
                        for name, (stamp, first, rows, place) in record[group].items()
                    }
                    for group in ("reports", "broken")
                )
            pieces = [(start, end, piece) for start, end, piece in record["pieces"]]
            return Index(record["folder_time"], record["file"], pieces, entries, broken)
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return None

    def _write_index(self, index: Index) -> Index:
        places: dict[tuple[str, str], int] = {}
        reports, broken = (
            {
                name: (entry.stamp, entry.first, entry.rows, places.setdefault((entry.code, entry.region), len(places)))
                for name, entry in group.items()
            }
            for group in (index.entries, index.broken)
        )
        record = {
            "folder_time": index.folder_time,
            "file": index.file,
            "pieces": index.pieces,
            "places": list(places),
            "reports": reports,
            "broken": broken,
        }
        content = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        with atomic_writes.new_file(self._index_path) as path:
            path.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        return index

    def _remove_others(self, name: str) -> None:
        """Remove former Parquet files, except those that another process may be about to use."""
        for path in self.folder.glob(f"{self.table.name}-*.parquet"):
            with contextlib.suppress(OSError):
                if path.name != name and time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                    path.unlink()


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage, which takes two thirds of the time where many small things are made and kept."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@functools.cache
def _key(root: Path) -> str:
    """Name of the cache of one data folder; a new layout or version starts a new one."""
    layout = repr([(table.name, [(c.name, c.type, c.nullable) for c in table.columns]) for table in TABLES])
    return hashlib.sha256(f"{root}|{FORMAT}|{__version__}|{layout}".encode()).hexdigest()[:16]


def _place_of(name: str) -> tuple[str, str]:
    """Code and full name of the place that a report's id names, where the table of divisions knows it."""
    code = name.partition("-")[0]
    if not code.isdecimal():
        return "", ""
    from fazhi_analysis.catalogue.divisions import load_divisions

    known = load_divisions().history(code)
    return code, known[-1].full_name if known else ""


def _settled(folder_time: int) -> bool:
    return time.time_ns() - folder_time > _FRESH_NS
