"""Tables are grids: the same cells with the same spans whatever prints them, and the same figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reading import made_tables as tables
from tests.reading.made_files import AFTER, BEFORE, at, page, pdf, report_body, word
from tests.reading.made_tables import Table, numbers, placed

from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Quantity, Report
from fazhi_analysis.reading import read_report, read_text
from fazhi_analysis.reading.grids.cells import Piece
from fazhi_analysis.reading.grids.streams import _Stream

_ALL = {
    "disclosed": tables.DISCLOSED,
    "requests": tables.REQUESTS,
    "disputes": tables.DISPUTES,
    "enforcement": tables.ENFORCEMENT,
    "reconsideration": tables.RECONSIDERATION,
}


def _page(folder: Path, table: Table) -> Path:
    return page(folder / "a.html", tables.html(table))


def _word(folder: Path, table: Table) -> Path:
    return word(folder / "a.docx", report_body(tables.word(table)))


def _pdf(folder: Path, table: Table, *, ruled: bool = True) -> Path:
    lines = "".join(at(line, 80, 760 - 24 * number) for number, line in enumerate(BEFORE))
    rest = "".join(at(line, 80, 160 - 24 * number) for number, line in enumerate(AFTER))
    return pdf(folder / "a.pdf", lines + tables.drawn(table, ruled=ruled) + rest)


def _text(printed: Callable[[Table], str], suffix: str) -> Callable[[Path, Table], Path]:
    def write(folder: Path, table: Table) -> Path:
        file = folder / f"a{suffix}"
        file.write_text("\n".join([*BEFORE, printed(table), *AFTER]), encoding="utf-8")
        return file

    return write


_MARKED = {"page": _page, "word": _word, "ruled pdf": _pdf}
_PRINTED = {
    "markdown": _text(tables.markdown, ".md"),
    "tabs": _text(tables.tabbed, ".txt"),
    "cell a line": _text(tables.cell_a_line, ".txt"),
}


def _metrics(report: Report) -> list[Quantity]:
    return [quantity for quantity in extract(report).quantities if quantity.is_metric]


def _wanted(table: Table) -> list[str]:
    """The printed figures; numbers of rows are none."""
    serial = {cell.column for cell in placed(table) if cell.text == "序号"}
    return [cell.text for cell in numbers(placed(table)) if cell.column not in serial]


@pytest.mark.parametrize("how", _MARKED)
@pytest.mark.parametrize("name", _ALL)
def test_cells_keep_their_places_and_spans(tmp_path: Path, name: str, how: str) -> None:
    table = _ALL[name]
    report = read_report(_MARKED[how](tmp_path, table))
    [grid] = report.grids
    found = [(report.text[cell.start : cell.end], *cell[2:]) for cell in grid.cells]
    assert found == [tuple(cell) for cell in placed(table)]


@pytest.mark.parametrize("how", [*_MARKED, *_PRINTED])
@pytest.mark.parametrize("name", _ALL)
def test_every_figure_is_read_once(tmp_path: Path, name: str, how: str) -> None:
    report = read_report({**_MARKED, **_PRINTED}[how](tmp_path, _ALL[name]))
    assert [quantity.text for quantity in _metrics(report)] == _wanted(_ALL[name])


@pytest.mark.parametrize("how", [*_MARKED, "markdown", "tabs"])
@pytest.mark.parametrize("name", ["disclosed", "disputes", "enforcement", "reconsideration"])
def test_figures_mean_the_same_whatever_prints_them(tmp_path: Path, name: str, how: str) -> None:
    table = _ALL[name]
    first = _metrics(read_report(_page(tmp_path, table)))
    other = _metrics(read_report({**_MARKED, **_PRINTED}[how](tmp_path, table)))
    assert [(q.value, q.unit, q.label) for q in other] == [(q.value, q.unit, q.label) for q in first]


def test_heads_of_both_sides_name_a_figure(tmp_path: Path) -> None:
    by_text = {quantity.text: quantity for quantity in _metrics(read_report(_page(tmp_path, tables.ENFORCEMENT)))}
    assert (by_text["186.40"].value, by_text["186.40"].unit) == (1_864_000, "元")
    assert by_text["412"].label == "罚款数（县市场监管局·行政处罚）"
    assert (by_text["1630"].unit, by_text["1630"].scope) == ("次", "县市场监管局")
    assert by_text["6205"].unit == "件"


def test_the_upper_head_of_a_known_form_names_its_columns_in_any_print(tmp_path: Path) -> None:
    for how in ("page", "cell a line"):
        metrics = _metrics(read_report({**_MARKED, **_PRINTED}[how](tmp_path, tables.DISPUTES)))
        assert [metrics[0].label, metrics[5].label] == [
            "结果维持数（行政复议）",
            "结果维持数（行政诉讼·未经复议直接起诉）",
        ]


def test_a_table_goes_on_over_a_page_break(tmp_path: Path) -> None:
    table = tables.RECONSIDERATION
    head = "".join(at(line, 80, 760 - 24 * number) for number, line in enumerate(BEFORE))
    first = tables.drawn(table[:3], ruled=True)
    second = tables.drawn(
        [("自然资源", "17", "15", "6", "3", "4", ""), ("合计", "41", "37", "17", "5", "9", "1")], ruled=True
    )
    report = read_report(pdf(tmp_path / "a.pdf", head + first, second + at(AFTER[0], 80, 200)))
    assert len(report.grids) == 1
    metrics = {quantity.text: quantity for quantity in _metrics(report)}
    assert metrics["15"].label == "自然资源数（申请·受理）"
    assert report.page_at(metrics["15"].start) == "2"


def test_a_row_that_sums_up_is_named_by_its_word(tmp_path: Path) -> None:
    rows = [
        ("序号", "单位", "2023年（件）", "2024年（件）"),
        ("1", "县林业局", "84", "91"),
        (("合计", 1, 2), "84", "91"),
    ]
    metrics = _metrics(read_report(_page(tmp_path, rows)))
    assert [(quantity.label, quantity.period) for quantity in metrics[2:]] == [("合计", "2023"), ("合计", "2024")]


@pytest.mark.parametrize(
    "text",
    ["办结信访事项\n405\n件，化解积案\n17\n件。", "满意率达\n98.4\n%，位居前列。", "罚没\n203\n余万元，全部上缴。"],
)
def test_a_sentence_broken_at_its_figure_is_no_table(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join([*BEFORE, text, *AFTER]), encoding="utf-8")
    report = read_report(file)
    assert report.grids == ()
    assert all(quantity.unit for quantity in _metrics(report))


def test_rows_that_a_lone_pipe_opens_keep_their_columns() -> None:
    heads = ["警告", "罚款", "行政拘留", "合计（宗）", "罚没金额（元）"]
    rows = ["|\n行政处罚实施数量（宗） |\n||||"] + [
        "|\n" + "\n".join(f"{cell} |" for cell in row) for row in (heads, ["3", "12", "0", "15", "45200"])
    ]
    front = "云汀县2024年度行政执法统计年报\n\n表一：\n云汀县行政处罚实施情况统计表\n"
    report = read_text(front + "\n".join(rows) + "\n说明：\n全年。", name="x.txt")
    found = {figure.label: figure.text for figure in extract(report).metrics}
    assert found == {
        "警告数": "3",
        "罚款数": "12",
        "行政拘留数": "0",
        "行政处罚案件数": "15",
        "罚没金额": "45200",
    }


_LEAD = "云汀县城管局2024年行政执法统计年报\n\n行政处罚实施情况如下。\n"


def _labels(text: str) -> list[tuple[str, str, str]]:
    return [(q.text, q.unit, q.label) for q in _metrics(read_text(text, name="x.txt"))]


def test_a_table_of_one_row_without_a_name_has_all_its_heads() -> None:
    heads = [
        "行政处罚实施数量（宗）",
        "警告",
        "罚款",
        "没收违法",
        "所得、没收非法财物",
        "合计",
        "（宗）",
        "罚没金额（万元）",
    ]
    found = _labels(_LEAD + "\n\n".join([*heads, "4", "37", "2", "43", "21.6"]) + "\n\n说明：全年。")
    assert found == [
        ("4", "宗", "警告数"),
        ("37", "宗", "罚款数"),
        ("2", "宗", "没收违法所得、没收非法财物数"),
        ("43", "宗", "行政处罚案件数"),
        ("21.6", "元", "罚没金额"),
    ]


def test_heads_go_on_below_the_row_that_they_began() -> None:
    cells = ["行政处罚实施数量（宗）", "单位名称", "警告", "罚款", "通报批评", "县城管局", "4", "37", "1"]
    cells += ["行政拘留", "其他行政处罚", "罚没金额（万元）", "0", "3", "21.6"]
    found = {text: label for text, _, label in _labels(_LEAD + "\n".join(cells) + "\n说明：全年。")}
    assert found["37"].startswith("罚款数")
    assert found["3"].startswith("其他行政处罚数")
    assert found["21.6"].startswith("罚没金额")


def test_two_tables_side_by_side_have_their_heads_once() -> None:
    cells = [
        "收案数",
        "受理数",
        "收案数",
        "受理数",
        "甲局",
        "31",
        "28",
        "乙局",
        "9",
        "7",
        "丙局",
        "5",
        "5",
        "丁局",
        "2",
        "0",
    ]
    text = "云汀县2024年行政复议统计\n\n表1：部门行政复议案件情况\n" + "\n".join(cells)
    assert [label for _, _, label in _labels(text)] == [
        f"{head}（{name}）" for name in ("甲局", "乙局", "丙局", "丁局") for head in ("收案数", "受理数")
    ]


def test_a_long_aside_in_brackets_does_not_end_a_table() -> None:
    cells = [
        "事项",
        "自然人",
        "企业",
        "总计",
        "（一）公开（能区分的，只算一次，不算其他）",
        "3",
        "1",
        "4",
        "（二）不公开",
        "2",
        "0",
        "2",
    ]
    found = _labels("云汀县2024年信息公开年报\n\n办理情况\n" + "\n".join(cells))
    assert [text for text, *_ in found] == ["3", "1", "4", "2", "0", "2"]
    assert all("公开" in label for *_, label in found)


def test_trailing_pipes_of_a_sum_do_not_hide_the_table() -> None:
    rows = ["乡镇 | 数量 | 乡镇 | 数量 |", "石门 | 31 | 柳湾 | 12 |", "白渡 | 8 | 青坪 | 5 |", "总计 | 56 | ||"]
    assert [text for text, *_ in _labels("云汀县2024年调解统计\n\n" + "\n".join(rows))] == ["31", "12", "8", "5", "56"]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("结转下年度继续办理 6 1 0 0 0 0 7", 7),
        ("1 2 3 4 5 6 7 下一页", 0),
        ("1 2 3 4 5 6 7", 0),
        ("0577 6123 45 67 89 12", 0),
    ],
)
def test_numbers_with_spaces_between_them_are_a_row(line: str, count: int) -> None:
    assert len(_labels(f"云汀县2024年信息公开年报\n\n办理情况\n\n{line}\n\n二、问题\n")) == count


def test_heads_over_heads_of_one_cell_a_line() -> None:
    cells = ["地区", "2024年", "行政复议", "行政应诉", "收案（件）", "结案（件）", "收案（件）", "结案（件）"]
    cells += ["东关街道", "8", "7", "3", "2", "西关街道", "5", "6", "1", "0"]
    found = _labels("云汀县2024年统计\n\n各街道情况\n" + "\n".join(cells))
    assert [(unit, label) for _, unit, label in found] == [
        ("件", f"{head}（{place}·{over}）")
        for place in ("东关街道", "西关街道")
        for over in ("行政复议", "行政应诉")
        for head in ("收案数", "结案数")
    ]


def test_a_heading_of_the_text_is_no_title_of_a_table() -> None:
    rows = "单位\t2023年（件）\t2024年（件）\n县林业局\t84\t91\n县水利局\t30\t28"
    plain = {label for *_, label in _labels("云汀县2024年法治政府建设年度报告\n一、主要工作\n" + rows)}
    titled = {label for *_, label in _labels("云汀县2024年法治政府建设年度报告\n（一）2024年行政许可情况\n" + rows)}
    assert not any("主要工作" in label for label in plain)
    assert all(label.startswith("行政许可数") for label in titled)


def test_rows_of_numbers_that_nothing_names_are_no_fault() -> None:
    numbers = [Piece(0, 1, "3"), Piece(2, 3, "5")]
    assert all(grid.cells for grid in _Stream([([], numbers)]).grids())
    assert all(grid.cells for grid in _Stream([([], numbers), ([], numbers)]).grids())
