"""Themes by the outline of the year."""

from __future__ import annotations

import pytest

from fazhi_analysis.catalogue import load_frames
from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.statements import themes
from fazhi_analysis.extracting.statements.themes import theme_of
from fazhi_analysis.reading import read_text


@pytest.mark.parametrize(
    ("text", "pillar"),
    [
        ("行政执法规范化水平有待提高", "五"),
        ("法治化营商环境还需优化", "二"),
        ("重大行政决策公众参与不够", "四"),
        ("居民群众法治意识不强", "七"),
        ("行政规范性文件备案审查质量不高", "三"),
        ("协调小组运转不畅", "十"),
        ("政务公开不够及时", "八"),
        ("部门之间数据共享不畅", "九"),
        ("应急演练流于形式", "六"),
        ("天气晴好", ""),
    ],
)
def test_pillar(text: str, pillar: str) -> None:
    assert theme_of(text, 2023).pillar == pillar


def test_the_year_decides_the_outline() -> None:
    assert theme_of("行政执法不规范", 2018).name == "四、坚持严格规范公正文明执法"
    assert theme_of("行政执法不规范", 2023).name == "五、行政执法工作体系"
    assert theme_of("行政执法不规范", None).name == "五、行政执法工作体系"
    assert theme_of("行政执法不规范", 2005).name == ""


def test_deciding_words_are_in_the_text() -> None:
    found = theme_of("执法程序不规范，案卷质量不高", 2023)
    assert found.words == ("执法程序", "案卷")


def test_words_are_there_for_every_pillar() -> None:
    for frame in load_frames():
        named = {key for key, _ in themes._words()[frame.id]}
        assert named == {pillar.id for pillar in frame.pillars}


def test_a_statement_names_the_words_that_decided_its_theme() -> None:
    text = "霁原旗2023年法治政府建设年度报告\n一、存在问题\n一是行政执法程序不规范；二是普法形式单一。"
    found = extract(read_text(text, name="a.txt")).statements
    assert [(item.theme, item.theme_words) for item in found] == [
        ("五、行政执法工作体系", ("行政执法", "执法程序")),
        ("七、社会矛盾纠纷行政预防调处化解体系", ("普法",)),
    ]
