"""Sections, items and parts from the wording, in the drafting styles that reports use."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.model import Report
from fazhi_analysis.reading import read_text

TITLE = "砚桥县2024年法治政府建设年度报告\n"


def keys(report: Report) -> list[str]:
    return [section.key for section in report.sections]


def headings(report: Report) -> dict[str, str]:
    return {section.key: section.heading for section in report.sections if section.number}


def check(report: Report) -> None:
    """What holds for every section tree."""
    starts = [section.start for section in report.sections]
    assert starts == sorted(starts)
    for section in report.sections:
        assert 0 <= section.start <= section.heading_start <= section.heading_end <= section.end <= len(report.text)
        for item in section.items:
            assert section.start <= item.start < item.end <= section.end
            assert report.text[item.start] == item.marker[0]
            assert report.section_at(item.start) == section.key


@given(
    st.text(
        st.sampled_from("一二三四五十（）()、。，：是第部分件年月日12０. \n\r　#*“”①附报告人民政府印发特此"),
        max_size=150,
    )
    | st.text(max_size=80)
)
def test_any_text_is_read(text: str) -> None:
    check(read_text(text))


def test_empty_text_has_no_sections() -> None:
    report = read_text("  \n\n ")
    assert report.sections == ()
    assert report.defects == ()
    assert report.metadata.year is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("一、总体\n（一）学习\n正文。\n（二）考核\n正文。\n二、问题\n不足。", ["一", "一/（一）", "一/（二）", "二"]),
        ("一、总体\n(一) 学习\n正文。\n（二） 考核\n正文。", ["一", "一/（一）", "一/（二）"]),
        ("一、总体\n1.学习。正文。\n2．考核。正文。\n3、督察。正文。", ["一", "一/1", "一/2", "一/3"]),
        ("一、总体\n（1）学习。正文。\n(2)考核。正文。", ["一", "一/（1）", "一/（2）"]),
        ("1.总体\n（1）学习。正文。\n2.问题\n正文。", ["1", "1/（1）", "2"]),
        ("第一部分 总体\n一、学习\n正文。\n第二部分 问题\n正文。", ["第一部分", "第一部分/一", "第二部分"]),
        ("（一）学习。正文。\n（二）考核。正文。", ["（一）", "（二）"]),
        ("一、总体。（一）学习。正文。（二）考核。正文。\n二、问题。不足。", ["一", "一/（一）", "一/（二）", "二"]),
        ("一、总体\n（一）学习\n1.学法。正文。\n2.考试。正文。", ["一", "一/（一）", "一/（一）", "一/（一）"]),
        ("十一、其他\n正文。\n十二、附则\n正文。", ["十一", "十二"]),
        ("①学习。正文。\n②考核。正文。", ["1", "2"]),
    ],
)
def test_numbering_styles(body: str, expected: list[str]) -> None:
    report = read_text(TITLE + body)
    check(report)
    assert [key for key in keys(report) if key != "title"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "一、二、三产业协同发展。",
        "3.5亿元资金已经到位。",
        "12.4日开展宣传。",
        "一一对应落实责任。",
        "十分重视法治工作。",
        "（包括乡镇）全部完成。",
        "1.总体情况………………3",
    ],
)
def test_what_looks_like_a_number_and_is_none(text: str) -> None:
    report = read_text(TITLE + "一、成效\n正文如下。\n" + text)
    assert keys(report) == ["title", "一"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、强化组织协调，统筹推进", "强化组织协调，统筹推进"),
        ("一、健全预警体系，依法应对险情。", "健全预警体系，依法应对险情"),
        ("**一、存在不足及下一步安排。**2024年，各项工作稳步推进。", "存在不足及下一步安排"),
        ("一、2024年主要工作情况", "2024年主要工作情况"),
        ("一、2024年工作开展情况。全县有力推进各项任务。", "2024年工作开展情况"),
        ("一、对惠企政策文件专项清理3次、综合评估2次，加强管理，消除障碍。", ""),
        (
            "一、落实顾问制度，将相关任务写进全年计划并列入考评范围，促使安排见到实效，得到各方认可和好评，较好服务决策。",
            "落实顾问制度",
        ),
        ("一、存在问题：", "存在问题"),
    ],
)
def test_headings(line: str, heading: str) -> None:
    report = read_text(TITLE + line + "\n正文。")
    section = next(section for section in report.sections if section.key == "一")
    assert section.heading == heading
    assert report.text[section.heading_start : section.heading_end].strip() == heading


def test_run_in_problem_section_with_items() -> None:
    text = (
        TITLE + "一、成效\n无。\n**二、存在不足及下一步安排。**2024年，还有不足：一是力量薄弱；二是经费不足。"
        "\n2025年，一是补强力量。"
    )
    report = read_text(text)
    section = report.sections[-1]
    assert [item.marker for item in section.items] == ["一是", "二是", "一是"]
    assert [report.text[item.start : item.end] for item in section.items][:2] == ["一是力量薄弱；", "二是经费不足。"]


@pytest.mark.parametrize("text", ["统一是关键", "唯一是此处", "这二是那", "一是。"])
def test_no_item(text: str) -> None:
    report = read_text(TITLE + "一、成效\n" + text)
    items = [item for section in report.sections for item in section.items]
    assert not items or text == "一是。"


def test_parts_around_the_body() -> None:
    text = (
        "霁政字〔2025〕3号　签发人：苏合\n"
        "关于报送《霁原旗2024年法治政府建设情况》的报告\n霁原旗人大常委会：\n现将有关情况报上，请审议。\n"
        "霁原旗人民政府\n2025年2月10日\n霁原旗2024年法治政府建设情况报告\n2024年，全旗有力推进。\n一、成效\n好。\n"
        "二、问题\n一是力量薄弱。\n特此报告。\n霁原旗人民政府办公室\n2025年2月10日印发\n附件1\n名词解释\n1.一件事：集成服务。"
    )
    report = read_text(text)
    assert keys(report)[:7] == ["letter", "title", "preamble", "一", "二", "colophon", "appendix"]
    found = report.metadata
    assert found.title == "霁原旗2024年法治政府建设情况报告"
    assert (found.document_number, found.signatory, found.addressee) == (
        "霁政字〔2025〕3号",
        "苏合",
        "霁原旗人大常委会",
    )
    assert (found.issuer, found.signed_date, found.print_date) == ("霁原旗人民政府", "2025-02-10", "2025-02-10")


def test_text_without_title_and_numbers() -> None:
    report = read_text("现将有关情况报告如下：\n办结案件7件。")
    assert keys(report) == ["preamble"]


def test_gold_sections(shared) -> None:
    for name in ("otog_front_2023", "guangming_2021"):
        folder = shared / "gold" / name
        report = read_text((folder / "report.txt").read_bytes().decode("utf-8"))
        gold = json.loads((folder / "structure.json").read_text("utf-8"))
        mine = {section.key: section for section in report.sections}
        wanted = [node for top in gold["sections"] for node in (top, *top["subsections"])]
        assert [key for key in mine if key not in ("letter", "title", "preamble", "colophon")] == [
            n["key"] for n in wanted
        ]
        for node in wanted:
            section = mine[node["key"]]
            assert (section.number, section.heading or None) == (node["number"], node["heading"])
            assert (section.start, section.end, section.level) == (node["start"], node["end"], node["level"])
            if node["heading"]:
                assert (section.heading_start, section.heading_end) == (node["heading_start"], node["heading_end"])
            if node.get("items"):
                gold_items = [(item["number"], item["start"], item["end"]) for item in node["items"]]
                assert [(item.marker, item.start, item.end) for item in section.items] == gold_items


def test_gold_places_of_figures(shared) -> None:
    for name in ("otog_front_2023", "guangming_2021"):
        folder = shared / "gold" / name
        report = read_text((folder / "report.txt").read_bytes().decode("utf-8"))
        rows = [json.loads(line) for line in (folder / "quantities.jsonl").read_text("utf-8").splitlines()]
        wrong = [r for r in rows if report.section_at(r["start"]) != r["section"].replace("落款", "colophon")]
        assert wrong == []


def test_work_reports_are_read(shared) -> None:
    files = sorted((shared / "corpus").glob("work_report_*.txt"))
    assert len(files) >= 20
    for file in files:
        report = read_text(file.read_bytes().decode("utf-8"))
        check(report)
        assert report.metadata.year == int(file.stem[-4:]) - 1
        assert len(report.sections) >= 4
        assert sum(finding.severity != "note" for finding in report.defects) <= 1
