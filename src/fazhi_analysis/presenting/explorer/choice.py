"""What is chosen: a place, years, a domain, an indicator; and the series of figures that this means."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.analysis import place_trends
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import SeriesRow, TrendRow
from fazhi_analysis.presenting.wording.naming import domain_text, label_text
from fazhi_analysis.presenting.wording.page_texts import Words


@dataclass(frozen=True)
class Choice:
    """One place, years from ``first`` to ``last``, a domain by name (all when empty), a series by key (all when empty).

    ``wanted`` keeps the series whose name holds this text; ``order`` is ``text``, ``change`` or ``name``.

    >>> choice = Choice(PlaceYear.open(region="霁原旗", year=2024), Words("zh"), 2023, 2024)
    >>> len(choice.series) > 50, choice.years
    (True, (2023, 2024))
    """

    place_year: PlaceYear
    words: Words
    first: int
    last: int
    domain: str = ""
    key: str = ""
    wanted: str = ""
    order: str = "text"

    @property
    def years(self) -> tuple[int, ...]:
        """The years of reports between the first and the last."""
        return tuple(year for year in self.place_year.years if self.first <= year <= self.last)

    @functools.cached_property
    def all_series(self) -> tuple[Series, ...]:
        """Every series of the place in these years, in the order of the text; made once a place and language."""
        made: dict[Any, tuple[Series, ...]] = self.place_year.kept
        key = "series", self.words.lang, self.first, self.last
        if key not in made:
            made[key] = _all_series(self.place_year, self.words, self.first, self.last)
        return made[key]

    @functools.cached_property
    def series(self) -> tuple[Series, ...]:
        """The chosen series in the chosen order."""
        found = [one for one in self.all_series if self.domain in ("", one.domain) and self.key in ("", one.key)]
        if self.wanted.strip() and not self.key:
            found = [one for one in found if self.wanted.strip().lower() in one.name.lower()]
        if self.order == "text":
            found.sort(key=lambda one: one.place)
        elif self.order == "name":
            found.sort(key=lambda one: one.name)
        else:
            found.sort(key=lambda one: -one.size)
        return tuple(found)

    def domains(self) -> list[str]:
        """Domains that have figures, in the catalogue's order."""
        from fazhi_analysis.catalogue import load_domains

        zh = self.words.lang == "zh"
        order = [item.name_zh if zh else item.name_en for item in load_domains().values()]
        present = {one.domain for one in self.all_series}
        return [name for name in [*order, self.words("domain.other")] if name in present]


@dataclass(frozen=True)
class Series:
    """One indicator and scope over the years, with its name and domain; ``key`` distinguishes it from the others."""

    key: str
    name: str
    domain: str
    series: place_trends.Series

    @property
    def points(self) -> tuple[TrendRow, ...]:
        """Its years in order."""
        return self.series.points

    @property
    def known(self) -> tuple[TrendRow, ...]:
        """The years that give a figure."""
        return self.series.known

    @property
    def summary(self) -> SeriesRow | None:
        """What the series comes to; None where no year gives a figure."""
        return self.series.summary

    @property
    def place(self) -> tuple[int, str]:
        """Where the series stands: in the order of its latest report, those of earlier reports after them."""
        point = (self.known or self.points)[-1]
        return -point["year"], point["row"]

    @property
    def size(self) -> float:
        """Size of the last change for ordering: points for rates, the share for others; nothing where there is none."""
        if len(self.known) < 2:
            return -1.0
        before, after = self.known[-2]["value"], self.known[-1]["value"]
        if self.points[0]["kind"] == "rate":
            return abs(after - before)
        return 100 * abs(after - before) / before if before else 100.0


def _all_series(place_year: PlaceYear, words: Words, first: int, last: int) -> tuple[Series, ...]:
    years = [year for year in place_year.years if first <= year <= last]
    found = []
    for series in place_trends.place_trends(place_year, years=years).series:
        row = series.points[0]
        key = "|".join((row["indicator_id"], row["label"], row["scope"], row["unit"]))
        found.append(Series(key, label_text(row, words), domain_text(row, words), series))
    return tuple(found)
