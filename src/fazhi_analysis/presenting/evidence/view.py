"""The evidence view: the source text with every figure, problem, next step and finding marked in its place.

Each has the element id that links elsewhere on the page point to. Where the text may not be kept, the same view lists
sections and positions. It is self-contained: no script, no request.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow, ReportRow, span_of
from fazhi_analysis.dataset import load_text
from fazhi_analysis.model import Evidence, Finding
from fazhi_analysis.presenting.evidence.highlights import Mark, MarkKind, marked
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.narrative.narrative_texts import Phrases
from fazhi_analysis.presenting.wording.naming import label_text, message_text, quoting, where
from fazhi_analysis.presenting.wording.numbers import figure_of, interval
from fazhi_analysis.presenting.wording.page_texts import Words

_KINDS: Final[tuple[MarkKind, ...]] = ("figure", "problem", "promise", "finding", "passage")
_STYLE: Final = (
    ".fz-ev mark{color:inherit;background:none;border-radius:2px;scroll-margin-top:30vh}"
    ".fz-ev .fz-ev-figure{text-decoration:underline dotted 2px #1a5fa8;text-underline-offset:.22em}"
    ".fz-ev .fz-ev-problem{background:rgba(216,120,20,.20);border-bottom:2px solid #a8480a}"
    ".fz-ev .fz-ev-promise{background:rgba(40,140,80,.18);border-bottom:2px double #1d7a46}"
    ".fz-ev .fz-ev-finding{text-decoration:underline wavy 1.5px #b3261e;text-underline-offset:.22em}"
    ".fz-ev .fz-ev-passage{border:1px dashed #6b4fa0}"
    ".fz-ev mark:target,.fz-ev li:target{outline:2px solid currentColor;outline-offset:2px;"
    "background:rgba(240,190,40,.45)}"
    ".fz-ev-text{border:1px solid rgba(128,128,128,.35);border-radius:4px;padding:.4rem .8rem;font-size:.92em}"
    ".fz-ev-text p{margin:.35em 0;padding-left:3.4em;position:relative;white-space:pre-wrap}"
    ".fz-ev-text p::before{content:attr(data-at);position:absolute;left:0;opacity:.6;font-size:.75em}"
    ".fz-ev-legend label{margin-right:1em;white-space:nowrap}.fz-ev-strip{position:relative;height:14px;"
    "background:rgba(128,128,128,.15);margin:.3em 0 .8em}.fz-ev-strip i{position:absolute;top:0;bottom:0;min-width:2px}"
    "i.fz-ev-figure{background:#1a5fa8}i.fz-ev-problem{background:#a8480a}i.fz-ev-promise{background:#1d7a46}"
    "i.fz-ev-finding{background:#b3261e}i.fz-ev-passage{background:#6b4fa0}"
    + "".join(
        f".fz-ev:has(.fz-show-{kind}:not(:checked)) mark.fz-ev-{kind}{{background:none;border:0;text-decoration:none}}"
        for kind in _KINDS
    )
    + "@media print{#source_text{display:none}.fz-ev-legend input{display:none}"
    + ".fz-ev-text{font-size:8.5pt;border:0;padding:0}}"
)


def evidence_view(
    place_year: PlaceYear, words: Words, year: int | None = None, *, figures_listed: bool = False
) -> Fragment:
    """The evidence of a year (that of ``place_year`` by default): every report of it, with marks, or with places.

    ``figures_listed`` says that the page lists the figures elsewhere, under their own ids: here those in the text then
    have the ids of :func:`in_text`, and where no text is kept they are not listed again.

    >>> place_year = PlaceYear.open(region="鄂托克前旗", year=2023)
    >>> 'id="row-150623-2023-p1"' in str(evidence_view(place_year, Words("zh")))
    True
    """
    reports = place_year.reports_of([place_year.year if year is None else year])
    views = [ReportView(place_year, words, report, figures_listed=figures_listed).fragment() for report in reports]
    return style() + join(views)


def style() -> Fragment:
    """The rules of style for views, once a page."""
    return Fragment(f"<style>{_STYLE}</style>", "")


def is_marked(place_year: PlaceYear, row: MetricRow) -> bool:
    """Whether the view of its year marks a figure in the text: the text is kept, and where the figure stands is known.

    >>> place_year = PlaceYear.open(region="霁原旗", year=2024)
    >>> {is_marked(place_year, row) for row in place_year.rows(2024)}
    {True}
    """
    if row["year"] not in place_year.shown_years or span_of(row) is None:
        return False
    reports = place_year.reports_of([row["year"]])
    return any(one["report_id"] == row["report_id"] and one["text_kept"] for one in reports)


def in_text(identity: str) -> str:
    """The element id of a figure's place in the text, on a page that lists the figure elsewhere as well.

    >>> in_text("row-150623-2023-p1")
    'text-row-150623-2023-p1'
    """
    return f"text-{identity}"


class ReportView:
    """The view of one report: its marks, and the text if it is kept."""

    def __init__(self, place_year: PlaceYear, words: Words, report: ReportRow, *, figures_listed: bool) -> None:
        self.place_year = place_year
        self.figures_listed = figures_listed
        self.words = words
        self.say = Phrases(words.lang).plain
        self.report_id, self.year = report["report_id"], report["year"]
        self.text = load_text(self.report_id, place_year.data) if report["text_kept"] else None
        self.rows = [row for row in place_year.rows(self.year) if row["report_id"] == self.report_id]
        statements = place_year.statements_by_id.values()
        self.statements = [row for row in statements if row["report_id"] == self.report_id]
        found = place_year.findings if self.year == place_year.year else []
        self.findings = [one for one in found if one.report_id in ("", self.report_id)]

    @functools.cached_property
    def identities(self) -> frozenset[str]:
        """The element ids of the view: of marks in the text, or of lines that say where each stands."""
        findings = frozenset(anchor(one.id) for one in self.findings if one.severity != "confirmed")
        if self.text is not None:
            return findings | {mark.id for mark in self._marks if mark.id}
        entries = [row["row_id"] for row in self.statements if span_of(row) is not None]
        rows = [] if self.figures_listed else [row["row_id"] for row in self.rows]
        return findings | {anchor(identity) for identity in (*entries, *rows)}

    def fragment(self) -> Fragment:
        """The view."""
        kept = self.text is not None
        heading = tag("h3", self.say("evidence.title" if kept else "evidence.title_places", year=self.year))
        placed = self._marks
        content: list[Any] = [heading, tag("p", self._legend(placed, switches=kept), cls="fz-ev-legend")]
        if self.text is not None:
            content.append(tag("p", self.say("evidence.intro")))
            content.append(tag("div", marked(self.text, placed), cls="fz-ev-text", lang="zh"))
        else:
            content += [tag("p", self.say("evidence.intro_places")), self._strip(placed), self._by_section()]
        content += [self._elsewhere(), self._general()]
        return tag("div", *content, cls="fz-ev")

    @functools.cached_property
    def _marks(self) -> list[Mark]:
        marks = []
        for row in self.rows:
            if (place := span_of(row)) is not None:
                identity = anchor(row["row_id"])
                identity = in_text(identity) if self.figures_listed else identity
                marks.append(Mark(*place, "figure", identity, self._figure(row)))
        for entry in self.statements:
            if (place := span_of(entry)) is not None:
                kind: MarkKind = "problem" if entry["kind"] == "problem" else "promise"
                title = self.say(f"source.{entry['kind']}") + self._gap + str(entry["ordinal"])
                marks.append(Mark(*place, kind, anchor(entry["row_id"]), title))
        marks += self._passages()
        for finding in self.findings:
            for number, piece in enumerate(self._pieces(finding)):
                identity = "" if number else anchor(finding.id)
                marks.append(Mark(piece.start or 0, piece.end or 0, "finding", identity, self._message(finding)))
        return marks

    def _passages(self) -> list[Mark]:
        """Stretches of the text that a follow-up rests on and that are neither figures nor entries."""
        found = {}
        for row in self.place_year.promises:
            for piece in row["evidence"]:
                if piece["role"] == "passage" and piece["report_id"] == self.report_id:
                    identity = anchor(f"{piece['report_id']}@{piece['start']}")
                    title = self.say("evidence.passage")
                    found[identity] = Mark(piece["start"] or 0, piece["end"] or 0, "passage", identity, title)
        return list(found.values())

    def _pieces(self, finding: Finding) -> list[Evidence]:
        """Places of a finding in this report, and for findings that accuse or doubt only."""
        if finding.severity == "confirmed":
            return []
        foreign = set(self.place_year.rows_by_id) - {row["row_id"] for row in self.rows}
        return [
            piece for piece in finding.evidence if piece.start is not None and piece.end and piece.row not in foreign
        ]

    def _legend(self, marks: Sequence[Mark], *, switches: bool) -> Fragment:
        parts: list[Any] = [self.say("evidence.legend")]
        for kind in _KINDS:
            n = sum(mark.kind == kind and bool(mark.id) for mark in marks)
            if n:
                sample = tag(
                    "mark", self.say("evidence.count", name=self.say(f"evidence.{kind}"), n=n), cls=f"fz-ev-{kind}"
                )
                box = tag("input", type="checkbox", checked=True, cls=f"fz-show-{kind}") if switches else None
                parts.append(tag("label", box, sample))
        return join(parts)

    def _strip(self, marks: Sequence[Mark]) -> Fragment | None:
        """Where everything stands from the first character to the last that is known."""
        length = max((mark.end for mark in marks), default=0)
        if not length:
            return None
        ticks = [
            tag(
                "i",
                cls=f"fz-ev-{mark.kind}",
                title=mark.title,
                style=f"left:{100 * mark.start / length:.2f}%;width:{100 * (mark.end - mark.start) / length:.2f}%",
            )
            for mark in marks
        ]
        return tag("div", *ticks, cls="fz-ev-strip", aria_hidden="true")

    def _by_section(self) -> Fragment:
        """Everything that has a place, by section in the order of the text."""
        placed = sorted(self._placed(), key=lambda entry: entry[0])
        sections = groupby(placed, key=lambda entry: self._section_at(entry[0]))
        return join(
            tag("h4", where({"section": section}, self.words) or self.say("evidence.no_section"))
            + tag("ul", *(item for _, item in members))
            for section, members in sections
        )

    def _placed(self) -> Iterator[tuple[int, Fragment]]:
        """Everything that has a place, with where it starts; figures only where they are not listed elsewhere."""
        for row in [] if self.figures_listed else self.rows:
            if (place := span_of(row)) is not None:
                yield place[0], self._item(row["row_id"], "figure", self._figure(row), place)
        for entry in self.statements:
            if (place := span_of(entry)) is not None:
                kind: MarkKind = "problem" if entry["kind"] == "problem" else "promise"
                name, ordinal = self.say(f"source.{entry['kind']}"), entry["ordinal"]
                text = self.say("evidence.one_statement", kind=name, ordinal=ordinal, text=entry["text"])
                yield place[0], self._item(entry["row_id"], kind, text, place)
        for finding in self.findings:
            for piece in self._pieces(finding)[:1]:
                place = (piece.start or 0, piece.end or 0)
                yield place[0], self._item(finding.id, "finding", self._message(finding), place)

    def _section_at(self, start: int) -> str:
        """The section of a place: that of the last figure up to it, since only figures know theirs."""
        before = bisect_right(self._sections, start, key=itemgetter(0))
        return self._sections[before - 1][1] if before else ""

    @functools.cached_property
    def _sections(self) -> list[tuple[int, str]]:
        """Where each figure starts, with its section, in the order of the text."""
        return sorted((place[0], row["section"]) for row in self.rows if (place := span_of(row)) is not None)

    def _elsewhere(self) -> Fragment | None:
        rows = [row for row in self.rows if span_of(row) is None]
        if not rows or self.figures_listed:
            return None
        items = [self._item(str(row["row_id"]), "figure", self._figure(row), None) for row in rows]
        return tag("h4", self.say("evidence.elsewhere")) + tag("ul", *items)

    def _general(self) -> Fragment | None:
        """Findings that accuse or doubt without a place of their own."""
        whole = [one for one in self.findings if one.severity != "confirmed" and not self._pieces(one)]
        if not whole:
            return None
        items = [self._item(str(one.id), "finding", self._message(one), None) for one in whole]
        return tag("h4", self.say("evidence.general")) + tag("ul", *items)

    def _item(self, identity: str, kind: MarkKind, text: str, place: tuple[int, int] | None) -> Fragment:
        at = tag("small", self.say("evidence.at", start=place[0], end=place[1])) if place else None
        mark = tag("mark", quoting(text, self.words), cls=f"fz-ev-{kind}")
        return tag("li", mark, " " if at else None, at, id=anchor(identity))

    def _figure(self, row: MetricRow) -> str:
        ends = "" if row["qualifier"] == "exact" else interval(row["lower"], row["upper"], "", self.words)
        shown = self.say("evidence.interval", interval=ends) if ends else ""
        name, figure = label_text(row, self.words), figure_of(row, self.words).strip()
        return self.say("evidence.one_figure", name=name, figure=figure, interval=shown)

    def _message(self, finding: Finding) -> str:
        return message_text(finding, self.words)

    @property
    def _gap(self) -> str:
        return "" if self.words.lang == "zh" else " "
