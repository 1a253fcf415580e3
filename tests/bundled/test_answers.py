"""What the bundled figures answer: comparisons worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

# --- answers recomputed by hand --------------------------------------------------------------------------------------

ANSWERS = [
    # region, indicator, scope, baseline year, year, change (lower, upper), verdict; all by hand from the public figures
    ("北京市海淀区", "commitment_cases", "", 2020, 2022, (47600, 48599), "increased"),  # 113400 -> 161000..161999
    ("北京市海淀区", "commitment_items", "", 2020, 2022, (61, 61), "increased"),  # 182 -> 243
    ("北京市海淀区", "commitment_units", "", 2020, 2022, (6, 6), "increased"),  # 17 -> 23
    ("北京市海淀区", "integrated_service_scenarios", "", 2022, 2023, (44, 44), "improved"),  # 16 -> 60
    ("北京市东城区", "commitment_business_items", "", 2022, 2023, (6, 6), "increased"),  # 182 -> 188
    ("北京市东城区", "commitment_certificate_items", "", 2022, 2023, (-3, -3), "decreased"),  # 16 -> 13
    ("北京市东城区", "commitment_material_items", "", 2022, 2023, (18, 18), "increased"),  # 67 -> 85
    ("北京市西城区", "normative_documents_filed", "", 2023, 2024, (-6, -6), "decreased"),  # 19 -> 13
    ("北京市西城区", "policy_consultations", "", 2023, 2024, (-7, -7), "decreased"),  # 21 -> 14
    ("北京市西城区", "proactive_disclosures", "", 2023, 2024, (2077, 2077), "increased"),  # 22432 -> 24509
    ("北京市朝阳区", "online_service_rate", "区级", 2022, 2024, (9.0, 10.5), "improved"),  # 89.5..90.5 -> 99.5..100
    ("北京市朝阳区", "e_certificates_shared", "", 2022, 2024, (118, 118), "increased"),  # 174 -> 292
    ("北京市房山区", "one_licence_trades", "", 2023, 2024, (3, 3), "increased"),  # 4 -> 7
    ("北京市房山区", "one_matter_items", "", 2023, 2024, (16, 16), "improved"),  # 46 -> 62
    ("北京市昌平区", "decision_legality_reviews", "", 2022, 2023, (36, 36), "increased"),  # 278 -> 314
    ("北京市平谷区", "one_certificate_instant_items", "", 2021, 2022, (0, 0), "unchanged"),  # 159 -> 159
    ("北京市平谷区", "one_door_rate", "", 2021, 2022, (8.37, 8.39), "improved"),  # 91.01 -> 99.39
    ("北京市延庆区", "one_licence_trades", "", 2023, 2024, (0, 0), "unchanged"),  # 40 -> 40
    ("北京市延庆区", "one_matter_items", "", 2023, 2024, (14, 14), "improved"),  # 48 -> 62
    ("北京市延庆区", "service_package_requests_resolved", "", 2023, 2024, (774, 774), "increased"),  # 327 -> 1101
    ("上海市闵行区", "police_integrated_windows", "", 2019, 2020, (2, 2), "increased"),  # 23 -> 25
    ("浙江省温州市", "reconsideration_applications", "市本级", 2023, 2024, (2459, 2459), "increased"),  # 867 -> 3326
    ("河南省方城县", "reconsideration_accepted", "", 2023, 2024, (85, 85), "increased"),  # 66 -> 151
    ("广东省广州市", "rule_of_law_deliberations", "", 2022, 2023, (-16, -16), "decreased"),  # 79 -> 63
    ("广东省深圳市光明区", "law_exam_pass_rate", "优秀率", 2021, 2022, (-0.61, -0.59), "worsened"),  # 99.88 -> 99.28
]


@pytest.mark.parametrize(("region", "indicator", "scope", "baseline", "year", "change", "verdict"), ANSWERS)
def test_year_over_year_by_hand(
    changes: pd.DataFrame,
    region: str,
    indicator: str,
    scope: str,
    baseline: int,
    year: int,
    change: tuple[float, float],
    verdict: str,
):
    row = changes[
        (changes["region"] == region)
        & (changes["indicator_id"] == indicator)
        & (changes["scope"] == scope)
        & (changes["baseline_year"] == baseline)
        & (changes["year"] == year)
    ]
    assert len(row) == 1
    assert (row.iloc[0]["change_lower"], row.iloc[0]["change_upper"]) == pytest.approx(change)
    assert row.iloc[0]["verdict"] == verdict


def test_relative_change_of_an_approximate_figure(changes: pd.DataFrame):
    row = changes[
        (changes["indicator_id"] == "commitment_cases") & (changes["year"] == 2022) & (changes["baseline_year"] == 2020)
    ]
    assert row.iloc[0]["relative_lower"] == pytest.approx(47600 / 113400)
    assert row.iloc[0]["relative_upper"] == pytest.approx(48599 / 113400)


def test_figures_of_other_publishers_and_periods_are_not_compared(changes: pd.DataFrame):
    rows = changes[(changes["region"] == "上海市") & (changes["indicator_id"] == "reconsideration_accepted")]
    verdicts = {(row.baseline_year, row.year): row.verdict for row in rows.itertuples() if pd.notna(row.baseline_year)}
    assert verdicts[2014, 2019] == "not_comparable"
    assert verdicts.get((2019, 2022), "not_comparable") == "not_comparable"
