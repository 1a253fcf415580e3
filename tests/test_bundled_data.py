"""The bundled real figures: what they hold, that they hold no sentences, and what they answer."""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from fazhi_analysis.analysis.year_over_year import year_over_year
from fazhi_analysis.catalogue import comparable_units, load_catalogue, load_divisions
from fazhi_analysis.dataset.loading import load_findings, load_metrics, load_reports, load_statements

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "data" / "reports"
BANNER, DISTRICT = "150623-2023", "440311-2021"
FICTIONAL = ("159928", "990124")


@pytest.fixture(scope="module")
def metrics() -> pd.DataFrame:
    table = load_metrics(ROOT / "data")
    return table[~table["region_code"].isin(FICTIONAL)]


@pytest.fixture(scope="module")
def public(metrics: pd.DataFrame) -> pd.DataFrame:
    return metrics[~metrics["report_id"].isin([BANNER, DISTRICT])]


@pytest.fixture(scope="module")
def changes() -> pd.DataFrame:
    return year_over_year(load_metrics(ROOT / "data"), reports=load_reports(ROOT / "data"))


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_bundled_data", ROOT / "tools" / "build_bundled_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mapping() -> dict[str, dict[str, str]]:
    with (ROOT / "tools" / "bundled" / "public_mapping.csv").open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row for row in csv.DictReader(stream)}


def test_how_much_there_is(metrics: pd.DataFrame, public: pd.DataFrame):
    assert len(metrics) == 733 + 103 + 46
    assert public["report_id"].nunique() == 148
    assert public.groupby("region", observed=True)["year"].nunique().sum() == 143
    assert public["region"].nunique() == 89
    assert len(list(REPORTS.iterdir())) == 150


def test_every_row_says_where_it_is_from_and_quotes_nothing(metrics: pd.DataFrame, public: pd.DataFrame):
    assert (metrics["quote"] == "").all()
    assert (metrics["origin"] == "curated").all()
    assert public["source"].astype(str).str.match(r"https?://\S+$").all()
    curated = metrics[metrics["report_id"].isin([BANNER, DISTRICT])]
    assert curated["source"].astype(str).str.fullmatch(r"[0-9a-f]{64}").all()
    assert curated[["start", "end"]].notna().all(axis=None)
    assert (curated["section"] != "").all()


def test_the_words_that_widen_a_figure_are_kept_and_nothing_else(metrics: pd.DataFrame):
    words = metrics["wording"].astype(str)
    assert words.str.fullmatch(r"[一-鿿]{0,3}…[一-鿿]{0,3}|").all()
    assert set(words[metrics["qualifier"] == "exact"]) <= {"", "…", "…万", "…亿"}
    annotated = metrics["report_id"].isin([BANNER, DISTRICT]) & (metrics["qualifier"] != "exact")
    assert words[annotated].value_counts().to_dict() == {
        "…余": 14,
        "…万余": 1,
        "…多": 2,
        "不低于…": 2,
        "超过…": 1,
        "近…": 1,
        "约…": 1,
    }


def test_changes_are_kept_apart_from_levels(public: pd.DataFrame):
    assert public["change"].value_counts().to_dict() == {
        "level": 716,
        "yoy_pct": 14,
        "yoy_abs": 3,
        "points": 0,
        "reduction": 0,
    }
    grown = public[public["change"] == "yoy_pct"]
    assert (grown["unit"] == "%").all()
    assert (grown["lower"] < grown["value"]).all()
    claimed = public[public["label"] == "行政诉讼一审收案增幅"].iloc[0]
    assert (claimed["value"], claimed["lower"], claimed["upper"]) == (-3.9, -3.95, -3.85)


def test_intervals_follow_the_rule(metrics: pd.DataFrame):
    """The rule written a second time, from the value alone."""
    for row in metrics[metrics["role"] != "target"].itertuples():
        value = Decimal(repr(row.value))
        number = value.normalize()
        place = Decimal(1).scaleb(max(number.as_tuple().exponent, 0)) if value else Decimal(1)
        step = Decimal(1).scaleb(min(number.as_tuple().exponent, 0))
        if row.qualifier == "over":
            expected = (value, value + (place - 1 if place > 1 else 1))
        elif row.qualifier == "exact" and (row.kind == "rate" or step < 1):
            expected = (value - step / 2, value + step / 2)
        elif row.qualifier == "exact" and row.kind == "count" and row.value != 44600:  # printed as 4.46万
            expected = (value, value)
        else:
            continue
        if row.kind == "rate" and row.change == "level":
            expected = (max(expected[0], Decimal(0)), min(expected[1], Decimal(100)))
        assert (row.lower, row.upper) == pytest.approx(tuple(map(float, expected))), row.row_id


def test_rounded_money_and_doubtful_wordings(public: pd.DataFrame):
    rows = public.set_index("label")
    relief = rows.loc["为企业减负金额"]
    assert (relief["value"], relief["lower"], relief["upper"], relief["unit"]) == (95e8, 94.5e8, 95.5e8, "元")
    credit = rows.loc["帮助企业争取授信金额"]
    assert (credit["value"], credit["lower"], credit["upper"]) == (10.98e8, 10.975e8, 10.985e8)
    assert credit["qualifier"] == "about"
    doubtful = public[public["confidence"] < 1]
    assert set(doubtful["label"]) == {"行政复议综合化解率增幅", "法治培训参学率增幅"}


def test_no_figure_has_a_wrong_indicator(metrics: pd.DataFrame):
    catalogue = load_catalogue()
    other_word = set()
    for row in metrics[(metrics["indicator_id"] != "") & (metrics["change"] == "level")].itertuples():
        indicator = catalogue[row.indicator_id]
        assert indicator.kind == row.kind, row.row_id
        if not comparable_units(indicator.unit, row.unit):
            other_word.add((row.indicator_id, row.unit))
    # The same thing counted with another measure word; comparison refuses to cross these.
    assert other_word == {
        ("website_items_published", "条"),
        ("policy_interpretations", "条"),
        ("decision_legality_reviews", "件次"),
        ("cross_province_cases", "项"),
        ("normative_documents_issued", "份"),
        ("normative_documents_cleaned", "份"),
        ("legality_reviews_total", "项"),
        ("legal_adviser_count", "人"),
    }


def test_every_name_that_recurs_has_an_indicator(public: pd.DataFrame):
    seen: dict[str, set[tuple[str, int]]] = defaultdict(set)
    ids: dict[str, set[str]] = defaultdict(set)
    for row in public.itertuples():
        seen[row.label].add((row.region, row.year))
        ids[row.label].add(row.indicator_id)
    recurring = [name for name, places in seen.items() if len(places) > 1]
    assert len(recurring) == 86
    for name in recurring:
        assert len(ids[name]) == 1
        assert "" not in ids[name], name


def test_the_mapping_is_complete_and_speaks_of_the_catalogue(public: pd.DataFrame):
    reviewed = mapping()
    catalogue = load_catalogue()
    assert set(public["label"]) == set(reviewed)
    for row in reviewed.values():
        assert not row["indicator_id"] or row["indicator_id"] in catalogue
    for row in public.itertuples():
        assert (row.indicator_id, row.scope, row.period) == tuple(list(reviewed[row.label].values())[1:])


def test_names_with_a_scope_keep_it(public: pd.DataFrame):
    rows = public[public["label"] == "市本级行政复议申请收案数"]
    assert set(rows["scope"]) == {"市本级"}
    assert set(rows["indicator_id"]) == {"reconsideration_applications"}
    assert set(public[public["label"].str.startswith("改革一周年")]["period"]) == {"2021-08至2022-07"}


def test_one_value_a_series_and_year(metrics: pd.DataFrame):
    known = metrics[(metrics["indicator_id"] != "") & (metrics["duplicate_of"] == "") & (metrics["role"] == "result")]
    keys = ["region", "year", "indicator_id", "scope", "period", "change"]
    values = known.groupby(keys, observed=True)["value"].nunique()
    assert values.max() == 1, values[values > 1]


def test_places_are_those_of_the_code_table(metrics: pd.DataFrame):
    divisions = load_divisions()
    for row in metrics[["region_code", "region", "year", "report_id"]].drop_duplicates().itertuples():
        if row.region_code:
            place = divisions.by_code(row.region_code, on=row.year)
            assert place is not None
            assert place.full_name == row.region
            assert re.fullmatch(rf"{row.region_code}-{row.year}(-[a-z0-9]+)?", row.report_id)
        else:
            assert re.fullmatch(rf"x[0-9a-f]{{8}}-{row.year}", row.report_id)


def test_several_sources_of_a_year_stand_side_by_side():
    found = {path.name for path in REPORTS.iterdir()}
    assert {"150200-2024", "150200-2024-overview", "110101-2024", "110101-2024-big5"} <= found
    assert {"310000-2022", "310000-2022-reconsideration", "310000-2022-disclosure"} <= found


# --- the two annotated reports ---------------------------------------------------------------------------------------


def test_the_banner_is_complete(metrics: pd.DataFrame):
    rows = metrics[metrics["report_id"] == BANNER]
    assert rows["kind"].value_counts().to_dict() == {"count": 88, "rate": 12, "money": 3}
    assert (rows["duplicate_of"] != "").sum() == 5
    assert (rows["indicator_id"] == "").sum() == 2
    assert rows["start"].is_monotonic_increasing
    values = rows[rows["duplicate_of"] == ""].set_index("indicator_id")["value"]
    assert values["task_list_copies"] == values["task_list_departments"] + 4 == 80
    assert values["appeals_concluded"] == 3502
    assert values["appeals_received"] == 3536
    assert (values["enterprise_cases_value"], values["mediation_subsidy"]) == (2.4e8, 87000)
    plan = rows[rows["role"] == "plan"]
    assert plan["indicator_id"].tolist() == ["social_supervisors"]
    files = rows[rows["indicator_id"] == "case_files_reviewed"].iloc[0]
    assert (files["period"], files["lower"], files["upper"], files["unit"]) == ("2021以来", 2000, 2999, "件")


def test_repeated_figures_point_to_their_first_place(metrics: pd.DataFrame):
    rows = metrics[metrics["report_id"] == BANNER].set_index("row_id")
    repeated = rows[rows["duplicate_of"] != ""]
    assert set(repeated["section"]) == {"六/（三）"}
    for row in repeated.itertuples():
        original = rows.loc[row.duplicate_of]
        assert original["section"] == "六/（二）"
        assert (original["value"], original["indicator_id"]) == (row.value, row.indicator_id)


def test_the_district_is_complete(metrics: pd.DataFrame):
    rows = metrics[metrics["report_id"] == DISTRICT]
    assert rows["kind"].value_counts().to_dict() == {"count": 34, "rate": 11, "money": 1}
    assert (rows["role"] == "target").sum() == 3
    assert rows[rows["change"] == "reduction"]["value"].tolist() == [45, 47.9]
    growth = rows[rows["change"] == "yoy_pct"].iloc[0]
    assert (growth["lower"], growth["upper"], growth["qualifier"]) == (250, 350, "about")


@pytest.mark.parametrize(
    ("report_id", "problems", "steps", "parts", "answers"),
    [
        (BANNER, 3, 3, 15, [(2, 2, "partial"), (3, 3, "direct")]),
        (
            DISTRICT,
            5,
            4,
            27,
            [
                (1, 1, "direct"),
                (2, 4, "direct"),
                *((3, 2, "partial"), (3, 3, "direct"), (3, 5, "partial")),
                *((4, 1, "direct"), (4, 2, "partial"), (4, 3, "direct"), (4, 5, "partial")),
            ],
        ),
    ],
)
def test_problems_and_next_steps(
    report_id: str, problems: int, steps: int, parts: int, answers: list[tuple[int, int, str]]
):
    rows = load_statements(ROOT / "data")
    rows = rows[rows["report_id"] == report_id]
    assert rows["kind"].value_counts().to_dict() == {"problem": problems, "next_step": steps}
    assert sum(len(row) for row in rows["parts"]) == parts
    found = [(row.ordinal, item["problem"], item["strength"]) for row in rows.itertuples() for item in row.answers]
    assert sorted(found) == sorted(answers)
    for row in rows.itertuples():
        assert row.theme
        assert row.cause == ""
        for part in row.parts:
            assert row.start <= part["start"] < part["end"] <= row.end
            assert part["text"]


def test_findings_are_kept_without_the_text():
    rows = load_findings(ROOT / "data")
    rows = rows[rows["report_id"] == BANNER]
    counts = rows[~rows["rule"].astype("str").str.startswith("statutory")]["rule"].value_counts()
    assert {name: int(counts[name]) for name in counts.index if counts[name]} == {
        "split_sentence": 4,
        "odd_wording": 3,
        "attainable_rate": 3,
        "heading_style": 3,
        "ratio": 2,
        "missing_heading": 1,
        "title_mismatch": 1,
        "section_number": 1,
        "list_marker": 1,
        "repeated_passage": 1,
        "level_not_change": 1,
        "plan_not_result": 1,
        "several_scopes": 1,
        "sum": 1,
        "part_exceeds_whole": 1,
    }
    duties = rows[rows["rule"] == "statutory_content"]
    assert duties["message_zh"].str.startswith("不足的原因：否").sum() == 1
    assert "error" not in set(rows["severity"])
    twice = rows[rows["rule"] == "repeated_passage"].iloc[0]["evidence"]
    assert [item["end"] - item["start"] for item in twice] == [68, 68]
    assert all(not item["text"] for evidence in rows["evidence"] for item in evidence)


def test_the_sidecar_names_the_document():
    document = json.loads((REPORTS / BANNER / "report.json").read_text(encoding="utf-8"))
    assert document["metadata"]["document_number"] == "鄂前政字〔2024〕1号"
    assert document["metadata"]["signed_date"] == "2024-02-20"
    assert re.fullmatch(r"[0-9a-f]{64}", document["provenance"]["digest"])
    assert document["provenance"]["digest"] == document["source"]["digest"]
    assert not document["provenance"]["text_kept"]
    assert not (REPORTS / BANNER / "text.txt").exists()
    assert {section["heading"] for section in document["sections"]} == {""}
    assert [section["key"] for section in document["sections"] if section["level"] == 1] == list("一三四五六七八九")


def test_every_public_report_names_title_address_and_licence():
    for folder in REPORTS.iterdir():
        document = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        assert document["provenance"]["title"]
        assert document["provenance"]["licence"]
        if folder.name not in (BANNER, DISTRICT):
            assert document["provenance"]["address"] == document["source"]["address"] != ""


# --- against the sources beside the checkout -------------------------------------------------------------------------


def test_the_data_are_what_the_script_writes(builder: ModuleType, shared: Path, tmp_path: Path):
    builder.build(shared, tmp_path)
    built = {
        path.relative_to(tmp_path / "reports"): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }
    kept = {path.relative_to(REPORTS): path.read_bytes() for path in REPORTS.rglob("*") if path.is_file()}
    assert built.keys() == kept.keys()
    assert [str(name) for name in built if built[name] != kept[name]] == []


def test_every_public_fact_is_there_once(public: pd.DataFrame, shared: Path):
    with (shared / "domain" / "public_facts.csv").open(encoding="utf-8", newline="") as stream:
        facts = list(csv.DictReader(stream))
    scale = {"亿元": 1e8}
    wanted = sorted(
        (
            row["region_zh"],
            int(row["report_year"]),
            row["indicator_zh"],
            row["change_kind"] or "level",
            row["source_url"],
            row["qualifier"],
            float(row["value"]) * scale.get(row["unit_zh"], 1),
        )
        for row in facts
    )
    found = sorted(
        (row.region, row.year, row.label, row.change, row.source, row.qualifier, row.value)
        for row in public.itertuples()
    )
    for one, other in zip(wanted, found, strict=True):
        assert one[:-1] == other[:-1]
        assert math.isclose(one[-1], other[-1])


@pytest.mark.parametrize(("report_id", "name"), [(BANNER, "otog_front_2023"), (DISTRICT, "guangming_2021")])
def test_figures_and_places_are_those_of_the_annotation(metrics: pd.DataFrame, shared: Path, report_id: str, name: str):
    lines = (shared / "gold" / name / "quantities.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [row for row in map(json.loads, lines) if row["is_metric"]]
    rows = metrics[metrics["report_id"] == report_id]
    columns = ["start", "end", "value", "lower", "upper", "qualifier", "kind", "section"]
    assert rows[columns].astype(object).values.tolist() == [[row[column] for column in columns] for row in gold]
    known = {item["id"] for item in csv.DictReader((shared / "domain" / "indicators.csv").open(encoding="utf-8"))}
    for row, annotated in zip(rows.itertuples(), gold, strict=True):
        assert row.unit in (annotated["unit"], annotated.get("unit_inferred"))
        assert (row.indicator_id if row.indicator_id in known else "") in annotated["indicator_ids"], row.row_id
        assert row.item == (annotated["item"] or "")


@pytest.mark.parametrize(("report_id", "name"), [(BANNER, "otog_front_2023"), (DISTRICT, "guangming_2021")])
def test_nothing_of_the_wording_is_kept(shared: Path, report_id: str, name: str):
    text = re.sub(r"\s", "", (shared / "gold" / name / "report.txt").read_text(encoding="utf-8"))
    statements = load_statements(ROOT / "data")
    own = list(statements[statements["report_id"] == report_id]["text"])
    own += [part["text"] for parts in statements[statements["report_id"] == report_id]["parts"] for part in parts]
    findings = load_findings(ROOT / "data")
    own += list(findings[findings["report_id"] == report_id]["message_zh"])
    for sentence in own:
        sentence = re.sub(r"\d{4}年\d{1,2}月\d{1,2}日", "", sentence)  # a date is a fact
        longest = max(
            (
                size
                for size in range(1, len(sentence) + 1)
                for start in range(len(sentence) - size + 1)
                if sentence[start : start + size] in text
            ),
            default=0,
        )
        assert longest <= 9, sentence
    narrative = json.loads((shared / "gold" / name / "narrative.json").read_text(encoding="utf-8"))
    theirs = set(re.findall(r'"paraphrase": "([^"]+)"', json.dumps(narrative, ensure_ascii=False)))
    assert not set(own) & {item for sentence in theirs for item in (sentence, sentence.rstrip("。"))}


# --- answers recomputed by hand --------------------------------------------------------------------------------------

ANSWERS = [
    # region, indicator, scope, baseline year, year, change (lower, upper), verdict; all by hand from the public figures
    ("北京市海淀区", "commitment_cases", "", 2020, 2022, (47600, 48599), "increased"),  # 113400 -> 161000..161999
    ("北京市海淀区", "commitment_items", "", 2020, 2022, (61, 61), "increased"),  # 182 -> 243
    ("北京市海淀区", "commitment_units", "", 2020, 2022, (6, 6), "increased"),  # 17 -> 23
    ("北京市海淀区", "integrated_service_scenarios", "", 2022, 2023, (44, 44), "improved"),  # 16 -> 60
    ("北京市东城区", "commitment_business_items", "", 2022, 2023, (6, 6), "increased"),  # 182 -> 188
    ("北京市东城区", "commitment_certificate_items", "", 2022, 2023, (-3, -3), "decreased"),  # 16 -> 13
    ("北京市东城区", "commitment_material_items", "", 2022, 2023, (18, 18), "increased"),  # 67 -> 85
    ("北京市西城区", "normative_documents_filed", "", 2023, 2024, (-6, -6), "decreased"),  # 19 -> 13
    ("北京市西城区", "policy_consultations", "", 2023, 2024, (-7, -7), "decreased"),  # 21 -> 14
    ("北京市西城区", "proactive_disclosures", "", 2023, 2024, (2077, 2077), "increased"),  # 22432 -> 24509
    ("北京市朝阳区", "online_service_rate", "区级", 2022, 2024, (9.0, 10.5), "improved"),  # 89.5..90.5 -> 99.5..100
    ("北京市朝阳区", "e_certificates_shared", "", 2022, 2024, (118, 118), "increased"),  # 174 -> 292
    ("北京市房山区", "one_licence_trades", "", 2023, 2024, (3, 3), "increased"),  # 4 -> 7
    ("北京市房山区", "one_matter_items", "", 2023, 2024, (16, 16), "improved"),  # 46 -> 62
    ("北京市昌平区", "decision_legality_reviews", "", 2022, 2023, (36, 36), "increased"),  # 278 -> 314
    ("北京市平谷区", "one_certificate_instant_items", "", 2021, 2022, (0, 0), "unchanged"),  # 159 -> 159
    ("北京市平谷区", "one_door_rate", "", 2021, 2022, (8.37, 8.39), "improved"),  # 91.01 -> 99.39
    ("北京市延庆区", "one_licence_trades", "", 2023, 2024, (0, 0), "unchanged"),  # 40 -> 40
    ("北京市延庆区", "one_matter_items", "", 2023, 2024, (14, 14), "improved"),  # 48 -> 62
    ("北京市延庆区", "service_package_requests_resolved", "", 2023, 2024, (774, 774), "increased"),  # 327 -> 1101
    ("上海市闵行区", "police_integrated_windows", "", 2019, 2020, (2, 2), "increased"),  # 23 -> 25
    ("浙江省温州市", "reconsideration_applications", "市本级", 2023, 2024, (2459, 2459), "increased"),  # 867 -> 3326
    ("河南省方城县", "reconsideration_accepted", "", 2023, 2024, (85, 85), "increased"),  # 66 -> 151
    ("广东省广州市", "rule_of_law_deliberations", "", 2022, 2023, (-16, -16), "decreased"),  # 79 -> 63
    ("广东省深圳市光明区", "law_exam_pass_rate", "优秀率", 2021, 2022, (-0.61, -0.59), "worsened"),  # 99.88 -> 99.28
]


@pytest.mark.parametrize(("region", "indicator", "scope", "baseline", "year", "change", "verdict"), ANSWERS)
def test_year_over_year_by_hand(
    changes: pd.DataFrame,
    region: str,
    indicator: str,
    scope: str,
    baseline: int,
    year: int,
    change: tuple[float, float],
    verdict: str,
):
    row = changes[
        (changes["region"] == region)
        & (changes["indicator_id"] == indicator)
        & (changes["scope"] == scope)
        & (changes["baseline_year"] == baseline)
        & (changes["year"] == year)
    ]
    assert len(row) == 1
    assert (row.iloc[0]["change_lower"], row.iloc[0]["change_upper"]) == pytest.approx(change)
    assert row.iloc[0]["verdict"] == verdict


def test_relative_change_of_an_approximate_figure(changes: pd.DataFrame):
    row = changes[
        (changes["indicator_id"] == "commitment_cases") & (changes["year"] == 2022) & (changes["baseline_year"] == 2020)
    ]
    assert row.iloc[0]["relative_lower"] == pytest.approx(47600 / 113400)
    assert row.iloc[0]["relative_upper"] == pytest.approx(48599 / 113400)


def test_figures_of_other_publishers_and_periods_are_not_compared(changes: pd.DataFrame):
    rows = changes[(changes["region"] == "上海市") & (changes["indicator_id"] == "reconsideration_accepted")]
    verdicts = {(row.baseline_year, row.year): row.verdict for row in rows.itertuples() if pd.notna(row.baseline_year)}
    assert verdicts[2014, 2019] == "not_comparable"
    assert verdicts.get((2019, 2022), "not_comparable") == "not_comparable"
