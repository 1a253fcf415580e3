"""What became of codes: heirs, breaks of territory, and the table that says so."""

from __future__ import annotations

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.catalogue.succession import EARLIEST, LATEST, Succession, load_changes, succession


def test_heirs_are_followed_and_circles_end() -> None:
    follow = Succession({"a": "b", "b": "c", "x": "y", "y": "x"}, {}).series_code
    assert (follow("a"), follow("c")) == ("c", "c")
    assert follow("x") in {"x", "y"}
    known = succession()
    assert known.series_code("110229") == "110119"
    assert (2010, 2010) in known.breaks["110102"]


def test_a_series_holds_every_code_of_a_place() -> None:
    assert succession().series_codes("110229") == succession().series_codes("110119") == ["110119", "110229"]
    assert succession().series_codes("110104") == ["110104"]  # 宣武区 was merged: 西城区 does not carry it on
    assert succession().series_codes("990124") == ["990124"]


def test_every_heir_and_every_break_is_a_code_of_the_table() -> None:
    codes = {place.code for place in load_divisions()}
    known = succession()
    assert len(known.heirs) > 250
    assert {*known.heirs, *known.heirs.values(), *known.breaks} <= codes
    assert {change.old_code for change in load_changes()} <= codes


def test_a_break_without_a_month_lies_in_the_last_years_of_the_old_code() -> None:
    for spans in succession().breaks.values():
        for first, last in spans:
            assert EARLIEST <= first <= last <= LATEST
            assert last - first <= 4
