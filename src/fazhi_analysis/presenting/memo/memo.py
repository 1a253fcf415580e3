"""The memo of a place and year: the brief, its picture, the figures behind it, and the narrative, with sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.charts.style import pictures
from fazhi_analysis.presenting.memo.word import Memo
from fazhi_analysis.presenting.narrative.brief import brief_of
from fazhi_analysis.presenting.narrative.narrative import Narrative, Sentence
from fazhi_analysis.presenting.narrative.narrator import narrative_of
from fazhi_analysis.presenting.parts.brief_chart import brief_chart
from fazhi_analysis.presenting.parts.compared_page import ComparedPage
from fazhi_analysis.presenting.wording.naming import counted_text, label_text
from fazhi_analysis.presenting.wording.page_texts import Words

_CITED = 6
_WIDTHS = (40, 25, 25, 45, 21)
_NUMERALS = "一二三四五六七八九十"


def memo(place_year: PlaceYear, words: Words) -> bytes:
    """The memo as a .docx file; the same data give the same bytes."""
    brief = brief_of(place_year, words)
    made = Memo(brief.title, words.lang)
    _add_narrative(made, brief, words)
    with pictures() as drawn:
        chart = brief_chart(place_year, words)
    if chart is not None:
        made.picture(drawn[0], chart.title, chart.finding)
    _figures(made, place_year, words)
    whole = narrative_of(place_year, words)
    made.page_break()
    made.heading(words("memo.annex"), 1)
    _add_narrative(made, whole, words, level=2)
    made.paragraph([(words("memo.basis", reports=words.join(_reports(place_year))), "")])
    return made.to_bytes()


def _add_narrative(made: Memo, narrative: Narrative, words: Words, level: int = 1) -> None:
    """Each section as a heading and one paragraph, its sentences with their sources as footnotes."""
    numbered = enumerate(section for section in narrative.headings if narrative.of(section))
    for number, section in numbered:
        heading = narrative.headings[section]
        made.heading(words(f"memo.heading_{level}", numeral=_numeral(number, words), heading=heading), level)
        made.paragraph([(sentence.text, _note(sentence, words)) for sentence in narrative.of(section)])


def _numeral(number: int, words: Words) -> str:
    return _NUMERALS[number] if words.lang == "zh" else str(number + 1)


def _note(sentence: Sentence, words: Words) -> str:
    """The sources of a sentence in one footnote, of many the first."""
    texts = list(dict.fromkeys(source.text for source in sentence.sources))
    more = words("memo.more", n=len(texts)) if len(texts) > _CITED else ""
    return words("punctuation.semicolon").join(texts[:_CITED]) + more


def _figures(made: Memo, place_year: PlaceYear, words: Words) -> None:
    """The figures that the brief compares and those in doubt, both years beside each other."""
    changes = place_year.changes
    chosen: Sequence[ComparedChange] = list(
        {one.id: one for one in chain(changes.headline, changes.other_worse, changes.doubted)}.values()
    )
    if not chosen or place_year.baseline is None:
        return
    page = ComparedPage("memo", place_year, words)
    head = (
        words("column.indicator"),
        str(place_year.baseline),
        str(place_year.year),
        words("column.change"),
        words("column.verdict"),
    )
    rows = [
        (
            label_text(one.row, words),
            page.before(one.row),
            page.figure(one.row),
            page.change(one.row),
            counted_text("doubtful", words) if one.is_doubted else page.reason(one.verdict),
        )
        for one in chosen
    ]
    made.table(words("memo.table", n=len(rows)), head, rows, _WIDTHS)


def _reports(place_year: PlaceYear) -> list[str]:
    return [_cited(report["title"], report["document_number"], report["year"]) for report in place_year.reports]


def _cited(title: str | None, number: str | None, year: int) -> str:
    parts: Iterable[str | None] = (f"《{title}》" if title else str(year), f"（{number}）" if number else None)
    return "".join(part for part in parts if part)
