"""Which of several sources of a place and year is counted, and who published a figure."""

from __future__ import annotations

import pandas as pd
import pytest

from fazhi_analysis.analysis.sources import further_sources, is_national, publisher


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://sfj.gz.gov.cn/a.html", "gz.gov.cn"),
        ("https://example.com/a", "example.com"),
        ("http://[broken", ""),
        ("3f2a", ""),
    ],
)
def test_the_publisher_is_the_domain(source: str, expected: str) -> None:
    assert publisher(source) == expected


def test_national_bodies_are_known_by_their_host() -> None:
    assert is_national(publisher("http://www.moj.gov.cn/x"))
    assert not is_national(publisher("http://www.notmoj.gov.cn.example.com/x"))


def test_whole_reports_are_counted_before_selections() -> None:
    table = pd.DataFrame({"report_id": ["990124-2023-web", "990124-2023", "990124-2024-web"], "start": [None, 5, None]})
    assert further_sources(table) == {"990124-2023-web": "990124-2023"}


def test_tables_without_places_say_nothing() -> None:
    assert further_sources(pd.DataFrame({"report_id": ["990124-2023"]})) == {}
