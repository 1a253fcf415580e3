"""How many planted faults the audit finds: seeded single mutations of clean synthetic reports, by class of fault.

Usage: ``python tools/audit_detection.py [--count 1000] [--seed 20] [--write]``. With ``--write`` the result goes to
``docs/audit-detection.md``. A fault counts as found when a rule that may report it says more than “confirmed” at one
of its places; it counts as graded when that finding has the severity that the fault's class calls for. For classes
that only the year before can show, the audit gets that report too.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if str(Path(__file__).resolve().parent) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parent))

from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Finding
from fazhi_analysis.reading import read_text
from synthetic import KINDS, SyntheticReport, make_report, mutants

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "audit-detection.md"
_READING = (re.compile(r"若(.+?)，?则可能无误"), re.compile(r"it may be right (?:if|for) (.+?)(?:\.|$)"))
FIGURE_RULES = frozenset(
    ("ratio", "attainable_rate", "sum", "part_exceeds_whole", "conflicting_values", "bounds", "magnitude",
     "claimed_change", "repeated_passage")
)  # fmt: skip


@dataclass
class Detection:
    """Counts by class of fault; ``stray`` are errors at no planted place.

    ``milder`` counts, for faults found at a lower severity than due, what the first finding is: rule, severity and the
    reading that it names (Chinese, English).
    """

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    graded: Counter[str] = field(default_factory=Counter)
    milder: dict[str, Counter[tuple[str, str, str, str]]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    def rate(self, kind: str) -> float:
        """Share of the planted faults of a class that were found."""
        return self.found[kind] / self.planted[kind]


def audit_synthetic(report: SyntheticReport, *, previous: bool) -> list[Finding]:
    """The audit of a synthetic report, alone or beside the report of the year before."""
    more: dict[str, Any] = {}
    if previous:
        before = make_report(report.seed, report.place, report.year - 1)
        rows = tuple(extract(read_text(before.text, name=before.report_id)).metrics)
        more = {"earlier": rows, "earlier_year": before.year, "texts": {before.year: before.text}}
    return audit_extraction(extract(read_text(report.text, name=report.report_id)), **more)


def touches(found: Finding, places: list[dict[str, Any]]) -> bool:
    """Whether a finding stands at one of these places; without places any does."""
    return not places or any(
        piece.start is not None and piece.end is not None and piece.start < place["end"] and place["start"] < piece.end
        for piece in found.evidence
        for place in places
    )


def detect(count: int, seed: int, kinds: tuple[str, ...] | None = None) -> Detection:
    """Plant so many single faults and count what the audit says."""
    result = Detection()
    for report in mutants(count, seed, kinds):
        (fault,) = report.truth["faults"]
        kind = KINDS[fault["kind"]]
        findings = audit_synthetic(report, previous=kind.previous)
        here = [item for item in findings if touches(item, fault["evidence"])]
        told = [item for item in here if item.rule in fault["rules"] and item.severity != "confirmed"]
        result.planted[kind.name] += 1
        result.found[kind.name] += bool(told)
        as_due = any(item.severity == fault["severity"] for item in told)
        result.graded[kind.name] += as_due
        if told and not as_due:
            result.milder.setdefault(kind.name, Counter())[_named_reading(told)] += 1
        if not told:
            result.missed.append(f"{kind.name} {report.report_id}: {fault['note']}")
        result.stray += [
            f"{report.report_id}: {item.message_zh}"
            for item in findings
            if item.severity == "error" and item not in here
        ]
    return result


def _named_reading(told: list[Finding]) -> tuple[str, str, str, str]:
    """Rule, severity and reading (Chinese, English) of the finding that stands for others at the same place."""
    chosen = min(told, key=lambda item: (item.severity != "warning", item.rule != "ratio"))
    found = (_READING[0].search(chosen.message_zh), _READING[1].search(chosen.message_en))
    return chosen.rule, chosen.severity, *(match.group(1) if match else "—" for match in found)


def _graded_lower(result: Detection) -> list[str]:
    """What stands behind each count that is lower as due than found: rule, severity, reading, how often."""
    if not result.milder:
        return []
    names = {"warning": "存疑 warning", "note": "提示 note", "error": "错误 error"}
    lines = [
        "",
        "“程度也对”低于查出的：同一处还有一种读法，照那种读法可能无误，所以定得轻一些。各类是哪些读法，各有几处：",
        "",
        "Where fewer are graded as due than found, the finding names a reading under which the text may be right:",
        "",
        "| 差错 Fault | 规则 Rule | 程度 Severity | 若…则可能无误 It may be right if | 处 Times |",
        "|---|---|---|---|---:|",
    ]
    for name in KINDS:
        for (rule, severity, zh, en), times in sorted(
            result.milder.get(name, Counter()).items(), key=lambda pair: (-pair[1], pair[0])
        ):
            lines.append(f"| {name} | {rule} | {names[severity]} | {zh} · {en} | {times} |")
    return lines


def false_alarms(count: int, seed: int) -> tuple[int, int, Counter[str]]:
    """Reports with an error, reports with a doubt about a figure, and these findings by rule, among clean reports."""
    errors = warnings = 0
    rules: Counter[str] = Counter()
    for index in range(count):
        findings = audit_synthetic(make_report(seed, index % 5000, 2018 + index % 7), previous=bool(index % 2))
        grave = [item for item in findings if item.severity == "error"]
        doubts = [item for item in findings if item.severity == "warning" and item.rule in FIGURE_RULES]
        errors += bool(grave)
        warnings += bool(doubts)
        rules.update(f"{item.rule}/{item.severity}" for item in grave + doubts)
    return errors, warnings, rules


def render(result: Detection, clean: tuple[int, int, Counter[str]], count: int, seed: int) -> str:
    """The page."""
    errors, warnings, rules = clean
    lines = [
        "# 核对规则查得出多少差错 · What the audit finds",
        "",
        f"<!-- 由 tools/audit_detection.py --count {count} --seed {seed} --write 生成 / generated -->",
        "",
        f"在{count}份合成报告里各改一处（种子{seed}），看核对能不能查出来。“算得出”指单凭这份报告的数字就能证明；"
        "“要看上年”的几类，核对时一并给出上年报告。虚构地方、虚构数字，与真实报告的写法仍有距离：真实报告上的核对见 "
        "tests/analysis/audit/test_work_reports.py。",
        "",
        f"One fault in each of {count} synthetic reports (seed {seed}): how many the audit finds, by class.",
        "",
        "| 差错 Fault | 算得出 Arithmetic | 规则 Rules | 植入 Planted | 查出 Found | 查出率 Rate | 程度也对 As due |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for name, kind in KINDS.items():
        planted, found = result.planted[name], result.found[name]
        seen = "是 yes" if kind.arithmetic else ("要看上年 with last year" if kind.previous else "看结构、措辞 form")
        rate = f"{100 * found / planted:.1f}%" if planted else "—"
        lines.append(
            f"| {name} | {seen} | {', '.join(kind.rules)} | {planted} | {found} | {rate} | {result.graded[name]} |"
        )
    arithmetic = [name for name, kind in KINDS.items() if kind.arithmetic and result.planted[name]]
    found = sum(result.found[name] for name in arithmetic)
    planted = sum(result.planted[name] for name in arithmetic)
    told = "、".join(f"{name} {number}" for name, number in sorted(rules.items())) or "无 none"
    lines += [
        "",
        f"- 算得出的各类合计 / all classes by arithmetic: {found} / {planted}（{100 * found / planted:.1f}%）。",
        f"- 植入处以外的错误 / errors away from the planted place: {len(result.stray)}。",
        f"- {count}份没有改动的报告 / clean reports: 有“错误”的 {errors} 份（{100 * errors / count:.1f}%），"
        f"对数字有“存疑”的 {warnings} 份；按规则 by rule: {told}。",
    ]
    if result.missed:
        lines += ["", "没有查出的 / missed:", "", *(f"- {item}" for item in result.missed)]
    lines += _graded_lower(result)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Parse the command line, measure, print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    page = render(
        detect(options.count, options.seed), false_alarms(options.count, options.seed), options.count, options.seed
    )
    if options.write:
        DOCUMENT.parent.mkdir(exist_ok=True)
        DOCUMENT.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
