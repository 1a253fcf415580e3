"""The tables that researchers make by hand each year (T1 to T8), over any set of reports."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.catalogue.place_lookup import own_name
from fazhi_analysis.presenting.html.markup import Fragment
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.parts.parameters import as_list
from fazhi_analysis.presenting.wording.naming import rule_name
from fazhi_analysis.presenting.wording.numbers import plain
from fazhi_analysis.presenting.wording.page_texts import Words

if TYPE_CHECKING:
    import pandas as pd

    from fazhi_analysis.analysis.survey.tables import Survey

_LISTED = 30
_ANSWERS = frozenset({"in_time", "published_in_time"})
_SHARES = frozenset({"share", "share_runs", "share_problems", "share_plan", "sentences_with_figure"})
_TEXTS = frozenset({"signed", "published", "other_place", "place_name", "content", "name", "title", "level", "edited"})


@dataclass(frozen=True)
class SurveyOptions:
    """``regions`` are places by code or name (None: all in the data), ``years`` report years (None: all)."""

    regions: str | Iterable[str] | None = None
    years: str | Iterable[str] | int | None = None


class CorpusSurvey(Page):
    """A survey of many reports, the page's place among them."""

    Options: ClassVar[type[Any]] = SurveyOptions

    def __init__(self, name: str, place_year: PlaceYear, words: Words, options: SurveyOptions | None = None) -> None:
        super().__init__(name, place_year, words, options)
        self.regions = as_list(self.options.regions)
        years = self.options.years
        listed = as_list(str(years) if isinstance(years, int) else years)
        self.years = None if listed is None else [int(item) for item in listed]
        self.survey  # noqa: B018 - a wrong place or year is an error here, not in a later cell

    @functools.cached_property
    def survey(self) -> Survey:
        """What is stored of the reports."""
        from fazhi_analysis.analysis.survey.tables import open_survey

        return open_survey(self.place_year.peers_data, self.regions, self.years)

    def headline(self) -> Fragment:
        """How many reports of how many places and years, and of how many the text is there."""
        reports = self.survey.reports
        years = sorted({int(year) for year in reports["year"]})
        lead = self.paragraph(
            "corpus_survey.lead",
            cls="fz-lead",
            n=len(reports),
            places=reports["region"].astype(str).nunique(),
            first=years[0] if years else self.place_year.year,
            last=years[-1] if years else self.place_year.year,
            figures=len(self.survey.metrics),
            texts=len(self.survey.texts),
        )
        return self.section("headline", lead, self.paragraph("corpus_survey.caution"))

    def timeliness(self) -> Fragment:
        """T1: signed and published in time."""
        from fazhi_analysis.analysis.survey.tables import timeliness, timeliness_by_level

        levels = timeliness_by_level(self.survey)
        levels["level"] = [self.words.get(f"level.{level or 'unknown'}", level) for level in levels["level"]]
        own = timeliness(self.survey)
        own = own[(own["signed"] != "") | (own["published"] != "")]
        keys = ("place_name", "year", "signed", "days", "in_time", "published_in_time")
        return self.section(
            "survey_time",
            self._table("time_levels", levels, ("level", "reports", "yes", "no", "cannot_tell", "share")),
            self._table("time", own, keys),
        )

    def structure(self) -> Fragment:
        """T2: statutory contents, and the shares of text of problems and plans."""
        from fazhi_analysis.analysis.survey.tables import contents, structure

        names = contents(self.survey)
        names["content"] = names["content" if self.words.lang == "zh" else "content_en"]
        spread = structure(self.survey)
        spread = spread[spread["share_problems"].notna()]
        return self.section(
            "survey_structure",
            self._table("contents", names, ("content", "yes", "weak", "no", "cannot_tell")),
            self._table("structure", spread, ("place_name", "year", "sections", "share_problems", "share_plan")),
        )

    def numbers(self) -> Fragment:
        """T3: figures for each thousand characters."""
        from fazhi_analysis.analysis.survey.tables import numbers

        table = numbers(self.survey)
        table = table.sort_values("per_thousand", ascending=False, na_position="last")
        keys = (
            "place_name",
            "year",
            "figures",
            "rates",
            "exact",
            "characters",
            "per_thousand",
            "sentences_with_figure",
        )
        return self.section("survey_numbers", self._table("numbers", table[table["characters"].notna()], keys))

    def shortcomings(self) -> Fragment:
        """T4: shortcomings, with and without a cause, with and without an answer."""
        from fazhi_analysis.analysis.survey.tables import shortcomings

        table = shortcomings(self.survey)
        keys = ("place_name", "year", "shortcomings", "with_cause", "answered", "share_problems")
        known = table[table["shortcomings"].notna()]
        return self.section("survey_shortcomings", self._table("shortcomings", known, keys))

    def panel(self) -> Fragment:
        """T5: which indicators there are, in how many reports, places and years."""
        from fazhi_analysis.analysis.survey.figures import coverage

        table = coverage(self.survey)
        table["name"] = table["name" if self.words.lang == "zh" else "name_en"]
        return self.section("survey_panel", self._table("panel", table, ("name", "reports", "places", "years")))

    def rates(self) -> Fragment:
        """T6: which rates are given, with or without their base."""
        from fazhi_analysis.analysis.survey.figures import rates

        table = rates(self.survey)
        table["name"] = table["name" if self.words.lang == "zh" else "name_en"]
        return self.section("survey_rates", self._table("rates", table, ("name", "reports", "with_base", "with_both")))

    def findings(self) -> Fragment:
        """T7: what the audit found, by rule and by report."""
        from fazhi_analysis.analysis.survey.figures import findings_by_report, findings_by_rule

        rules = findings_by_rule(self.survey)
        rules["title"] = [rule_name(row, self.words) for row in rows_of(rules, dict)]
        reports = findings_by_report(self.survey)
        reports = reports[reports["error"].notna()]
        severities = ("error", "warning", "note", "confirmed")
        return self.section(
            "survey_findings",
            self._table("findings_rules", rules, ("title", *severities)),
            self._table("findings", reports, ("place_name", "year", *severities)),
        )

    def reuse(self) -> Fragment:
        """T8: sentences that stand in several reports."""
        from fazhi_analysis.analysis.reuse.index import GRAM
        from fazhi_analysis.analysis.survey.reuse import reuse_between_places, reuse_over_years

        years = reuse_over_years(self.survey).sort_values("share", ascending=False)
        places = reuse_between_places(self.survey)
        places["year"] = [str(name).split("-")[1] for name in places["report_id"]]
        places["other_place"] = [own_name(str(region)) for region in places["other_region"]]
        places["edited"] = [
            self.words.join([self.words("change.arrow", before=a, after=b) for a, b in edits])
            for edits in places["edits"]
        ]
        places = places.rename(columns={"share": "share_runs"})
        keys = ("place_name", "year", "other_place", "share_runs", "sentences", "edited")
        pairs = self._table("reuse_places", places, keys)
        return self.section(
            "survey_reuse",
            self.paragraph("corpus_survey.reuse_note", gram=GRAM),
            self._table("reuse_years", years, ("place_name", "year", "share", "sentences", "edits")),
            pairs if len(places) else self.paragraph("corpus_survey.no_reuse"),
        )

    def _table(self, key: str, frame: pd.DataFrame, keys: tuple[str, ...]) -> Table | Fragment:
        """A frame as a table, cut after ``_LISTED`` rows: the caption says of how many."""
        if not len(frame):
            return self.paragraph("corpus_survey.nothing")
        shown = [
            {**row, "cannot_tell": row.get("cannot tell"), "place_name": own_name(str(row.get("region", "")))}
            for row in rows_of(frame.head(_LISTED), dict)
        ]
        columns = tuple(
            Column(self.words(f"column.{name}"), number=name not in _TEXTS | _ANSWERS, main=name == keys[0])
            for name in keys
        )
        rows = tuple(tuple(self._cell(name, row.get(name)) for name in keys) for row in shown)
        caption = self.words(f"corpus_survey.{key}", n=len(frame))
        if len(frame) > _LISTED:
            caption += self.words("corpus_survey.cut", shown=_LISTED)
        return Table(caption, columns, rows)

    def _cell(self, name: str, value: Any) -> Any:
        if value is None or value != value:
            return "—"
        if name in _ANSWERS:
            return self.words(f"answer.{str(value).replace(' ', '_')}")
        if name in _SHARES:
            return f"{100 * float(value):.0f}%"
        if name == "place_name":
            return self.words.source(value)
        if name == "year":
            return str(value)
        return plain(round(float(value), 1)) if isinstance(value, (int, float)) else value


PAGE = CorpusSurvey
