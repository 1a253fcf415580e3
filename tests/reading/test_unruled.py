"""Tables of a PDF that no lines draw, or only some: the same figures as from the table itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading import made_tables as tables
from tests.reading.made_files import AFTER, BEFORE, at, page, pdf
from tests.reading.made_tables import Table

from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Report
from fazhi_analysis.reading import read_report

_ALL = {
    "disclosed": tables.DISCLOSED,
    "requests": tables.REQUESTS,
    "disputes": tables.DISPUTES,
    "enforcement": tables.ENFORCEMENT,
    "reconsideration": tables.RECONSIDERATION,
}


def _figures(report: Report) -> list[tuple[float | None, str, str, str]]:
    return [(q.value, q.unit, q.label, q.period) for q in extract(report).quantities if q.is_metric]


def _sheet(orders: str, rest: str = "") -> str:
    before = "".join(at(line, 80, 760 - 24 * number) for number, line in enumerate(BEFORE))
    after = "".join(at(line, 80, 140 - 24 * number) for number, line in enumerate(AFTER))
    return before + orders + rest + after


def _read(folder: Path, *sheets: str) -> Report:
    return read_report(pdf(folder / "a.pdf", *sheets))


def _words(rows: list[list[tuple[str, float]]], top: float = 600, step: float = 20) -> str:
    """Words with the place of their left edge, row by row."""
    return "".join(at(text, x, top - step * number, 10) for number, row in enumerate(rows) for text, x in row)


@pytest.mark.parametrize("name", _ALL)
def test_a_table_without_lines_means_what_the_table_means(tmp_path: Path, name: str) -> None:
    wanted = _figures(read_report(page(tmp_path / "a.html", tables.html(_ALL[name]))))
    assert _figures(_read(tmp_path, _sheet(tables.drawn(_ALL[name], ruled=False)))) == wanted


def test_three_level_lines_are_no_obstacle(tmp_path: Path) -> None:
    table = tables.RECONSIDERATION
    wanted = _figures(read_report(page(tmp_path / "a.html", tables.html(table))))
    level = "".join(f"60 {y} m 540 {y} l S\n" for y in (664, 622, 560))
    assert _figures(_read(tmp_path, _sheet(tables.drawn(table, ruled=False), level))) == wanted


def test_the_outer_columns_of_a_table_open_at_its_sides_are_read(tmp_path: Path) -> None:
    rows = [["乡镇", "调解（件）", "成功（件）"], ["石门镇", "120", "118"], ["柳湾镇", "95", "94"]]
    orders = "".join(
        at(text, 70 + 150 * column, 605 - 20 * row, 10)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    )
    orders += "".join(f"60 {620 - 20 * row} m 510 {620 - 20 * row} l S\n" for row in range(4))
    orders += "".join(f"{x} 620 m {x} 560 l S\n" for x in (210, 360))
    found = _figures(_read(tmp_path, _sheet(orders)))
    assert [(value, unit) for value, unit, *_ in found] == [(120, "件"), (118, "件"), (95, "件"), (94, "件")]


def test_an_empty_cell_keeps_the_columns_behind_it(tmp_path: Path) -> None:
    rows = [
        [("项目", 80), ("2023年（件）", 200), ("2024年（件）", 320)],
        [("行政裁决", 80), ("15", 230), ("18", 350)],
        [("行政赔偿", 80), ("4", 350)],
        [("行政调解", 80), ("209", 230), ("—", 350)],
    ]
    found = {(value, period) for value, _, _, period in _figures(_read(tmp_path, _sheet(_words(rows))))}
    assert found == {(15, "2023"), (18, "2024"), (4, "2024"), (209, "2023")}


def test_a_name_in_the_middle_of_its_rows_names_them_all(tmp_path: Path) -> None:
    rows = [
        [("领域", 80), ("事项", 180), ("数量（件）", 300)],
        [("许可", 180), ("731", 310)],
        [("市场监管", 80), ("处罚", 180), ("88", 310)],
        [("强制", 180), ("6", 310)],
        [("许可", 180), ("402", 310)],
        [("交通运输", 80), ("处罚", 180), ("35", 310)],
        [("强制", 180), ("2", 310)],
    ]
    report = _read(tmp_path, _sheet(_words(rows)))
    labels = {value: label for value, _, label, _ in _figures(report)}
    scopes = {q.value: q.label + q.scope for q in extract(report).quantities if q.is_metric}
    assert all("市场监管" in scopes[value] for value in (731, 88, 6)), labels
    assert all("交通运输" in scopes[value] for value in (402, 35, 2)), labels


def test_lines_of_one_cell_are_one_name(tmp_path: Path) -> None:
    table: Table = (
        ("指标名称", "数量（件）"),
        ("本年度受理的行政复议申请以及上年度结转的行政复议申请", "61"),
        ("审结", "58"),
    )
    report = _read(tmp_path, _sheet(tables.drawn(table, ruled=False, width=220)))
    assert "本年度受理的行政复议申请以及上年度结转的行政复议申请" in report.text
    assert [value for value, *_ in _figures(report)] == [61, 58]


def test_a_table_goes_on_over_a_page_break(tmp_path: Path) -> None:
    first = [[("事项", 80), ("办结（件）", 300)], [("商事调解", 80), ("1,204", 310)], [("劳动仲裁", 80), ("96", 316)]]
    second = [[("土地纠纷", 80), ("7", 322)], [("邻里纠纷", 80), ("2,310", 310)]]
    before = "".join(at(line, 80, 760 - 24 * number) for number, line in enumerate(BEFORE))
    report = _read(tmp_path, before + _words(first, top=120), _words(second, top=740) + at(AFTER[0], 80, 300))
    assert len(report.grids) == 1
    assert [(value, unit) for value, unit, *_ in _figures(report)] == [
        (1204, "件"),
        (96, "件"),
        (7, "件"),
        (2310, "件"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [[("联系电话：0577-61234567", 80), ("邮编：325100", 320)], [("地址：环城路18号", 80), ("传真：61234568", 320)]],
        [[("局　长", 80), ("副局长", 240), ("主　任", 400)], [("王小安", 80), ("李大成", 240), ("赵一民", 400)]],
        [[("全年开展法治宣传三十六场，发放资料一万二千份", 80)], [("受众达到四万人次，成效明显", 80)]],
    ],
)
def test_what_only_stands_in_columns_is_no_table(tmp_path: Path, rows: list[list[tuple[str, float]]]) -> None:
    assert _read(tmp_path, _sheet(_words(rows))).grids == ()
