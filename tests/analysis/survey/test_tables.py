"""The survey's tables T1 to T8 on the fictional reports, recomputed by hand, and on figures without a text."""

from __future__ import annotations

import pandas as pd
import pytest

from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.survey import figures, reuse, tables
from fazhi_analysis.analysis.survey.tables import Survey, open_survey
from fazhi_analysis.errors import UnknownNameError

BANNER, COUNTY = "内蒙古自治区云泽盟霁原旗", "云岭省望溪市砚桥县"


@pytest.fixture(scope="module")
def fictional() -> Survey:
    return open_survey(regions=[BANNER, COUNTY])


@pytest.fixture(scope="module")
def public() -> Survey:
    return open_survey(regions=["北京市延庆区", "内蒙古自治区鄂托克前旗"])


def row(table: pd.DataFrame, region: str, year: int) -> pd.Series:
    (found,) = [item for _, item in table[(table["region"] == region) & (table["year"] == year)].iterrows()]
    return found


def test_t1_days_and_answers(fictional: Survey):
    table = tables.timeliness(fictional)
    late = row(table, BANNER, 2021)  # signed on 9 March, the last day in time was 28 February
    assert (late["signed"], late["due"], late["days"], late["in_time"]) == ("2022-03-09", "2022-03-01", -9, "no")
    assert set(table["published_in_time"]) == {"cannot tell"}
    (county,) = tables.timeliness_by_level(fictional).to_dict("records")
    assert (county["reports"], county["yes"], county["no"], round(county["share"], 3)) == (6, 5, 1, 0.833)


def test_t1_without_dates_nothing_is_reported(public: Survey):
    table = tables.timeliness(public)
    unknown = table[table["signed"] == ""]
    assert len(unknown) > 0
    assert set(unknown["in_time"]) == {"cannot tell"}
    assert unknown["days"].isna().all()


def test_t2_contents(fictional: Survey):
    table = tables.structure(fictional)
    assert row(table, COUNTY, 2023)["shortcomings"] == "no"
    assert row(table, BANNER, 2022)["causes"] == "weak"
    assert row(table, BANNER, 2021)["sections"] == 8
    counts = tables.contents(fictional).set_index("key")
    assert counts.loc["shortcomings", list(tables.ANSWERS)].tolist() == [4, 0, 2, 0]
    assert 0.02 < row(table, BANNER, 2024)["share_problems"] < 0.08


def test_t2_without_findings_nothing_is_reported(public: Survey):
    table = tables.structure(public)
    bare = table[table["region"] != "内蒙古自治区鄂托克前旗"]
    assert set(bare["causes"]) == {"cannot tell"}
    assert bare["share_problems"].isna().all()


def test_t3_figures_for_each_thousand_characters(fictional: Survey):
    for _, item in tables.numbers(fictional).iterrows():
        assert item["per_thousand"] == pytest.approx(1000 * item["figures"] / item["characters"])
        assert item["exact"] <= item["figures"]
        assert 0 < item["sentences_with_figure"] < 1


def test_t4_shortcomings(fictional: Survey, public: Survey):
    table = tables.shortcomings(fictional)
    assert [(item["shortcomings"], item["with_cause"]) for _, item in table[table["region"] == BANNER].iterrows()] == [
        (3, 0), (3, 1), (4, 1), (3, 1),
    ]  # fmt: skip
    assert (table["answered"] <= table["shortcomings"]).all()
    bare = tables.shortcomings(public)
    assert bare[bare["region"] != "内蒙古自治区鄂托克前旗"]["shortcomings"].isna().all()


def test_t5_panel_holds_printed_results_only(fictional: Survey):
    table = figures.panel(fictional)
    assert (table["indicator_id"].astype(str) != "").all()
    assert not table["row_id"].duplicated().any()
    counts = figures.coverage(fictional).set_index("indicator_id")
    assert counts.loc["appeals_completion_rate", ["reports", "places", "years"]].tolist() == [6, 2, 4]
    assert counts["reports"].is_monotonic_decreasing


def test_t6_rates_with_and_without_base(fictional: Survey):
    table = figures.rates(fictional).set_index("rate")
    assert table.loc["appeals_completion_rate", ["reports", "with_base", "with_both"]].tolist() == [6, 6, 6]
    assert (table["with_both"].dropna() <= table["with_base"][table["with_both"].notna()]).all()
    assert (table["with_base"].dropna() <= table["reports"][table["with_base"].notna()]).all()


def test_t7_findings(fictional: Survey, public: Survey):
    by_report = figures.findings_by_report(fictional)
    by_rule = figures.findings_by_rule(fictional)
    lanes = by_rule["rule"].map(lambda name: rule_of(name).lane)
    assert set(lanes) == {"figures", "form", "duties"}
    for severity in ("error", "warning", "note", "confirmed"):
        assert by_report[severity].sum() == by_rule.loc[lanes == "figures", severity].sum()
    assert by_report["error"].sum() == 8  # as many as were planted
    assert (by_rule["title"] != by_rule["rule"]).all()
    bare = figures.findings_by_report(public)
    assert bare[bare["region"] != "内蒙古自治区鄂托克前旗"]["error"].isna().all()


def test_t8_reuse_over_the_years(fictional: Survey):
    table = reuse.reuse_over_years(fictional)
    assert len(table) == 4
    assert table["share"].between(0.02, 0.5).all()
    assert (table["edits"] > 0).all()
    assert len(reuse.reuse_between_places(fictional)) == 0


def test_t8_between_places_finds_a_copied_stretch(fictional: Survey):
    texts = dict(fictional.texts)
    copied = "\n在候车亭和渡口张贴漫画版办事指南，赶集日由司法所干部轮流摆摊答疑，老人孩子都能看懂，全年摆摊{}次。"
    texts["159928-2024"] += copied.format(31)
    texts["990124-2024"] += copied.format(47)
    altered = Survey(fictional.reports, fictional.metrics, fictional.statements, fictional.findings, texts)
    wanted = {"159928-2024", "990124-2024"}
    found = reuse.reuse_between_places(altered, least=0.005).to_dict("records")
    (pair,) = [item for item in found if {item["report_id"], item["other_report_id"]} == wanted]
    assert ["31", "47"] in [sorted(edit) for edit in pair["edits"]], pair


def test_an_unknown_place_is_named():
    with pytest.raises(UnknownNameError):
        open_survey(regions=["不存在县"])
