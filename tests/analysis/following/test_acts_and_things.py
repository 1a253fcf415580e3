"""What a promised figure counts: the same thing, in the same act, or no verdict."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fazhi_analysis.analysis.following.acts_and_things import (
    around,
    class_of,
    names_a_rate,
    names_nothing_else,
    same_acts,
    same_thing,
)

FIGURE = re.compile(r"【(.+?)】")


def row(marked: str) -> dict[str, Any]:
    """A figure in brackets, with the words around it."""
    found = FIGURE.search(marked)
    assert found is not None
    text = FIGURE.sub(r"\1", marked)
    place = around(text, found.start(), found.start() + len(found[1]))
    return {"around": place, "label": "", "quote": text}


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        ("疏浚【4条】排水渠", "环城路建设加快，疏浚排水渠【7条】"),
        ("新增供热面积【40万平方米】", "新增供热面积【85万平方米】"),
        ("力争全年签约超千万元项目【30宗以上】", "全年签约超千万元项目【42宗】"),
        ("完成【126个】村庄电网改造", "顺利完成12条沟渠治理、【126个】村庄电网改造任务"),
        ("新建【1.4万盏】路灯", "新建120个信号灯和【3600盏】路灯"),
        ("空气质量优良率保持在【88%以上】", "全年空气质量优良率【86.2%】"),
        ("实现集中供热小区覆盖率【超过70%】", "集中供热小区覆盖率由62%提高至【81.5%】"),
        ("社会消费品零售总额增长【9%以上】", "社会消费品零售总额32.7亿元、增长【5.1%】"),
        ("完成柳湾等【4个】农贸市场整修", "高标准完成东坡、石岗等【4个】农贸市场整修"),
        ("筹集建设公共住房【800套以上】", "筹集建设公共住房【860套】，建成310套"),
        ("国家高新技术企业【超过60家】", "新增国家高新技术企业12家，国家高新技术企业总量【64家】"),
        ("新改建公厕【9座】", "新改建公厕【11座】"),
        ("新改建公园4座、公厕【9座】", "新改建公厕【11座】"),
    ],
)
def test_the_same_thing_in_the_same_act(promised: str, given: str) -> None:
    assert same_thing(row(promised), row(given))


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        ("推动【3家】企业上市", "【2400家】企业纳入信用平台"),
        ("完工环湖路等【5个】项目", "布局【92个】重点项目"),
        ("亿元级工业企业【16家】", "依法处置工业企业【3家】"),
        ("推动物流园等【8个】项目及早建成", "奶业城等【3个】项目完成用地出让"),
        ("开工建设灌溉渠【18.4公里】", "建成高标准农田9.3平方公里、灌溉渠【2.7公里】"),
        ("高标准建成【12个】示范村", "大力推进【12个】示范村"),
        ("新增公办学位【1800个】", "新增公办园学位【540个】"),
        ("新增经营主体【5200户】", "净增经营主体【3100户】"),
        ("新建【2座】公园", "新建和改造北坡等【5座】公园"),
        ("建设筹集保障性住房【不少于700套】", "供应保障性住房【152套】"),
        ("规上工业增加值增长【9%】", "服务业增加值增长【4.7%】"),
        ("交通事故亡人数下降【12%以上】", "各类事故亡人数下降【31%】"),
        ("亿元级建筑企业由3家增至【6家以上】", "研发机构由17家增至【23家】"),
        ("新增【2个】客运站", "新增石岗等【3个】货运站"),
        ("新增研发机构【8家】", "新增研发机构9家、总量达【52家】"),
        ("研发机构【8家】", "新认定研发机构9家，研发机构总量【52家】"),
        ("完成【24座】公厕升级改造", "新改建公厕【31座】"),
    ],
)
def test_another_thing_or_another_act(promised: str, given: str) -> None:
    assert not same_thing(row(promised), row(given))


def test_an_act_that_is_not_named_is_no_other_act() -> None:
    assert same_acts(row("推动【60家】企业上云"), row("【45家】中小企业上云"))


def test_a_figure_in_the_sentence_that_names_another_thing_is_not_taken() -> None:
    target = row("新增保障房建筑面积【20万平方米】")
    assert not names_nothing_else(target, row("新增供热建筑面积【36万平方米】"))
    assert names_nothing_else(target, row("新增【36万平方米】"))


def test_a_figure_in_the_name_of_a_rate_is_no_promise() -> None:
    """600米便民菜店覆盖率升到85% promises the rate, and no distance."""
    naming, counting = (
        {**row(words), "kind": "count"} for words in ("【600米】便民菜店覆盖率升到85%", "新建步道【600米】")
    )
    assert names_a_rate(naming)
    assert not names_a_rate(counting)


def test_the_class_of_a_figure_stands_in_the_label_where_its_clause_has_no_thing() -> None:
    """全口径税收收入13亿元，增长7%: the growth is of 全口径税收."""
    growth = {**row("全口径税收收入13亿元，增长【7.4%】"), "label": "全口径税收收入金额同比增幅"}
    assert class_of(growth) == {"全口径"}
    assert class_of({**row("规模以上工业增加值增长【6%】"), "label": ""}) == class_of(
        {**row("规上工业增加值增长【6%】"), "label": ""}
    )
