"""What every page can give to an analyst: its tables as frames, its charts as figures."""

from __future__ import annotations

from pathlib import Path


def test_parts_of_a_page_are_frames_and_figures(tmp_path: Path) -> None:
    import fazhi_analysis as fz

    page = fz.open_page("year_over_year", region="霁原旗", year=2024)
    table = page.frame("changes_table")
    assert len(table) == len(page.changes.compared)
    assert len(page.metrics) == len(fz.load_metrics(regions="霁原旗"))
    drawn = page.chart_figures("changes_chart")
    assert drawn
    drawn[0].savefig(tmp_path / "own.png")
    assert (tmp_path / "own.png").read_bytes().startswith(b"\x89PNG")
    peers = fz.open_page(
        "peer_comparison",
        region="延庆区",
        year=2024,
        regions=["延庆区", "平谷区", "朝阳区"],
        indicators="decision_legality_reviews",
    )
    (figure,) = peers.chart_figures("peers_chart")
    result = "".join(text.get_text() for text in figure.texts)
    assert "合法性审核决策文件件次" in result
    assert "2024 年" in result
    trend = fz.open_page("trend", region="霁原旗", year=2024)
    assert all(figure.texts for figure in trend.chart_figures("trend_chart"))
    assert len(trend.frame("trend_table"))
