"""The time for a text grows with its length and no faster, up to a million characters."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_analysis import extract
from fazhi_analysis.extracting.linking import linker
from fazhi_analysis.extracting.linking.acts import earlier_cases
from fazhi_analysis.model import Quantity
from fazhi_analysis.reading import read_report, read_text

TEXTS = Path(__file__).resolve().parents[2] / "data" / "sample" / "texts"
SHORT, LONG = 100_000, 1_000_000


def report_of(size: int) -> str:
    """The sample reports one after the other, again and again, up to a length."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.[tm][xd]*")))
    return (text * (size // len(text) + 1))[:size]


def seconds_for(size: int) -> dict[str, float]:
    """Processor time of each stage."""
    marks = [time.process_time()]
    report = read_text(report_of(size), name="a.txt")
    marks.append(time.process_time())
    found = extract(report)
    assert len(found.quantities) > size // 1000
    marks.append(time.process_time())
    return {"reading": marks[1] - marks[0], "figures": marks[2] - marks[1]}


@pytest.mark.nightly
def test_time_grows_no_faster_than_the_text() -> None:
    seconds_for(SHORT)  # tables and patterns are loaded
    short, long = seconds_for(SHORT), seconds_for(LONG)
    slower = {name: long[name] / short[name] / (LONG / SHORT) for name in short if long[name] > 0.5}
    assert max(slower.values()) < 2, slower


def test_rows_of_a_wide_table_are_searched_for_names_once(
    tmp_path: Path, calls: Callable[[Callable[[], object]], int]
) -> None:
    def work(width: int) -> int:
        head = "".join(f"<th>第{at}类</th>" for at in range(width))
        rows = "".join(
            f"<tr><td>地区{row}</td>" + "".join(f"<td>{row * width + at}件</td>" for at in range(width)) + "</tr>"
            for row in range(8)
        )
        path = tmp_path / f"{width}.html"
        page = f"<h1>砚桥县2024年法治政府建设年度报告</h1><table><tr><th>地区</th>{head}</tr>{rows}</table>"
        path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
        report = read_report(path)
        found: list[Quantity] = []
        entered = calls(lambda: found.extend(extract(report).quantities))
        assert len(found) >= 8 * width
        return entered

    work(20)
    assert work(400) < 6 * work(100)


def test_a_run_of_scales_is_no_number_and_takes_no_time() -> None:
    started = time.process_time()
    found = extract(read_text("砚桥县2024年法治政府建设年度报告\n一、主要情况\n3" + "万" * 60_000)).quantities
    assert len(found) <= 3
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "words",
    [
        *(
            word * 40 + "办结5件"
            for word in ("2024年1月1日至", "3月5日 ", "年底年初", "日前目前", "今年以来全年", "连续三年")
        ),
        *(f"占{word * 40}线5%" for word in ("达到", "共有", "超过")),
    ],
)
def test_words_are_read_in_one_way_however_often_they_stand_there(words: str) -> None:
    """In a process of its own: as many readings as there are ways to divide the words would never end."""
    text = f"砚桥县2024年法治政府建设年度报告\n一、主要情况\n{words}。"
    code = "import sys; from fazhi_analysis import extract; from fazhi_analysis.reading import read_text\n"
    code += "print([q.value for q in extract(read_text(sys.argv[1])).quantities][-1])"
    done = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.strip() == "5", done.stderr


def _long_table(heads: str) -> str:
    rows = "".join(f"|{row}号街道|{row}|{row + 5}|\n" for row in range(10, 510))
    return f"砚桥县2024年法治政府建设年度报告\n一、主要情况\n|街道|{heads}|\n|--|--|--|\n{rows}"


def test_whether_a_figure_counts_cases_is_asked_of_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not of all that stands between the head of its column and the figure."""
    asked: list[str] = []

    class Asked:
        def search(self, text: str, *span: int) -> None:
            asked.append(text[slice(*span)] if span else text)

    monkeypatch.setattr(earlier_cases, "_CASES", Asked())
    found = extract(read_text(_long_table("外出考察（次）|罚没金额（元）"))).metrics
    assert len(found) == 1000
    assert len(asked) == 500
    assert max(map(len, asked)) < 40


def test_what_a_change_starts_from_is_read_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(linker, "change_base", lambda before, year: asked.append(before) or "")
    assert len(extract(read_text(_long_table("行政复议案件（件）|同比增减（%）"))).metrics) == 1000
    assert len(asked) >= 500
    assert max(map(len, asked)) < 500
