"""The bundled real figures: what they hold, and that they hold no sentences."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from decimal import Decimal

import pandas as pd
import pytest

from fazhi_analysis.catalogue import comparable_units, load_catalogue, load_divisions
from fazhi_analysis.dataset.loading import load_findings, load_statements
from fazhi_analysis.dataset.printed_place import noted_identity
from fazhi_analysis.dataset.report_ids import document_of

from .conftest import BANNER, DISTRICT, REPORTS, ROOT, annotated_pages, mapping


def test_how_much_there_is(metrics: pd.DataFrame, public: pd.DataFrame):
    assert len(metrics) == 733 + 103 + 46 + 893
    assert public["report_id"].nunique() == 148
    assert public.groupby("region", observed=True)["year"].nunique().sum() == 143
    assert public["region"].nunique() == 89
    assert len(list(REPORTS.iterdir())) == 150 + 167


def test_the_readme_says_how_much_there_is(metrics: pd.DataFrame):
    numbers = {metrics["report_id"].nunique(), len(metrics), metrics["region"].nunique(), len(annotated_pages())}
    for name in ("README.md", "README.en.md"):
        section = (ROOT / name).read_text(encoding="utf-8").split("`data/reports/`")[1].split("\n## ")[0]
        assert numbers <= {int(number) for number in re.findall(r"\d+", section)}, name


def test_every_row_says_where_it_is_from_and_quotes_nothing(metrics: pd.DataFrame):
    assert (metrics["quote"] == "").all()
    assert (metrics["origin"] == "curated").all()
    addressed = metrics[~metrics["report_id"].isin([BANNER, DISTRICT])]
    assert addressed["source"].astype(str).str.match(r"https?://\S+$").all()
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
    """The rule written a second time, from the value, its unit and the words around it."""
    for row in metrics[metrics["role"] != "target"].itertuples():
        value = Decimal(repr(row.value))
        scale = Decimal(10) ** (8 if "亿" in row.wording else 4 if "万" in row.wording else 0)
        number = (value / scale).normalize()
        place = value.normalize().as_tuple().exponent
        place = Decimal(1).scaleb(max(place, 0)) if value else Decimal(1)
        step = Decimal(1).scaleb(min(number.as_tuple().exponent, 0))
        if row.qualifier == "over" and row.kind == "rate" and "以上" in row.wording:
            expected = (value, Decimal(100))
        elif row.qualifier == "over":
            expected = (value, value + (place - 1 if place > 1 else 1))
        elif row.qualifier == "exact" and value == -19:  # printed as 19.0%
            expected = (Decimal("-19.05"), Decimal("-18.95"))
        elif row.qualifier == "exact" and value and (row.kind == "rate" or step < 1 or scale > 1):
            expected = (value - step * scale / 2, value + step * scale / 2)
        elif row.qualifier == "exact" and row.kind == "count":
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
        ("inspection_items", "条"),
        ("law_exam_takers", "人次"),
        ("credit_repairs", "条"),
        ("contract_reviews", "份"),
        ("website_items_published", "条"),
        ("policy_interpretations", "条"),
        ("decision_legality_reviews", "件次"),
        ("cross_province_cases", "项"),
        ("normative_documents_issued", "份"),
        ("normative_documents_cleaned", "份"),
        ("legality_reviews_total", "项"),
        ("legal_adviser_count", "人"),
        ("legal_adviser_count", "名"),
        ("normative_documents_reviewed", "份"),
        ("legality_reviews_total", "份"),
        ("major_decision_items", "件"),
        ("one_matter_items", "件"),
        ("law_training_courses", "次"),
        ("law_training_courses", "场次"),
        ("law_lectures", "期"),
        ("rule_of_law_agenda_items", "项"),
        ("constitution_oath_takers", "人次"),
        ("appeals_received", "个"),
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


# --- the annotated pages ---------------------------------------------------------------------------------------------


def test_how_many_pages_there_are():
    rows = pd.DataFrame(annotated_pages())
    assert len(rows) == 167
    assert rows["address"].is_unique
    assert rows.groupby("region")["year"].nunique().sum() == 167
    assert rows["doc_kind"].value_counts().to_dict() == {"annual_report": 158, "disclosure": 8, "other": 1}
    assert rows["body_kind"].value_counts().to_dict() == {"government": 100, "department": 43, "township": 24}


def test_a_page_belongs_to_a_place_of_the_code_table_and_to_its_body():
    divisions = load_divisions()
    for row in annotated_pages():
        place = divisions.by_code(row["place_code"], on=int(row["year"]))
        assert place is not None, row["report_id"]
        assert place.full_name == row["place"]
        assert row["body"].startswith(row["region"])
        government = row["body_kind"] == "government"
        assert (row["region"], row["region_code"]) == (row["place"], row["place_code"]) if government else ("", "")
        assert row["region"].startswith(row["place"])
        assert document_of(row["report_id"]) == row["doc_kind"]
        document = json.loads((REPORTS / row["report_id"] / "report.json").read_text(encoding="utf-8"))
        assert noted_identity(document)["body"] == row["body"]


def test_page_figures_are_facts_under_short_names(pages: pd.DataFrame):
    catalogue = load_catalogue()
    for row in pages.itertuples():
        assert row.lower <= row.value <= row.upper, row.row_id
        assert row.unit, row.row_id
        assert len(row.scope) <= 13, row.row_id
        assert row.label == catalogue[row.indicator_id].name_zh if row.indicator_id else len(row.label) <= 12, row.label
        assert not re.search(r"[，。；：、]", row.label if not row.indicator_id else row.scope), row.row_id


def test_no_series_of_a_page_has_two_values(pages: pd.DataFrame):
    keys = ["report_id", "indicator_id", "label", "scope", "period", "change"]
    assert not pages.duplicated(keys).any()


def test_falling_figures_are_negative(pages: pd.DataFrame):
    fallen = pages[(pages["change"].isin(["yoy_pct", "points"])) & (pages["value"] < 0)]
    assert sorted(fallen["value"]) == [-26.3, -21.9, -19.0, -17.7, -14.45, -13.4, -12.5]
    assert (fallen["aspect"] == "change").all()


def test_page_facts_by_hand(pages: pd.DataFrame):
    rows = pages.set_index(["report_id", "indicator_id", "scope"])["value"]
    assert rows["150625-2022", "normative_documents_issued", ""] == 1
    assert rows["152525-2022", "power_list_items", "旗本级"] == 5979
    assert rows["511724-2023", "govt_meeting_law_study", ""] == 19
    assert rows["420100-2023", "rule_of_law_deliberations", ""] == 12


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
    untitled = {row["report_id"] for row in annotated_pages()}
    for folder in REPORTS.iterdir():
        document = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        assert bool(document["provenance"]["title"]) is (folder.name not in untitled)
        assert document["provenance"]["licence"]
        if folder.name not in (BANNER, DISTRICT):
            assert document["provenance"]["address"] == document["source"]["address"] != ""
