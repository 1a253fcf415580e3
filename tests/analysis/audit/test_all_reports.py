"""The audit of all stored reports as a table: it says what the audit of each report says, years compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.doubts import doubted_rows
from fazhi_analysis.dataset.schema import FINDINGS
from fazhi_analysis.errors import UnknownNameError


def test_it_says_what_the_audits_of_the_reports_say() -> None:
    table = fz.audit_all(regions="霁原旗", years=[2023, 2024])
    each = [item for year in (2023, 2024) for item in fz.audit(f"159928-{year}")]
    assert table["id"].tolist() == [item.id for item in each]
    assert [[piece["row"] for piece in cell] for cell in table["evidence"]] == [
        [piece.row for piece in item.evidence] for item in each
    ]
    assert doubted_rows(table) == doubted_rows(each)


def test_it_has_the_columns_and_types_of_the_stored_findings() -> None:
    table, stored = fz.audit_all(regions="霁原旗"), fz.load_findings(regions="霁原旗")
    assert list(table.columns) == list(FINDINGS.names)
    closed = ("severity", "status")
    assert table.dtypes[list(closed)].tolist() == stored.dtypes[list(closed)].tolist()
    assert set(stored["id"]) < set(table["id"])  # all that is stored, and what only two years show


def test_a_figure_that_only_the_year_before_shows_to_be_odd_is_marked() -> None:
    metrics = fz.load_metrics(regions="霁原旗")

    def doubts(findings: object) -> dict[str, str]:
        changes = fz.year_over_year(metrics, "霁原旗", 2024, 2023, findings=findings)  # type: ignore[arg-type]
        return changes.set_index("label")["doubt"].astype(str).to_dict()

    marked, stored = doubts(fz.audit_all(regions="霁原旗")), doubts(fz.load_findings(regions="霁原旗"))
    for label in ("调解个案补贴金额", "办理法律援助案件数"):
        assert (marked[label], stored[label]) == ("warning", "")
    assert {label for label, doubt in stored.items() if doubt} <= {label for label, doubt in marked.items() if doubt}
    assert list(marked.values()).count("") > 90


def test_the_year_before_is_looked_at_where_it_is_not_asked_for() -> None:
    both, later = (fz.audit_all(regions="霁原旗", years=years) for years in ([2023, 2024], 2024))
    assert later["id"].tolist() == both.loc[both["year"] == 2024, "id"].tolist()


def test_what_a_person_dismissed_is_reported(tmp_path: Path) -> None:
    store = tmp_path / "data"
    for name in ("159928-2023", "159928-2024"):
        shutil.copytree(fz.bundled_data() / "sample" / "reports" / name, store / "reports" / name)
    found = fz.audit_all(store, regions="霁原旗", years=2024)
    name = found.loc[found["rule"] == "magnitude", "id"].iloc[0]
    fz.judge("159928-2024", name, "dismissed", comment="口径不同", who="李四", data=store)
    again = fz.audit_all(store, regions="霁原旗", years=2024).set_index("id")
    assert (again.loc[name, "status"], again.loc[name, "comment"]) == ("dismissed", "口径不同")


def test_no_reports_have_no_findings_and_unknown_places_are_named() -> None:
    assert list(fz.audit_all(regions=[]).columns) == list(FINDINGS.names)
    assert fz.audit_all(regions=[]).empty
    with pytest.raises(UnknownNameError, match="没有的县"):
        fz.audit_all(regions="没有的县")
