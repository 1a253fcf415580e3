"""Problems and next steps: which step answers which problem, and what became of last year's."""

from __future__ import annotations

import functools
from typing import Any, Final

from fazhi_analysis.analysis.place_statements import answers_to, promised_in
from fazhi_analysis.analysis.stored_rows import StatementRow
from fazhi_analysis.presenting.evidence.view import evidence_view, in_text, is_marked
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table, headed
from fazhi_analysis.presenting.narrative.narrative import SECTIONS, Narrative
from fazhi_analysis.presenting.narrative.narrative_texts import Phrases
from fazhi_analysis.presenting.narrative.narrator import narrative_of
from fazhi_analysis.presenting.parts.folded_statement import folded_statement
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.parts.problem_matrix import matrix
from fazhi_analysis.presenting.parts.promises_table import follow_up_section
from fazhi_analysis.presenting.parts.rectification_table import rectification_section
from fazhi_analysis.presenting.wording.document_identity import are_under_duty
from fazhi_analysis.presenting.wording.naming import theme_name

_MANY: Final = 8
"""A list of more next steps than this shows first those that a reader can hold the report to."""
_CAPTIONS: Final = {
    "problems": "problems_caption",
    "next_steps": "steps_caption",
    "steps_first": "steps_caption_first",
    "steps_open": "steps_open_caption",
}


class ProblemsNextSteps(Page):
    """The statements of a year, beside those of the earlier year."""

    def at(self, identity: str) -> str:
        """The address of a figure, an entry or a finding: of a figure in the text, where that is kept."""
        row = self.place_year.rows_by_id.get(identity)
        if not self.leans or row is None or not is_marked(self.place_year, row):
            return super().at(identity)
        return self._address(in_text(anchor(identity)))

    @property
    def problems(self) -> list[StatementRow]:
        """The problems of the year in their order."""
        return self.place_year.statements_of("problem")

    @property
    def steps(self) -> list[StatementRow]:
        """The next steps of the year in their order."""
        return self.place_year.statements_of("next_step")

    def _lead(self) -> Fragment:
        """How many problems, how many with a cause, how many that no step answers, how many steps."""
        place_year, problems, steps = self.place_year, self.problems, self.steps
        if not problems and not steps and place_year.is_selection(place_year.year):
            return self.paragraph("problems_next_steps.lead_selection", cls="fz-lead", year=place_year.year)
        causes = sum(bool(row["cause"]) for row in problems)
        unanswered = sum(not answers_to(place_year, row) for row in problems)
        free = "" if problems or are_under_duty(place_year.reports_of([place_year.year])) else "_free"
        return self.paragraph(
            "problems_next_steps.lead" if problems else f"problems_next_steps.lead_no_problems{free}",
            cls="fz-lead",
            year=place_year.year,
            problems=self._counted("problems", len(problems)),
            causes=self._share("causes", causes, len(problems)),
            open=self._share("open", unanswered, len(problems)),
            steps=self._counted("steps", len(steps)),
        )

    def _share(self, name: str, count: int, total: int) -> str:
        which = "none" if not count else "all" if count == total else "some"
        return self.words(f"problems_next_steps.{name}_{which}", n=count)

    def _counted(self, name: str, count: int) -> str:
        which = {0: "none", 1: "one"}.get(count, "some")
        return (
            self.words(f"problems_next_steps.{name}_{which}", n=count)
            if self.words.has(f"problems_next_steps.{name}_{which}")
            else ""
        )

    def problems_table(self) -> Fragment:
        """Each problem with its theme, cause, and the steps that answer it."""
        words = self.words
        columns = headed(words, "problem main", "theme", "cause", "answers")
        return self._section(
            "problems", self._table("problems", columns, [self._problem(row) for row in self.problems])
        )

    def _problem(self, row: StatementRow) -> tuple[Any, ...]:
        """A problem as a row of its table."""
        words, found = self.words, answers_to(self.place_year, row)
        answers: list[Any] = [
            words("problems_next_steps.answer", n=step["ordinal"], strength=words(f"strength.{strength}"))
            for step, strength in found
        ]
        unmet = [part["text"] for part in row["parts"] if found and part.get("answered") == "none"]
        answers += [words.html("problems_next_steps.part_open", text=words.source(text)) for text in unmet]
        cause = words.source(row["cause"]) if row["cause"] else words("problems_next_steps.no_cause")
        answered = self._lines(answers) or words("problems_next_steps.unanswered")
        return self._statement(row), theme_name(row["theme"], words), cause, answered

    def steps_table(self) -> Fragment:
        """Each next step with its sub-actions and the problems that it answers; of many, those with neither a figure
        to measure by nor a problem that they answer are a click away.
        """
        columns = headed(self.words, "step main", "measure", "theme", "answers_what")
        steps = self.steps
        idle = [row for row in steps if len(steps) > _MANY and not self._is_telling(row)]
        shown = [row for row in steps if row not in idle]
        if not shown:
            idle, shown = [], steps
        key = "steps_first" if idle else "next_steps"
        return self._section(
            "next_steps",
            self._table(key, columns, [self._step(row) for row in shown], of=len(steps)),
            self._table("steps_open", columns, [self._step(row) for row in idle], folded=True),
        )

    def _is_telling(self, row: StatementRow) -> bool:
        return bool(promised_in(self.place_year, row)) or any(one["strength"] != "none" for one in row["answers"])

    def _step(self, row: StatementRow) -> tuple[Any, ...]:
        """A next step as a row of its table."""
        words = self.words
        answers = [
            words(
                "problems_next_steps.answers_problem", n=one["problem"], strength=words(f"strength.{one['strength']}")
            )
            for one in row["answers"]
            if one["strength"] != "none"
        ]
        answered = self._lines(answers) or words("problems_next_steps.answers_none")
        return self._statement(row), self.measures(row), theme_name(row["theme"], words), answered

    def _section(self, key: str, *tables: Table | None) -> Fragment:
        made = [table for table in tables if table is not None]
        return self.section(key, *made) if made else Fragment("", "")

    def _table(
        self, key: str, columns: tuple[Column, ...], rows: list[tuple[Any, ...]], *, of: int = 0, folded: bool = False
    ) -> Table | None:
        if not rows:
            return None
        caption = self.words(
            f"problems_next_steps.{_CAPTIONS[key]}", year=self.place_year.year, n=of or len(rows), shown=len(rows)
        )
        return Table(caption, columns, tuple(rows), classes="fz-statements", summary=caption if folded else "")

    def _lines(self, answers: list[Any]) -> Fragment | None:
        return tag("div", join(answers, self.words("punctuation.semicolon"))) if answers else None

    def _statement(self, row: StatementRow) -> Fragment:
        """The statement with its parts and the words that decided its theme folded; who answers for it in sight."""
        words, parts = self.words, [part["text"] for part in row["parts"] if part["text"]]
        decided = row["theme_words"]
        why = words.html("problems_next_steps.by_words", words=words.source(decided)) if decided else None
        folded = folded_statement(self, row, parts=parts, notes=[why])
        return tag("div", folded, self.whom(row))

    def measures(self, step: StatementRow) -> Fragment:
        """The promised figures of a next step, linked to their places; or that there are none."""
        goals = promised_in(self.place_year, step)
        if not goals:
            return tag("span", self.words("problems_next_steps.vague"))
        shown = [tag("a", self.with_figure(row), href=self.at(row["row_id"])) for row in goals]
        return join(shown, self.words("punctuation.semicolon"))

    @functools.cached_property
    def brief(self) -> Narrative:
        """The narrative of the year, short enough for one sheet; the tables below give the rest."""
        return narrative_of(self.place_year, self.words).brief()

    def narrative(self) -> Fragment:
        """The page in sentences: what was done, what is wrong, what was kept, what next, what is open.

        Its questions and its list of sources have sections of their own.
        """
        sections = [section for section in SECTIONS if section != "questions"]
        return self.section("headline", self._lead(), self.brief.fragment(sections, cites=False, address=self.at))

    def matrix(self) -> Fragment:
        """Every problem through the years."""
        return matrix(self)

    def questions(self) -> Fragment:
        """What to ask of the next report."""
        items = [tag("li", self.brief.sentence_html(sentence, self.at)) for sentence in self.brief.of("questions")]
        return self.section("questions", tag("div", tag("ul", *items), cls="fz-narrative"))

    def cites(self) -> Fragment:
        """The numbered sources of the narrative."""
        listed = tag(
            "details", tag("summary", Phrases(self.words.lang).plain("page.sources")), self.brief.cites_html(self.at)
        )
        return self.section("cites", listed) if self.brief.sources else Fragment("", "")

    def source_text(self) -> Fragment:
        """The source texts of both years with everything marked that the page cites; in a result, the appendix has
        them.
        """
        if self.leans:
            return self.moved("source_text", "text")
        phrases, views = Phrases(self.words.lang), []
        for year in reversed(self.place_year.shown_years):
            view = evidence_view(self.place_year, self.words, year)
            views.append(tag("details", tag("summary", phrases.plain("problem_tables.source", year=year)), view))
        return self.section("source_text", *views, cls="fz-appendix")

    def promises(self) -> Fragment:
        """What became of the earlier year's problems and next steps, with the places that the verdict rests on."""
        return follow_up_section(self, [*self.problems, *self.steps])

    def rectification(self) -> Fragment:
        """What is entered about both years' problems and findings, and which of last year's problems can be closed."""
        return rectification_section(self)


PAGE = ProblemsNextSteps
