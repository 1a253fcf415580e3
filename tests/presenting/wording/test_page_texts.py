"""Wording of pages: vocabularies are complete, fields are escaped, units have their nouns."""

from __future__ import annotations

import re

import pytest

from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.presenting.wording.page_texts import Words

CHINESE = re.compile(r"[㐀-鿿]")


def test_every_verdict_has_a_mark() -> None:
    from fazhi_analysis.analysis.comparing.reasons import VERDICTS

    zh = Words("zh")
    shown = ("improved", "worsened", "increased", "decreased", "unchanged", "uncertain")
    assert set(shown) <= set(VERDICTS)
    assert [verdict for verdict in shown if not zh.has(f"mark.{verdict}")] == []


def test_every_unit_of_the_catalogue_has_an_english_word() -> None:
    from fazhi_analysis.catalogue import known_units
    from fazhi_analysis.catalogue.english_nouns import unit_name

    assert [unit for unit in known_units() if unit != "%" and CHINESE.search(unit_name(unit))] == []


def test_unknown_language_says_which_there_are() -> None:
    with pytest.raises(UnknownNameError, match="zh、en"):
        Words("fr")


def test_fields_are_escaped_and_fragments_kept() -> None:
    from fazhi_analysis.presenting.html.markup import tag

    zh = Words("zh")
    assert "&lt;script&gt;" in str(zh.html("page.place_year", place="<script>", year=2023))
    assert "<b>x</b>" in str(zh.html("page.place_year", place=tag("b", "x"), year=2023))


def test_what_an_indicator_counts_is_reported_in_the_singular_and_the_plural() -> None:
    from fazhi_analysis.presenting.wording.naming import unit_of
    from fazhi_analysis.presenting.wording.numbers import figure

    row = {"unit": "件", "indicator_id": "normative_documents_issued"}
    shown = [figure(n, n, n, "exact", unit_of(row), Words("en")) for n in (1, 6)]
    assert shown == ["1 document", "6 documents"]
    assert figure(6, 6, 6, "exact", unit_of(row), Words("zh")) == "6件"


def test_every_noun_that_a_unit_becomes_stands_in_the_name_of_its_indicator() -> None:
    from fazhi_analysis.presenting.wording.naming import catalogue, unit_of

    english = Words("en")
    nouns = {one.id: unit_of({"unit": one.unit, "indicator_id": one.id}) for one in catalogue()}
    found = {key: getattr(unit, "english", "") for key, unit in nouns.items()}
    wrong = {key: noun for key, noun in found.items() if noun and noun not in catalogue()[key].name_en.lower()}
    assert wrong == {}
    assert sum(bool(noun) for noun in found.values()) > 90
    assert english.unit(nouns["fair_competition_reviews"]) == "reviews"
