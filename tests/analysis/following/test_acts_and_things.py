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
        ("打通【5条】断头路", "轨道线建设加快，打通断头路【8条】"),
        ("新增绿色建筑面积【100万平方米】", "新增绿色建筑面积【360万平方米】"),
        ("力争全年引进超亿元项目【200宗以上】", "全年引进超亿元项目【236宗】"),
        ("完成【1478个】小区管网改造", "顺利完成34条河道治理、【1478个】小区管网改造任务"),
        ("新建【2.6万套】门禁系统", "新建340个监控点和【8000套】门禁系统"),
        ("空气质量优良率保持在【92%以上】", "全年空气质量优良率【90.5%】"),
        ("实现污水达标小区覆盖率【超过80%】", "污水达标小区覆盖率由76%提高至【93.4%】"),
        ("社会消费品零售总额增长【20%以上】", "社会消费品零售总额165.8亿元、增长【8.4%】"),
        ("完成田心等【6个】农贸市场整修", "高标准完成广北、大坪等【6个】农贸市场整修"),
        ("筹集建设公共住房【1万套以上】", "筹集建设公共住房【1.04万套】，建成2701套"),
        ("国家高新技术企业【超过900家】", "新增国家高新技术企业80家，国家高新技术企业总量【960家】"),
        ("新改建公厕【15座】", "新改建公厕【18座】"),
        ("新改建公园6座、公厕【15座】", "新改建公厕【18座】"),
    ],
)
def test_the_same_thing_in_the_same_act(promised: str, given: str) -> None:
    assert same_thing(row(promised), row(given))


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        ("推动【5家】企业上市", "【1.6万家】企业纳入监管系统"),
        ("完工惠民路等【6个】项目", "布局【387个】重点项目"),
        ("十亿级工业企业【40家】", "依法处置工业企业【4家】"),
        ("推动科技园等【7个】项目及早建成", "航空城等【5个】项目完成用地出让"),
        ("开工建设综合管廊【46.2公里】", "建成海绵城市23.5平方公里、综合管廊【4.6公里】"),
        ("高标准建成【10个】示范村", "大力推进【10个】示范村"),
        ("新增公办学位【1.05万个】", "新增公办园学位【4050个】"),
        ("新增经营主体【10万户】", "净增经营主体【6.8万户】"),
        ("新建【3座】公园", "新建和改造海桐等【7座】公园"),
        ("建设筹集保障性住房【不少于3000套】", "供应保障性住房【468套】"),
        ("规上工业增加值增长【6%】", "服务业增加值增长【5.1%】"),
        ("交通事故亡人数下降【15%以上】", "各类事故亡人数下降【36%】"),
        ("百亿级建筑企业由2家增至【5家以上】", "创新平台由278家增至【309家】"),
        ("新增【3个】组合港", "新增佛山等【4个】内陆港"),
        ("新增创新平台【20家】", "新增创新平台25家、总量达【230家】"),
        ("创新平台【20家】", "新认定创新平台25家，创新平台总量【230家】"),
        ("完成【200座】公厕升级改造", "新改建公厕【326座】"),
    ],
)
def test_another_thing_or_another_act(promised: str, given: str) -> None:
    assert not same_thing(row(promised), row(given))


def test_an_act_that_is_not_named_is_no_other_act() -> None:
    assert same_acts(row("推动【400家】企业上云"), row("【203家】中小企业上云"))


def test_a_figure_in_the_sentence_that_names_another_thing_is_not_taken() -> None:
    target = row("新增装配式建筑面积【300万平方米】")
    assert not names_nothing_else(target, row("新增绿色建筑面积【223万平方米】"))
    assert names_nothing_else(target, row("新增【223万平方米】"))


def test_a_figure_in_the_name_of_a_rate_is_no_promise() -> None:
    """800米社区药店覆盖率升到90% promises the rate, and no distance."""
    naming, counting = (
        {**row(words), "kind": "count"} for words in ("【800米】社区药店覆盖率升到90%", "新建步道【800米】")
    )
    assert names_a_rate(naming)
    assert not names_a_rate(counting)


def test_the_class_of_a_figure_stands_in_the_label_where_its_clause_has_no_thing() -> None:
    """全口径税收收入84亿元，增长4%: the growth is of 全口径税收."""
    growth = {**row("全口径税收收入84亿元，增长【4.2%】"), "label": "全口径税收收入金额同比增幅"}
    assert class_of(growth) == {"全口径"}
    assert class_of({**row("规模以上工业增加值增长【6%】"), "label": ""}) == class_of(
        {**row("规上工业增加值增长【6%】"), "label": ""}
    )
