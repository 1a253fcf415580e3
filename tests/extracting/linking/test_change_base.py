"""What a stated change starts from is read from its own words."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting.extraction import extract
from fazhi_analysis.reading import read_text

HEAD = "云汀县2024年法治政府建设年度报告\n一、主要工作\n"


@pytest.mark.parametrize(
    ("sentence", "base"),
    [
        ("办理法律援助案件431件，比2019年增长41.3%。", "2019"),
        ("行政复议案件98件，较2021年度下降12%。", "2021"),
        ("群众满意率98%，与2020年相比提高3.1个百分点。", "2020"),
        ("受理群众诉求2.1万件，五年来年均增长12.6%。", "annual_average"),
        ("开展涉企检查3110次，较扫码入企推行前减少56.2%。", "event"),
        ("办理行政处罚案件1302件，四季度环比下降31.4%。", "month"),
        ("调解矛盾纠纷2316件，同比增长7.2%。", ""),
        ("调解矛盾纠纷2316件，比2023年增长7.2%。", ""),
        ("调解矛盾纠纷2316件，较上年增加156件。", ""),
        ("调解矛盾纠纷2316件，比去年同期增加156件。", ""),
    ],
)
def test_the_base_of_a_change(sentence: str, base: str) -> None:
    changes = [q for q in extract(read_text(HEAD + sentence)).quantities if q.is_metric and q.change != "level"]
    assert [change.base for change in changes] == [base]


def test_a_level_has_no_base() -> None:
    levels = [q for q in extract(read_text(f"{HEAD}调解矛盾纠纷2316件，比2019年多。")).quantities if q.is_metric]
    assert [level.base for level in levels] == [""]
