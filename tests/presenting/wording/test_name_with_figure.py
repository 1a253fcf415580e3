"""A name that stands before its figure: the figure says the measure word, and nouns that only look like one stay."""

from __future__ import annotations

import pytest

from fazhi_analysis.presenting.wording.name_with_figure import counted, named_with_figure, text_with_figure
from fazhi_analysis.presenting.wording.page_texts import Words

SHORTER = [
    ("新认定梧桐企业家数", "家", "新认定梧桐企业"),
    ("净增个体经营主体户数", "户", "净增个体经营主体"),
    ("滨河步道公里数", "公里", "滨河步道"),
    ("惠农政策宣传手册册数", "册", "惠农政策宣传手册"),
    ("便民热线工单件数", "件", "便民热线工单"),
    ("夜校培训班期数", "期", "夜校培训班"),
    ("综窗事项数", "项", "综窗事项"),
    ("办理调解案件数", "件", "办理调解案件"),
    ("返乡个体户数", "户", "返乡个体户"),
    ("帮扶果农户数", "户", "帮扶果农户"),
    ("入驻夜市商家数", "家", "入驻夜市商家"),
    ("整治城中村数", "村", "整治城中村"),
]
KEPT = [("结业学员人数", "人"), ("信件总数", "件"), ("出庭率", "%"), ("补贴金额", "元"), ("户数", "户")]


@pytest.mark.parametrize(("name", "unit", "wanted"), SHORTER)
def test_the_measure_word_goes_with_the_word_for_number(name: str, unit: str, wanted: str) -> None:
    assert counted(name, unit) == wanted
    assert counted(f"{name}（全县）", unit) == f"{wanted}（全县）"


@pytest.mark.parametrize(("name", "unit"), KEPT)
def test_what_needs_its_ending_keeps_it(name: str, unit: str) -> None:
    assert counted(name, unit) == name


def test_one_home_names_for_text_and_for_pages() -> None:
    row = {"label": "新认定梧桐企业家数", "unit": "家", "scope": "全县", "indicator_id": ""}
    assert text_with_figure(row, Words("zh")) == "新认定梧桐企业（全县）"
    assert "新认定梧桐企业<small>（全县）" in str(named_with_figure(row, Words("zh")))
    assert "新认定梧桐企业家数" in str(named_with_figure(row, Words("en")))  # a label of the report is quoted as it is
