"""Which reports of some data folders to load: places and years asked for, sound ones apart from broken ones.

A report that breaks the schema in one of its tables is left out of all of them: a page would take what is missing for
what the report does not say. Whoever asked for just that report gets the error; everybody else a warning.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.catalogue.indicators import load_catalogue
from fazhi_analysis.catalogue.place_lookup import Places
from fazhi_analysis.dataset.cache import Cache, Entry, Index
from fazhi_analysis.dataset.report_ids import year_of
from fazhi_analysis.dataset.schema import TABLES, Table
from fazhi_analysis.dataset.storage import raise_all
from fazhi_analysis.errors import BrokenReportWarning, DataError, UnknownNameError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_NAMED = 5
"""Broken reports that are named one by one."""


class Store:
    """One data folder as the loader of a table sees it."""

    def __init__(self, root: Path, table: Table) -> None:
        self._caches = {each.name: Cache(root, each) for each in TABLES}
        self._own = self._caches[table.name]
        self.folder = self._own.folder

    def fresh(self) -> Held:
        """What the folder holds after looking at every report."""
        return self._held({name: cache.fresh_index() for name, cache in self._caches.items()})

    def known(self) -> Held | None:
        """What the folder held when it was cached, where no report came or went since; else None."""
        indexes = {name: cache.known_index() for name, cache in self._caches.items()}
        known = {name: index for name, index in indexes.items() if index is not None}
        return self._held(known) if len(known) == len(indexes) else None

    def _held(self, indexes: dict[str, Index]) -> Held:
        own = indexes[self._own.table.name]
        broken = {name: entry for index in indexes.values() for name, entry in index.broken.items()}
        sound = {name: entry for name, entry in own.entries.items() if name not in broken} if broken else own.entries
        return Held(self, own, indexes, sound, broken)

    def is_fresh(self, held: Held, names: Sequence[str]) -> bool:
        """Whether the files of these reports are as they were when they were cached."""
        return all(cache.is_fresh(held.indexes[name], names) for name, cache in self._caches.items())

    def read(self, held: Held, names: Sequence[str]) -> pa.Table:
        """Rows of these reports."""
        return self._own.read(held.own, names)

    def error_of(self, name: str) -> DataError | None:
        """What is wrong with a report; None when nothing is."""
        return next((error for cache in self._caches.values() if (error := cache.error_of(name)) is not None), None)

    def start_again(self, *, elsewhere: bool) -> None:
        """Read every report again next time, and keep them in a passing folder where the cache cannot be used."""
        for cache in self._caches.values():
            if elsewhere:
                cache.move()
            cache.forget()


@dataclass(frozen=True)
class Held:
    """What a data folder holds: sound reports, and broken ones, by name."""

    store: Store
    own: Index
    indexes: dict[str, Index]
    sound: dict[str, Entry]
    broken: dict[str, Entry]

    @functools.cached_property
    def all(self) -> dict[str, Entry]:
        """Every report, broken ones included, in order."""
        return dict(sorted((self.sound | self.broken).items())) if self.broken else self.sound


@dataclass(frozen=True)
class Selection:
    """The reports to load from each folder, and those that were asked for and cannot be loaded."""

    sound: list[tuple[Held, list[str]]]
    broken: list[tuple[Held, str]]


def stores_of(roots: Iterable[Path], table: Table) -> list[Store]:
    """The data folders, for the loader of a table."""
    return [Store(root, table) for root in roots]


def select(stores: Sequence[Store], regions: Any, years: Sequence[int] | None, *, quick: bool) -> Selection:
    """Which reports to load; ``quick`` looks only at those of the places and years asked for, where that will do.

    Raises UnknownNameError for a place or year that is not there.
    """
    if quick and not (regions is None and years is None):
        known = [held for store in stores if (held := store.known()) is not None]
        if len(known) == len(stores) and (selection := _known(known, regions, years)) is not None:
            return selection
    return _select([store.fresh() for store in stores], regions, years)


def _known(known: Sequence[Held], regions: Any, years: Sequence[int] | None) -> Selection | None:
    """The selection from what was cached, when what is asked for is in it and has not changed since."""
    try:
        selection = _select(known, regions, years)
    except UnknownNameError:
        return None
    fresh = all(held.store.is_fresh(held, names) for held, names in selection.sound)
    return selection if fresh and all(held.store.is_fresh(held, [name]) for held, name in selection.broken) else None


def _select(folders: Sequence[Held], regions: Any, years: Sequence[int] | None) -> Selection:
    """The places and years asked for, each report once: of the last folder that has it."""
    chosen = _each_once(folders)
    if regions is not None:
        chosen = _of_places(chosen, regions)
    if years is not None:
        chosen = _of_years(chosen, years)
    broken = [(held, name) for held, names in chosen for name in names if name in held.broken]
    return Selection([(held, [name for name in names if name not in held.broken]) for held, names in chosen], broken)


def _each_once(folders: Sequence[Held]) -> list[tuple[Held, list[str]]]:
    if len(folders) == 1:
        return [(folders[0], list(folders[0].all))]
    last = {name: number for number, held in enumerate(folders) for name in held.all}
    return [(held, [name for name in held.all if last[name] == number]) for number, held in enumerate(folders)]


def _of_places(chosen: Sequence[tuple[Held, list[str]]], regions: Any) -> list[tuple[Held, list[str]]]:
    """Those of some places, which are looked up among all that the folders hold."""
    pairs = list(dict.fromkeys((one.code, one.region) for held, _ in chosen for one in held.all.values() if one.region))
    wanted = {pairs[number] for number in Places(pairs).find_all(regions)}
    return [
        (held, [name for name in names if (held.all[name].code, held.all[name].region) in wanted])
        for held, names in chosen
    ]


def _of_years(chosen: Sequence[tuple[Held, list[str]]], years: Sequence[int]) -> list[tuple[Held, list[str]]]:
    """Those of some years. Raises UnknownNameError for a year that none of them is of."""
    existing = {year_of(name) for _, names in chosen for name in names}
    missing = [year for year in years if year not in existing]
    if missing:
        raise UnknownNameError(Message("common.list", items=missing), "choice.year.unknown", years=sorted(existing))
    return [(held, [name for name in names if year_of(name) in years]) for held, names in chosen]


def left_out(selection: Selection, regions: Any, years: Sequence[int] | None) -> None:
    """Say which reports are not loaded. Raises DataError where just they were asked for, or nothing else is there."""
    if not selection.broken:
        return
    asked = (regions is not None and years is not None) or not any(names for _, names in selection.sound)
    named = selection.broken if asked else selection.broken[:_NAMED]
    errors = {name: error for held, name in named if (error := held.store.error_of(name)) is not None}
    if asked and errors:
        first, *others = errors.values()
        if not others:
            raise first
        listed = [Message("dataset.in_file", file=error.where, problem=error.what) for error in others]
        raise_all(first.where, [first.what, *listed])
    for name, error in errors.items():
        warnings.warn(
            BrokenReportWarning(Message("dataset.left_out.report", report_id=name, error=error)), stacklevel=4
        )
    if len(selection.broken) > len(named):
        more = Message("dataset.left_out.more", n=len(selection.broken) - len(named))
        warnings.warn(BrokenReportWarning(more), stacklevel=4)


def unknown_indicators(ids: Iterable[object]) -> list[str]:
    """Those of these indicators, as rows of figures have them ("" for none), that the catalogue does not have."""
    known = {indicator.id for indicator in load_catalogue()}
    return sorted({str(one) for one in ids if one} - known)


def say_unknown_indicators(frame: pd.DataFrame) -> None:
    """Say which indicators the figures are stored under that the catalogue does not have: no page would name them."""
    unknown = unknown_indicators(frame["indicator_id"].unique())
    if unknown:
        reports = sorted(frame.loc[frame["indicator_id"].isin(unknown), "report_id"].astype(str).unique())
        named = Message("dataset.unknown_indicators", indicators=unknown[:_NAMED], n=len(reports), report_id=reports[0])
        warnings.warn(BrokenReportWarning(named), stacklevel=4)


def chosen_years(years: Any) -> list[int] | None:
    """Years as integers, None for all. Raises UnknownNameError."""
    if years is None:
        return None
    try:
        return [int(year) for year in ([years] if isinstance(years, (int, str)) else years)]
    except (TypeError, ValueError):
        raise UnknownNameError(repr(years), "choice.year.not_integers") from None
