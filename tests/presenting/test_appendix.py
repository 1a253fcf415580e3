"""The appendix: one list of figures for all pages, every link lands, and a page that cites nothing has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.appendix import Appendix
from fazhi_analysis.presenting.html.markup import SUPPORTING, Fragment, anchor, join
from fazhi_analysis.presenting.parts.supporting import LEANING, Supporting
from fazhi_analysis.presenting.wording.page_texts import Words

PARTS = {
    "year_over_year": ("headline", "changes_table", "claims", "excluded", "evidence"),
    "problems_next_steps": (
        "narrative",
        "promises",
        "problems_table",
        "steps_table",
        "matrix",
        "questions",
        "cites",
        "source_text",
    ),
    "data_quality": ("headline", "findings", "form", "duties", "rates", "excluded", "evidence"),
}
LISTS = {"trend": ("trend_table", "excluded", "evidence"), "peer_comparison": ("rankings", "excluded", "evidence")}


@pytest.fixture(autouse=True)
def _beside_an_appendix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LEANING, "1")


def shown(name: str, parts: Iterable[str], **of: Any) -> Fragment:
    """Parts of a page that leans on an appendix."""
    page = fz.open_page(name, **of)
    return join(getattr(page, part)() for part in parts if hasattr(page, part))


def result(
    region: str, year: int, lang: str = "zh", parts: Mapping[str, Iterable[str]] = PARTS
) -> tuple[dict[str, str], Supporting]:
    """The pages of a result with their appendix, and what they hand over."""
    pages = {name: shown(name, chosen, region=region, year=year, lang=lang) for name, chosen in parts.items()}
    handed = Supporting.of(each for page in pages.values() for each in page.supporting)
    appendix = Appendix(PlaceYear.open(region=region, year=year), Words(lang), handed, list(pages))
    return {**{name: str(page) for name, page in pages.items()}, "appendix": str(appendix.whole())}, handed


def ids(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


def dead_links(pages: Mapping[str, str]) -> list[str]:
    """Links between pages that lead nowhere."""
    known = {name: set(ids(page)) for name, page in pages.items()}
    links = [
        (name, page or name, target)
        for name, text in pages.items()
        for page, target in re.findall(r'href="(?:([a-z_]+)\.html)?#([^"]+)"', text)
    ]
    assert links
    return [f"{name}: {page}#{target}" for name, page, target in links if target not in known[page]]


@pytest.mark.parametrize(
    ("region", "year", "lang"), [("霁原旗", 2024, "zh"), ("鄂托克前旗", 2023, "en"), ("延庆区", 2024, "zh")]
)
def test_every_link_lands_and_no_id_stands_twice(region: str, year: int, lang: str) -> None:
    pages, _ = result(region, year, lang)
    assert dead_links(pages) == []
    for page in pages.values():
        assert len(ids(page)) == len(set(ids(page)))
    leaning = "".join(pages[name] for name in PARTS)
    assert 'id="row-' not in leaning
    assert "fz-listing" not in leaning
    assert "fz-evidence" not in leaning


def test_the_figures_of_all_pages_stand_once_and_lead_back() -> None:
    (pages, handed), place_year = result("霁原旗", 2024), PlaceYear.open(region="霁原旗", year=2024)
    appendix = pages["appendix"]
    rows = [row for year in (2023, 2024) for row in place_year.rows(year)]
    assert handed.years == (2023, 2024)
    assert [f' id="{anchor(row["row_id"])}"' in appendix for row in rows] == [True] * len(rows)
    compared = [one.row["row"] for one in place_year.changes.compared]
    assert f'href="year_over_year.html#change-{anchor(compared[0])}"' in appendix
    assert re.search(r'href="data_quality\.html#finding-\d+"', appendix)
    assert 'href="#text-row-' in appendix


def test_the_same_list_of_two_runs_stands_once() -> None:
    parts = {"data_quality": ("excluded",)}
    twice = [shown(*one, region="霁原旗", year=2024, lang="zh") for one in [*parts.items(), *parts.items()]]
    handed = Supporting.of(each for page in twice for each in page.supporting)
    assert len(handed.lists) == 1
    assert [str(page).count(f'href="appendix.html#{handed.lists[0].id}"') for page in twice] == [1, 1]


def test_lists_of_every_page_are_in_the_appendix() -> None:
    pages, handed = result("霁原旗", 2024, parts=LISTS)
    assert handed.years == (2021, 2022, 2023, 2024)
    assert len(handed.lists) == 2
    assert dead_links(pages) == []


def test_a_link_into_the_text_leads_into_the_text() -> None:
    pages, _ = result("霁原旗", 2024)
    told = re.findall(r'href="appendix\.html#([^"]+)"', pages["problems_next_steps"])
    assert any(target.startswith("text-row-") for target in told)
    others = re.findall(r'href="appendix\.html#([^"]+)"', pages["year_over_year"])
    assert not any(target.startswith("text-") for target in others)


def test_every_element_that_is_named_is_there() -> None:
    for region, year in (("霁原旗", 2024), ("延庆区", 2024)):
        place_year = PlaceYear.open(region=region, year=year)
        made = Appendix(place_year, Words("zh"), Supporting(tuple(place_year.shown_years)), ())
        known = set(ids(str(made.whole())))
        findings = [one.id for one in place_year.findings]
        named = [made.element_of(one) for one in (*place_year.rows_by_id, *place_year.statements_by_id, *findings)]
        assert {element for element in named if element} <= known
        assert any(element.startswith("row-") for element in named)


def test_a_part_that_cites_nothing_hands_over_nothing() -> None:
    page = fz.open_page("data_quality", region="砚桥县", year=2024)
    for part in (page.header(), page.how_to_read(), page.section("mine", "甲")):
        assert part._repr_mimebundle_() == {}
    assert page.evidence()._repr_mimebundle_()[SUPPORTING] == [{"years": [2023, 2024], "lists": []}]


def test_alone_a_page_shows_everything_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LEANING)
    for name, parts in PARTS.items():
        page = shown(name, parts, region="霁原旗", year=2024)
        assert page.supporting == ()
        assert "appendix.html" not in str(page)
        assert dead_links({name: str(page)}) == []


def test_years_that_the_data_lack_are_left_out() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    made = Appendix(place_year, Words("zh"), Supporting((1999, 2021)), ())
    assert made.evidence_years == [2021]
    assert f' id="{anchor(place_year.rows(2021)[0]["row_id"])}"' in str(made.whole())
