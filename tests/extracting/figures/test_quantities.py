"""Whole reports: places, order, sections, and no text that breaks the reading."""

from __future__ import annotations

import gc
import math
import random
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.extracting.figures.quantities import find_quantities
from fazhi_analysis.model import CHANGES, KINDS, METRIC_KINDS, QUALIFIERS, ROLES, CleanText, Quantity, Report
from fazhi_analysis.presenting.wording.numbers import figure_of
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.reading import read_report, read_text

REPORT = """砚桥县人民政府2023年法治政府建设年度报告

一、主要举措和成效

（一）优化环境。一是深化改革。42 个窗口、1360 个事项综窗受理。二是严格监管。抽查企业 318 户，“双随机、一公开”全覆盖。

（二）强化监督。办理复议案件７件，无一件被撤销，出庭应诉率 100%。

二、下一步工作安排

组织培训不少于4期，培训执法人员400名。
"""


def found_in(text: str) -> list[Quantity]:
    return find_quantities(read_text(text, name="x.txt"))


def check_invariants(report: Report, found: list[Quantity]) -> None:
    """What holds for every text."""
    last = 0
    for quantity in found:
        assert last <= quantity.start < quantity.end <= len(report.text)
        last = quantity.end
        assert quantity.text == report.text[quantity.start : quantity.end]
        assert quantity.kind in KINDS
        assert quantity.qualifier in QUALIFIERS
        assert quantity.role in ROLES
        assert quantity.change in CHANGES
        assert quantity.is_metric == (quantity.kind in METRIC_KINDS)
        assert quantity.label == ""
        assert quantity.indicator_id == ""
        if quantity.is_metric:
            assert quantity.value is not None
            assert quantity.lower is not None
            assert quantity.upper is not None
            assert quantity.lower <= quantity.value <= quantity.upper
            assert quantity.quote in report.text
            assert quantity.text in quantity.quote or "\n" in quantity.text


def test_sections_items_roles_and_quotes() -> None:
    metrics = [quantity for quantity in found_in(REPORT) if quantity.is_metric]
    shown = [(q.text, q.section, q.item, q.role, q.period) for q in metrics]
    assert shown == [
        ("42 个", "一/（一）", "一是", "result", "2023"),
        ("1360 个", "一/（一）", "一是", "result", "2023"),
        ("318 户", "一/（一）", "二是", "result", "2023"),
        ("７件", "一/（二）", "", "result", "2023"),
        ("无一件", "一/（二）", "", "result", "2023"),
        ("100%", "一/（二）", "", "result", "2023"),
        ("不少于4期", "二", "", "target", "2024"),
        ("400名", "二", "", "plan", "2024"),
    ]
    assert metrics[2].quote == "抽查企业 318 户"
    assert metrics[6].upper == math.inf
    assert metrics[4].value == 0


@pytest.mark.parametrize(
    ("printed", "words", "shown"),
    [
        ("300 余份", "…余", "300余份"),
        ("160多人次", "…多", "160多人次"),
        ("超过700项", "超过…", "超过700项"),
        ("700项以上", "…以上", "700项以上"),
        ("270余万元", "…余万", "270余万元"),
        ("270万余元", "…万余", "270万余元"),
        ("0.041亿元", "…亿", "0.041亿元"),
        ("30100件", "", "30100件"),
        ("301000件", "…", "301000件"),
        ("2.86万件", "…万", "2.86万件"),
        ("超过3.5万人次", "超过…万", "超过3.5万人次"),
        ("20万人次以上", "…万以上", "20万人次以上"),
        ("三万件", "…万", "3万件"),
        ("3～5万件", "…万", "3万～5万件"),
        ("约20人左右", "约…左右", "约20人左右"),
        ("近360批次", "近…", "近360批次"),
        ("上千件", "上…", "上千件"),
        ("不足50人", "不足…", "不足50人"),
        ("百分之九十以上", "…以上", "90%以上"),
        ("2841件", "", "2841件"),
    ],
)
def test_the_words_that_widen_a_figure_are_kept_and_printed_again(printed: str, words: str, shown: str) -> None:
    (found,) = [one for one in find_quantities(read_text(f"全年共办结{printed}。")) if one.is_metric]
    assert found.wording == words
    assert figure_of(asdict(found), Words("zh")) == shown


def test_everything_numeric_is_shown_with_its_kind() -> None:
    kinds = {
        q.text: q.kind
        for q in found_in("国办发〔2023〕27号印发后，砚桥县于2023年3月召开第5次会议，推行“1+5”模式，罚款3万元。")
    }
    assert kinds == {
        "〔2023〕27号": "docnumber",
        "2023年3月": "date",
        "第5次": "ordinal",
        "1+5": "name",
        "3万元": "money",
    }


def test_a_half_width_comma_behind_a_grouped_number_ends_a_clause() -> None:
    """Pages often print half-width commas between clauses and within numbers alike."""
    found = found_in("收到评价5,739,763条,短信评价64,128条,办件1,123.8万件,其中12,5,7号文件另发。")
    assert [(one.value, one.is_metric) for one in found][:3] == [(5739763, True), (64128, True), (11238000, True)]
    assert not any(one.is_metric for one in found[3:])


def test_text_without_figures_and_empty_text() -> None:
    assert found_in("进一步压实责任，统一标准。") == []
    report = read_text("砚桥县", name="x.txt")
    empty = replace(report, text="", clean=replace(report.clean, text="", offsets=()), sections=())
    assert find_quantities(empty) == []


def test_figures_that_came_through_ocr_say_so() -> None:
    report = read_text("办理案件28件，培训3期。", name="x.txt")
    report = replace(report, ocr_spans=((0, 8, 0.93), (8, len(report.text), 0.71)))
    first, second = find_quantities(report)
    assert (first.origin, first.confidence) == ("ocr", 0.71 if first.end > 8 else 0.93)
    assert (second.origin, second.confidence) == ("ocr", 0.71)


PIECES = [
    "办理案件",
    "近",
    "约",
    "超过",
    "不低于",
    "3",
    "12",
    "300",
    "2.4",
    "97.06",
    "1,204",
    "十",
    "三百",
    "百",
    "万",
    "亿",
    "余",
    "多",
]
PIECES += [
    "件",
    "人次",
    "个",
    "%",
    "个百分点",
    "元",
    "万元",
    "以上",
    "左右",
    "-",
    "至",
    "年",
    "月",
    "日",
    "第",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
]
PIECES += [
    "，",
    "。",
    "\n",
    " ",
    "\u3000",
    "一是",
    "一、",
    "零",
    "无一",
    "双随机",
    "同比增长",
    "下降到",
    "\t",
    "|",
    "2023年",
    "〔2023〕",
    "号",
    "+",
    "０",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_mixture_of_the_words_of_the_genre(pieces: list[str]) -> None:
    report = read_text("砚桥县" + "".join(pieces), name="x.txt")
    check_invariants(report, find_quantities(report))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all(text: str) -> None:
    report = read_text("县" + text, name="x.txt")
    check_invariants(report, find_quantities(report))


HOSTILE = [
    "1",
    "一",
    "零",
    "1,",
    "1+",
    ".1",
    "a",
    "A1",
    "（1",
    "“",
    "《",
    "第1",
    "1项",
    "零投诉",
    "1\t",
    "同比增长1",
    "3-",
    "十个",
    "-",
    "〔",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    report = read_text("一、县", name="x.txt")

    def seconds(length: int) -> float:
        text = "县" + piece * (length // len(piece))
        longer = replace(report, text=text, clean=CleanText(text, range(len(text))), sections=())
        gc.disable()  # a pass over the objects of all tests before costs more than the text
        try:
            start = time.process_time()
            find_quantities(longer)
            return time.process_time() - start
        finally:
            gc.enable()

    seconds(1000)
    assert seconds(10_000) < 40 * max(seconds(1_000), 0.005)


def _sentence(rng: random.Random) -> tuple[str, str, float, str]:
    """A filler sentence with one planted figure: sentence, its text, value, unit."""
    unit = rng.choice(["件", "项", "人次", "份", "场次", "户", "%", "元"])
    number = round(rng.uniform(1, 99), 2) if unit == "%" else rng.randint(1, 99999)
    space = rng.choice(["", " ", "\u3000"])
    text = f"{number}{space}{unit}"
    before = rng.choice(["共办理", "全年完成", "其中涉及", "总量为", "覆盖面达", "统计为"])
    after = rng.choice(["，成效明显", "", "，较好完成任务", "，进一步统一标准"])
    return f"{before}{text}{after}。", text, number, unit


@pytest.mark.parametrize("seed", range(20))
def test_planted_figures_are_found_at_their_places(seed: int) -> None:
    """An oracle: figures planted in seeded random text, so that every exact place is known."""
    rng = random.Random(seed)
    text, planted = "一、总体情况\n", []
    for _ in range(rng.randint(5, 60)):
        sentence, figure, value, unit = _sentence(rng)
        start = len(text) + sentence.index(figure)
        planted.append((start, start + len(figure), value, unit))
        text += sentence + rng.choice(["", "", "\n", "\n\n", "\n　　"])
    found = [(q.start, q.end, q.value, q.unit) for q in found_in(text) if q.is_metric]
    assert found == planted


def test_gold_reports(shared: Path) -> None:
    import json

    for folder in sorted((shared / "gold").iterdir()):
        if not folder.is_dir():
            continue
        report = read_report(folder / "report.txt")
        found = find_quantities(report)
        check_invariants(report, found)
        rows = [json.loads(line) for line in (folder / "quantities.jsonl").read_text(encoding="utf-8").splitlines()]
        expected = [row for row in rows if row["is_metric"] and not row.get("optional")]
        at = {(q.start, q.end): q for q in found if q.is_metric}
        hits = [at[row["start"], row["end"]] for row in expected if (row["start"], row["end"]) in at]
        assert len(hits) >= 0.985 * len(expected)
        wrong = [
            row["text"]
            for row in expected
            if (q := at.get((row["start"], row["end"])))
            and (q.value, q.lower, q.upper, q.qualifier) != (row["value"], row["lower"], row["upper"], row["qualifier"])
        ]
        assert len(wrong) <= 0.015 * len(expected), wrong
        optional = {(row["start"], row["end"]) for row in rows if row.get("optional")}
        extra = [
            at[key].text for key in at if key not in optional and key not in {(r["start"], r["end"]) for r in expected}
        ]
        assert len(extra) <= 0.015 * len(expected), extra


def test_reports_of_another_genre_pass(shared: Path) -> None:
    count = 0
    for path in sorted((shared / "corpus").glob("work_report_*.txt")):
        report = read_report(path)
        found = find_quantities(report)
        check_invariants(report, found)
        count += sum(quantity.is_metric for quantity in found)
    assert count > 3000


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("三元区坚持依法行政，发放补助三万元。", ["三万元"]),
        ("每份收取工本费三元。", ["三元"]),
        ("拨付三元区级资金。", ["三元"]),
        ("部署9方面33条具体举措。", ["9", "33条"]),
    ],
)
def test_a_numeral_in_the_name_of_a_place_is_no_amount_and_sides_are_counted(sentence: str, amounts: list[str]) -> None:
    assert [found.text for found in found_in(sentence) if found.is_metric] == amounts
