"""The place of each row of a table, under the code that its whole series is kept by, and changes of its territory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.integer_codes import Bools, Codes, Ints, category, column_codes
from fazhi_analysis.catalogue.place_lookup import Places
from fazhi_analysis.catalogue.succession import EARLIEST, LATEST, succession
from fazhi_analysis.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


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

    code = column_codes(metrics, "region_code").regroup(succession().series_code)
    name = column_codes(metrics, "region")
    table = pd.DataFrame({"code": category(code.codes, code.texts), "name": category(name.codes, name.texts)})
    known = Places(table.drop_duplicates().itertuples(index=False))
    found = [known.pairs[number] for number in known.find_all(region)]
    return list(dict.fromkeys(code or name for code, name in found))


def check_year(metrics: pd.DataFrame, places: Sequence[str] | None, year: int, name: str = "year") -> None:
    """Raise UnknownNameError, listing the years that exist, when the chosen places have no row of a year."""
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
    never = (LATEST, EARLIEST)
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
