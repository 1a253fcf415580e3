"""Authored reports: a text with its truth written into it, compiled to text, offsets and truth.

Marks, all removed from the text that comes out:

``{shown|name:ids|k=v;k=v}``  a number that reports an amount. ``ids`` are the catalogue ids that a careful reader would
    accept, separated by commas (``-`` for none, the default); ``name:`` is a handle for the header. Attributes:
    ``r`` role, ``c`` change, ``p`` period, ``s`` scope, ``u`` unit, ``ui`` unit that is not printed, ``l`` label,
    ``d`` handle of the row that it repeats, ``o=1`` don't-care, ``lo``/``hi``/``v`` what the wording does not give.
``{shown|@kind}``             a number that is no amount: ``@date``, ``@ordinal``, ``@docnumber``, ``@name``,
    ``@count``.
``⟦name|...⟧``                a span with a name; spans nest. ``P1`` problem, ``P1a`` its part, ``P1c`` its cause,
    ``N1`` next step, ``N1.1`` its sub-action, anything else is a handle for the header.
``¶``                         a page break inside a sentence (four newlines), ``␤`` a shorter one (two newlines).

A header in YAML stands before a line of ``=`` signs: metadata, planted faults, identities that hold, traps.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from . import wording

BREAKS = {"¶": "\n\n\n\n", "␤": "\n\n"}
ORDINALS = "一二三四五六七八九十"
_HEADING1 = re.compile(r"^[\s#*　]*(?:(?P<zh>[一二三四五六七八九十]+)、|(?P<num>\d+)[.．]\s?(?=[^\d]))")
_HEADING2 = re.compile(r"^[\s#*　]*[（(](?P<zh>[一二三四五六七八九十]+|\d+)[）)]")
_ITEM = re.compile(r"(?:^|(?<=[。；：:;\s　]))(?P<marker>[一二三四五六七八九十]是)")
_CHINESE_COUNT = re.compile(
    r"[零一二两三四五六七八九十百千万]+(?:余|多)?(?:件|起|宗|项|名|次|个|场|份|批|期|家|户|篇|条|人|轮|部|处|类|届|所)"
)
_FIXED = re.compile(
    "第一|第三方|一个问题一个|进一步|下一步|统一|一次性|一件事|一批|一系列|同一|一定|每一|逐一|万家|一些|之一|一人|千家万户|一站|一律|"
    "一体|一流|百姓|唯一|一把手|专一|一致|一名|一盘棋|一线|一方|一部分|一般|一并|一轮|新一|上一|一类"
)


class MarkupError(ValueError):
    """What an author got wrong, with the place."""


@dataclass
class Compiled:
    """Text and truth of one authored report."""

    report_id: str
    text: str
    truth: dict[str, Any]
    suffix: str


@dataclass
class _State:
    text: list[str] = field(default_factory=list)
    length: int = 0
    breaks: list[tuple[int, int]] = field(default_factory=list)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    spans: list[dict[str, Any]] = field(default_factory=list)
    handles: dict[str, int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)


def _attributes(text: str, where: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for pair in filter(None, text.split(";")):
        key, equals, value = pair.partition("=")
        if not equals or key not in {"r", "c", "p", "s", "u", "l", "d", "o", "lo", "hi", "v", "q", "ui"}:
            raise MarkupError(f"{where}: attribute {pair!r}")
        out[key] = value
    return out


def _number(body: str, state: _State, year: int) -> None:
    shown, _, rest = body.partition("|")
    head, _, tail = rest.partition("|")
    where = f"{{{body}}}"
    more = _attributes(tail, where)
    start, end = state.length, state.length + len(shown)
    state.add(shown)
    row: dict[str, Any] = {"start": start, "end": end, "text": shown}
    if head.startswith("@"):
        row |= {"kind": head[1:], "is_metric": False, "optional": more.get("o") == "1"}
        if head not in ("@date", "@ordinal", "@docnumber", "@name", "@count"):
            raise MarkupError(f"{where}: kind {head!r}")
        if head == "@date":
            row["iso"] = _iso(shown)
    else:
        handle, _, ids = head.partition(":") if ":" in head else ("", "", head)
        change = more.get("c", "level")
        role = more.get("r", "result")
        if change in ("yoy_pct",):
            reading = wording.read(shown, target=role != "result", growth=True)
        elif shown == "零" or re.fullmatch(r"无一.", shown):
            reading = wording.Reading(0, 0, 0, shown[2:] or more["u"], "exact", "count")
        else:
            reading = wording.read(shown, target=role != "result")
        if reading.at_least and "r" not in more:
            role = "target"
        row |= {
            "value": reading.value if "v" not in more else float(more["v"]),
            "lower": reading.lower if "lo" not in more else float(more["lo"]),
            "upper": reading.upper if "hi" not in more else float(more["hi"]),
            "unit": more.get("u", reading.unit),
            "qualifier": more.get("q", reading.qualifier),
            "kind": "money" if more.get("u", "").endswith("元") else reading.kind,
            "is_metric": True,
            "role": role,
            "change": change,
            "period": more.get("p", str(year)),
            "scope": more.get("s", ""),
            "label": more.get("l", ""),
            "unit_inferred": more.get("ui", ""),
            "indicator_ids": [("" if one == "-" else one) for one in (ids or "-").split(",")],
            "handle": handle,
            "duplicate_of": more.get("d", ""),
            "optional": more.get("o") == "1",
        }
        if handle:
            if handle in state.handles:
                raise MarkupError(f"{where}: handle {handle!r} used twice")
            state.handles[handle] = len(state.numbers)
    state.numbers.append(row)


def _iso(shown: str) -> str:
    parts = re.findall(r"\d+", shown)
    return "-".join([parts[0], *(f"{int(part):02d}" for part in parts[1:])]) if parts else shown


def parse(body: str, year: int) -> _State:
    """Read the marks of a body. Raises MarkupError with the text around the fault."""
    state, open_spans, position = _State(), [], 0
    while position < len(body):
        char = body[position]
        if char == "{":
            end = body.index("}", position)
            try:
                _number(body[position + 1 : end], state, year)
            except (ValueError, KeyError) as error:
                raise MarkupError(f"{body[position : end + 1]!r}: {error}") from error
            position = end + 1
        elif char == "⟦":
            bar = body.index("|", position)
            open_spans.append({"name": body[position + 1 : bar], "start": state.length})
            position = bar + 1
        elif char == "⟧":
            span = open_spans.pop()
            span["end"] = state.length
            state.spans.append(span)
            position += 1
        elif char in BREAKS:
            start = state.length
            state.add(BREAKS[char])
            state.breaks.append((start, state.length))
            position += 1
        else:
            state.add(char)
            position += 1
    if open_spans:
        raise MarkupError(f"open span {open_spans[-1]['name']!r}")
    return state


def sections_of(text: str, breaks: list[tuple[int, int]], parts: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """Headings at line starts, as sections with spans; ``parts`` are named spans such as letter and title."""
    inside = [(start, end) for start, end in breaks]
    found: list[dict[str, Any]] = []
    offset = 0
    body_end = parts["colophon"][0] if "colophon" in parts else len(text)
    for line in text.splitlines(keepends=True):
        if not any(start < offset <= end for start, end in inside) and offset < body_end:
            one, two = _HEADING1.match(line), _HEADING2.match(line)
            match = one or two
            if match and not any(s <= offset < e for n, (s, e) in parts.items() if n in ("letter", "title")):
                number = match["zh"] if match is two else (match["zh"] or match["num"])
                found.append(
                    {
                        "level": 1 if match is one else 2,
                        "number": number,
                        "start": offset,
                        "line": line,
                        "body": match.end(),
                    }
                )
        offset += len(line)
    for part in found:  # a section begins at its number, after indent and Markdown signs
        part["skip"] = len(part["line"]) - len(part["line"].lstrip("#* \u3000"))
        part["start"] += part["skip"]
    ends = [part["start"] for part in found[1:]] + [body_end]
    sections: list[dict[str, Any]] = []
    top = ""
    for index, part in enumerate(found):
        if part["level"] == 1:
            top = part["number"]
            later = [p["start"] for p in found[index + 1 :] if p["level"] == 1]
            key, end = top, later[0] if later else body_end
        else:
            key, end = f"{top}/（{part['number']}）", ends[index]
        rest = part["line"][part["body"] :].strip().rstrip("*").strip()
        heading = re.split(r"[。：]", rest)[0] if part["level"] == 2 or "。" in rest else rest
        begin = part["start"] - part["skip"] + (part["line"].index(heading, part["body"]) if heading else part["body"])
        sections.append(
            {
                "key": key, "number": part["number"], "level": part["level"], "heading": heading,
                "start": part["start"], "end": end, "heading_start": begin, "heading_end": begin + len(heading),
            }
        )  # fmt: skip
    first = sections[0]["start"] if sections else body_end
    for name, (start, end) in parts.items():
        if name in ("letter", "title", "colophon"):
            start += len(text[start:end]) - len(text[start:end].lstrip("#-\n \u3000"))
            sections.append({"key": name, "number": "", "level": 0, "heading": "", "start": start, "end": end,
                             "heading_start": start, "heading_end": start})  # fmt: skip
    after = max([parts[n][1] for n in ("letter", "title") if n in parts], default=0)
    after += len(text[after:]) - len(text[after:].lstrip())
    if text[after:first].strip("#* \n\u3000"):
        sections.append({"key": "preamble", "number": "", "level": 0, "heading": "", "start": after, "end": first,
                         "heading_start": after, "heading_end": after})  # fmt: skip
    return sorted(sections, key=lambda section: (section["start"], section["level"]))


def section_at(sections: list[dict[str, Any]], offset: int) -> str:
    """Key of the innermost section."""
    best = ""
    for section in sections:
        if section["start"] <= offset < section["end"]:
            best = section["key"]
    return best


def item_at(text: str, breaks: list[tuple[int, int]], offset: int) -> str:
    """The 一是/二是 marker that an offset stands under, within its paragraph (a page break does not end it)."""
    start = 0
    for match in re.finditer(r"\n", text[:offset]):
        if not any(low <= match.start() < high for low, high in breaks):
            start = match.end()
    marker = ""
    for match in _ITEM.finditer(text, start, offset):
        marker = match["marker"]
    return marker


def _check_covered(text: str, numbers: list[dict[str, Any]], sections: list[dict[str, Any]]) -> None:
    spans = [(row["start"], row["end"]) for row in numbers]
    heads = [(section["start"], section["heading_start"]) for section in sections if section["level"]]
    for match in re.finditer(r"\d+", text):
        if any(s <= match.start() < e for s, e in spans + heads):
            continue
        raise MarkupError(f"unmarked digits: …{text[max(0, match.start() - 20) : match.end() + 12]!r}")
    for match in _CHINESE_COUNT.finditer(text):
        around = text[max(0, match.start() - 2) : match.end() + 3]
        if any(s < match.end() and match.start() < e for s, e in spans) or _FIXED.search(around):
            continue
        raise MarkupError(f"unmarked Chinese number {match.group()!r}: …{around!r}")


def _statements(state: _State, text: str, header: dict[str, Any]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    spans = {span["name"]: span for span in state.spans}
    if len(spans) != len(state.spans):
        names = [span["name"] for span in state.spans]
        raise MarkupError(f"span names used twice: {sorted({n for n in names if names.count(n) > 1})}")
    notes = header.get("statements", {})
    for kind, letter in (("problem", "P"), ("next_step", "N")):
        ordinal = 1
        while f"{letter}{ordinal}" in spans:
            name = f"{letter}{ordinal}"
            span, note = spans[name], notes.get(name, {})
            pattern = rf"{name}[a-b d-z]" if kind == "problem" else rf"{name}\.\d+"
            parts = sorted((s for s in state.spans if re.fullmatch(pattern, s["name"])), key=lambda s: s["start"])
            cause = spans.get(f"{name}c")
            if not all(span["start"] <= part["start"] < part["end"] <= span["end"] for part in parts):
                raise MarkupError(f"{name}: a part stands outside")
            out.append(
                {
                    "id": name, "kind": kind, "ordinal": ordinal, "start": span["start"], "end": span["end"],
                    "text": text[span["start"] : span["end"]], "theme": note.get("theme", ""),
                    "cause": text[cause["start"] : cause["end"]] if cause else "",
                    "parts": [
                        {"id": p["name"], "start": p["start"], "end": p["end"], "text": text[p["start"] : p["end"]]}
                        for p in parts
                    ],
                    "answers": [
                        {"problem": int(problem[1:]), "strength": strength}
                        for problem, strength in note.get("answers", {}).items()
                    ],
                    "measurable": bool(note.get("measurable", False)),
                }
            )  # fmt: skip
            ordinal += 1
    return out


def _resolve(entry: dict[str, Any], state: _State, text: str) -> dict[str, Any]:
    """Replace handles of numbers and spans by their places."""
    spans = {span["name"]: span for span in state.spans}
    evidence = []
    for name in entry.get("at", []):
        if name in state.handles:
            row = state.numbers[state.handles[name]]
            evidence.append({"start": row["start"], "end": row["end"], "text": row["text"], "value": row["value"]})
        elif name in spans:
            span = spans[name]
            evidence.append({"start": span["start"], "end": span["end"], "text": text[span["start"] : span["end"]]})
        else:
            raise MarkupError(f"nothing is called {name!r}")
    return {key: value for key, value in entry.items() if key != "at"} | {"evidence": evidence}


def _plain(number: float) -> float | str | None:
    return "inf" if isinstance(number, float) and math.isinf(number) else number


def compile_source(path: Path) -> Compiled:
    """Compile one authored source file. Raises MarkupError naming what is wrong and where."""
    raw = path.read_text(encoding="utf-8")
    head, body = re.split(r"^=+\n", raw, maxsplit=1, flags=re.M)
    header: dict[str, Any] = yaml.safe_load(head)
    year = int(header["year"])
    state = parse(body, year)
    text = "".join(state.text)
    parts = {s["name"]: (s["start"], s["end"]) for s in state.spans if s["name"] in ("letter", "title", "colophon")}
    sections = sections_of(text, state.breaks, parts)
    _check_covered(text, state.numbers, sections)
    for index, row in enumerate(state.numbers):
        row["id"] = f"q{index + 1:03d}"
        row["section"] = section_at(sections, row["start"])
        row["item"] = item_at(text, state.breaks, row["start"])
        if row["is_metric"]:
            row["lower"], row["upper"] = _plain(row["lower"]), _plain(row["upper"])
    for row in state.numbers:
        if row.get("duplicate_of"):
            row["duplicate_of"] = state.numbers[state.handles[row["duplicate_of"]]]["id"]
    truth = {
        "report_id": header["report_id"], "region_code": header["report_id"].split("-")[0], "region": header["region"],
        "short_name": header["short_name"], "year": year,
        "text": {"file": f"{header['report_id']}{header.get('suffix', '.md')}", "characters": len(text),
                 "sha256": hashlib.sha256(text.encode()).hexdigest()},
        "metadata": {key: str(value) for key, value in header.get("metadata", {}).items()},
        "metrics": [row for row in state.numbers if row["is_metric"]],
        "others": [row for row in state.numbers if not row["is_metric"]],
        "sections": sections,
        "statements": _statements(state, text, header),
        "faults": [_resolve(entry, state, text) for entry in header.get("faults", [])],
        "confirmed": [_resolve(entry, state, text) for entry in header.get("confirmed", [])],
        "not_errors": [_resolve(entry, state, text) for entry in header.get("not_errors", [])],
        "may_not_conclude": [_resolve(entry, state, text) for entry in header.get("may_not_conclude", [])],
    }  # fmt: skip
    return Compiled(header["report_id"], text, truth, header.get("suffix", ".md"))
