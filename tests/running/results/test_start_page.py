"""The start page of a result folder."""

from __future__ import annotations

import fazhi_analysis as fz
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.start_page import Contents, start_page


def test_a_place_without_a_chart_has_nothing_in_its_place() -> None:
    place_year = fz.open_page("trend", region="钱塘区", year=2024).place_year
    shown = str(start_page(place_year, Words("zh"), Contents(["trend"])))
    assert 'class="fz-brief fz-roomy"' in shown  # a short brief leaves room for the words behind the names
    assert "<svg" not in shown
    assert "None" not in shown
