"""One place and year in sentences: what was done, what is wrong, what was kept, what next, what to ask."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.errors import in_its_language
from fazhi_analysis.presenting.narrative import changes, promises, questions, statements
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import SECTIONS, Narrative
from fazhi_analysis.presenting.wording.document_identity import document_name
from fazhi_analysis.presenting.wording.page_texts import Words


@in_its_language
def narrate(region: str, year: int, data: Any = None, lang: str = "zh", baseline: int | None = None) -> Narrative:
    """The narrative of one place and year.

    Parameters
    ----------
    region:
        Code, own name or full name of the place.
    year, baseline:
        Year reported on, and the earlier year to compare it with; by default the latest earlier year in the data. With
        no earlier year nothing is compared, and the text says so.
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh`` or ``en``.

    Returns
    -------
    Narrative
        Sentences with their sources; ``to_text()``, and HTML in Jupyter with sources on hover and as a numbered list.

    Raises
    ------
    UnknownNameError
        For an unknown place, year or language; the remedy lists what exists.

    >>> text = narrate("鄂托克前旗", 2023).to_text()
    >>> "不作对比" in text, "报告列出问题3条" in text
    (True, True)
    """
    words = Words(lang)
    return narrative_of(PlaceYear.open(region=region, year=year, baseline=baseline, data=data), words)


def narrative_of(place_year: PlaceYear, words: Words) -> Narrative:
    """The narrative of a place and year that are already open."""
    builder = NarrativeBuilder(place_year, words)
    changes.tell(builder)
    statements.tell_problems(builder)
    promises.tell(builder)
    statements.tell_next(builder)
    questions.tell_unverified(builder)
    questions.tell_questions(builder)
    phrases = builder.phrases
    document = document_name(place_year.reports_of([year := place_year.year]), words.lang)
    title = phrases.plain("page.title", place=place_year.place, year=year, document=document)
    headings = {section: phrases.plain(f"section.{section}") for section in SECTIONS}
    return Narrative(title, words.lang, tuple(builder.sentences), headings, phrases.plain("page.sources"))
