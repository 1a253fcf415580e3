"""Turns rows, statements and findings into pieces of sentences and into sources. It computes nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import ChangeRow, EvidenceRow, PromiseRow
from fazhi_analysis.analysis.stored_rows import FigureRow, MetricRow, NamedRow, StatementRow, span_of
from fazhi_analysis.catalogue.english_nouns import singular
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.narrative import Piece, Sentence, Source
from fazhi_analysis.presenting.narrative.narrative_texts import Phrases
from fazhi_analysis.presenting.wording.name_with_figure import text_with_figure
from fazhi_analysis.presenting.wording.naming import label_text, rule_name, where_text
from fazhi_analysis.presenting.wording.numbers import figure_of, pair, plain, scaled, unit_text
from fazhi_analysis.presenting.wording.page_texts import Words

_LENGTH = 42
_PROPER = re.compile(r"Party\b|People['’]s\b|[A-Z][A-Z]")
_CLAUSE_END = re.compile(r"[，。；、：]")


class NarrativeBuilder:
    """What all sections share: the place and year, the wording, and how each thing is worded and cited."""

    def __init__(self, place_year: PlaceYear, words: Words) -> None:
        self.place_year = place_year
        self.words = words
        self.phrases = Phrases(words.lang)
        self.sentences: list[Sentence] = []

    def say(self, section: str, key: str, sources: Iterable[Source | None] = (), /, **fields: Any) -> None:
        """Add a sentence; its sources are cited once each."""
        cited = tuple({source.id: source for source in sources if source is not None}.values())
        pieces = self.phrases.fill(key, **fields)
        self.sentences.append(Sentence(section, pieces if self.words.lang == "zh" else as_sentence(pieces), cited, key))

    # what can be cited

    @functools.cached_property
    def rows(self) -> dict[str, MetricRow]:
        """Every metric row of the place by its id."""
        return self.place_year.rows_by_id

    @functools.cached_property
    def statements(self) -> dict[str, StatementRow]:
        """Every problem and next step of the place by its id."""
        return self.place_year.statements_by_id

    def row_source(self, identity: str) -> Source | None:
        """The source of a metric row, or None for a row that the data do not have."""
        row = self.rows.get(identity)
        if row is None:
            return None
        text = self.phrases.plain(
            "source.row", year=row["year"], name=self.label(row), figure=self.figure_text(row), place=self._place(row)
        )
        return Source(identity, text, row["report_id"], *_ends(row))

    def statement_source(self, row: StatementRow) -> Source:
        """The source of a problem or next step."""
        kind = self.phrases.plain(f"source.{row['kind']}")
        fields = {"year": row["year"], "kind": kind, "ordinal": row["ordinal"], "place": self._place(row)}
        text = self.phrases.plain("source.statement", **fields)
        return Source(row["row_id"], text, row["report_id"], *_ends(row))

    def finding_source(self, finding: Finding) -> Source:
        """The source of a finding of the audit."""
        rule = rule_name(finding, self.words)
        return Source(finding.id, self.phrases.plain("source.finding", rule=rule))

    def passage_source(self, piece: EvidenceRow) -> Source:
        """The source of a stretch of text that is neither a row nor a statement."""
        year = piece["report_id"].partition("-")[2][:4]
        text = self.phrases.plain("source.passage", year=year, place=self._place(piece))
        return Source(f"{piece['report_id']}@{piece['start']}", text, piece["report_id"], *_ends(piece))

    def report_sources(self, *years: int) -> list[Source]:
        """The reports of some years, for sentences about all that they hold, in the order of the data."""
        return [
            Source(report["report_id"], self.phrases.plain("source.report", year=report["year"]), report["report_id"])
            for report in self.place_year.report_rows
            if report["year"] in years
        ]

    def _place(self, row: Mapping[str, Any]) -> str:
        section = where_text(row, self.words)
        return self.phrases.plain("source.place", section=section) if section else ""

    # how things are worded

    def label(self, row: NamedRow) -> str:
        """Name of a row's indicator in the language of the text."""
        return label_text(row, self.words)

    def figure_text(self, row: FigureRow) -> str:
        """A figure as its report words it."""
        return figure_of(row, self.words).strip()

    def name(self, row: NamedRow, identity: str) -> Piece:
        """The name of an indicator as it stands before its figure: 综窗受理事项1180个, not 综窗受理事项数1180个."""
        return Piece(text_with_figure(row, self.words), "name", (identity,))

    def figure(self, row: FigureRow, identity: str) -> Piece:
        """A figure of a row."""
        return Piece(self.figure_text(row), "figure", (identity,))

    def earlier_figure(self, row: ChangeRow) -> Piece:
        """The earlier of two compared figures."""
        return Piece(figure_of(row, self.words, "baseline_").strip(), "figure", (row["baseline_row"],))

    def named_figure(self, row: MetricRow) -> list[Any]:
        """A figure with its name before it."""
        identity = row["row_id"]
        return [self.name(row, identity), "" if self.words.lang == "zh" else " ", self.figure(row, identity)]

    def ordinal(self, row: StatementRow) -> Piece:
        """The number of a problem or next step."""
        return Piece(str(row["ordinal"]), "ordinal", (row["row_id"],))

    def count_rows(self, rows: Sequence[StatementRow | MetricRow | PromiseRow]) -> Piece:
        """How many rows there are, with their ids."""
        return self.count([row["row_id"] for row in rows])

    def place(self) -> Piece:
        """The name of the place."""
        return Piece(self.place_year.place, "name")

    def amount(self, low: float, high: float, unit: str) -> str:
        """The size of a change, without a sign: a point, or both ends."""
        after = self.words("number.points") if unit == "%" else unit_text(unit, self.words)
        if low == high:
            one = singular(after) if abs(low) == 1 else after
            return ((plain(low, 4) if unit == "%" else scaled(low, self.words.lang)) + one).strip()
        ends = pair(low, high, self.words.lang)
        return (self.words("number.range", low=ends[0], high=ends[1]) + after).strip()

    def count(self, items: Sequence[str]) -> Piece:
        """How many of something there are, with the ids that were counted."""
        return Piece(str(len(items)), "count", tuple(items))

    def year(self, year: int) -> Piece:
        """A year."""
        return Piece(str(year), "year")

    def quote(self, row: StatementRow, text: str | None = None) -> Piece:
        """The wording of a statement, shortened at the end of a clause, in quotation marks."""
        return self.quoted(row["text"] if text is None else text, row["row_id"])

    def quoted(self, text: str, identity: str) -> Piece:
        """Wording in quotation marks; marks inside become single ones."""
        inner = shortened(text, self.phrases.plain("punctuation.ellipsis")).replace("“", "‘").replace("”", "’")
        return Piece(self.phrases.plain("punctuation.quote", text=inner), "quote", (identity,))

    def listed(self, items: Sequence[Any], key: str = "list") -> list[Any]:
        """Pieces as a list in a sentence; plain lists say "and" before the last."""
        found: list[Any] = []
        for number, item in enumerate(items, start=1):
            joint = "list_last" if key == "list" and number == len(items) else key
            found += [self.phrases.plain(f"punctuation.{joint}"), item] if found else [item]
        return found


def as_sentence(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """English pieces with a capital at the beginning, and names of indicators without one inside.

    >>> as_sentence([Piece("met: "), Piece("Pass rate", "name")])[1].text
    'pass rate'
    >>> as_sentence([Piece("met: "), Piece("CPPCC proposals", "name")])[1].text
    'CPPCC proposals'
    """
    first, *others = pieces
    adjusted = [replace(first, text=first.text[:1].upper() + first.text[1:])]
    for piece in others:
        inside = piece.kind == "name" and not _PROPER.match(piece.text) and adjusted[-1].text[-2:] not in (". ", "? ")
        adjusted.append(replace(piece, text=piece.text[:1].lower() + piece.text[1:]) if inside else piece)
    return tuple(adjusted)


def shortened(text: str, ellipsis: str, length: int = _LENGTH) -> str:
    """A text of at most about this length, ending at the end of a clause.

    >>> shortened("规范执法行为。组织案卷评查不少于2次，评查案卷不低于300件", "……", 16)
    '规范执法行为。组织案卷评查不少于2次……'
    >>> shortened("普法形式单一。", "……")
    '普法形式单一'
    """
    text = re.sub(r"\s+", "", text).rstrip("。；，;, ")
    if len(text) <= length:
        return text
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    good = [end for end in ends if length // 2 <= end <= length + 8 and not _inside(text, end)]
    cut = good[-1] if good else next((end for end in ends if end > length and not _inside(text, end)), len(text))
    return text if cut == len(text) else text[:cut] + ellipsis


def _inside(text: str, place: int) -> bool:
    """Whether a place lies between quotation marks or brackets that are still open."""
    before = text[:place]
    return any(before.count(one) > before.count(other) for one, other in ("“”", "（）", "《》", "‘’"))


def _ends(row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return span_of(row) or (None, None)
