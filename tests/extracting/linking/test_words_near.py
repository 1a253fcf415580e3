"""What a figure's sentence says up to the end of its clause, and what finding it costs."""

from __future__ import annotations

import random

import pytest

from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage
from fazhi_analysis.extracting.linking.words_near import WordsNear


class Counted(list):
    """Figures that count how often one of them is looked at."""

    looked = 0

    def __getitem__(self, index):
        self.looked += 1
        return super().__getitem__(index)


def passage(start: int, end: int, tail_end: int, sentence: int, clause: tuple[int, int]) -> Passage:
    return Passage(start, end, clause[0], start, tail_end, *clause, sentence, sentence, clause[1], sentence, clause[1])


def of_clause(joiner: str, figures: int) -> tuple[str, Counted]:
    """A clause of so many figures, each with words before it and a joiner behind."""
    piece = f"开展学习9次{joiner}"
    text = piece * figures
    places = [at * len(piece) + 4 for at in range(figures)]
    clause = 0, len(text)
    return text, Counted(passage(at, at + 2, at + 2, 0, clause) for at in places)


def gone_through(text: str, passages: list[Passage], one: Passage) -> str:
    """The same, figure by figure."""
    kept, reach = text[one.sentence_start : one.tail_end], one.tail_end
    for later in passages:
        if one.end <= later.start < one.clause_end:
            kept += "" if text[reach : reach + 1] in LISTED else text[reach : later.start]
            reach = later.end
    return kept + text[reach : one.clause_end]


def test_what_later_members_of_a_list_count_says_nothing_of_a_figure() -> None:
    text = "开展理论学习9次、第一议题学习33次，组织培训2场"
    clause = 0, text.index("，")
    first = passage(6, 8, 8, 0, clause)
    second = passage(15, 18, 18, 0, clause)
    near = WordsNear(text, [first, second])
    assert near.of(first) == "开展理论学习9次"
    assert near.of(second) == "开展理论学习9次、第一议题学习33次"


@pytest.mark.parametrize("seed", range(60))
def test_the_words_are_those_found_figure_by_figure(seed: int) -> None:
    dice = random.Random(seed)
    text = "".join(dice.choices("甲乙丙丁5、和及", k=90))
    ends = sorted({*dice.sample(range(1, 90), 2), 90})
    places = sorted(dice.sample(range(0, 88, 2), 15))
    passages = []
    for at in places:
        clause_end = next(end for end in ends if end > at + 1)
        clause_start = dice.choice([at, max([0, *(end for end in ends if end <= at)])])
        tail_end = min(clause_end, at + dice.choice([2, 3, 5]))
        passages.append(passage(at, at + 2, tail_end, dice.randrange(clause_start + 1), (clause_start, clause_end)))
    near = WordsNear(text, passages)
    for one in dice.sample(passages, len(passages)):
        assert near.of(one) == gone_through(text, passages, one)


@pytest.mark.parametrize("joiner", ["和", "、", "，", ""])
def test_the_figures_of_a_clause_are_gone_through_once_however_many(joiner: str) -> None:
    looked = []
    for figures in (100, 1600):
        text, passages = of_clause(joiner, figures)
        near = WordsNear(text, passages)
        for one in list(passages):
            near.of(one)
        looked.append(passages.looked / figures)
    assert looked[1] < 1.5 * looked[0]
