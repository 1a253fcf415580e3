"""What a follow-up may say and when: figures first, doubts heard, silence proves nothing without a text."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_analysis as fz
from fazhi_analysis.analysis.following.figures import Figures, doubts_of, settle
from fazhi_analysis.analysis.following.follow_up import COLUMNS, follow_up
from fazhi_analysis.analysis.following.matching import Entry, compare_entries
from fazhi_analysis.analysis.following.passages import Body, done, mentioned
from fazhi_analysis.analysis.following.reasons import REASONS, VERDICTS
from fazhi_analysis.analysis.following.threads import threads
from fazhi_analysis.errors import UnknownNameError, UsageError

PLACE = {"region_code": "990124", "region": "云岭省望溪市砚桥县"}
STATEMENT = ["row_id", "report_id", "region_code", "region", "year", "kind", "ordinal", "text", "theme", "cause"]


def statement(name: str, year: int, text: str, kind: str = "problem", **more: Any) -> dict[str, Any]:
    start = more.pop("start", 0)
    letter = "p" if kind == "problem" else "n"
    row = {"row_id": f"990124-{year}:{name}", "report_id": f"990124-{year}", **PLACE, "year": year, "kind": kind}
    place = {"start": start, "end": start + len(text), "parts": [], "answers": []}
    return row | {"ordinal": int(name.lstrip(letter) or 1), "text": text, "theme": "", "cause": ""} | place | more


def metric(name: str, year: int, value: float, **more: Any) -> dict[str, Any]:
    row = {"row_id": f"990124-{year}:{name}", "report_id": f"990124-{year}", **PLACE, "year": year}
    row |= {
        "indicator_id": "officers_trained",
        "label": "培训执法人员数",
        "value": value,
        "lower": value,
        "upper": value,
    }
    row |= {"unit": "名", "qualifier": "exact", "kind": "count", "is_metric": True, "role": "result", "change": "level"}
    row |= {"period": "", "scope": "", "section": "", "item": "", "start": 500, "end": 504, "quote": ""}
    return row | {"duplicate_of": ""} | more


def at_least(value: float, year: int = 2023, **more: Any) -> dict[str, Any]:
    goal = {"upper": math.inf, "qualifier": "over", "role": "target", "start": 5, "end": 9}
    return metric("m900", year, value, **(goal | more))


def followed(statements: list[dict[str, Any]], metrics: list[dict[str, Any]] = [], **more: Any) -> list[dict[str, Any]]:  # noqa: B006
    frame = pd.DataFrame(metrics or [metric("m001", 2020, 1)])
    options = {"texts": {}, "findings": {}} | more
    rows = follow_up(pd.DataFrame(statements), frame, **options).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


# figures


@pytest.mark.parametrize(
    ("goal", "result", "outcome", "reason"),
    [
        (at_least(400), metric("m1", 2024, 402), "kept", "target_met"),
        (at_least(400), metric("m1", 2024, 352), "contradicted", "target_missed"),
        (at_least(400), metric("m1", 2024, 400), "kept", "target_met"),
        (at_least(350), metric("m1", 2024, 300, upper=399, qualifier="over"), "open", "figure_open"),
        (at_least(300), metric("m1", 2024, 300, upper=399, qualifier="over"), "kept", "target_met"),
        (at_least(400), metric("m1", 2024, 402, indicator_id="penalty_cases"), "open", "figure_missing"),
        (at_least(400), metric("m1", 2024, 402, unit="件"), "open", "figure_missing"),
        (at_least(400), metric("m1", 2024, 402, scope="县本级"), "open", "figure_other_scope"),
        (at_least(400), metric("m1", 2024, 402, change="yoy_abs"), "open", "figure_missing"),
        (at_least(400, period="2025"), metric("m1", 2024, 402), "open", "other_year"),
        (at_least(50, quote="新增执法人员50名"), metric("m1", 2024, 402), "open", "figure_other_kind"),
        (metric("m9", 2023, 30, role="plan"), metric("m1", 2024, 30), "kept", "target_met"),
        (metric("m9", 2023, 30, role="plan"), metric("m1", 2024, 29), "contradicted", "target_missed"),
        (metric("m9", 2023, 5, lower=0, role="target", qualifier="under"), metric("m1", 2024, 4), "kept", "target_met"),
        (metric("m9", 2023, 5, lower=0, role="target", qualifier="under"), metric("m1", 2024, 6), "contradicted", ""),
    ],
)
def test_promised_figures(goal: dict[str, Any], result: dict[str, Any], outcome: str, reason: str) -> None:
    found = settle(goal, Figures((result,)), 2024)
    assert found.outcome == outcome
    assert reason in ("", found.reason)


def test_a_promise_on_a_rate_where_lower_is_better() -> None:
    rate = {"indicator_id": "litigation_loss_rate", "unit": "%", "kind": "rate"}
    goal = metric("m9", 2023, 10, role="plan", quote="败诉率降至10%", **rate)
    assert settle(goal, Figures((metric("m1", 2024, 9, lower=8.5, upper=9.5, **rate),)), 2024).outcome == "kept"
    assert (
        settle(goal, Figures((metric("m1", 2024, 15, lower=14.5, upper=15.5, **rate),)), 2024).outcome == "contradicted"
    )


@pytest.mark.parametrize(
    ("promised", "reported", "value", "outcome"),
    [
        ("检查频次下降10%", "检查次数下降12.4%", 12.4, "kept"),
        ("检查频次下降10%", "检查次数下降8%", 8, "contradicted"),
        ("检查频次下降10%", "检查次数增长12.4%", 12.4, "contradicted"),
        ("检查频次10%", "检查次数下降12.4%", 12.4, "open"),
    ],
)
def test_a_promised_change_must_go_its_way(promised: str, reported: str, value: float, outcome: str) -> None:
    share = {"unit": "%", "kind": "rate", "change": "yoy_pct"}
    goal = metric("m9", 2023, 10, role="plan", quote=promised, **share)
    assert settle(goal, Figures((metric("m1", 2024, value, quote=reported, **share),)), 2024).outcome == outcome


def test_conflicting_figures_settle_nothing() -> None:
    found = settle(at_least(400), Figures((metric("m1", 2024, 402), metric("m2", 2024, 380))), 2024)
    assert (found.outcome, found.reason) == ("open", "figure_conflict")


def finding(rule: str, *values: float) -> dict[str, Any]:
    evidence = [{"row": f"990124-2024:m{number}", "value": value} for number, value in enumerate(values, 1)]
    return {"id": f"{rule}-1", "rule": rule, "severity": "error", "status": "open", "evidence": evidence}


def test_a_doubted_figure_keeps_no_promise_but_may_still_break_one() -> None:
    rate = {"indicator_id": "appeals_completion_rate", "unit": "%", "kind": "rate"}
    printed = metric("m1", 2024, 99.42, lower=99.415, upper=99.425, **rate)
    doubts = doubts_of([finding("ratio", 99.42, 4055, 4120)])
    goal = at_least(99, **(rate | {"upper": 100}))
    found = settle(goal, Figures((printed,), doubts), 2024)
    assert (found.outcome, found.reason, found.findings) == ("open", "figure_doubtful", ("ratio-1",))
    stricter = settle(at_least(99.9, **(rate | {"upper": 100})), Figures((printed,), doubts), 2024)
    assert stricter.outcome == "contradicted"


def test_a_dismissed_or_confirmed_finding_is_no_doubt() -> None:
    assert doubts_of([finding("ratio", 99.42, 4055, 4120) | {"status": "dismissed"}]) == {}
    assert doubts_of([finding("ratio", 99.42, 4055, 4120) | {"severity": "confirmed"}]) == {}


@given(goal=st.integers(1, 500), low=st.integers(0, 500), width=st.integers(0, 100), at=st.floats(0, 1))
def test_a_settled_promise_holds_for_every_value_of_the_interval(goal: int, low: int, width: int, at: float) -> None:
    result = metric("m1", 2024, low, upper=low + width, qualifier="over")
    outcome = settle(at_least(goal), Figures((result,)), 2024).outcome
    value = low + at * width
    assert outcome != "kept" or value >= goal
    assert outcome != "contradicted" or value < goal
    assert (outcome == "open") is (low < goal <= low + width)


# statements


def test_every_verdict_but_cannot_tell_has_evidence_in_both_reports() -> None:
    table = fz.follow_up(fz.load_statements(), fz.load_metrics())
    assert set(table["verdict"]) <= set(VERDICTS)
    assert set(table["reason"]) <= set(REASONS)
    settled = table[table["verdict"] != "cannot_tell"]
    assert len(settled) > 30
    for row in settled.to_dict("records"):
        assert {piece["report_id"] for piece in row["evidence"]} >= {row["report_id"]}
        assert any(piece["report_id"] != row["report_id"] for piece in row["evidence"])


def test_no_earlier_report_no_rows() -> None:
    table = follow_up(fz.load_statements(), fz.load_metrics(), "鄂托克前旗")
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 0


def test_figures_without_statements_have_no_rows() -> None:
    assert len(follow_up(fz.load_statements(), fz.load_metrics(), "延庆区")) == 0


def test_without_entries_or_text_nothing_is_settled() -> None:
    table = follow_up(fz.load_statements(), fz.load_metrics(), "光明区", 2022)
    whole = table[table["part"] == 0]
    assert set(whole["verdict"]) == {"cannot_tell"}
    assert set(whole[whole["kind"] == "problem"]["reason"]) == {"no_statements"}
    assert set(whole[whole["kind"] == "next_step"]["reason"]) == {"no_text"}


def test_silence_counts_only_where_the_text_is_kept() -> None:
    promise = statement("n1", 2023, "建成行政复议规范化办案场所", "next_step")
    other = statement("n1", 2024, "推进政务公开标准化", "next_step", start=40)
    text = "依法办理信访事项三十件。" + "　" * 28 + other["text"]
    assert text[40:].startswith(other["text"])
    assert followed([promise, other])[0]["reason"] == "no_text"
    kept = followed([promise, other], texts={"990124-2024": text})[0]
    assert (kept["verdict"], kept["reason"]) == ("dropped", "not_in_text")
    assert [piece["row"] for piece in kept["evidence"]] == [promise["row_id"], other["row_id"]]


def test_a_text_that_does_not_hold_the_entries_is_not_used() -> None:
    promise = statement("n1", 2023, "建成行政复议规范化办案场所", "next_step")
    other = statement("n1", 2024, "推进政务公开标准化", "next_step", start=40)
    found = followed([promise, other], texts={"990124-2024": "这是另一份文件。" * 20})[0]
    assert found["reason"] == "no_text"


def test_a_promise_is_kept_by_what_the_text_says_and_only_if_it_is_new() -> None:
    promise = statement("n1", 2023, "制定重大行政决策后评估办法", "next_step", start=30)
    text = "印发《重大行政决策后评估办法》，明确标准。" + "　" * 40
    earlier = "　" * 30 + promise["text"]
    step = statement("n1", 2024, "推进政务公开标准化", "next_step", start=len(text))
    texts = {"990124-2023": earlier, "990124-2024": text + step["text"]}
    found = followed([promise, step], texts=texts)[0]
    assert (found["verdict"], found["reason"]) == ("kept", "done_in_text")
    assert found["evidence"][1]["text"] == "印发《重大行政决策后评估办法》"
    again = texts | {"990124-2023": "已印发《重大行政决策后评估办法》并实施。".ljust(30, "　") + promise["text"]}
    assert followed([promise, step], texts=again)[0]["verdict"] == "cannot_tell"


def test_a_figure_settles_before_repetition_does() -> None:
    text = "全年培训执法人员400名以上"
    before = statement("n1", 2023, text, "next_step")
    after = statement("n1", 2024, text, "next_step", start=900)
    goal, result = at_least(400), metric("m001", 2024, 352)
    assert followed([before, after])[0]["verdict"] == "repeated"
    found = followed([before, after], [goal, result])[0]
    assert found["verdict"] == "contradicted"
    assert {piece["row"] for piece in found["evidence"]} == {before["row_id"], goal["row_id"], result["row_id"]}


def test_a_part_that_no_figure_settles_is_reported_as_open() -> None:
    parts = [{"text": "培训执法人员400名以上", "start": 0, "end": 12}, {"text": "健全培训机制", "start": 13, "end": 19}]
    step = statement("n1", 2023, "培训执法人员400名以上，健全培训机制", "next_step", parts=parts)
    later = statement("n1", 2024, "推进政务公开标准化", "next_step", start=900)
    whole, first, second = followed([step, later], [at_least(400), metric("m001", 2024, 402)])
    assert (whole["verdict"], whole["extent"]) == ("kept", "part")
    assert (first["part"], first["verdict"]) == (1, "kept")
    assert (second["part"], second["verdict"]) == (2, "cannot_tell")


def test_a_problem_with_a_neighbour_on_its_subject_is_not_called_dropped() -> None:
    before = statement("p1", 2023, "执法程序不够规范，文书制作粗糙")
    near = statement("p1", 2024, "执法人员数量偏少", start=30)
    far = statement("p1", 2024, "政务公开不够及时", start=30)
    assert followed([before, near])[0]["verdict"] == "cannot_tell"
    assert followed([before, far])[0]["verdict"] == "dropped"


def test_the_cause_is_not_part_of_the_matter() -> None:
    before = statement("p1", 2023, "普法形式单一，主要原因是经费不足", cause="主要原因是经费不足")
    after = statement("p1", 2024, "普法形式仍较单一", start=30)
    row = followed([before, after])[0]
    assert (row["text"], row["wording"]) == ("普法形式单一", "near_verbatim")


def test_chains_run_over_years_that_have_no_entries() -> None:
    rows = [statement("p1", year, "普法形式较为单一", start=30) for year in (2019, 2021, 2022)]
    figures = [metric("m001", 2020, 5)]
    found = {(row["year"], row["later_year"]): row for row in followed(rows, figures)}
    assert found[(2019, 2021)]["verdict"] == "repeated"
    assert found[(2021, 2022)]["first_year"] == 2019
    assert found[(2021, 2022)]["age"] == 4
    assert found[(2019, 2020)]["reason"] == "no_statements"


def test_order_of_rows_changes_nothing() -> None:
    statements, metrics = fz.load_statements(regions="霁原旗"), fz.load_metrics(regions="霁原旗")
    once = follow_up(statements, metrics, year=2024, baseline=2023, findings={})
    again = follow_up(statements.iloc[::-1], metrics.iloc[::-1], year=2024, baseline=2023, findings={})
    keys = ["row_id", "part", "verdict", "wording", "extent", "reason", "later_row", "age"]
    order = ["row_id", "part"]
    left = once[keys].sort_values(order).astype(str).reset_index(drop=True)
    pd.testing.assert_frame_equal(left, again[keys].sort_values(order).astype(str).reset_index(drop=True))


def test_wrong_requests_say_what_exists() -> None:
    statements, metrics = fz.load_statements(), fz.load_metrics()
    with pytest.raises(UnknownNameError, match="霁原旗"):
        follow_up(statements, metrics, "霁源旗")
    with pytest.raises(UnknownNameError, match="2024"):
        follow_up(statements, metrics, year=1999)
    with pytest.raises(UsageError):
        follow_up(statements, metrics, year=2023, baseline=2024)


# sentences


@pytest.mark.parametrize("text", ["", "，。", "进一步加强工作", "12345", "一是"])
def test_empty_wording_is_like_nothing(text: str) -> None:
    assert not compare_entries(Entry.of(text), Entry.of("普法形式单一")).same
    assert done(text, Body.of("印发工作办法。")) is None
    assert mentioned(text, Body.of("印发工作办法。"))[0] == 0.0


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_does_not_depend_on_the_side(one: str, other: str) -> None:
    left, right = compare_entries(Entry.of(one), Entry.of(other)), compare_entries(Entry.of(other), Entry.of(one))
    assert left == right
    assert 0 <= left.score <= 1


@given(st.text("普法执培训人员形式单一不足复议应诉力量编制0123，、", min_size=4, max_size=30))
def test_a_sentence_is_never_different_from_itself(text: str) -> None:
    assert compare_entries(Entry.of(text), Entry.of(text)).kind != "different"


def test_entries_that_say_nothing_in_particular_settle_nothing() -> None:
    vague = statement("p1", 2024, "工作还存在一些不足", start=30)
    assert followed([statement("p1", 2023, "普法形式较为单一"), vague])[0]["verdict"] == "cannot_tell"
    assert followed([vague | {"year": 2023, "report_id": "990124-2023", "row_id": "990124-2023:p1"},
                     statement("p1", 2024, "普法形式较为单一", start=30)])[0]["verdict"] == "cannot_tell"  # fmt: skip


# threads


def test_threads_join_what_is_repeated() -> None:
    statements = fz.load_statements(regions="霁原旗")
    table = follow_up(statements, fz.load_metrics(regions="霁原旗"), findings={})
    found = threads(table.to_dict("records"), statements.to_dict("records"), "problem")
    assert [(one.first, one.last, one.age) for one in found[:3]] == [(2021, 2024, 4), (2021, 2023, 3), (2023, 2024, 2)]
    assert found[0].states == {2021: "first", 2022: "reworded", 2023: "near_verbatim", 2024: "reworded"}
    assert found[1].states[2024] == "cannot_tell"
    entries = [name for one in found for names in one.entries.values() for name in names]
    assert sorted(entries) == sorted(statements[statements["kind"] == "problem"]["row_id"])


@pytest.mark.parametrize(("cases", "promised", "outcome"), [(50, 100, "kept"), (40, 80, "kept"), (39.98, 80, "open")])
def test_counts_that_the_audit_ties_to_a_rate_keep_a_promise_that_its_rounding_leaves_open(
    cases: float, promised: float, outcome: str
) -> None:
    rate = {"indicator_id": "", "label": "行政机关负责人出庭应诉率", "unit": "%", "kind": "rate"}
    ends = {"lower": promised - 0.5, "upper": min(100, promised + 0.5)}
    step = statement("n1", 2023, "行政机关负责人出庭应诉率达到百分之百", "next_step")
    goal = metric("m9", 2023, promised, role="target", start=5, end=9, **rate)
    counts = [
        metric("m2", 2024, cases, indicator_id="", label="负责人出庭", unit="件"),
        metric("m3", 2024, 50, indicator_id="", label="应诉案件", unit="件"),
    ]
    given = [metric("m1", 2024, promised, **rate, **ends), *counts]
    pieces = [{"row": f"990124-2024:{name}", "value": None} for name in ("m1", "m2", "m3")]
    tied = {"id": "f", "rule": "ratio", "severity": "confirmed", "status": "open", "evidence": pieces}
    (row,) = [one for one in followed([step], [goal, *given], findings={"990124-2024": [tied]}) if not one["part"]]
    assert row["reason"] == ("target_met" if outcome == "kept" else "figure_open")
    shown = [piece["row"].partition(":")[2] for piece in row["evidence"] if piece["role"] == "figure"]
    assert shown == (["m1", "m2", "m3"] if outcome == "kept" else ["m1"])
    (alone,) = [one for one in followed([step], [goal, *given]) if not one["part"]]
    assert alone["reason"] == "figure_open"


def test_a_second_source_of_a_year_promises_nothing_twice() -> None:
    problems = [statement("p1", 2023, "普法形式较为单一"), statement("p1", 2024, "普法形式仍较单一")]
    again = problems + [
        {**row, "report_id": f"{row['report_id']}-b1c2", "row_id": f"{row['row_id']}b"} for row in problems
    ]
    assert len(followed(problems)) == len(followed(again)) == 1
    assert {row["report_id"] for row in followed(again)} == {"990124-2023"}
