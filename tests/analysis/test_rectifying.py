"""The rectification ledger: items, entries that last, and what the next report suggests."""

from __future__ import annotations

from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis import rectifying
from fazhi_analysis.errors import UnknownNameError, UsageError

DATA = Path(__file__).resolve().parents[2] / "data" / "sample" / "texts"
ID = "159928-2023"


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    fz.ingest([DATA / "159928-2022.txt", DATA / "159928-2023.md", DATA / "159928-2024.md"], tmp_path, workers=1)
    return tmp_path


def test_problems_and_findings_are_items_and_nothing_is_entered(stored: Path) -> None:
    table = fz.rectification(ID, stored)
    problems = fz.load_statements(stored, years=[2023])
    assert (table["kind"] == "problem").sum() == (problems["kind"] == "problem").sum()
    assert (table["kind"] == "finding").sum() > 0
    assert set(table["state"]) == {"open"}
    assert table["item"].is_unique


def test_what_is_left_out_stays_as_it_was_entered(stored: Path) -> None:
    item = fz.rectification(ID, stored)["item"].iloc[0]
    fz.rectify(ID, item, "doing", who="李四", data=stored, measure="增加编制", body="司法局", due="2024-06-30")
    fz.ingest(DATA / "159928-2023.md", stored, workers=1)
    row = fz.rectification(ID, stored).set_index("item").loc[item]
    assert (row["measure"], row["body"], row["due"], row["state"]) == ("增加编制", "司法局", "2024-06-30", "doing")
    fz.rectify(ID, item, "done", who="王五", data=stored)
    row = fz.rectification(ID, stored).set_index("item").loc[item]
    assert (row["measure"], row["state"], row["who"], row["suggestion"]) == ("增加编制", "done", "王五", "")


def followed(row: str, verdict: str, later: int = 2024, figure: str = "") -> dict[str, object]:
    pieces = [{"role": "promise", "row": "", "text": "十次以上"}, {"role": "figure", "row": figure, "text": "十二次"}]
    found = pieces if figure else []
    return {"row_id": row, "part": 0, "verdict": verdict, "extent": "full", "later_year": later, "evidence": found}


def message(row: str, kind: str, ordinal: int, *answers: tuple[int, str]) -> dict[str, object]:
    given = [{"problem": problem, "strength": strength} for problem, strength in answers]
    return {"row_id": row, "kind": kind, "ordinal": ordinal, "answers": given}


PROBLEM, STEP = message("p1", "problem", 1), message("n1", "next_step", 1, (1, "direct"))
KEPT = followed("n1", "kept", figure="r:m1")


def test_a_problem_that_is_gone_and_whose_step_is_kept_by_a_figure_is_suggested() -> None:
    found = rectifying.closures([followed("p1", "dropped"), KEPT], [PROBLEM, STEP])
    assert {row: (closure.row, closure.text) for row, closure in found.items()} == {"p1": ("r:m1", "十二次")}


@pytest.mark.parametrize(
    ("problem", "step", "answer"),
    [
        pytest.param("repeated", KEPT, "direct", id="it is named again"),
        pytest.param("cannot_tell", KEPT, "direct", id="one like it is named"),
        pytest.param("dropped", followed("n1", "dropped"), "direct", id="silence on both"),
        pytest.param("dropped", followed("n1", "contradicted", figure="r:m1"), "direct", id="the step was not kept"),
        pytest.param("dropped", followed("n1", "kept"), "direct", id="words only"),
        pytest.param("dropped", {**KEPT, "extent": "part"}, "direct", id="only a part of the step"),
        pytest.param("dropped", KEPT, "partial", id="the step answers something near"),
    ],
)
def test_nothing_else_is_suggested(problem: str, step: dict[str, object], answer: str) -> None:
    statements = [PROBLEM, message("n1", "next_step", 1, (1, answer))]
    assert rectifying.closures([followed("p1", problem), step], statements) == {}


def test_a_rise_that_does_not_settle_the_problem_is_no_suggestion(stored: Path) -> None:
    """The pass rate reached its target, but the next report names something near: a person decides."""
    assert set(fz.rectification(ID, stored)["suggestion"]) == {""}


def test_an_entry_outlives_the_words_that_it_is_about(tmp_path: Path) -> None:
    text = (DATA / "159928-2023.md").read_text(encoding="utf-8")
    file, data = tmp_path / "a.md", tmp_path / "data"
    file.write_text(text, encoding="utf-8")
    fz.ingest(file, data)
    table = fz.rectification(ID, data)
    problem, finding = (table[table["kind"] == kind].iloc[0] for kind in ("problem", "finding"))
    for one in (problem, finding):
        fz.rectify(ID, one["item"], "doing", who="李四", data=data, measure="已约谈")
    file.write_text(
        "霁原旗2023年法治政府建设年度报告\n" + text[text.index("一、") :].replace("文书填写", "卷宗填写"),
        encoding="utf-8",
    )
    fz.ingest(file, data, region="霁原旗", year=2023)
    after = fz.rectification(ID, data).set_index("item")
    row = after.loc[problem["item"]]
    assert (row["gone"], row["text"], row["measure"], row["suggestion"]) == (True, problem["text"], "已约谈", "")
    fz.rectify(ID, problem["item"], "done", who="李四", data=data)
    assert fz.rectification(ID, data).set_index("item").loc[problem["item"], "state"] == "done"


def test_a_finding_that_a_new_version_puts_right_is_suggested(tmp_path: Path) -> None:
    text = "砚桥县2024年法治政府建设年度报告\n一、情况\n调解矛盾纠纷200件，调解成功190件，调解成功率75.0%。\n"
    file, data = tmp_path / "a.txt", tmp_path / "data"
    file.write_text(text, encoding="utf-8")
    fz.ingest(file, data)
    table = fz.rectification("990124-2024", data)
    found = table[table["text"].str.contains("75")].iloc[0]
    fz.rectify("990124-2024", found["item"], "doing", who="李四", data=data)
    file.write_text(text.replace("75.0%", "95.0%"), encoding="utf-8")
    fz.ingest(file, data)
    row = fz.rectification("990124-2024", data).set_index("item").loc[found["item"]]
    assert (row["gone"], row["suggestion"], row["evidence"]) == (True, "close", "990124-2024")


def test_the_latest_report_has_nothing_to_close_by(stored: Path) -> None:
    assert set(fz.rectification("159928-2024", stored)["suggestion"]) == {""}


def test_what_cannot_be_entered_is_refused(stored: Path) -> None:
    item = fz.rectification(ID, stored)["item"].iloc[0]
    with pytest.raises(UnknownNameError):
        fz.rectify(ID, "problem-00000000", "doing", who="李四", data=stored)
    with pytest.raises(UsageError):
        fz.rectify(ID, item, "finished", who="李四", data=stored)
    with pytest.raises(UsageError):
        fz.rectify(ID, item, "done", who=" ", data=stored)
    with pytest.raises(UsageError):
        fz.rectify(ID, item, "done", who="李四", data=None)
    with pytest.raises(UsageError, match="2025-06-30"):
        fz.rectify(ID, item, "doing", who="李四", data=stored, due="六月底")
