"""The four parts of the brief under their headings."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.narrative.brief.asked import tell_what_to_ask
from fazhi_analysis.presenting.narrative.brief.changed import tell_what_changed
from fazhi_analysis.presenting.narrative.brief.doubted import tell_what_is_doubted
from fazhi_analysis.presenting.narrative.brief.promised import count_promised, next_steps, tell_what_was_promised
from fazhi_analysis.presenting.narrative.brief.single_year import tell_the_figures
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Narrative
from fazhi_analysis.presenting.wording.document_identity import document_name
from fazhi_analysis.presenting.wording.page_texts import Words


def brief_of(place_year: PlaceYear, words: Words) -> Narrative:
    """The brief of a place and year; its sections are ``changed``, ``doubted``, ``promised`` and ``ask``.

    >>> found = brief_of(PlaceYear.open(region="霁原旗", year=2024), Words("zh"))
    >>> list(found.headings), 3 <= len(found.of("changed")) <= 6
    (['changed', 'doubted', 'promised', 'ask'], True)
    """
    builder = NarrativeBuilder(place_year, words)
    alone = place_year.baseline is None
    (tell_the_figures if alone else tell_what_changed)(builder)
    tell_what_is_doubted(builder)
    tell_what_was_promised(builder)
    tell_what_to_ask(builder)
    say = builder.phrases.plain
    keys = {"changed": "figures" if alone else "changed", "doubted": "doubted", "promised": "promised", "ask": "ask"}
    fields: dict[str, dict[str, Any]] = {
        "changed": {"baseline": place_year.baseline, "n": len(place_year.changes.compared)},
        "promised": {"n": count_promised(next_steps(place_year.promises))},
    }
    for section in ("changed", "promised"):
        if keys[section] == section and fields[section]["n"]:
            keys[section] = f"{section}_of"
    headings = {section: say(f"brief.{key}", **fields.get(section, {})) for section, key in keys.items()}
    document = document_name(place_year.reports_of([place_year.year]), words.lang, "summed_up")
    title = say("brief.title", place=place_year.place, year=place_year.year, document=document)
    return Narrative(title, words.lang, tuple(builder.sentences), headings, say("page.sources"))
