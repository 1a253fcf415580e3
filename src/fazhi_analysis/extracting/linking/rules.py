"""Which words make a figure belong to an indicator: rules as data, compiled once for a catalogue.

``data/link_rules.csv`` has one rule a row:

- ``say``: wordings that stand with the figure, alternatives by ``|``, several that must all stand there by ``+``;
- ``about``: what it must be about: words of the same sentence, ``^words`` of the sentence up to the end of its clause,
  ``=words`` between the figures around (for the members of a list from what leads it), ``~words`` of the same paragraph
  or item, ``@topic`` (of all topics the nearest before the figure counts), two that must both hold by ``&``;
- ``not``: words beside the figure that forbid it, ``~words`` anywhere in the sentence, ``^`` and ``=`` as above;
- ``units``: measure words, ``-`` for none, by default those comparable with the indicator's;
- ``where``: ``next`` when the wording follows the figure directly, ``noun`` when moreover no other noun follows it
  (个街道, not 个街道文体中心).

``<word>`` stands for a row of ``data/link_words.csv``; topics are rows of ``data/link_topics.csv``. What the catalogue
says of the indicator is not said again: ``<aliases>`` are its aliases but for those that one of its rows names itself
(which then hold under that row alone), ``<weak aliases>`` and ``<requires>`` its weak aliases and the words that these
require (``@<requires>``: the topics among them). An indicator without rows has a rule for each alias, so that a new one
needs no more than its row in the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from fazhi_analysis.catalogue import Catalogue, comparable_units, known_units
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


class _Guard(NamedTuple):
    """Under what a wording holds: its subject, what forbids it, its units."""

    about: tuple[str, ...]
    nots: tuple[str, ...]
    units: frozenset[str]


@dataclass(frozen=True)
class RuleBook:
    """Rules by their first wording, topics by theirs, and every wording by its first two characters."""

    by_say: dict[str, tuple[Rule, ...]]
    by_next: dict[str, tuple[Rule, ...]]
    topics: dict[str, frozenset[str]]
    starts: dict[str, tuple[str, ...]] = field(repr=False)
    looks: re.Pattern[str] = field(repr=False)
    terms: dict[str, tuple[str, ...]] = field(repr=False)
    weak: frozenset[str] = frozenset()
    around: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def wordings(self, text: str, start: int, end: int) -> list[tuple[int, str]]:
        """Place and text of every known wording in ``text[start:end]``, in text order, the longer first.

        >>> from fazhi_analysis.catalogue import load_catalogue
        >>> [word for _, word in rule_book(load_catalogue()).wordings("本年败诉率为5%", 0, 8)]
        ['败诉率', '败诉']
        """
        find = self.starts.get
        return [
            (at, word)
            for look in self.looks.finditer(text, start, end)
            if (found := find(text[(at := look.start()) : at + 2])) is not None
            for word in found
            if text.startswith(word, at)
        ]


@cache
def _rows(name: str) -> list[list[str]]:
    import csv

    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(words.split("|"))) for name, words in _rows("link_words.csv")}


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


def _indicator_rules(indicator: Indicator, rows: list[list[str]]) -> Iterator[Rule]:
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
    said = "|".join(row[1] for row in rows)
    for alias in () if "<aliases>" in said else own["aliases"]:
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
        nots=tuple(word for word in guard.nots if word[0] not in "~^=" and not any(word in say for say in ordered)),
        near_nots=tuple(word[1:] for word in guard.nots if word[0] == "^"),
        since_nots=tuple(word[1:] for word in guard.nots if word[0] == "="),
        far_nots=tuple(word[1:] for word in guard.nots if word[0] == "~"),
        units=guard.units or _alike(indicator.unit),
        place=place,
        weight=sum(map(len, ordered)),
        rank=rank,
    )


@cache
def _known_topics() -> frozenset[str]:
    return frozenset(topic.removeprefix("~") for topic, _ in _rows("link_topics.csv"))


@lru_cache(maxsize=256)  # the wordings of a row share its cell
def _condition(about: tuple[str, ...]) -> tuple[Condition, tuple[Condition, ...]]:
    """The alternatives of a cell as one condition, and the conditions that must hold together with its topics."""

    def condition(words: Iterable[str]) -> Condition:
        by_sign = {sign: tuple(word[1:] for word in words if word[0] == sign) for sign in "@~^="}
        plain = tuple(word for word in words if word[0] not in by_sign)
        return Condition(by_sign["^"], by_sign["="], plain, by_sign["~"], frozenset(by_sign["@"]) & _known_topics())

    parts = [word.split("&") for word in about]
    second = tuple(dict.fromkeys(part[1] for part in parts if len(part) > 1))
    return condition(tuple(dict.fromkeys(part[0] for part in parts))), (condition(second),) if second else ()


_BOOKS: dict[int, tuple[Catalogue, RuleBook]] = {}


def rule_book(catalogue: Catalogue) -> RuleBook:
    """Rules for this catalogue; the same object for the same catalogue.

    Kept by identity: comparing or hashing a catalogue of 140 rows for every report would cost more than linking it.

    >>> from fazhi_analysis.catalogue import load_catalogue
    >>> book = rule_book(load_catalogue())
    >>> {rule.indicator for rule in book.by_say["败诉率"]}
    {'litigation_loss_rate'}
    """
    kept = _BOOKS.get(id(catalogue))
    if kept is None:
        if len(_BOOKS) >= 4:
            _BOOKS.clear()
        kept = _BOOKS[id(catalogue)] = (catalogue, _build(catalogue))
    return kept[1]


def _build(catalogue: Catalogue) -> RuleBook:
    rows: dict[str, list[list[str]]] = {}
    for row in _rows("link_rules.csv"):
        rows.setdefault(row[0], []).append(row)
    by_say: dict[str, dict[Rule, None]] = {}
    by_next: dict[str, dict[Rule, None]] = {}
    for indicator in catalogue:
        for rule in _indicator_rules(indicator, rows.get(indicator.id, [])):
            index, key = (by_next, rule.says[0][0]) if rule.place else (by_say, rule.says[0])
            index.setdefault(key, {})[rule] = None
    topics: dict[str, set[str]] = {}
    for topic, words in _rows("link_topics.csv"):
        for word in words.split("|"):
            topics.setdefault(tidy(word), set()).add(topic.removeprefix("~"))
    terms = _terms(
        catalogue, [rule for index in (by_say, by_next) for rules in index.values() for rule in rules], topics
    )
    others = [say for index in (by_say, by_next) for rules in index.values() for rule in rules for say in rule.says]
    starts = _by_start([*others, *topics])
    return RuleBook(
        {say: tuple(rules) for say, rules in by_say.items()},
        {first: tuple(rules) for first, rules in by_next.items()},
        {word: frozenset(names) for word, names in topics.items()},
        starts,
        _looks(starts),
        terms,
        frozenset(topic.removeprefix("~") for topic, _ in _rows("link_topics.csv") if topic[0] == "~"),
        _around(by_say, terms),
    )


def _around(by_say: Mapping[str, Iterable[Rule]], terms: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """For each topic the words that explain any of the indicators that need it."""
    found: dict[str, set[str]] = {}
    for rules in by_say.values():
        for rule in rules:
            for topic in rule.topics:
                found.setdefault(topic, set()).update(terms[rule.indicator])
    return {topic: tuple(sorted(words, key=len, reverse=True)) for topic, words in found.items()}


def _terms(catalogue: Catalogue, rules: Iterable[Rule], topics: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """For each indicator all words that explain a phrase about it, the longest first.

    They are the wordings of its rules, what these are about, the words that its name and aliases are made of, and
    those that its row of the catalogue names beside it.
    """
    import rjieba

    found: dict[str, set[str]] = {}
    by_topic: dict[str, set[str]] = {}
    for word, names in topics.items():
        for name in names:
            by_topic.setdefault(name, set()).add(word)
    for indicator in catalogue:
        words = found[indicator.id] = set(map(tidy, (*indicator.aliases, *indicator.weak_aliases)))
        phrases = (indicator.name_zh, *words)
        words.update(word for phrase in phrases for word in rjieba.cut(phrase, False) if len(word) > 1)
        words.update(map(tidy, indicator.beside))
    for rule in rules:
        own = Condition(rule.near, rule.since, rule.about, rule.wide, rule.topics)
        for condition in (own, *rule.both):
            found[rule.indicator].update(condition.near, condition.since, condition.about, condition.wide)
            found[rule.indicator].update(*(by_topic.get(topic, ()) for topic in condition.topics))
        found[rule.indicator].update(rule.says)
    return {name: tuple(sorted(words, key=len, reverse=True)) for name, words in found.items()}


def _looks(starts: Iterable[str]) -> re.Pattern[str]:
    """Where wordings may begin, by their first character and their second."""
    first, second = ("".join(sorted({start[at] for start in starts})) for at in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def _by_start(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Wordings of two characters or more by their first two, longest first."""
    starts: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        if len(word) > 1:
            starts.setdefault(word[:2], []).append(word)
    return {key: tuple(sorted(found, key=len, reverse=True)) for key, found in starts.items()}
