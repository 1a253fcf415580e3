"""What a staged report holds, as a person checks it: counts, doubtful figures first, the decisions so far."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.explorer.staging import Decision, Staged, is_unsure, local_id
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Table, facts, headed
from fazhi_analysis.presenting.jupyter.objects import grouped
from fazhi_analysis.presenting.wording.naming import message, named, unit_of, where_text
from fazhi_analysis.presenting.wording.numbers import figure_of, interval
from fazhi_analysis.presenting.wording.page_texts import Words

Row = dict[str, Any]
_LONG: Final = 60


def holds(staged: Staged, words: Words) -> Fragment:
    """What the report is and how much it holds, its problems, next steps and findings one click away."""
    stored = staged.stored
    document, metadata = stored.document, stored.document.get("metadata") or {}
    problems = [row for row in stored.statements if row["kind"] == "problem"]
    steps = [row for row in stored.statements if row["kind"] == "next_step"]
    known = facts(
        [
            (words("explore.show.title"), words.source(metadata.get("title") or staged.file.name)),
            (words("explore.show.place"), words.source(document["region"])),
            (words("column.year"), str(document["year"])),
            (words("explore.show.id"), staged.report_id),
        ]
    )
    counts = words(
        "explore.intake.counts",
        n=len(stored.metrics),
        problems=len(problems),
        steps=len(steps),
        findings=len(stored.findings),
    )
    findings = [_finding(row) for row in stored.findings]
    lists = [
        (
            words("problems_next_steps.problems_caption", year=document["year"], n=len(problems)),
            _texts(problems, words),
        ),
        (words("problems_next_steps.steps_caption", year=document["year"], n=len(steps)), _texts(steps, words)),
        (words("explore.intake.findings", n=len(findings)), grouped(findings, words)),
    ]
    folded = [tag("details", tag("summary", heading), content) for heading, content in lists]
    return join([known, tag("p", counts), *folded])


def doubtful_table(staged: Staged, words: Words) -> Fragment:
    """Every figure, the doubtful first with what doubts them."""
    columns = headed(words, "indicator main", "figure number", "interval number", "explore.intake.doubt")
    pairs = staged.rows()
    rows = tuple((named(row, words), *_ends(row, words), _doubt(row, doubts, words)) for row, doubts in pairs)
    doubtful = sum(bool(doubts) or is_unsure(row) for row, doubts in pairs)
    caption = words("explore.intake.figures", n=len(rows), doubtful=doubtful)
    table = Table(caption, columns, rows).fragment()
    return tag("div", table, style="max-height:24rem;overflow:auto", tabindex="0", role="region", aria_label=caption)


def one_line(row: Row, doubts: list[Row], words: Words) -> str:
    """A figure in a list to choose from; doubtful ones are marked."""
    mark = words("mark.uncertain") + " " if doubts or is_unsure(row) else ""
    return f"{mark}{_short(str(row['label'] or row['quote']))} {_ends(row, words)[0]}（{local_id(row)}）"


def one_figure(row: Row, doubts: list[Row], words: Words) -> Fragment:
    """A figure with its clause, its place and its doubts."""
    section = where_text(row, words)
    place = words("evidence.offsets", start=row["start"], end=row["end"])
    shown, around = _ends(row, words)
    head = tag(
        "p", tag("strong", shown), " ", tag("small", words.join([part for part in (around, section, place) if part]))
    )
    quote = Fragment(str(tag("blockquote", str(row["quote"]), lang="zh"))) if row["quote"] else None
    return join([part for part in (head, quote, _doubt(row, doubts, words)) if part])


def decided(staged: Staged, words: Words) -> Fragment:
    """The decisions so far."""
    if not staged.decisions:
        return tag("p", tag("small", words("explore.intake.none_decided")))
    rows = {local_id(row): row for row, _ in staged.rows()}
    items = [tag("li", _decision(decision, rows, words)) for decision in staged.decisions.values()]
    return tag("p", words("explore.intake.decided", n=len(items))) + tag("ul", *items)


def _decision(decision: Decision, rows: dict[str, Row], words: Words) -> str:
    row = rows.get(decision.target)
    what = f"{_short(str(row['label']))} {_ends(row, words)[0]}" if row else decision.target
    done = words(f"explore.intake.did_{decision.kind}")
    if decision.to and row:
        new = {**row, **decision.to}
        done = words("change.arrow", before=done, after=_ends(new, words)[0])
    return words("explore.intake.decision", what=what, done=done, why=decision.why, who=decision.who)


def _texts(rows: list[Any], words: Words) -> Fragment:
    return tag("ol", *(tag("li", words.source(row["text"])) for row in rows))


def _finding(row: Any) -> Finding:
    return Finding(row["id"], row["rule"], row["severity"], row["message_zh"], row["message_en"], (), row["status"])


def _ends(row: Row, words: Words) -> tuple[str, str]:
    return figure_of(row, words), interval(row["lower"], row["upper"], unit_of(row), words)


def _doubt(row: Row, doubts: list[Row], words: Words) -> Fragment | str:
    lines = [
        tag(
            "p",
            tag("strong", words(f"column.{one['severity']}")),
            " ",
            message(one, words),
        )
        for one in doubts
    ]
    if is_unsure(row):
        lines.append(tag("p", words("explore.intake.unsure", share=round(100 * float(row["confidence"])))))
    return join(lines) if lines else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
