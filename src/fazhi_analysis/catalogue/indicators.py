"""The catalogue of indicators: data files, validated on load, every breach reported at once.

A user's own catalogue is a CSV file with the same columns, given as an argument or named by the environment variable
``FAZHI_CATALOGUE``. It adds rows; it cannot change the bundled ones, so that ids mean the same everywhere.
"""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fazhi_analysis.catalogue._tables import DATA, read_rows, split_list
from fazhi_analysis.catalogue.frames import load_frames
from fazhi_analysis.errors import CatalogueError, UnknownNameError
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
    "stock",
    "note",
    "note_en",
)
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain groups indicators as reports do; names in both languages."""

    id: str
    name_zh: str
    name_en: str


@cache
def load_domains() -> Mapping[str, Domain]:
    """Domains by id, in display order.

    >>> load_domains()["enforcement"].name_zh
    '行政执法'
    """
    rows = read_rows(DATA / "domains.csv", ["id", "name_zh", "name_en"])
    return {row["id"]: Domain(row["id"], row["name_zh"], row["name_en"]) for _, row in rows}


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
            near = difflib.get_close_matches(key, self._by_id, n=5, cutoff=0.4)
            remedy = f"相近的有：{'、'.join(near)}" if near else "可用 fazhi catalogue 列出全部指标"
            raise UnknownNameError(key, "目录里没有这个指标", remedy) from None

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
    """The bundled indicators and those of a user's own file, validated.

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
    located: list[tuple[str, dict[str, str]]] = []
    for path in [DATA / "indicators.csv", *([extra] if extra else [])]:
        rows = read_rows(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS)
        located += [(f"{path.name} 第 {line} 行", row) for line, row in rows]
    breaches = [f"{place} {breach}" for place, row in located for breach in _row_breaches(row)]
    breaches += _table_breaches(located)
    if breaches:
        where = extra or DATA / "indicators.csv"
        raise CatalogueError(where, f"共 {len(breaches)} 处：" + "；".join(breaches), "请逐条改正后再试")
    return Catalogue(tuple(_indicator(row) for _, row in located))


def _row_breaches(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with one row by itself."""
    if not _ID.fullmatch(row["id"]):
        yield f"id {row['id']!r} 应由小写字母、数字和下划线组成"
    for name in ("name_zh", "name_en"):
        if not row[name]:
            yield f"{name} 为空"
    if row["domain"] not in load_domains():
        yield f"domain {row['domain']!r} 不在 {'、'.join(load_domains())} 之中"
    if row["kind"] not in METRIC_KINDS:
        yield f"kind {row['kind']!r} 不在 {'、'.join(METRIC_KINDS)} 之中"
    if row["direction"] not in DIRECTIONS:
        yield f"direction {row['direction']!r} 不在 {'、'.join(DIRECTIONS)} 之中"
    if not row["unit"]:
        yield "unit 为空"
    elif row["kind"] == "rate" and row["unit"] != "%":
        yield f"比率的 unit 应为 %，现为 {row['unit']}"
    elif row["kind"] == "money" and row["unit"] != "元":
        yield f"金额的 unit 应为 元，现为 {row['unit']}"
    elif row["kind"] == "count" and row["unit"] in ("%", "元"):
        yield f"计数的 unit 不能是 {row['unit']}"
    if (row["numerator"] or row["denominator"]) and row["kind"] != "rate":
        yield "只有比率才有分子、分母"
    if row["candidate_bases"] and row["kind"] != "rate":
        yield "只有比率才有可能的基数"
    if row["stock"] not in ("", "yes"):
        yield f"stock 只能为空或 yes，现为 {row['stock']!r}"
    frames = {frame.id: frame for frame in load_frames()}
    seen = set()
    for part in split_list(row["pillars"]):
        frame, _, pillar = part.partition(":")
        if frame not in frames or frames[frame].pillar(pillar) is None:
            yield f"pillars 中没有 {part!r}"
        if frame in seen:
            yield f"pillars 中 {frame} 出现两次"
        seen.add(frame)
    aliases = Counter(split_list(row["aliases"]) + split_list(row["weak_aliases"]))
    for alias, times in aliases.items():
        if times > 1:
            yield f"别名 {alias} 写了 {times} 次"
    if bool(row["weak_aliases"]) != bool(row["requires"]):
        yield "weak_aliases 与 requires 须同时填写"


def _table_breaches(located: list[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """What is wrong between rows: repeated ids and names, shared aliases, bases that do not exist."""
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    owners: dict[str, str] = {}
    known = {row["id"] for _, row in located}
    for place, row in located:
        if row["id"] in ids:
            yield f"{place} id {row['id']} 已用于{ids[row['id']]}"
        ids.setdefault(row["id"], place)
        if row["name_zh"] and row["name_zh"] in names:
            yield f"{place} 名称 {row['name_zh']} 已用于{names[row['name_zh']]}"
        names.setdefault(row["name_zh"], place)
        for alias in dict.fromkeys(split_list(row["aliases"])):
            if owners.get(alias, row["id"]) != row["id"]:
                yield f"{place} 别名 {alias} 已属 {owners[alias]}，请改为弱别名并写明 requires"
            owners.setdefault(alias, row["id"])
        for name in ("numerator", "denominator", "candidate_bases"):
            for part in filter(None, re.split(r"[+|]", row[name])):
                if part not in known:
                    yield f"{place} {name} {part} 不在目录里"


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
        numerator=row["numerator"],
        denominator=row["denominator"],
        candidate_bases=split_list(row["candidate_bases"]),
        pillars=pillars,
        stock=row["stock"] == "yes",
        note=row["note"],
        note_en=row["note_en"],
    )
