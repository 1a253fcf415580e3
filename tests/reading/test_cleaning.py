"""The clean copy: what is dropped, what stays, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_analysis.reading.cleaning import clean

# Characters that layout, markup and numerals are made of, so that random texts meet the rules.
ALPHABET = st.sampled_from(
    [*"一二三四（）()、。，：；是年月日件％%０９123. \t\n\r\f　#*-_|<>$tdr/\\“”甲乙办结率万余AbＣ\ufeff\u200b⼀①"]
)
TEXTS = st.text(ALPHABET, max_size=120) | st.text(max_size=60)


@given(TEXTS)
@example("\n\n")
@example("**")
@example("| a | 1 |\n|---|---|\n")
@example("&nbsp;")
def test_offsets_are_monotone_and_lead_back(text: str) -> None:
    copy = clean(text)
    assert len(copy.offsets) == len(copy.text)
    assert all(a < b for a, b in zip(copy.offsets, copy.offsets[1:], strict=False))
    assert all(0 <= offset < len(text) for offset in copy.offsets)
    for char, offset in zip(copy.text, copy.offsets, strict=True):
        if char.isdigit() and char.isascii():
            assert text[offset] in (char, chr(ord(char) + 0xFEE0))


@given(TEXTS)
def test_digits_survive(text: str) -> None:
    """No digit is lost, except on rules and page numbers of their own, which hold nothing else."""
    copy = clean(text)
    kept = set(copy.offsets)
    for line_start, line in _lines(text):
        lost = [i for i, char in enumerate(line) if char in "0123456789０９" and line_start + i not in kept]
        if lost:
            assert not any(char in "甲乙办结率件" for char in line), line


def _lines(text: str) -> list[tuple[int, str]]:
    result, start = [], 0
    for index, char in enumerate(text + "\n"):
        if char in "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029":
            result.append((start, text[start:index]))
            start = index + 1
    return result


@given(st.lists(st.text(st.sampled_from("甲乙丙办结件123"), min_size=1, max_size=12), min_size=1, max_size=5))
def test_indented_paragraphs_stay_apart(paragraphs: list[str]) -> None:
    text = "\n".join(f"　　{paragraph}。" for paragraph in paragraphs)
    assert clean(text).text == "\n".join(f"{paragraph}。" for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共办理 3 536 件", "共办理3536件"),
        ("全年 20 24 年", "全年2024年"),
        ("办结率 97. 06 %", "办结率97.06%"),
        ("办结率 ９７．０６％", "办结率97.06%"),
        ("受理1 200 余件", "受理1200余件"),
        ("甲 2 0 2 3 年", "甲2023年"),
        ("附件 1 2024年安排", "附件1 2024年安排"),
        ("表 12 34 56", "表12 34 56"),
        ("Rule of Law 指数", "Rule of Law指数"),
        ("### **一、总体**", "一、总体"),
        ("1\\. 抓学习", "1.抓学习"),
        ("线下＋线上", "线下+线上"),
        ("## 标题 ##", "标题"),
        ("- 项目一\n- 项目二", "项目一\n项目二"),
        ("> 引文", "引文"),
        ("甲&nbsp;乙", "甲乙"),
        ("⼀、⼆十", "一、二十"),
        ("指标\t数量", "指标\t数量"),
        ("（一）\t强化监督", "（一）强化监督"),
        ("|指标|数量|\n|---|---|\n| 复议 | 5 |", "指标\t数量\n复议\t5"),
        ("![图](a.png)甲", "甲"),
        ("办结率 $98.6\\%$，办结 $ 2841 $ 件", "办结率98.6%，办结2841件"),
        ("<table><tr><td>指标</td><td>数量</td></tr><tr><td>复议</td><td>5</td></tr></table>", "指标\t数量\n复议\t5"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a < b 且 c > d", "a < b且c > d"),
        ("5*8", "5*8"),
        ("　　", ""),
    ],
)
def test_inside_lines(text: str, expected: str) -> None:
    assert clean(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a page break inside a sentence
        ("（三）抓学习。全年集中学\n\n法 5 次。", "（三）抓学习。全年集中学法5次。"),
        ("全年办结案件32件，\n调解19件。", "全年办结案件32件，调解19件。"),
        ("（三）抓学习。全年集中学\n- 3 -\n法 5 次，成效明显。", "（三）抓学习。全年集中学法5次，成效明显。"),
        ("（三）抓学习。全年集中学\f法5次，成效明显。", "（三）抓学习。全年集中学法5次，成效明显。"),
        # real paragraphs
        ("一、总体情况\n2024年，全县有力推进。", "一、总体情况\n2024年，全县有力推进。"),
        ("2024年工作回顾\n过去一年，各项任务完成。", "2024年工作回顾\n过去一年，各项任务完成。"),
        ("特此报告。\n砚桥县人民政府\n2025年1月8日", "特此报告。\n砚桥县人民政府\n2025年1月8日"),
        ("各项任务按期完成，成效明显。\n\n二、问题", "各项任务按期完成，成效明显。\n二、问题"),
        ("抓学习，强基础，补短板。全年学法5次\n二是抓考试。", "抓学习，强基础，补短板。全年学法5次\n二是抓考试。"),
        ("甲。\n---\n乙。", "甲。\n乙。"),
        (
            "第一段落已经写完，没有句号，结尾处\n　　第二段落，另起一行。",
            "第一段落已经写完，没有句号，结尾处\n第二段落，另起一行。",
        ),
        # old Macintosh and Windows line ends
        ("甲。\r乙。\r\n丙。", "甲。\n乙。\n丙。"),
    ],
)
def test_between_lines(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_lines_cut_at_a_fixed_width_are_rejoined() -> None:
    paragraph = (
        "全县各级行政机关坚持依法行政，办结行政复议案件三十二件，组织执法培训十四场，评查案卷三百二十份，成效明显。" * 3
    )
    lines = [f"　　{paragraph}"[i : i + 30] for i in range(0, len(paragraph) + 2, 30)]
    assert clean("\n".join(lines)).text == paragraph


def test_a_kept_break_points_behind_its_line() -> None:
    copy = clean("甲。  \n\n　乙。")
    assert copy.text == "甲。\n乙。"
    assert copy.offsets == (0, 1, 2, 7, 8)


def test_cost_grows_with_length_only() -> None:
    """Many short lines and many spaces are the expensive cases; neither may be quadratic."""
    for piece in ("甲 1 2 3 乙\n", "**甲** \\. ", "| 1 | 2 |\n"):
        assert clean(piece * 8_000).text


def test_gold_page_breaks_are_joined(shared) -> None:
    text = (shared / "gold" / "otog_front_2023" / "report.txt").read_bytes().decode("utf-8")
    copy = clean(text)
    for joined in ("集中学法5次", "政法干警进百企", "在重大涉法事务", "加大对涉及"):
        start = copy.text.index(joined)
        first, last = copy.original(start, start + len(joined))
        assert "\n\n" in text[first:last]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (
            "一些干部思想观念不够解放，面对新任务敢闯敢试、主动作为\n\n的紧\n\n迫感还不强；人才偏少。",
            "主动作为的紧迫感还不强；",
        ),
        ("重点是全面建成乡村服务网\n\n、加快推进数字化，扩大覆盖面。", "服务网、加快推进数字化"),
        ("一、主要做法\n等级评定有序开展，全年评定12家。", "主要做法\n等级评定有序开展"),
    ],
)
def test_a_sentence_cut_within_a_word_goes_on(text: str, joined: str) -> None:
    """A web page lays each piece in a paragraph; what never begins one belongs to the line before."""
    assert joined in clean(f"砚桥县2024年政府工作报告\n{text}").text
