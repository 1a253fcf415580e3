"""The fate of last year's problems and promises, and what the two years' figures settle: truth across reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from .markup import Compiled, MarkupError

FATES = ("repeated", "reworded", "kept", "contradicted", "dropped", "cannot_tell")


def _place(report: Compiled, start: int, end: int) -> dict[str, Any]:
    return {"report_id": report.report_id, "start": start, "end": end, "text": report.text[start:end]}


def _evidence(report: Compiled, entry: dict[str, Any]) -> list[dict[str, Any]]:
    statements = {one["id"]: one for one in report.truth["statements"]}
    metrics = {one["handle"]: one for one in report.truth["metrics"] if one["handle"]}
    out = []
    for name in entry.get("at", []):
        if name in statements:
            one = statements[name]
            out.append(_place(report, one["start"], one["end"]) | {"statement": name})
        elif name in metrics:
            one = metrics[name]
            out.append(_place(report, one["start"], one["end"]) | {"value": one["value"], "metric": one["id"]})
        else:
            raise MarkupError(f"{report.report_id}: nothing is called {name!r}")
    for words in entry.get("find", []):
        if report.text.count(words) != 1:
            raise MarkupError(f"{report.report_id}: {words!r} stands there {report.text.count(words)} times")
        start = report.text.index(words)
        out.append(_place(report, start, start + len(words)))
    return out


def follow_up(source: Path, reports: Sequence[Compiled]) -> dict[str, Any]:
    """Fates with places on both sides, chains of problems with their age, and year-over-year directions."""
    years = {report.truth["year"]: report for report in reports}
    fates: list[dict[str, Any]] = []
    for entry in yaml.safe_load(source.read_text(encoding="utf-8")):
        here, later = years[entry["from"]], years[entry["from"] + 1]
        statement = next(one for one in here.truth["statements"] if one["id"] == entry["id"])
        if entry["fate"] not in FATES or not set(entry.get("accept", [])) <= set(FATES):
            raise MarkupError(f"{source.name}: fate of {entry['id']} {entry['from']}")
        fates.append(
            {
                "from_year": entry["from"], "id": entry["id"], "kind": statement["kind"],
                "ordinal": statement["ordinal"], "text": statement["text"], "to_year": entry["from"] + 1,
                "fate": entry["fate"], "accept": [entry["fate"], *entry.get("accept", [])], "note": entry["note"],
                "promised": _place(here, statement["start"], statement["end"]),
                "evidence": _evidence(later, entry),
            }
        )  # fmt: skip
    for year, report in years.items():
        told = {(fate["from_year"], fate["id"]) for fate in fates}
        missing = [one["id"] for one in report.truth["statements"] if (year, one["id"]) not in told]
        if missing and year + 1 in years:
            raise MarkupError(f"{source.name}: no fate for {missing} of {year}")
    return {
        "region_code": reports[0].truth["region_code"], "region": reports[0].truth["region"], "years": sorted(years),
        "fates": fates, "persistent": _chains(fates), "year_over_year": _changes(years),
    }  # fmt: skip


def _chains(fates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems that are named again, with all the years in which they stand."""
    after = {
        (fate["from_year"], fate["id"]): (fate["to_year"], piece["statement"])
        for fate in fates
        if fate["kind"] == "problem" and fate["fate"] in ("repeated", "reworded")
        for piece in fate["evidence"]
        if "statement" in piece
    }
    out = []
    for start in sorted(set(after) - set(after.values())):
        chain = [start]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        out.append({"years": [year for year, _ in chain], "ids": [name for _, name in chain], "age": len(chain)})
    return out


def _changes(years: dict[int, Compiled]) -> list[dict[str, Any]]:
    """Direction between consecutive years of every indicator printed once as a yearly level in both."""
    out = []
    for year in sorted(years):
        if year - 1 not in years:
            continue
        now, before = _levels(years[year]), _levels(years[year - 1])
        for indicator in sorted(set(now) & set(before)):
            if len(now[indicator]) != 1 or len(before[indicator]) != 1:
                continue
            new, old = now[indicator][0], before[indicator][0]
            row = {"indicator_id": indicator, "baseline_year": year - 1, "year": year,
                   "baseline": [old["lower"], old["upper"]], "current": [new["lower"], new["upper"]]}  # fmt: skip
            if old["scope"] != new["scope"]:
                direction = "not_comparable"
            elif old["kind"] == "rate" and old["value"] == new["value"]:
                direction = "unchanged"
            elif new["lower"] > old["upper"]:
                direction = "up"
            elif new["upper"] < old["lower"]:
                direction = "down"
            elif new["lower"] == new["upper"] == old["lower"] == old["upper"]:
                direction = "unchanged"
            else:
                direction = "uncertain"
            out.append(row | {"direction": direction})
    return out


def _levels(report: Compiled) -> dict[str, list[dict[str, Any]]]:
    levels: dict[str, list[dict[str, Any]]] = {}
    for row in report.truth["metrics"]:
        plain = row["role"] == "result" and row["change"] == "level" and row["period"] == str(report.truth["year"])
        if plain and not row["duplicate_of"] and not row["optional"] and len(row["indicator_ids"]) == 1:
            levels.setdefault(row["indicator_ids"][0], []).append(row)
    levels.pop("", None)
    return levels
