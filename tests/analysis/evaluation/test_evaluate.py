"""Scoring against hand-made annotations, in both dialects, and the errors for folders that hold none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.evaluation.evaluate import evaluate
from fazhi_analysis.analysis.evaluation.scores import Scores, score_quantities, score_statements
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Quantity, Statement

KNOWN = frozenset({"a", "b"})


def _gold(start: int, value: float = 5, **more: Any) -> dict[str, Any]:
    row = {"start": start, "end": start + 2, "text": f"{value}件", "value": value, "lower": value, "upper": value}
    return {
        **row,
        "unit": "件",
        "qualifier": "exact",
        "is_metric": True,
        "indicator_ids": ["a"],
        "section": "一",
        **more,
    }


def _found(start: int, value: float = 5, metric: bool = True, name: str = "a", **more: Any) -> Quantity:
    fields: dict[str, Any] = {"section": "一", "indicator_id": name, "unit": "件", "qualifier": "exact", **more}
    kind = "count" if metric else "name"
    unit, qualifier = fields.pop("unit"), fields.pop("qualifier")
    return Quantity(start, start + 2, "5件", value, value, value, unit, qualifier, kind, metric, **fields)  # type: ignore[arg-type]


def test_hit_miss_and_false_alarm() -> None:
    scores, slips = score_quantities([_gold(0), _gold(10)], [_found(0), _found(20)], KNOWN)
    assert (scores.gold, scores.predicted, scores.hits) == (2, 2, 1)
    assert scores.precision == scores.recall == scores.f1 == 0.5
    assert [slip.kind for slip in slips] == ["unlinked", "missed", "false_alarm"]


def test_value_and_unit_must_agree() -> None:
    scores, slips = score_quantities([_gold(0), _gold(10)], [_found(0, 6), _found(10, unit="项")], KNOWN)
    assert scores.hits == 0
    assert [slip.kind for slip in slips] == ["value", "value"]


def test_inferred_unit_counts_as_agreement() -> None:
    scores, _ = score_quantities([_gold(0, unit="", unit_inferred="户")], [_found(0, unit="户")], KNOWN)
    assert scores.hits == 1
    scores, _ = score_quantities([_gold(0, unit="", unit_inferred="户")], [_found(0, unit="")], KNOWN)
    assert scores.hits == 1


def test_optional_rows_count_neither_way() -> None:
    rows = [_gold(0, optional=True), _gold(10, optional=True)]
    scores, slips = score_quantities(rows, [_found(0)], KNOWN)
    assert (scores.gold, scores.predicted, scores.hits, slips) == (0, 0, 0, [])


def test_a_metric_where_the_gold_has_a_name_is_a_false_alarm() -> None:
    scores, slips = score_quantities([_gold(0, is_metric=False)], [_found(0)], KNOWN)
    assert (scores.gold, scores.predicted, scores.hits) == (0, 1, 0)
    assert [slip.kind for slip in slips] == ["false_alarm"]


def test_each_prediction_is_used_once_and_the_best_overlap_first() -> None:
    wide = Quantity(0, 6, "5件", 5, 5, 5, "件", "exact", "count", True, indicator_id="a", section="一")
    exact = _found(4)
    scores, _ = score_quantities([_gold(0), _gold(4)], [exact, wide], KNOWN)
    assert (scores.hits, scores.span_right) == (2, 1)


def test_linking_counts() -> None:
    rows = [_gold(0), _gold(10, indicator_ids=[""]), _gold(20, indicator_ids=["b", ""]), _gold(30)]
    found = [_found(0), _found(10, name="b"), _found(20, name=""), _found(30, name="")]
    scores, _ = score_quantities(rows, found, KNOWN)
    assert (scores.linkable, scores.linked_right, scores.linked_wrong, scores.link_accurate) == (3, 2, 1, 2)


def test_ids_outside_the_table_count_as_none() -> None:
    scores, _ = score_quantities([_gold(0, indicator_ids=[""])], [_found(0, name="newer_indicator")], KNOWN)
    assert (scores.linked_wrong, scores.link_accurate) == (0, 1)


def test_interval_and_qualifier_are_scored_on_hits() -> None:
    rows = [_gold(0, lower=5, upper=None, qualifier="over")]
    figure = Quantity(0, 2, "5件", 5, 5, float("inf"), "件", "about", "count", True, indicator_id="a")
    scores, slips = score_quantities(rows, [figure], KNOWN)
    assert (scores.interval_right, scores.qualifier_right, scores.section_right) == (1, 0, 0)
    assert [slip.kind for slip in slips] == ["qualifier"]


@pytest.mark.parametrize(("start", "end", "found"), [(0, 10, 1), (0, 6, 1), (0, 5, 0), (0, 17, 0), (4, 10, 1)])
def test_statement_cover(start: int, end: int, found: int) -> None:
    scores, slips = score_statements(
        {"problems": [{"start": 0, "end": 10}]}, [Statement("problem", 1, "甲", start, end)]
    )
    assert (scores.statements_found, scores.statements_invented) == (found, 1 - found)
    assert len(slips) == 2 * (1 - found)


def test_a_problem_does_not_stand_for_a_next_step() -> None:
    scores, _ = score_statements({"next_steps": [{"start": 0, "end": 10}]}, [Statement("problem", 1, "甲", 0, 10)])
    assert (scores.statements_gold, scores.statements_found, scores.statements_invented) == (1, 0, 1)


def _folder(root: Path, name: str, text: str, narrative: str = "{}") -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    at = text.index("53件")
    row = _gold(at, 53, end=at + 3, indicator_ids=["reconsideration_accepted"])
    (folder / "quantities.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "narrative.json").write_text(narrative, encoding="utf-8")
    return folder


TEXT = "一、工作\n全县受理行政复议案件53件。\n"


def test_one_folder_or_a_folder_of_folders(tmp_path: Path) -> None:
    one = _folder(tmp_path, "one", TEXT)
    _folder(tmp_path, "two", TEXT)
    assert [report.name for report in evaluate(one).reports] == ["one"]
    both = evaluate(tmp_path)
    assert [report.name for report in both.reports] == ["one", "two"]
    assert both.total.gold == 2
    assert both.total.f1 == 1.0
    assert both.total.linked_right == 2


def test_json_and_table(tmp_path: Path) -> None:
    result = evaluate(_folder(tmp_path, "one", TEXT))
    data = json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert data["total"]["f1"] == 1.0
    assert data["total"]["statement_recall"] is None
    assert data["reports"][0]["slips"] == []
    shown = str(result)
    assert "查准率" in shown
    assert "1.0000 (1/1)" in shown


def test_slips_name_their_place(tmp_path: Path) -> None:
    narrative = json.dumps({"problems": [{"start": 0, "end": 4, "paraphrase": "甲"}]})
    result = evaluate(_folder(tmp_path, "one", TEXT, narrative))
    assert "one [0, 4) 漏掉的问题或打算 甲" in str(result)


def test_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"quantities\.jsonl"):
        evaluate(tmp_path)
    with pytest.raises(DataError):
        evaluate(tmp_path / "absent")
    folder = _folder(tmp_path, "one", TEXT)
    (folder / "narrative.json").unlink()
    with pytest.raises(DataError, match=r"narrative\.json"):
        evaluate(folder)
    (folder / "report.txt").unlink()
    with pytest.raises(DataError, match=r"report\.txt"):
        evaluate(folder)


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "one", TEXT)
    (folder / "quantities.jsonl").write_text('{"start": 1}\n', encoding="utf-8")
    with pytest.raises(DataError, match="第 1 行"):
        evaluate(folder)


def test_gold_targets(shared: Path) -> None:
    """The targets that the annotation's guide sets for the two reports."""
    result = evaluate(shared / "gold")
    assert len(result.reports) == 2
    for report in result.reports:
        shares = report.scores.shares()
        for name, target in (
            ("f1", 0.985),
            ("interval_accuracy", 0.975),
            ("qualifier_accuracy", 0.975),
            ("linking_recall", 0.97),
            ("statement_recall", 1.0),
        ):
            assert (shares[name] or 0) >= target, (report.name, name, shares[name])
        assert report.scores.linked_wrong == 0
        assert report.scores.statements_invented == 0


@given(st.lists(st.integers(0, 30), max_size=8, unique=True), st.lists(st.integers(0, 30), max_size=8, unique=True))
def test_shares_stay_between_zero_and_one(gold: list[int], found: list[int]) -> None:
    scores, _ = score_quantities([_gold(at * 3) for at in gold], [_found(at * 3) for at in found], KNOWN)
    assert scores.hits == len(set(gold) & set(found))
    assert all(0 <= value <= 1 for value in scores.shares().values() if value is not None)


def test_scores_add_up() -> None:
    assert Scores(gold=2, hits=1) + Scores(gold=3, hits=2) == Scores(gold=5, hits=3)
