"""The appendix: one list of figures for all pages, every link lands, and a page without supporting parts has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.html.markup import anchor
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.moved_to_appendix import Leaning, lean
from fazhi_analysis.running.results.notebook_html import Draft, draft_page

PARTS = {
    "year_over_year": ("headline", "changes_table", "claims", "excluded", "evidence"),
    "problems_next_steps": (
        "narrative",
        "promises",
        "problems_table",
        "steps_table",
        "questions",
        "cites",
        "source_text",
    ),
    "data_quality": ("headline", "findings", "form", "duties", "excluded", "evidence"),
}


def drafted(name: str, parts: Iterable[str], **of: Any) -> Draft:
    page = fz.open_page(name, **of)
    return draft_page("".join(str(getattr(page, part)()) for part in parts), of["lang"], index="index.html")


def leaning(region: str, year: int, lang: str = "zh") -> Leaning:
    drafts = {name: drafted(name, parts, region=region, year=year, lang=lang) for name, parts in PARTS.items()}
    return lean(drafts, PlaceYear.open(region=region, year=year), Words(lang), (), list(drafts))


def ids(draft: Draft) -> list[str]:
    return re.findall(r' id="([^"]+)"', draft.body)


def dead_links(drafts: Mapping[str, Draft]) -> list[str]:
    """Links between pages that lead nowhere."""
    known = {name: set(ids(draft)) for name, draft in drafts.items()}
    links = [
        (name, page or name, target)
        for name, draft in drafts.items()
        for page, target in re.findall(r'href="(?:([a-z_]+)\.html)?#([^"]+)"', draft.body)
    ]
    assert links
    return [f"{name}: {page}#{target}" for name, page, target in links if target not in known[page]]


@pytest.mark.parametrize(
    ("region", "year", "lang"), [("霁原旗", 2024, "zh"), ("鄂托克前旗", 2023, "en"), ("延庆区", 2024, "zh")]
)
def test_every_link_lands_and_no_id_stands_twice(region: str, year: int, lang: str) -> None:
    made = leaning(region, year, lang)
    assert list(made.drafts) == [*PARTS, "appendix"]
    assert dead_links(made.drafts) == []
    for draft in made.drafts.values():
        assert len(ids(draft)) == len(set(ids(draft)))
        assert 'class="fz-appendix"' not in draft.body


def test_the_figures_of_all_pages_stand_once_and_lead_back() -> None:
    made, place_year = leaning("霁原旗", 2024), PlaceYear.open(region="霁原旗", year=2024)
    appendix = made.drafts["appendix"].body
    rows = [row for year in (2023, 2024) for row in place_year.rows(year)]
    assert made.years == [2023, 2024]
    assert [anchor(row["row_id"]) in made.ids for row in rows] == [True] * len(rows)
    assert "fz-evidence" not in "".join(made.drafts[name].body for name in PARTS)
    compared = [one.row["row"] for one in place_year.changes.compared]
    assert f'href="year_over_year.html#change-{anchor(compared[0])}"' in appendix
    assert re.search(r'href="data_quality\.html#finding-\d+"', appendix)
    assert 'href="#text-row-' in appendix


def test_a_link_into_the_text_leads_into_the_text() -> None:
    made = leaning("霁原旗", 2024)
    text = re.findall(r'href="appendix\.html#([^"]+)"', made.drafts["problems_next_steps"].body)
    assert any(target.startswith("text-row-") for target in text)
    others = re.findall(r'href="appendix\.html#([^"]+)"', made.drafts["year_over_year"].body)
    assert not any(target.startswith("text-") for target in others)


def test_pages_without_supporting_parts_have_no_appendix() -> None:
    draft, place_year = draft_page("<p>甲</p>", "zh"), PlaceYear.open(region="砚桥县", year=2024)
    made = lean({"mine": draft}, place_year, Words("zh"), (), ["mine"])
    assert (dict(made.drafts), made.ids, made.years) == ({"mine": draft}, frozenset(), ())


def test_years_that_kept_pages_cite_stay() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    made = lean({}, place_year, Words("zh"), [2021, 1999], ["trend"])
    assert made.years == [2021]
    assert anchor(place_year.rows(2021)[0]["row_id"]) in made.ids


def test_a_list_that_the_appendix_lacks_stays_on_its_page() -> None:
    drafts = {"trend": drafted("trend", ("excluded", "evidence"), region="霁原旗", year=2024, lang="zh")}
    made = lean(drafts, PlaceYear.open(region="霁原旗", year=2024), Words("zh"), (), ["trend"])
    assert made.years == [2021, 2022, 2023, 2024]
    assert made.drafts["trend"].body.count('class="fz-listing"') == 1
