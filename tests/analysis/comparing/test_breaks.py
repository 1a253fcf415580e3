"""Across a break of definition nothing improves or worsens; a user's own breaks count like the bundled ones."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.analysis.conftest import Maker

from fazhi_analysis import load_breaks, open_page, year_over_year
from fazhi_analysis.analysis.comparing.breaks import Break, between
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.cli import main
from fazhi_analysis.errors import DataError

HEAD = "indicator_prefix,from,territory,note_zh\n"
RATE = {"indicator_id": "reconsideration_correction_rate", "unit": "%", "kind": "rate"}


def rate(value: float, year: int, **more: object) -> dict[str, object]:
    return {**RATE, "value": value, "lower": value - 0.05, "upper": value + 0.05, "year": year, **more}


def own(tmp_path: Path, text: str) -> Path:
    (tmp_path / "breaks.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_every_break_names_indicators_of_the_catalogue_and_its_source() -> None:
    ids = [item.id for item in load_catalogue()]
    for item in load_breaks():
        assert any(name.startswith(item.prefix) for name in ids), item.prefix
        assert item.note_zh
        assert item.note_en
        assert item.address.startswith("http")


@pytest.mark.parametrize(
    ("years", "verdict", "notes"),
    [((2021, 2022), "improved", ""), ((2023, 2024), "decreased", "law_changed"), ((2024, 2025), "improved", "")],
)
def test_a_rate_is_not_better_across_a_break(make: Maker, years: tuple[int, int], verdict: str, notes: str) -> None:
    row = year_over_year(make(rate(12.4, years[0]), rate(9.1, years[1]))).iloc[0]
    assert (row["verdict"], row["notes"]) == (verdict, notes)
    assert row["direction"] == "lower_better"


def test_an_own_break_holds_in_its_territory_alone(make: Maker, tmp_path: Path) -> None:
    data = own(tmp_path, f"{HEAD}reconsideration_,2022-06-01,广东省,改由一处集中办理\n")
    breaks = load_breaks(data)
    assert [item.start.year for item in between(breaks, "reconsideration_accepted", "440311", 2021, 2022)] == [2022]
    assert between(breaks, "reconsideration_accepted", "411322", 2021, 2022) == []
    metrics = make(rate(12.4, 2021, region_code="440311"), rate(9.1, 2022, region_code="440311"))
    assert year_over_year(metrics)["verdict"].tolist() == ["improved"]
    assert year_over_year(metrics, breaks=breaks)["verdict"].tolist() == ["decreased"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("indicator_prefix,from\na,2024-01-01\n", "territory"),
        (f"{HEAD}a,2024年,全国,x\n", "2024年"),
        (f"{HEAD}a,2024-01-01,没有这个县,x\n", "没有这个县"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as error:
        load_breaks(own(tmp_path, text))
    assert "breaks.csv" in str(error.value)


def test_a_break_inside_a_year_concerns_the_years_on_both_sides() -> None:
    item = Break("a", datetime.date(2021, 7, 15), "全国", "")
    assert [item.lies_between(year, year + 1) for year in (2019, 2020, 2021, 2022)] == [False, True, True, False]


def test_the_command_lists_own_breaks_too(tmp_path: Path) -> None:
    data = own(tmp_path, f"{HEAD}penalty_,2023-01-01,全国,本县改用新平台统计\n")
    listed = json.loads(CliRunner().invoke(main, ["breaks", "--data", str(data), "--json"]).stdout)
    assert listed[-1]["prefix"] == "penalty_"
    assert len(listed) == len(load_breaks()) + 1
    assert "本县改用新平台统计" in CliRunner().invoke(main, ["breaks", "--data", str(data)]).stderr


def test_pages_say_what_changed() -> None:
    for name in ("year_over_year", "trend"):
        page = open_page(name, region="霁原旗", year=2024)
        shown = repr(page.changes_table() if name == "year_over_year" else page.trend_table())
        assert "修订后的行政复议法施行" in shown
