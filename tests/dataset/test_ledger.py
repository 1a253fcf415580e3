"""The ledger: every human touch recorded, guarded, applied, and never silently lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_analysis.dataset.correcting import apply_corrections
from fazhi_analysis.dataset.ledger import (
    Ledger,
    add_correction,
    add_judgement,
    judge,
    ledger_path,
    load_ledger,
    unanswered,
)
from fazhi_analysis.dataset.ledger_entries import Correction
from fazhi_analysis.errors import LedgerError
from fazhi_analysis.model import Finding

ID = "159928-2023"
GOOD = """
- correct: {start: 10}
  from: {value: 16}
  to: {value: 18}
  why: 核对
  who: 张三
  date: 2024-05-06
- judge: ratio-1
  status: dismissed
  comment: 口径不同
  who: 李四
  date: 2024-05-07
- remove: {label: 会议次数}
  from: {value: 5}
  why: 不是指标
  who: 张三
  date: 2024-05-08
"""


def rows() -> list[dict[str, object]]:
    def row(number: int, label: str, value: float, start: int, **more: object) -> dict[str, object]:
        ends = {"value": value, "lower": value, "upper": value, "qualifier": "exact", "origin": "text"}
        return {"row_id": f"{ID}:m{number:03d}", "label": label, **ends, "start": start, "end": start + 3} | more

    return [
        row(1, "败诉案件数", 16.0, 10),
        row(2, "会议次数", 5.0, 20),
        row(3, "培训人次", 300.0, 30, upper=399.0, qualifier="over"),
        row(4, "培训人次", 8.0, 40),
    ]


@pytest.fixture
def data(store, figure) -> Path:
    return store(
        ID,
        metrics=[
            figure(16, start=10, end=13),
            figure(5, label="会议次数", start=20, end=22),
            figure(7, label="无位置"),
        ],
        source={"digest": "ab" * 32},
    )


def write(data: Path, text: str) -> Path:
    path = ledger_path(data, ID)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_corrections_removals_and_judgements(data: Path) -> None:
    write(data, GOOD)
    ledger = load_ledger(data, ID)
    applied = apply_corrections(rows(), ledger.corrections)
    assert [(row["label"], row["value"], row["lower"], row["upper"], row["origin"]) for row in applied.rows] == [
        ("败诉案件数", 18, 18, 18, "corrected"),
        ("培训人次", 300, 300, 399, "text"),
        ("培训人次", 8, 8, 8, "text"),
    ]
    assert [(done["action"], done["who"], done["date"]) for done in applied.done] == [
        ("correct", "张三", "2024-05-06"),
        ("remove", "张三", "2024-05-08"),
    ]
    found = [Finding("ratio-1", "ratio", "error", "不", "no"), Finding("sum-1", "sum", "error", "不", "no")]
    assert [(one.status, one.comment) for one in judge(found, ledger)] == [("dismissed", "口径不同"), ("open", "")]
    assert unanswered(found, ledger) == []
    assert [entry.finding for entry in unanswered(found[1:], ledger)] == ["ratio-1"]


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("correct: {start: 11}\n  from: {value: 16}\n  to: {value: 18}", ["没有 start=11 的行", "可能已变"]),
        ("correct: {label: 培训人次}\n  from: {value: 8}\n  to: {value: 9}", ["有 2 个", "start 和 end"]),
        ("correct: {start: 10}\n  from: {value: 17}\n  to: {value: 18}", ["value 应为 17，现为 16"]),
        (
            "correct: {start: 10}\n  from: {value: 16, label: 胜诉}\n  to: {value: 18}",
            ["label 应为 胜诉，现为 败诉案件数"],
        ),
        ("correct: {start: 30}\n  from: {value: 300}\n  to: {value: 500}", ["在原区间之外", "lower 和 upper"]),
        ("correct: {start: 10}\n  from: {value: 16}\n  to: {value: 18}\n  source: cdcd", ["另一份文件"]),
    ],
)
def test_an_expectation_that_no_longer_holds(data: Path, entry: str, parts: list[str]) -> None:
    write(data, f"- {entry}\n  why: 核对\n  who: 张三\n  date: 2024-05-06\n")
    with pytest.raises(LedgerError) as caught:
        apply_corrections(rows(), load_ledger(data, ID).corrections, "ab" * 32)
    for part in [f"corrections/{ID}.yaml 第 1 条", *parts]:
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_corrections_build_on_each_other_in_order(data: Path) -> None:
    shared = "why: 核对\n  who: 张三\n  date: 2024-05-06\n"
    write(
        data,
        f"- correct: {{start: 30}}\n  from: {{value: 300}}\n  to: {{value: 350, lower: 350, upper: 360}}\n  {shared}"
        f"- correct: {{start: 30}}\n  from: {{value: 350}}\n  to: {{scope: 旗本级}}\n  {shared}",
    )
    row = apply_corrections(rows(), load_ledger(data, ID).corrections).rows[2]
    assert (row["value"], row["lower"], row["upper"], row["scope"]) == (350, 350, 360, "旗本级")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- correct: {start: 1", ["不是有效的 YAML"]),
        ("correct: x", ["应为列表"]),
        ("- 5", ["第 1 条应为一组键值"]),
        ("- fix: {start: 1}", ["第 1 条应以 correct、remove、judge、sign、rectify 之一开头"]),
        ("- correct: {start: 1}\n  from: {value: 1}\n  to: {value: 2}\n  who: 张三", ["缺 date、why"]),
        (GOOD.replace("to: {value: 18}", "to: {value: 十八}"), ["to 中 value 的值 '十八' 不合类型"]),
        (GOOD.replace("to: {value: 18}", "to: {report_id: x}"), ["report_id 不是可用的列"]),
        (GOOD.replace("to: {value: 18}", "to: {qualifier: some}"), ["'some' 不在 exact"]),
        (GOOD.replace("dismissed", "maybe"), ["第 2 条status 应为 open、accepted、dismissed 之一"]),
        (GOOD.replace("  why: 不是指标\n", "  reason: x\n"), ["第 3 条有不认识的键 reason", "第 3 条缺 why"]),
    ],
)
def test_a_ledger_that_is_wrong_says_all_that_is(data: Path, text: str, parts: list[str]) -> None:
    write(data, text)
    with pytest.raises(LedgerError) as caught:
        load_ledger(data, ID)
    for part in parts:
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_ledger_in_another_encoding(data: Path) -> None:
    write(data, "").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(LedgerError, match="不是有效的 YAML"):
        load_ledger(data, ID)


def test_no_file_is_an_empty_ledger(data: Path) -> None:
    assert load_ledger(data, ID) == Ledger()


def test_recording_keeps_what_a_person_wrote(data: Path) -> None:
    path = write(data, "# 我的批注\n" + GOOD.strip())
    entry = add_correction(
        data, ID, {"row_id": f"{ID}:m001"}, {"value": 17.5}, why="核对", who="王五", date="2024-06-01"
    )
    assert (entry.row, entry.old, entry.new) == ({"start": 10, "end": 13}, {"value": 16}, {"value": 17.5})
    assert entry.source == "ab" * 32
    message = add_judgement(data, ID, "sum-1", "accepted", comment="属实", who="王五")
    assert (message.finding, message.status) == ("sum-1", "accepted")
    assert path.read_text(encoding="utf-8").startswith("# 我的批注\n" + GOOD.strip())
    assert len(load_ledger(data, ID).corrections) == 3


def test_recording_a_removal_and_a_row_without_a_place(data: Path) -> None:
    add_correction(data, ID, {"start": 20}, None, why="不是指标", who="王五")
    add_correction(data, ID, {"value": 7}, {"value": 8}, why="核对", who="王五")
    one, other = load_ledger(data, ID).corrections
    assert (one.action, one.row) == ("remove", {"start": 20, "end": 22})
    assert (other.action, other.row, other.new) == ("correct", {"label": "无位置"}, {"value": 8})


@pytest.mark.parametrize(
    ("row", "to", "part"),
    [
        ({"start": 99}, {"value": 1}, "没有 start=99 的行"),
        ({"unit": "件"}, {"value": 1}, "有 3 个"),
        ({"start": 10}, {"year": 2024}, "year 不是可用的列"),
        ({"start": 10}, {"value": "许多"}, "不合类型"),
    ],
)
def test_what_cannot_be_recorded_is_not(data: Path, row, to, part: str) -> None:
    with pytest.raises(LedgerError, match=part):
        add_correction(data, ID, row, to, why="核对", who="王五")
    assert not ledger_path(data, ID).exists()


@pytest.mark.parametrize(
    ("to", "before", "label"),
    [
        ({"indicator_id": "legal_aid_cases"}, "开庭次数", "办理法律援助案件数"),
        ({"indicator_id": "legal_aid_cases"}, "开庭次数同比增幅", "办理法律援助案件数同比增幅"),
        ({"indicator_id": "legal_aid_cases", "label": "办结"}, "开庭次数", "办结"),
        ({"indicator_id": "penalty_cases"}, "开庭次数", "开庭次数"),  # the indicator that it has
        ({"indicator_id": ""}, "开庭次数", "开庭次数"),
        ({"indicator_id": "an_indicator_of_old"}, "开庭次数", "开庭次数"),
        ({"value": 17}, "开庭次数", "开庭次数"),
    ],
)
def test_the_name_follows_the_indicator_unless_one_is_given(to: dict[str, object], before: str, label: str) -> None:
    row = {**rows()[0], "label": before, "indicator_id": "penalty_cases"}
    entry = Correction("correct", {"start": 10}, {name: row[name] for name in to}, to, "核对", "张三", "2024-05-06")
    applied = apply_corrections([row], (entry,))
    assert applied.rows[0]["label"] == label
    (done,) = applied.done
    assert {**applied.rows[0], **done["from"]} | {"origin": "text"} | {
        name: row[name] for name in ("lower", "upper")
    } == row
    assert done["to"].get("label", before) == label


@pytest.mark.parametrize("expected", ["败诉案件数", "办理法律援助案件数"])
def test_a_name_may_still_be_given_after_the_indicator(expected: str) -> None:
    message = ("核对", "张三", "2024-05-06")
    one = Correction(
        "correct", {"start": 10}, {"indicator_id": "litigation_lost"}, {"indicator_id": "legal_aid_cases"}, *message
    )
    other = Correction("correct", {"start": 10}, {"label": expected}, {"label": "法律援助"}, *message)
    row = {**rows()[0], "indicator_id": "litigation_lost"}
    (named,) = apply_corrections([row], (one, other)).rows
    assert (named["label"], named["indicator_id"]) == ("法律援助", "legal_aid_cases")
    wrong = replace(other, old={"label": "开庭次数"})
    with pytest.raises(LedgerError, match="label 应为 开庭次数"):
        apply_corrections([row], (one, wrong))


def test_a_broken_ledger_is_not_written_over(data: Path) -> None:
    path = write(data, "- correct: {")
    with pytest.raises(LedgerError):
        add_judgement(data, ID, "sum-1", "accepted", comment="属实", who="王五")
    assert path.read_text(encoding="utf-8") == "- correct: {"


@pytest.mark.parametrize("name", ["../x", "159928"])
def test_a_ledger_is_named_by_a_report_only(data: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a report id"):
        ledger_path(data, name)


def test_a_value_outside_the_interval_needs_one_of_its_own(store, figure) -> None:
    over = figure(300, lower=300, upper=399, qualifier="over", start=30, end=35)
    data = store(ID, metrics=[over], source={"digest": "ab" * 32})
    with pytest.raises(LedgerError, match="在原区间之外"):
        add_correction(data, ID, {"start": 30}, {"value": 450}, why="核对", who="王五")
    assert not ledger_path(data, ID).exists()
    entry = add_correction(data, ID, {"start": 30}, {"value": 450, "lower": 450, "upper": 499}, why="核对", who="王五")
    assert entry.new == {"value": 450, "lower": 450, "upper": 499}
