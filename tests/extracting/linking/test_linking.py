"""Linking: behaviour cases from data files, and properties that hold for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.analysis.evaluation.evaluate import evaluate
from fazhi_analysis.catalogue import Catalogue, load_catalogue
from fazhi_analysis.extracting import extract
from fazhi_analysis.extracting.linking.link_rules import DATA, indicator_rules, rows_of, tidy
from fazhi_analysis.extracting.linking.linker import link
from fazhi_analysis.extracting.linking.rule_index import rule_book
from fazhi_analysis.model import Indicator, Quantity
from fazhi_analysis.reading import read_text

CASES = Path(__file__).parent / "cases"
FRAME = "一、主要工作\n（一）加强工作\n"


@cache
def _cases(name: str) -> list[dict[str, Any]]:
    # The loader in C: the files hold thousands of sentences.
    return list(yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_cases_of(name: str) -> None:
    wrong = {}
    for case in _cases(name):
        title = f"{case['title']}\n" if "title" in case else ""  # where it matters whose report of which year it is
        metrics = extract(read_text(title + FRAME + case["text"], name="case.txt")).metrics
        found = [f"{metric.text.lstrip('-')} {metric.indicator_id or '-'}" for metric in metrics]
        if found != [figure.lstrip("-") for figure in case["figures"]]:
            wrong[case["text"]] = found, case["figures"]
    assert wrong == {}


def test_cases_are_many_and_half_of_them_guard() -> None:
    figures = [figure for name in NAMES for case in _cases(name) for figure in case["figures"]]
    guards = [figure for figure in figures if figure.endswith(" -")]
    assert len(figures) >= 300
    assert len(guards) >= 100


def test_every_rule_names_an_indicator_and_every_word_exists() -> None:
    catalogue = load_catalogue()
    book = rule_book(catalogue)
    named = {rule.indicator for rules in (*book.by_say.values(), *book.by_next.values()) for rule in rules}
    assert named <= {indicator.id for indicator in catalogue}
    data = DATA / "link_rules.csv"
    ids = {line.split(",")[0] for line in data.read_text(encoding="utf-8").splitlines()[1:]}
    assert ids <= named


def test_rules_type_no_alias_again_but_those_with_guards_of_their_own() -> None:
    """An alias stands in a row only where the catalogue alone would give it other guards than that row does."""
    by_indicator: dict[str, list[list[str]]] = {}
    for row in rows_of("link_rules.csv"):
        by_indicator.setdefault(row[0], []).append(row)
    typed, in_vain = set(), set()
    for item in load_catalogue():
        rows = by_indicator.get(item.id, [])
        aliases = {tidy(alias) for alias in (*item.aliases, *item.weak_aliases)}
        for at, row in enumerate(rows):
            says = row[1].split("|")
            for say in (say for say in says if tidy(say) in aliases):
                without = [row[0], "|".join(other for other in says if other != say), *row[2:]]
                others = [*rows[:at], *([without] if without[1] else []), *rows[at + 1 :]]
                typed.add((item.id, tidy(say)))
                if set(indicator_rules(item, others)) == set(indicator_rules(item, rows)):
                    in_vain.add((item.id, say))
    assert not in_vain
    assert len(typed) <= 9
    several = {name for name, rows in by_indicator.items() if any("<aliases>" in row[1] for row in rows)}
    assert {name for name, _ in typed} <= several


def test_every_alias_weak_ones_included_is_the_wording_of_a_rule() -> None:
    book = rule_book(load_catalogue())
    wordings: dict[str, set[str]] = {}
    for rules in (*book.by_say.values(), *book.by_next.values()):
        for rule in rules:
            wordings.setdefault(rule.indicator, set()).add("+".join(rule.says))
    for item in load_catalogue():
        for alias in (*item.aliases, *item.weak_aliases):
            assert {tidy(alias), tidy(alias).removeprefix("个")} & wordings[item.id], (item.id, alias)


@pytest.mark.parametrize("name", ["otog_front_2023", "guangming_2021"])
def test_gold_links(shared: Path, name: str) -> None:
    scores = evaluate(shared / "gold" / name).total
    assert scores.linked_wrong == 0
    assert scores.linked_right / scores.linkable >= 0.97


def test_a_new_indicator_needs_its_catalogue_row_only() -> None:
    own = Indicator(
        "night_markets", "夜间集市数", "Night markets", "functions", "个", "count", "neutral", aliases=("夜间集市",)
    )
    catalogue = Catalogue((*load_catalogue(), own))
    metrics = extract(read_text("全年开办夜间集市12个，受理行政复议案件3件。", name="a.txt"), catalogue).metrics
    assert [metric.indicator_id for metric in metrics] == ["night_markets", "reconsideration_accepted"]


def test_weak_aliases_need_their_words() -> None:
    own = Indicator(
        "lamps", "路灯数", "Lamps", "functions", "盏", "count", "neutral", weak_aliases=("更换",), requires=("路灯",)
    )
    catalogue = Catalogue((own,))

    def found(text: str) -> str:
        at = text.index("8盏")
        figure = Quantity(at, at + 2, "8盏", 8, 8, 8, "盏", "exact", "count", True)
        return link(read_text(text, name="a.txt"), [figure], catalogue)[0].indicator_id

    assert found("全镇路灯更换8盏。") == "lamps"
    assert found("全镇台灯更换8盏。") == ""


def test_two_scopes_stay_two_rows() -> None:
    text = "以县政府为被告的行政诉讼案件18件。全县行政诉讼案件52件。"
    metrics = extract(read_text(text, name="a.txt")).metrics
    assert [(metric.indicator_id, metric.scope) for metric in metrics] == [
        ("litigation_cases", "以县政府为被告"),
        ("litigation_cases", "全县"),
    ]


def test_the_events_of_a_named_campaign_are_a_part_and_say_so() -> None:
    text = "开展“法律六进”活动160场。开展法治宣传活动120余场次。组织“法律六进”等普法活动90场。"
    metrics = extract(read_text(text, name="a.txt")).metrics
    assert {metric.indicator_id for metric in metrics} == {"legal_publicity_events"}
    assert [metric.scope for metric in metrics] == ["法律六进", "", ""]


def test_what_is_amended_is_not_called_repealed() -> None:
    metrics = extract(read_text("开展规范性文件清理，废止12件、修改9件。", name="a.txt")).metrics
    assert [metric.label for metric in metrics] == ["废止和宣布失效文件数", "文件修改数"]


def test_a_change_keeps_the_indicator_and_says_so() -> None:
    text = "行政机关负责人出庭应诉率96%，同比提高3个百分点；受理行政复议案件60件，较上年增长20%。"
    metrics = extract(read_text(text, name="a.txt")).metrics
    assert [(metric.indicator_id, metric.change) for metric in metrics] == [
        ("litigation_appearance_rate", "level"),
        ("litigation_appearance_rate", "points"),
        ("reconsideration_accepted", "level"),
        ("reconsideration_accepted", "yoy_pct"),
    ]
    assert metrics[3].label != metrics[2].label


def test_a_unit_that_does_not_fit_is_not_linked() -> None:
    metrics = extract(read_text("行政复议案件受理登记本12册。", name="a.txt")).metrics
    assert [metric.indicator_id for metric in metrics] == [""]


def test_nothing_but_metrics_is_touched() -> None:
    report = read_text("2023年，全县受理行政复议案件53件。", name="a.txt")
    for quantity in extract(report).quantities:
        if not quantity.is_metric:
            assert (quantity.indicator_id, quantity.label, quantity.row_id) == ("", "", "")


_PIECES = st.sampled_from(
    [
        "受理行政复议案件",
        "办结",
        "收到群众诉求",
        "，",
        "。",
        "、",
        "；",
        "和",
        "分别为",
        "12件",
        "3.5%",
        "8人次",
        "（",
        "）",
        "“",
        "”",
        "\n",
        "共计",
        "占比",
        "全县",
        " ",
        "\t",
        "其中",
        "一是",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_any_text_links_without_error_and_in_order(text: str) -> None:
    report = read_text(f"一、工作\n{text}\n结束。", name="a.txt")
    extraction = extract(report)
    known = {indicator.id for indicator in load_catalogue()}
    for number, metric in enumerate(extraction.metrics, start=1):
        assert metric.row_id == f"m{number:03d}"
        assert metric.indicator_id == "" or metric.indicator_id in known
        assert metric.label
        assert metric.duplicate_of == "" or metric.duplicate_of < metric.row_id
        assert report.text[metric.start : metric.end] == metric.text


@given(st.text(alphabet="“”‘’()（）甲乙1", max_size=20))
def test_tidy_keeps_everything_else(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(text).replace("（", "").replace("）", "") == "".join(char for char in text if char in "甲乙1")
