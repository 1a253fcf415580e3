"""Every division of the table, current and former, under each name that people write.

What a name stands for is made from the tables alone, so that the tests do not ask the code under test what is right.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import fazhi_analysis
from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.catalogue.chosen_place import chosen_place
from fazhi_analysis.catalogue.place_lookup import Places, distinct_name, folder_name, own_name, tails
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.reading import read_text

DATA = Path(fazhi_analysis.__file__).parent / "catalogue" / "data"
TODAY = 2024
TITLE = "人民政府{year}年法治政府建设年度报告\n\n一、主要工作\n办理行政复议案件3件。"


@dataclass(frozen=True)
class Row:
    """A row of the table: ``year`` is one in which it was in force, ``names`` the ways to write it."""

    code: str
    name: str
    full_name: str
    year: int
    first: str
    last: str
    names: tuple[str, ...]

    def in_force(self, year: int) -> bool:
        return self.first <= f"{year}-12-31" and f"{year}-01-01" <= self.last


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def every_row() -> tuple[Row, ...]:
    rows = table(DATA / "divisions.csv")
    short = defaultdict(list)
    for row in table(DATA / "division_short_names.csv"):
        short[row["code"]].append(row["short_name"])
    for row in table(Path(__file__).with_name("autonomous_short_names.csv")):
        short[row["name"]].append(row["short_name"])
    above = defaultdict(list)
    for row in rows:
        above[row["code"]].append(row)

    def upper(row: dict[str, str], code: str) -> str:
        end = row["valid_to"] or "9999"
        known = [one["name"] for one in above[code] if one["valid_from"] <= end <= (one["valid_to"] or "9999")]
        return known[-1] if known and code != row["code"] else ""

    full_names = {(place.code, place.name): place.full_name for place in load_divisions()}
    found = []
    for row in rows:
        code, name = row["code"], row["name"]
        province, prefecture = upper(row, f"{code[:2]}0000"), upper(row, f"{code[:4]}00")
        names = [place + name for place in ("", province, prefecture, province + prefecture)]
        names += [other for key in (code, name) for other in short[key] if other[-1] == name[-1]]
        year = int(row["valid_to"][:4]) - 1 if row["valid_to"] else TODAY
        found.append(
            Row(
                code,
                name,
                full_names[code, name],
                year,
                row["valid_from"],
                row["valid_to"] or "9999",
                tuple(dict.fromkeys(names)),
            )
        )
    return tuple(found)


@cache
def meanings() -> dict[str, tuple[Row, ...]]:
    found = defaultdict(list)
    for row in every_row():
        for name in row.names:
            found[name].append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def certain(year: int | None = None) -> list[tuple[str, Row]]:
    """Names that mean one code (in a year: of those in force then), each with its row."""
    pairs = []
    for name, rows in meanings().items():
        meant = [row for row in rows if year is None or row.in_force(year)]
        if len({row.code for row in meant}) == 1:
            pairs.append((name, meant[-1]))
    return pairs


def certain_formerly() -> list[tuple[str, Row]]:
    """Names of former divisions that meant one code when they were in force."""
    former = [row for row in every_row() if row.last != "9999"]
    return [
        (name, row)
        for row in former
        for name in row.names
        if {other.code for other in meanings()[name] if other.in_force(row.year)} == {row.code}
    ]


def test_the_names_cover_the_table() -> None:
    assert len(every_row()) > 3600
    assert len(certain(TODAY)) > 11_000
    assert len(certain_formerly()) > 1_200


@pytest.mark.parametrize("pairs", [certain(TODAY), certain_formerly()], ids=["today", "formerly"])
def test_a_title_opens_with_the_place(pairs: list[tuple[str, Row]]) -> None:
    divisions = load_divisions()
    wrong = []
    for name, row in pairs:
        printed, places, _ = divisions.opening(name + TITLE.format(year=row.year), row.year)
        if (printed, [place.code for place in places]) != (name, [row.code]):
            wrong.append((name, row.code, printed, places))
    assert not wrong


@pytest.mark.parametrize("pairs", [certain(TODAY)[::3], certain_formerly()[::3]], ids=["today", "formerly"])
def test_a_report_is_about_the_place_of_its_title(pairs: list[tuple[str, Row]]) -> None:
    wrong = []
    for name, row in pairs:
        found = read_text(name + TITLE.format(year=row.year)).metadata
        if found.region_code != row.code:
            wrong.append((name, row.code, found.region, found.region_code))
    assert not wrong


def test_an_option_names_the_place() -> None:
    wrong = [
        (name, row.code) for name, row in certain() if (place := chosen_place(name, None)) and place.code != row.code
    ]
    assert not wrong


def test_a_name_finds_the_place_among_all() -> None:
    held = list(dict.fromkeys((row.code, row.full_name) for row in every_row()))
    places = Places(held)
    wrong = [(name, row.code) for name, row in certain() if held[places.find(name)][0] != row.code]
    assert not wrong


def test_a_name_finds_the_place_where_it_is_the_only_one() -> None:
    wrong = []
    for name, row in certain()[::7]:
        try:
            Places([(row.code, row.full_name)]).find(name)
        except UnknownNameError:
            wrong.append((name, row.code))
    assert not wrong


def test_a_name_of_several_places_lists_them() -> None:
    several = [(name, rows) for name, rows in meanings().items() if sum(row.last == "9999" for row in rows) > 1]
    assert len(several) >= 29
    for name, rows in several:
        with pytest.raises(UnknownNameError) as caught:
            load_divisions().find(name)
        for row in rows:
            assert row.last != "9999" or f"{row.code} " in str(caught.value)


def test_own_names_and_tails_are_those_of_the_table() -> None:
    for row in every_row():
        for name in row.names[:4]:
            if name.endswith(row.name):
                assert own_name(name) == row.name
                assert tails(name)[-1] == row.name
        assert own_name(f"{row.full_name}司法局") == "司法局"


def test_no_two_places_share_a_folder() -> None:
    owners = defaultdict(set)
    for row in every_row():
        owners[folder_name(row.full_name, row.code)].add(row.code)
    assert not {name: codes for name, codes in owners.items() if len(codes) > 1}
    assert all(name.replace("-", "").isalnum() for name in owners)
    for name, rows in meanings().items():
        if len({row.code for row in rows}) == 1 and rows[0].name == name:
            assert folder_name(rows[0].full_name, rows[0].code) == name


def test_places_of_one_own_name_are_distinguished_by_what_stands_above() -> None:
    names = {
        distinct_name(row.full_name, row.code) for row in every_row() if row.name == "鼓楼区" and row.last == "9999"
    }
    assert names == {"南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"}
