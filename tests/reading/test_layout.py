"""From placed pieces of text to running text: headers, columns, tables, paragraphs."""

from __future__ import annotations

import pytest

from fazhi_analysis.reading.layout import lay_out
from fazhi_analysis.reading.page_columns import split_columns
from fazhi_analysis.reading.ruled_tables import find_tables
from fazhi_analysis.reading.segment import Page, Rule, Segment

SIZE = 16.0
LEFT, RIGHT = 80.0, 80.0 + 27 * SIZE


def row(text: str, number: int, *, x: float = LEFT, size: float = SIZE) -> Segment:
    top = 100 + number * 28
    return Segment(text, x, top, x + len(text) * size, top + size, size)


def page(*segments: Segment, label: str = "1") -> Page:
    return Page(segments, 595, 842, label)


FULL = "全县各级行政机关坚持依法行政办结行政复议案件三十二件并组织"


def test_full_line_goes_on_and_short_line_ends() -> None:
    full = FULL[:27]
    laid = lay_out([page(row(full[:25], 0, x=LEFT + 2 * SIZE), row(full, 1), row("执法培训。", 2), row(full, 3))])
    assert laid.text == f"{full[:25]}{full}执法培训。\n{full}\n"


def test_an_indent_begins_a_paragraph_after_a_full_line() -> None:
    full = FULL[:27]
    first, second = row(full[:25], 0, x=LEFT + 2 * SIZE), row(full[:25], 2, x=LEFT + 2 * SIZE)
    assert lay_out([page(first, row(full, 1), second, row(full, 3))]).text.count("\n") == 2


def test_long_word_moved_to_the_next_line_does_not_end_a_paragraph() -> None:
    full = FULL[:27]
    laid = lay_out([page(row(full, 0), row(full[:24], 1), row("98.7654%以上，成效明显。", 2))])
    assert laid.text == f"{full}{full[:24]}98.7654%以上，成效明显。\n"


def test_headers_footers_and_numbers_go_but_text_at_the_edge_stays() -> None:
    def sheet(number: int, text: str) -> Page:
        top = Segment("某县人民政府文件", 200, 40, 340, 52, 12)
        foot = Segment(f"第{number}页 共3页", 260, 800, 320, 812, 12)
        edge = Segment(text, LEFT, 70, RIGHT, 86, SIZE)
        return page(top, edge, foot, label=str(number))

    texts = ["甲" * 27, "乙" * 27, "丙" * 20]
    laid = lay_out([sheet(number + 1, text) for number, text in enumerate(texts)])
    assert laid.text == "".join(texts) + "\n"
    assert laid.pages == ((0, "1"), (27, "2"), (54, "3"))


def test_a_year_in_the_middle_is_no_page_number() -> None:
    assert "2024" in lay_out([page(row("2024", 5))]).text


def test_recognised_pieces_keep_their_confidence() -> None:
    laid = lay_out([page(row("甲乙丙丁", 0)._replace(confidence=0.91), row("戊己", 1)._replace(confidence=0.8))])
    assert [(laid.text[a:b], c) for a, b, c in laid.spans] == [("甲乙丙丁", 0.91), ("戊己", 0.8)]


def test_cells_without_rules_become_tabs() -> None:
    rows = [(row("复议案件", n), row("51", n, x=300), row("68", n, x=400)) for n in range(3)]
    laid = lay_out([page(*(segment for line in rows for segment in line))])
    assert laid.text == "复议案件\t51\t68\n" * 3


def test_title_in_two_lines_is_one() -> None:
    first, second = (
        row("某县人民政府关于二〇二四年度法治政", 0, x=100, size=22),
        row("府建设情况的报告", 1, x=230, size=22),
    )
    body = [row(FULL[:27], n + 3) for n in range(4)]
    assert lay_out([page(first, second, *body)]).text.startswith("某县人民政府关于二〇二四年度法治政府建设情况的报告\n")


@pytest.mark.parametrize("count", [3, 8])
def test_columns_need_lines_of_prose(count: int) -> None:
    left = [Segment("左栏文字都写满了这一行", 50, 100 + 20 * n, 270, 112 + 20 * n, 10) for n in range(count)]
    right = [Segment("右栏文字也写满了这一行", 320, 100 + 20 * n, 540, 112 + 20 * n, 10) for n in range(count)]
    across = Segment("横贯两栏的标题文字横贯两栏的标题文字", 100, 60, 500, 72, 20)
    blocks = split_columns([*right, across, *left])
    assert [block.column for block in blocks] == ([0] if count == 3 else [0, 1, 2])


def test_a_table_is_not_two_columns() -> None:
    cells = [
        Segment(text, x, 100 + 20 * n, x + 60, 112 + 20 * n, 10)
        for n in range(9)
        for text, x in (("案件", 50), ("7", 320))
    ]
    assert [block.column for block in split_columns(cells)] == [0]


def test_ruled_table_between_paragraphs() -> None:
    rules = [Rule(80, y, 500, y) for y in (200, 240, 280)] + [Rule(x, 200, x, 280) for x in (80, 300, 500)]
    cells = [("指标", 85, 205), ("数量", 305, 205), ("行政复议", 85, 245), ("案件", 85, 262), ("68", 305, 245)]
    inside = [Segment(text, x, y, x + 60, y + 14, 14) for text, x, y in cells]
    before, after = Segment("上文。", 80, 150, 130, 164, 14), Segment("下文。", 80, 300, 130, 314, 14)
    laid = lay_out([Page([after, *inside, before], 595, 842, "1", rules)])
    assert laid.text == "上文。\n指标\t数量\n行政复议案件\t68\n下文。\n"


def test_a_frame_is_not_a_table() -> None:
    frame = [Rule(50, y, 500, y) for y in (50, 700)] + [Rule(x, 50, x, 700) for x in (50, 500)]
    tables, rest = find_tables([row("正文。", 2)], frame)
    assert tables == []
    assert len(rest) == 1


def test_nothing_on_the_page() -> None:
    assert lay_out([page()]).text == ""
    assert lay_out([]).text == ""
