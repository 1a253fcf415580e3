"""What the audit found, what the law asks for, and what the figures cover."""

from __future__ import annotations

import functools
from collections import Counter
from typing import Any

from fazhi_analysis.presenting.html import Fragment, anchor, join, tag
from fazhi_analysis.presenting.naming import message
from fazhi_analysis.presenting.numbers import plain
from fazhi_analysis.presenting.pages.page import Page
from fazhi_analysis.presenting.tables import Column, Table

_ORDER = ("error", "warning", "note", "confirmed")
_FORM = ("section_number", "list_marker", "split_sentence", "repeated_passage", "statutory_content", "statutory_time")
_NAMED = 6
_DUTIES = ("statutory_content", "statutory_time")


class DataQuality(Page):
    """Findings with their evidence."""

    shows_findings = True

    @functools.cached_property
    def numbered(self) -> list[tuple[int, Any]]:
        """Findings with the number that they carry on the page."""
        return list(enumerate(self.material.findings, 1))

    def headline(self) -> Fragment:
        """How many findings of each severity."""
        counts = Counter(finding.severity for _, finding in self.numbered if finding.rule not in _DUTIES)
        parts = [
            self.words("headline.verdict", verdict=self.words(f"severity.{key}"), n=counts[key])
            for key in _ORDER
            if counts[key]
        ]
        key = "quality.lead" if parts else "quality.lead_none"
        lead = self.paragraph(key, cls="fz-lead", parts=self.words.join(parts), year=self.material.year)
        first = [tag("li", self._message(item), " ", self._see(n)) for n, item in self.numbered if _leads(item)]
        listed = tag("ul", *first[:_NAMED]) if first else None
        return self.section("headline", self.selection_notice(), lead, listed)

    def _see(self, number: int) -> Fragment:
        return tag("a", self.words("quality.see", n=number), href=f"#finding-{number}")

    def _message(self, finding: Any) -> Fragment | str:
        return message(finding, self.words)

    def findings(self) -> Fragment:
        """Every finding with its evidence, the gravest first; statutory duties have a section of their own."""
        blocks = []
        for severity in _ORDER:
            items = [
                self._finding(n, finding)
                for n, finding in self.numbered
                if finding.severity == severity and finding.rule not in _DUTIES
            ]
            if items:
                heading = tag(
                    "h3", self.words("headline.verdict", verdict=self.words(f"severity.{severity}"), n=len(items))
                )
                blocks.append(heading + tag("ol", *items, cls=f"fz-findings fz-{severity}"))
        return self.section("findings", *blocks)

    def _finding(self, number: int, finding: Any) -> Fragment:
        status = self._judgement(finding) if finding.status != "open" else None
        evidence = [self._evidence(piece) for piece in finding.evidence]
        places = (
            tag(
                "p",
                self.words("quality.evidence"),
                " ",
                join(evidence, self.words("punctuation.semicolon")),
                cls="fz-places",
            )
            if evidence
            else None
        )
        rule = tag("small", self.words.get(f"rule.{finding.rule}", finding.rule))
        return tag(
            "li", tag("p", rule, " ", self._message(finding), status), places, id=f"finding-{number}", value=number
        )

    def _judgement(self, finding: Any) -> Fragment:
        """What a person said of a finding, with the comment."""
        said = [self.words(f"status.{finding.status}"), self.words.source(finding.comment) if finding.comment else None]
        return tag("small", join([part for part in said if part], self.words("title.separator")), cls="fz-judgement")

    def _evidence(self, piece: Any) -> Fragment:
        row = self._rows.get(piece.row)
        if row is not None:
            return tag(
                "a",
                self.words.html("quality.row", name=self.name_of(row), figure=self.figure(row)),
                href=f"#{anchor(piece.row)}",
            )
        wording = self.words.html("quality.wording", text=self.words.source(piece.text)) if piece.text else None
        value = plain(piece.value) if piece.value is not None and not piece.text else None
        offsets = self.words("evidence.offsets", start=piece.start, end=piece.end) if piece.start is not None else None
        return tag("span", join([part for part in (wording, value, offsets) if part], " "))

    @functools.cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        return {str(row["row_id"]): row for row in self.material.rows()}

    def duties(self) -> Fragment:
        """Each statutory duty with its answer."""
        rows = tuple(
            (
                self.words.get(f"rule.{finding.rule}", finding.rule),
                self._message(finding),
                self.words(f"severity.{finding.severity}"),
            )
            for _, finding in self.numbered
            if finding.rule in _DUTIES
        )
        ids = tuple(f"finding-{n}" for n, finding in self.numbered if finding.rule in _DUTIES)
        if not rows:
            return Fragment("", "")
        columns = (
            Column(self.words("column.duty")),
            Column(self.words("column.answer"), main=True),
            Column(self.words("column.severity")),
        )
        return self.section("duties", Table(self.words("quality.duties_caption", n=len(rows)), columns, rows, ids))

    def coverage(self) -> Fragment:
        """How many figures each domain has, how many are exact, approximate or repeated."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in self.material.rows():
            groups.setdefault(self.material.domain(row), []).append(row)
        rows = tuple(
            (
                domain,
                len(members),
                sum(row["qualifier"] == "exact" for row in members),
                sum(row["qualifier"] != "exact" for row in members),
                sum(row["kind"] == "rate" for row in members),
                sum(bool(row.get("duplicate_of")) for row in members),
            )
            for domain, members in sorted(groups.items(), key=lambda item: -len(item[1]))
        )
        keys = ("figures", "exact", "inexact", "rates", "repeated")
        columns = (
            Column(self.words("column.domain"), main=True),
            *(Column(self.words(f"column.{key}"), number=True) for key in keys),
        )
        return self.section(
            "coverage", Table(self.words("quality.coverage_caption", year=self.material.year), columns, rows)
        )


def _leads(finding: Any) -> bool:
    """Whether a finding is about the figures themselves, and grave enough for the top of the page."""
    grave = finding.severity in ("error", "warning") and finding.rule not in _FORM
    return grave or finding.rule == "attainable_rate"


PAGE = DataQuality
