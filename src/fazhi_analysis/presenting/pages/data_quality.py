"""What the audit found, what the law asks for, and what the figures cover."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Sequence

from fazhi_analysis.analysis.audit import count_findings, in_lane
from fazhi_analysis.analysis.audit.counting import is_leading
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.model import SEVERITIES, Evidence, Finding
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table, headed
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.parts.rates_table import rates_table
from fazhi_analysis.presenting.wording.naming import domain_text, label_text, message, quoting, rule_name, subject_of
from fazhi_analysis.presenting.wording.numbers import plain

_NAMED = 6
_FEW = 3


class DataQuality(Page):
    """Findings with their evidence."""

    @functools.cached_property
    def groups(self) -> dict[str, list[tuple[int, Finding]]]:
        """Findings as the page lists them, numbered through.

        Those on figures by severity, then dismissed ones, then those on the form, then the duties.
        """
        figures = in_lane(self.place_year.findings, "figures")
        found = {severity: [item for item in figures if item.severity == severity] for severity in SEVERITIES}
        found["dismissed"] = [item for item in self.place_year.findings if item.status == "dismissed"]
        found["form"] = in_lane(self.place_year.findings, "form")
        found["duties"] = in_lane(self.place_year.findings, "duties")
        numbers = itertools.count(1)
        return {key: [(next(numbers), item) for item in items] for key, items in found.items()}

    def numbered_findings(self) -> list[tuple[int, Finding]]:
        """All findings with their numbers."""
        return [pair for pairs in self.groups.values() for pair in pairs]

    def headline(self) -> Fragment:
        """How many findings on figures of each severity, as every page counts them, and the gravest."""
        words, counts = self.words, count_findings(self.place_year.findings)
        parts = [words("headline.verdict", verdict=words(f"severity.{key}"), n=n) for key, n in counts.items()]
        key = "data_quality.lead" if parts else "data_quality.lead_none"
        lead = self.paragraph(key, cls="fz-lead", parts=words.join(parts), year=self.place_year.year)
        asides = [
            words(f"data_quality.{key}", n=len(self.groups[key]))
            for key in ("form", "duties", "dismissed")
            if self.groups[key]
        ]
        aside = tag("p", " ".join(asides)) if asides else None
        first = [
            tag("li", self._about(item), self._message(item), " ", self._see(n))
            for n, item in self.numbered_findings()
            if is_leading(item)
        ]
        listed = tag("ul", *first[:_NAMED]) if first else None
        return self.section("headline", self.selection_notice(), lead, aside, listed)

    def _about(self, finding: Finding) -> Fragment | None:
        """The name of the figure that a finding is about: up here its evidence is not at hand."""
        named = subject_of(finding, self._rows, self.words)
        if not named:
            return None
        name = quoting(label_text(self._rows[named], self.words), self.words)
        return self.words.html("data_quality.subject", name=tag("a", name, href=self.at(named)))

    def _see(self, number: int) -> Fragment:
        return tag("a", self.words("data_quality.see", n=number), href=f"#finding-{number}")

    def _message(self, finding: Finding) -> Fragment | str:
        return message(finding, self.words)

    def findings(self) -> Fragment:
        """Every finding on figures with its evidence, the gravest first; form and duties have sections of their own."""
        blocks = []
        for key, items in self.groups.items():
            if items and key not in ("form", "duties"):
                name = self.words(f"severity.{key}" if key in SEVERITIES else f"status.{key}")
                heading = tag("h3", self.words.heading(self.words("headline.verdict", verdict=name, n=len(items))))
                listed = tag("ol", *(self._finding(n, item) for n, item in items), cls=f"fz-findings fz-{key}")
                if key == "confirmed":  # nothing to do about these: a click away, and in print
                    blocks.append(tag("details", tag("summary", heading), listed, cls="fz-fold"))
                else:
                    blocks.append(heading + listed)
        return self.section("findings", *blocks)

    def form(self) -> Fragment:
        """Findings on headings, numbers of sections, list marks and broken sentences; no figure rests on these."""
        found = self.groups["form"]
        if not found:
            return Fragment("", "")
        listed = tag("ol", *(self._finding(n, item) for n, item in found), cls="fz-findings fz-form")
        if len(found) > _FEW:  # no figure rests on them: a click away, and in print
            rules = Counter(rule_name(item, self.words) for _, item in found)
            counts = [self.words("data_quality.form_count", rule=rule, n=n) for rule, n in rules.most_common()]
            heading = self.words("data_quality.form_caption", n=len(found), rules=self.words.join(counts))
            listed = tag("details", tag("summary", tag("h3", heading)), listed, cls="fz-fold")
        return self.section("form", self.paragraph("data_quality.form_intro"), listed)

    def _finding(self, number: int, finding: Finding) -> Fragment:
        evidence = [shown for piece in finding.evidence if (shown := self._evidence(piece)) is not None]
        places = (
            tag(
                "div",  # a figure opens its sentence in place, which no paragraph can hold
                self.words("data_quality.evidence"),
                " ",
                join(evidence, " "),
                cls="fz-places",
            )
            if evidence
            else None
        )
        rule = tag("small", rule_name(finding, self.words))
        known_as = tag("small", tag("code", finding.id), cls="fz-id")
        text = tag("p", rule, " ", self._judged_message(finding))
        return tag("li", text, places, known_as, id=f"finding-{number}", value=number)

    def _judged_message(self, finding: Finding) -> Fragment | str:
        """A finding's message, with a person's judgement of it."""
        message = self._message(finding)
        judged = finding.status != "open" or finding.comment
        return join([message, self._judgement(finding)], " ") if judged else message

    def _judgement(self, finding: Finding) -> Fragment:
        """A person's judgement of a finding: status, comment, who and when."""
        status = None if finding.status == "open" else self.words(f"status.{finding.status}")
        parts = [status, self.words.source(finding.comment) if finding.comment else None]
        text = join([part for part in parts if part], self.words("title.separator"))
        return tag("small", text, self.judged_by(finding.id), cls="fz-judgement")

    def _evidence(self, piece: Evidence) -> Fragment | None:
        """A place that a finding rests on: its figure, else its words; None for one that has neither."""
        row = self._rows.get(piece.row)
        if row is not None:
            return self.opening(self.with_figure(row), [row], piece.row)
        text = piece.text.strip()  # a break between two lines is a place without words
        wording = self.words.html("data_quality.wording", text=self.words.source(text)) if text else None
        value = plain(piece.value) if piece.value is not None and not text else None
        return tag("span", wording or value) if wording or value else None

    @functools.cached_property
    def _rows(self) -> dict[str, MetricRow]:
        return {row["row_id"]: row for row in self.place_year.rows()}

    def duties(self) -> Fragment:
        """Each statutory duty with its answer: what is not met first, what is met a click away."""
        found = self.groups["duties"]
        met = [pair for pair in found if pair[1].severity == "confirmed"]
        unmet = [pair for pair in found if pair not in met]
        if not unmet:
            met, unmet = [], met
        tables = []
        if unmet:
            tables.append(self._duties(unmet, self.words("data_quality.duties_caption", n=len(found))))
        if met:
            tables.append(self._duties(met, self.words("data_quality.duties_met", n=len(met)), folded=True))
        return self.section("duties", *tables)

    def _duties(self, found: Sequence[tuple[int, Finding]], caption: str, *, folded: bool = False) -> Table:
        rows = tuple(
            (
                n,
                rule_name(finding, self.words),
                self._judged_message(finding),
                self.words(f"column.{finding.severity}"),
            )
            for n, finding in found
        )
        columns = headed(self.words, "number number", "duty short", "answer main", "severity short")
        return Table(caption, columns, rows, tuple(f"finding-{n}" for n, _ in found), summary=caption if folded else "")

    def rates(self) -> Fragment:
        """Of what each rate is a share: stated, following from the counts, impossible, or not given."""
        return rates_table(self)

    def coverage(self) -> Fragment:
        """How many figures each domain has, how many are exact, approximate or repeated."""
        groups: dict[str, list[MetricRow]] = {}
        for row in self.place_year.rows():
            groups.setdefault(domain_text(row, self.words), []).append(row)
        rows = tuple(
            (
                domain,
                len(members),
                sum(row["qualifier"] == "exact" for row in members) or "",
                sum(row["qualifier"] != "exact" for row in members) or "",
                sum(row["kind"] == "rate" for row in members) or "",
                sum(bool(row["duplicate_of"]) for row in members) or "",
            )
            for domain, members in sorted(groups.items(), key=lambda item: -len(item[1]))
        )
        keys = ("figures", "exact", "inexact", "rates", "repeated")
        columns = (
            Column(self.words("column.domain"), main=True),
            *(Column(self.words(f"column.{key}"), number=True) for key in keys),
        )
        caption = self.words("data_quality.coverage_caption", year=self.place_year.year)
        return self.section("coverage", Table(caption, columns, rows, summary=caption))


PAGE = DataQuality
