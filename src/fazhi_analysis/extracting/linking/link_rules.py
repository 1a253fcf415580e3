"""Which words make a figure belong to an indicator: rules as data, compiled once for a catalogue.

``data/link_rules.csv`` has one rule a row:

- ``say``: wordings that stand with the figure, alternatives by ``|``, several that must all stand there by ``+``;
- ``about``: what it must be about: words of the same sentence, ``^words`` of the sentence up to the end of its clause,
  ``=words`` between the figures around (for the members of a list from what leads it), ``%list`` likewise, with any
  entry of a list of ``catalogue/data/words``, ``~words`` of the same paragraph or item, ``@topic`` (of all topics the
  nearest before the figure counts), two that must both hold by ``&``;
- ``not``: words beside the figure that forbid it, ``~words`` anywhere in the sentence, ``^``, ``=`` and ``%`` as above;
- ``units``: measure words, ``-`` for none, by default those comparable with the indicator's;
- ``where``: ``next`` when the wording follows the figure directly, ``noun`` when moreover no other noun follows it
  (个街道, not 个街道文体中心).

``<word>`` stands for a row of ``data/link_synonyms.csv``; topics are rows of ``data/link_topics.csv``. What the
catalogue states of the indicator is not repeated: ``<aliases>`` are its aliases but for those that one of its rows
names itself (which then hold under that row alone), ``<weak aliases>`` and ``<requires>`` its weak aliases and the
words that these require (``@<requires>``: the topics among them). An indicator without rows has a rule for each alias,
so that a new one needs no more than its row in the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from fazhi_analysis.catalogue import comparable_units, known_units
from fazhi_analysis.model import Indicator

DATA = Path(__file__).resolve().parents[1] / "data"
NO_UNIT = "-"
QUOTES = re.compile(r"[“”‘’\"「」]")
_WORD = re.compile(r"<([^<>]+)>")
_UNIT_PREFIX = re.compile(r"^个(?=[\u4e00-\u9fff]{1,5}$)")


class Condition(NamedTuple):
    """What a passage must be about: one of these words in clause, sentence or item, or one of these topics."""

    near: tuple[str, ...]
    since: tuple[str, ...]
    about: tuple[str, ...]
    wide: tuple[str, ...]
    topics: frozenset[str]
    lists: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One way of naming an indicator; ``says`` must all stand with the figure, the first serves as index.

    Of rules of one ``weight`` those of a higher ``rank`` win: rows that say what it must be about, other rows, aliases.
    """

    indicator: str
    kind: str
    says: tuple[str, ...]
    near: tuple[str, ...]
    since: tuple[str, ...]
    about: tuple[str, ...]
    wide: tuple[str, ...]
    topics: frozenset[str]
    both: tuple[Condition, ...]
    nots: tuple[str, ...]
    near_nots: tuple[str, ...]
    since_nots: tuple[str, ...]
    far_nots: tuple[str, ...]
    units: frozenset[str]
    place: str
    weight: int
    rank: int
    lists: tuple[str, ...] = ()
    list_nots: tuple[str, ...] = ()


class _Guard(NamedTuple):
    """Under what a wording holds: its subject, what forbids it, its units."""

    about: tuple[str, ...]
    nots: tuple[str, ...]
    units: frozenset[str]


@cache
def rows_of(name: str) -> list[list[str]]:
    """Rows of a file of rule data, without its head."""
    import csv

    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(words.split("|"))) for name, words in rows_of("link_synonyms.csv")}


def _expand(phrase: str, own: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The phrase with each ``<word>`` replaced by each of its members; ``own`` are the lists of the indicator."""
    parts = _WORD.split(phrase)
    choices = [
        (part,) if index % 2 == 0 else own[part] if part in own else _words()[part] for index, part in enumerate(parts)
    ]
    return ("".join(choice) for choice in product(*choices))


def _alternatives(cell: str, own: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [phrase for part in cell.split("|") if part for phrase in _expand(part, own)]


def _own_lists(indicator: Indicator, rows: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """What the catalogue says of an indicator, as lists that its rows may name."""
    own = {
        "aliases": (),
        "weak aliases": tuple(_UNIT_PREFIX.sub("", tidy(alias)) for alias in indicator.weak_aliases),
        "requires": indicator.requires,
    }
    named = {tidy(phrase) for row in rows for phrase in _alternatives(row[1], own)}
    return {**own, "aliases": tuple(alias for alias in indicator.aliases if tidy(alias) not in named)}


def tidy(text: str) -> str:
    """Wording as rules compare it: quotation marks and brackets of one width, no quotes.

    >>> tidy("“两法”衔接(试行)")
    '两法衔接（试行）'
    """
    return QUOTES.sub("", text).replace("(", "（").replace(")", "）")


@cache
def _alike(unit: str) -> frozenset[str]:
    """The unit and those that count the same."""
    return frozenset({unit, *(known for known in known_units() if comparable_units(unit, known))})


def indicator_rules(indicator: Indicator, rows: list[list[str]]) -> Iterator[Rule]:
    """Rules of one indicator: its rows, then its aliases that no row has, under the guards of all its rows."""
    own = _own_lists(indicator, rows)
    guards: list[_Guard] = []
    for _, say, about, nots, units, where in rows:
        guard = _Guard(
            tuple(dict.fromkeys(map(tidy, _alternatives(about, own)))),
            tuple(dict.fromkeys(map(tidy, _alternatives(nots, own)))),
            frozenset("" if unit == NO_UNIT else unit for unit in _alternatives(units, own)),
        )
        guards.append(guard)
        for phrase in _alternatives(say, own):
            yield _rule(indicator, tidy(phrase).split("+"), guard, where, 2 if guard.about else 1)
    shared = _shared(guards)
    wordings = "|".join(row[1] for row in rows)
    for alias in () if "<aliases>" in wordings else own["aliases"]:
        yield _alias_rule(indicator, alias, shared)
    for alias in () if rows else indicator.weak_aliases:
        yield _alias_rule(indicator, alias, _Guard(tuple(map(tidy, indicator.requires)), (), frozenset()))


def _shared(guards: list[_Guard]) -> _Guard:
    """What guards an alias that no row has: all that rows forbid, their units, their subjects if each has one."""
    bound = bool(guards) and all(guard.about for guard in guards)
    return _Guard(
        tuple(sorted({word for guard in guards for word in guard.about})) if bound else (),
        tuple(dict.fromkeys(word for guard in guards for word in guard.nots)),
        frozenset(unit for guard in guards for unit in guard.units),
    )


def _alias_rule(indicator: Indicator, alias: str, guard: _Guard) -> Rule:
    """An alias that opens with the measure word (个乡镇) stands right after the figure."""
    wording = tidy(alias)
    bare = _UNIT_PREFIX.sub("", wording)
    kept = guard._replace(nots=tuple(word for word in guard.nots if word not in wording))
    return _rule(indicator, [bare], kept, "next" if bare != wording else "", 0)


def _rule(indicator: Indicator, says: list[str], guard: _Guard, place: str, rank: int) -> Rule:
    ordered = tuple(sorted(dict.fromkeys(says), key=len, reverse=True))
    condition, both = _condition(guard.about)
    return Rule(
        indicator=indicator.id,
        kind=indicator.kind,
        says=ordered,
        near=condition.near,
        since=condition.since,
        about=condition.about,
        wide=condition.wide,
        topics=condition.topics,
        both=both,
        nots=tuple(word for word in guard.nots if word[0] not in "~^=%" and not any(word in say for say in ordered)),
        near_nots=tuple(word[1:] for word in guard.nots if word[0] == "^"),
        since_nots=tuple(word[1:] for word in guard.nots if word[0] == "="),
        far_nots=tuple(word[1:] for word in guard.nots if word[0] == "~"),
        units=guard.units or _alike(indicator.unit),
        place=place,
        weight=sum(map(len, ordered)),
        rank=rank,
        lists=condition.lists,
        list_nots=tuple(word[1:] for word in guard.nots if word[0] == "%"),
    )


@cache
def known_topics() -> frozenset[str]:
    """Names of the topics that have words."""
    return frozenset(topic.removeprefix("~") for topic, _ in rows_of("link_topics.csv"))


@lru_cache(maxsize=256)  # the wordings of a row share its cell
def _condition(about: tuple[str, ...]) -> tuple[Condition, tuple[Condition, ...]]:
    """The alternatives of a cell as one condition, and the conditions that must hold together with its topics."""

    def condition(words: Iterable[str]) -> Condition:
        by_sign = {sign: tuple(word[1:] for word in words if word[0] == sign) for sign in "@~^=%"}
        plain = tuple(word for word in words if word[0] not in by_sign)
        topics = frozenset(by_sign["@"]) & known_topics()
        return Condition(by_sign["^"], by_sign["="], plain, by_sign["~"], topics, by_sign["%"])

    parts = [word.split("&") for word in about]
    second = tuple(dict.fromkeys(part[1] for part in parts if len(part) > 1))
    return condition(tuple(dict.fromkeys(part[0] for part in parts))), (condition(second),) if second else ()
