"""What stands around an unlisted problem or step in its own sentence, and what does not."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting.statements.sentence_trimming import after_turn, step_words, unframed


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("下一步，我旗将充实执法队伍", "充实执法队伍"),
        ("今后，北川乡将加强培训", "加强培训"),
        ("我们将按月核对栏目", "按月核对栏目"),
        ("将案卷评查纳入考核", "将案卷评查纳入考核"),  # 将 stands before an object
        ("充实执法队伍", "充实执法队伍"),
    ],
)
def test_a_step_begins_behind_who_and_when(sentence: str, words: str) -> None:
    assert sentence[step_words(sentence, 0, len(sentence)) :] == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("虽然取得一些成绩，但解读还不够生动", "解读还不够生动"),
        ("虽然执法力量不足有所缓解，但乡镇人手仍缺", "虽然执法力量不足有所缓解，但乡镇人手仍缺"),
        ("解读不够生动，形式单一", "解读不够生动，形式单一"),
    ],
)
def test_a_complaint_begins_behind_what_was_achieved(sentence: str, words: str) -> None:
    assert sentence[after_turn(sentence, 0, len(sentence)) :] == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("我局在公开工作中还存在栏目更新不及时的问题", "栏目更新不及时"),
        ("从队伍看，人员偏少", "人员偏少"),
        ("业务不熟，审核不严，均有待今后加以改进", "业务不熟，审核不严"),
        ("部分案卷仍存在签字不全的问题", "部分案卷仍存在签字不全的问题"),  # whose problem it is belongs to it
        ("审批时限偏长，群众反映的问题不少", "审批时限偏长，群众反映的问题不少"),
    ],
)
def test_a_complaint_is_freed_of_its_frame(sentence: str, words: str) -> None:
    assert sentence[slice(*unframed(sentence, 0, len(sentence)))] == words
