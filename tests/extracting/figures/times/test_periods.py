"""When figures are of: the time that the title of their report names, and that of their sentence."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.figures.times.periods import find_period
from fazhi_analysis.extracting.figures.times.time_readings import Frame
from fazhi_analysis.extracting.figures.times.title_periods import title_period
from fazhi_analysis.reading import read_text


@pytest.mark.parametrize(
    ("title", "year", "period"),
    [
        ("云汀县热线运行分析报告（4月1日—4月30日）", 2025, "2025-04"),
        ("云汀县热线运行分析（2025年1月1日至3月31日）", 2025, "2025-01/2025-03"),
        ("云汀县行政执法统计年报（2024年1月1日—2024年12月31日）", 2024, "2024"),
        ("2024年1—10月云汀县行政执法统计", 2024, "2024-01/2024-10"),
        ("云汀县热线周报（2025年3月3日—9日）", 2025, "2025-03"),
        ("云汀县2024年第1季度热线分析", 2024, "2024-01/2024-03"),
        ("云汀县2024年前3季度行政复议情况", 2024, "2024-01/2024-09"),
        ("云汀县热线月报（2024年4月）", 2024, "2024-04"),
        ("云汀县2024年度法治政府建设报告（2024年12月）", 2024, "2024"),
        ("云汀县2024年上半年行政复议情况（2024年7月5日）", 2024, "2024-01/2024-06"),
        ("云汀县关于2024年法治政府建设情况的报告（2025年1月）", 2024, "2024"),
        ("云汀县2023年11月至2024年10月法治督察情况的报告", 2024, "2023-11/2024-10"),
        ("云汀县2024年13月至15月热线情况", 2024, "2024"),
    ],
)
def test_a_title_names_the_time_of_its_report_and_the_day_of_issue_does_not(title: str, year: int, period: str) -> None:
    assert title_period(title, year) == period


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("收到申请45件，同比增长25%（2022年36件），办结", "2023"),
        ("收到申请31件（含2022年结转4件），办结", "2023"),
        ("收到申请（2022年）", "2022"),
        ("受理案件（2023年1月至10月）", "2023-01/2023-10"),
        ("2022年收到申请（其中网上7件）", "2022"),
        ("印发普法规划（2021—2025年），制定配套制度", "2023"),
        ("印发（2021—2025年）任务分工方案，制定配套制度", "2023"),
        ("三年来（2021—2023年），全县制定", "2021-2023"),
    ],
)
def test_a_remark_with_a_figure_of_its_own_says_nothing_of_the_next_figure(words: str, period: str) -> None:
    assert find_period(words, words.rpartition("，")[2], Frame(2023, "2023", "2024")) == period


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("《法律援助法》实施以来，全县受理法律援助案件1260件，挽回损失830万元。", ["2022以来", "2022以来"]),
        ("新修订的行政复议法实施以来，受理案件620件。", ["2024以来"]),
        ("民法典施行以来，开展宣讲360场。", ["2021以来"]),
        ("《云汀湖保护条例》施行以来，查处案件26件。", ["累计至2025"]),
        ("县局发布《云汀湖保护条例》施行三周年成果。\n三年来，查处案件26件。累计修复岸线18公里。", ["2022以来"] * 2),
        ("近三年来，投入经费84万元。累计援助356人。全年接待320人次。", ["2023-2025", "2023-2025", "2025"]),
        ("“十四五”以来，开展培训60期；累计培训5200人次；今年培训820人次。", ["2021以来", "2021以来", "2025"]),
        ("去年石洲镇企业检查频次下降46%，事故下降15%。", ["2024", "2024"]),
        ("去年反馈的问题已整改16个。", ["2025"]),
        ("去年结转案件12件，今年受理150件。", ["2025", "2025"]),
        ("2021年以来，全县败诉率分别为16.4%、11.3%、9.7%、8.8%。", ["2021", "2022", "2023", "2024"]),
        ("2021年以来，全县败诉率分别为16.4%、11.3%。", ["2021以来", "2021以来"]),
    ],
)
def test_since_a_law_is_in_force_and_what_goes_on_adding_up(text: str, periods: list[str]) -> None:
    report = read_text(f"云汀县人民政府2025年法治政府建设年度报告\n\n{text}", name="a.txt")
    assert [figure.period for figure in extract(report).metrics] == periods
