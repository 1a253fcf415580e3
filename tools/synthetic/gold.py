"""A truth in the shape of an annotated gold folder, so that ``fazhi evaluate`` can score a reading of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .markup import Compiled

_FIELDS = (
    "start", "end", "text", "value", "lower", "upper", "qualifier", "unit", "kind", "is_metric", "role", "change",
    "period", "scope", "section", "item", "label", "indicator_ids", "unit_inferred", "optional",
)  # fmt: skip


def rows(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Numeric expressions in text order."""
    out = []
    for index, row in enumerate(sorted(truth["metrics"] + truth["others"], key=lambda one: one["start"])):
        record: dict[str, Any] = {"idx": index, "id": row["id"]}
        record |= {name: row[name] for name in _FIELDS if name in row}
        for name in ("value", "lower", "upper"):
            record.setdefault(name, None)
        record.setdefault("unit", "")
        record.setdefault("qualifier", "exact")
        record["item"] = record.get("item") or None
        out.append(record)
    return out


def narrative(truth: dict[str, Any]) -> dict[str, Any]:
    """Problems, next steps, and which answers which."""
    problems, steps, links = [], [], []
    for statement in truth["statements"]:
        one = {
            "id": statement["id"], "theme": statement["theme"], "start": statement["start"], "end": statement["end"],
            "source": statement["text"],
        }  # fmt: skip
        parts = [{"start": p["start"], "end": p["end"], "source": p["text"], "id": p["id"]} for p in statement["parts"]]
        if statement["kind"] == "problem":
            problems.append(one | {"parts": parts, "cause": statement["cause"]})
        else:
            steps.append(one | {"sub_actions": parts})
            links += [
                {"problem": f"P{answer['problem']}", "step": statement["id"], "strength": answer["strength"]}
                for answer in statement["answers"]
            ]
    return {"problems": problems, "next_steps": steps, "links": links}


def relations(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Identities that hold and faults of arithmetic, by row."""
    index = {row["start"]: row["idx"] for row in rows(truth)}
    out = []
    for kind, entries in (("confirmed", truth["confirmed"]), ("fault", truth["faults"])):
        for entry in entries:
            where = [index[piece["start"]] for piece in entry["evidence"] if piece.get("value") is not None]
            if where:
                out.append({"id": f"R{len(out) + 1:02d}", "kind": entry["rule"], "rows": where,
                            "holds": kind == "confirmed", "explain": entry["note"]})  # fmt: skip
    return out


def files(report: Compiled) -> Iterator[tuple[str, str]]:
    """Name and content of each file of the folder."""
    truth = report.truth
    yield "report.txt", report.text
    yield "quantities.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(truth))
    yield "relations.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in relations(truth))
    yield "narrative.json", json.dumps(narrative(truth), ensure_ascii=False, indent=1) + "\n"
    structure = {"title": truth["metadata"].get("title", ""), "report_year": truth["year"], **truth["metadata"],
                 "sections": truth["sections"]}  # fmt: skip
    yield "structure.json", json.dumps(structure, ensure_ascii=False, indent=1) + "\n"
