"""What every page has: header, how to read, left-out rows, evidence, footer."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any, ClassVar, TypeVar

from fazhi_analysis import plugins
from fazhi_analysis.analysis.result_rows import PromiseRow
from fazhi_analysis.analysis.stored_rows import FigureRow, MetricRow, NamedRow, ReportRow, StatementRow
from fazhi_analysis.messages import word
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.evidence.sentences import Sentences
from fazhi_analysis.presenting.html.markup import Fragment, address, join, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.figures_list import check_links, figures_list
from fazhi_analysis.presenting.parts.footer import footer
from fazhi_analysis.presenting.parts.revision_note import revision_notes
from fazhi_analysis.presenting.parts.supporting import Supported
from fazhi_analysis.presenting.wording.name_with_figure import named_with_figure
from fazhi_analysis.presenting.wording.naming import domain_text, named, quoting, unit_of, where
from fazhi_analysis.presenting.wording.numbers import figure_of, interval

Row = TypeVar("Row", bound=NamedRow)
Member = TypeVar("Member")


@functools.cache
def theme() -> str:
    """The style sheet of all pages."""
    return resources.files("fazhi_analysis.presenting.html").joinpath("theme.css").read_text(encoding="utf-8")


class Page(Supported):
    """A page for one place and year. Subclasses add what their notebook shows; nothing here computes.

    A page of another package names itself by language in ``TITLE``, and lists in ``CELLS`` the methods that its
    notebook shows, in order. ``Options`` is a dataclass: its fields are the parameters that a page takes beyond those
    of all pages.
    """

    TITLE: ClassVar[Mapping[str, str]] = {}
    CELLS: ClassVar[tuple[str, ...]] = ("header", "added", "excluded", "how_to_read", "evidence", "footer")

    def selection_notice(self) -> Fragment | None:
        """A notice where the data have only selected figures of a year: then absence proves nothing."""
        years = [str(year) for year in self.evidence_years if self.place_year.is_selection(year)]
        if not years:
            return None
        return self.paragraph("headline.selection", cls="fz-notice", years=self.words.join(years))

    def title(self, subject: str = "") -> str:
        """Title of the page: what it is (``subject``, by default the page's own), the place, the years."""
        place_year = self.place_year
        return self.words("title.page", subject=subject or self.subject(), place=place_year.place, year=place_year.year)

    def subject(self) -> str:
        """What the page is about, without place and year."""
        place_year = self.place_year
        key = f"title.{self.name}"
        named = self.TITLE.get(self.words.lang) or self.words.get(key, self.name)
        subject = named if place_year.baseline else self.words.get(f"{key}_single", named)
        return subject.format(place=place_year.place, year=place_year.year, baseline=place_year.baseline)

    def sources(self) -> Fragment:
        """The reports that the page rests on, one line each: its title, or what else is known of it; none of which
        nothing is.
        """
        lines = []
        for report in self.reports:
            title = report["title"]
            parts = [
                *([self.words.source(f"《{title}》")] if title else self._untitled(report)),
                self.words.source(report["document_number"]) if report["document_number"] else None,
                self.words("header.signed", date=report["signed_date"]) if report["signed_date"] else None,
            ]
            known = [part for part in parts if part]
            if known:
                source = join(known, self.words("punctuation.semicolon"))
                lines.append(self.words.html("header.source", year=report["year"], source=source))
        return tag("div", *(tag("p", line) for line in lines), cls="fz-sources")

    def _untitled(self, report: ReportRow) -> list[Any]:
        """What is known of a report without a stored title: its address, else its kind and its file."""
        if report["address"]:
            return [address(report["address"])]
        kind, file = str(report["doc_kind"]), report["source_name"]
        named = word("document.kind", kind, self.words.lang) if kind != "other" else ""
        return [named, self.words.html("header.file", name=quoting(file, self.words)) if file else ""]

    def header(self, subject: str = "") -> Fragment:
        """Title, the reports that the page rests on, and the style sheet for Jupyter.

        ``subject`` is what a page of the user's own is about, in the title in place of the standard page's.
        """
        place_year = self.place_year
        place = tag("p", self.words.source(place_year.region), cls="fz-place")
        style = Fragment(f'<style class="fz-theme">{theme()}</style>', "")
        fictional = self.paragraph("header.fictional", cls="fz-notice") if place_year.is_fictional else None
        title = tag("h1", self._marked(self.title(subject)))
        head = tag("header", place, title, self.sources(), fictional, *self.notices(), cls="fz-header")
        return Fragment(str(style + head), repr(head))

    def notices(self) -> list[Fragment]:
        """What a reader must know of the reports: other sources of the same year, and other versions."""
        further = [
            self.paragraph("header.further", cls="fz-notice", other=other, used=used)
            for other, used in self.place_year.further_sources.items()
            if used in {report["report_id"] for report in self.reports}
        ]
        return [*further, *revision_notes(self.reports, self.words)]

    def _marked(self, text: str) -> Fragment:
        """The title in two lines, the place marked with its language."""
        place, separator, subject = text.partition(self.words("title.separator"))
        before, found, after = place.partition(self.place_year.place)
        first = tag(
            "span", before, self.words.source(found) if found else None, after, separator.rstrip(), cls="fz-line"
        )
        return (
            first + Fragment(" ") + tag("span", subject, cls="fz-line")
            if subject
            else Fragment(str(tag("span", before, self.words.source(found) if found else None, after)))
        )

    def how_to_read(self) -> Fragment:
        """The box that says what the figures, marks and words mean, and what the page does not claim."""
        keys = ["interval", "wording", "direction", "verdict", "certainty", "source", "caveat"]
        items = [tag("li", self.words.html(f"how_to_read.{key}")) for key in keys]
        box = tag("details", tag("summary", self.words("how_to_read.title")), tag("ul", *items), cls="fz-how")
        return tag("aside", box, aria_label=self.words("how_to_read.title"))

    def excluded(self) -> Fragment:
        """Rows that are left out, with their reason, counted."""
        return self.left_out_section(self.place_year.unusable(self.evidence_years))

    def left_out_section(self, rows: Sequence[tuple[MetricRow, str]]) -> Fragment:
        """Figures that the page leaves out, each with its reason code; or that there are none."""
        if not rows:
            return self.section("excluded", self.paragraph("excluded.none"))
        cells = [(self.linked(row), row["year"], self.figure(row), reason) for row, reason in rows]
        return self.reasons_section("excluded", cells)

    def reasons_section(self, key: str, cells: Sequence[tuple[Any, Any, Any, str]]) -> Fragment:
        """Rows (name, year, figure, reason code) with a count a reason, the list one click away."""
        words = self.words
        counts = Counter(reason for *_, reason in cells)
        lines = [words("excluded.count", reason=self.reason(code), n=n) for code, n in counts.most_common()]
        columns = headed(words, "indicator main", "year number", "figure number", "reason")
        rows = tuple((name, year, shown, self.reason(code)) for name, year, shown, code in cells)
        table = Table(words(f"{key}.caption", n=len(rows)), columns, rows)
        return self.section(key, tag("ul", *(tag("li", line) for line in lines)), self.folded("excluded.show", table))

    def by_domain(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        """Rows by the name of their domain, in the catalogue's order, those outside it last."""
        return self.grouped((domain_text(row, self.words), row) for row in rows)

    def grouped(self, members: Iterable[tuple[str, Member]]) -> dict[str, list[Member]]:
        """Members by the name of their domain, given with each, in the catalogue's order of domains."""
        from fazhi_analysis.catalogue import load_domains

        groups: dict[str, list[Member]] = {}
        for domain, member in members:
            groups.setdefault(domain, []).append(member)
        names = [domain.name_zh if self.words.lang == "zh" else domain.name_en for domain in load_domains().values()]
        return {name: groups[name] for name in [*names, self.words("domain.other")] if name in groups}

    def reason(self, code: str) -> str:
        """Wording of a reason."""
        from fazhi_analysis.analysis.comparing.reasons import wording

        return wording(code, self.words.lang)

    def figure(self, row: FigureRow, prefix: str = "") -> str:
        """A row's figure as its report words it; with ``prefix`` ``baseline_`` the earlier one of a comparison."""
        return figure_of(row, self.words, prefix)

    def interval(self, row: FigureRow) -> str:
        """A row's interval; empty for exact figures."""
        return interval(row["lower"], row["upper"], unit_of(row), self.words)

    def name_of(self, row: NamedRow) -> Fragment:
        """Name of a row with its scope."""
        return named(row, self.words)

    def with_figure(self, row: MetricRow) -> Fragment:
        """Name and figure of a row, as a sentence has them."""
        name = named_with_figure(row, self.words)
        return self.words.html("data_quality.row", name=name, figure=self.figure(row))

    def whom(self, row: StatementRow | PromiseRow) -> Fragment | None:
        """The body that is entered as responsible for a problem or next step, or None where nobody entered one."""
        body = self.place_year.responsible.get(row["row_id"])
        return tag("small", self.words.html("rectification.body", text=self.words.source(body))) if body else None

    def judged_by(self, identity: str) -> Fragment | None:
        """Who judged a finding or a verdict and when, as the ledger has it; None where nobody did."""
        entry = self.place_year.judgements.get(identity)
        if entry is None or not entry.who:
            return None
        who = self.words.source(entry.who)
        return self.words.html("status.by" if entry.date else "status.by_alone", who=who, date=entry.date)

    def linked(self, row: MetricRow) -> Fragment:
        """Name of a row, linked to its evidence."""
        return tag("a", self.name_of(row), href=self.at(row["row_id"]))

    @functools.cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self.place_year)

    def opening(self, name: Fragment, rows: Iterable[MetricRow], identity: str) -> Fragment:
        """A name that opens the sentences of its figures in place, or where they stand if no text is kept; without any
        it leads to the place of ``identity``.
        """
        known = list(rows)
        if not known:
            return tag("a", name, href=self.at(identity))
        quotes = [tag("p", self._place_of(row), " ", self._quoted(row)) for row in known]
        opened = tag("details", tag("summary", name), *quotes, cls="fz-quoted")
        return Fragment(str(opened), repr(name))

    def _quoted(self, row: MetricRow) -> Fragment | None:
        """The sentence of a figure; where neither text nor section is kept, the address of its report."""
        sentence = self._sentences.of(row)
        if sentence is not None:
            return sentence.fragment()
        found_at = next((one["address"] for one in self.reports if one["report_id"] == row["report_id"]), "")
        return address(found_at) if found_at and not row["section"] else None

    def _place_of(self, row: MetricRow) -> Fragment:
        """Which report and section a sentence is of, linked to the row in the list of all figures."""
        section = where(row, self.words)
        place = self.words.html("evidence.place" if section else "evidence.report", year=row["year"], place=section)
        return tag("small", tag("a", place, href=self.at(row["row_id"])))

    def opened(self, row: MetricRow) -> Fragment:
        """The name of a row, which opens the sentence of its figure in place."""
        return self.opening(self.name_of(row), [row], row["row_id"])

    def place_of(self, row: MetricRow) -> Fragment:
        """Where in its report a row stands: section and item."""
        return tag("span", where(row, self.words))

    def evidence(self) -> Fragment:
        """Every row that the page may cite, with its place in the source; in a result the appendix has it."""
        if self.leans:
            return self.moved("evidence", "figures")
        rows = [row for year in reversed(self.evidence_years) for row in self.place_year.rows(year)]
        checks, caption = check_links(self.numbered_findings()), self.words("evidence.caption", n=len(rows))
        table = figures_list(rows, checks, self.words, caption=caption, name=self.name_of, place=self.place_of)
        shown = self.folded("evidence.show", table)
        return self.section("evidence", self.paragraph("evidence.intro"), shown, cls="fz-appendix")

    def numbered_findings(self) -> list[tuple[int, Finding]]:
        """Findings with the numbers that they carry on this page, for a page that lists them."""
        return []

    @property
    def evidence_years(self) -> list[int]:
        """Years whose figures the page cites."""
        return self.place_year.shown_years

    @functools.cached_property
    def reports(self) -> list[ReportRow]:
        """The reports whose figures the page uses, the latest first."""
        return self.place_year.reports_of(self.evidence_years)

    def added(self) -> Fragment:
        """Sections that installed packages add to this page; where one fails, the page says so in its place.

        Such a section is a module with ``PAGE`` (the page's name), ``HEADING`` (by language) and ``content(page)``,
        which returns what stands below the heading: a table, a chart, a fragment, a list of them, or None.
        """
        sections = []
        for part, module in plugins.load_all("sections", "", "PAGE", "HEADING", "content"):
            if self.name == module.PAGE:
                section = self.paragraph("added.failed", cls="fz-notice", part=part.place)
                with plugins.reporting(part):
                    content = module.content(self)
                    several = content if isinstance(content, (list, tuple)) else [content]
                    section = self.section(part.name, *several, heading=module.HEADING)
                sections.append(section)
        return join(sections)

    def footer(self, *, folded: bool = True) -> Fragment:
        """Sources with digests, corrections, versions, and the digest of the figures."""
        return footer(self.place_year, self.evidence_years, self.words, self.at, folded=folded)
