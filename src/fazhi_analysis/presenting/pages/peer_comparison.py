"""The place beside others in the same year: ranks as intervals, ties where intervals overlap, no composite index."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from fazhi_analysis.analysis.peers.rankings import RANKED_FROM, PeerQuestion, Ranking, Rankings, rank_peers
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PeerRow
from fazhi_analysis.catalogue.place_lookup import own_name
from fazhi_analysis.errors import UsageError
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts import national_figures
from fazhi_analysis.presenting.parts.compared_page import ComparedPage
from fazhi_analysis.presenting.parts.parameters import as_list, as_numbers
from fazhi_analysis.presenting.wording.naming import unit_of
from fazhi_analysis.presenting.wording.numbers import figure, interval
from fazhi_analysis.presenting.wording.numbers import plain as plain_number
from fazhi_analysis.presenting.wording.page_texts import Words

_CHARTS = 8
_PLACES = 15
_LISTED = 40


@dataclass(frozen=True)
class PeerOptions:
    """What is ranked, and with whom.

    ``indicators`` are catalogue ids or labels (None: those that at least three places give), ``regions`` places to rank
    it with (None: all of its level in the data), ``level`` the level to stay within (None: the place's own; levels are
    never ranked together). ``denominators`` are numbers by place (population, say) that the reader supplies: then
    counts and amounts are ranked by what falls on every ``per`` of it, and places without one are left out.
    ``denominator`` says what it is, and where it comes from.
    """

    indicators: str | Iterable[str] | None = None
    regions: str | Iterable[str] | None = None
    level: str | None = None
    denominators: Any = None
    per: float = 10_000
    denominator: str | None = None


class PeerComparison(ComparedPage):
    """The place beside others."""

    Options: ClassVar[type[Any]] = PeerOptions

    def __init__(self, name: str, place_year: PlaceYear, words: Words, options: PeerOptions | None = None) -> None:
        super().__init__(name, place_year, words, options)
        given = self.options
        self.question = PeerQuestion(
            as_list(given.indicators),
            as_list(given.regions),
            given.level,
            as_numbers(given.denominators, "denominators"),
            _checked_per(given.per),
        )
        self.denominator = str(given.denominator or "").strip()
        self.ranked  # noqa: B018 - a wrong place, level or indicator is an error here, not in a later cell

    @functools.cached_property
    def ranked(self) -> Rankings:
        """The rankings that hold, and what is ranked nowhere."""
        return rank_peers(self.place_year, self.question)

    def is_own(self, row: PeerRow) -> bool:
        """Whether a row is the page's own place."""
        return row["region"] == self.place_year.region

    def rank(self, row: PeerRow) -> str:
        """A rank, or the ranks that the intervals allow; empty among too few places for ranks."""
        if row["ranked"] < RANKED_FROM:
            return ""
        low, high = row["rank_low"], row["rank_high"]
        key = "peer_comparison.rank" if low == high else "peer_comparison.ranks"
        return self.words(key, low=low, high=high, n=row["ranked"])

    @property
    def evidence_years(self) -> list[int]:
        """The page's year alone: nothing is compared with an earlier one."""
        return [self.place_year.year]

    def headline(self) -> Fragment:
        """Where the place stands, as far as the intervals settle it; beside the nation also where nobody is ranked."""
        ranked = self.ranked
        named = [self._sentence(one) for one in ranked.headline]
        named += [national_figures.sentence(self, row) for row in ranked.only_beside_nation]
        listed = tag("ul", *(tag("li", item) for item in named)) if named else None
        doubt = undivided = caution = None
        if ranked.doubted:
            names = join([self.linked_row(one.own) for one in ranked.doubted], self.words("punctuation.comma"))
            doubt = self.paragraph("peer_comparison.doubted", n=len(ranked.doubted), names=names)
        if ranked.rankings:
            caution = self.paragraph(
                "peer_comparison.caution" if self._has_ranks() else "peer_comparison.caution_values", n=RANKED_FROM
            )
            if ranked.undivided:
                undivided = self.paragraph("peer_comparison.own_undivided", n=len(ranked.undivided))
        return self.section("headline", self._lead(), listed, doubt, undivided, self._divided_note(), caution)

    def _lead(self) -> Fragment:
        """How many rankings there are, or why there is none."""
        ranked = self.ranked
        if not ranked.rankings:
            key = "peer_comparison.no_own_denominator" if ranked.undivided else "peer_comparison.nothing"
            return self.paragraph(key, cls="fz-lead fz-notice", n=ranked.fewest - 1)
        directed = sum(one.best_first and one.has_ranks for one in ranked.rankings)
        key = (
            "peer_comparison.lead"
            if directed
            else "peer_comparison.lead_neutral"
            if self._has_ranks()
            else "peer_comparison.lead_values"
        )
        return self.paragraph(key, cls="fz-lead", n=len(ranked.rankings), directed=directed)

    def _has_ranks(self) -> bool:
        return any(one.has_ranks for one in self.ranked.rankings)

    def _divided_note(self) -> Fragment | None:
        given = self.question
        if given.denominators is None:
            return None
        what = self.denominator or self.words("peer_comparison.unnamed_denominator")
        return self.paragraph(
            "peer_comparison.divided", per=plain_number(given.per), what=what, n=len(given.denominators)
        )

    def _sentence(self, one: Ranking) -> Fragment:
        if not one.has_ranks:
            return self._values(one)
        key = "peer_comparison.sentence" if one.best_first else "peer_comparison.sentence_neutral"
        shown, national = self._compared(one.own), national_figures.beside(self, one.own)
        name, rank = self.linked_row(one.own), self.rank(one.own)
        return self.words.html(key, name=name, figure=shown, rank=rank, national=national)

    def _values(self, one: Ranking) -> Fragment:
        """The own figure within those of a few places, without a rank."""
        fields = {"name": self.linked_row(one.own), "figure": self._compared(one.own), "n": len(one.rows)}
        ends = self._ends(one)
        return self.words.html(
            "peer_comparison.values", national=national_figures.beside(self, one.own), **fields, **ends
        )

    def _ends(self, one: Ranking) -> dict[str, str]:
        """The smallest and the largest figure of all places."""
        ordered = sorted(one.rows, key=lambda row: row["compared_value"])
        return {"low": self._compared(ordered[0]), "high": self._compared(ordered[-1])}

    def peers_chart(self) -> Fragment:
        """One chart an indicator: the place and those nearest to it."""
        charts = [self._chart(number, one) for number, one in enumerate(self.ranked.rankings[:_CHARTS], 1)]
        return self.section("peers_chart", *charts)

    def _chart(self, number: int, one: Ranking) -> Any:
        from fazhi_analysis.presenting.charts.ranks import Peer, draw_ranks

        own, shown = one.own, one.around(_PLACES)
        peers = [
            Peer(
                self._peer_name(row),
                self._compared(row)
                + (self.words("peer_comparison.note_rank", rank=self.rank(row)) if one.has_ranks else ""),
                row["compared_lower"],
                row["compared_value"],
                row["compared_upper"],
                self.is_own(row),
                bool(row["doubt"]),
            )
            for row in shown
        ]
        finding = self.words(
            ("peer_comparison.finding" if one.has_ranks else "peer_comparison.finding_values")
            + ("_doubted" if one.is_doubted else ""),
            name=self.plain_name(own),
            place=self.place_year.place,
            figure=self._compared(own),
            rank=self.rank(own),
            **self._ends(one),
        )
        key = "peer_comparison.nearest" if len(shown) < len(one.rows) else "peer_comparison.all_places"
        drawn = self.words(key, year=self.place_year.year, shown=len(shown), n=len(one.rows))
        low, high = own["benchmark_lower"], own["benchmark_upper"]
        benchmark = (low, high) if low == low else None
        return draw_ranks(
            f"peers-{number}", finding, drawn, peers, self.words, rate=own["kind"] == "rate", benchmark=benchmark
        )

    def _peer_name(self, row: PeerRow) -> str:
        name = own_name(row["region"])
        return self.words("doubt.name", name=name) if row["doubt"] else name

    def _compared(self, row: PeerRow) -> str:
        """What is ranked: the figure as printed, or what falls on every ``per`` of the denominator."""
        if row["denominator"] != row["denominator"]:
            return self.figure(row)
        ends = (row["compared_lower"], row["compared_value"], row["compared_upper"])
        low, middle, high = (_rounded(end) for end in ends)
        unit = unit_of(row)
        shown = interval(low, high, unit, self.words) or figure(middle, middle, middle, "exact", unit, self.words)
        return self.words("peer_comparison.each", figure=shown, per=plain_number(self.question.per))

    def peers_table(self) -> Fragment:
        """Every ranking as a table, one click away where it is long."""
        words = self.words
        columns = headed(words, "rank number", "place_name main", "figure number", "interval number")
        without = columns[1:]
        parts = []
        for one in self.ranked.rankings:
            order = "best" if one.best_first else "largest"
            caption = words(f"peer_comparison.caption_{order}", name=self.plain_name(one.own), n=len(one.rows))
            rows = tuple(self._cells(row) for row in one.around(_LISTED))
            ranks = one.has_ranks
            table = Table(caption, columns if ranks else without, rows if ranks else tuple(row[1:] for row in rows))
            parts.append(tag("details", tag("summary", caption), Fragment(table._repr_html_(), repr(table))))
        return self.section("peers_table", *parts)

    def _cells(self, row: PeerRow) -> tuple[Any, ...]:
        """A ranked place as a row of its table."""
        exact = row["qualifier"] == "exact" or self.question.denominators
        doubt = tag("small", self.words("doubt.certainty")) if row["doubt"] else None
        place = tag("strong" if self.is_own(row) else "span", self.words.source(row["region"]), doubt)
        return self.rank(row), place, self._compared(row), "" if exact else self.interval(row)

    def excluded(self) -> Fragment:
        """Figures that take part in no ranking, counted by reason: those of other places, and the place's own."""
        words, left = self.words, self.ranked.left_out
        if not left:
            return self.section("excluded", self.paragraph("excluded.none"))
        places: dict[str, list[str]] = defaultdict(list)
        for row, reason in left:
            places[reason].append(row["region"])
        lines = [
            words("peer_comparison.left_count", reason=self.reason(reason), places=len(set(named)), n=len(named))
            for reason, named in sorted(places.items(), key=lambda item: -len(item[1]))
        ]
        columns = headed(words, "indicator main", "place_name", "figure number", "reason")
        cells = tuple(
            (self.name_of(row), words.source(row["region"]), self.figure(row), self.reason(reason))
            for row, reason in left
        )
        table = Table(words("excluded.caption", n=len(cells)), columns, cells)
        counted = tag("ul", *(tag("li", line) for line in lines))
        return self.section("excluded", counted, self.folded("excluded.show", table))

    def benchmarks(self) -> Fragment:
        """National figures of the year with their sources and known conflicts, and where the place lies to them."""
        return national_figures.benchmarks(self, self.ranked)


def _checked_per(per: Any) -> float:
    try:
        number = float(per)
    except (TypeError, ValueError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise UsageError(f"per={per}", "presenting.parameter.not_positive")
    return number


def _rounded(number: float) -> float:
    """Four significant digits: a quotient is no more exact than what it was made from."""
    return float(f"{number:.4g}")


PAGE = PeerComparison
