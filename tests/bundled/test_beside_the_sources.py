"""The bundled figures beside the sources that they were taken from, where these are there."""

from __future__ import annotations

import csv
import json
import math
import re
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from fazhi_analysis.analysis.evaluation.evaluate import evaluate
from fazhi_analysis.dataset.loading import load_findings, load_statements

from .conftest import BANNER, DISTRICT, REPORTS, ROOT

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


def test_every_figure_and_statement_of_the_annotated_reports_is_read_and_linked_rightly(shared: Path) -> None:
    result = evaluate(shared / "gold").to_json()
    assert [report["slips"] for report in result["reports"]] == [[], []]
    shares = ("f1", "linking_accuracy", "linking_recall", "interval_accuracy", "qualifier_accuracy", "statement_recall")
    assert {result["total"][share] for share in shares} == {1.0}
    assert result["total"]["gold"] == 146
