"""Problems and next steps: which step answers which problem, and what became of last year's."""

from __future__ import annotations

import functools
from typing import Any

from fazhi_analysis.analysis.place_year import records
from fazhi_analysis.presenting.evidence.view import span
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.narrative.model import Narrative
from fazhi_analysis.presenting.parts import problem_matrix
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.parts.promises_table import follow_up_section
from fazhi_analysis.presenting.wording.naming import theme_name


class ProblemsNextSteps(Page):
    """The statements of a year, beside those of the earlier year."""

    @functools.cached_property
    def statements(self) -> list[dict[str, Any]]:
        """All statements of the shown years."""
        frame = self.place_year.statements
        return records(frame[frame["year"].isin(self.place_year.shown_years)])

    def of(self, kind: str, year: int | None = None) -> list[dict[str, Any]]:
        """Statements of a kind and year in their order."""
        wanted = self.place_year.year if year is None else year
        found = [row for row in self.statements if row["kind"] == kind and row["year"] == wanted]
        return sorted(found, key=lambda row: int(row["ordinal"]))

    def answered(self, ordinal: int) -> list[tuple[int, str]]:
        """Next steps that answer a problem, with the strength of the answer."""
        return [
            (int(step["ordinal"]), answer["strength"])
            for step in self.of("next_step")
            for answer in step["answers"]
            if answer["problem"] == ordinal and answer["strength"] != "none"
        ]

    def _lead(self) -> Fragment:
        """How many problems, how many with a cause, how many that no step answers, how many steps."""
        problems, steps = self.of("problem"), self.of("next_step")
        if not problems and not steps and self.place_year.is_selection(self.place_year.year):
            return self.paragraph("statements.lead_selection", cls="fz-lead", year=self.place_year.year)
        causes = sum(bool(row["cause"]) for row in problems)
        unanswered = sum(not self.answered(int(row["ordinal"])) for row in problems)
        return self.paragraph(
            "statements.lead" if problems else "statements.lead_no_problems",
            cls="fz-lead",
            year=self.place_year.year,
            problems=self._counted("problems", len(problems)),
            causes=self._share("causes", causes, len(problems)),
            open=self._share("open", unanswered, len(problems)),
            steps=self._counted("steps", len(steps)),
        )

    def _share(self, name: str, count: int, total: int) -> str:
        which = "none" if not count else "all" if count == total else "some"
        return self.words(f"statements.{name}_{which}", n=count)

    def _counted(self, name: str, count: int) -> str:
        which = {0: "none", 1: "one"}.get(count, "some")
        return self.words(f"statements.{name}_{which}", n=count) if self.words.has(f"statements.{name}_{which}") else ""

    def problems_table(self) -> Fragment:
        """Each problem with its theme, cause, and the steps that answer it."""
        rows = []
        for row in self.of("problem"):
            found = self.answered(int(row["ordinal"]))
            answers = self._lines(
                [
                    self.words("statements.answer", n=n, strength=self.words(f"strength.{strength}"))
                    for n, strength in found
                ]
            )
            cause = self.words.source(row["cause"]) if row["cause"] else self.words("statements.no_cause")
            rows.append(
                (
                    row["ordinal"],
                    self._text(row),
                    self.theme(row),
                    cause,
                    answers or self.words("statements.unanswered"),
                )
            )
        columns = (
            Column(self.words("column.number"), number=True),
            Column(self.words("column.problem"), main=True),
            Column(self.words("column.theme")),
            Column(self.words("column.cause")),
            Column(self.words("column.answers"), short=True),
        )
        if not rows:
            return Fragment("", "")
        return self.section(
            "problems",
            Table(
                self.words("statements.problems_caption", year=self.place_year.year, n=len(rows)),
                columns,
                tuple(rows),
            ),
        )

    def steps_table(self) -> Fragment:
        """Each next step with its sub-actions and the problems that it answers."""
        rows = []
        for row in self.of("next_step"):
            answers = [
                self.words(
                    "statements.answers_problem",
                    n=answer["problem"],
                    strength=self.words(f"strength.{answer['strength']}"),
                )
                for answer in row["answers"]
                if answer["strength"] != "none"
            ]
            rows.append(
                (
                    row["ordinal"],
                    self._text(row),
                    self.theme(row),
                    self.measures(row),
                    self._lines(answers) or self.words("statements.answers_none"),
                )
            )
        columns = (
            Column(self.words("column.number"), number=True),
            Column(self.words("column.step"), main=True),
            Column(self.words("column.theme")),
            Column(self.words("column.measure")),
            Column(self.words("column.answers_what"), short=True),
        )
        if not rows:
            return Fragment("", "")
        return self.section(
            "next_steps",
            Table(
                self.words("statements.steps_caption", year=self.place_year.year, n=len(rows)),
                columns,
                tuple(rows),
            ),
        )

    def _lines(self, answers: list[str]) -> Fragment | None:
        """Answers below each other, so that many do not take the width of the wording."""
        return tag("div", *(tag("div", answer) for answer in answers)) if answers else None

    def _text(self, row: dict[str, Any]) -> Fragment:
        unmet = tag("small", self.words("statements.part_unanswered"))
        parts = [
            tag("li", self.words.source(part["text"]), unmet if part.get("answered") == "none" else None)
            for part in row["parts"]
            if part["text"] and part["text"] != row["text"]
        ]
        said = tag("a", self.words.source(row["text"]), href=f"#{anchor(row['row_id'])}")
        return tag("div", said, tag("ul", *parts, cls="fz-parts") if parts else None)

    def theme(self, row: dict[str, Any]) -> Any:
        """Name of a statement's theme in the language of the page."""
        name = theme_name(str(row["theme"] or ""), self.words)
        decided = str(row.get("theme_words") or "")
        if not decided:
            return name
        return tag("span", name, tag("small", self.words.html("statements.by_words", words=self.words.source(decided))))

    def measures(self, step: dict[str, Any]) -> Fragment:
        """The promised figures of a next step, linked to their places; or that there are none."""
        goals = [row for row in self.place_year.rows() if row["role"] in ("target", "plan") and _holds(step, row)]
        shown = [tag("a", self.name_of(row), " ", self.figure(row), href=f"#{anchor(row['row_id'])}") for row in goals]
        return (
            join(shown, self.words("punctuation.semicolon")) if shown else tag("span", self.words("statements.vague"))
        )

    @functools.cached_property
    def told(self) -> Narrative:
        """The narrative of the year."""
        return problem_matrix.narrative_of(self)

    def narrative(self) -> Fragment:
        """The page in sentences: what was done, what is wrong, what was kept, what next, what is open."""
        return problem_matrix.story(self, self.told, self._lead())

    def matrix(self) -> Fragment:
        """Every problem through the years."""
        return problem_matrix.matrix(self)

    def questions(self) -> Fragment:
        """What to ask of the next report."""
        return problem_matrix.questions(self, self.told)

    def cites(self) -> Fragment:
        """The numbered sources of the narrative."""
        return problem_matrix.cites(self, self.told)

    def source_text(self) -> Fragment:
        """The source texts with everything marked that the page cites."""
        return problem_matrix.source_text(self)

    def promises(self) -> Fragment:
        """What became of the earlier year's problems and next steps, with the places that the verdict rests on."""
        return follow_up_section(self, [row for kind in ("problem", "next_step") for row in self.of(kind)])


def _holds(step: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a row stands inside a next step."""
    outer, inner = span(step), span(row)
    same = step["report_id"] == row["report_id"]
    return same and outer is not None and inner is not None and outer[0] <= inner[0] < outer[1]


PAGE = ProblemsNextSteps
