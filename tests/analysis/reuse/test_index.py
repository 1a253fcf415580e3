"""Text reuse: what is shared is found with its places, what everybody says is not, and many places cost little."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.reuse.index import ReuseIndex, fingerprints
from fazhi_analysis.analysis.reuse.passages import passages, reused_share, shared_passages, substance

LINE = "组建流动普法服务队走进夏季牧场和边远嘎查开展双语巡回宣讲{}场次，受到牧民群众欢迎。"
OWN = "县政务大厅在每个窗口摆放方言翻译牌并配备{}名帮办员，老年人办事不再来回跑。"
PLAIN = "全面推行双随机、一公开监管，深化放管服改革，落实行政执法三项制度。"
WORDS = [*"天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"]


def sentence(rng: random.Random, length: int = 30) -> str:
    return "".join(rng.choice(WORDS) for _ in range(length)) + "。"


def test_number_only_edits_stand_side_by_side():
    mine, theirs = passages(OWN.format(12) + LINE.format(45)), passages(LINE.format(30) + PLAIN + OWN.format(12))
    found = shared_passages(mine, theirs)
    assert sorted(item.edits for item in found) == [(), (("30", "45"),)]
    assert reused_share(mine, found) == 1.0


def test_places_lead_back_to_the_text():
    text = "一、成效\n" + LINE.format(45) + "\n" + OWN.format(3)
    for item in passages(text):
        assert text[item.start : item.end].strip().startswith(item.words[:5])


def test_neighbouring_sentences_are_one_stretch():
    both = LINE + OWN
    (found,) = shared_passages(passages(both.format(1, 2)), passages(both.format(3, 2)))
    assert (found.sentences, found.edits) == (2, (("3", "1"),))


def test_national_phrases_are_not_substance():
    assert passages(PLAIN) == []
    assert substance("学习贯彻习近平法治思想") == "学习贯彻"


def test_a_sentence_is_used_once():
    once, twice = passages(LINE.format(1)), passages(LINE.format(2) + LINE.format(3))
    assert sum(item.sentences for item in shared_passages(twice, once)) == 1


@given(st.integers(0, 10_000))
def test_a_copied_stretch_leaves_a_fingerprint_in_both(seed: int):
    rng = random.Random(seed)
    copied = sentence(rng)
    one = passages(sentence(rng) + copied + sentence(rng))
    other = passages(sentence(rng) + sentence(rng) + copied)
    assert fingerprints(one) & fingerprints(other)


def test_pairs_of_places_and_not_of_one_place():
    texts = {"100001-2023": LINE.format(30), "100001-2024": LINE.format(31), "100002-2024": LINE.format(45)}
    index = ReuseIndex()
    for report_id, text in texts.items():
        index.add(report_id, report_id.partition("-")[0], text)
    pairs = list(index.pairs())
    assert {(pair.one, pair.other) for pair in pairs} == {
        ("100002-2024", "100001-2023"),
        ("100002-2024", "100001-2024"),
    }
    assert all(pair.reuse[0].edits for pair in pairs)


def test_what_many_places_say_is_nobodys_own():
    index = ReuseIndex(common=3)
    for number in range(6):
        index.add(f"{number}-2024", str(number), LINE.format(number))
    assert list(index.pairs()) == []


def test_many_places_cost_near_linear_work(calls):
    def compared(texts: list[str]) -> None:
        index = ReuseIndex()
        for number, text in enumerate(texts):
            index.add(f"{number}-2024", str(number), text)
        found = sum(1 for _ in index.pairs())
        assert found == (len(texts) // 100) * (len(texts) // 100 - 1) // 2

    def work(count: int) -> int:
        rng = random.Random(count)
        texts = [
            "".join(sentence(rng) for _ in range(12)) + (LINE.format(number) if number % 100 == 0 else "")
            for number in range(count)
        ]
        return calls(lambda: compared(texts))

    assert work(800) < 6 * work(200)  # four times the reports; pairs would cost sixteen times
