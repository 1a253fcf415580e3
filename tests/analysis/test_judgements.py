"""A person decides on a verdict: accepted or changed with a reason, kept in the ledger, shown everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.dataset.ledger import ledger_path
from fazhi_analysis.errors import LedgerError, UnknownNameError, UsageError
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.workbook.book import workbook_of

EARLIER = """云汀县2023年法治政府建设年度报告
一、主要工作
受理行政复议申请38件。
二、存在的问题
一是基层执法力量不足。二是普法形式较为单一。
三、下一步工作
一是组织执法人员培训不少于200人次。二是修订重大行政决策程序规定。三是开展涉企政策宣讲。
"""
LATER = """云汀县2024年法治政府建设年度报告
一、主要工作
受理行政复议申请42件。组织执法人员培训260人次。
二、存在的问题
一是数字化应用水平不高。
三、下一步工作
一是完善行政执法监督机制。
"""
GIVEN: dict[str, Any] = {"region": "云岭省望溪市云汀县", "code": "990125"}


def take_in(folder: Path, data: Path, year: int, text: str) -> Any:
    file = folder / f"{year}.txt"
    file.write_text(text, encoding="utf-8")
    return fz.ingest([file], data=data, year=year, **GIVEN)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    for year, text in ((2023, EARLIER), (2024, LATER)):
        take_in(tmp_path, data, year, text)
    return data


def verdicts(data: Path) -> dict[str, dict[str, Any]]:
    table = fz.follow_up(fz.load_statements(data), fz.load_metrics(data), data=data)
    return {row["text"]: row for row in table.to_dict("records") if not row["part"]}


def of(data: Path, words: str) -> dict[str, Any]:
    (row,) = (row for text, row in verdicts(data).items() if words in text)
    return row


def output_text(data: Path, row: dict[str, Any], status: str, **more: Any) -> Any:
    options = {"comment": "见县司法局通报", "who": "张三", "data": data} | more
    return fz.judge(options.pop("report_id", row["report_id"]), row["id"], status, **options)


def test_every_verdict_has_an_id_of_its_own_and_is_open(data: Path) -> None:
    rows = verdicts(data).values()
    assert len({row["id"] for row in rows}) == len(rows) == 5
    assert {row["status"] for row in rows} == {"open"}
    assert all(row["proposed"] == row["verdict"] for row in rows)


def test_a_changed_verdict_is_kept_by_the_next_run(data: Path) -> None:
    row = of(data, "修订重大行政决策")
    changed = output_text(data, row, "kept")
    assert (changed["verdict"], changed["proposed"], changed["reason"]) == ("kept", row["verdict"], "decided")
    again = of(data, "修订重大行政决策")
    assert (again["verdict"], again["status"], again["comment"], again["who"]) == (
        "kept",
        "changed",
        "见县司法局通报",
        "张三",
    )
    assert all(other["status"] == "open" for text, other in verdicts(data).items() if text != row["text"])


def test_an_accepted_verdict_stays_though_the_later_figures_change(data: Path, tmp_path: Path) -> None:
    row = of(data, "培训不少于200人次")
    assert row["verdict"] == "kept"
    output_text(data, row, "采纳")
    take_in(tmp_path, data, 2024, LATER.replace("260人次", "120人次"))
    again = of(data, "培训不少于200人次")
    assert (again["verdict"], again["proposed"], again["status"]) == ("kept", "contradicted", "accepted")


def test_what_was_judged_survives_ingest_and_new_numbers(data: Path, tmp_path: Path) -> None:
    output_text(data, of(data, "涉企政策宣讲"), "未再提及")
    renumbered = EARLIER.replace("二是修订重大行政决策程序规定。三是", "二是")
    result = take_in(tmp_path, data, 2023, renumbered)
    assert "follow_up-" not in str(result)
    again = of(data, "涉企政策宣讲")
    assert (again["ordinal"], again["verdict"], again["status"]) == (2, "dropped", "changed")


def test_other_words_are_another_statement_and_that_is_reported(data: Path, tmp_path: Path) -> None:
    row = of(data, "涉企政策宣讲")
    output_text(data, row, "kept")
    (result,) = take_in(tmp_path, data, 2023, EARLIER.replace("涉企政策宣讲", "惠民政策宣讲"))
    assert row["id"] in result.message
    assert of(data, "惠民政策宣讲")["status"] == "open"


def test_what_was_judged_last_counts_and_open_gives_the_verdict_back(data: Path) -> None:
    row = of(data, "基层执法力量")
    output_text(data, row, "kept")
    output_text(data, row, "repeated", comment="问题仍在")
    assert of(data, "基层执法力量")["verdict"] == "repeated"
    assert of(data, "基层执法力量")["age"] == 2
    output_text(data, row, "open", comment="再议")
    again = of(data, "基层执法力量")
    assert (again["verdict"], again["status"], again["comment"]) == (row["verdict"], "open", "再议")


def test_a_verdict_is_also_known_by_the_later_report(data: Path) -> None:
    row = of(data, "普法形式")
    output_text(data, row, "accepted", report_id="990125-2024")
    assert of(data, "普法形式")["status"] == "accepted"
    assert ledger_path(data, "990125-2023").is_file()
    assert not ledger_path(data, "990125-2024").exists()


def test_pages_narrative_and_workbook_show_it(data: Path) -> None:
    row = of(data, "修订重大行政决策")
    output_text(data, row, "kept", comment="县政府<令>第3号")
    page = fz.open_page("problems_next_steps", region="云汀县", year=2024, data=data)
    text = plain_text(str(page.promises()))
    for words in ("人工改判", "县政府<令>第3号", row["id"]):
        assert words in text
    assert "县政府<令>" not in str(page.promises())
    assert "经人工认定：有据落实" in str(fz.narrate(region="云汀县", year=2024, data=data))
    sheet = workbook_of(page.place_year)["上年提出的后来怎样"]
    head, *lines = sheet.iter_rows(values_only=True)
    (line,) = (dict(zip(head, line, strict=True)) for line in lines if row["id"] in line)
    assert (line["判定"], line["处理"], line["处理意见"]) == ("有据落实", "人工改判", "县政府<令>第3号")


@pytest.mark.parametrize(
    ("name", "status", "error"),
    [("follow_up-00000000", "kept", UnknownNameError), ("own", "dismissed", UsageError), ("own", "很好", UsageError)],
)
def test_what_cannot_be_recorded_is_an_error_and_writes_nothing(
    data: Path, name: str, status: str, error: type
) -> None:
    row = of(data, "普法形式")
    with pytest.raises(error):
        output_text(data, {**row, "id": row["id"] if name == "own" else name}, status)
    assert not ledger_path(data, "990125-2023").exists()


def test_an_unknown_verdict_in_the_ledger_is_named_with_its_entry(data: Path) -> None:
    row = of(data, "普法形式")
    output_text(data, row, "kept")
    path = ledger_path(data, "990125-2023")
    path.write_text(path.read_text(encoding="utf-8").replace("verdict: kept", "verdict: done"), encoding="utf-8")
    with pytest.raises(LedgerError, match="990125-2023"):
        verdicts(data)
