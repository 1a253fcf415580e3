"""A narrative: sentences in sections; every figure, count, verdict and quotation in them names the rows it rests on."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fazhi_analysis.presenting.html import Fragment, anchor, join, tag

SECTIONS: Final = ("done", "problems", "followed", "next", "unverified", "questions")
"""Sections in their order: what was done, what the report calls problems, what became of last year's, what next,
what could not be verified, what to ask."""

Kind = Literal["text", "figure", "change", "count", "verdict", "quote", "name", "year", "ordinal", "reason"]

_STYLE: Final = (
    ".fz-narrative sup a{text-decoration:none;padding:0 .1em}.fz-narrative sup{line-height:0;font-size:.7em}"
    ".fz-narrative .fz-said a{color:inherit;text-decoration:underline dotted;text-underline-offset:.2em}"
    ".fz-narrative .fz-said:hover{background:rgba(128,128,128,.14)}"
    ".fz-narrative ol.fz-cites{font-size:.82em;columns:1;padding-left:2.2em}"
    "@media print{.fz-narrative details>*{display:block}}"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence. All but ``text`` pieces say what they are and which rows they rest on."""

    text: str
    kind: Kind = "text"
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a sentence rests on: a row, a statement, a finding or a report; ``text`` is its line in the list."""

    id: str
    text: str
    report_id: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its section, its pieces and its sources."""

    section: str
    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Narrative:
    """Sentences in the order of the text; ``headings`` are the names of the sections, ``title`` that of the whole."""

    title: str
    lang: str
    sentences: tuple[Sentence, ...]
    headings: Mapping[str, str]
    cites: str

    def of(self, section: str) -> tuple[Sentence, ...]:
        """Sentences of a section."""
        return tuple(sentence for sentence in self.sentences if sentence.section == section)

    @functools.cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source once, in the order in which the text first uses it."""
        return tuple({source.id: source for sentence in self.sentences for source in sentence.sources}.values())

    @functools.cached_property
    def _numbers(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self.sources, 1)}

    def to_text(self, *, sources: bool = False) -> str:
        """The narrative as plain text, a paragraph a section; ``sources`` adds numbers and the list of sources."""
        lines = [self.title]
        gap = "" if self.lang == "zh" else " "
        for section in SECTIONS:
            said = self.of(section)
            if said:
                lines += ["", self.headings[section]]
                lines.append(gap.join(one.text + (self._marks(one) if sources else "") for one in said))
        if sources and self.sources:
            lines += ["", self.cites, *(f"[{self._numbers[one.id]}] {one.text}" for one in self.sources)]
        return "\n".join(lines)

    def _marks(self, sentence: Sentence) -> str:
        numbers = [str(self._numbers[source.id]) for source in sentence.sources]
        return f"[{','.join(numbers)}]" if numbers else ""

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return str(self.fragment())

    def fragment(self, sections: Iterable[str] = SECTIONS, *, cites: bool = True, links: bool = True) -> Fragment:
        """The narrative as HTML: sources on hover and as numbers, figures linked to their place, the list below.

        ``links`` leads figures to the element of their row (``evidence_view`` has one for each), else to the list.
        """
        parts: list[Fragment] = []
        for section in sections:
            said = self.of(section)
            if not said:
                continue
            body = [self._html(sentence, links) for sentence in said]
            parts.append(tag("h3", self.headings[section]))
            if section in ("problems", "next", "questions", "followed") and len(body) > 2:
                parts.append(tag("p", body[0]) + tag("ul", *(tag("li", one) for one in body[1:])))
            else:
                parts.append(tag("p", join(body, "" if self.lang == "zh" else " ")))
        if cites and self.sources:
            items = [tag("li", one.text, id=f"cite-{number}") for number, one in enumerate(self.sources, 1)]
            parts.append(tag("details", tag("summary", self.cites), tag("ol", *items, cls="fz-cites"), open=True))
        style = Fragment(f"<style>{_STYLE}</style>", "")
        lang = "zh-CN" if self.lang == "zh" else "en"
        return style + tag("div", join(parts), cls="fz-narrative", lang=lang)

    def _html(self, sentence: Sentence, links: bool) -> Fragment:
        pieces = [self._piece(piece, links) for piece in sentence.pieces]
        numbers = [self._numbers[source.id] for source in sentence.sources]
        hover = "\n".join(f"[{number}] {source.text}" for number, source in zip(numbers, sentence.sources, strict=True))
        said = tag("span", join(pieces), cls="fz-said", title=hover or None)
        marks = [tag("a", number, href=f"#cite-{number}") for number in numbers[:_MARKS]]
        more = "…" if len(numbers) > _MARKS else ""
        return said + tag("sup", join(marks, " "), more) if numbers else said

    def _piece(self, piece: Piece, links: bool) -> Fragment | str:
        text: Fragment | str = piece.text
        if piece.kind in ("quote", "name") and self.lang != "zh" and any("一" <= char <= "鿿" for char in piece.text):
            text = tag("span", piece.text, lang="zh")
        if piece.kind in ("figure", "quote", "name") and piece.rows:
            row = piece.rows[-1] if piece.kind == "figure" else piece.rows[0]
            target = f"#{anchor(row)}" if links else f"#cite-{self._numbers.get(row, 1)}"
            return tag("a", text, href=target)
        return text


_MARKS: Final = 4
