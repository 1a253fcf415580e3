"""A narrative: sentences in sections; every figure, count, verdict and quotation in them names the rows it rests on."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from fazhi_analysis.presenting.html.markup import Fragment, anchor, chinese_marked, join, tag

SECTIONS: Final = ("done", "problems", "followed", "next", "unverified", "questions")
"""Sections in their order: what was done, what the report calls problems, what became of last year's, what next,
what could not be verified, what to ask."""

Kind = Literal["text", "figure", "change", "count", "verdict", "quote", "name", "year", "ordinal", "reason"]

_STYLE: Final = (
    ".fz-narrative sup a{text-decoration:none;padding:0 .1em}"
    ".fz-narrative sup{line-height:0;font-size:.7em;white-space:nowrap}"
    '.fz-narrative sup::before{content:"\\2060"}'  # no line ends before the numbers of the sources
    ".fz-narrative .fz-sentence a{color:inherit;text-decoration:underline dotted;text-underline-offset:.2em}"
    ".fz-narrative .fz-sentence:hover{background:rgba(128,128,128,.14)}"
    ".fz-narrative ol.fz-cites{font-size:.82em;columns:2 19rem;column-gap:1.5rem;padding-left:2.4em}"
    ".fz-narrative ol.fz-cites li{margin:.1em 0;break-inside:avoid}"
    "@media print{.fz-narrative{font-size:9pt;line-height:1.38}.fz-narrative p,.fz-narrative ul{margin:.25em 0}"
    ".fz-narrative li{margin:.04em 0}.fz-narrative h3{margin:.6em 0 .15em}"
    ".fz-narrative .fz-sentence a{text-decoration:none}}"
)


Address = Callable[[str], str]
"""Gives the address of the place of a row, an entry or a finding by its id; an empty one where there is none."""


def on_this_page(identity: str) -> str:
    """The address of a place on the same page.

    >>> on_this_page("150623-2023:m001")
    '#row-150623-2023-m001'
    """
    return f"#{anchor(identity)}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence. All but ``text`` pieces say what they are and which rows they rest on.

    ``original`` is the Chinese wording behind an English name of our own: it follows in brackets, on a phone that has
    no room for it only where the name leads to.
    """

    text: str
    kind: Kind = "text"
    rows: tuple[str, ...] = ()
    original: str = ""

    @property
    def whole(self) -> str:
        """The text with the wording behind it."""
        return f"{self.text} ({self.original})" if self.original else self.text


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
    """One sentence with its section, its pieces and its sources; ``key`` names the template that it was made from."""

    section: str
    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...] = ()
    key: str = ""

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(piece.whole for piece in self.pieces)


@dataclass(frozen=True)
class Narrative:
    """Sentences in the order of the text; ``headings`` are the names of the sections in their order, ``title`` that of
    the whole.
    """

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
        for section in self.headings:
            sentences = self.of(section)
            if sentences:
                lines += ["", self.headings[section]]
                lines.append(gap.join(one.text + (self._marks(one) if sources else "") for one in sentences))
        if sources and self.sources:
            lines += ["", self.cites, *(f"[{self._numbers[one.id]}] {one.text}" for one in self.sources)]
        return "\n".join(lines)

    def _marks(self, sentence: Sentence) -> str:
        numbers = [str(self._numbers[source.id]) for source in sentence.sources]
        return f"[{','.join(numbers)}]" if numbers else ""

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return str(self.fragment(address=None))

    def brief(self) -> Narrative:
        """The narrative on one page: what tables tell entry by entry is left to them, counts and what matters stay.

        >>> from fazhi_analysis.presenting.narrative import narrate
        >>> whole = narrate("霁原旗", 2024)
        >>> len(whole.brief().sentences) < len(whole.sentences)
        True
        """
        kept: list[Sentence] = []
        used: dict[str, int] = {}
        for sentence in self.sentences:
            used[sentence.key] = used.get(sentence.key, 0) + 1
            if used[sentence.key] <= _BRIEF.get(sentence.key, len(self.sentences)):
                kept.append(sentence)
        return replace(self, sentences=tuple(kept))

    def fragment(
        self, sections: Iterable[str] = SECTIONS, *, cites: bool = True, address: Address | None = on_this_page
    ) -> Fragment:
        """The narrative as HTML: sources on hover and as numbers, figures linked to their place, the list below.

        ``address`` leads figures to the place of their row (``evidence_view`` has one for each on the same page);
        without one they lead to the list.
        """
        parts: list[Fragment] = []
        for section in sections:
            sentences = self.of(section)
            if not sentences:
                continue
            parts.append(tag("h3", self.headings[section]))
            for listed, group in groupby(sentences, lambda sentence: sentence.key in _LISTED):
                body = [self.sentence_html(sentence, address) for sentence in group]
                if listed:
                    parts.append(tag("ul", *(tag("li", one) for one in body)))
                else:
                    parts.append(tag("p", join(body, "" if self.lang == "zh" else " ")))
        if cites and self.sources:
            numbered = self.cites_html(address)
            parts.append(tag("details", tag("summary", self.cites), numbered, open=True))
        style = Fragment(f"<style>{_STYLE}</style>", "")
        lang = "zh-CN" if self.lang == "zh" else "en"
        return style + tag("div", join(parts), cls="fz-narrative", lang=lang)

    def cites_html(self, address: Address | None = on_this_page) -> Fragment:
        """The numbered list of sources, each linked to its place."""
        items = [
            tag("li", self._cite(one, address) if address else one.text, id=f"cite-{number}")
            for number, one in enumerate(self.sources, 1)
        ]
        return tag("div", tag("ol", *items, cls="fz-cites"), cls="fz-narrative") if items else Fragment("", "")

    def _cite(self, source: Source, address: Address) -> Fragment | str:
        """A source linked to its place; reports as a whole have none."""
        text = source.text if self.lang == "zh" else chinese_marked(source.text)
        return text if source.id == source.report_id else tag("a", text, href=address(source.id))

    def plain_html(self, sentence: Sentence, address: Address) -> Fragment:
        """One sentence as HTML without numbers of sources; ``address`` leads a row elsewhere, or nowhere (empty)."""
        hover = "\n".join(source.text for source in sentence.sources)
        pieces = [self._piece(piece, address) for piece in sentence.pieces]
        whole = [
            tag("span", text, cls="fz-figure") if piece.kind in ("figure", "change") else text
            for piece, text in zip(sentence.pieces, pieces, strict=True)
        ]  # a line does not end between a number and its unit
        return tag("span", join(whole), title=hover or None)

    def sentence_html(self, sentence: Sentence, address: Address | None = on_this_page) -> Fragment:
        """One sentence as HTML, with its sources on hover and as numbers."""
        pieces = [self._piece(piece, address or self._in_the_list) for piece in sentence.pieces]
        numbers = [self._numbers[source.id] for source in sentence.sources]
        hover = "\n".join(f"[{number}] {source.text}" for number, source in zip(numbers, sentence.sources, strict=True))
        shown = tag("span", join(pieces), cls="fz-sentence", title=hover or None)
        marks = [tag("a", number, href=f"#cite-{number}") for number in numbers[:_MARKS]]
        more = "…" if len(numbers) > _MARKS else ""
        return shown + tag("sup", join(marks, " "), more) if numbers else shown

    def _in_the_list(self, row: str) -> str:
        return f"#cite-{self._numbers.get(row, 1)}"

    def _piece(self, piece: Piece, address: Address) -> Fragment | str:
        text: Fragment | str = piece.text
        if piece.kind in ("quote", "name") and self.lang != "zh" and any("一" <= char <= "鿿" for char in piece.text):
            text = chinese_marked(piece.text)
        if piece.kind in ("figure", "quote", "name") and piece.rows:
            row = piece.rows[-1] if piece.kind == "figure" else piece.rows[0]
            target = address(row)
            text = tag("a", text, href=target) if target else text
        if piece.original:
            return join([text, tag("span", " (", chinese_marked(piece.original), ")", cls="fz-original")])
        return text


_MARKS: Final = 4
_BRIEF: Final = {
    "changes.change": 3,
    "next_steps.one": 0,
    "promises.problem_cannot_tell": 0,
    "promises.step_cannot_tell": 0,
    "promises.problem_dropped": 0,
    "promises.step_dropped": 0,
    "promises.step_repeated": 0,
}
_LISTED: Final = frozenset(
    {
        "changes.change",
        "problems.one",
        "promises.problem_repeated",
        "promises.problem_dropped",
        "promises.problem_cannot_tell",
        "promises.kept_figure",
        "promises.kept_text",
        "promises.step_repeated",
        "promises.step_dropped",
        "promises.step_cannot_tell",
        "next_steps.one",
        "unverified.finding",
        "questions.contradicted",
        "questions.persistent",
        "questions.unanswered",
        "questions.finding",
        "questions.missing",
        "questions.dropped",
        "questions.no_target",
        "questions.no_cause",
        "questions.no_problems",
    }
)
