"""One place among its peers: which rankings hold, which a headline names, and what is ranked nowhere and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from fazhi_analysis.analysis.peers.comparison import Denominators, compare
from fazhi_analysis.analysis.peers.groups import LEVELS, level_number
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PeerRow
from fazhi_analysis.analysis.sources import fictional_codes
from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.catalogue.place_lookup import Places
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd

FEWEST: Final = 3
"""Places that a ranking needs when nobody asked for its indicator or its places."""

RANKED_FROM: Final = 5
"""Least number of places for which ranks are given: among fewer, only the figures are shown side by side."""

_NAMED: Final = 5
_FINDING: Final = ("rule", "severity", "status", "evidence")


@dataclass(frozen=True)
class PeerQuestion:
    """What is ranked: ``indicators`` (catalogue ids or labels), ``regions`` beside the own place, ``level`` of places,
    and what falls on every ``per`` of a place's ``denominators``; None for all, and for nothing divided.
    """

    indicators: Sequence[str] | None = None
    regions: Sequence[str] | None = None
    level: str | None = None
    denominators: Denominators | None = None
    per: float = 10_000

    @property
    def fewest(self) -> int:
        """How many places a ranking needs: two are enough when somebody asked for them."""
        return FEWEST if self.indicators is None and self.regions is None else 2


@dataclass(frozen=True)
class Ranking:
    """One indicator and scope: the ranked rows, the best or largest first, and that of the own place among them."""

    rows: tuple[PeerRow, ...]
    own: PeerRow

    @property
    def best_first(self) -> bool:
        """Whether rank 1 is the best, rather than the largest."""
        return self.own["best_first"]

    @property
    def has_ranks(self) -> bool:
        """Whether the places are enough for ranks to say something."""
        return len(self.rows) >= RANKED_FROM

    @property
    def is_doubted(self) -> bool:
        """Whether a check doubts the own figure."""
        return bool(self.own["doubt"])

    def around(self, most: int) -> tuple[PeerRow, ...]:
        """At most so many rows, those nearest to the own place.

        >>> rows = tuple({"place": number} for number in range(9))
        >>> [row["place"] for row in Ranking(rows, rows[7]).around(5)]
        [4, 5, 6, 7, 8]
        """
        place = next(number for number, row in enumerate(self.rows) if row is self.own)
        start = max(0, min(place - most // 2, len(self.rows) - most))
        return self.rows[start : start + most]


@dataclass(frozen=True)
class Rankings:
    """All rows of the comparison of one place (``region``) with its peers; ``fewest`` places make a ranking."""

    region: str
    rows: tuple[PeerRow, ...]
    fewest: int = FEWEST

    @cached_property
    def own(self) -> tuple[PeerRow, ...]:
        """The rows of the own place, ranked or not."""
        return tuple(row for row in self.rows if row["region"] == self.region)

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """Rankings with enough places, the own among them: those in which the own figure is not in doubt first, then
        those with a better side, the largest first.
        """
        groups: dict[int, list[PeerRow]] = {}
        for row in self.rows:
            if not row["reason"]:
                groups.setdefault(row["group"], []).append(row)
        found = []
        for rows in groups.values():
            own = next((row for row in rows if row["region"] == self.region), None)
            if own is not None and len(rows) >= self.fewest:
                found.append(Ranking(tuple(sorted(rows, key=_order)), own))
        found.sort(key=lambda one: (one.is_doubted, one.own["direction"] == "neutral", -len(one.rows)))
        return tuple(found)

    @cached_property
    def headline(self) -> tuple[Ranking, ...]:
        """What a headline names: no own figure in doubt, and where there are such, those with a better side."""
        plain = [one for one in self.rankings if not one.is_doubted]
        return tuple([one for one in plain if one.best_first] or plain)[:_NAMED]

    @cached_property
    def doubted(self) -> tuple[Ranking, ...]:
        """Rankings in which a check doubts the own figure."""
        return tuple(one for one in self.rankings if one.is_doubted)

    @cached_property
    def undivided(self) -> tuple[PeerRow, ...]:
        """Own figures that are not ranked since no denominator was given for the place."""
        return tuple(row for row in self.own if row["reason"] == "no_denominator")

    @cached_property
    def beside_nation(self) -> tuple[PeerRow, ...]:
        """Own rates that a national figure exists for."""
        return tuple(row for row in self.own if row["benchmark_position"])

    @cached_property
    def only_beside_nation(self) -> tuple[PeerRow, ...]:
        """Own rates that no ranking holds and no check doubts, but that a national figure exists for."""
        ranked = {one.own["row"] for one in self.rankings}
        return tuple(row for row in self.beside_nation if row["row"] not in ranked and not row["doubt"])

    @cached_property
    def left_out(self) -> tuple[tuple[PeerRow, str], ...]:
        """Figures that no ranking holds, with the reason: all places' rows of what the own place gives."""
        ranked = {row["row"] for one in self.rankings for row in one.rows}
        asked = {row["group"] for row in self.own}
        return tuple(
            (row, row["reason"] or "few_places")
            for row in self.rows
            if row["group"] in asked and row["row"] not in ranked and (row["reason"] or row["region"] == self.region)
        )


def rank_peers(place_year: PlaceYear, question: PeerQuestion) -> Rankings:
    """A place beside others of its level in the same year, as ``compare`` ranks them.

    Raises UnknownNameError for a place, level or indicator that the data do not have, and UsageError for a level or a
    place of another level than the own one: levels are never ranked together.

    >>> ranked = rank_peers(PlaceYear.open(region="霁原旗", year=2024), PeerQuestion(indicators=["penalty_cases"]))
    >>> [len(one.rows) for one in ranked.rankings]
    [2]
    """
    from fazhi_analysis.dataset import load_metrics, load_reports

    level = _level(place_year, question.level)
    years = [place_year.year]
    metrics = load_metrics(place_year.peers_data, years=years)
    regions = None if question.regions is None else [place_year.region, *question.regions]
    _check_places(place_year, metrics, regions, level)
    table = compare(
        metrics,
        place_year.year,
        question.indicators,
        regions,
        level,
        question.denominators,
        per=question.per,
        reports=load_reports(place_year.peers_data, years=years),
        findings=_findings(place_year),
    )
    rows = rows_of(place_year.with_origins(table, metrics), PeerRow)
    return Rankings(place_year.region, tuple(rows), question.fewest)


def _level(place_year: PlaceYear, asked: str | None) -> str:
    own = LEVELS[level_number(place_year.place_id)]
    if asked and asked not in LEVELS:
        raise UnknownNameError(f"level={asked}", "choice.level.unknown", levels=LEVELS)
    if asked and asked != own:
        names = {name: Message(f"choice.level.name.{key}") for name, key in (("is_a", own), ("asked", asked))}
        raise UsageError(f"level={asked}", "choice.level.other", place=place_year.place, level=own, **names)
    return own


def _check_places(place_year: PlaceYear, metrics: pd.DataFrame, regions: Iterable[str] | None, level: str) -> None:
    """Raise UsageError for a place that is named but of another level or, in the bundled data, of the other kind: it
    would be left out without a word. Raises UnknownNameError for a place without figures of the year.
    """
    from fazhi_analysis.analysis.series_places import resolve

    for region in regions or ():
        try:
            resolve(metrics, [region])
        except UnknownNameError:
            _check_elsewhere(place_year, region)
            raise
    others = [place for place in resolve(metrics, regions) or [] if LEVELS[level_number(place)] != level]
    if others:
        entry = Message("presenting.parameter.entry", name="regions", entry=others)
        raise UsageError(entry, "choice.level.other_places", place=place_year.place)


def _check_elsewhere(place_year: PlaceYear, region: str) -> None:
    """Say where a place is that has no figures of the year among the peers; nothing where the data do not know it."""
    from fazhi_analysis.dataset import list_reports

    reports = list_reports(place_year.data)
    known = Places(dict.fromkeys(zip(reports["region_code"], reports["region"], strict=True)))
    code, name = known.pairs[known.find(region, "regions")]
    invented = fictional_codes()
    if place_year.data is None and (code in invented) != place_year.is_fictional:
        kind = "real" if place_year.is_fictional else "fictional"
        entry = Message("presenting.parameter.entry", name="regions", entry=[region])
        raise UsageError(entry, f"choice.level.{kind}_place", place=place_year.place)
    years = sorted({int(year) for year in reports.loc[reports["region"] == name, "year"]})
    raise UnknownNameError(f"year={place_year.year}", "choice.year.no_report", place=name, years=years)


def _findings(place_year: PlaceYear) -> pd.DataFrame:
    """Findings on the year's reports: the own ones as the audit makes them now, others as they are stored."""
    import pandas as pd

    from fazhi_analysis.dataset import load_findings

    stored = load_findings(place_year.peers_data, years=[place_year.year])
    own = [
        (item.rule, item.severity, item.status, [{"row": piece.row} for piece in item.evidence])
        for item in place_year.findings
    ]
    others = stored[~stored["report_id"].isin([report["report_id"] for report in place_year.reports])]
    return pd.concat([others[list(_FINDING)].astype(object), pd.DataFrame(own, columns=list(_FINDING))])


def _order(row: PeerRow) -> tuple[int, int, str]:
    return row["rank_low"] or 0, row["rank_high"] or 0, row["region"]
