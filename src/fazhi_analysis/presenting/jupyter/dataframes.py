"""Our tables in a notebook: units, intervals and directions readable, the DataFrame itself untouched.

A DataFrame with the columns of one of our tables is shown as people read it, and below, folded, as pandas shows it.
Any other DataFrame, such as one with fewer columns, is shown by pandas alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.presenting.html.markup import Fragment, escape, plain_text, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.jupyter.sortable import MOST, sortable
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.change import change
from fazhi_analysis.presenting.wording.naming import message, named, theme_name, unit_of, where
from fazhi_analysis.presenting.wording.numbers import figure_of, interval
from fazhi_analysis.presenting.wording.page_texts import Words

if TYPE_CHECKING:
    import pandas as pd

SHOWN: Final = 20
"""Rows shown; the caption says how many there are."""

Row = dict[str, Any]
Cell = Callable[[Row, Words], Any]
Layout = tuple[tuple[str, Cell, str], ...]


def frame(thing: pd.DataFrame, words: Words) -> Fragment | None:
    """One of our tables, else None."""
    columns = set(map(str, thing.columns))
    for needed, layout in _LAYOUTS:
        if needed <= columns:
            return framed(_table(thing, layout, words), _all(thing, layout, words), _raw(thing, words))
    return None


def _all(thing: pd.DataFrame, layout: Layout, words: Words) -> Fragment | None:
    """All rows, to sort and filter, where they are more than the head shows; the ends of each figure as numbers."""
    if len(thing) <= SHOWN:
        return None
    import pandas as pd

    rows = rows_of(thing.head(MOST), dict)
    columns = {
        words(key): [row["year"] if key == "column.year" else _text(cell(row, words)) for row in rows]
        for key, cell, _ in _used(thing, layout)
    }
    if "lower" in thing.columns:
        for name in ("lower", "upper"):
            columns[words(f"explore.sort.{name}")] = [row[name] if _there(row[name]) else None for row in rows]
    return sortable(pd.DataFrame(columns), words)


def _is_one_place(thing: pd.DataFrame) -> bool:
    return "region" in thing.columns and thing["region"].nunique() == 1


def _used(thing: pd.DataFrame, layout: Layout) -> list[tuple[str, Cell, str]]:
    """The columns that distinguish rows: the place of a table of one place stands in its caption."""
    return [part for part in layout if not (_is_one_place(thing) and part[0] == "column.place_name")]


def _text(cell: Any) -> str:
    return " ".join(plain_text(escape(cell)).split())


def _table(thing: pd.DataFrame, layout: Layout, words: Words) -> Fragment:
    head = rows_of(thing.head(SHOWN), dict)
    used, one_place = _used(thing, layout), _is_one_place(thing)
    columns = tuple(Column(words(key), number=kind == "num", main=kind == "main") for key, _, kind in used)
    rows = tuple(tuple(cell(row, words) for _, cell, _ in used) for row in head)
    place = [words.source(str(thing["region"].iloc[0]))] if one_place else []
    text = words("explore.show.rows", n=len(thing), shown=len(rows))
    caption = tag("span", *place, " " if place else None, text)
    return tag("div", Fragment(Table("", columns, rows)._repr_html_().replace("></caption>", f">{caption}</caption>")))


def _raw(thing: pd.DataFrame, words: Words) -> Fragment:
    import pandas as pd

    with pd.option_context("display.max_rows", 12, "display.max_columns", 60, "display.max_colwidth", 24):
        inner = Fragment(getattr(thing, "_repr_html_")() or "", "")  # noqa: B009 - pandas-stubs do not know it
    heading = words("explore.show.raw", n=len(thing), m=len(thing.columns))
    return tag("details", tag("summary", heading), tag("div", inner, cls="fz-scroll"))


def _there(value: Any) -> bool:
    return value is not None and str(value) not in ("<NA>", "nan", "")


def _better(row: Row, words: Words) -> str:
    from fazhi_analysis.presenting.wording.naming import catalogue

    identity = str(row.get("indicator_id") or "")
    way = row.get("direction") or (catalogue()[identity].direction if identity in catalogue() else "neutral")
    return "" if way == "neutral" else words(f"explore.direction.{way}")


def _figure(row: Row, words: Words) -> str:
    if not _there(row["value"]):
        return words("mark.gap")
    return figure_of(row, words)


def _before(row: Row, words: Words) -> str:
    if not _there(row["baseline_value"]):
        return words("mark.gap")
    return figure_of(row, words, "baseline_")


def _interval(row: Row, words: Words) -> str:
    return interval(row["lower"], row["upper"], unit_of(row), words) if _there(row["value"]) else ""


def _change(row: Row, words: Words) -> str:
    if not _there(row["change_lower"]):
        return ""
    return change(row["change_lower"], row["change_upper"], unit_of(row), words)


def _verdict(row: Row, words: Words) -> Fragment:
    from fazhi_analysis.analysis.comparing.reasons import COMPARED, wording

    verdict = str(row["verdict"])
    shown, text = verdict, wording(verdict, words.lang)
    if row.get("doubt") and verdict in COMPARED:  # as on the pages: such a verdict says what is printed, no more
        shown, text = "doubtful", words("doubt.verdict", verdict=text)
    mark = tag("span", words.get(f"mark.{shown}"), cls="fz-mark", aria_hidden="true")
    why = tag("small", wording(str(row["reason"]), words.lang)) if row.get("reason") else None
    return tag("span", mark, " ", text, " ", why, cls=f"fz-{shown}")


def _section(row: Row, words: Words) -> Fragment:
    start = row.get("start")
    at = words("evidence.offsets", start=int(str(start)), end=int(str(row["end"]))) if _there(start) else ""
    return tag("span", where(row, words), " ", tag("small", at))


def _plain(key: str) -> Cell:
    return lambda row, words: row[key] if _there(row[key]) else ""


def _source(key: str) -> Cell:
    return lambda row, words: words.source(row[key]) if _there(row[key]) else ""


def _severity(row: Row, words: Words) -> Fragment:
    return tag("span", words(f"column.{row['severity']}"), cls=f"fz-{row['severity']}")


def _theme(row: Row, words: Words) -> Any:
    return theme_name(str(row["theme"] or ""), words)


def _rank(row: Row, words: Words) -> str:
    if not _there(row["rank_low"]):
        return ""
    low, high, n = int(row["rank_low"]), int(row["rank_high"]), int(row["ranked"])
    return (
        words("peer_comparison.rank", low=low, n=n)
        if low == high
        else words("peer_comparison.ranks", low=low, high=high, n=n)
    )


_PLACE = ("column.place_name", _source("region"), "")
_YEAR = ("column.year", _plain("year"), "num")
_INDICATOR = ("column.indicator", named, "main")
_FIGURE = ("column.figure", _figure, "num")
_INTERVAL = ("column.interval", _interval, "num")
_BETTER = ("explore.show.direction", _better, "")
_LAYOUTS: Final[tuple[tuple[frozenset[str], Layout], ...]] = (
    (
        frozenset({"baseline_value", "change_lower", "verdict", "label", "unit", "year", "lower", "upper", "value"}),
        (
            _PLACE,
            _INDICATOR,
            ("explore.show.before", _before, "num"),
            _FIGURE,
            ("column.change", _change, "num"),
            ("column.verdict", _verdict, ""),
            _BETTER,
        ),
    ),
    (
        frozenset({"rank_low", "rank_high", "ranked", "label", "value", "lower", "upper", "unit", "year"}),
        (_PLACE, _YEAR, _INDICATOR, _FIGURE, _INTERVAL, ("column.rank", _rank, "num"), _BETTER),
    ),
    (
        frozenset({"label", "value", "lower", "upper", "unit", "qualifier", "year", "region"}),
        (_PLACE, _YEAR, _INDICATOR, _FIGURE, _INTERVAL, _BETTER, ("column.place", _section, "")),
    ),
    (
        frozenset({"severity", "rule", "message_zh", "message_en", "year"}),
        (_PLACE, _YEAR, ("column.severity", _severity, ""), ("explore.show.message", message, "main")),
    ),
    (
        frozenset({"kind", "ordinal", "text", "theme", "year", "parts"}),
        (
            _PLACE,
            _YEAR,
            (
                "column.number",
                lambda row, words: words(f"problems_next_steps.{row['kind']}_number", n=int(row["ordinal"])),
                "",
            ),
            ("explore.show.statement", _source("text"), "main"),
            ("column.theme", _theme, ""),
        ),
    ),
    (
        frozenset({"title", "issuer", "digest", "region", "year"}),
        (
            _PLACE,
            _YEAR,
            ("explore.show.title", _source("title"), "main"),
            ("explore.show.issuer", _source("issuer"), ""),
            ("explore.show.signed", _plain("signed_date"), "num"),
        ),
    ),
)
