"""What the pages show: claims, evidence, left-out rows, sources; nothing is invented, and nothing vanishes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_overloads

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.amber import AmberSnapshotExtension

import fazhi_analysis as fz
from fazhi_analysis.analysis.place_statements import answers_to
from fazhi_analysis.analysis.result_rows import ExcludedRow
from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.dataset import write_report_folder
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.model import Evidence
from fazhi_analysis.presenting import pages
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.pages import open_page, page_class, page_names

from .conftest import PLACE, opened, row


def test_every_figure_of_a_trend_stands_in_a_series_or_in_the_list_of_those_left_out() -> None:
    for region, year in (("温州市", 2024), ("延庆区", 2024), ("霁原旗", 2024)):
        page = fz.open_page("trend", region=region, year=year)
        drawn = [point["row"] for series, _ in page.trends.shown for point in series.known]
        every_row = [item for one in page.evidence_years for item in page.place_year.rows(one)]
        found = fz.exclusions(page.place_year.metrics, region, reports=page.place_year.all_reports)
        listed = [item["row_id"] for item, _ in page.trends.outside(every_row, rows_of(found, ExcludedRow))]
        every = [str(item["row_id"]) for one in page.evidence_years for item in page.place_year.rows(one)]
        assert sorted(drawn + listed) == sorted(every)
    text = plain_text(str(fz.open_page("trend", region="温州市", year=2024).excluded()))
    assert "只有一年有这个数字，不成序列：6 项" in text
    assert "没有未计入" not in text


def test_a_trend_over_a_change_of_law_points_to_the_comparison_of_both_years() -> None:
    trend = plain_text(str(fz.open_page("trend", region="温州市", year=2024).headline()))
    compared = plain_text(str(fz.open_page("year_over_year", region="温州市", year=2024).headline()))
    assert "断开前后不相连" in trend
    assert "不比较" not in trend
    assert "年度对比" in trend
    assert "其间口径改变：修订后的行政复议法施行" in compared


def claim_cells(region: str, year: int) -> list[list[str]]:
    """The cells of the table of claims, as text: name, what is stated (with its interval), what the figures give."""
    markup = str(fz.open_page("year_over_year", region=region, year=year).claims())
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", markup.partition("<tbody")[2], flags=re.DOTALL)
    return [
        [
            plain_text(cell.replace("<small>", " ")).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)
        ]
        for line in lines
    ]


def test_a_claim_is_printed_as_stated_beside_the_change_with_more_digits() -> None:
    ((name, stated, actual, verdict),) = claim_cells("方城县", 2024)
    assert name == "行政复议受理件数增幅"
    assert (stated, actual) == ("+128.78% +128.775%～+128.785%", "+128.788%")
    assert "截尾" in verdict
    first = claim_cells("昌平区", 2023)[0]
    assert first[1:3] == ["+21% +20.5%～+21.5%", "+12.95%"]
    stated_cells = [cells[1] for cells in claim_cells("温州市", 2024)]
    assert stated_cells == ["+75.7% +75.65%～+75.75%", "−3.9% −3.95%～−3.85%", "+283.6% +283.55%～+283.65%"]
    assert claim_cells("温州市", 2024)[2][2] == "+283.62%"


def test_a_label_of_the_report_is_quoted_in_the_english_table_of_claims() -> None:
    text = plain_text(str(fz.open_page("year_over_year", region="温州市", year=2024, lang="en").claims()))
    assert "“行政诉讼一审收案增幅”" in text
    assert "“Reconsideration" not in text


def test_the_title_of_a_trend_reads_for_one_series_too() -> None:
    page = fz.open_page("trend", region="上海市", year=2022, lang="en")
    assert len(page.trends.shown) == 1
    text = plain_text(str(page.trend_chart()))
    assert "longest of" not in text  # there is no choice to tell of
    assert len(str(page.trend_chart()).split("<figure")) == 2


def test_one_change_is_printed_alike_everywhere_on_a_page() -> None:
    page = fz.open_page("year_over_year", region="昌平区", year=2023)
    for part in (page.headline(), page.changes_table(), page.claims()):
        assert "12.95%" in plain_text(str(part))


def test_the_counts_of_folded_tables_add_up() -> None:
    for region, year, baseline in (("霁原旗", 2024, 2023), ("昌平区", 2023, 2022)):
        page = fz.open_page("year_over_year", region=region, year=year, baseline=baseline)
        summaries = re.findall(r"fz-fold\"><summary>([^<]*)", str(page.changes_table()))
        counts = [int(number) for line in summaries for number in re.findall(r"(\d+) 项", line)]
        assert sum(counts) == len(page.changes.compared)
    assert any("存疑 1 项" in line for line in summaries)


def test_a_selection_is_not_reported_to_lack_what_it_does_not_hold() -> None:
    page = fz.open_page("year_over_year", region="延庆区", year=2024, baseline=2023)
    text = "\n".join(repr(part) for part in (page.headline(), page.claims(), page.excluded()))
    assert "只有一年摘录 26 项" in text
    assert "只摘录了部分数字" in text
    for untrue in ("没有写明", "两份报告中", "口径、期间或单位不同", "没有找到", "未再公布"):
        assert untrue not in text


def test_nothing_is_lost_between_compared_alone_and_left_out(store: Path) -> None:
    page = opened("year_over_year", store)
    shown = {identity for one in page.changes for identity in one.ids}
    shown |= {item["row_id"] for item in page.place_year.exclusions}
    assert shown == {str(item["row_id"]) for year in (2023, 2024) for item in page.place_year.rows(year)}
    text = plain_text(str(page.excluded()))
    assert "计划数，不是结果：1 项" in text


def test_one_year_alone_is_never_compared(store: Path) -> None:
    page = opened("year_over_year", store, year=2023)
    assert page.place_year.baseline is None
    parts = [page.headline(), page.changes_chart(), page.changes_table(), page.domains_chart(), page.excluded()]
    text = "\n".join(plain_text(str(part)) for part in parts)
    assert "数据里没有砚桥县 2023 年以前的报告，因此不作年度对比" in text
    for word in ("→", "增加", "减少", "改善", "变差", "持平", "无法判定", "百分点"):
        assert word not in text
    assert "300余件" in text
    assert "300～399件" in text


def test_a_caption_says_how_many_rates_it_leaves_out() -> None:
    """Of the banner's three rates below 90 % the lowest is doubted: the caption must not hide it from its count."""
    page = fz.open_page("year_over_year", region="150623", year=2023)
    low, high = re.findall(r"共 \d+ 个比率.*", plain_text(str(page.changes_chart())))
    assert low.startswith("共 3 个比率（1 个存疑，不参加比较），最低的是矛盾纠纷调处率（84.4%）")
    assert "存疑" not in high
    assert "2023 年公布的比率：99% 以上（刻度放大）" in plain_text(str(page.changes_chart()))


@pytest.mark.parametrize("name", ["year_over_year", "problems_next_steps", "data_quality", "trend"])
def test_an_english_page_has_english_headings(store: Path, name: str) -> None:
    page = opened(name, store, lang="en")
    opening = page.narrative() if name == "problems_next_steps" else page.headline()
    shown = "".join(str(part) for part in (page.header(), opening, page.how_to_read(), page.excluded(), page.footer()))
    ours = re.sub(r'<span lang="zh">.*?</span>', "", shown)
    assert not re.search(r"[一-鿿]", re.sub(r"<style.*?</style>", "", plain_text(ours)))


def test_problems_are_beside_the_steps_that_answer_them(store: Path) -> None:
    page = opened("problems_next_steps", store)
    (problem,) = page.problems[:1]
    answers = answers_to(page.place_year, problem)
    assert [(step["ordinal"], strength) for step, strength in answers] == [(1, "direct")]
    assert "第 1 条（直接）" in plain_text(str(page.problems_table()))
    assert "都没有说明原因" in plain_text(str(page.narrative()))
    assert "再次提出" in plain_text(str(page.promises()))


def test_a_wrong_parameter_lists_what_there_is(store: Path) -> None:
    with pytest.raises(UnknownNameError, match="indicators"):
        opened("trend", store, colour="red")
    with pytest.raises(UnknownNameError, match="nothing_like_it"):
        opened("trend", store, indicators=["nothing_like_it"])
    with pytest.raises(UnknownNameError):
        opened("peer_comparison", store, level="planet")


def test_an_own_notebook_gets_the_shared_parts(store: Path) -> None:
    page = opened("my_own_page", store)
    assert "my_own_page" not in page_names()
    assert "砚桥县 2024 年" in plain_text(str(page.header()))
    assert "全部数字" in plain_text(str(page.evidence()))


def test_every_row_is_in_the_evidence_with_its_place(store: Path) -> None:
    page = opened("data_quality", store)
    markup = str(page.evidence())
    for item in page.place_year.rows():
        assert f'id="row-{str(item["row_id"]).replace(":", "-")}"' in markup
    assert "三（一）" in plain_text(markup)
    assert not re.search(r"\d 字符", plain_text(markup))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("year_over_year", "headline"),
        ("year_over_year", "changes_table"),
        ("year_over_year", "claims"),
        ("year_over_year", "excluded"),
        ("problems_next_steps", "problems_table"),
        ("problems_next_steps", "steps_table"),
        ("trend", "trend_table"),
        ("data_quality", "rates"),
        ("data_quality", "coverage"),
        ("data_quality", "footer"),
    ],
)
def test_fragments(store: Path, snapshot: SnapshotAssertion, name: str, part: str, lang: str) -> None:
    markup = str(getattr(opened(name, store, lang=lang), part)())
    markup = re.sub(r"(Python|SHA-256) [\da-f.]+", r"\1", markup)
    assert re.sub(r"(</(?:tr|p|li|h2|caption|dd)>)", r"\1\n", markup) == snapshot(
        extension_class=AmberSnapshotExtension
    )


def test_the_footer_lists_every_correction_and_the_digest_of_the_figures(store: Path) -> None:
    page = opened("year_over_year", store)
    place_year = page.place_year
    row = place_year.rows()[0]
    touch = {"row": str(row["row_id"]).partition(":")[2], "action": "correct", "from": {"value": 7}, "to": {"value": 9}}
    given = {"why": "与台账核对", "who": "李四", "date": "2024-05-06"}
    gone = {"row": "m999", "action": "remove", "from": {}, "to": {}, **given}
    corrected = {**page.reports[0], "corrections": [{**touch, **given}, gone]}
    page.place_year.__dict__["report_rows"] = [corrected]
    markup = str(page.footer())
    shown = plain_text(markup)
    assert "人工更正 2 处" in shown
    assert f"{row['label']} 7 → 9 与台账核对、李四、2024-05-06" in shown
    assert "m999 删去 与台账核对" in shown
    assert f'href="#row-{str(row["row_id"]).replace(":", "-")}"' in markup
    assert hashlib.sha256(place_year.figures_csv(place_year.shown_years)).hexdigest() in shown


def test_a_page_names_only_the_reports_that_it_uses(store: Path) -> None:
    peers, two = opened("peer_comparison", store), opened("year_over_year", store)
    assert [row["year"] for row in peers.reports] == [2024]
    assert "2023 年报告" not in plain_text(str(peers.header())) + plain_text(str(peers.footer()))
    assert [row["year"] for row in two.reports] == [2024, 2023]
    assert "2023 年报告" in plain_text(str(two.header()))


def test_a_trend_names_the_report_of_every_year_that_it_shows() -> None:
    page = fz.open_page("trend", region="159928", year=2024)
    head = plain_text(str(page.header()))
    assert re.findall(r"(\d{4}) 年报告", head) == ["2024", "2023", "2022", "2021"]


def test_a_report_without_a_stored_title_is_named_by_its_address(tmp_path: Path) -> None:
    common: dict[str, Any] = {"into": tmp_path, "region": PLACE, "region_code": "990124"}
    source = {"address": "https://example.org/a?b&c"}
    for year in (2022, 2023):
        metrics = [row("penalty_cases", year, "件", 1)]
        write_report_folder(f"990124-{year}", year=year, metrics=metrics, source=source, **common)
    head = str(fz.open_page("trend", region=PLACE, year=2023, data=tmp_path).header())
    assert '2023 年报告：<a href="https://example.org/a?b&amp;c"' in head


def test_a_second_source_of_a_year_is_named_and_counted_nowhere(tmp_path: Path) -> None:
    entry = {"kind": "problem", "ordinal": 1, "text": "基层执法人手偏少", "start": 90, "end": 98}
    common: dict[str, Any] = {"into": tmp_path, "region": PLACE, "region_code": "990124", "statements": [entry]}
    for year, count in ((2022, 280), (2023, 360)):
        write_report_folder(f"990124-{year}", year=year, metrics=[row("penalty_cases", count, "件", 1)], **common)
    first = {name: fz.open_page(name, region=PLACE, year=2023, data=tmp_path) for name in ("data_quality", "trend")}
    before = {name: (page.title(), len(page.place_year.rows())) for name, page in first.items()}
    for suffix, count in (("b1c2d3", 360), ("c1c2d3", 361)):
        more = [row("penalty_cases", count, "件", 1)]
        write_report_folder(f"990124-2023-{suffix}", year=2023, metrics=more, **common)
    page = fz.open_page("problems_next_steps", region=PLACE, year=2023, data=tmp_path)
    after = {name: fz.open_page(name, region=PLACE, year=2023, data=tmp_path) for name in ("data_quality", "trend")}
    assert {name: (page.title(), len(page.place_year.rows())) for name, page in after.items()} == before
    assert len(page.problems) == 1
    head = plain_text(str(page.header()))
    assert head.count("990124-2023-b1c2d3") == head.count("990124-2023-c1c2d3") == 1
    assert "本页只用 990124-2023，" in head
    assert "990124-2023-" not in str(page.footer())
    assert page.place_year.comparison["value"].tolist() == [360]


@pytest.mark.parametrize(
    ("more", "given"),
    [
        ({}, "数字取自使用者提供的文件；"),
        ({"provenance": {"address": "https://www.example.gov.cn/a.html"}}, "版权归发布机关"),
    ],
)
def test_the_footer_claims_only_of_published_reports_that_they_are(
    tmp_path: Path, more: dict[str, Any], given: str
) -> None:
    metrics = [row("penalty_cases", 1, "件", 1)]
    common: dict[str, Any] = {"into": tmp_path, "region": PLACE, "region_code": "990124", "year": 2023}
    write_report_folder("990124-2023", metrics=metrics, **common, **more)
    page = fz.open_page("data_quality", region=PLACE, year=2023, data=tmp_path)
    assert given in plain_text(str(page.footer()))
    assert ("公开发布" in plain_text(str(page.footer()))) is bool(more)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["调处率 84.4% 可推出唯一基数 829 件对应的基数只能是 982", "3502 ÷ 3536 = 99.04%", "最小基数是 4000"]),
        ("en", ["84.4% one base follows 829 cases can only be of 982", "3502 ÷ 3536 = 99.04%", "gives it is 4000"]),
    ],
)
def test_the_page_of_checks_says_of_what_each_rate_is_a_share(lang: str, expected: list[str]) -> None:
    markup = str(fz.open_page("data_quality", region="鄂托克前旗", year=2023, lang=lang).rates())
    text = " ".join(plain_text(markup.replace("</td>", " </td>").replace("</th>", " </th>")).split())
    for words in expected:
        assert words in text


def test_a_figure_opens_its_sentence_where_the_text_is_kept() -> None:
    page = fz.open_page("year_over_year", region="霁原旗", year=2024)
    markup = str(page.changes_table())
    opened = re.search(r"<summary><span>综窗受理事项数</span></summary>(.*?)</details>", markup, re.DOTALL)
    assert opened
    assert plain_text(opened[1]).count("报告") >= 2  # of both years
    assert "<mark>1180 个</mark>" in opened[1]
    assert "<mark>1024 个</mark>" in opened[1]
    assert "综窗受理事项数" in page.frame("changes_table")["指标"].tolist()  # a table of text holds names, no sentences
    selected = fz.open_page("year_over_year", region="鄂托克前旗", year=2023)
    assert "<q" not in str(selected.changes_table())  # no text is kept: which report, and which section
    assert "2023 年报告 一（一）" in plain_text(str(selected.changes_table()))
    assert 'href="#row-150623-2023' in str(selected.changes_table())
    selected = fz.open_page("year_over_year", region="延庆区", year=2024)  # nor is there a section: where it is
    assert re.search('2024 年报告</a></small> <a href="https://[^"]+" rel', str(selected.changes_table()))


def test_an_editor_knows_the_class_of_every_page() -> None:
    """Each page of the package has an overload that names its class, so that its parts complete while one types."""
    known = {}
    for variant in get_overloads(open_page):
        name, kind = (variant.__annotations__[key] for key in ("name", "return"))
        if name != "str":
            known[name.removeprefix("Literal['").removesuffix("']")] = kind
    own = {path.stem for path in Path(pages.__file__).parent.glob("*.py")} - {"__init__"}
    assert known == {name: page_class(name).__name__ for name in own}


def test_evidence_without_words_is_not_announced() -> None:
    page = fz.open_page("data_quality", region="霁原旗", year=2024)
    finding = next(item for _, item in page.groups["error"])
    silent = replace(finding, evidence=(Evidence(3, 5, "\n"), Evidence()))
    assert "依据" in plain_text(str(page._finding(1, finding)))
    assert "依据" not in plain_text(str(page._finding(1, silent)))
    assert "“第三条”" in plain_text(str(page._finding(1, replace(silent, evidence=(Evidence(text="第三条"),)))))
