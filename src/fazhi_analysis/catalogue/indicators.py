"""The catalogue of indicators: data files, validated on load, every breach reported at once.

A user's own catalogue is a CSV file with the same columns, given as an argument, named by the environment variable
``FAZHI_CATALOGUE``, or offered by an installed package (entry points ``fazhi_analysis.indicators``). It adds rows; it
cannot change the bundled ones, so that ids mean the same everywhere.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fazhi_analysis import plugins
from fazhi_analysis.catalogue._strict_csv import DATA, read_rows, split_list
from fazhi_analysis.catalogue.choices import nearest
from fazhi_analysis.catalogue.frames import load_frames
from fazhi_analysis.catalogue.word_lists import words
from fazhi_analysis.errors import CatalogueError, UnknownNameError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import DIRECTIONS, METRIC_KINDS, Indicator

if TYPE_CHECKING:
    import pandas as pd

ENVIRONMENT_VARIABLE = "FAZHI_CATALOGUE"
REQUIRED_COLUMNS = ("id", "name_zh", "name_en", "domain", "unit", "kind", "direction")
OPTIONAL_COLUMNS = (
    "pillars",
    "numerator",
    "denominator",
    "candidate_bases",
    "aliases",
    "weak_aliases",
    "requires",
    "beside",
    "stock",
    "note",
    "note_en",
)
Located = list[tuple[Message, dict[str, str]]]
"""Rows of the catalogue, each with its file and line."""
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain groups indicators as reports do; names in both languages, ``beside`` as for each of its indicators.

    ``importance`` says what a headline names first: 3 what the law is about (rules and decisions, enforcement, review
    and litigation), 2 services to people, 1 meetings, courses and publicity.
    """

    id: str
    name_zh: str
    name_en: str
    beside: tuple[str, ...] = ()
    importance: int = 1


@cache
def load_domains() -> Mapping[str, Domain]:
    """Domains by id, in display order.

    >>> load_domains()["enforcement"].name_zh
    '行政执法'
    """
    rows = read_rows(DATA / "domains.csv", ["id", "name_zh", "name_en", "importance"], ["beside"])
    return {
        row["id"]: Domain(row["id"], row["name_zh"], row["name_en"], _beside(row["beside"]), int(row["importance"]))
        for _, row in rows
    }


@dataclass(frozen=True)
class Catalogue:
    """Indicators in file order; iterable, with look-up by id.

    >>> catalogue = load_catalogue()
    >>> catalogue["litigation_loss_rate"].direction
    'lower_better'
    >>> "penalty_cases" in catalogue
    True
    """

    indicators: tuple[Indicator, ...]
    _by_id: dict[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {item.id: item for item in self.indicators})

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def __len__(self) -> int:
        return len(self.indicators)

    def __contains__(self, key: object) -> bool:
        return key in self._by_id

    def __getitem__(self, key: str) -> Indicator:
        return self.by_id(key)

    def by_id(self, key: str) -> Indicator:
        """The indicator with this id. Raises UnknownNameError naming the nearest ids."""
        try:
            return self._by_id[key]
        except KeyError:
            near = nearest(key, self._by_id)
            if near:
                raise UnknownNameError(key, "choice.indicator.unknown_near", near=near) from None
            raise UnknownNameError(key, "choice.indicator.unknown") from None

    def frame(self) -> pd.DataFrame:
        """One row an indicator, the columns of the catalogue file; lists are joined with ``|``.

        >>> table = load_catalogue().frame()
        >>> table.loc[table["id"] == "penalty_cases", "unit"].item()
        '件'
        """
        import pandas as pd

        def cell(value: object) -> object:
            if isinstance(value, tuple):
                return "|".join(":".join(part) if isinstance(part, tuple) else str(part) for part in value)
            return value

        names = [item.name for item in fields(Indicator)]
        return pd.DataFrame(
            [{name: cell(getattr(item, name)) for name in names} for item in self.indicators], columns=names
        )


def load_catalogue(extra: Path | str | None = None) -> Catalogue:
    """The bundled indicators, those of installed packages and those of a user's own file, validated.

    Parameters
    ----------
    extra:
        A CSV file with further rows; by default the file that the environment variable ``FAZHI_CATALOGUE`` names.

    Raises
    ------
    CatalogueError
        Listing every breach of every row, with file and line.

    >>> len(load_catalogue()) >= 140
    True
    """
    chosen = extra if extra is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None
    if chosen is None:
        return _load(None, 0)
    path = Path(chosen)
    return _load(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=8)
def _load(extra: Path | None, _modified: int) -> Catalogue:
    located = _with_rows([], DATA / "indicators.csv")
    for source in plugins.sources("indicators"):
        with plugins.reporting(plugins.Part(source.module, source.distribution)):
            for path in source.files(".csv"):
                located = _with_rows(located, path)
    if extra:
        located = _with_rows(located, extra)
    return Catalogue(tuple(_indicator(row) for _, row in located))


def _with_rows(located: Located, path: Path) -> Located:
    """The rows so far and those of one file more. Raises CatalogueError that lists what is wrong with them together."""
    rows = read_rows(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS)
    own = [(Message("catalogue.indicators.line", file=path.name, line=line), row) for line, row in rows]
    breaches = [(place, breach) for place, row in own for breach in _row_breaches(row)]
    breaches += _table_breaches([*located, *own])
    if breaches:
        listed = [Message("catalogue.indicators.breach", line=line, breach=breach) for line, breach in breaches]
        raise CatalogueError(path, "catalogue.indicators.breaches", n=len(listed), breaches=listed)
    return [*located, *own]


def _row_breaches(row: dict[str, str]) -> Iterator[Message]:
    """What is wrong with one row by itself."""
    if not _ID.fullmatch(row["id"]):
        yield Message("catalogue.indicators.id_form", value=row["id"])
    for name in ("name_zh", "name_en"):
        if not row[name]:
            yield Message("catalogue.indicators.empty", column=name)
    for name, known in (("domain", load_domains()), ("kind", METRIC_KINDS), ("direction", DIRECTIONS)):
        if row[name] not in known:
            yield Message("catalogue.indicators.not_among", column=name, value=row[name], known=list(known))
    yield from _unit_breaches(row["kind"], row["unit"])
    if row["kind"] != "rate":
        yield from _breaches_of_no_rate(row)
    if row["stock"] not in ("", "yes"):
        yield Message("catalogue.indicators.stock", value=row["stock"])
    yield from _pillar_breaches(split_list(row["pillars"]))
    yield from _alias_breaches(row)


def _alias_breaches(row: dict[str, str]) -> Iterator[Message]:
    aliases = Counter(split_list(row["aliases"]) + split_list(row["weak_aliases"]))
    for alias, times in aliases.items():
        if times > 1:
            yield Message("catalogue.indicators.alias_twice", alias=alias, times=times)
    if bool(row["weak_aliases"]) != bool(row["requires"]):
        yield Message("catalogue.indicators.weak_alias_alone")


def _unit_breaches(kind: str, unit: str) -> Iterator[Message]:
    if not unit:
        yield Message("catalogue.indicators.empty", column="unit")
    elif kind == "rate" and unit != "%":
        yield Message("catalogue.indicators.rate_unit", unit=unit)
    elif kind == "money" and unit != "元":
        yield Message("catalogue.indicators.money_unit", expected="元", unit=unit)
    elif kind == "count" and unit in ("%", "元"):
        yield Message("catalogue.indicators.count_unit", unit=unit)


def _breaches_of_no_rate(row: dict[str, str]) -> Iterator[Message]:
    if row["numerator"] or row["denominator"]:
        yield Message("catalogue.indicators.parts_of_no_rate")
    if row["candidate_bases"]:
        yield Message("catalogue.indicators.bases_of_no_rate")


def _pillar_breaches(parts: Sequence[str]) -> Iterator[Message]:
    frames = {frame.id: frame for frame in load_frames()}
    seen = set()
    for part in parts:
        frame, _, pillar = part.partition(":")
        if frame not in frames or frames[frame].pillar(pillar) is None:
            yield Message("catalogue.indicators.pillar_unknown", value=part)
        if frame in seen:
            yield Message("catalogue.indicators.pillar_twice", frame=frame)
        seen.add(frame)


def _table_breaches(located: list[tuple[Message, dict[str, str]]]) -> Iterator[tuple[Message, Message]]:
    """What is wrong between rows: repeated ids and names, shared aliases, bases that do not exist."""
    ids: dict[str, Message] = {}
    names: dict[str, Message] = {}
    owners: dict[str, str] = {}
    known = {row["id"] for _, row in located}
    for place, row in located:
        if row["id"] in ids:
            yield place, Message("catalogue.indicators.id_taken", id=row["id"], place=ids[row["id"]])
        ids.setdefault(row["id"], place)
        if row["name_zh"] and row["name_zh"] in names:
            yield place, Message("catalogue.indicators.name_taken", name=row["name_zh"], place=names[row["name_zh"]])
        names.setdefault(row["name_zh"], place)
        for alias in dict.fromkeys(split_list(row["aliases"])):
            if owners.get(alias, row["id"]) != row["id"]:
                yield place, Message("catalogue.indicators.alias_taken", alias=alias, owner=owners[alias])
            owners.setdefault(alias, row["id"])
        for name in ("numerator", "denominator", "candidate_bases"):
            for part in filter(None, re.split(r"[+|]", row[name])):
                if part not in known:
                    yield place, Message("catalogue.indicators.base_unknown", column=name, id=part)


def _beside(cell: str) -> tuple[str, ...]:
    """Words of a cell, those of the lists that ``<name>`` names included."""
    parts = ((part, re.fullmatch("<([a-z ]+)>", part)) for part in split_list(cell))
    return tuple(word for part, named in parts for word in (words(named[1]) if named else (part,)))


def _indicator(row: dict[str, str]) -> Indicator:
    pillars = tuple((frame, key) for frame, _, key in (part.partition(":") for part in split_list(row["pillars"])))
    return Indicator(
        id=row["id"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        domain=row["domain"],
        unit=row["unit"],
        kind=cast("Any", row["kind"]),
        direction=cast("Any", row["direction"]),
        aliases=tuple(sorted(split_list(row["aliases"]), key=len, reverse=True)),
        weak_aliases=tuple(sorted(split_list(row["weak_aliases"]), key=len, reverse=True)),
        requires=split_list(row["requires"]),
        beside=(*_beside(row["beside"]), *load_domains()[row["domain"]].beside),
        numerator=row["numerator"],
        denominator=row["denominator"],
        candidate_bases=split_list(row["candidate_bases"]),
        pillars=pillars,
        stock=row["stock"] == "yes",
        note=row["note"],
        note_en=row["note_en"],
    )
