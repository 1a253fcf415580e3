"""The explorer: what is chosen decides table, chart and evidence; a report is looked at before it is stored."""

from __future__ import annotations

import asyncio
import datetime
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis import dataset
from fazhi_analysis.dataset.ledger import load_ledger
from fazhi_analysis.errors import LedgerError, UsageError
from fazhi_analysis.presenting.explorer import Explorer, Intake
from fazhi_analysis.presenting.explorer.staging import Decision, Staged, local_id, read_figure, safe_name
from fazhi_analysis.presenting.html.markup import plain_text

NOW = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
TEXT = """砚桥县2024年法治政府建设年度报告

一、主要工作
（一）行政复议
全年受理行政复议案件53件，审结50件，审结率99.34%，发放材料300余份。<img src=x onerror=alert(1)>
二、存在的问题
一是执法力量不足。
三、下一步工作
一是补充执法力量。

砚桥县人民政府
2025年2月10日
"""


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    made = fz.open_page("explore", region="霁原旗", year=2024).explorer()
    assert isinstance(made, Explorer)
    return made


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    page = fz.open_page("explore", region="砚桥县", year=2024)
    made = page.upload(fz.ingest, into=str(tmp_path / "data"))
    assert isinstance(made, Intake)
    made.who.value, made.why.value = "张三", "与台账核对"
    return made


def key_of(explorer: Explorer, name: str) -> str:
    return str(next(key for label, key in explorer.selection.indicator.options if label.startswith(name)))


def test_the_first_view_is_the_place_asked_for(explorer: Explorer) -> None:
    assert explorer.selection.place.label == "内蒙古自治区云泽盟霁原旗"
    assert (explorer.selection.first.value, explorer.selection.last.value) == (2021, 2024)
    assert "霁原旗 2021—2024 年" in plain_text(explorer.table.value)
    assert "<svg" in explorer.chart.value
    assert "霁原旗" in repr(explorer)


def elsewhere(run: Callable[[], Any]) -> Any:
    """What ``run`` gives in a thread of its own: a browser test before this one may have left its loop running here."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(run).result()


def test_the_table_is_shown_first_then_chart_and_evidence() -> None:
    async def shown_in_a_kernel() -> tuple[list[str], list[str]]:
        made = fz.open_page("explore", region="霁原旗", year=2024).explorer()
        table, chart, evidence = made.box.children[1:]
        made._repr_mimebundle_()
        first = [table.value, chart.value, evidence.value]
        await asyncio.sleep(0)
        return first, [table.value, chart.value, evidence.value]

    first, then = elsewhere(lambda: asyncio.run(shown_in_a_kernel()))
    assert "霁原旗 2021—2024 年" in plain_text(first[0])
    assert first[1:] == ["", ""]
    assert then[0] == first[0]
    assert "<svg" in then[1]
    assert "字符" in plain_text(then[2])


def test_where_nothing_runs_afterwards_everything_is_shown_at_once() -> None:
    made = fz.open_page("explore", region="霁原旗", year=2024).explorer()
    _, _, chart, evidence = made.box.children
    elsewhere(made._repr_mimebundle_)
    assert "<svg" in chart.value
    assert "字符" in plain_text(evidence.value)


def test_a_choice_made_before_the_chart_is_drawn_is_the_one_that_is_drawn() -> None:
    async def chosen_at_once() -> tuple[str, str]:
        made = fz.open_page("explore", region="霁原旗", year=2024).explorer()
        made._repr_mimebundle_()
        made.selection.indicator.value = key_of(made, "旁听庭审人次")
        before = made.evidence.value
        await asyncio.sleep(0)
        return before, made.evidence.value

    before, after = elsewhere(lambda: asyncio.run(chosen_at_once()))
    assert "<mark>260 余人次</mark>" in before
    assert after == before


def test_the_first_screen_needs_neither_charts_nor_rules() -> None:
    code = """
import sys
import fazhi_analysis as fz
fz.open_page("explore", region="霁原旗", year=2024).explorer()
print(*{name.partition(".")[0] for name in sys.modules} & {"matplotlib"})
print(*(name for name in sys.modules if name.startswith("fazhi_analysis.analysis.audit.rules.")))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_reports_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    listed, known = [], dataset.list_reports
    monkeypatch.setattr(dataset, "list_reports", lambda data=None: listed.append(data) or known(data))
    made = fz.open_page("explore", region="霁原旗", year=2024).explorer()
    assert len(listed) == 1
    assert len(made.selection.place.options) > 50


def test_an_indicator_changes_table_chart_and_evidence(explorer: Explorer) -> None:
    before = explorer.table.value, explorer.chart.value, explorer.evidence.value
    explorer.selection.indicator.value = key_of(explorer, "旁听庭审人次")
    after = explorer.table.value, explorer.chart.value, explorer.evidence.value
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert "260余人次" in plain_text(explorer.table.value)
    assert "260～269" in plain_text(explorer.table.value)
    assert "字符" in plain_text(explorer.evidence.value)
    assert "<mark>260 余人次</mark>" in explorer.evidence.value
    explorer.selection.indicator.value = ""


def test_the_evidence_has_what_only_two_years_show(explorer: Explorer) -> None:
    explorer.selection.indicator.value = key_of(explorer, "调解个案补贴金额")
    shown = plain_text(explorer.evidence.value)
    assert "相差约" in shown
    assert "20.5" in shown
    explorer.selection.indicator.value = ""


def test_domain_years_filter_and_order(explorer: Explorer) -> None:
    chosen = explorer.selection
    everything = len(chosen.choice().series)
    chosen.domain.value = chosen.domain.options[1][1]
    narrower = chosen.choice().series
    assert 0 < len(narrower) < everything
    assert {one.domain for one in narrower} == {chosen.domain.value}
    assert len(chosen.indicator.options) == 1 + len([one for one in chosen.choice().all_series if one in narrower])
    chosen.domain.value = ""
    chosen.first.value = 2024
    assert chosen.choice().years == (2024,)
    assert "2023" not in plain_text(explorer.table.value).split("\n")[1]
    chosen.first.value = 2021
    chosen.wanted.value = "旁听"
    assert {"旁听" in one.name for one in chosen.choice().series} == {True}
    chosen.wanted.value = "没有这种指标"
    assert "没有符合条件的数字" in plain_text(explorer.table.value)
    chosen.wanted.value = ""
    chosen.order.value = "name"
    names = [one.name for one in chosen.choice().series]
    assert names == sorted(names)
    chosen.order.value = "change"
    sizes = [one.size for one in chosen.choice().series]
    assert sizes == sorted(sizes, reverse=True)
    chosen.order.value = "text"


def test_years_the_wrong_way_round_are_put_right(explorer: Explorer) -> None:
    explorer.selection.first.value, explorer.selection.last.value = 2024, 2022
    assert explorer.selection.choice().years == (2022, 2023, 2024)
    explorer.selection.place.widget.value = "没有这个地方"
    assert explorer.selection.choice().years == (2022, 2023, 2024)
    explorer.selection.first.value, explorer.selection.last.value = 2021, 2024


def test_another_place_brings_its_years_and_indicators(explorer: Explorer) -> None:
    chosen = explorer.selection
    chosen.place.value = dict(chosen.place.options)["北京市延庆区"]
    assert (chosen.first.min, chosen.last.max) == (2021, 2024)
    assert "延庆区" in plain_text(explorer.table.value)
    assert "没有位置" in plain_text(explorer.evidence.value)
    assert "http" in plain_text(explorer.evidence.value)
    chosen.place.value = dict(chosen.place.options)["内蒙古自治区云泽盟霁原旗"]


@pytest.mark.parametrize("typed", ["延庆区", "110119", "北京市延庆区", " 延庆 "])
def test_a_place_is_found_as_the_loaders_find_it(explorer: Explorer, typed: str) -> None:
    place = explorer.selection.place
    place.widget.value = typed
    assert place.widget.placeholder == place.label == "北京市延庆区"
    assert place.widget.value == ""  # a click lists all places
    assert "延庆区" in plain_text(explorer.table.value)
    assert place.note.layout.display == "none"
    place.widget.value = "159928"
    assert "霁原旗" in plain_text(explorer.table.value)
    assert place.widget.placeholder == "内蒙古自治区云泽盟霁原旗"


@pytest.mark.parametrize(("typed", "result"), [("不存在县", "没有“不存在县”"), ("市", "“市”可以指")])
def test_a_name_that_means_no_place_or_several_is_reported_aloud(explorer: Explorer, typed: str, result: str) -> None:
    """The field must not name one place while the table shows another without a word."""
    place, before = explorer.selection.place, explorer.table.value
    place.widget.value = typed
    assert result in plain_text(place.note.value)
    assert f"仍是“{place.label}”" in plain_text(place.note.value)
    assert place.note.layout.display == ""
    assert place.note in explorer.selection.box().children
    assert explorer.table.value == before
    place.widget.value = ""  # nothing typed keeps what is chosen
    assert place.widget.placeholder == place.label
    assert place.note.layout.display == "none"


def test_english_words() -> None:
    made = fz.open_page("explore", region="霁原旗", year=2024, lang="en").explorer()
    assert made.selection.place.description == "Place"
    assert "higher is better" in plain_text(made.table.value)


def test_a_report_is_looked_at_before_it_is_stored(intake: Intake, tmp_path: Path) -> None:
    assert intake.check.layout.display == "none"
    intake.upload.value = [
        {"name": "../a.txt", "type": "text/plain", "size": 1, "content": TEXT.encode(), "last_modified": NOW}
    ]
    assert intake.check.layout.display != "none"
    assert not (tmp_path / "data").exists()
    shown = plain_text(intake.holds.value)
    assert "云岭省望溪市砚桥县" in shown
    assert "执法力量不足" in shown
    assert "<img src=x" not in intake.holds.value
    assert "99.34%" in intake.figure.options[0][0]
    assert intake.figure.options[0][0].startswith("？")
    assert "审结率99.34%" in plain_text(intake.about.value)


def test_correct_remove_judge_store(intake: Intake, tmp_path: Path) -> None:
    intake.take("a.txt", TEXT.encode())
    rates = [key for label, key in intake.figure.options if "99.34%" in label]
    intake.figure.value = rates[0]
    intake.to.value = "94.34"
    intake.correct.click()
    assert "94.34%" in plain_text(intake.decided.value)
    intake.figure.value = next(key for label, key in intake.figure.options if "300余份" in label)
    intake.remove.click()
    intake.finding.value = next(key for label, key in intake.finding.options if "未见" in label)
    intake.dismiss.click()
    assert "已记下 3 条" in plain_text(intake.decided.value)
    assert not (tmp_path / "data").exists()
    intake.store.click()
    assert "已存入" in plain_text(intake.message.value)
    assert intake.store.disabled
    stored = fz.load_metrics(tmp_path / "data")
    assert set(stored["unit"]) == {"件", "%"}
    corrected = stored[stored["origin"] == "corrected"].iloc[0]
    assert (corrected["value"], corrected["lower"], corrected["upper"]) == (94.34, 94.335, 94.345)
    ledger = load_ledger(tmp_path / "data", "990124-2024")
    assert [entry.action for entry in ledger.corrections] == ["correct", "remove"]
    assert {entry.who for entry in ledger.corrections} == {"张三"}
    assert ledger.judgements[0].status == "dismissed"


def test_accepting_a_doubted_figure_dismisses_what_doubts_it(intake: Intake) -> None:
    intake.take("a.txt", TEXT.encode())
    doubts = intake._current()[1]
    assert doubts
    intake.accept.click()
    assert intake.staged is not None
    assert {one.kind for one in intake.staged.decisions.values()} == {"dismissed"}
    intake.figure.value = next(key for label, key in intake.figure.options if "300余份" in label)
    intake.accept.click()
    assert "没有疑点" in plain_text(intake.message.value)


def test_who_and_why_are_needed(intake: Intake) -> None:
    intake.take("a.txt", TEXT.encode())
    intake.who.value = ""
    intake.remove.click()
    assert "经办人" in plain_text(intake.message.value)
    assert intake.staged is not None
    assert intake.staged.decisions == {}


def test_what_cannot_be_read_is_one_line(intake: Intake, tmp_path: Path) -> None:
    intake.take("a.txt", b"")
    assert "文件是空的" in plain_text(intake.message.value)
    assert intake.check.layout.display == "none"
    intake.path.value = str(tmp_path / "没有.txt")
    intake.read.click()
    assert "没有.txt" in plain_text(intake.message.value)


def test_a_place_that_the_file_does_not_name_can_be_given(intake: Intake) -> None:
    text = "工作总结\n全年受理行政复议案件53件。\n"
    intake.take("b.txt", text.encode())
    assert intake.check.layout.display == "none"
    assert "b.txt：没有认出是哪个地方。请在上面填地方。" in plain_text(intake.message.value)
    intake.region.value = "砚桥县"
    intake.read.click()
    assert "请在上面填年度" in plain_text(intake.message.value)
    intake.region.value, intake.year.value = "砚桥县", "2024"
    intake.read.click()
    assert intake.check.layout.display != "none"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_advice_names_the_fields_of_the_form_and_the_uploaded_file(lang: str) -> None:
    intake = fz.open_page("explore", region="砚桥县", year=2024, lang=lang).upload(fz.ingest)
    intake.take("会议通知.txt", "会议通知\n请准时参加。\n".encode())
    result = plain_text(intake.message.value)
    assert result.startswith("会议通知.txt")
    assert intake.region.description in result
    assert intake.year.description in result
    assert "--" not in result  # options of the command line
    assert lang == "zh" or not re.search("[㐀-鿿]", result.removeprefix("会议通知.txt"))
    assert "fz-" not in result  # the temporary folder
    intake.close()


def test_what_was_stored_can_be_chosen_at_once(tmp_path: Path) -> None:
    page = fz.open_page("explore", region="砚桥县", year=2024)
    explorer, intake = page.explorer(), page.upload(fz.ingest, into=str(tmp_path / "data"))
    intake.take("b.txt", TEXT.replace("2024", "2022").replace("2025", "2023").encode())
    intake.store.click()
    assert (explorer.selection.first.value, explorer.selection.last.value) == (2022, 2024)


def test_decisions_are_tried_at_once(tmp_path: Path) -> None:
    staged = Staged(fz.ingest, "a.txt", TEXT.encode())
    assert staged.check()
    with pytest.raises(LedgerError):
        staged.decide(Decision("remove", "m999", {}, "why", "who"))
    assert staged.decisions == {}
    assert [local_id(row) for row, _ in staged.rows()]
    folder = staged.file.parent
    staged.close()
    assert not folder.exists()


@pytest.mark.parametrize("text", ["", "很多", "3件5件", "一、", "2024年"])
def test_only_one_figure_is_a_correction(text: str) -> None:
    with pytest.raises(UsageError):
        read_figure(text, {"unit": "件", "kind": "count"})


@pytest.mark.parametrize("name", ["/etc/passwd", "..\\..\\a", ".bashrc", "a\x00b", "", "con:"])
def test_names_from_elsewhere_never_become_paths(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert Path(safe).name == safe
    assert not safe.startswith(".")
    assert "\x00" not in safe
