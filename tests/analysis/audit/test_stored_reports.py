"""Stored reports: rows without a text, the year before, judgements that survive, and the public reports."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fazhi_analysis.analysis.audit import audit_target
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.runner import audit
from fazhi_analysis.analysis.audit.stored_reports import year_before
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.dataset.ledger import add_judgement
from fazhi_analysis.dataset.report_folders import find_folder
from fazhi_analysis.dataset.storage import read_report_folder, write_report_folder
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.model import Metadata, Quantity, Source

ROOT = Path(__file__).resolve().parents[3]
REPORTS = ROOT / "data" / "reports"
SAMPLE = ROOT / "data" / "sample"
DISTRICT, BANNER = "440311-2021", "150623-2023"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the fictional banner's last two years."""
    for name in ("159928-2023", "159928-2024"):
        shutil.copytree(SAMPLE / "reports" / name, tmp_path / "reports" / name)
    return tmp_path


def test_public_figures_raise_no_error_and_few_doubts():
    doubts = {}
    for folder in REPORTS.iterdir():
        found = audit(folder.name)
        assert [item for item in found if item.severity == "error"] == [], folder.name
        for item in found:
            if item.severity == "warning" and folder.name not in (DISTRICT, BANNER):
                doubts[folder.name] = item
    # Both were checked by hand: the stated growth is not that of the counts; more is answered than was received.
    assert {name: item.rule for name, item in doubts.items()} == {
        "110114-2023": "claimed_change",
        "310113-2025": "part_exceeds_whole",
    }


def test_a_judgement_stands_after_every_re_run(store: Path):
    first = {item.id: item for item in audit("159928-2024", data=store)}
    (wrong,) = [item for item in first.values() if item.rule == "ratio" and item.severity == "error"]
    assert wrong.status == "open"
    add_judgement(store, "159928-2024", wrong.id, "dismissed", comment="已与办理单位核实", who="张三")
    for _ in range(2):
        again = {item.id: item for item in audit("159928-2024", data=store)}
        assert again.keys() == first.keys()
        assert (again[wrong.id].status, again[wrong.id].comment) == ("dismissed", "已与办理单位核实")
        assert {item.status for key, item in again.items() if key != wrong.id} == {"open"}


def test_a_judgement_stands_after_the_report_is_taken_in_again(store: Path):
    from fazhi_analysis.running.ingest import ingest

    (wrong,) = [item for item in audit("159928-2024", data=store) if item.rule == "sum" and item.severity == "error"]
    add_judgement(store, "159928-2024", wrong.id, "accepted", comment="已要求更正", who="李四")
    ingest([SAMPLE / "texts" / "159928-2024.md"], data=store)
    stored = {row["id"]: row for row in read_report_folder(store / "reports" / "159928-2024").findings}
    assert (stored[wrong.id]["status"], stored[wrong.id]["comment"]) == ("accepted", "已要求更正")
    again = {item.id: item for item in audit("159928-2024", data=store)}
    assert again[wrong.id].status == "accepted"


def test_a_judgement_shows_on_the_page(store: Path):
    import fazhi_analysis as fz
    from fazhi_analysis.presenting.html.markup import plain_text

    (wrong,) = [item for item in audit("159928-2024", data=store) if item.rule == "ratio" and item.severity == "error"]
    before = plain_text(str(fz.open_page("data_quality", region="159928", year=2024, data=store).findings()))
    add_judgement(store, "159928-2024", wrong.id, "dismissed", comment="已与<办理>单位核实", who="张三")
    after = str(fz.open_page("data_quality", region="159928", year=2024, data=store).findings())
    assert "已与" not in before
    assert "已与&lt;办理&gt;单位核实" in after


def test_the_year_before_is_looked_at(store: Path):
    rules = ["magnitude", "claimed_change", "reused_text"]
    with_year = audit("159928-2024", data=store, rules=rules)
    assert {item.rule for item in with_year} == set(rules)
    shutil.rmtree(store / "reports" / "159928-2023")
    assert audit("159928-2024", data=store, rules=rules) == []


def test_digits_whose_unit_stands_in_a_heading_are_named_with_unit_and_scale(store: Path):
    """296.5元 against 318.4万元: the bare digits of the two cells would contradict the factor beside them."""
    for name in ("990124-2023", "990124-2024"):
        shutil.copytree(SAMPLE / "reports" / name, store / "reports" / name)
    (found,) = audit("990124-2024", data=store, rules=["magnitude"])
    assert found.message_zh.startswith("罚没金额本年296.5元，2023年318.4万元，")
    assert found.message_en.startswith("Fines and confiscations: 296.5 yuan against 3.184 million yuan in 2023")


def test_a_document_is_set_beside_the_year_before_when_a_store_is_given(store: Path):
    text = SAMPLE / "texts" / "159928-2024.md"
    alone = audit(text, rules=["magnitude"])
    beside = audit(text, data=store, rules=["magnitude"])
    assert alone == []
    (found,) = beside
    earlier = found.evidence[1]
    assert (earlier.start, earlier.row.partition(":")[0]) == (None, "159928-2023")


def test_the_nearest_earlier_year_counts(tmp_path: Path):
    for name in ("159928-2020", "159928-2022", "159928-2022-b", "159928-2024", "990124-2023"):
        (tmp_path / name).mkdir()
    assert year_before(tmp_path / "159928-2024") == tmp_path / "159928-2022"
    assert year_before(tmp_path / "159928-2020") is None


def test_the_earlier_report_of_a_renamed_place_is_found(tmp_path: Path):
    for name in ("110229-2013", "110119-2016", "110228-2015"):  # 延庆县 became 延庆区; 密云县 is another place
        (tmp_path / name).mkdir()
    assert year_before(tmp_path / "110119-2016") == tmp_path / "110229-2013"
    (tmp_path / "110229-2015").mkdir()
    assert year_before(tmp_path / "110119-2016") == tmp_path / "110229-2015"
    (tmp_path / "110119-2015").mkdir()
    assert year_before(tmp_path / "110119-2016") == tmp_path / "110119-2015"


def test_a_place_where_a_sentence_breaks_is_shown_without_empty_quotes(store: Path):
    import fazhi_analysis as fz
    from fazhi_analysis.presenting.html.markup import plain_text

    (broken,) = audit("159928-2024", data=store, rules=["split_sentence"])
    (piece,) = broken.evidence
    assert piece.text
    assert not piece.text.strip()
    page = str(fz.open_page("data_quality", region="159928", year=2024, data=store).form())
    (line,) = [item for item in page.split("<li") if broken.id in item]
    text = plain_text(line)
    assert "断句" in text
    assert not re.search(r"“\s*”", plain_text(page))


def test_what_was_found_on_the_text_stands_without_it(tmp_path: Path):
    stored = read_report_folder(REPORTS / BANNER)
    assert stored.text is None
    kept = {row["id"] for row in stored.findings}
    assert {item.id for item in audit(BANNER)} == kept


def test_figures_without_places_have_findings_of_their_own():
    rows = [
        Quantity(-1, -1, "", 1, 1, 1, "件", "exact", "count", True, row_id=f"110101-2024:m00{number}")
        for number in (1, 2)
    ]
    one, two = (rule_of("ratio").finding("note", "一", "one", [evidence_of(row)]) for row in rows)
    assert one.id != two.id
    assert one.evidence[0].start is None


def test_rows_without_a_text_are_checked_by_the_catalogue(tmp_path: Path):
    def row(name: str, value: float, unit: str, indicator: str) -> dict[str, object]:
        half = 0.05 if unit == "%" else 0
        return {
            "row_id": f"990124-2024:{name}", "indicator_id": indicator, "label": indicator, "value": value,
            "lower": value - half, "upper": value + half, "unit": unit, "qualifier": "exact",
            "kind": "rate" if unit == "%" else "count",
        }  # fmt: skip

    rows = [
        row("m001", 300, "件", "appeals_received"),
        row("m002", 285, "件", "appeals_concluded"),
        row("m003", 99.0, "%", "appeals_completion_rate"),
    ]
    write_report_folder(
        "990124-2024", into=tmp_path, region="云岭省望溪市砚桥县", region_code="990124", year=2024,
        metadata=Metadata(title="砚桥县2024年法治政府建设年度报告"), metrics=rows, source=Source("a", "0" * 64, "text"),
    )  # fmt: skip
    (found,) = audit("990124-2024", data=tmp_path, rules=["ratio"])
    # Without the sentence nobody can tell whether the rate has another base.
    assert found.severity == "warning"
    assert "95%" in found.message_zh


def test_the_header_tells_which_report(store: Path):
    header, found = audit_target("159928-2024", data=store)
    assert (header["report_id"], header["year"]) == ("159928-2024", 2024)
    assert {item.report_id for item in found} == {"159928-2024"}


def test_an_unknown_report_is_named_with_what_exists(store: Path):
    with pytest.raises(UnknownNameError, match="159928-2024"):
        find_folder("159928-2025", store)


@pytest.mark.parametrize("asked", ["砚桥县-2024", "云岭省望溪市砚桥县-2024"])
def test_a_place_and_a_year_are_answered_with_the_id(asked: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_folder(asked)
    assert "990124-2024" in str(caught.value)
    assert "990124-2023" not in str(caught.value)
    with pytest.raises(UnknownNameError, match="990124-2023、990124-2024"):
        find_folder("砚桥县")
