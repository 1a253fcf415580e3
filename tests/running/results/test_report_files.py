"""What the index of a batch counts is what the lead of the page counts."""

from __future__ import annotations

import fazhi_analysis as fz
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.running.results.report_files import summary


def test_the_index_counts_as_the_page_does() -> None:
    page = fz.open_page("year_over_year", region="霁原旗", year=2024)
    counts = summary(page.place_year, page.words)["verdicts"]
    lead = plain_text(str(page.headline()))
    names = {
        "improved": "改善",
        "increased": "增加",
        "decreased": "减少",
        "slight": "变化尚难认定",
        "doubtful": "核查存疑",
    }
    for verdict, name in names.items():
        assert f"{name} {counts[verdict]} 项" in lead
