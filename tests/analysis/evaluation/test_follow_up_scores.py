"""A follow-up against promises that a person judged: counts, slips, missing texts, and tables that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi_analysis.analysis.evaluation.follow_up_scores import COLUMNS, TABLE, evaluate_follow_up, verdict_at
from fazhi_analysis.analysis.following.reasons import VERDICTS
from fazhi_analysis.cli import main
from fazhi_analysis.errors import DataError

EARLIER = """云汀县2023年法治政府建设年度报告
一、主要工作
受理行政复议申请38件。
二、存在的问题
一是基层执法力量不足。
三、下一步工作
一是组织执法人员培训不少于200人次。二是新建司法所5个。三是开展涉企政策宣讲。
"""
LATER = """云汀县2024年法治政府建设年度报告
一、主要工作
受理行政复议申请42件。组织执法人员培训260人次。新建司法所3个。
二、存在的问题
一是数字化应用水平不高。
三、下一步工作
一是完善行政执法监督机制。
"""
FOLLOWING = Path(__file__).resolve().parents[1] / "following"


def line(words: str, verdict: str, later: str = "b.txt") -> str:
    start = EARLIER.index(words)
    return f"a.txt,{later},990125,2023,2024,{start},{start + len(words)},{verdict},简称"


def write(folder: Path, *lines: str, texts: bool = True) -> Path:
    (folder / TABLE).write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    if texts:
        for name, text in (("a.txt", EARLIER), ("b.txt", LATER)):
            (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def test_verdicts_are_counted_and_slips_are_named(tmp_path: Path) -> None:
    gold = write(
        tmp_path,
        line("不少于200人次", "kept"),
        line("5个", "contradicted"),
        line("开展涉企政策宣讲", "kept"),
        line("基层执法力量不足", "dropped|cannot_tell"),
    )
    result = evaluate_follow_up(gold)
    assert (result.judged, result.right) == (4, 3)
    assert (result.said["kept"], result.said_right["kept"], result.due["kept"], result.found["kept"]) == (1, 1, 2, 1)
    assert result.precision("kept", "contradicted") == 1
    assert result.recall("kept", "contradicted") == pytest.approx(2 / 3)
    (slip,) = result.slips
    assert (slip.earlier, slip.start, slip.expected) == ("a.txt", EARLIER.index("开展涉企"), "kept")
    assert "有据落实" in result.text()
    assert "kept, with evidence" in result.text("en")


def test_the_command_prints_the_same_as_json(tmp_path: Path) -> None:
    gold = write(tmp_path, line("不少于200人次", "kept"))
    done = CliRunner().invoke(main, ["evaluate", "--follow-up", str(gold), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["judged"], found["right"], found["verdicts"]["kept"]["precision"]) == (1, 1, 1.0)


def test_texts_may_lie_elsewhere_and_missing_ones_are_named(tmp_path: Path) -> None:
    texts, gold = tmp_path / "texts", tmp_path / "gold"
    for folder in (texts, gold):
        folder.mkdir()
    write(texts)
    write(gold, line("不少于200人次", "kept"), line("5个", "kept", later="c.txt"), texts=False)
    result = evaluate_follow_up(gold, texts)
    assert (result.judged, result.missing) == (1, ("c.txt",))
    assert "c.txt" in result.text()


@pytest.mark.parametrize(
    "lines", [["a.txt,b.txt,990125,2023,2024,x,9,kept,简称"], ["a.txt,b.txt,,2023,2024,1,9,done,简称"]]
)
def test_a_line_that_is_no_judged_promise_is_an_error(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(DataError, match="2"):
        evaluate_follow_up(write(tmp_path, *lines))


def test_no_table_no_texts_and_texts_without_follow_up(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"follow_up\.csv"):
        evaluate_follow_up(tmp_path)
    with pytest.raises(DataError, match=r"a\.txt"):
        evaluate_follow_up(write(tmp_path, line("5个", "kept"), texts=False))
    wrong = CliRunner().invoke(main, ["evaluate", str(tmp_path), "--texts", str(tmp_path)])
    assert wrong.exit_code == 2


def test_what_another_figure_settled_says_nothing_of_this_one() -> None:
    own = {"role": "promise", "start": 0, "end": 50}
    row = {"start": 0, "end": 50, "verdict": "kept", "evidence": [own, {"role": "promise", "start": 10, "end": 14}]}
    assert verdict_at([row], 10, 14) == "kept"
    assert verdict_at([row], 20, 24) == "cannot_tell"
    assert verdict_at([{**row, "verdict": "repeated", "evidence": [own]}], 20, 24) == "repeated"
    assert verdict_at([], 0, 5) == "cannot_tell"


@pytest.mark.parametrize(("name", "count"), [("real_pairs", 121), ("real_verdicts", 97)])
def test_the_judged_promises_of_real_reports_hold_no_text(name: str, count: int) -> None:
    lines = (FOLLOWING / name / TABLE).read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(COLUMNS, one.split(","), strict=True)) for one in lines[1:]]
    assert len({(row["earlier"], row["later"]) for row in rows}) >= 8
    assert len(rows) == count
    assert all(set(row["verdict"].split("|")) <= set(VERDICTS) for row in rows)
    assert max(len(row["label"]) for row in rows) <= 12
