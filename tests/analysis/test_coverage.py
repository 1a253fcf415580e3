"""Coverage against labels that were set by hand, reading the reports, before any output was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.coverage import coverage
from fazhi_analysis.errors import CatalogueError, UnknownNameError

PARTS = "二三四五六七八九十"
LABELS = {
    "159928-2024": "figures figures figures figures figures figures figures mentions figures",
    "990124-2024": "figures figures figures figures figures figures figures mentions mentions",
    "150623-2023": "figures figures figures figures figures figures figures cannot_tell figures",
}
"""The third is real and stored without its text: where there are no figures nothing can be said."""
SEED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "otog_front_2023.txt"


@pytest.mark.parametrize("report", LABELS)
def test_states_agree_with_the_labels_by_hand(report: str) -> None:
    found = coverage(report)
    assert dict(zip(found["part"], found["state"], strict=True)) == dict(
        zip(PARTS, LABELS[report].split(), strict=True)
    )


@pytest.mark.skipif(not SEED.is_file(), reason="the text of the real report is not part of the project")
def test_the_seed_agrees_with_the_labels_by_hand() -> None:
    found = coverage(SEED).set_index("part")["state"]
    assert {part: found[part] for part in PARTS} == dict.fromkeys(PARTS, "figures") | {"九": "nothing"}


def write(folder: Path, *lines: str) -> Path:
    file = folder / "a.txt"
    file.write_text("\n".join(["砚桥县2024年法治政府建设年度报告", *lines]), encoding="utf-8")
    return file


def test_the_three_states_and_their_places(tmp_path: Path) -> None:
    file = write(tmp_path, "一、情况", "受理行政复议案件53件。", "完善突发事件应急预案体系。", "共建共治共享格局形成。")
    found = coverage(file).set_index("part")
    assert found["state"].to_dict() == dict.fromkeys(PARTS, "nothing") | {"七": "figures", "六": "mentions"}
    text = file.read_text(encoding="utf-8")
    ((start, end),) = found.loc["六", "mention_places"]
    assert text[start:end] == "完善突发事件应急预案体系"
    assert found.loc["七", "figure_rows"] == ["m001"]


def test_a_plan_is_a_mention_and_no_figure(tmp_path: Path) -> None:
    file = write(tmp_path, "一、情况", "情况良好。", "二、下一步打算", "2025年开展应急演练20次以上。")
    assert coverage(file).set_index("part").loc["六", "state"] == "mentions"


def test_the_frame_follows_the_year_and_can_be_chosen() -> None:
    assert len(coverage("990124-2024", frame="2015-2020")) == 8
    with pytest.raises(UnknownNameError, match="2015-2020"):
        coverage("990124-2024", frame="1999-2004")


def test_a_frame_of_ones_own(tmp_path: Path) -> None:
    frame = tmp_path / "frame.csv"
    frame.write_text(
        "part,name_zh,words,indicators\n甲,复议,行政复议,reconsideration_*\n乙,机器人,机器人,\n丙,公证,公证,\n丁,普法,法治宣传,\n",
        encoding="utf-8",
    )
    found = coverage("990124-2024", frame=frame).set_index("part")["state"]
    assert found.to_dict() == {"甲": "figures", "乙": "nothing", "丙": "figures", "丁": "mentions"}


def test_a_faulty_frame_is_refused_with_every_fault(tmp_path: Path) -> None:
    frame = tmp_path / "frame.csv"
    frame.write_text("part,name_zh,words,indicators\n甲,,复议,\n乙,普法,普法,no_such_*\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        coverage("990124-2024", frame=frame)
    assert "第 2 行" in str(raised.value)
    assert "no_such_*" in str(raised.value)


def test_it_takes_a_report_and_an_extraction(tmp_path: Path) -> None:
    file = write(tmp_path, "受理行政复议案件53件。")
    report = fz.read_report(file)
    expected = coverage(file)["state"].tolist()
    assert coverage(report)["state"].tolist() == expected
    assert fz.coverage(fz.extract(report))["state"].tolist() == expected
