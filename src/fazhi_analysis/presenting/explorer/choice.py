"""What is chosen: a place, years, a domain, an indicator; and the series of figures that this means."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Final

from fazhi_analysis.analysis.place_year import PlaceYear, records
from fazhi_analysis.presenting.wording.naming import domain_text, label_text
from fazhi_analysis.presenting.wording.words import Words

_NO_FIGURE: Final = {"figures": 0, "change_lower": float("nan"), "reason": "", "shape": "single"}
"""What a series without a single figure comes to, as where a report contradicts itself."""


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
        made: dict[tuple[str, int, int], tuple[Series, ...]] = vars(self.place_year).setdefault("_explored", {})
        key = self.words.lang, self.first, self.last
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
    """One indicator and scope over the years: its points in order, and what they come to (``summary``)."""

    key: str
    name: str
    domain: str
    points: tuple[dict[str, Any], ...]
    summary: dict[str, Any]

    @property
    def known(self) -> list[dict[str, Any]]:
        """Points that have a figure."""
        return [point for point in self.points if point["value"] == point["value"]]

    @property
    def place(self) -> tuple[int, str]:
        """Where the series stands: in the order of its latest report, those of earlier reports after them."""
        point = (self.known or self.points)[-1]
        return -int(point["year"]), str(point["row"])

    @property
    def size(self) -> float:
        """Size of the last change for ordering: points for rates, the share for others; nothing where there is none."""
        known = self.known
        if len(known) < 2:
            return -1.0
        before, after = float(known[-2]["value"]), float(known[-1]["value"])
        if self.points[0]["kind"] == "rate":
            return abs(after - before)
        return 100 * abs(after - before) / before if before else 100.0


def _all_series(place_year: PlaceYear, words: Words, first: int, last: int) -> tuple[Series, ...]:
    import pandas as pd

    from fazhi_analysis.analysis.comparing.trend import summarise_trend, trend

    metrics = place_year.metrics[place_year.metrics["year"].between(first, last)]
    reports = place_year.all_reports[place_year.all_reports["year"].between(first, last)]
    if metrics.empty:
        return ()
    rows = records(trend(metrics, place_year.region_code or place_year.region, reports=reports))
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(int(row["series"]), []).append(row)
    if not groups:
        return ()
    summaries = {int(row["series"]): row for row in records(summarise_trend(pd.DataFrame(rows)))}
    found = []
    for number, points in groups.items():
        row = points[0]
        key = "|".join(str(row[name] or "") for name in ("indicator_id", "label", "scope", "unit"))
        found.append(
            Series(
                key,
                label_text(row, words),
                domain_text(row, words),
                tuple(points),
                summaries.get(number, dict(_NO_FIGURE)),
            )
        )
    return tuple(found)
