"""What the headlines say: every number is a number of its row, in its place, hedged exactly where the row is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.comparing.headline_changes import ComparedYears
from fazhi_analysis.analysis.comparing.reasons import SETTLED
from fazhi_analysis.analysis.comparing.significance import SMALL_BASE
from fazhi_analysis.presenting.html.markup import plain_text

from .conftest import numbers, opened


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_a_headline_sentence_is_a_number_of_its_row(store: Path, lang: str) -> None:
    page = opened("year_over_year", store, lang=lang)
    assert page.changes.headline
    for one in page.changes.headline:
        sentence, item = page.sentence(one), one.row
        known = {round(abs(item[key]), 4) for key in item if isinstance(item[key], float) and item[key] == item[key]}
        known |= {
            round(100 * abs(item[key]), 2) for key in ("relative_lower", "relative_upper") if item[key] == item[key]
        }
        text = plain_text(str(sentence)).replace(plain_text(str(page.name_of(item))), "")
        assert numbers(text) <= known | {float(SMALL_BASE)}, text
        assert f'href="#row-{item["row"].replace(":", "-")}"' in str(sentence)


SIGNED = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?")


def in_order(sentence: Any, name: Any) -> list[float]:
    """The numbers of a sentence behind its name, in order and with their signs."""
    text = plain_text(str(sentence)).replace(plain_text(str(name)), "", 1)
    return [float(found.replace(",", "").replace("−", "-")) for found in SIGNED.findall(text)]


def ends(low: float, high: float, digits: int = 4) -> list[float]:
    return list(dict.fromkeys((round(low, digits), round(high, digits))))


def wording_of_change(item: dict[str, Any]) -> list[float]:
    """What the sentence on a change has to say, in this order: both figures, the change, the relative change."""
    relative = (100 * item["relative_lower"], 100 * item["relative_upper"])
    percent = [] if relative[0] != relative[0] else ends(*relative, 2)
    figures = [item["baseline_value"], item["value"], *ends(item["change_lower"], item["change_upper"]), *percent]
    return [*figures, float(SMALL_BASE)] if "small_base" in item["certainty"] else figures


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_numbers_of_a_headline_sentence_stand_in_their_places(store: Path, lang: str) -> None:
    page = opened("year_over_year", store, lang=lang)
    assert page.changes.headline
    for one in page.changes.headline:
        item = one.row
        assert in_order(page.sentence(one), page.name_of(item)) == pytest.approx(wording_of_change(item))
        swapped = {**item, "baseline_value": item["value"], "value": item["baseline_value"]}
        assert in_order(page.sentence(one), page.name_of(item)) != pytest.approx(wording_of_change(swapped))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_headline_of_a_trend_says_its_rows_in_their_places(store: Path, lang: str) -> None:
    page = opened("trend", store, lang=lang)
    assert {item["verdict"] for _, item in page.trends.headline} == {"improved", "increased"}
    for series, item in page.trends.headline:
        first, last = series.stretch
        figures = [(first["year"], first["value"]), (last["year"], last["value"])]
        assert [year for year, _ in figures] == [item["first_year"], item["last_year"]] == [2023, 2024]
        expected = [number for pair in figures for number in (pair if lang == "zh" else pair[::-1])]
        expected += ends(item["change_lower"], item["change_upper"])
        sentence = page.sentence(series, item)
        assert in_order(sentence, page.name_of(item)) == pytest.approx(expected)
        links = re.findall(r'href="#row-([^"]+)"', str(sentence))
        assert links == [str(row["row"]).replace(":", "-") for row in (first, last)]
        assert str(sentence) in str(page.headline())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_headline_of_the_peers_says_its_rows_in_their_places(lang: str) -> None:
    page = fz.open_page("peer_comparison", region="延庆区", year=2024, lang=lang)
    assert {ranking.has_ranks for ranking in page.ranked.rankings} == {True, False}
    for ranking in page.ranked.rankings:
        own = ranking.own
        values = sorted(row["value"] for row in ranking.rows)
        ranks = dict.fromkeys((int(own["rank_low"]), int(own["rank_high"])))
        count = len(ranking.rows)
        expected = [own["value"], *ranks, count] if ranking.has_ranks else [own["value"], count, values[0], values[-1]]
        found = in_order(page._sentence(ranking), page.name_of(own))
        assert found[: len(expected)] == pytest.approx(expected)
        assert f'href="#row-{str(own["row"]).replace(":", "-")}"' in str(page._sentence(ranking))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_few_places_are_shown_with_their_figures_and_without_ranks(lang: str) -> None:
    page = fz.open_page("peer_comparison", region="砚桥县", year=2024, lang=lang, indicators=["penalty_cases"])
    text = plain_text("".join(str(part()) for part in (page.headline, page.peers_chart, page.peers_table)))
    assert not re.search(r"第 ?\d+ ?位|名次 |rank \d", text)
    for row in page.ranked.rankings[0].rows:
        assert page.figure(row) in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_counts_of_the_headline_are_the_counts_of_the_rows(store: Path, lang: str) -> None:
    page = opened("year_over_year", store, lang=lang)
    lines = plain_text(str(page.headline())).split("\n")
    lead = next(line for line in lines if "可以对比" in line or "can be compared" in line)
    verdicts = [one.verdict for one in page.changes]
    counts = {float(verdicts.count(verdict)) for verdict in set(verdicts)}
    counts |= {float(len(page.changes.compared)), 2023.0, 2024.0}
    assert numbers(lead) <= counts


@pytest.fixture(scope="module")
def faulty() -> Any:
    """The page of the sample place whose report has known faults."""
    return fz.open_page("year_over_year", region="霁原旗", year=2024)


def test_doubted_figures_are_shown_and_marked_but_never_counted_or_leading(faulty: Any) -> None:
    changes = faulty.changes
    doubted = {one.row["label"] for one in changes.doubted}
    assert {"群众诉求办结率", "县级领导接访批次", "调解个案补贴金额"} <= doubted
    assert not doubted & {one.row["label"] for one in changes.headline}
    lead, *_ = (line for line in repr(faulty.headline()).split("\n") if "可以对比" in line)
    counted = [int(number) for number in re.findall(r"(\d+) 项", lead)]
    assert counted[0] == sum(counted[1:]) == len(changes.compared)
    better = sum(one.verdict == "improved" and one.row["headline"] for one in changes.plain)
    assert f"改善 {better} 项" in lead
    slight = [one.row for one in changes.plain if one.verdict in SETTLED and not one.row["headline"]]
    assert {item["certainty"] for item in slight} >= {"within_usual"}
    assert f"变化尚难认定 {len(slight)} 项" in lead
    assert f"核查存疑 {len(doubted)} 项" in lead
    cell = plain_text(str(faulty.verdict(next(x for x in changes.doubted if x.row["label"] == "群众诉求办结率"))))
    assert "待核实" in cell
    assert "比率核对" in cell
    for kind in ("rates", "high_rates", "counts"):
        chart = faulty._largest(kind)
        verdicts = [line[-1] for line in chart.data]
        first = verdicts.index("核查存疑") if "核查存疑" in verdicts else len(verdicts)
        assert first > 0
        assert set(verdicts[first:]) <= {"核查存疑"}
        assert not any(name in chart.finding for name in doubted)
    assert faulty._largest("high_rates").data[-1][0] == "群众诉求办结率（存疑）"


@pytest.mark.parametrize(
    ("lang", "expected"), [("zh", "（分母不明，仅供参考）"), ("en", "(denominator not known, for information only)")]
)
def test_a_rate_that_could_not_be_tested_says_so(lang: str, expected: str) -> None:
    page = fz.open_page("year_over_year", region="霁原旗", year=2024, lang=lang)
    assert any(one.certainty == "no_base" for one in page.changes.headline)
    for one in page.changes.headline:
        assert (expected in plain_text(str(page.sentence(one)))) == (one.certainty == "no_base")


def test_a_change_within_chance_is_not_counted_as_better_or_worse() -> None:
    page = fz.open_page("year_over_year", region="霁原旗", year=2024)
    weak = next(one for one in page.changes.plain if one.verdict == "improved" and one.row["headline"])
    before = plain_text(str(page.headline()))
    weak.row["headline"] = False
    page.place_year.__dict__["changes"] = ComparedYears(page.changes.changes)
    better = sum(one.verdict == "improved" and one.row["headline"] for one in page.changes.plain)
    after = plain_text(str(page.headline()))
    assert f"改善 {better + 1} 项" in before
    assert f"改善 {better} 项" in after


def test_the_baseline_is_audited_too() -> None:
    page = fz.open_page("year_over_year", region="霁原旗", year=2024, baseline=2023)
    assert "行政处罚案件数" in {
        one.row["label"] for one in page.changes.doubted
    }  # 2023 contradicts its own stated change


def test_hedged_exactly_where_the_interval_demands_it(store: Path) -> None:
    page = opened("year_over_year", store)
    by_indicator = {one.row["indicator_id"]: one.row for one in page.changes}
    open_end = by_indicator["reconsideration_accepted"]
    assert open_end["verdict"] == "uncertain"
    assert open_end not in [one.row for one in page.changes.headline]
    assert page.before(open_end) == "300余件"
    assert page.figure(open_end) == "350件"
    assert page.change(open_end) == "−49～+50件（−12.3%～+16.7%）"
    settled = by_indicator["penalty_cases"]
    assert page.before(settled) == "280件"
    assert "～" not in page.change(settled)


def test_rates_are_reported_in_points(store: Path) -> None:
    page = opened("year_over_year", store)
    rate = next(one.row for one in page.changes if one.row["kind"] == "rate")
    assert page.change(rate) == "−3.5～−3.3个百分点"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_headline_of_the_checks_says_what_each_finding_is_about(lang: str) -> None:
    page = fz.open_page("data_quality", region="159928", year=2024, lang=lang)
    bullets = re.findall(r"<li>(.*?)</li>", str(page.headline()))
    assert len(bullets) == 5
    leading = [plain_text(bullet) for bullet in bullets]
    catalogue = fz.load_catalogue()
    names = {getattr(item, f"name_{lang}") for item in catalogue}
    grown = {f"Growth of {name[:1].lower()}{name[1:]}" for name in names} if lang == "en" else set()
    for text in leading:
        assert any(text.startswith(name) for name in names | grown), text
        assert not any(text.count(name) > 1 for name in names if text.startswith(name)), text


@pytest.mark.parametrize(
    ("place", "year", "expected"),
    [
        ("鄂托克前旗", 2023, "列出问题 3 条，均未写明原因，1 条没有对应的措施；列出下一步工作 3 条。"),
        ("霁原旗", 2024, "列出问题 3 条，其中 1 条写明了原因，都有对应的措施；列出下一步工作 4 条。"),
        # Only figures of this report were ever stored: that is no report without problems.
        ("方城县", 2024, "2024 年只收录了报告里的部分数字，没有收录问题和下一步工作。"),
    ],
)
def test_the_lead_on_problems_counts_without_zeros_and_accuses_no_selection(
    place: str, year: int, expected: str
) -> None:
    page = fz.open_page("problems_next_steps", region=place, year=year)
    assert repr(page.narrative()).splitlines()[1].endswith(expected)
    english = fz.open_page("problems_next_steps", region=place, year=year, lang="en")
    assert not re.search(r"\b0\b|problems?:", repr(english.narrative()).splitlines()[1])
