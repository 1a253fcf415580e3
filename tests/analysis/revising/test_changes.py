"""Edited pairs of a report: the list of changes is exactly the edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_analysis.analysis.revising.changes import Change, compare_versions
from fazhi_analysis.analysis.revising.pairing import moved
from fazhi_analysis.analysis.revising.version import open_version

BASE = """砚桥县2024年法治政府建设年度报告

一、主要举措
（一）行政复议。全年收到行政复议申请41件，受理38件，审结36件。纠错3件，纠错率8.3%。
（二）行政执法。办理行政处罚案件1203件，罚没金额90.2万元。开展案卷评查2次，评查案卷355件。
（三）普法宣传。举办法治讲座12场，发放宣传资料2.8万余份。培育法律明白人372名。
二、应急管理
组织应急演练33次，参演2100余人次。修订应急预案14个。
各单位宣传场次见下表。

| 主办单位 | 场次（场） |
| --- | --- |
| 乡镇 | 612 |
| 县直部门 | 438 |

三、存在问题
一是普法宣传的针对性不强，形式较为单一。二是乡镇执法人员偏少，专业人才留不住。

四、下一步打算
一是创新普法方式，组建流动普法队。二是充实执法力量，推动执法人员下沉。
"""

EDITS = {
    "one value": [("受理38件", "受理39件")],
    "several values in one sentence": [("1203件，罚没金额90.2万元", "1230件，罚没金额92.0万元")],
    "exact becomes rough": [("组织应急演练33次", "组织应急演练30余次")],
    "a clause is added": [("纠错率8.3%。", "纠错率8.3%，调解和解13件。")],
    "a clause is removed": [("，参演2100余人次", "")],
    "a sentence is added at the head": [("（一）行政复议。", "（一）行政复议。召开复议委员会会议4次。")],
    "a sentence moves": [("修订应急预案14个。", ""), ("（二）行政执法。", "（二）行政执法。修订应急预案14个。")],
    "a problem is reworded": [("形式较为单一", "形式还较为单一")],
    "a plan is added": [("推动执法人员下沉。", "推动执法人员下沉。三是完善复议机制，公开典型案例。")],
    "a problem is dropped": [("二是乡镇执法人员偏少，专业人才留不住。", "")],
    "a unit": [("罚没金额90.2万元", "罚没金额90.2亿元")],
    "a measure word": [("开展案卷评查2次", "开展案卷评查2轮")],
    "a cell of a table": [("| 乡镇 | 612 |", "| 乡镇 | 621 |")],
    "a row of a table is added": [("| 县直部门 | 438 |", "| 县直部门 | 438 |\n| 社会组织 | 57 |")],
    "a row of a table is removed": [("| 县直部门 | 438 |\n", "")],
    "a plan is reworded": [("组建流动普法队", "组建牧区流动普法队")],
    "words change, figures do not": [("全年收到", "一年来共收到")],
    "layout only": [("二、应急管理\n", "二、应急管理\n\n　　")],
    "value and sentence": [("举办法治讲座12场", "举办法治专题讲座15场"), ("修订应急预案14个。", "修订应急预案16个。")],
}
EXPECTED: dict[str, list[tuple[str, str, object, object]]] = {
    "one value": [("figure", "changed", 38, 39)],
    "several values in one sentence": [("figure", "changed", 1203, 1230), ("figure", "changed", 902000, 920000)],
    "exact becomes rough": [("figure", "changed", 33, 30)],
    "a clause is added": [("figure", "added", None, 13)],
    "a clause is removed": [("figure", "removed", 2100, None)],
    "a sentence is added at the head": [("figure", "added", None, 4)],
    "a sentence moves": [("figure", "moved", 14, 14)],
    "a problem is reworded": [
        ("problem", "changed", "普法宣传的针对性不强，形式较为单一", "普法宣传的针对性不强，形式还较为单一")
    ],
    "a plan is added": [("next_step", "added", None, "完善复议机制，公开典型案例")],
    "a problem is dropped": [("problem", "removed", "乡镇执法人员偏少，专业人才留不住", None)],
    "a unit": [("figure", "changed", 902000, 9020000000)],
    "a measure word": [("figure", "changed", 2, 2)],
    "a cell of a table": [("figure", "changed", 612, 621)],
    "a row of a table is added": [("figure", "added", None, 57)],
    "a row of a table is removed": [("figure", "removed", 438, None)],
    "a plan is reworded": [
        ("next_step", "changed", "创新普法方式，组建流动普法队", "创新普法方式，组建牧区流动普法队")
    ],
    "words change, figures do not": [],
    "layout only": [],
    "value and sentence": [("figure", "changed", 12, 15), ("figure", "changed", 14, 16)],
}


def changes(folder: Path, edits: list[tuple[str, str]]) -> list[Change]:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "a.txt").write_text(BASE, encoding="utf-8")
    (folder / "b.txt").write_text(text, encoding="utf-8")
    return compare_versions(open_version(folder / "a.txt"), open_version(folder / "b.txt"))


def shown(change: Change) -> tuple[str, str, object, object]:
    key = "value" if change.what == "figure" else "text"
    return change.what, change.kind, change.old.get(key), change.new.get(key)


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_pair_gives_exactly_its_edits(name: str, tmp_path: Path) -> None:
    assert sorted(map(shown, changes(tmp_path, EDITS[name])), key=str) == sorted(EXPECTED[name], key=str)


@pytest.mark.parametrize("name", EDITS)
def test_the_other_way_round_the_same_rows_change(name: str, tmp_path: Path) -> None:
    """Added becomes removed and the sides change places."""
    changes(tmp_path, EDITS[name])
    back = compare_versions(open_version(tmp_path / "b.txt"), open_version(tmp_path / "a.txt"))
    turned = {"added": "removed", "removed": "added"}
    expected = [(what, turned.get(kind, kind), new, old) for what, kind, old, new in EXPECTED[name]]
    assert sorted(map(shown, back), key=str) == sorted(expected, key=str)


def test_both_places_lead_to_the_figure(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, EDITS["one value"])
    for name, side, printed in (("a.txt", change.old, "38件"), ("b.txt", change.new, "39件")):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text[side["start"] : side["end"]] == printed
        assert side["section"] == "一/（一）"


def test_a_stored_report_and_its_file_are_one_version() -> None:
    stored = open_version("990124-2024")
    file = Path(__file__).parents[3] / "data" / "sample" / "texts" / "990124-2024.md"
    assert compare_versions(stored, open_version(file)) == []


def test_a_swap_moves_one_of_two() -> None:
    assert len(moved({0: 1, 1: 0})) == 1
    assert moved({0: 0, 1: 1, 2: 2}) == set()
    assert moved({}) == set()


def test_without_text_figures_are_paired_by_what_they_count() -> None:
    old, new = open_version("990124-2024"), open_version("990124-2024")
    bare = type(new)("bare", tuple({**row, "quote": ""} for row in new.figures), new.statements, text=None, headings={})
    assert [change for change in compare_versions(old, bare) if change.what == "figure"] == []
