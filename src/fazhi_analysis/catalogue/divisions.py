"""Places: GB/T 2260 codes of provinces, prefectures and counties with their names, validity and changes.

``data/divisions.csv`` says which code carried which name and when, ``data/division_changes.csv`` what became of it;
``data/DIVISIONS.md`` states where both come from and what their dates mean. Places of a user's own (or of the fictional
sample) come from further CSV files: code, name, and optionally full_name, valid_from, valid_to.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, cast

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.catalogue._placenames import full_name, level_of, short_name
from fazhi_analysis.catalogue._recognition import Recogniser
from fazhi_analysis.catalogue._tables import DATA, read_rows
from fazhi_analysis.errors import CatalogueError, UnknownNameError
from fazhi_analysis.messages import Message

ENVIRONMENT_VARIABLE = "FAZHI_DIVISIONS"
Level = Literal["province", "prefecture", "county"]
On = datetime.date | int | None
_LISTED = 12


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """What became of a place: ``kind`` as 撤县设区 or 改名, ``month`` (YYYY-MM) where known, and the two ends.

    ``basis`` is ``tables`` when two successive code tables show it, ``hand`` when a person wrote it down.
    """

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    kind: str
    month: str
    basis: str


@dataclass(frozen=True, slots=True)
class Division:
    """A code with a name, and the dates between which it may have been in force (ISO; empty: open).

    ``full_name`` is the name in tables (河南省方城县, 广东省深圳市光明区), ``long_name`` always has the prefecture.
    ``parent`` is the code above, or an empty string.
    """

    code: str
    name: str
    full_name: str
    long_name: str
    short_names: tuple[str, ...]
    level: Level
    valid_from: str = ""
    valid_to: str = ""
    parent: str = ""
    changes: tuple[DivisionChange, ...] = ()

    def valid_on(self, on: On) -> bool:
        """Whether it may have been in force on a day, or at any time in a year; always true for None."""
        if on is None:
            return True
        if isinstance(on, datetime.date):
            first = last = on.isoformat()[:10]
        else:
            first, last = f"{on:04d}-01-01", f"{on:04d}-12-31"
        return self.valid_from <= last and (not self.valid_to or first <= self.valid_to)


class Divisions:
    """Places by code and by name.

    >>> divisions = load_divisions()
    >>> divisions.find("方城县").full_name, divisions.find("110119").name
    ('河南省方城县', '延庆区')
    >>> divisions.find("延庆县", on=2014).code
    '110229'
    """

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._all = tuple(divisions)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _by_name(self) -> dict[str, list[Division]]:
        index: dict[str, list[Division]] = {}
        for place in self._all:
            for name in dict.fromkeys((place.code, place.name, place.full_name, place.long_name, *place.short_names)):
                index.setdefault(name, []).append(place)
        return index

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._all)

    def find(self, name_or_code: str, on: On = None) -> Division:
        """The place with this code, own name, full name or short name.

        Parameters
        ----------
        name_or_code:
            ``411322``, 方城县, 河南省方城县, 河南省南阳市方城县 or 方城.
        on:
            A day or a year at which it must have been in force; None prefers what is in force now.

        Raises
        ------
        UnknownNameError
            No such place, or not at that time, or several: the remedy lists the candidates with their codes.

        >>> load_divisions().find("光明区").code
        '440311'
        >>> load_divisions().find("通州区")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        fazhi_analysis.errors.UnknownNameError: 通州区：有 2 个地方叫这个名称。...
        """
        name = name_or_code.strip()
        candidates = self.candidates(name, on)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise UnknownNameError(name, "choice.division.ambiguous", n=len(candidates), places=_listed(candidates))
        other_times = self._by_name.get(name, [])
        if other_times:
            heirs = [text for place in other_times for text in _history(place)]
            when = on.isoformat() if isinstance(on, datetime.date) else Message("choice.division.in_year", year=on)
            raise UnknownNameError(name, "choice.division.other_times", when=when, history=heirs[:_LISTED])
        near = self._near(name)
        if near:
            raise UnknownNameError(name, "choice.division.unknown_near", places=_listed(near))
        raise UnknownNameError(name, "choice.division.unknown")

    def candidates(self, name_or_code: str, on: On = None) -> list[Division]:
        """Every place that this name or code may mean, one a code; own names before short names."""
        found = [place for place in self._by_name.get(name_or_code.strip(), []) if place.valid_on(on)]
        if on is None and any(not place.valid_to for place in found):
            found = [place for place in found if not place.valid_to]
        exact = [place for place in found if name_or_code.strip() not in place.short_names]
        latest = {place.code: place for place in sorted(exact or found, key=lambda place: place.valid_from)}
        return sorted(latest.values(), key=lambda place: place.code)

    def by_code(self, code: str, on: On = None) -> Division | None:
        """The place with this code at that time (latest name first), or None."""
        found = [place for place in self._by_name.get(code, []) if place.code == code and place.valid_on(on)]
        return max(found, key=lambda place: (not place.valid_to, place.valid_from), default=None)

    def recognise(self, text: str, on: On = None) -> Division | None:
        """The place that a title or an issuer names, or None when there is none or it stays ambiguous.

        >>> load_divisions().recognise("深圳市光明区人民政府关于2021年度法治政府建设情况的报告").code
        '440311'
        >>> load_divisions().recognise("鼓楼区2021年法治政府建设情况报告") is None
        True
        """
        found = self._recogniser.locate(text, on)
        return cast("Division", found[0]) if found else None

    def locate(self, text: str, on: On = None) -> tuple[Division, int, int] | None:
        """As `recognise`, with the span of the name, so that the caller sees what follows (人民政府, 司法局 ...).

        >>> place, start, end = load_divisions().locate("关于方城县人民政府的报告")
        >>> place.name, (start, end)
        ('方城县', (2, 5))
        """
        found = self._recogniser.locate(text, on)
        return (cast("Division", found[0]), found[1], found[2]) if found else None

    def _near(self, name: str) -> list[Division]:
        """Places whose names hold this one, or that this one's tail names."""
        if len(name) < 2 or name.isdigit():
            return []
        found = [place for place in self._all if not place.valid_to and name in place.long_name]
        tails = [place for size in range(len(name) - 1, 1, -1) for place in self._by_name.get(name[-size:], [])]
        return (found or tails)[: _LISTED + 1]


def _listed(places: list[Division]) -> list[str] | Message:
    shown = [f"{place.code} {place.full_name}" for place in places[:_LISTED]]
    return Message("choice.division.and_others", listed=shown) if len(places) > _LISTED else shown


def _history(place: Division) -> Iterator[Message]:
    span = {
        "since": place.valid_from or Message("choice.division.earlier"),
        "until": place.valid_to or Message("choice.division.today"),
    }
    yield Message("choice.division.in_use", code=place.code, name=place.full_name, **span)
    for change in place.changes:
        if (change.old_code, change.old_name) == (place.code, place.name):
            yield Message("choice.division.became", code=change.new_code, name=change.new_name, kind=_kind(change))
        else:
            yield Message("choice.division.was", code=change.old_code, name=change.old_name, kind=_kind(change))


def _kind(change: DivisionChange) -> Message | str:
    message = Message(f"choice.division.kind.{change.kind}")
    return message if message.is_known else change.kind


def load_divisions(extra: Path | str | None = None) -> Divisions:
    """All places: the bundled table, the fictional sample's, and those of a user's own file.

    Parameters
    ----------
    extra:
        A CSV file with code and name, optionally full_name, valid_from, valid_to; by default the file that the
        environment variable ``FAZHI_DIVISIONS`` names. Raises CatalogueError listing every breach.

    >>> len(load_divisions()) > 3200
    True
    """
    chosen = extra if extra is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None
    sample = bundled_data() / "sample" / "divisions.csv"
    paths = [path for path in (sample if sample.is_file() else None, Path(chosen) if chosen else None) if path]
    return _load(tuple((path, path.stat().st_mtime_ns if path.is_file() else 0) for path in paths))


@lru_cache(maxsize=8)
def _load(extras: tuple[tuple[Path, int], ...]) -> Divisions:
    rows = [row for _, row in read_rows(DATA / "divisions.csv", ["code", "name", "valid_from", "valid_to"])]
    for path, _ in extras:
        rows += _extra_rows(path)
    changed: dict[tuple[str, str], list[DivisionChange]] = {}
    columns = ["old_code", "old_name", "new_code", "new_name", "kind", "month", "basis"]
    for _, row in read_rows(DATA / "division_changes.csv", columns):
        change = DivisionChange(**row)
        changed.setdefault((change.old_code, change.old_name), []).append(change)
        changed.setdefault((change.new_code, change.new_name), []).append(change)
    above: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        if row["code"].endswith("00"):
            above.setdefault(row["code"], []).append(row)
    return Divisions(_division(row, above, tuple(changed.get((row["code"], row["name"]), ()))) for row in rows)


def _division(
    row: dict[str, str], above: dict[str, list[dict[str, str]]], changes: tuple[DivisionChange, ...]
) -> Division:
    code, name = row["code"], row["name"]
    end = row["valid_to"] or "9999"

    def upper(key: str) -> str:
        """Name of the place above at the time when this one was last in force."""
        if key == code:
            return ""
        names = [
            item["name"] for item in above.get(key, ()) if item["valid_from"] <= end <= (item["valid_to"] or "9999")
        ]
        return names[-1] if names else ""

    province, prefecture = upper(f"{code[:2]}0000"), upper(f"{code[:4]}00")
    full = row.get("full_name") or full_name(code, name, province, prefecture)
    short = tuple(dict.fromkeys(other for other in (short_name(name), *_short_names().get(code, ())) if other != name))
    parent = f"{code[:4]}00" if prefecture else f"{code[:2]}0000" if province else ""
    return Division(
        code=code,
        name=name,
        full_name=full,
        long_name=row.get("full_name") or f"{province}{prefecture}{name}",
        short_names=short,
        level=cast("Level", level_of(code)),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        parent=parent,
        changes=changes,
    )


@cache
def _short_names() -> dict[str, list[str]]:
    """Abbreviations in use that no rule gives (东乌旗), by code."""
    found: dict[str, list[str]] = {}
    for _, row in read_rows(DATA / "division_short_names.csv", ["code", "short_name"]):
        found.setdefault(row["code"], []).append(row["short_name"])
    return found


def _extra_rows(path: Path) -> list[dict[str, str]]:
    rows = []
    breaches = []
    for line, row in read_rows(path, ["code", "name"], ["full_name", "valid_from", "valid_to"]):
        if not (len(row["code"]) == 6 and row["code"].isascii() and row["code"].isdigit()):
            breaches.append(Message("catalogue.divisions.code_form", line=line, code=row["code"]))
        if not row["name"]:
            breaches.append(Message("catalogue.divisions.without_name", line=line))
        for column in ("valid_from", "valid_to"):
            if row[column] and not _is_date(row[column]):
                breaches.append(Message("catalogue.divisions.date_form", line=line, column=column))
        rows.append(row)
    if breaches:
        raise CatalogueError(path, "catalogue.divisions.breaches", breaches=breaches)
    return rows


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
