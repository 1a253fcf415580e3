"""Reports changed at random: whatever comes out is in order, is stored as it is, and every refusal is one line.

A sample runs with the ordinary tests; ``make nightly`` goes on where the night before stopped, up to 100,000 texts.
"""

from __future__ import annotations

import math
import random
import time
from pathlib import Path

import pytest

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.catalogue.chosen_place import given
from fazhi_analysis.dataset.storage import read_report_folder, write_report_folder
from fazhi_analysis.errors import FazhiError
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_report
from fazhi_analysis.running.ingest_one import Options, Prepared, prepare

SEED = 41
SAMPLE = 40
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((bundled_data() / "sample/texts").iterdir())]
DIGITS = "0123456789０９零一二三十百千万亿〇两半壹拾廿①½.,，%％‰-—~至到余多约"
PIECES = [
    *("9" * 400, "1e400", "一" * 3000 + "件", "五千万亿亿亿亿件", "百分之百百", "0.8件", "1,000,000,000,000,000,000"),
    *(
        "存在问题\n",
        "一是",
        "下一步工作打算\n",
        "其中",
        "同比增长",
        "合计",
        "|甲|乙|\n|--|--|\n|1件|2件|\n",
        "甲\t3件\n合计\t5件\n",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\u200b",
        "\ufeff",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "=1+1",
        "../../x",
        "$x$",
    ),
    *("（" * 300, "》" * 50, "。" * 100, "\n" * 50, "\u3000" * 200),
]


def mutated(dice: random.Random) -> str:
    """A stretch of a report with some characters taken away, doubled, moved, or put in."""
    text = dice.choice(TEXTS)
    start = dice.randrange(len(text))
    text = text[start : start + int(10 ** dice.uniform(1, 3.5))]
    for _ in range(dice.choice([1, 3, 20])):
        place, end = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        what = dice.randrange(5)
        if what == 0:
            text = text[:place] + text[min(end, place + 40) :]
        elif what == 1:
            text = text[:end] + text[place:end][:400] + text[end:]
        elif what == 2:
            text = text[:place] + dice.choice(PIECES) + text[place:]
        elif what == 3:
            text = text[:place] + "".join(dice.choices(DIGITS, k=dice.choice([1, 5, 60]))) + text[place:]
        else:
            lines = text.split("\n")
            dice.shuffle(lines)
            text = "\n".join(lines)
    return text


def check(number: int, folder: Path) -> None:
    """One text through reading, extraction, audit and the store, and back."""
    dice = random.Random(f"{SEED}:{number}")
    path = folder / "t.txt"
    path.write_bytes(mutated(dice).encode(dice.choice(["utf-8", "utf-8", "gb18030", "utf-16"]), "replace"))
    started = time.process_time()
    try:
        report = read_report(path)
    except FazhiError as error:
        refused = str(error)
        report = None
    if report is None:
        assert len(refused.splitlines()) == 1, number
        return
    found = extract(report)
    before = 0
    for quantity in found.quantities:
        assert before <= quantity.start < quantity.end <= len(report.text), number
        assert report.text[quantity.start : quantity.end] == quantity.text, number
        assert quantity.quote in report.text, number
        before = quantity.end
        if quantity.value is not None:
            assert quantity.lower <= quantity.value <= quantity.upper, number
            assert math.isfinite(quantity.value), number
    for statement in found.statements:
        assert 0 <= statement.start < statement.end <= len(report.text), number
    made = prepare(str(path), Options(str(folder / "data"), given("方城县", None, 2024), tail=f"n{number % 50}"))
    assert isinstance(made, Prepared), (number, made)
    write_report_folder(made.report_id, into=folder / "data", **made.arguments)
    stored = read_report_folder(folder / "data/reports" / made.report_id)
    assert stored.text == report.text, number
    assert len(stored.metrics) == len(made.arguments["metrics"]), number
    assert time.process_time() - started < 10, number


@pytest.mark.parametrize("first", range(0, SAMPLE, 10))
def test_a_sample_of_changed_reports(first: int, tmp_path: Path) -> None:
    for number in range(first, first + 10):
        check(number, tmp_path)


@pytest.mark.nightly
def test_changed_reports_night_after_night(night, tmp_path: Path) -> None:
    night("texts", 100_000, lambda number: check(number, tmp_path))
