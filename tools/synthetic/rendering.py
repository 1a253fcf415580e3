"""From the pieces of a synthetic report to its text and its truth."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from .figures import NESTED, RATIOS, SUMS
from .printing import Figure, Other

if TYPE_CHECKING:
    from .reports import SyntheticReport

_ITEM = re.compile(r"(?:^|(?<=[。；：]))([一二三四五六七八九十]是)")


def _row(figure: Figure, start: int, year: int) -> dict[str, Any]:
    upper: float | str = "inf" if figure.upper == float("inf") else figure.upper
    return {
        "start": start, "end": start + len(figure.text), "text": figure.text, "value": figure.value,
        "lower": figure.lower, "upper": upper, "unit": figure.unit, "qualifier": figure.qualifier,
        "kind": figure.kind, "is_metric": True, "role": figure.role, "change": figure.change,
        "period": figure.period or str(year), "scope": "", "label": figure.label, "unit_inferred": "",
        "indicator_ids": list(figure.ids), "handle": figure.slot, "duplicate_of": "", "optional": False,
    }  # fmt: skip


def render(report: SyntheticReport) -> tuple[str, dict[str, Any]]:
    """Text and truth."""
    from .reports import Close, Head, Open

    text: list[str] = []
    metrics: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    spans: dict[str, tuple[int, int]] = {}
    sections: list[dict[str, Any]] = []
    stack: list[tuple[str, int]] = []
    length, top, line_start, item, tail = 0, "", 0, "", ""
    section = "preamble"
    first: dict[str, str] = {}

    def put(words: str) -> None:
        nonlocal length
        text.append(words)
        length += len(words)

    for piece in report.pieces:
        if isinstance(piece, Figure):
            row = _row(piece, length, report.year)
            row |= {"section": section, "item": item, "id": f"q{len(metrics) + len(others) + 1:03d}"}
            level = piece.slot[0] not in "+^>"
            if level and piece.slot in first:
                row["duplicate_of"] = first[piece.slot]
            elif level:
                first[piece.slot] = row["id"]
            metrics.append(row)
            put(piece.text)
            tail = piece.text
        elif isinstance(piece, Other):
            others.append(
                {"start": length, "end": length + len(piece.text), "text": piece.text, "kind": piece.kind,
                 "is_metric": False, "optional": False, "section": section, "item": item,
                 "id": f"q{len(metrics) + len(others) + 1:03d}"}
            )  # fmt: skip
            put(piece.text)
            tail = piece.text
        elif isinstance(piece, Open):
            stack.append((piece.name, length))
            if piece.name in ("letter", "title", "colophon"):
                section, item = piece.name, ""
        elif isinstance(piece, Close):
            name, start = stack.pop()
            spans[name] = (start, length)
            if name in ("letter", "title"):
                section = "preamble"
        elif isinstance(piece, Head):
            put(piece.before)
            top = piece.number if piece.level == 1 else top
            key = piece.number if piece.level == 1 else f"{top}/（{piece.number}）"
            start = length
            put(piece.printed)
            sections.append(
                {"key": key, "number": piece.number, "level": piece.level, "heading": piece.text, "start": start,
                 "heading_start": length, "heading_end": length + len(piece.text)}
            )  # fmt: skip
            put(piece.text + piece.after)
            section, item, tail = key, "", piece.after
            line_start = length
        else:
            marker = None
            if "\n" in piece:
                item, line_start = "", length + piece.rindex("\n") + 1
            joined = tail[-1:] + piece
            for marker in _ITEM.finditer(joined):
                item = marker[1]
            if marker is None and length == line_start and (found := re.match("[一二三四五六七八九十]是", piece)):
                item = found[0]
            put(piece)
            tail = piece or tail
    whole = "".join(text)
    end = spans["colophon"][0]
    for index, part in enumerate(sections):
        later = [other["start"] for other in sections[index + 1 :] if other["level"] <= part["level"]]
        part["end"] = later[0] if later else end
    truth = {
        "report_id": report.report_id, "region_code": report.place.code, "region": report.place.full_name,
        "short_name": report.place.name, "year": report.year,
        "text": {"file": f"{report.report_id}.md", "characters": len(whole),
                 "sha256": hashlib.sha256(whole.encode()).hexdigest()},
        "metadata": {"title": f"{report.place.full_name}人民政府{report.year}年法治政府建设年度报告",
                     "issuer": f"{report.place.name}人民政府"},
        "metrics": metrics, "others": others, "sections": sections,
        "statements": _statements(report, whole, spans), "faults": _faults(report, metrics, spans),
        "confirmed": _identities(metrics),
        "not_errors": [], "may_not_conclude": [],
    }  # fmt: skip
    return whole, truth


def _statements(report: SyntheticReport, text: str, spans: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    out = []
    for note in report.statements:
        start, end = spans[note["id"]]
        names = [name for name in spans if re.fullmatch(rf"{note['id']}([ab]|\.\d+)", name)]
        cause = spans.get(f"{note['id']}c")
        out.append(
            note | {
                "ordinal": int(note["id"][1:]), "start": start, "end": end, "text": text[start:end],
                "cause": text[cause[0] : cause[1]] if cause else "", "answers": note.get("answers", []),
                "parts": [{"id": name, "start": spans[name][0], "end": spans[name][1],
                           "text": text[spans[name][0] : spans[name][1]]} for name in names],
            }
        )  # fmt: skip
    return out


def _piece(row: dict[str, Any]) -> dict[str, Any]:
    return {"start": row["start"], "end": row["end"], "text": row["text"], "value": row["value"]}


def _identities(metrics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Identities whose figures are all printed exactly, in one section, and that hold; checked, not presumed."""
    by_slot: dict[str, list[dict[str, Any]]] = {}
    for row in metrics:
        by_slot.setdefault(row["handle"], []).append(row)

    def together(*keys: str) -> list[dict[str, Any]] | None:
        if not all(key in by_slot for key in keys):
            return None
        for last in by_slot[keys[-1]]:
            rows = [next((r for r in by_slot[key] if r["section"] == last["section"]), None) for key in keys[:-1]]
            found = [row for row in rows if row is not None]
            if len(found) == len(rows) and all(row["qualifier"] == "exact" for row in (*found, last)):
                return [*found, last]
        return None

    out = []
    for rate, (part, whole) in RATIOS.items():
        if (rows := together(part, whole, rate)) and rows[1]["value"]:
            share = 100 * rows[0]["value"] / rows[1]["value"]
            if rows[2]["lower"] - 1e-9 <= share <= rows[2]["upper"] + 1e-9:
                out.append({"rule": "ratio", "note": f"{rows[0]['text']}/{rows[1]['text']}",
                            "evidence": [_piece(row) for row in rows]})  # fmt: skip
    for total, parts in SUMS.items():
        if (rows := together(*parts, total)) and sum(row["value"] for row in rows[:-1]) == rows[-1]["value"]:
            out.append({"rule": "sum", "note": rows[-1]["text"], "evidence": [_piece(row) for row in rows]})
    for less, more in NESTED:
        if (rows := together(less, more)) and rows[0]["value"] <= rows[1]["value"]:
            out.append({"rule": "part_exceeds_whole", "note": "", "evidence": [_piece(row) for row in rows]})
    return out


def _faults(
    report: SyntheticReport, metrics: list[dict[str, Any]], spans: dict[str, tuple[int, int]]
) -> list[dict[str, Any]]:
    """Faults with the places of the figures that they touch."""
    out = []
    for fault in report.faults:
        evidence = [_piece(row) for row in metrics if row["handle"] in fault["slots"]]
        evidence += [
            {"start": spans[name][0], "end": spans[name][1]} for name in fault.get("spans", []) if name in spans
        ]
        out.append(fault | {"evidence": evidence})
    return out
