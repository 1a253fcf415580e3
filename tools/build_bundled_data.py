"""Build ``data/reports`` from public facts: those beside the checkout, those of annotated pages, two annotated reports.

Usage: ``python tools/build_bundled_data.py [--shared FOLDER] [--into FOLDER]``. What a person decided is data in
``tools/bundled``: ``public_mapping.csv`` says to which indicator, scope and period each public figure belongs (every
name must stand there; an empty id leaves the figure unclassified), ``sources.csv`` which of several sources of a
place-year gets which suffix. ``pages.csv`` says of each annotated page who reports for which year, ``page_facts.csv``
what its figures are: an indicator, or a short label of our own. One YAML file an annotated report holds our own labels
and paraphrases; its findings are what the audit says.
Figures and places are taken from the sources, never their sentences. Running it twice changes nothing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from fazhi_analysis.analysis.audit.applying import run_rules
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.catalogue import base_unit, load_catalogue
from fazhi_analysis.dataset.printed_place import identified
from fazhi_analysis.dataset.provenance import Provenance
from fazhi_analysis.dataset.report_ids import document_suffix, make_report_id
from fazhi_analysis.dataset.storage import write_report_folder
from fazhi_analysis.extracting.figures.amounts import measure
from fazhi_analysis.extracting.figures.grammar import expression
from fazhi_analysis.extracting.statements.themes import theme_of
from fazhi_analysis.model import Finding, Metadata, Quantity, Source, Statement
from fazhi_analysis.reading import read_report

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUNDLED = HERE / "bundled"
LICENCE = "政府公开信息；仅收录数字与出处，不收录原文"
LEVELS = {"province": "province", "city": "prefecture", "county": "county", "department": "department"}
GOLD = ("otog_front_2023", "guangming_2021")
GOLD_CHANGES = {"abs_reduction": "reduction", "rate_of_reduction": "reduction", "yoy_pct": "yoy_pct"}
_QUOTED = re.compile(r"：“.*”(?=。)", re.DOTALL)
DOUBTFUL = 0.8
"""Confidence of a growth printed in percent for a rate: the source may have meant percentage points."""


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a UTF-8 CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def figure(row: dict[str, str]) -> dict[str, Any]:
    """Value, interval, unit, qualifier and kind of a public figure, by the interval rule.

    The facts do not say how a figure was printed: a count without decimals is taken as exact, an amount of money as
    rounded in its own unit, ``about`` as half a place either way.
    """
    unit, factor = base_unit(row["unit_zh"])
    kind = "rate" if unit == "%" else "money" if unit == "元" else "count"
    value = Decimal(row["value"])
    last = value.normalize().as_tuple().exponent if value else 0
    place, step = Decimal(1).scaleb(int(last)), Decimal(1).scaleb(min(int(last), 0))
    lower = upper = value
    if row["qualifier"] == "over":
        upper = value + (place - 1 if place > 1 else place)
    elif row["qualifier"] == "about":
        lower, upper = value - place / 2, value + place / 2
    elif row["qualifier"] != "exact":
        raise SystemExit(f"no rule for the qualifier {row['qualifier']!r}")
    elif kind in ("rate", "money") or step < 1:
        lower, upper = value - step / 2, value + step / 2
    if kind == "rate" and not row["change_kind"]:
        lower, upper = max(lower, Decimal(0)), min(upper, Decimal(100))
    scale = Decimal(repr(factor))
    numbers = {name: float(end * scale) for name, end in (("value", value), ("lower", lower), ("upper", upper))}
    return {**numbers, "unit": unit, "qualifier": row["qualifier"], "kind": kind}


def public_reports(shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(report id, arguments of the writer) of every report that the public facts come from."""
    mapping = {row["name"]: row for row in read_table(BUNDLED / "public_mapping.csv")}
    suffixes = {
        (row["region"], row["year"], row["address"]): row["suffix"] for row in read_table(BUNDLED / "sources.csv")
    }
    catalogue = load_catalogue()
    groups: dict[tuple[str, str, str, str], list[dict[str, str]]] = {}
    for row in read_table(shared / "domain" / "public_facts.csv"):
        groups.setdefault((row["region_zh"], row["region_code"], row["report_year"], row["source_url"]), []).append(row)
    places: dict[tuple[str, str], set[str]] = {}
    for region, _, year, address in groups:
        places.setdefault((region, year), set()).add(address)
    for (region, code, year, address), rows in groups.items():
        if len(places[region, year]) > 1 and (region, year, address) not in suffixes:
            raise SystemExit(f"sources.csv lacks a suffix: {region},{year},{address}")
        report_id = make_report_id(region, code, int(year), suffixes.get((region, year, address), ""))
        metrics = []
        for row in rows:
            known = mapping[row["indicator_zh"]]
            known_id = known["indicator_id"]
            rate_growth = row["change_kind"] == "yoy_pct" and "率" in row["indicator_zh"]
            metrics.append(
                {
                    **figure(row),
                    "indicator_id": catalogue[known_id].id if known_id else "",
                    "label": row["indicator_zh"],
                    "change": row["change_kind"] or "level",
                    "scope": known["scope"],
                    "period": known["period"],
                    "origin": "curated",
                    "confidence": DOUBTFUL if rate_growth else 1.0,
                    "source": address,
                }
            )
        title = rows[-1]["source_title"]
        yield (
            report_id,
            {
                "region": region,
                "region_code": code,
                "year": int(year),
                "metadata": identified(
                    Metadata(
                        title=title, year=int(year), region=region, region_code=code, level=LEVELS[rows[0]["level"]]
                    )
                ),
                "source": Source(name="", digest="", format="web", address=address),
                "provenance": Provenance(title=title, address=address, licence=LICENCE),
                "metrics": metrics,
            },
        )


def page_reports() -> Iterator[tuple[str, dict[str, Any]]]:
    """(report id, arguments of the writer) of every page that was annotated; what it says is kept as figures only."""
    catalogue = load_catalogue()
    facts: dict[str, list[dict[str, str]]] = {}
    for row in read_table(BUNDLED / "page_facts.csv"):
        facts.setdefault(row.pop("report_id"), []).append(row)
    for page in read_table(BUNDLED / "pages.csv"):
        report_id, address, year = page.pop("report_id"), page.pop("address"), int(page.pop("year"))
        place = {"region": page["region"], "region_code": page["region_code"], "year": year}
        if report_id != make_report_id(*place.values(), document_suffix(page["doc_kind"])):
            raise SystemExit(f"pages.csv: {report_id} is not the identifier of {page['region']} {year}")
        metrics = [
            {
                **row,
                **{name: float(row[name]) for name in ("value", "lower", "upper")},
                "label": row["label"] or catalogue[row["indicator_id"]].name_zh,
                "kind": {"%": "rate", "百分点": "rate", "元": "money"}.get(row["unit"], "count"),
                "origin": "curated",
                "source": address,
            }
            for row in facts.pop(report_id)
        ]
        yield (
            report_id,
            {
                **place,
                "metadata": Metadata(**page, year=year, doc_kind_from="title"),
                "source": Source(name="", digest="", format="web", address=address),
                "provenance": Provenance(address=address, licence=LICENCE),
                "metrics": metrics,
            },
        )
    if facts:
        raise SystemExit(f"pages.csv lacks {sorted(facts)}")


def gold_report(shared: Path, name: str) -> tuple[str, dict[str, Any]]:
    """(report id, arguments of the writer) of an annotated report."""
    folder = shared / "gold" / name
    own = yaml.safe_load((BUNDLED / f"{name}.yaml").read_text(encoding="utf-8"))
    digest = hashlib.sha256((folder / "report.txt").read_bytes()).hexdigest()
    report_id = make_report_id(own["region"], own["code"], own["year"])
    quantities = [json.loads(line) for line in (folder / "quantities.jsonl").read_text(encoding="utf-8").splitlines()]
    metrics = list(gold_metrics(report_id, [row for row in quantities if row["is_metric"]], own, digest))
    structure = json.loads((folder / "structure.json").read_text(encoding="utf-8"))
    narrative = json.loads((folder / "narrative.json").read_text(encoding="utf-8"))
    metadata = identified(Metadata(year=own["year"], region=own["region"], region_code=own["code"], **own["metadata"]))
    rows = [{key: value for key, value in row.items() if key not in ("gold", "unit_printed")} for row in metrics]
    statements = list(gold_statements(narrative, own, (folder / "report.txt").read_bytes().decode("utf-8")))
    return report_id, {
        "region": own["region"],
        "region_code": own["code"],
        "year": own["year"],
        "metadata": metadata,
        "source": Source(name=f"{name}.txt", digest=digest, format="text", encoding="utf-8"),
        "provenance": Provenance(producer=own["producer"], title=metadata.title, digest=digest, licence=own["licence"]),
        "sections": list(gold_sections(structure["sections"])),
        "metrics": rows,
        "statements": statements,
        "findings": list(gold_findings(folder / "report.txt", report_id, metadata, metrics, statements)),
    }


def gold_metrics(
    report_id: str, rows: list[dict[str, Any]], own: dict[str, Any], source: str
) -> Iterator[dict[str, Any]]:
    """Rows of the metrics table from the annotated figures; repeated ones point to their first place."""
    catalogue = load_catalogue()
    first: dict[tuple[Any, ...], str] = {}
    repeated = set(own.get("repeated", ()))
    for number, row in enumerate(rows, start=1):
        key = row["id"]
        indicator = own.get("indicators", {}).get(key, row["indicator_ids"][0])
        label = own.get("labels", {}).get(key) or catalogue[indicator].name_zh
        row_id = f"{report_id}:m{number:03d}"
        same = (indicator, row["value"], row["unit"])
        yield {
            "gold": key,
            "unit_printed": bool(row["unit"]),
            "row_id": row_id,
            "indicator_id": indicator,
            "label": label,
            **{name: row[name] for name in ("value", "lower", "upper", "qualifier", "kind", "section", "start", "end")},
            "unit": row["unit"] or row.get("unit_inferred", ""),
            "role": own.get("roles", {}).get(key, row.get("role", "result")),
            "change": own.get("changes", {}).get(key) or GOLD_CHANGES.get(row.get("change", ""), "level"),
            "period": own.get("periods", {}).get(key, row["period"]),
            "scope": own.get("scopes", {}).get(key, ""),
            "item": row["item"] or "",
            "duplicate_of": first[same] if key in repeated else "",
            "origin": "curated",
            "confidence": 1.0,
            "source": source,
            "wording": _printed_wording(row["text"]),
        }
        first.setdefault(same, row_id)


def gold_sections(sections: list[dict[str, Any]], level: int = 1) -> Iterator[dict[str, Any]]:
    """The section tree in text order, headings left out."""
    for section in sections:
        span = {"start": section["start"], "end": section["end"]}
        yield {"key": section["key"], "number": section["number"], "heading": "", "level": level, **span}
        yield from gold_sections(section.get("subsections", []), level + 1)


def gold_statements(narrative: dict[str, Any], own: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    """Problems and next steps: places from the annotation, wording of our own."""
    annotated = {row["id"]: row for row in [*narrative["problems"], *narrative["next_steps"]]}
    for row in own["statements"]:
        gold = annotated[row["gold"]]
        places = gold.get("parts", gold.get("sub_actions", []))
        decided = theme_of(text[gold["start"] : gold["end"]], own["year"])
        answered = row.get("answered", [""] * len(places))
        parts = [
            {"text": text, "start": place["start"], "end": place["end"], "answered": strength}
            for text, place, strength in zip(row["parts"], places, answered, strict=True)
        ]
        yield {
            **{name: row[name] for name in ("kind", "ordinal", "theme", "text")},
            "theme_words": decided.words if decided.name == row["theme"] else (),
            "parts": parts,
            "answers": row.get("answers", []),
            "start": gold["start"],
            "end": gold["end"],
        }


def gold_findings(
    document: Path, report_id: str, metadata: Metadata, metrics: list[dict[str, Any]], statements: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What the audit says on the document with these rows, without its wording: with the report, the text is gone."""
    report = read_report(document)
    names = {item.name for item in fields(Quantity)}
    rows = [{name: value for name, value in row.items() if name in names} for row in metrics]
    for row, metric in zip(rows, metrics, strict=True):
        row["unit"] = row["unit"] if metric["unit_printed"] else ""
    context = AuditContext(
        metrics=tuple(
            Quantity(**{**row, "is_metric": True, "text": report.text[row["start"] : row["end"]]}) for row in rows
        ),
        catalogue=load_catalogue(),
        report=report,
        statements=tuple(
            Statement(row["kind"], row["ordinal"], row["text"], row["start"], row["end"]) for row in statements
        ),
        year=metadata.year,
        region=metadata.region,
        report_id=report_id,
        metadata=asdict(metadata),
    )
    for found in run_rules(context, None):
        yield {**asdict(_without_wording(found)), "report_id": report_id}


def _without_wording(found: Finding) -> Finding:
    """A finding that may be kept where the text may not: no source wording in its evidence or its message."""
    message = _QUOTED.sub("", found.message_zh) if rule_of(found.rule).quotes else found.message_zh
    return replace(found, message_zh=message, evidence=tuple(replace(piece, text="") for piece in found.evidence))


def _printed_wording(text: str) -> str:
    """The words that widen and scale a printed figure, with … for its number; empty where there are none."""
    match = expression().search("".join(text.split()))
    amount = measure(match) if match is not None and match.lastgroup == "amount" else None
    return amount.printed if amount is not None else ""


def build(shared: Path, into: Path) -> tuple[int, int]:
    """Write every folder; how many there are, and how many changed."""
    reports = [*public_reports(shared), *page_reports(), *(gold_report(shared, name) for name in GOLD)]
    ids = [report_id for report_id, _ in reports]
    if len(set(ids)) != len(ids):
        raise SystemExit(f"one id for several reports: {sorted({item for item in ids if ids.count(item) > 1})}")
    changed = sum(write_report_folder(report_id, into=into, **arguments) for report_id, arguments in reports)
    return len(ids), changed


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--into", type=Path, default=ROOT / "data")
    arguments = parser.parse_args()
    total, changed = build(arguments.shared, arguments.into)
    print(f"{total} reports, {changed} changed")


if __name__ == "__main__":
    main()
