"""Cases of meaning: who reports what on which year, what a figure is of, which sentences are problems or next steps."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.analysis.following.follow_up import follow_up as judged
from fazhi_analysis.catalogue.chosen_place import given
from fazhi_analysis.dataset import load_metrics, load_statements
from fazhi_analysis.dataset.printed_place import printed_place
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Quantity, Report, Statement
from fazhi_analysis.reading import read_text
from fazhi_analysis.reading.reader import with_given
from fazhi_analysis.running.ingest import ingest

Case = dict[str, Any]
CASES: list[Case] = [
    json.loads(line)
    for path in sorted(Path(__file__).parent.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def _report(case: Case) -> Report:
    title = case.get("title") or ""
    report = read_text(f"{title}\n{case['body']}" if title else case["body"], name=case.get("file", "case.txt"))
    return with_given(report, given(**case.get("given", {})))


def _figure(report: Report, want: dict[str, Any]) -> Quantity | None:
    """The metric at the place that a case names."""
    at = report.text.index(want["clause"]) + want["clause"].index(want["text"])
    end = at + len(want["text"])
    near = [row for row in extract(report).metrics if row.start < end and at < row.end]
    return max(near, key=lambda row: min(row.end, end) - max(row.start, at), default=None)


def _same(found: object, wanted: object) -> bool:
    accepted = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(found, (int, float)):
        return any(math.isclose(found, math.inf if one == "inf" else float(one)) for one in accepted)
    return (found or "") in accepted


def figures(case: Case) -> list[str]:
    """What differs at the figures of a case."""
    report = _report(case)
    wrong = []
    for want in case["expect"]:
        row = _figure(report, want)
        if want.get("is_metric") is False:
            wrong += [f"{want['text']} is read as a metric"] if row else []
            continue
        if row is None:
            wrong.append(f"{want['text']} is not read")
            continue
        if row.indicator_id in want.get("not_indicator", ()) and not row.scope:
            wrong.append(f"{want['text']}: {row.indicator_id} without a scope")
        for name in set(want) - {"clause", "text", "is_metric", "not_indicator"}:
            found = row.indicator_id if name == "indicator" else getattr(row, name)
            if not _same(found, want[name]):
                wrong.append(f"{want['text']}: {name} {found!r}, not {want[name]!r}")
    return wrong


def values(case: Case) -> list[str]:
    """What differs in the metrics of one sentence, all of them in order."""
    rows = extract(_report({**case, "given": {"year": 2024}})).metrics
    if len(rows) != len(case["expect"]):
        return [f"{[row.text for row in rows]} are read"]
    return [
        f"{row.text}: {name} {getattr(row, name)!r}, not {value!r}"
        for row, want in zip(rows, case["expect"], strict=True)
        for name, value in want.items()
        if not _same(getattr(row, name), value)
    ]


def identity(case: Case) -> list[str]:
    """What differs in who reports, in what kind of document, on which year."""
    metadata = _report(case).metadata
    found = {name: getattr(metadata, name) for name in case["expect"][0]}
    if "region" in found and metadata.body_kind == "department" and metadata.place:
        found["region"] = printed_place(metadata, "case.txt").region
    return [
        f"{name} {found[name]!r}, not {want!r}"
        for name, want in case["expect"][0].items()
        if not _same(found[name], want or "")
    ]


def _flat(words: str) -> str:
    return "".join(words.split())


def statements(case: Case) -> list[str]:
    """What differs at the problems and next steps of a case."""
    found: tuple[Statement, ...] = extract(_report(case)).statements
    want = case["expect"][0]
    wrong = []
    for kind, key in (("problem", "problems"), ("next_step", "next_steps")):
        got = [_flat(item.text) for item in found if item.kind == kind]
        if key in want and (
            len(got) != len(want[key]) or not all(_flat(b) in a for a, b in zip(got, want[key], strict=True))
        ):
            wrong.append(f"{key} {got}")
    for outside in want.get("outside", []):
        wrong += [f"{outside} is in {item.text[:20]}" for item in found if _flat(outside) in _flat(item.text)]
    return wrong


def pair(case: Case) -> list[str]:
    """What differs in the comparisons that rest on two figures, one of the earlier year's report and one of this."""
    later = _report(case)
    earlier = _report({**case, **case["earlier"]})
    rows = []
    for year, report in ((2022, earlier), (2023, later)):
        place = {"region": "云岭省望溪市云汀县", "region_code": "", "year": year, "report_id": f"x00000000-{year}"}
        rows += [{**asdict(row), **place, "row_id": f"{year}:{row.row_id}"} for row in extract(report).metrics]
    table = year_over_year(pd.DataFrame(rows))
    found = {(row["baseline_row"], row["row"]): str(row["verdict"]) for row in table.to_dict("records")}
    wrong = []
    for want in case["expect"]:
        one = _figure(earlier, {"clause": want["earlier_clause"], "text": want["earlier_text"]})
        two = _figure(later, want)
        ids = (f"2022:{one.row_id}" if one else "", f"2023:{two.row_id}" if two else "")
        verdict = found.get(ids, "none")
        if verdict not in want["verdict"]:
            wrong.append(f"{want['earlier_text']} and {want['text']}: {verdict}, not {want['verdict']}")
    return wrong


def follow_up(case: Case) -> list[str]:
    """What differs in the verdicts on the promises of the year before."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        for name, one in (("earlier", case["earlier"]), ("later", case)):
            file = Path(folder) / f"{name}.txt"
            file.write_text(f"{one['title']}\n{one['body']}", encoding="utf-8")
            ingest([file], data=store)
        found = judged(load_statements(store), load_metrics(store), data=store).to_dict("records")
    wrong = []
    for want in case["expect"]:
        near = [row for row in found if _flat(want["promise"]) in _flat(row["text"])]
        verdict = min(near, key=lambda row: len(row["text"]))["verdict"] if near else "none"
        wrong += [] if verdict in want["verdict"] else [f"{want['promise']}: {verdict}, not {want['verdict']}"]
    return wrong


TASKS: dict[str, Callable[[Case], list[str]]] = {
    "figures": figures,
    "values": values,
    "statements": statements,
    "identity": identity,
    "pair": pair,
    "follow_up": follow_up,
}


@pytest.mark.parametrize("kind", sorted({case["kind"] for case in CASES}))
def test_cases_of(kind: str) -> None:
    wrong = {case["id"]: TASKS[case["task"]](case) for case in CASES if case["kind"] == kind}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_case_stands_twice() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert len({(case.get("title"), case["body"]) for case in CASES}) == len(CASES)


def test_what_is_wrong_is_noticed() -> None:
    case = {"body": "全年评查案卷12件。", "given": {"year": 2023}}
    wanted = [{"clause": "评查案卷12件", "text": "12件", "period": "2022", "role": "plan"}]
    assert len(figures({**case, "expect": wanted})) == 2
    linked = {"clause": "评查案卷12件", "text": "12件", "not_indicator": ["case_files_reviewed"]}
    assert figures({**case, "expect": [linked]}) == ["12件: case_files_reviewed without a scope"]
    assert statements({**case, "expect": [{"problems": ["人手不足"]}]}) == ["problems []"]
    assert identity({**case, "expect": [{"year": 2024, "doc_kind": "other"}]}) == ["year 2023, not 2024"]
