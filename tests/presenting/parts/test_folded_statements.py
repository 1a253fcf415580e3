"""Long reports: a statement shows its beginning and folds the rest, and what decides stands before what does not."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.presenting.html.markup import plain_text

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fixtures"))

import long_reports


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    fz.ingest(long_reports.written(folder), folder / "data", workers=1)
    return folder / "data"


def opened(store: Path, lang: str = "zh") -> Any:
    return fz.open_page("problems_next_steps", region=long_reports.PLACE, year=2024, data=store, lang=lang)


def in_sight(html: str) -> str:
    """What a page shows while nothing is opened."""
    whole = re.sub(r"<details class=\"fz-fold\"><summary>(.*?)</summary>.*?</table></details>", r"\1", html, flags=re.S)
    return plain_text(re.sub(r"(<details[^>]*><summary.*?</summary>).*?</details>", r"\1", whole, flags=re.S))


def captions(html: str) -> list[str]:
    return re.findall("<caption>(.*?)</caption>", html)


def test_promises_stand_by_verdict_the_decided_ones_first(store: Path) -> None:
    html = str(opened(store).promises())
    assert [re.split("[，：]", caption)[0] for caption in captions(html)] == [
        "与数字不符", "有据落实", "未再提及", "再次提出", "无法判断",
    ]  # fmt: skip
    assert "与数字不符，1 条：后一年的数字没有达到承诺的数" in captions(html)
    english = [re.split("[,:]", caption)[0] for caption in captions(str(opened(store, "en").promises()))]
    assert english[:2] + english[-1:] == ["Contradicted by figures", "Kept", "Cannot tell"]


def test_what_cannot_be_told_is_one_line_that_says_how_many_and_why(store: Path) -> None:
    html = str(opened(store).promises())
    shown = in_sight(html)
    assert "无法判断，2 条：后一年没有公布对应的数字" in shown
    assert "搭起蔬菜大棚" not in shown
    assert "搭起蔬菜大棚" in plain_text(html)
    assert "配齐校车" in shown  # silence is a verdict


def test_a_statement_shows_its_heading_and_keeps_the_rest(store: Path) -> None:
    page = opened(store)
    html = str(page.promises() + page.steps_table())
    heading, rest = long_reports.promise(0)
    assert heading in in_sight(html)
    assert rest[-20:] not in in_sight(html)
    assert rest[-20:] in plain_text(html)
    whole = "".join(plain_text(html).split())
    for row in [*page.steps, *(row for row in page.place_year.promises if not row["part"])]:
        for sentence in re.split("[。，]", row["text"]):
            assert "".join(sentence.split()) in whole


def test_the_id_of_a_judgement_stands_at_the_end_of_the_folded_part(store: Path) -> None:
    page = opened(store)
    html = str(page.promises())
    for row in page.place_year.promises:
        if not row["part"]:
            assert row["id"] not in in_sight(html)
            assert html.count(f'<small class="fz-id"><code>{row["id"]}</code></small></p></details>') == 1


def test_parts_that_repeat_the_text_stand_in_its_place(store: Path) -> None:
    page = opened(store)
    html = str(page.steps_table())
    row = page.steps[2]
    first = row["parts"][0]["text"]
    assert len(row["parts"]) > 2
    assert html.count(first) == sum(first in one["text"] for one in page.steps)


def test_of_many_steps_those_come_first_that_can_be_checked(store: Path) -> None:
    page = opened(store)
    html = str(page.steps_table())
    assert captions(html) == [
        "2024 年报告的下一步工作，30 条；先列有数字可以衡量或者指明对应问题的 20 条",
        "没有可以衡量的数字，也没有指明对应问题的，10 条",
    ]
    assert "10 条" in in_sight(html)
    assert long_reports.promise(2)[0] not in in_sight(html)
    assert long_reports.promise(3)[0] in in_sight(html)
    few = str(fz.open_page("problems_next_steps", region="霁原旗", year=2024).steps_table())
    assert "fz-fold" not in few  # a short list hides nothing
    assert captions(few) == ["2024 年报告的下一步工作，4 条"]


def test_a_problem_that_one_step_answers_in_part_says_which_part_is_open() -> None:
    page = fz.open_page("problems_next_steps", region="霁原旗", year=2024)
    row = page.problems[0]
    row["parts"] = [{"text": "宣传形式单一", "start": 0, "end": 6, "answered": "none"}]
    assert "其中“宣传形式单一”没有对应的工作" in in_sight(str(page.problems_table()))


def test_matters_of_one_report_are_folded_below_those_that_return() -> None:
    html = str(fz.open_page("problems_next_steps", region="霁原旗", year=2024).matrix())
    assert "只在一份报告里列出的，4 件" in in_sight(html)
    assert "群众对法律援助政策知晓度不高" not in in_sight(html)
    assert "群众对法律援助政策知晓度不高" in plain_text(html)
    assert "普法宣传的针对性" in in_sight(html)


def test_remarks_on_form_and_duties_that_are_met_are_folded() -> None:
    page = fz.open_page("data_quality", region="鄂托克前旗", year=2023, lang="en")
    form, duties = str(page.form()), str(page.duties())
    assert re.search(r"Remarks: 12 \(split sentence 4, heading style 3, ", form)
    assert form.count('<li id="finding-') == 12
    assert re.search('<details class="fz-fold"><summary><h3>Remarks', form)
    folded = re.search("<summary>Met: (\\d+)</summary>(.*?)</details>", duties, re.DOTALL)
    assert folded
    assert folded[2].count("<tr id=") == int(folded[1]) > 0
    assert set(re.findall('data-label="Severity">(.*?)<', folded[2])) == {"Confirmed"}
    assert "Confirmed" not in re.findall('data-label="Severity">(.*?)<', duties.replace(folded[0], ""))


def test_the_foot_folds_digests_but_no_correction(store: Path) -> None:
    page = opened(store)
    assert "SHA-256" not in in_sight(str(page.footer()))
    assert "草稿（数字未经核签）" in in_sight(str(page.footer()))
    assert "<details" not in str(page.footer(folded=False))
    given = {"row": "m1", "action": "remove", "from": {}, "to": {}, "why": "重复", "who": "甲", "date": "2025-01-01"}
    touched = {**page.reports[0], "corrections": [given]}
    page.place_year.__dict__["report_rows"] = [touched]
    assert '<details class="fz-fold" open>' in str(page.footer())
