"""The brief says the four things that a leader asks, with figures, and never more surely than the figures allow."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.narrative.brief import brief_of, changed, named_changes
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Narrative
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.wording.page_texts import Words

SAMPLE = Path(__file__).resolve().parents[4] / "data" / "sample"
PLACES = [("霁原旗", 2024), ("霁原旗", 2021), ("砚桥县", 2024), ("鄂托克前旗", 2023)]


@pytest.fixture(scope="module", params=PLACES, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def place_year(request: pytest.FixtureRequest) -> PlaceYear:
    return PlaceYear.open(region=request.param[0], year=request.param[1])


@pytest.fixture(params=["zh", "en"])
def brief(place_year: PlaceYear, request: pytest.FixtureRequest) -> Iterator[Narrative]:
    return brief_of(place_year, Words(request.param))


def test_it_answers_the_four_questions(brief: Narrative) -> None:
    assert list(brief.headings) == ["changed", "doubted", "promised", "ask"]
    for section in brief.headings:
        assert brief.of(section)
    assert len(brief.of("changed")) <= 7
    assert all(re.search(r"\d", sentence.text) for sentence in brief.of("changed")[:1])


def test_it_is_short(brief: Narrative) -> None:
    """A screen of a phone holds so much (the browser test looks). Words behind names are not shown there."""
    assert len(brief.sentences) <= 16
    shown = sum(len(piece.text) for sentence in brief.sentences for piece in sentence.pieces)
    assert shown <= (665 if brief.lang == "zh" else 1810)


def test_it_speaks_without_codes_offsets_or_counts_of_nothing(brief: Narrative) -> None:
    text = brief.to_text()
    assert not re.search(r"[a-z]+_[a-z]+|:m\d|第\d+～|characters \d|(?<!\d)0(?:条|项|处|件)", text)
    assert not re.search(r"[{}]|。。|，。|\s,|\(\)|（）", text)


def test_every_figure_rests_on_a_row(brief: Narrative, place_year: PlaceYear) -> None:
    known = {*place_year.rows_by_id, *place_year.statements_by_id, *(one.id for one in place_year.findings)}
    for sentence in brief.sentences:
        for piece in sentence.pieces:
            assert set(piece.rows) <= known
            if piece.kind == "figure":
                assert piece.rows


def test_every_error_and_doubt_of_a_figure_is_named(brief: Narrative, place_year: PlaceYear) -> None:
    texts = {row for sentence in brief.of("doubted") for piece in sentence.pieces for row in piece.rows}
    texts |= {source.id for sentence in brief.of("doubted") for source in sentence.sources}
    open_ = [one for one in standing(place_year.findings) if one.severity in ("error", "warning")]
    assert {one.id for one in open_ if rule_of(one.rule).lane == "figures"} <= texts


def test_the_changes_are_those_of_the_headline(place_year: PlaceYear) -> None:
    found = named_changes(place_year)
    assert found == place_year.changes.headline[: len(found)]
    assert len(found) == min(len(place_year.changes.headline), 4 - bool(place_year.changes.other_worse))


def test_approximate_figures_keep_their_wording() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    builder = NarrativeBuilder(place_year, Words("zh"))
    inexact = [one.row for one in place_year.changes.compared if one.row["baseline_qualifier"] != "exact"]
    assert inexact
    for row in inexact:
        assert changed._earlier(builder, row).text == builder.earlier_figure(row).text
    assert "由1024增至1180个，增15.2%" in brief_of(place_year, Words("zh")).to_text()


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "zh",
            [
                "由8035.6万元增至9246.8万元，增15.1%",
                "2023年督察反馈（发现）问题数只有27个",
                "算得84，结论相同",
                "“法治队伍建设仍有短板”（2021年起）",
                "《督察工作规定》",
            ],
        ),
        (
            "en",
            [
                "(+15.1%)",
                "problems found by rule-of-law inspection were only 27 in 2023",
                "recomputed 84",
                "Party leadership and implementation (“法治队伍建设仍有短板”) (since 2021)",
                "growth of legal-aid cases",
            ],
        ),
    ],
)
def test_changes_doubts_and_problems_come_with_figure_and_reason(lang: str, texts: list[str]) -> None:
    text = brief_of(PlaceYear.open(region="霁原旗", year=2024), Words(lang)).to_text()
    assert [one for one in texts if one not in text] == []


def test_a_small_change_of_many_cases_is_not_reported_to_rest_on_few() -> None:
    text = brief_of(PlaceYear.open(region="砚桥县", year=2024), Words("zh")).to_text()
    assert "97.5%降至96.7%，幅度很小，可能是偶然" in text


def test_one_year_alone_begins_with_what_a_leader_looks_for() -> None:
    first = brief_of(PlaceYear.open(region="鄂托克前旗", year=2023), Words("zh")).of("changed")[0].text
    assert first.startswith("办理行政复议案件7件；出庭应诉案件16件；")
    assert "示范创建" not in first


def test_every_promise_is_named_with_what_came_of_it(brief: Narrative, place_year: PlaceYear) -> None:
    """By its figures, or by its subject: where there are few, nothing is only counted."""
    said = {row for sentence in brief.of("promised") for piece in sentence.pieces for row in piece.rows}
    for row in place_year.promises:
        if row["kind"] == "next_step" and not row["part"]:
            given = {figure["row"] for _, figure in promised_and_given(row)}
            assert given <= said if given else row["row_id"] in said


def test_nothing_that_could_be_named_is_only_counted(brief: Narrative) -> None:
    for sentence in brief.sentences:
        assert not [piece for piece in sentence.pieces if piece.kind == "count" and int(piece.text) <= 3]
    assert not re.search(r"[12](?:条|项承诺|处)|\b[12] (?:figures?|promises?|problems?|planned)", brief.to_text())


def test_figures_to_check_are_named(brief: Narrative, place_year: PlaceYear) -> None:
    doubted = [one for one in standing(place_year.findings) if one.severity in ("error", "warning")]
    figures = [one for one in doubted if rule_of(one.rule).lane == "figures"]
    asked = [piece for sentence in brief.of("ask") if sentence.key == "brief.check" for piece in sentence.pieces]
    named = [piece for piece in asked if piece.kind in ("name", "reason")]
    assert bool(named) is bool(figures)
    assert len(named) <= 3


def test_an_english_name_stands_before_chinese_words(place_year: PlaceYear) -> None:
    """What nobody has translated is named by its indicator or theme; the Chinese wording stands behind that."""
    for sentence in brief_of(place_year, Words("en")).sentences:
        for piece in sentence.pieces:
            if piece.original:
                assert re.fullmatch("[A-Za-z ,()-]+", piece.text)
                assert piece.original in sentence.text
            else:
                assert not re.search("[一-鿿]", piece.text) or piece.kind == "name"


@pytest.mark.parametrize(
    ("lang", "texts"),
    [("zh", "为何没有达到（责任单位：旗司法局）？"), ("en", "why was it missed (responsible: 旗司法局)?")],
)
def test_a_question_names_who_is_responsible_where_somebody_entered_it(tmp_path: Path, lang: str, texts: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(SAMPLE, data)
    table = fz.rectification("159928-2024", data)
    for item in table.loc[table["kind"] == "promise", "item"]:
        fz.rectify("159928-2024", item, "doing", who="李四", data=data, body="旗司法局")
    place_year = PlaceYear.open(region="霁原旗", year=2024, data=data)
    assert texts in brief_of(place_year, Words(lang)).to_text()
    nobody = brief_of(PlaceYear.open(region="霁原旗", year=2024), Words(lang)).to_text()
    assert re.sub(r" ?[（(].*[)）]", "", texts) in nobody


def test_the_total_of_promises_is_of_what_is_named_below_it() -> None:
    brief = brief_of(PlaceYear.open(region="霁原旗", year=2024), Words("zh"))
    told = "".join(piece.text for sentence in brief.of("promised") for piece in sentence.pieces)
    assert "等" not in told  # nothing is left unnamed
    total = re.search(r"共(\d+)项", brief.headings["promised"])
    assert total is not None
    assert int(total[1]) == told.count("（承诺") + told.count("“")
