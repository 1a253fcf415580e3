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


def test_what_is_entered_survives_twenty_ingests(stored: Path) -> None:
    item = fz.rectification(ID, stored)["item"].iloc[0]
    fz.rectify(ID, item, "doing", who="李四", data=stored, measure="增加编制", body="司法局", due="2024-06-30")
    for _ in range(20):
        fz.ingest(DATA / "159928-2023.md", stored, workers=1)
    row = fz.rectification(ID, stored).set_index("item").loc[item]
    assert (row["measure"], row["body"], row["due"], row["state"]) == ("增加编制", "司法局", "2024-06-30", "doing")
    fz.rectify(ID, item, "done", who="王五", data=stored)
    row = fz.rectification(ID, stored).set_index("item").loc[item]
    assert (row["measure"], row["state"], row["who"], row["suggestion"]) == ("增加编制", "done", "王五", "")


def test_what_the_next_report_shows_is_suggested_until_a_person_closes_it(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = fz.load_statements(stored, years=[2023])
    first, second = statements[statements["kind"] == "problem"]["row_id"].astype(str).head(2)
    said = {"kind": "problem", "later_row": "159928-2024:m001", "verdict": "kept"}
    followed = [{**said, "row_id": first}, {**said, "row_id": second, "verdict": "repeated"}]
    monkeypatch.setattr(
        rectifying, "_followed", lambda report_id, data, side: followed if (report_id, side) == (ID, "year") else []
    )
    table = fz.rectification(ID, stored)
    (found,) = table[table["suggestion"] == "close"].to_dict("records")
    assert (found["kind"], found["state"], found["evidence"]) == ("problem", "open", "159928-2024:m001")
    fz.rectify(ID, found["item"], "done", who="王五", data=stored)
    assert set(fz.rectification(ID, stored)["suggestion"]) == {""}


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
