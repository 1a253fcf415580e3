"""Promises against results from text to verdict: what settles a promise, and its near misses, in balance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from opencc import OpenCC

import fazhi_analysis as fz

# Promise, what the later report says, verdict. Every pair is on a matter of its own: all stand in one report.
PLAIN = [
    ("培训行政执法人员600人次以上", "举办执法培训9期，培训行政执法人员742人次", "kept"),
    ("行政机关负责人出庭应诉率达到100%", "全县行政机关负责人出庭应诉率为97.4%", "contradicted"),
    ("重大行政决策合法性审查率达到99%", "重大行政决策合法性审查率99%", "kept"),
    ("行政诉讼败诉率控制在8%以内", "行政诉讼败诉率由去年的9.1%下降到6.3%", "kept"),
    ("行政复议纠错率不超过10%", "行政复议纠错率为12.5%", "contradicted"),
    ("培育“法律明白人”500名", "新培育“法律明白人”563人", "kept"),
    ("新增人民监督员20名", "新选任人民监督员22名", "kept"),
    ("新建司法驿站6个", "建成司法驿站6处", "kept"),
    ("改造巡回法庭4个", "开工改造巡回法庭5个", "cannot_tell"),
    ("开工改造调解室7个", "开工改造调解室8个", "kept"),
    ("审核重大执法决定150件", "乡镇审核重大执法决定87件", "cannot_tell"),
    ("清理证明事项25项", "取消证明事项31项", "cannot_tell"),
    ("新聘法律顾问8名", "全县共有法律顾问35名", "cannot_tell"),
    ("创建省级守法诚信企业5家", "新创建市级守法诚信企业7家", "cannot_tell"),
    ("新增技能骨干240人（含高级技能骨干80人）", "新增技能骨干403人、高级技能骨干141人", "kept"),
    ("组织公职律师轮训约300人次", "公职律师轮训290人次", "cannot_tell"),
    ("办结仲裁案件90件", "受理仲裁案件112件", "cannot_tell"),
    ("制定政府规章2件", "全年出台政府规章2部", "kept"),
    ("涉企检查频次下降15%", "涉企检查频次同比下降11%", "contradicted"),
]
AIMS = [
    ("生产总值增长6%左右", "全县实现地区生产总值182.4亿元、增长6.3%", "kept"),
    ("规模以上工业增加值增长8%", "规上工业增加值增长7.1%", "contradicted"),
    ("固定资产投资增长9%", "工业投资增长12%", "cannot_tell"),
    ("进出口总额增长10%", "出口增长13%", "cannot_tell"),
    ("地方一般公共预算收入增长5%", "一般公共预算收入完成12.4亿元、同比增长3.2%", "contradicted"),
    ("城镇调查失业率5.5%左右", "城镇调查失业率平均为5.2%", "kept"),
    ("居民消费价格涨幅3%左右", "居民消费价格上涨0.8%", "kept"),
    ("粮食产量45万吨左右", "粮食总产量46.2万吨", "kept"),
    ("城镇居民人均可支配收入增长7%", "农村居民人均可支配收入增长8.2%", "cannot_tell"),
    ("外商直接投资增长10%左右", "外商直接投资增长5.2%", "contradicted"),
    ("社会消费品零售总额增长7%左右", "社会消费品零售总额78.6亿元，增长6.8%", "cannot_tell"),
]


def verdicts(folder: Path, earlier: str, later: str) -> Mapping[str, set[str]]:
    """The verdicts by the words of what was promised."""
    for name, year, text in (("earlier", 2023, earlier), ("later", 2024, later)):
        file = folder / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        fz.ingest([str(file)], str(folder / "data"), region="砚桥县", year=year, workers=1)
    data = str(folder / "data")
    table = fz.follow_up(fz.load_statements(data), fz.load_metrics(data), year=2024, baseline=2023, data=data)
    found: dict[str, set[str]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["text"], set()).add(row["verdict"])
    return found


def settled(found: Mapping[str, set[str]], promise: str) -> str:
    """The verdict on a promise: kept, contradicted, or cannot_tell for all others."""
    given = set().union(*(names for text, names in found.items() if promise in text or text in promise))
    (verdict,) = (given & {"kept", "contradicted"}) or {"cannot_tell"}
    return verdict


@pytest.fixture(scope="module")
def of_a_report(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """A report with its next steps, and the one after it."""
    results = "".join(f"{one[1]}。\n" for one in PLAIN)
    steps = "".join(f"{at}.{one[0]}。\n" for at, one in enumerate(PLAIN, 1))
    return verdicts(
        tmp_path_factory.mktemp("report"),
        f"砚桥县2023年法治政府建设年度报告\n一、主要工作\n依法行政水平稳步提高。\n二、下一步工作\n{steps}",
        f"砚桥县2024年法治政府建设年度报告\n一、主要工作\n{results}二、下一步工作\n推进智慧执法。\n",
    )


@pytest.fixture(scope="module")
def of_news(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """News of a session without any heading, and the work report of the next year, in traditional characters."""
    aims, results = "，".join(one[0] for one in AIMS), "；".join(one[1] for one in AIMS)
    return verdicts(
        tmp_path_factory.mktemp("news"),
        f"砚桥县第十八届人民代表大会第四次会议开幕\n\n报告提出，今年经济社会发展主要预期目标是：{aims}。",
        OpenCC("s2t").convert(
            f"砚桥县政府工作报告（2025年1月8日）\n一、2024年工作回顾\n一年来，{results}。\n二、2025年工作安排\n稳中求进。"
        ),
    )


@pytest.mark.parametrize(("promise", "verdict"), [(one[0], one[2]) for one in PLAIN])
def test_promises_of_a_report(of_a_report: Mapping[str, set[str]], promise: str, verdict: str) -> None:
    assert settled(of_a_report, promise) == verdict


@pytest.mark.parametrize(("aim", "verdict"), [(one[0], one[2]) for one in AIMS])
def test_aims_in_the_news_of_a_session(of_news: Mapping[str, set[str]], aim: str, verdict: str) -> None:
    assert settled(of_news, aim) == verdict


def test_a_list_of_projects_and_the_table_of_what_became_of_them(tmp_path: Path) -> None:
    found = verdicts(
        tmp_path,
        "2024年砚桥县为民办实事项目公布，共三个方面5项\n\n一、新增300张养老床位、60张托育床位。\n\n"
        "二、为800户困难老人家庭进行居家改造；打造4处口袋公园。\n\n三、更新30辆公交车。",
        "2024年砚桥县为民办实事项目完成情况\n序号 | 项目名称 | 完成情况 | 占全年计划 |\n"
        "1 | 新增300张养老床位 | 322 | 107% |\n新增60张托育床位 | 58 | 97% | |\n"
        "2 | 为800户困难老人家庭进行居家改造 | 836 | 105% |\n3 | 打造4处口袋公园 | 4 | 100% |\n"
        "4 | 建设30处公交站 | 31 |",
    )
    pairs = {
        "300张养老床位": "kept",
        "60张托育床位": "contradicted",
        "户困难老人": "kept",
        "口袋公园": "kept",
        "公交车": "cannot_tell",
    }
    for words, verdict in pairs.items():
        given = [names for text, names in found.items() if words in text and "、" not in text]
        assert given, words
        assert all((names & {"kept", "contradicted"} or {"cannot_tell"}) == {verdict} for names in given), words
