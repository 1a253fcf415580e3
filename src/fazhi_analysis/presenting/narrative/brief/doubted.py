"""What cannot be relied on: each error and doubt of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.narrative import Piece
from fazhi_analysis.presenting.narrative.questions import finding_sources, message, subject
from fazhi_analysis.presenting.wording.claimed_change import actual_change
from fazhi_analysis.presenting.wording.naming import rule_name

_FINDINGS: Final = 3
_SHORT: Final = 2


def tell_what_is_doubted(builder: NarrativeBuilder) -> None:
    """The first errors and doubts with what is wrong, a few more with figure and reason, the others by name."""
    figures = open_findings(builder, "figures")
    for one in figures[:_FINDINGS]:
        fields = {"subject": subject(builder, one), "message": first_clause(message(builder, one, first=True))}
        builder.say("doubted", f"brief.{one.severity}", finding_sources(builder, one), **fields)
    if rest := figures[_FINDINGS:]:
        cited = [source for one in rest for source in finding_sources(builder, one)]
        if len(rest) <= _SHORT:
            listed = builder.listed([_shortly(builder, one) for one in rest], "semicolon")
        else:
            listed = builder.listed(each_once(about(builder, one) for one in rest))
        builder.say("doubted", "brief.others", cited, list=listed)
    if not figures:
        builder.say("doubted", "brief.in_order", builder.report_sources(builder.place_year.year))


def open_findings(builder: NarrativeBuilder, lane: str) -> list[Finding]:
    """Errors and doubts of a kind of rules that nobody has dismissed, in the order of the audit."""
    found = standing(builder.place_year.findings)
    return [one for one in found if one.severity in ("error", "warning") and rule_of(one.rule).lane == lane]


def first_clause(message_piece: Piece) -> Piece:
    """What is wrong, without what would explain it or what to do about it."""
    return Piece(re.split("；|; ", message_piece.text)[0], message_piece.kind, message_piece.rows)


def each_once(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with different texts."""
    return list({piece.text: piece for piece in pieces}.values())


def _shortly(builder: NarrativeBuilder, finding: Finding) -> Any:
    """The figure that a finding is about with its reason in a few words."""
    rows = [piece.row for piece in finding.evidence if piece.row in builder.rows]
    key = f"brief.short_{finding.rule}"
    if len(rows) < 2 or len(rows) < len(finding.evidence) or not builder.phrases.has(key):
        return [subject(builder, finding), first_clause(message(builder, finding, first=True))]
    figures = [builder.figure(builder.rows[row], row) for row in rows]
    earlier = builder.year(builder.rows[rows[-1]]["year"])
    fields: dict[str, Any] = {"figure": figures[0], "after": figures[-2], "before": figures[-1], "earlier": earlier}
    claim = next((row for row in builder.place_year.claims if row["claim_row"] in rows), None)
    fields["actual"] = actual_change(claim, builder.words).lstrip("+") if claim else ""
    return [about(builder, finding), *builder.phrases.fill(key, **fields)]


def about(builder: NarrativeBuilder, finding: Finding) -> Piece:
    """The name of the figure that a finding is about, or of its rule where it has none."""
    row = next((piece.row for piece in finding.evidence if piece.row in builder.rows), "")
    if not row:
        return Piece(rule_name(finding, builder.words), "reason", (finding.id,))
    return Piece(builder.label(builder.rows[row]), "name", (row,))
