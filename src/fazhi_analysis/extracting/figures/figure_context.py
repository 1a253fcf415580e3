"""Where a figure stands: clause, sentence, section, item, the part on plans, and the way back to the original."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.dates import DateValue
from fazhi_analysis.extracting.figures.roles_and_changes import find_role
from fazhi_analysis.extracting.figures.table_cells import Tables
from fazhi_analysis.extracting.figures.times.continued_periods import find_stretches
from fazhi_analysis.extracting.figures.times.laws_in_force import anniversaries, with_years_of_laws
from fazhi_analysis.extracting.figures.times.periods import find_period
from fazhi_analysis.extracting.figures.times.time_readings import Frame, Stretch
from fazhi_analysis.extracting.figures.times.title_periods import title_period
from fazhi_analysis.extracting.list_markers import sentence_stops_of, stops_of
from fazhi_analysis.extracting.plan_parts import PlanPart, plan_parts
from fazhi_analysis.extracting.quantity_copies import made, new_draft, sealed
from fazhi_analysis.model import METRIC_KINDS, Change, Item, Kind, Qualifier, Quantity, Report, Role, Section

_SEMICOLON_OR_COMMA = re.compile(r"[,;](?:(?<=;)|(?!\d)|(?<!\d,))")
# Begun with one class of characters, which the engine skips to at a tenth of the cost of trying alternatives.
_QUOTED = re.compile(
    r"[“‘「『](?:(?<=“)[^“”\n]{1,40}”|(?<=‘)[^‘’\n]{1,40}’|(?<=「)[^「」\n]{1,40}」|(?<=『)[^『』\n]{1,40}』)"
)
_STRAIGHT = re.compile(r'"[^"\n。；]{1,24}"')
_TITLED = re.compile(
    r"[《〈](?:(?<=《)[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》|(?<=〈)[^〈〉\n]{1,60}〉)"
)
_GREW = pattern("(?:<rise verbs>|<fall verbs>|增加|减少)了?$")
_LED_BY_YEAR = pattern(
    "(?:^|[。；])(?:与|同|较|和)[^，。；]{0,4}?(?:<years before>|20\\d\\d年)度?(?:同期)?(?:相比|比较|相较)(?=，$)"
)
_ONLY_REACHES = re.compile("(?:达|达到|为|高达|约为?)")
_GROWTH_NAMED = pattern(r"(<rise nouns>|<fall nouns>|<growth speed>|增长率)[^，。；、\d]{0,6}，$")
# 预计全年培训400人, 年初计划检查150家: planned for the year that is reported on. 拟废止19件 is what its review found.
_STILL_THIS_YEAR = re.compile(
    "全年|年内|年初|年底|年末|今年|本年|原计划|原定|预计(?!.*(?:将|明年))|拟(?:予以)?(?:废止|宣布失效|保留|修改)"
)
_ACTUALLY = re.compile("[^，。；]{0,6}，实际")  # 计划检查165家，实际检查172家次

# A clause is rarely longer; what is further away says nothing of a figure, and a text without punctuation stays cheap.
_NEAR = 80


def _full_width(match: re.Match[str]) -> str:
    return "，" if match.group() == "," else "；"


class Spot(NamedTuple):
    """One place in the clean text, its clause, the clause up to it, and the plan around it."""

    start: int
    end: int
    clause_start: int
    clause_end: int
    before: str
    plan: PlanPart | None


class Figure(NamedTuple):
    """What a printed figure says by itself; ``period`` is None where the words around it decide."""

    value: float | None
    lower: float | None
    upper: float | None
    unit: str = ""
    qualifier: Qualifier = "exact"
    wording: str = ""
    role: Role = "result"
    change: Change = "level"
    period: str | None = None


class Places:
    """Lookups into one report's clean text, built once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.clean.text
        # Where words are looked for there is one comma and one semicolon, whichever the text prints.
        text, stops = self.text, stops_of(self.text)
        self.prose = _SEMICOLON_OR_COMMA.sub(_full_width, text) if "," in text or ";" in text else text
        self._clause_ends = [at for at in stops if text[at] != ":"] if ":" in text else stops  # 9:30
        self._sentence_ends = sentence_stops_of(text)
        self._offsets = report.clean.offsets
        self._year = report.metadata.year
        self._read = -1, ""

    def spot(self, start: int, end: int) -> Spot:
        """All about the place ``start:end`` of the clean text."""
        clause_start, clause_end = self._clause(start, end)
        before = self.prose[clause_start if clause_start > start - _NEAR else start - _NEAR : start]
        return made(Spot, (start, end, clause_start, clause_end, before, self._plan_at(start)))

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of the clause around a place."""
        ends = self._clause_ends
        index = bisect_left(ends, start)
        clause_end = ends[index] if index < len(ends) else len(self.text)
        return (ends[index - 1] + 1 if index else 0), (clause_end if clause_end > end else end)

    def sentence_start(self, at: int) -> int:
        """Start of the sentence around a place."""
        index = bisect_left(self._sentence_ends, at)
        return self._sentence_ends[index - 1] + 1 if index else 0

    @cached_property
    def quoted(self) -> _Spans:
        """Places within quotation marks."""
        spans = [match.span() for match in _QUOTED.finditer(self.text)]
        if '"' in self.text:
            spans += [match.span() for match in _STRAIGHT.finditer(self.text) if self._paired(match.start())]
        return _Spans(spans, len(self.text))

    def _paired(self, at: int) -> bool:
        """Whether the straight quotation marks of a line come in pairs."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return self.text.count('"', start, end if end >= 0 else len(self.text)) % 2 == 0

    @cached_property
    def titled(self) -> _Spans:
        """Places between 《》."""
        return _Spans([match.span() for match in _TITLED.finditer(self.text)], len(self.text))

    @cached_property
    def tables(self) -> Tables:
        """Tables of the report."""
        return Tables(self.report)

    @cached_property
    def enclosed(self) -> bytes:
        """For each place whether it stands in quotation marks or between 《》: few do, and all are asked for."""
        quoted, titled = self.quoted.inside, self.titled.inside
        size = len(quoted)
        return (int.from_bytes(quoted, "little") | int.from_bytes(titled, "little")).to_bytes(size, "little")

    def in_quotes(self, start: int) -> tuple[int, int] | None:
        """The quoted span that holds a place, or None."""
        return self.quoted.around(start)

    def in_title(self, start: int) -> bool:
        """Whether a place stands between 《》."""
        return self.titled.around(start) is not None

    @cached_property
    def _plans(self) -> tuple[list[int], list[PlanPart]]:
        """Parts of the report on what comes next, and where each starts."""
        parts = plan_parts(self.report)
        return [part.start for part in parts], parts

    def _plan_at(self, start: int) -> PlanPart | None:
        starts, parts = self._plans
        index = bisect_right(starts, start) - 1
        return parts[index] if index >= 0 and start < parts[index].end else None

    @cached_property
    def own(self) -> str:
        """The time of a figure where nothing else is stated."""
        metadata = self.report.metadata
        return title_period(metadata.title or self.report.source.name, metadata.year)

    def role(self, spot: Spot, wording: str) -> Role:
        """Whether the figure at a place is a result, a plan or a target."""
        sentence, after = self._sentence(spot.start), self.prose[spot.end : spot.end + 30]
        return find_role(spot.before, wording, spot.plan is not None, sentence, after, self._year)

    def with_subject_of_growth(self, spot: Spot) -> str:
        """The clause up to a place, with what the clause before it says of a growth.

        That is what it is compared with (与上年相比，立案数增加52件), and after 达 alone what grew (增幅最大，达).
        """
        if _GREW.search(spot.before):
            led = _LED_BY_YEAR.search(self._sentence(spot.start)[: -len(spot.before)])
            return f"{led[0]}{spot.before}" if led else spot.before
        if len(spot.before) > 4 or not _ONLY_REACHES.fullmatch(spot.before):
            return spot.before
        named = _GROWTH_NAMED.search(self._sentence(spot.start)[: -len(spot.before)])
        return f"{named[1]}{spot.before}" if named else spot.before

    def _sentence(self, at: int) -> str:
        """The sentence up to a place, or what is still near it; role and period ask for the same one in turn."""
        if self._read[0] != at:
            self._read = at, self.prose[max(self.sentence_start(at), at - 5 * _NEAR) : at]
        return self._read[1]

    @cached_property
    def _keys(self) -> tuple[list[int], list[tuple[str, str]]]:
        """Where section or item change in the original, and the section key and item marker from there on."""
        sections = self.report.sections
        spans: list[Section | Item] = [*sections, *(item for section in sections for item in section.items)]
        borders = sorted({border for span in spans for border in (span.start, span.end)})
        keys = [("", "")] * len(borders)
        # Sections stand in text order, outer before inner, so that the inner one is painted over the outer one.
        for section in sections:
            low, high = bisect_left(borders, section.start), bisect_left(borders, section.end)
            keys[low:high] = [(section.key, "")] * (high - low)
            for item in section.items:
                low, high = bisect_left(borders, item.start), bisect_left(borders, item.end)
                keys[low:high] = [(section.key, item.marker)] * (high - low)
        return borders, keys

    def quantity(self, spot: Spot, kind: Kind, figure: Figure) -> Quantity:
        """The quantity at a place, with its raw text, section, item, period and clause."""
        value, lower, upper, unit, qualifier, wording, role, change, period = figure
        if period is None:
            period = self._period(spot, role)
            if role == "result" and self._is_to_come(period) and period in self._sentence(spot.start):
                role = "plan"  # 提出2024年生产总值增长5%, in a report on 2023: of a year to come there is no result
        start, end, clause_start, clause_end, _, _ = spot
        start, end, text, section, item, quote = self._printed(start, end, clause_start, clause_end)
        draft = new_draft(
            start, end, text, value, lower, upper, unit, qualifier, kind, kind in METRIC_KINDS,
            role, change, period, "", section, item, "", "", quote,
        )  # fmt: skip
        draft.wording = wording
        return sealed(draft)

    def _is_to_come(self, period: str) -> bool:
        """Whether a period is a year after the report's."""
        return self._year is not None and period.isdecimal() and int(period) > self._year

    def _printed(self, start: int, end: int, clause_start: int, clause_end: int) -> tuple[int, int, str, str, str, str]:
        """What is printed at a place: start, end and raw text, section, item and clause."""
        raw, offsets = self.report.text, self._offsets
        raw_start, raw_end = offsets[start], offsets[end - 1] + 1
        borders, keys = self._keys
        index = bisect_right(borders, raw_start)
        section, item = keys[index - 1] if index else ("", "")
        low, high = start - 2 * _NEAR, end + 2 * _NEAR
        quote_start = clause_start if clause_start > low else low
        quote_end = clause_end if clause_end < high else high
        quote = raw[offsets[quote_start] : offsets[quote_end - 1] + 1].strip()
        return raw_start, raw_end, raw[raw_start:raw_end], section, item, quote

    def _period(self, spot: Spot, role: Role) -> str:
        year = self._year
        planned = role == "plan" or (role == "target" and spot.plan is not None)
        coming = spot.plan.year if spot.plan else self._coming(spot)
        # In a part on 2024, 今年 and 上半年 are of 2024.
        if planned and spot.plan is not None and coming is not None:
            frame = _frame(coming, str(coming), coming)
        else:
            frame = _frame(year, self.own, coming, "" if spot.plan is not None else self._carried(spot.start))
        sentence = self._sentence(spot.start)
        if "来" in sentence or "至今" in sentence:
            sentence = with_years_of_laws(sentence, self._laws, year)
        return find_period(sentence, spot.before, frame, self.prose[spot.start : spot.start + 24], planned)

    @cached_property
    def _stretches(self) -> list[Stretch]:
        """Parts of the report on another time than its own."""
        return find_stretches(self.report, Frame(self._year, self.own, ""), self._laws)

    @cached_property
    def _laws(self) -> dict[str, int]:
        """Laws of whose anniversary the report tells, with the year in which they came into force."""
        return anniversaries(self.text, self._year)

    def _carried(self, at: int) -> str:
        """The time of the innermost part around a place that is on another time than the report's own."""
        carried = ""
        for start, end, period in self._stretches:
            if start <= at < end:
                carried = period
        return carried

    def _coming(self, spot: Spot) -> int | None:
        """The year of a plan outside the parts that plan: the report's own where its clause says so, else the next."""
        year = self.report.metadata.year
        this = _STILL_THIS_YEAR.search(spot.before) or _ACTUALLY.match(self.prose, spot.end)
        return year + 1 if year and not this else year

    def name(self, start: int, end: int, kind: Kind, value: float | None, unit: str = "") -> Quantity:
        """The quantity for a numeral that reports no amount."""
        start, end, text, section, item, quote = self._printed(start, end, *self._clause(start, end))
        draft = new_draft(
            start, end, text, value, value, value, unit, "exact", kind, kind in METRIC_KINDS,
            "result", "level", "", "", section, item, "", "", quote,
        )  # fmt: skip
        return sealed(draft)

    def date(self, start: int, end: int, date: DateValue) -> Quantity:
        """The quantity for a printed date."""
        start, end, text, section, item, quote = self._printed(start, end, *self._clause(start, end))
        value, low, high, unit = date
        draft = new_draft(
            start, end, text, value, low, high, unit, "exact", "date", False,
            "result", "level", date.period, "", section, item, "", "", quote,
        )  # fmt: skip
        return sealed(draft)


@lru_cache(maxsize=64)
def _frame(year: int | None, own: str, coming: int | None, carried: str = "") -> Frame:
    """The frame of a sentence: of a report there are few."""
    return Frame(year, own, str(coming or ""), carried)


class _Spans:
    """Spans of a text of some size that may nest one deep, looked up by place: most places are in none."""

    def __init__(self, spans: list[tuple[int, int]], size: int) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self.inside = bytearray(size)
        for start, end in spans:
            self.inside[start:end] = b"\x01" * (end - start)

    def around(self, at: int) -> tuple[int, int] | None:
        """The innermost span that holds a place, or None."""
        if not self.inside[at]:
            return None
        index = bisect_right(self._starts, at) - 1
        inner = self._spans[index]
        if at < inner[1]:
            return inner
        outer = self._spans[index - 1]
        return outer if index and at < outer[1] else None
