"""What a follow-up rests on: the place-years with their statements, figures, texts and doubts, each looked up once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.comparing.usable import usable_results
from fazhi_analysis.analysis.doubts import confirmed_ratios
from fazhi_analysis.analysis.following.acts_and_things import around, is_new, names_a_rate
from fazhi_analysis.analysis.following.figures import PROMISES, Figures, doubts_of, is_promise
from fazhi_analysis.analysis.following.matching import Entry
from fazhi_analysis.analysis.following.passages import Body, Passage, clauses_of, names_act
from fazhi_analysis.analysis.following.table_rows import row_name
from fazhi_analysis.analysis.following.time_spans import covers_years, horizon
from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.reading.characters import common_form

if TYPE_CHECKING:
    import pandas as pd

_MARKER = re.compile("[一二三四五六七八九十]{1,3}、")
_CONTEXT = 80  # characters of its sentence before a figure
_ENDS = "，。；：\n"
# Numbers of what was to be done: 新增床位600张。牵头单位：县卫健局, whatever the heading; 26件实事，除2件外全部完成.
_NO_RESULT = re.compile(
    r"[^\n]{0,40}?(?:牵头|责任)(?:单位|部门)[：:]"
    r"|[^，。；\n]{0,16}，除(?!此|险)[^，。；\n]{1,40}?外[，,]?(?:其余|其他|均|都|全部|已)"
)

Record = dict[str, Any]
Doubts = Callable[[str], Iterable[Any]]


@dataclass(frozen=True)
class FollowedYear:
    """All that one place reports for one year, from one report or several.

    ``results`` are those of the metrics that report a result of the year, stated changes among them; ``texts`` are the
    kept texts by report id; ``findings`` gives the findings of a report when a verdict needs them.
    """

    place: str
    year: int
    statements: tuple[Record, ...]
    metrics: tuple[Record, ...] = field(repr=False)
    results: tuple[Record, ...] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    findings: Doubts = field(repr=False)

    def of(self, kind: str) -> tuple[Record, ...]:
        """Statements of a kind in their order."""
        return tuple(row for row in self.statements if row["kind"] == kind)

    @cached_property
    def entries(self) -> dict[str, tuple[list[tuple[Record, int]], list[Entry]]]:
        """By kind: every statement (part 0) and part of one, and the same made ready for comparison."""
        found = {}
        for kind in ("problem", "next_step"):
            rows = [
                (row, part)
                for row in self.of(kind)
                for part in range(len(row["parts"]) + 1)
                if not (part and len(row["parts"]) == 1)
            ]
            found[kind] = (rows, [Entry.of(text_of(row, part), text_of(row) if part else "") for row, part in rows])
        return found

    @cached_property
    def figures(self) -> Figures:
        """Results of the year, with what the audit doubts of them."""
        reports = dict.fromkeys(str(row["report_id"]) for row in self.results)
        findings = [item for report in reports for item in self.findings(report)]
        by_id = {str(row["row_id"]): row for row in self.metrics}
        counts = {
            rate: (by_id[cases], by_id[base])
            for rate, (cases, base) in confirmed_ratios(findings).items()
            if cases in by_id and base in by_id
        }
        return Figures(self.results, doubts_of(findings), counts)

    @cached_property
    def plain_figures(self) -> Figures:
        """Results of the year, before any doubt is heard (the audit costs more than all the rest)."""
        return Figures(self.results)

    @cached_property
    def promised(self) -> tuple[Record, ...]:
        """Promised figures that have a place in the text."""
        return tuple(row for row in self.metrics if is_promise(row) and _is_place(row) and not names_a_rate(row))

    def pieces(self, statement: Record) -> list[Record]:
        """The parts of a statement, then the clauses within them that promise something of their own.

        A clause does so with a promised figure, or with an act that can be finished; each has text, start and end.
        """
        parts: list[Record] = list(statement["parts"])
        text = self.texts.get(str(statement["report_id"]))
        if text is None or statement["kind"] != "next_step":
            return parts
        known = {(part["start"], part["end"]) for part in (statement, *parts)}
        found = []
        for whole in parts or [statement]:
            within = clauses_of(text, *span(whole)) if _is_place(whole) else []
            promising = [one for one in within if self._promises(statement, one)]
            found += [
                item
                for one in promising
                for item in self._items(statement, one, text)
                if len(within) > 1 or item != one
            ]
        return parts + [
            {"text": one.text, "start": one.start, "end": one.end} for one in found if (one.start, one.end) not in known
        ]

    def loose(self) -> list[Record]:
        """Clauses that promise a figure of the coming year outside every statement, as the aims at a plan's head.

        Each is a record like a statement without words of its own, with the clause as its only piece.
        """
        taken = [(row["report_id"], *span(row)) for row in self.statements if _is_place(row)]
        found: dict[tuple[str, int], Record] = {}
        for row in self.promised:
            report, start = row["report_id"], int(row["start"])
            text = self.texts.get(str(report))
            inside = any(one == report and low <= start < high for one, low, high in taken)
            if text is None or inside or str(row["period"]) != str(self.year + 1):
                continue
            low = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
            high = min((at for mark in _ENDS if (at := text.find(mark, int(row["end"]))) >= 0), default=len(text))
            for one in clauses_of(text, low, high):
                if one.start <= start < one.end:
                    piece = {"text": one.text, "start": one.start, "end": one.end}
                    own = {"kind": "next_step", "ordinal": 0, "cause": "", "theme": "", "parts": [], "pieces": [piece]}
                    found.setdefault((str(report), one.start), {**row, **own, "text": one.text})
        return list(found.values())

    def _items(self, statement: Record, clause: Passage, text: str) -> list[Passage]:
        """The members of a list that each promise a figure (公园8座、停车场12座), else the clause itself."""
        marker = _MARKER.match(text, clause.start, clause.end)
        start = marker.end() if marker else clause.start
        edges = [start, *(at + 1 for at in range(start, clause.end) if text[at] == "、"), clause.end + 1]
        items = [Passage(low, high - 1, text[low : high - 1]) for low, high in pairwise(edges)]
        return items if all(self._figures(statement, one) for one in items) else [clause]

    def _figures(self, statement: Record, piece: Passage) -> list[Record]:
        """The promised figures of a stretch of a statement."""
        mine = (row for row in self.promised if row["report_id"] == statement["report_id"])
        return [row for row in mine if piece.start <= row["start"] < piece.end]

    def _promises(self, statement: Record, clause: Passage) -> bool:
        """Whether a clause promises a figure, or an act that can be finished."""
        return bool(self._figures(statement, clause)) or names_act(clause.text)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """Kept texts in sentences, without the problems and next steps."""
        return {
            report: Body.of(
                text, [span(row) for row in self.statements if row["report_id"] == report and _is_place(row)]
            )
            for report, text in self.texts.items()
        }


def text_of(statement: Record, number: int = 0) -> str:
    """Text of a statement without the cause that it gives, or of one of its parts (from 1)."""
    if number:
        return str(part_of(statement, number)["text"])
    text, cause = str(statement["text"]), str(statement.get("cause") or "")
    return text.replace(cause, "").rstrip("，,；;。") or text if cause else text


def part_of(statement: Record, number: int) -> Record:
    """The part with this number (of ``pieces``, where they were found), or the statement itself for 0."""
    part: Record = (statement.get("pieces") or statement["parts"])[number - 1] if number else statement
    return part


def span(row: Mapping[str, Any]) -> tuple[int, int]:
    """Start and end of a row that has a place."""
    return int(row["start"]), int(row["end"])


def _is_place(row: Mapping[str, Any]) -> bool:
    return isinstance(row["start"], int) and row["start"] >= 0 and isinstance(row["end"], int)


def gather(
    statements: pd.DataFrame,
    metrics: pd.DataFrame,
    places: list[str] | None,
    texts: Callable[[str], str | None],
    findings: Doubts,
) -> dict[str, dict[int, FollowedYear]]:
    """Place-years by place and year: every place that states or promises anything, in every year that is stored.

    Of several whole reports of a place-year one is taken (``sources.further_sources``): nothing is promised twice.
    """
    from fazhi_analysis.analysis.sources import further_sources

    if further := list(further_sources(metrics, statements)):
        metrics, statements = (table[~table["report_id"].isin(further)] for table in (metrics, statements))
    stated = _by_place_and_year(statements, places)
    promising = _by_place_and_year(metrics[metrics["role"].isin(PROMISES)], places) if len(metrics) else {}
    following = {place for place, _ in (*stated, *promising)}
    given = _by_place_and_year(metrics, following) if following and len(metrics) else {}
    results = set(usable_results(metrics, changes=True)["row_id"].astype(str)) if given else set()
    found: dict[str, dict[int, FollowedYear]] = {}
    for place, year in sorted(set(stated) | set(given)):
        rows, figures = stated.get((place, year), []), given.get((place, year), [])
        reports = dict.fromkeys(str(row["report_id"]) for row in [*rows, *figures])
        kept = {report: common_form(text) for report in reports if (text := texts(report)) is not None}
        fitting = {report: text for report, text in kept.items() if _fits(text, rows, report)}
        whole = tuple(_with_clause(row, fitting.get(str(row["report_id"]))) for row in figures)
        usable = tuple(row for row in whole if str(row["row_id"]) in results and not row.get("no_result"))
        found.setdefault(place, {})[year] = FollowedYear(place, year, tuple(rows), whole, usable, fitting, findings)
    return found


def _by_place_and_year(frame: pd.DataFrame, places: Collection[str] | None) -> dict[tuple[str, int], list[Record]]:
    """Rows of some places (None: all), those of a renamed place under the name of its series."""
    from fazhi_analysis.analysis.series_places import series_places

    codes = series_places(frame)
    names = [codes.texts[code] for code in codes.codes.tolist()]
    keep = [places is None or name in places for name in names]
    found: dict[tuple[str, int], list[Record]] = {}
    kept = [name for name, one in zip(names, keep, strict=True) if one]
    for place, row in zip(kept, rows_of(frame[keep], dict), strict=True):
        found.setdefault((place, int(row["year"])), []).append(row)
    return found


def _with_clause(row: Record, text: str | None) -> Record:
    """A row with the words around it in the kept text, and with their clause where that is not stored."""
    if text is None or not _is_place(row):
        return row
    start, end = span(row)
    row = {
        **row,
        "around": around(text, start, end),
        "context": text[max(max(text.rfind(mark, 0, start) for mark in "。\n；"), start - _CONTEXT - 1) + 1 : start],
        "no_result": _NO_RESULT.match(text, end) is not None,
        "horizon": horizon(text, start) if is_promise(row) else 0,
        "covers_years": covers_years(text, start),
    }
    if not is_promise(row) and (name := row_name(text, start)):
        around_it = (name.lead, name.tail, name.lead)
        added = {"aspect": "increment"} if row["aspect"] == "increment" or is_new({**row, "around": around_it}) else {}
        return {**row, "unit": name.unit, "around": around_it, "label": name.text, "quote": name.text, **added}
    if row["quote"]:
        return row
    begin = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    after = [place for mark in _ENDS if (place := text.find(mark, end)) >= 0]
    return {**row, "quote": " ".join(text[begin : min(after, default=len(text))].split())}


def _fits(text: str, rows: list[Record], report: str) -> bool:
    """Whether the statements of a report stand in this text: another text under the same id is not used."""
    own = [row for row in rows if row["report_id"] == report and _is_place(row)]
    return all(_letters(str(row["text"]))[:6] in _letters(text[slice(*span(row))]) for row in own)


def _letters(text: str) -> str:
    import unicodedata

    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
