"""Which next step answers which problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.statements.answers import NEAREST, answer, concepts_in, part_answers
from fazhi_analysis.model import Part, Statement
from fazhi_analysis.reading import read_report


def _problem(text: str, ordinal: int = 1) -> Statement:
    return Statement("problem", ordinal, text, 0, len(text))


def _step(text: str, ordinal: int = 1, parts: tuple[str, ...] = ()) -> Statement:
    return Statement("next_step", ordinal, text, 0, len(text), parts=tuple(Part(part, 0, len(part)) for part in parts))


@pytest.mark.parametrize(
    ("problem", "step", "strength"),
    [
        ("法治宣传覆盖面不广", "加强普法宣传，创新普法形式", "direct"),
        ("群众法治意识不强", "提升领导干部法治思维", "none"),
        ("基层执法力量不足", "充实一线执法力量", "direct"),
        ("基层执法力量不足", "深化行政执法体制改革", "none"),
        ("行政执法水平不高", "加强行政执法规范化建设", "direct"),
        ("执法程序不规范", "深化行政执法体制改革", "partial"),
        ("营商环境还需优化", "打造法治化营商环境", "direct"),
        ("工作机制不够健全", "健全依法行政制度体系", "partial"),
        ("政务公开不够及时", "加强应急演练", "none"),
    ],
)
def test_strength(problem: str, step: str, strength: str) -> None:
    rows = part_answers((_problem(problem), _step(step)))
    assert [row.strength for row in rows] == [strength]


def test_a_sub_action_can_answer() -> None:
    step = _step("强化保障。加强队伍建设，推进信息化", parts=("加强队伍建设", "推进信息化"))
    found = answer((_problem("法治队伍力量薄弱"), step))
    assert [(row.problem, row.strength) for row in found[1].answers] == [(1, "direct")]


def test_every_problem_has_a_row() -> None:
    statements = (_problem("普法形式单一"), _problem("应急演练不足", 2), _step("加强普法宣传"))
    assert {row.problem for row in part_answers(statements)} == {1, 2}
    assert [row.problem for row in part_answers(statements) if row.strength == "none"] == [2]


def test_without_steps_nothing_is_answered() -> None:
    (row,) = part_answers((_problem("普法形式单一"),))
    assert (row.problem, row.part, row.strength) == (1, 0, "none")


def test_concepts_name_the_word_that_shows_them() -> None:
    assert concepts_in("行政执法程序")["程序"] == ("aspect", "程序")


def test_gold_answers_of_the_banner(shared: Path) -> None:
    statements = extract(read_report(shared / "gold" / "otog_front_2023" / "report.txt")).statements
    found = {(row.problem, row.part): (row.step, row.strength) for row in part_answers(statements)}
    assert found == {
        (1, 0): (0, "none"),
        (2, 1): (2, "partial"),
        (2, 2): (0, "none"),
        (3, 1): (3, "direct"),
        (3, 2): (3, "partial"),
        (3, 3): (0, "none"),
    }
    steps = [item for item in statements if item.kind == "next_step"]
    assert [[(row.problem, row.strength) for row in item.answers] for item in steps] == [
        [],
        [(2, "partial")],
        [(3, "direct")],
    ]


def test_gold_answers_of_the_district(shared: Path) -> None:
    statements = extract(read_report(shared / "gold" / "guangming_2021" / "report.txt")).statements
    best: dict[int, set[int]] = {}
    for row in part_answers(statements):
        if row.strength == "direct":
            best.setdefault(row.problem, set()).add(row.step)
    assert best[1] == {1, 4}
    assert best[4] == {2}
    assert 2 not in best


def test_a_problem_among_very_many_is_compared_with_the_steps_around_it() -> None:
    pairs = [
        (
            Statement("problem", number, "协调小组运转不畅", 100 * number, 100 * number + 9),
            Statement("next_step", number, "健全协调小组工作机制", 100 * number + 50, 100 * number + 60),
        )
        for number in range(1, 2 * NEAREST + 1)
    ]
    rows = part_answers(tuple(item for pair in pairs for item in pair))
    of = {problem: [row.step for row in rows if row.problem == problem] for problem in (1, NEAREST, 2 * NEAREST)}
    assert {row.strength for row in rows} == {"direct"}
    assert of[1] == list(range(1, NEAREST + 1))
    assert of[NEAREST] == list(range(NEAREST // 2, NEAREST // 2 + NEAREST))
    assert of[2 * NEAREST] == list(range(NEAREST + 1, 2 * NEAREST + 1))
    few = tuple(item for pair in pairs[:NEAREST] for item in pair)
    assert len(part_answers(few)) == NEAREST**2  # what a report could have is compared whole
