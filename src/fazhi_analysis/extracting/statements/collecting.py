"""Problems and next steps of a report, with their exact places; none where the report has no such passage."""

from __future__ import annotations

from fazhi_analysis.extracting.body_sections import body_end
from fazhi_analysis.extracting.statements.answers import answer
from fazhi_analysis.extracting.statements.entry import Entry
from fazhi_analysis.extracting.statements.intentions import intentions
from fazhi_analysis.extracting.statements.locating import find_zones
from fazhi_analysis.extracting.statements.measures_within import divide
from fazhi_analysis.extracting.statements.mixed_sections import mixed_entries
from fazhi_analysis.extracting.statements.splitting import entries_of
from fazhi_analysis.extracting.statements.table_rows import table_entries
from fazhi_analysis.extracting.statements.themes import theme_of
from fazhi_analysis.model import Part, Report, Statement
from fazhi_analysis.reading.characters import full_width


def find_statements(report: Report) -> tuple[Statement, ...]:
    """Problems, then next steps, each numbered from 1 in text order; offsets count ``report.text``.

    A problem spans its words without marker and closing mark, a next step from its marker to its closing mark.

    >>> from fazhi_analysis.reading import read_text
    >>> text = "一、存在问题\\n一是执法力量不足；二是普法形式单一。\\n二、下一步打算\\n一是充实执法力量。"
    >>> report = read_text(text, name="a.txt")
    >>> [(found.kind, found.ordinal, found.text) for found in find_statements(report)]
    [('problem', 1, '执法力量不足'), ('problem', 2, '普法形式单一'), ('next_step', 1, '充实执法力量')]
    """
    text = full_width(report.clean.text)
    problems: list[Entry] = []
    steps: list[Entry] = []
    causes: list[Entry] = []
    zones = find_zones(report)
    for zone in zones:
        target = {"problem": problems, "next_step": steps, "cause": causes}[zone.kind]
        both = table_entries(text, zone) or mixed_entries(text, zone)
        if both is not None:
            problems += both.problems
            steps += both.steps
        else:
            target += entries_of(text, zone)
    problems, measures = divide(text, problems)
    steps += measures
    if not steps:
        steps = intentions(text, body_end(report), zones)
    made = [
        _statement(report, "problem", ordinal, entry, _shared_cause(text, causes, ordinal, len(problems)))
        for ordinal, entry in enumerate(_unique(problems), start=1)
    ]
    made += [
        _statement(report, "next_step", ordinal, entry, "") for ordinal, entry in enumerate(_unique(steps), start=1)
    ]
    return answer(tuple(made))


def _unique(entries: list[Entry]) -> list[Entry]:
    """Entries in text order without overlaps."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: entry.start):
        if not kept or entry.start >= kept[-1].end:
            kept.append(entry)
    return kept


def _shared_cause(text: str, causes: list[Entry], ordinal: int, count: int) -> str:
    """Cause from a list of causes after the problems: one each where the numbers agree, else all of them."""
    if not causes:
        return ""
    if len(causes) == count:
        return text[causes[ordinal - 1].body : causes[ordinal - 1].end]
    return "；".join(text[cause.body : cause.end] for cause in causes)


def _statement(report: Report, kind: str, ordinal: int, entry: Entry, shared: str) -> Statement:
    clean = report.clean
    start, end = clean.original(entry.start, entry.end)
    words = clean.text[entry.body : entry.end].rstrip("。；; \n")
    parts = []
    for part_start, part_end in entry.parts:
        if part_end > part_start:
            first, last = clean.original(part_start, part_end)
            parts.append(Part(clean.text[part_start:part_end], first, last))
    cause = clean.text[slice(*entry.cause)] if entry.cause else shared
    theme = theme_of(words, report.metadata.year)
    return Statement(
        kind="problem" if kind == "problem" else "next_step",
        ordinal=ordinal,
        text=words,
        start=start,
        end=end,
        theme=theme.name,
        cause=cause,
        parts=tuple(parts),
        theme_words=theme.words,
    )
