"""All rules of a catalogue by their wordings, its topics, and the words that explain a phrase on each indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fazhi_analysis.catalogue import Catalogue
from fazhi_analysis.extracting.linking.link_rules import Condition, Rule, indicator_rules, rows_of, tidy


class Wordings(NamedTuple):
    """Wordings by their first two characters, and where any may begin."""

    starts: dict[str, tuple[str, ...]]
    looks: re.Pattern[str]

    def within(self, text: str, start: int, end: int) -> list[tuple[int, str]]:
        """Place and text of every one of them that begins in ``text[start:end]``, in text order, the longer first.

        >>> [word for _, word in wordings_of(["败诉", "败诉率"]).within("本年败诉率为5%", 0, 8)]
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


@dataclass(frozen=True)
class RuleBook:
    """Rules by their first wording, topics by theirs; all wordings, and those of topics alone, as they are found.

    ``units`` are those that any rule of a count has.
    """

    by_say: dict[str, tuple[Rule, ...]]
    by_next: dict[str, tuple[Rule, ...]]
    topics: dict[str, frozenset[str]]
    wordings: Wordings = field(repr=False)
    topic_words: Wordings = field(repr=False)
    terms: dict[str, tuple[str, ...]] = field(repr=False)
    units: frozenset[str] = field(repr=False)
    weak: frozenset[str] = frozenset()
    around: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


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
    for row in rows_of("link_rules.csv"):
        rows.setdefault(row[0], []).append(row)
    by_say: dict[str, dict[Rule, None]] = {}
    by_next: dict[str, dict[Rule, None]] = {}
    for indicator in catalogue:
        for rule in indicator_rules(indicator, rows.get(indicator.id, [])):
            index, key = (by_next, rule.says[0][0]) if rule.place else (by_say, rule.says[0])
            index.setdefault(key, {})[rule] = None
    topics: dict[str, set[str]] = {}
    for topic, words in rows_of("link_topics.csv"):
        for word in words.split("|"):
            topics.setdefault(tidy(word), set()).add(topic.removeprefix("~"))
    rules = [rule for index in (by_say, by_next) for found in index.values() for rule in found]
    terms = _terms(catalogue, rules, topics)
    others = [say for rule in rules for say in rule.says]
    return RuleBook(
        {say: tuple(rules) for say, rules in by_say.items()},
        {first: tuple(rules) for first, rules in by_next.items()},
        {word: frozenset(names) for word, names in topics.items()},
        wordings_of([*others, *topics]),
        wordings_of(topics),
        terms,
        frozenset(unit for rule in rules if rule.kind == "count" for unit in rule.units),
        frozenset(topic.removeprefix("~") for topic, _ in rows_of("link_topics.csv") if topic[0] == "~"),
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


def wordings_of(words: Iterable[str]) -> Wordings:
    """Wordings of two characters or more, to be found in a text."""
    starts: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        if len(word) > 1:
            starts.setdefault(word[:2], []).append(word)
    first, second = ("".join(sorted({start[at] for start in starts})) for at in (0, 1))
    looks = re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")
    return Wordings({key: tuple(sorted(found, key=len, reverse=True)) for key, found in starts.items()}, looks)
