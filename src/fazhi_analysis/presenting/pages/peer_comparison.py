"""The place beside others in the same year: ranks as intervals, ties where intervals overlap, no composite index."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear, records
from fazhi_analysis.catalogue.places import own_name
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.parts import national_figures, unranked
from fazhi_analysis.presenting.parts.compared_page import ComparedPage
from fazhi_analysis.presenting.parts.parameters import as_list, as_numbers
from fazhi_analysis.presenting.wording.naming import unit_of
from fazhi_analysis.presenting.wording.numbers import figure, interval
from fazhi_analysis.presenting.wording.numbers import plain as plain_number
from fazhi_analysis.presenting.wording.words import Words

_CHARTS = 8
_PLACES = 15
_LISTED = 40
_FEWEST = 3
_NAMED = 5
_FINDING = ("rule", "severity", "status", "evidence")


class PeerComparison(ComparedPage):
    """The place beside others.

    ``indicators`` are catalogue ids or labels (None: those that at least three places give), ``regions`` places to hold
    it against (None: all of its level in the data), ``level`` the level to stay within (None: the place's own; levels
    are never ranked together). ``denominators`` are numbers by place (population, say) that the reader supplies: then
    counts and amounts are ranked by what falls on every ``per`` of it, and places without one are left out.
    ``denominator`` says what it is, and where it comes from.
    """

    def __init__(
        self,
        name: str,
        place_year: PlaceYear,
        words: Words,
        indicators: str | Iterable[str] | None = None,
        regions: str | Iterable[str] | None = None,
        level: str | None = None,
        denominators: Any = None,
        per: float = 10_000,
        denominator: str | None = None,
    ) -> None:
        super().__init__(name, place_year, words)
        self.indicators = as_list(indicators)
        self.regions = as_list(regions)
        self.level = self._checked_level(level)
        self.denominators = as_numbers(denominators, "denominators")
        self.per = self._checked_per(per)
        self.denominator = str(denominator or "").strip()
        self.rankings  # noqa: B018 - a wrong place, level or indicator is an error here, not in a later cell

    def _checked_level(self, level: str | None) -> str:
        from fazhi_analysis.analysis.peers.groups import LEVELS, level_number

        own = LEVELS[level_number(self.place_year.place_id)]
        if level and level not in LEVELS:
            raise UnknownNameError(f"level={level}", "choice.level.unknown", levels=LEVELS)
        if level and level != own:
            names = {name: Message(f"choice.level.name.{key}") for name, key in (("is_a", own), ("asked", level))}
            place = self.place_year.place
            raise UsageError(f"level={level}", "choice.level.other", place=place, level=own, **names)
        return own

    @staticmethod
    def _checked_per(per: Any) -> float:
        try:
            number = float(per)
        except (TypeError, ValueError):
            number = 0.0
        if not 0 < number < float("inf"):
            raise UsageError(f"per={per}", "presenting.parameter.not_positive")
        return number

    @functools.cached_property
    def _findings(self) -> Any:
        """Findings on the year's reports: the own ones as the audit makes them now, others as they are stored."""
        import pandas as pd

        from fazhi_analysis.dataset import load_findings

        place_year = self.place_year
        stored = load_findings(place_year.peers_data, years=[place_year.year])
        own = [vars_of(finding) for finding in place_year.findings]
        others = stored[~stored["report_id"].isin([str(row["report_id"]) for row in place_year.reports])]
        return pd.concat([others[list(_FINDING)].astype(object), pd.DataFrame(own, columns=list(_FINDING))])

    @functools.cached_property
    def compared(self) -> list[dict[str, Any]]:
        """Every row of the comparison, ranked or not."""
        from fazhi_analysis.analysis.peers.comparison import compare
        from fazhi_analysis.dataset import load_metrics, load_reports

        place_year = self.place_year
        metrics = load_metrics(place_year.peers_data, years=[place_year.year])
        reports = load_reports(place_year.peers_data, years=[place_year.year])
        regions = None if self.regions is None else [place_year.region, *self.regions]
        self._check_places(metrics, regions)
        table = compare(
            metrics,
            place_year.year,
            self.indicators,
            regions,
            self.level,
            self.denominators,
            per=self.per,
            reports=reports,
            findings=self._findings,
        )
        return records(place_year.with_origins(table, metrics))

    @functools.cached_property
    def rankings(self) -> list[list[dict[str, Any]]]:
        """Ranked rows by indicator and scope, the own place among them; those with most places first."""
        groups: dict[Any, list[dict[str, Any]]] = {}
        for row in self.compared:
            if not row["reason"]:
                groups.setdefault(row["group"], []).append(row)
        mine = [rows for rows in groups.values() if any(self.is_own(row) for row in rows)]
        kept = [sorted(rows, key=_order) for rows in mine if len(rows) >= self._fewest]
        return sorted(kept, key=self._weight)

    def _weight(self, rows: list[dict[str, Any]]) -> tuple[bool, bool, int]:
        """Rankings in which the own figure is not in doubt first, then those with a better side, the largest first."""
        return bool(self.mine(rows)["doubt"]), rows[0]["direction"] == "neutral", -len(rows)

    def _check_places(self, metrics: Any, regions: list[str] | None) -> None:
        """Raise UsageError for a place that is named but of another level: it would be left out without a word."""
        from fazhi_analysis.analysis.peers.groups import LEVELS, level_number
        from fazhi_analysis.analysis.places import resolve

        places = resolve(metrics, regions) or []
        others = [place for place in places if LEVELS[level_number(place)] != self.level]
        if others:
            raise UsageError(
                Message("presenting.parameter.entry", name="regions", entry=others),
                "choice.level.other_places",
                place=self.place_year.place,
            )

    @property
    def _fewest(self) -> int:
        """How many places a ranking needs: two are enough when somebody asked for them."""
        return 2 if self.indicators is not None or self.regions is not None else _FEWEST

    def is_own(self, row: dict[str, Any]) -> bool:
        """Whether a row is the page's own place."""
        return str(row["region"]) == self.place_year.region

    def mine(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """The own place's row of a ranking."""
        return next(row for row in rows if self.is_own(row))

    def rank(self, row: dict[str, Any]) -> str:
        """A rank, or the ranks that the intervals allow."""
        low, high = int(row["rank_low"]), int(row["rank_high"])
        key = "peers.rank" if low == high else "peers.ranks"
        return self.words(key, low=low, high=high, n=int(row["ranked"]))

    @property
    def evidence_years(self) -> list[int]:
        """The page's year alone: nothing is held against an earlier one."""
        return [self.place_year.year]

    def headline(self) -> Fragment:
        """Where the place stands, as far as the intervals settle it; beside the nation also where nobody is ranked."""
        directed = [rows for rows in self.rankings if rows[0]["best_first"]]
        if self.rankings:
            key = "peers.lead" if directed else "peers.lead_neutral"
            lead = self.paragraph(key, cls="fz-lead", n=len(self.rankings), directed=len(directed))
        else:
            key = "peers.no_own_denominator" if self._own_undivided else "peers.nothing"
            lead = self.paragraph(key, cls="fz-lead fz-notice", n=self._fewest - 1)
        undivided = None
        if self.rankings and self._own_undivided:
            undivided = self.paragraph("peers.own_undivided", n=len(self._own_undivided))
        plain = [rows for rows in self.rankings if not self.mine(rows)["doubt"]]
        told = [rows for rows in plain if rows[0]["best_first"]] or plain
        items = [self._sentence(rows) for rows in told[:_NAMED]]
        items += [national_figures.sentence(self, row) for row in national_figures.alone(self)]
        listed = tag("ul", *(tag("li", item) for item in items)) if items else None
        doubted = [self.linked_row(self.mine(rows)) for rows in self.rankings if self.mine(rows)["doubt"]]
        doubt = None
        if doubted:
            names = join(doubted, self.words("punctuation.comma"))
            doubt = self.paragraph("peers.doubted", n=len(doubted), names=names)
        caution = self.paragraph("peers.caution") if self.rankings else None
        return self.section("headline", lead, listed, doubt, undivided, self._divided_note(), caution)

    @property
    def _own_undivided(self) -> list[dict[str, Any]]:
        """Own figures that are not ranked, since no denominator was given for the place."""
        return [row for row in self.compared if self.is_own(row) and row["reason"] == "no_denominator"]

    def _divided_note(self) -> Fragment | None:
        if self.denominators is None:
            return None
        what = self.denominator or self.words("peers.unnamed_denominator")
        return self.paragraph("peers.divided", per=plain_number(self.per), what=what, n=len(self.denominators))

    def _sentence(self, rows: list[dict[str, Any]]) -> Fragment:
        row = self.mine(rows)
        key = "peers.sentence" if row["best_first"] else "peers.sentence_neutral"
        shown, national = self._compared(row), national_figures.beside(self, row)
        return self.words.html(key, name=self.linked_row(row), figure=shown, rank=self.rank(row), national=national)

    def peers_chart(self) -> Fragment:
        """One chart an indicator: the place and those nearest to it."""
        return self.section(
            "peers_chart", *(self._chart(number, rows) for number, rows in enumerate(self.rankings[:_CHARTS], 1))
        )

    def _chart(self, number: int, rows: list[dict[str, Any]]) -> Any:
        from fazhi_analysis.presenting.charts.ranks import Peer, draw_ranks

        row = self.mine(rows)
        shown = _around(rows, rows.index(row), _PLACES)
        peers = [
            Peer(
                self._peer_name(item),
                self._compared(item) + self.words("peers.note_rank", rank=self.rank(item)),
                item["compared_lower"],
                item["compared_value"],
                item["compared_upper"],
                self.is_own(item),
                bool(item["doubt"]),
            )
            for item in shown
        ]
        title = self.words("peers.chart_title", name=self.plain_name(row), year=self.place_year.year)
        finding = self.words(
            "peers.finding_doubted" if row["doubt"] else "peers.finding",
            place=self.place_year.place,
            figure=self._compared(row),
            rank=self.rank(row),
            shown=len(shown),
            n=len(rows),
        )
        low, high = row["benchmark_lower"], row["benchmark_upper"]
        benchmark = (float(low), float(high)) if low == low else None
        return draw_ranks(
            f"peers-{number}", title, finding, peers, self.words, rate=row["kind"] == "rate", benchmark=benchmark
        )

    def _peer_name(self, row: dict[str, Any]) -> str:
        name = own_name(str(row["region"]))
        return self.words("doubt.name", name=name) if row["doubt"] else name

    def _compared(self, row: dict[str, Any]) -> str:
        """What is ranked: the figure as printed, or what falls on every ``per`` of the denominator."""
        if row["denominator"] != row["denominator"]:
            return self.figure(row)
        low, middle, high = (_rounded(row[f"compared_{end}"]) for end in ("lower", "value", "upper"))
        unit = unit_of(row)
        shown = interval(low, high, unit, self.words) or figure(middle, middle, middle, "exact", unit, self.words)
        return self.words("peers.each", figure=shown, per=plain_number(self.per))

    def peers_table(self) -> Fragment:
        """Every ranking as a table, one click away where it is long."""
        words = self.words
        columns = (
            Column(words("column.rank"), number=True),
            Column(words("column.place_name"), main=True),
            Column(words("column.figure"), number=True),
            Column(words("column.interval"), number=True),
        )
        parts = []
        for rows in self.rankings:
            shown = _around(rows, rows.index(self.mine(rows)), _LISTED)
            cells = tuple(
                (
                    self.rank(row),
                    self._place(row),
                    self._compared(row),
                    "" if row["qualifier"] == "exact" or self.denominators else self.interval(row),
                )
                for row in shown
            )
            order = "best" if rows[0]["best_first"] else "largest"
            caption = words(f"peers.caption_{order}", name=self.plain_name(rows[0]), n=len(rows))
            table = Table(caption, columns, cells)
            parts.append(tag("details", tag("summary", caption), Fragment(table._repr_html_(), repr(table))))
        return self.section("peers_table", *parts)

    def _place(self, row: dict[str, Any]) -> Fragment:
        name = self.words.source(row["region"])
        doubt = tag("small", self.words("doubt.certainty")) if row["doubt"] else None
        return tag("strong" if self.is_own(row) else "span", name, doubt)

    def excluded(self) -> Fragment:
        """Figures that take part in no ranking, counted by reason: those of other places, and the place's own."""
        return unranked.excluded(self)

    def benchmarks(self) -> Fragment:
        """National figures of the year with their sources and known conflicts, and where the place lies to them."""
        return national_figures.benchmarks(self)


def vars_of(finding: Any) -> dict[str, Any]:
    """A finding as a row of the table of findings, as far as doubts need it."""
    return {name: getattr(finding, name) for name in _FINDING[:-1]} | {
        "evidence": [{"row": piece.row} for piece in finding.evidence]
    }


def _rounded(number: float) -> float:
    """Four significant digits: a quotient is no more exact than what it was made from."""
    return float(f"{number:.4g}")


def _order(row: dict[str, Any]) -> tuple[int, int, str]:
    return int(row["rank_low"]), int(row["rank_high"]), str(row["region"])


def _around(rows: list[dict[str, Any]], place: int, most: int) -> list[dict[str, Any]]:
    """At most so many rows, those nearest to a place in the list.

    >>> [row["n"] for row in _around([{"n": n} for n in range(9)], 7, 5)]
    [4, 5, 6, 7, 8]
    """
    start = max(0, min(place - most // 2, len(rows) - most))
    return rows[start : start + most]


PAGE = PeerComparison
