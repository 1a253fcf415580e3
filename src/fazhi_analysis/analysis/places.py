"""Which places a caller means among those that the data hold, and which codes are one place under two names.

A county that became a district (撤县设区), was renamed or got another code stays one series, with a note. Where places
were merged or split, figures from before and after are not those of one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.codes import Bools, Codes, Ints, category, column_codes
from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.catalogue.divisions import Divisions
from fazhi_analysis.dataset.places import Places
from fazhi_analysis.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

TERRITORY_CHANGES = ("合并", "划转", "拆分", "分设", "析置")
"""Kinds of change after which a code no longer stands for the same territory; all others keep it."""

_EARLIEST, _LATEST = 1, 9999


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of codes: ``heirs`` leads from an old code to the one that carries on the same territory, ``breaks``
    gives, for a code, the spans of years (first, last) in which its territory changed."""

    heirs: dict[str, str]
    breaks: dict[str, tuple[tuple[int, int], ...]]

    def series_code(self, code: str) -> str:
        """The code under which a place's whole series is kept: that of its last heir.

        >>> Succession({"110229": "110119"}, {}).series_code("110229")
        '110119'
        """
        seen = {code}
        while (code := self.heirs.get(code, code)) not in seen:
            seen.add(code)
        return code


def succession(divisions: Divisions | None = None) -> Succession:
    """The succession of codes in the division table (by default the bundled one).

    >>> succession().series_code("110229")
    '110119'
    """
    return _succession(load_divisions() if divisions is None else divisions)


@lru_cache(maxsize=4)
def _succession(divisions: Divisions) -> Succession:
    heirs: dict[str, str] = {}
    spans: dict[str, set[tuple[int, int]]] = {}
    for division in divisions:
        for change in division.changes:
            if change.kind in TERRITORY_CHANGES:
                when = _span(change.month, divisions, change.old_code)
                spans.setdefault(change.old_code, set()).add(when)
                spans.setdefault(change.new_code, set()).add(when)
            elif change.old_code != change.new_code:
                heirs[change.old_code] = change.new_code
    found = Succession(heirs, {})
    breaks: dict[str, set[tuple[int, int]]] = {}
    for code, dates in spans.items():
        breaks.setdefault(found.series_code(code), set()).update(dates)
    return Succession(heirs, {code: tuple(sorted(dates)) for code, dates in breaks.items()})


def _span(month: str, divisions: Divisions, old_code: str) -> tuple[int, int]:
    """First and last year in which a change can have happened: its month, or when the old code was last in force."""
    if month:
        return int(month[:4]), int(month[:4])
    ends = [division.valid_to for division in divisions if division.code == old_code and division.valid_to]
    last = int(max(ends)[:4]) if ends else _LATEST
    return (_EARLIEST if not ends else last - 4), last


def place_codes(metrics: pd.DataFrame) -> Codes:
    """The place of each row: its division code, or its name where it has no code.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"region_code": ["150623", ""], "region": ["某旗", "某局"]})
    >>> place_codes(frame).per_row(str).tolist()
    ['150623', '某局']
    """
    code = column_codes(metrics, "region_code")
    if code.codes.all():
        return code
    name = column_codes(metrics, "region")
    shifted = np.where(name.codes > 0, name.codes.astype(np.int64) + len(code.texts) - 1, 0)
    return Codes(np.where(code.codes > 0, code.codes, shifted), code.texts + name.texts[1:])


def series_places(metrics: pd.DataFrame) -> Codes:
    """The place of each row under the code of its last heir, so that a renamed place is one place."""
    return place_codes(metrics).regroup(succession().series_code)


def resolve(metrics: pd.DataFrame, region: str | Iterable[str] | None) -> list[str] | None:
    """Places (as in :func:`series_places`) for codes, own names or full names; None means all and stays None.

    A former name or code means the place that carries it on (延庆县: 延庆区). Raises UnknownNameError for a place that
    the data do not hold (listing what they hold) and for a name that fits several (listing them).

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"region_code": ["150623"], "region": ["内蒙古自治区鄂尔多斯市鄂托克前旗"]})
    >>> resolve(frame, "鄂托克前旗")
    ['150623']
    """
    if region is None:
        return None
    import pandas as pd

    follow = succession().series_code
    code = column_codes(metrics, "region_code").regroup(follow)
    name = column_codes(metrics, "region")
    table = pd.DataFrame({"code": category(code.codes, code.texts), "name": category(name.codes, name.texts)})
    pairs = [(str(one), str(two)) for one, two in table.drop_duplicates().itertuples(index=False)]
    asked = [follow(str(text).strip()) for text in ([region] if isinstance(region, str) else region)]
    known = Places(pairs)
    held = {one for one, _ in pairs}
    found = [pairs[number] for text in asked for number in _numbers(known, text, held)]
    return list(dict.fromkeys(one or two for one, two in found))


def _numbers(known: Places, text: str, held: Collection[str]) -> list[int]:
    """Numbers of the places that a text means; a name that the data do not hold may be a former one."""
    try:
        return known.find_all([text])
    except UnknownNameError:
        heirs = renamed(text, held)
        if len(heirs) != 1:
            raise
        return known.find_all(heirs)


def renamed(name: str, held: Collection[str]) -> list[str]:
    """Codes among those held of the places that once had this whole name, by the dated division table.

    >>> renamed("延庆县", {"110119", "110105"}), renamed("延庆县", {"110105"}), renamed("延庆", {"110119"})
    (['110119'], [], [])
    """
    follow = succession().series_code
    named = [place for place in load_divisions().candidates(name) if name not in place.short_names]
    heirs = {follow(place.code) for place in named}
    return sorted(code for code in held if code and follow(code) in heirs)


def series_codes(code: str) -> list[str]:
    """Every code that the series of a place's figures is spread over: its own, its forerunners' and its heirs'.

    >>> series_codes("110119")
    ['110119', '110229']
    """
    known = succession()
    heir = known.series_code(code)
    return sorted({code, heir, *(old for old in known.heirs if known.series_code(old) == heir)})


def check_year(metrics: pd.DataFrame, places: Sequence[str] | None, year: int, name: str = "year") -> None:
    """Raise UnknownNameError, listing the years that there are, when the chosen places have no row of a year."""
    years = metrics["year"]
    wanted = chosen(series_places(metrics), places)
    if wanted is not None:
        years = years[wanted]
    if not bool((years == year).any()):
        raise UnknownNameError(f"{name}={year}", "choice.year.unknown", years=sorted(years.unique().tolist()))


def chosen(place: Codes, places: Sequence[str] | None) -> Bools | None:
    """Rows of the chosen places, or None for all rows."""
    if places is None:
        return None
    wanted = set(places)
    return place.per_row(lambda text: text in wanted, bool)


def territory_spans(place: Codes) -> list[npt.NDArray[np.int64]]:
    """For each place code, first and last year of its changes of territory: one table for the first change, one for the
    second, and so on; a place without one has a span that no years cross.
    """
    breaks = succession().breaks
    found = [breaks.get(text, ()) for text in place.texts]
    never = (_LATEST, _EARLIEST)
    return [
        np.array([spans[turn] if len(spans) > turn else never for spans in found], dtype=np.int64)
        for turn in range(max(map(len, found), default=0))
    ]


def territory_changed(
    spans: list[npt.NDArray[np.int64]], codes: npt.NDArray[Any], base_year: Ints, year: Ints
) -> Bools:
    """Whether each place (by code) may have been merged or split after the base year and up to the later year.

    >>> place = Codes(np.array([1]), ["", "110102"])  # 宣武区 came to 西城区 in 2010
    >>> years = np.array([2009, 2011]), np.array([2011, 2012])
    >>> territory_changed(territory_spans(place), np.array([1, 1]), *years).tolist()
    [True, False]
    """
    changed = np.zeros(len(codes), dtype=bool)
    for table in spans:
        changed |= (base_year < table[codes, 1]) & (year >= table[codes, 0])
    return changed
