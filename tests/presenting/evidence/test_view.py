"""The evidence view: the text is shown whole, every mark sits where its row says, every link on the page lands."""

from __future__ import annotations

import html
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_analysis as fz
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.dataset import load_text
from fazhi_analysis.presenting.evidence.highlights import Mark, marked, nested
from fazhi_analysis.presenting.evidence.view import evidence_view
from fazhi_analysis.presenting.html.markup import anchor
from fazhi_analysis.presenting.pages import open_page
from fazhi_analysis.presenting.wording.page_texts import Words

TAG = re.compile(r"<(/?)(\w+)[^>]*>")
KINDS = ("figure", "problem", "promise", "finding")

spans = st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(KINDS))


def shown(markup: str) -> str:
    return html.unescape(TAG.sub("", markup))


@given(st.text("甲乙丙丁<&>“”12\n\r", max_size=40), st.lists(spans, max_size=9))
def test_marks_change_no_character_and_nest(text: str, stretches: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, start + size, kind, f"m{number}") for number, (start, size, kind) in enumerate(stretches)]  # type: ignore[arg-type]
    markup = str(marked(text, marks))
    assert re.sub(r"[\r\n]", "", shown(markup)) == re.sub(r"[\r\n]", "", text)
    depth: list[str] = []
    for closing, name in TAG.findall(markup):
        if closing:
            assert depth.pop() == name
        else:
            depth.append(name)
    assert depth == []
    ids = re.findall(r'id="(m\d+)"', markup)
    inside = [mark.id for mark in marks if mark.end <= len(text) and text[mark.start : mark.end].strip("\r\n")]
    assert len(ids) == len(set(ids))
    assert set(inside) <= set(ids)


@given(st.lists(spans, max_size=12))
def test_split_marks_cover_the_same_characters(stretches: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, start + size, kind, str(number)) for number, (start, size, kind) in enumerate(stretches)]  # type: ignore[arg-type]
    pieces = nested(marks)
    for kind in KINDS:
        before = Counter(at for mark in marks if mark.kind == kind for at in range(mark.start, mark.end))
        after = Counter(at for mark in pieces if mark.kind == kind for at in range(mark.start, mark.end))
        assert before == after
    for one in pieces:
        for other in pieces:
            assert not one.start < other.start < one.end < other.end


def test_every_figure_and_entry_is_marked_where_its_row_says() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    text = load_text("159928-2024")
    assert text is not None
    view = str(evidence_view(place_year, Words("zh")))
    metrics = fz.load_metrics(regions="霁原旗", years=2024)
    assert len(metrics) > 100
    for row in metrics.itertuples():
        first = re.search(f'id="{anchor(row.row_id)}"[^>]*>(.*?)</mark>', view, re.DOTALL)
        assert first, row.row_id
        own = re.sub(r"\s", "", shown(first[1]))
        assert own
        assert re.sub(r"\s", "", text[int(row.start) : int(row.end)]).startswith(own)
    for row in fz.load_statements(regions="霁原旗", years=2024).itertuples():
        kind = "problem" if row.kind == "problem" else "promise"
        assert f'<mark class="fz-ev-{kind}" id="{anchor(row.row_id)}"' in view


def test_the_text_is_shown_whole() -> None:
    place_year = PlaceYear.open(region="砚桥县", year=2024)
    text = load_text("990124-2024")
    assert text is not None
    body = str(evidence_view(place_year, Words("zh"))).split('class="fz-ev-text"')[1]
    paragraphs = shown("".join(re.findall(r"<p data-at=.*?</p>", body, re.DOTALL)))
    assert re.sub(r"\s", "", paragraphs) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(("region", "year"), [("鄂托克前旗", 2023), ("光明区", 2021), ("延庆区", 2024)])
def test_without_a_text_places_are_listed(region: str, year: int) -> None:
    place_year = PlaceYear.open(region=region, year=year)
    view = str(evidence_view(place_year, Words("zh")))
    assert "不予保存" in view
    assert 'fz-ev-text"' not in view
    for row in fz.load_metrics(regions=region, years=year).itertuples():
        assert f'id="{anchor(row.row_id)}"' in view
    for row in fz.load_statements(regions=region, years=year).itertuples():
        assert f'id="{anchor(row.row_id)}"' in view
        assert f"第{row.start}～{row.end}字符" in view


def test_no_source_wording_of_real_reports_is_shown() -> None:
    assert load_text("150623-2023") is None
    assert load_text("440311-2021") is None


def parts(region: str, year: int, lang: str) -> str:
    page = open_page("problems_next_steps", region=region, year=year, lang=lang)
    shown_parts = [
        page.header(), page.narrative(), page.matrix(), page.promises(), page.problems_table(), page.steps_table(),
        page.questions(), page.how_to_read(), page.cites(), page.source_text(), page.footer(),
    ]  # fmt: skip
    return "".join(part._repr_html_() for part in shown_parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("region", "year"),
    [("霁原旗", 2024), ("霁原旗", 2022), ("霁原旗", 2021), ("砚桥县", 2024), ("鄂托克前旗", 2023), ("光明区", 2022)],
)
def test_every_link_of_the_page_lands_on_one_element(region: str, year: int, lang: str) -> None:
    page = parts(region, year, lang)
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert [name for name, n in ids.items() if n > 1] == []
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets - set(ids) == set()
    assert "<script" not in page
    assert not re.search(r'src=|href="(?!#|https?://)', page)
