"""What cannot be relied on: each error and doubt of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.rulebook import rule_of
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.narrative.model import Piece
from fazhi_analysis.presenting.narrative.questions import finding_sources, message, subject
from fazhi_analysis.presenting.wording.naming import rule_name

_FINDINGS: Final = 3


def tell_what_is_doubted(builder: NarrativeBuilder) -> None:
    """The first errors and doubts with what is wrong, the others by the name of their figure."""
    figures = open_findings(builder, "figures")
    for one in figures[:_FINDINGS]:
        fields = {"subject": subject(builder, one), "message": first_clause(message(builder, one, first=True))}
        builder.say("doubted", f"brief.{one.severity}", finding_sources(builder, one), **fields)
    if rest := figures[_FINDINGS:]:
        names = builder.listed(each_once(_about(builder, one) for one in rest))
        cited = [source for one in rest for source in finding_sources(builder, one)]
        builder.say("doubted", "brief.others", cited, n=builder.count([one.id for one in rest]), list=names)
    if not figures:
        builder.say("doubted", "brief.in_order", builder.report_sources(builder.place_year.year))


def open_findings(builder: NarrativeBuilder, lane: str) -> list[Finding]:
    """Errors and doubts of a kind of rules that nobody has dismissed, in the order of the audit."""
    found = standing(builder.place_year.findings)
    return [one for one in found if one.severity in ("error", "warning") and rule_of(one.rule).lane == lane]


def first_clause(said: Piece) -> Piece:
    """What is wrong, without what would explain it or what to do about it."""
    return Piece(re.split("；|; ", said.text)[0], said.kind, said.rows)


def each_once(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with different texts."""
    return list({piece.text: piece for piece in pieces}.values())


def _about(builder: NarrativeBuilder, finding: Finding) -> Piece:
    """The name of the figure that a finding is about, or of its rule where it has none."""
    row = next((piece.row for piece in finding.evidence if piece.row in builder.rows), "")
    if not row:
        return Piece(rule_name(finding, builder.words), "reason", (finding.id,))
    return Piece(builder.label(builder.rows[row]), "name", (row,))
