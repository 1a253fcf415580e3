"""Passages printed twice."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.linking.duplicates import find_repeats
from fazhi_analysis.reading import read_report, read_text

PASSAGE = "县门户网站全年更新栏目信息420余条、图解14期，热线接听来电950次。"


def test_second_printing_points_to_the_first() -> None:
    text = f"一、监督\n（一）复议。办理案件7件。三是推进公开。{PASSAGE}\n（二）推进公开。{PASSAGE}全年走访3次。"
    metrics = extract(read_text(text, name="a.txt")).metrics
    assert [metric.duplicate_of for metric in metrics] == ["", "", "", "", "m002", "m003", "m004", ""]


def test_equal_figures_in_other_words_are_no_repeat() -> None:
    text = "一、工作\n全县共有乡镇司法所87个并全部达标。全县共有村级法律服务点87个并全部达标。"
    assert [metric.duplicate_of for metric in extract(read_text(text, name="a.txt")).metrics] == ["", ""]


def test_same_words_with_other_figures_are_no_repeat() -> None:
    text = "一、工作\n上半年共收到群众诉求36件。\n二、工作\n上半年共收到群众诉求38件。"
    assert [metric.duplicate_of for metric in extract(read_text(text, name="a.txt")).metrics] == ["", ""]


def test_gold_repeats(shared: Path) -> None:
    metrics = extract(read_report(shared / "gold" / "otog_front_2023" / "report.txt")).metrics
    repeated = [(metric.section, metric.duplicate_of) for metric in metrics if metric.duplicate_of]
    assert [section for section, _ in repeated] == ["六/（三）"] * 5
    by_id = {metric.row_id: metric for metric in metrics}
    assert {by_id[row].section for _, row in repeated} == {"六/（二）"}


@given(st.lists(st.sampled_from(["全县共收到群众诉求", "全县共办理行政案件"]), min_size=1, max_size=6))
def test_each_repeat_points_to_the_first_of_its_kind(openings: list[str]) -> None:
    text = "".join(f"{opening}36件并办结。" for opening in openings)
    size = len(f"{openings[0]}36件并办结。")
    spans = [(number * size, (number + 1) * size - 1) for number in range(len(openings))]
    found = find_repeats(text, spans, [(36.0, "件")] * len(openings))
    for index, opening in enumerate(openings):
        first = openings.index(opening)
        assert found[index] == (None if first == index else first)
