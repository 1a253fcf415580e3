"""Whose law study a figure counts, by the meeting or group that its words name."""

from __future__ import annotations

import pytest

from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.extracting.linking.acts.study_groups import _rows, whose_study


@pytest.mark.parametrize(
    ("words", "body_kind", "wanted"),
    [
        ("县政府常务会议专题学法", "government", "govt_meeting_law_study"),
        ("县委理论学习中心组学法", "government", "party_committee_law_study"),
        ("县委理论学习中心组学法", "department", "party_committee_law_study"),
        ("党委理论学习中心组学法", "township", "party_committee_law_study"),
        ("党委理论学习中心组学法", "department", "party_group_law_study"),
        ("局党组理论学习中心组学法", "department", "party_group_law_study"),
        ("县委常委会、县委中心组学法", "government", "meetings_law_study_total"),
        ("县委中心组、县政府常务会议学法", "government", "meetings_law_study_total"),
        ("各级党委中心组学法", "government", "meetings_law_study_total"),
        ("开展集体学法", "department", "meetings_law_study_total"),
        ("组织各党支部学法", "department", ""),
        ("召开党工委会学法", "township", ""),
    ],
)
def test_one_named_group_decides(words: str, body_kind: str, wanted: str) -> None:
    assert whose_study("meetings_law_study_total", words, "", body_kind) == wanted


def test_other_indicators_stay() -> None:
    assert whose_study("law_lectures", "县政府常务会议举办法治讲座", "", "government") == "law_lectures"


def test_every_group_has_an_indicator_of_the_catalogue() -> None:
    catalogue = {indicator.id for indicator in load_catalogue()}
    assert set(_rows().values()) - {""} <= catalogue
