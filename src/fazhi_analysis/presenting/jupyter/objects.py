"""Objects in a notebook: a report as its outline, an extraction as what it holds, findings in groups, gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from fazhi_analysis.model import SEVERITIES, Finding, Quantity, Report, Section, Statement
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table, facts, headed
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.naming import message, named, rule_name, theme_name, unit_of, where
from fazhi_analysis.presenting.wording.numbers import figure, interval
from fazhi_analysis.presenting.wording.page_texts import Words

SHOWN: Final = 60
"""Rows of a long list that are shown; the line above says how many there are."""


def report(thing: Report, words: Words) -> Fragment:
    """A report: what it says about itself, and its outline with offsets."""
    about, source = thing.metadata, thing.source
    pairs = [
        (words("explore.show.issuer"), about.issuer),
        (words("explore.show.number"), about.document_number),
        (words("explore.show.place"), " ".join(part for part in (about.region, about.region_code) if part)),
        (words("column.year"), "" if about.year is None else str(about.year)),
        (words("explore.show.signed"), about.signed_date),
        (words("explore.show.source"), words("explore.show.file", name=source.name, n=len(thing.text))),
        (words("explore.show.defects"), str(len(thing.defects)) if thing.defects else ""),
    ]
    known = facts([(name, words.source(value)) for name, value in pairs if value])
    return framed(_title(about.title or source.name, words), known, outline(thing.sections, words))


def outline(sections: Sequence[Section], words: Words) -> Fragment:
    """The section tree as nested lists: heading, number of 一是/二是 items, offsets."""
    if not sections:
        return tag("p", words("explore.show.no_sections"))
    least = min(section.level for section in sections)
    return _branch(list(sections), least, words)


def _branch(sections: list[Section], level: int, words: Words) -> Fragment:
    items, index = [], 0
    while index < len(sections):
        section, last = sections[index], index + 1
        while last < len(sections) and sections[last].level > level:
            last += 1
        below = sections[index + 1 : last]
        name = section.heading or words.get(f"report_part.{section.key}", section.key)
        notes = [words("explore.show.items", n=len(section.items))] if section.items else []
        notes.append(words("evidence.offsets", start=section.start, end=section.end))
        inner = _branch(below, min(one.level for one in below), words) if below else None
        items.append(tag("li", words.source(name), " ", tag("small", words.join(notes)), inner))
        index = last
    return tag("ul", *items)


def extraction(thing: Any, words: Words) -> Fragment:
    """What a report holds, in four counts and four lists that open."""
    rows = list(thing.metrics)
    problems = [one for one in thing.statements if one.kind == "problem"]
    steps = [one for one in thing.statements if one.kind == "next_step"]
    head = thing.report.metadata
    counts = words(
        "explore.show.counts", n=len(rows), problems=len(problems), steps=len(steps), findings=len(thing.findings)
    )
    parts = [
        _folded(words("explore.show.metrics", n=len(rows)), _quantities(rows, words), opened=True),
        _folded(
            words("problems_next_steps.problems_caption", year=head.year or "", n=len(problems)),
            _statement_list(problems, words),
        ),
        _folded(
            words("problems_next_steps.steps_caption", year=head.year or "", n=len(steps)),
            _statement_list(steps, words),
        ),
        _folded(words("explore.show.findings", n=len(thing.findings)), grouped(thing.findings, words)),
        _folded(words("explore.show.outline"), outline(thing.report.sections, words)),
    ]
    return framed(_title(head.title or thing.report.source.name, words), tag("p", counts), *parts)


def several(things: Sequence[Any], words: Words) -> Fragment | None:
    """A list of findings, figures, statements or results; None for any other list."""
    views: dict[str, Callable[[Sequence[Any], Words], Fragment]] = {
        "Finding": grouped,
        "Quantity": _quantities,
        "Statement": _statement_list,
        "Indicator": _indicators,
        "IngestResult": _ingested,
    }
    kinds = {type(thing) for thing in things}
    view = views.get(next(iter(kinds)).__name__) if len(kinds) == 1 else None
    return framed(view(things, words)) if view else None


def grouped(findings: Iterable[Finding], words: Words) -> Fragment:
    """Findings by severity, then by rule, errors first; what holds comes last and folded."""
    found = list(findings)
    if not found:
        return tag("p", words("explore.show.no_findings"))
    groups = []
    for severity in SEVERITIES:
        mine = sorted((one for one in found if one.severity == severity), key=lambda one: (one.rule, one.id))
        if mine:
            heading = words.heading(words("explore.show.group", severity=words(f"severity.{severity}"), n=len(mine)))
            items = tag("ul", *(tag("li", *_finding(one, words)) for one in mine), cls=f"fz-{severity}-list")
            groups.append(_folded(heading, items, opened=severity in ("error", "warning")))
    return join(groups)


def _finding(thing: Finding, words: Words) -> list[Any]:
    rule = rule_name(thing, words)
    status = "" if thing.status == "open" else words(f"status.{thing.status}")
    note = words.join([part for part in (rule, thing.id, status, thing.comment) if part])
    return [message(thing, words), " ", tag("small", note)]


def finding(thing: Finding, words: Words) -> Fragment:
    """One finding with the places that it rests on."""
    places = [
        words("explore.show.evidence", text=piece.text.strip() or "—", start=piece.start, end=piece.end)
        for piece in thing.evidence
        if piece.start is not None
    ]
    head = tag("p", tag("strong", words(f"column.{thing.severity}")), " ", *_finding(thing, words))
    return framed(head, tag("ul", *(tag("li", words.source(place)) for place in places)) if places else None)


def quantity(thing: Quantity, words: Words) -> Fragment:
    """One figure."""
    return framed(_quantities([thing], words))


def _quantities(rows: Sequence[Quantity], words: Words) -> Fragment:
    columns = headed(words, "indicator main", "explore.show.wording", "figure number", "interval number", "place")
    table = [(named(row, words), words.source(row.text), *_ends(row, words), _place(row, words)) for row in rows]
    return _table(words("explore.show.metrics", n=len(rows)), columns, table, words)


def _ends(row: Quantity, words: Words) -> tuple[str, str]:
    if row.value is None or row.lower is None or row.upper is None:
        return "", ""
    shown = figure(row.value, row.lower, row.upper, row.qualifier, unit_of(row), words, row.wording)
    return shown, interval(row.lower, row.upper, unit_of(row), words)


def _place(row: Quantity, words: Words) -> Fragment:
    offsets = words("evidence.offsets", start=row.start, end=row.end)
    return tag("span", where(row, words), " ", tag("small", offsets))


def statement(thing: Statement, words: Words) -> Fragment:
    """One problem or next step."""
    return framed(_statement_list([thing], words))


def _statement_list(rows: Sequence[Statement], words: Words) -> Fragment:
    columns = headed(words, "number short", "explore.show.statement main", "theme", "explore.show.parts number")
    key = {"problem": "problems_next_steps.problem_number", "next_step": "problems_next_steps.next_step_number"}
    table = [
        (
            words(key[row.kind], n=row.ordinal),
            words.source(row.text),
            theme_name(row.theme, words),
            len(row.parts) or "",
        )
        for row in rows
    ]
    return _table(words("explore.show.statements", n=len(rows)), columns, table, words)


def indicator(thing: Any, words: Words) -> Fragment:
    """One indicator of the catalogue."""
    return framed(_indicators([thing], words))


def catalogue(thing: Any, words: Words) -> Fragment:
    """The catalogue: name, unit, which way is better, domain."""
    return framed(_indicators(list(thing), words))


def _indicators(rows: Sequence[Any], words: Words) -> Fragment:
    from fazhi_analysis.catalogue import load_domains

    domains = load_domains()
    columns = headed(
        words, "indicator main", "explore.show.unit", "explore.show.direction", "domain", "explore.show.id"
    )
    table = [
        (
            row.name_zh if words.lang == "zh" else row.name_en,
            words.unit(row.unit),
            words(f"explore.direction.{row.direction}"),
            getattr(domains[row.domain], "name_zh" if words.lang == "zh" else "name_en"),
            tag("code", row.id),
        )
        for row in rows
    ]
    return _table(words("explore.show.catalogue", n=len(rows)), columns, table, words)


def division(thing: Any, words: Words) -> Fragment:
    """One place: names, code, level, since when and until when."""
    pairs = [
        (words("explore.show.place"), words.source(thing.full_name)),
        (words("explore.show.code"), thing.code),
        (words("explore.show.valid"), f"{thing.valid_from or '…'} — {thing.valid_to or '…'}"),
    ]
    return framed(facts(pairs))


def ingest_result(thing: Any, words: Words) -> Fragment:
    """What became of one file."""
    return framed(_ingested([thing], words))


def _ingested(rows: Sequence[Any], words: Words) -> Fragment:
    columns = headed(words, "explore.show.source main", "batch.status", "explore.show.id", "explore.show.message")
    table = [
        (row.path.name, words(f"explore.status.{row.status}"), row.report_id, words.source(row.message)) for row in rows
    ]
    return _table(words("explore.show.ingested", n=len(rows)), columns, table, words)


def report_result(thing: Any, words: Words) -> Fragment:
    """The pages of a run, as links beside the notebook where they lie below it."""
    links = [tag("li", tag("a", page.name, href=page.as_posix(), target="_blank")) for page in thing.pages]
    return framed(tag("p", words("explore.show.pages", n=len(thing.pages))), tag("ul", *links))


def batch_result(thing: Any, words: Words) -> Fragment:
    """How many of a batch are done, and what failed."""
    failed = [one for one in thing.outcomes if one.status == "failed"]
    items = [tag("li", words.source(f"{one.folder} {one.message}")) for one in failed]
    return framed(tag("p", words.source(thing.summary)), tag("ul", *items, cls="fz-error") if items else None)


def _title(text: str, words: Words) -> Fragment:
    return tag("p", words.source(text), cls="fz-title")


def _folded(heading: str, content: Fragment, *, opened: bool = False) -> Fragment:
    return tag("details", tag("summary", heading), content, open=opened)


def _table(caption: str, columns: tuple[Column, ...], rows: Sequence[tuple[Any, ...]], words: Words) -> Fragment:
    shown = Table(caption, columns, tuple(rows[:SHOWN])).fragment()
    more = tag("p", tag("small", words("explore.show.more", n=len(rows) - SHOWN))) if len(rows) > SHOWN else None
    return tag("div", shown, more, cls="fz-scroll")
