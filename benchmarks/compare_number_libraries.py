"""The same sentences read by this package, by cn2an and by JioNLP: right answers and speed.

    python benchmarks/compare_number_libraries.py [--markdown]

A development script: cn2an and JioNLP are no dependencies. Install them in an environment of their own
(``pip install cn2an jionlp``) and run with ``PYTHONPATH=src``; what is not installed is left out. Each library is asked
for what it offers on running text: cn2an ``transform`` (numerals to digits), JioNLP ``ner.extract_money`` (money with
unit and place; it offers nothing for counts and rates). An answer is right in a column when the value, the unit, the
printed place or the interval that it gives is that of the sentence; a column that a library does not offer is a dash.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence with one amount: as printed, value, unit, and the interval."""

    text: str
    printed: str
    value: float
    unit: str
    lower: float
    upper: float


SENTENCES = [
    Sentence("砚桥县办理行政复议案件28件。", "28件", 28, "件", 28, 28),
    Sentence("全年发放宣传册12,000份。", "12,000份", 12000, "份", 12000, 12000),
    Sentence("向各部门发出督办函300余份。", "300余份", 300, "份", 300, 399),
    Sentence("涉案金额270万余元。", "270万余元", 2700000, "元", 2700000, 2799999),
    Sentence("挽回经济损失1300余万元。", "1300余万元", 13000000, "元", 13000000, 13999999),
    Sentence("涉案标的1.7亿元。", "1.7亿元", 170000000, "元", 165000000, 175000000),
    Sentence("实现减税1,100.9亿元。", "1,100.9亿元", 110090000000, "元", 110085000000, 110095000000),
    Sentence("提供岗位3.28万个。", "3.28万个", 32800, "个", 32750, 32850),
    Sentence("出庭应诉率达百分之九十五以上。", "百分之九十五以上", 95, "%", 95, 96),
    Sentence("办结率为97.06%。", "97.06%", 97.06, "%", 97.055, 97.065),
    Sentence("八成以上的案件调解结案。", "八成以上", 80, "%", 80, 89),
    Sentence("抽检日用品近360批次。", "近360批次", 360, "批次", 351, 360),
    Sentence("选派一百二十三名法律顾问。", "一百二十三名", 123, "名", 123, 123),
    Sentence("召开联席会议十二次。", "十二次", 12, "次", 12, 12),
    Sentence("培训两千三百余人次。", "两千三百余人次", 2300, "人次", 2300, 2399),
    Sentence("每村配备3至5名法律明白人。", "3至5名", 4, "名", 3, 5),
    Sentence("满意率不低于90%。", "不低于90%", 90, "%", 90, 100),
    Sentence("全年案件47宗，无一宗被纠错。", "无一宗", 0, "宗", 0, 0),
    Sentence("审批时限压缩至3个工作日。", "3个工作日", 3, "个工作日", 3, 3),
    Sentence("受理案件１４０余宗。", "１４０余宗", 140, "宗", 140, 149),
]
SILENT = [
    "全面推行“双随机、一公开”监管。",
    "落实行政执法三项制度。",
    "召开全面依法治县委员会第三次会议。",
    "国办发〔2023〕27号印发后抓好落实。",
    "深入学习党的二十届三中全会精神。",
    "推行最多跑一次改革。",
    "开展专项整治三年行动。",
    "拨打12348热线咨询。",
    "2023年1月至12月有序推进。",
    "进一步统一执法文书。",
]


class Answer(NamedTuple):
    """What a library says of an amount; None for what it does not offer."""

    value: float | None
    unit: str | None
    printed: str | None
    interval: tuple[float, float] | None


def ours() -> Callable[[str], list[Answer]]:
    """This package."""
    from fazhi_analysis.extracting.figures.quantities import find_quantities
    from fazhi_analysis.reading import read_text

    def read(text: str) -> list[Answer]:
        found = find_quantities(read_text(text, name="sentence.txt"))
        return [
            Answer(q.value, q.unit, q.text, (q.lower, q.upper))
            for q in found
            if q.is_metric and q.lower is not None and q.upper is not None
        ]

    return read


def cn2an() -> Callable[[str], list[Answer]]:
    """cn2an: numerals to digits in running text; the digits are then the answer, without unit and place."""
    import warnings

    from cn2an import transform

    warnings.simplefilter("ignore")

    def read(text: str) -> list[Answer]:
        changed = transform(text, "cn2an")
        numbers = re.findall(r"\d+(?:\.\d+)?", changed)
        return [Answer(float(number), None, None, None) for number in numbers]

    return read


def jionlp() -> Callable[[str], list[Answer]]:
    """JioNLP: amounts of money in running text, with unit, place and bounds; it offers nothing for counts."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp as jio

    def read(text: str) -> list[Answer]:
        answers = []
        for found in jio.ner.extract_money(text, with_parsing=True) or []:
            detail = found.get("detail") or {}
            number = detail.get("num")
            low, high = number if isinstance(number, list) else (number, number)
            if low is None:
                continue
            answers.append(Answer(float(low), detail.get("case"), found["text"], (float(low), float(high))))
        return answers

    return read


def column(
    sentences: Sequence[Sentence], answers: list[list[Answer]], right: Callable[[Sentence, Answer], bool | None]
) -> str:
    """Share of sentences with a right answer, or a dash when the library never offers one."""
    offered = hits = 0
    for sentence, given in zip(sentences, answers, strict=True):
        judged = [right(sentence, answer) for answer in given]
        offered += any(one is not None for one in judged)
        hits += any(judged)
    return f"{hits}/{len(sentences)}" if offered else "–"


def seconds_a_sentence(read: Callable[[str], object], texts: Sequence[str], rounds: int = 20) -> float:
    """Mean processor time of one sentence, after one round that is not counted."""
    for text in texts:
        read(text)
    start = time.process_time()
    for _ in range(rounds):
        for text in texts:
            read(text)
    return (time.process_time() - start) / (rounds * len(texts))


def judge(read: Callable[[str], list[Answer]]) -> list[str]:
    """One row of the table."""

    def safe(text: str) -> list[Answer]:
        try:
            return read(text)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return []

    answers = [safe(sentence.text) for sentence in SENTENCES]
    silent = sum(not safe(text) for text in SILENT)
    speed = seconds_a_sentence(safe, [sentence.text for sentence in SENTENCES])
    return [
        column(SENTENCES, answers, lambda s, a: None if a.value is None else abs(a.value - s.value) < 1e-9),
        column(SENTENCES, answers, lambda s, a: None if a.unit is None else a.unit == s.unit),
        column(SENTENCES, answers, lambda s, a: None if a.printed is None else a.printed == s.printed),
        column(SENTENCES, answers, lambda s, a: None if a.interval is None else a.interval == (s.lower, s.upper)),
        f"{silent}/{len(SILENT)}",
        f"{speed * 1e6:.0f}",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markdown", action="store_true", help="print a Markdown table")
    markdown = parser.parse_args().markdown
    heads = [
        "", "数值 value", "单位 unit", "原文位置 place", "区间 interval",
        "不误报 no false alarm", "微秒/句 µs a sentence",
    ]  # fmt: skip
    rows = []
    for name, make in (("fazhi_analysis", ours), ("cn2an", cn2an), ("JioNLP", jionlp)):
        try:
            read = make()
        except ImportError as error:
            print(f"{name}: left out, {error}", file=sys.stderr)
            continue
        rows.append([name, *judge(read)])
    if markdown:
        print("| " + " | ".join(heads) + " |")
        print("|" + " --- |" * len(heads))
    for row in rows if markdown else [heads, *rows]:
        print("| " + " | ".join(row) + " |" if markdown else "".join(f"{cell:<16}" for cell in row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
