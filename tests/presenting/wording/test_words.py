"""Wording: both languages have the same keys and fields, and neither strays into the other."""

from __future__ import annotations

import re
import string

import pytest

from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.presenting.wording import words as module
from fazhi_analysis.presenting.wording.words import Words

CHINESE = re.compile(r"[㐀-鿿]")


def texts(lang: str) -> dict[str, object]:
    return module._texts(lang)


def fields(text: object) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(texts("zh")) == set(texts("en"))


def test_both_languages_fill_in_the_same_fields() -> None:
    different = {key for key in texts("zh") if fields(texts("zh")[key]) != fields(texts("en")[key])}
    assert different == set()


def test_english_text_holds_no_chinese() -> None:
    assert [key for key, text in texts("en").items() if CHINESE.search(str(text))] == []


def test_chinese_text_is_chinese() -> None:
    plain = {key: re.sub(r"\{.*?\}", "", str(text)) for key, text in texts("zh").items()}
    foreign = {key for key, text in plain.items() if re.search(r"[A-Za-z]", text) and not CHINESE.search(text)}
    assert foreign == {"footer.version"}


def test_chinese_text_uses_full_width_punctuation() -> None:
    wrong = re.compile(r"[㐀-鿿][,;?!]|[㐀-鿿]\(")
    assert [key for key, text in texts("zh").items() if wrong.search(str(text))] == []


def test_every_verdict_has_a_mark() -> None:
    from fazhi_analysis.analysis.comparing.reasons import VERDICTS

    zh = Words("zh")
    shown = ("improved", "worsened", "increased", "decreased", "unchanged", "uncertain")
    assert set(shown) <= set(VERDICTS)
    assert [verdict for verdict in shown if not zh.has(f"mark.{verdict}")] == []


def test_every_unit_of_the_catalogue_has_an_english_word() -> None:
    from fazhi_analysis.catalogue import known_units
    from fazhi_analysis.catalogue.english import unit_name

    assert [unit for unit in known_units() if unit != "%" and CHINESE.search(unit_name(unit))] == []


def test_unknown_language_says_which_there_are() -> None:
    with pytest.raises(UnknownNameError, match="zh、en"):
        Words("fr")


def test_fields_are_escaped_and_fragments_kept() -> None:
    from fazhi_analysis.presenting.html.markup import tag

    zh = Words("zh")
    assert "&lt;script&gt;" in str(zh.html("page.place_year", place="<script>", year=2023))
    assert "<b>x</b>" in str(zh.html("page.place_year", place=tag("b", "x"), year=2023))


def test_what_an_indicator_counts_is_said_in_the_singular_and_the_plural() -> None:
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
