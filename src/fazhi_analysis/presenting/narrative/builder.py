"""Turns rows, statements and findings into pieces of sentences and into sources. It computes nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from fazhi_analysis.analysis.doubts import doubted_rows
from fazhi_analysis.analysis.place_year import PlaceYear, records
from fazhi_analysis.catalogue.english import singular
from fazhi_analysis.presenting.narrative.model import Kind, Piece, Sentence, Source
from fazhi_analysis.presenting.narrative.phrases import Phrases
from fazhi_analysis.presenting.wording.naming import label_text, rule_name, where_text
from fazhi_analysis.presenting.wording.numbers import figure_of, pair, plain, scaled, unit_text
from fazhi_analysis.presenting.wording.words import Words

Row = dict[str, Any]
_LENGTH = 42
_SHORTEST = 3
_NUMBER_WORD = re.compile(r"(?:(?<![案证文信邮稿])件|(?<!事)项|批次|场次|人次|件次|次|篇|份|宗|起)?数$")
_CLAUSE_END = re.compile(r"[，。；、：]")


class NarrativeBuilder:
    """What all sections share: the place and year, the wording, and how each thing is said and cited."""

    def __init__(self, place_year: PlaceYear, words: Words) -> None:
        self.place_year = place_year
        self.words = words
        self.phrases = Phrases(words.lang)
        self.sentences: list[Sentence] = []

    def say(self, section: str, key: str, sources: Iterable[Source | None] = (), /, **fields: Any) -> None:
        """Add a sentence; its sources are cited once each."""
        cited = tuple({source.id: source for source in sources if source is not None}.values())
        self.sentences.append(Sentence(section, self.phrases.fill(key, **fields), cited, key))

    # what can be cited

    @functools.cached_property
    def rows(self) -> dict[str, Row]:
        """Every metric row of the place by its id."""
        return {str(row["row_id"]): row for row in records(self.place_year.metrics)}

    @functools.cached_property
    def statements(self) -> dict[str, Row]:
        """Every problem and next step of the place by its id."""
        return {str(row["row_id"]): row for row in records(self.place_year.statements)}

    def of(self, kind: str, year: int) -> list[Row]:
        """Statements of a kind and year in their order."""
        found = [row for row in self.statements.values() if row["kind"] == kind and int(row["year"]) == year]
        return sorted(found, key=lambda row: int(row["ordinal"]))

    def row_source(self, identity: str) -> Source | None:
        """The source of a metric row, or None for a row that the data do not have."""
        row = self.rows.get(identity)
        if row is None:
            return None
        text = self.phrases.plain(
            "source.row", year=row["year"], name=self.label(row), figure=self.figure_text(row), place=self._place(row)
        )
        return Source(identity, text, str(row["report_id"]), *_span(row))

    def statement_source(self, row: Row) -> Source:
        """The source of a problem or next step."""
        kind = self.phrases.plain(f"source.{row['kind']}")
        fields = {"year": row["year"], "kind": kind, "ordinal": row["ordinal"], "place": self._place(row)}
        text = self.phrases.plain("source.statement", **fields)
        return Source(str(row["row_id"]), text, str(row["report_id"]), *_span(row))

    def finding_source(self, finding: Any) -> Source:
        """The source of a finding of the audit."""
        rule = rule_name(finding, self.words)
        return Source(str(finding.id), self.phrases.plain("source.finding", rule=rule, id=finding.id))

    def passage_source(self, piece: Row) -> Source:
        """The source of a stretch of text that is neither a row nor a statement."""
        year = str(piece["report_id"]).partition("-")[2][:4]
        text = self.phrases.plain("source.passage", year=year, place=self._place(piece))
        return Source(f"{piece['report_id']}@{piece['start']}", text, str(piece["report_id"]), *_span(piece))

    def report_sources(self, *years: int) -> list[Source]:
        """The reports of some years, for sentences about all that they hold."""
        return [
            Source(str(row["report_id"]), self.phrases.plain("source.report", year=row["year"]), str(row["report_id"]))
            for row in records(self.place_year.all_reports)
            if int(row["year"]) in years
        ]

    def _place(self, row: Row) -> str:
        start, end = _span(row)
        section = where_text(row, self.words)
        if start is None:
            return self.phrases.plain("source.no_place", section=section) if section else ""
        gap = "" if not section else section + ("，" if self.words.lang == "zh" else ",")
        return self.phrases.plain("source.place", section=gap, start=start, end=end).replace("( ", "(")

    @functools.cached_property
    def doubted(self) -> frozenset[str]:
        """Rows of the year that an open error or doubt of the checks rests on: the very ones that all pages mark."""
        return frozenset(doubted_rows(self.place_year.findings))

    # how things are said

    def label(self, row: Row) -> str:
        """Name of a row's indicator in the language of the text."""
        return label_text(row, self.words)

    def figure_text(self, row: Row, prefix: str = "") -> str:
        """A figure as its report words it."""
        return figure_of(row, self.words, prefix).strip()

    def name(self, row: Row, identity: str) -> Piece:
        """The name of an indicator as it stands before its figure: 综窗受理事项1180个, not 综窗受理事项数1180个."""
        label = self.label(row)
        unit = str(row["unit"])
        return Piece(counted(label, unit) if self.words.lang == "zh" else label, "name", (identity,))

    def figure(self, row: Row, identity: str, prefix: str = "") -> Piece:
        """A figure of a row."""
        return Piece(self.figure_text(row, prefix), "figure", (identity,))

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

    def quote(self, row: Row, text: str | None = None) -> Piece:
        """The wording of a statement, shortened at the end of a clause, in quotation marks."""
        return self.quoted(str(row["text"]) if text is None else text, str(row["row_id"]))

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

    def piece(self, text: str, kind: Kind, *rows: str) -> Piece:
        """A piece that is neither a figure, nor a count, nor a quotation."""
        return Piece(text, kind, rows)


def counted(name: str, unit: str) -> str:
    """The Chinese name of a number without the word for number, which its measure word says already.

    >>> counted("综窗受理事项数", "个"), counted("普法宣传活动场次", "场次"), counted("合法性审查件数（部门）", "件")
    ('综窗受理事项', '普法宣传活动', '合法性审查（部门）')
    >>> counted("行政处罚案件数", "件"), counted("参加培训人数", "人"), counted("总数", "件")
    ('行政处罚案件', '参加培训人数', '总数')
    >>> counted("出庭应诉率", "%"), counted("罚没金额", "元")
    ('出庭应诉率', '罚没金额')
    """
    if unit in ("", "%", "元"):
        return name
    head, mark, scope = name.partition("（")
    short = head if head.endswith(("人数", "总数")) else _NUMBER_WORD.sub("", head)
    short = short.removesuffix(unit) if len(unit) > 1 else short
    return (short if len(short) >= _SHORTEST else head) + mark + scope


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


def _span(row: Row) -> tuple[int | None, int | None]:
    start, end = row.get("start"), row.get("end")
    known = start is not None and end is not None and str(start) not in ("<NA>", "nan")
    return (int(str(start)), int(str(end))) if known else (None, None)
