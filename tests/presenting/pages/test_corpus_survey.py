"""The survey page: its tables say what the survey says, in both languages."""

from __future__ import annotations

import dataclasses
import re

import pytest

import fazhi_analysis as fz
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.presenting.html.markup import plain_text

PARTS = ("headline", "timeliness", "structure", "numbers", "shortcomings", "panel", "rates", "findings", "reuse")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_shows_itself(lang: str):
    page = fz.open_page("corpus_survey", region="霁原旗", year=2024, lang=lang)
    for name in PARTS:
        html = str(getattr(page, name)())
        assert html.startswith("<section"), name
        assert "nan" not in html.lower().replace("finance", ""), name
        assert "<NA>" not in html
    assert "T8" in plain_text(str(page.reuse()))


def test_the_fictional_place_is_surveyed_among_fictional_places_only():
    page = fz.open_page("corpus_survey", region="霁原旗", year=2024)
    assert "6 份报告" in plain_text(str(page.headline()))
    assert "鄂托克前旗" not in plain_text(str(page.timeliness()))


def test_a_real_place_is_surveyed_among_real_places():
    page = fz.open_page("corpus_survey", region="鄂托克前旗", year=2023)
    real = ~fz.load_reports()["region"].astype(str).str.contains("霁原旗|砚桥县")
    assert f"{int(real.sum())} 份报告" in plain_text(str(page.headline()))
    assert "霁原旗" not in plain_text(str(page.findings()))


def test_places_and_years_can_be_chosen():
    page = fz.open_page("corpus_survey", region="霁原旗", year=2024, regions="霁原旗", years="2023,2024")
    assert re.search(r"2 份报告", plain_text(str(page.headline())))
    with pytest.raises(UnknownNameError):
        fz.open_page("corpus_survey", region="霁原旗", year=2024, regions="不存在县")


def test_a_late_report_is_shown_with_its_days():
    text = plain_text(str(fz.open_page("corpus_survey", region="霁原旗", year=2024).timeliness()))
    assert "−9" in text
    assert "83%" in text


@pytest.mark.parametrize(
    ("lang", "share", "sentences", "note"),
    [
        ("zh", "相同字串占比", "整句相同", "连续 12 字"),
        ("en", "Share of runs the same", "Whole sentences the same", "runs of 12 characters"),
    ],
)
def test_reuse_between_places_says_what_it_counts(
    lang: str, share: str, sentences: str, note: str, monkeypatch: pytest.MonkeyPatch
):
    page = fz.open_page("corpus_survey", region="霁原旗", year=2024, lang=lang)
    copied = "在候车亭和渡口张贴漫画版办事指南，赶集日由司法所干部轮流摆摊答疑，{}。"
    texts = dict(page.survey.texts)
    texts["159928-2024"] = copied.format("老人孩子都能看懂，全年受益群众逐步增多")
    texts["990124-2024"] = copied.format("来往行人也多驻足细看，热闹得像过节一样")
    monkeypatch.setattr(page, "survey", dataclasses.replace(page.survey, texts=texts))
    text = plain_text(str(page.reuse()))
    assert share in text
    assert sentences in text
    assert note in text
