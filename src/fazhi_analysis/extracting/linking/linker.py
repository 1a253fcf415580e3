"""From a figure to its indicator, label, scope and place among the rows of its report.

The rule with the longest wording wins; of equally long ones the nearer. Unit and kind must agree, a change keeps the
indicator that it is a change of, and what stays doubtful gets no id, because a figure in the wrong series is the
costliest mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

from fazhi_analysis.catalogue import Catalogue, load_catalogue
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.table_cells import Tables
from fazhi_analysis.extracting.figures.times.time_readings import RUNNING
from fazhi_analysis.extracting.linking.acts.occasions import Occasions, campaign_of
from fazhi_analysis.extracting.linking.change_base import change_base
from fazhi_analysis.extracting.linking.duplicates import find_repeats
from fazhi_analysis.extracting.linking.labelling.labels import fuller_name
from fazhi_analysis.extracting.linking.labelling.report_labels import report_labels
from fazhi_analysis.extracting.linking.link_rules import tidy
from fazhi_analysis.extracting.linking.meaning import read_meanings
from fazhi_analysis.extracting.linking.parts_of_whole import find_contested
from fazhi_analysis.extracting.linking.passages.passage import Passage
from fazhi_analysis.extracting.linking.passages.surroundings import Passages
from fazhi_analysis.extracting.linking.scope import (
    cases_of,
    class_of,
    group_of,
    half_of,
    is_own_level,
    is_own_whole,
    kind_of,
    office_of,
    rate_variant,
    round_of,
    scope_lasts,
    scope_of,
)
from fazhi_analysis.extracting.linking.unexplained_words import has_verb
from fazhi_analysis.extracting.quantity_copies import draft_of, sealed
from fazhi_analysis.model import Quantity, Report

_LINE_END = re.compile("\n")
_YEARS = re.compile("\\d{4}(?:-(\\d{4})|以来)")
_REACHED = pattern("(?:<levels reached>)$|^[，、]?(?:共有|现有)")
_LONGEST_BEFORE = 400  # characters


def link(report: Report, quantities: Sequence[Quantity], catalogue: Catalogue | None = None) -> list[Quantity]:
    """The quantities with what their words say filled in where ``is_metric`` is true.

    Filled are ``indicator_id``, ``label``, ``scope``, ``row_id`` (``m001`` and so on, in text order) and
    ``duplicate_of`` (the row of a passage printed before).

    Parameters
    ----------
    report:
        Gives the text and its clean copy.
    quantities:
        All numeric expressions in text order, with offsets of ``report.text``.
    catalogue:
        The indicators; by default the bundled ones.

    >>> from fazhi_analysis.model import Quantity
    >>> from fazhi_analysis.reading import read_text
    >>> report = read_text("全年受理行政复议案件53件，审结50件。", name="a.txt")
    >>> figures = [Quantity(10, 13, "53件", 53, 53, 53, "件", "exact", "count", True),
    ...            Quantity(16, 19, "50件", 50, 50, 50, "件", "exact", "count", True)]
    >>> [figure.indicator_id for figure in link(report, figures)]
    ['reconsideration_accepted', 'reconsideration_concluded']
    """
    chosen = load_catalogue() if catalogue is None else catalogue
    metrics = [quantity for quantity in quantities if quantity.is_metric]
    cells = Tables(report).by_place
    prepared = Passages(report.clean, metrics, {start: cell.name for start, cell in cells.items()})
    passages, text = prepared.passages, prepared.text
    columns = {start: cell.part for start, cell in cells.items()}
    meanings = read_meanings(metrics, prepared, chosen, report.metadata, _headings(report), columns)
    ids = [meaning.indicator for meaning in meanings]
    names, parts = [], []
    for metric, meaning in zip(metrics, meanings, strict=True):
        found = meaning.indicator
        names.append(fuller_name(found, chosen[found].name_zh, metric.quote) if found else "")
        parts.append("" if meaning.by_column else columns.get(metric.start, ""))
    occasions = Occasions(text, prepared.quoted)
    scopes = _scopes(text, metrics, passages, ids, names, report.metadata.region, occasions)
    for index, meaning in enumerate(meanings):
        scopes[index] = meaning.part or scopes[index] or (parts[index] if ids[index] else "")
    for index in find_contested(metrics, ids, scopes, _lists(text, metrics, passages, ids)):
        ids[index] = names[index] = ""
    labels = report_labels(text, metrics, passages, names, [metric.start in cells for metric in metrics])
    repeats = find_repeats(
        text,
        [(passage.sentence_start, passage.sentence_end) for passage in passages],
        [(metric.value, metric.unit) for metric in metrics],
    )
    rows = []
    row_ids: dict[int | None, str] = {None: "", **{index: f"m{index + 1:03d}" for index in range(len(metrics))}}
    for index, (metric, meaning) in enumerate(zip(metrics, meanings, strict=True)):
        row = draft_of(metric)
        row.indicator_id = ids[index]
        row.label = f"{labels[index]}（{parts[index]}）" if parts[index] and not ids[index] else labels[index]
        row.scope = scopes[index]
        row.row_id = row_ids[index]
        row.duplicate_of = row_ids[repeats[index]]
        row.aspect = meaning.aspect
        if metric.change != "level":
            row.base = change_base(_before(text, passages[index]), report.metadata.year)
        row.subject = meaning.subject
        row.whole = row_ids[meaning.whole]
        if ids[index]:
            row.period = _period(metric, chosen[ids[index]].stock, passages[index].head(text), report.metadata.year)
        rows.append(sealed(row))
    linked = iter(rows)
    return [next(linked) if quantity.is_metric else quantity for quantity in quantities]


def _before(text: str, passage: Passage) -> str:
    """The words before a figure; where much stands between them, as under the head of a column, those at both ends."""
    begin = min(passage.head_start, passage.clause_start)
    if passage.start - begin <= _LONGEST_BEFORE:
        return text[begin : passage.start]
    return passage.head(text) + text[passage.start - _LONGEST_BEFORE : passage.start]


def _lists(
    text: str, metrics: Sequence[Quantity], passages: Sequence[Passage], ids: Sequence[str]
) -> list[tuple[Hashable, Hashable]]:
    """What lists each figure may be in: its sentence, and the lines of its section that give it in the same words.

    The words count only in lines with a figure of an indicator.
    """
    ends = [match.start() for match in _LINE_END.finditer(text)]  # once: a long text may be of one line
    lines = [bisect_left(ends, passage.start) for passage in passages]
    linked = {line for line, indicator in zip(lines, ids, strict=True) if indicator}
    words = [
        passage.head(text) + passage.tail(text) if line in linked else ""
        for passage, line in zip(passages, lines, strict=True)
    ]
    in_line = Counter(zip(words, lines, strict=True))
    return [
        (passage.sentence_start, (metric.section, word) if in_line[word, line] == 1 else None)
        for metric, passage, word, line in zip(metrics, passages, words, lines, strict=True)
    ]


def _period(metric: Quantity, stock: bool, head: str, year: int | None) -> str:
    """The time of a figure; how many there are (累计达到, 五年来达到, 2021年以来，权责清单612项) is of the last year.

    What was done with them (2021年以来下放612项) is of all the years.
    """
    if not stock:
        return metric.period
    if metric.period.startswith(RUNNING):
        return metric.period.removeprefix(RUNNING) or metric.period
    span = _YEARS.fullmatch(metric.period)
    if span is None or not (_REACHED.search(head) or not has_verb(head)):
        return metric.period
    return span[1] or (str(year) if year else metric.period)


def _headings(report: Report) -> dict[str, str]:
    """For each section key its heading, after that of the section around it."""
    found: dict[str, str] = {}
    for section in report.sections:
        outer = found.get(section.key.rpartition("/")[0], "")
        found[section.key] = f"{outer}\n{tidy(section.heading)}".strip()
    return found


def _scopes(
    text: str,
    metrics: Sequence[Quantity],
    passages: Sequence[Passage],
    ids: Sequence[str],
    names: Sequence[str],
    region: str,
    occasions: Occasions,
) -> list[str]:
    """Scope of each metric; the whole of the place itself is named only where it distinguishes figures.

    That is so for an indicator of the own level (本级), and where the report gives the same indicator for another scope
    as well.
    """
    found: list[str] = []
    last: Passage | None = None
    for metric, passage, name in zip(metrics, passages, names, strict=True):
        own = passage.head(text) + passage.tail(text)
        scope = _named_scope(text, passage, own, name)
        goes_on = last is not None and passage.sentence_start <= last.start
        if not scope and goes_on and scope_lasts(found[-1], metric.kind == "rate"):
            scope = found[-1]  # 县本级收到申请40件，受理35件: both of the county itself
        if not scope and "活动" in name:
            scope = campaign_of(own)
        if name and not scope:
            sentence = text[passage.sentence_start : passage.sentence_end]
            scope = occasions.of(passage, name) or half_of(name, own, sentence) or kind_of(name, own, sentence)
            before = text[passage.sentence_start : passage.head_start]
            scope = scope or class_of(name, own) or office_of(name, own, before) or group_of(name, own, before)
            scope = scope or cases_of(name, own, before) or round_of(before + own)
        last = passage
        found.append(rate_variant(own) or scope if name and metric.kind == "rate" else scope)
    several = {
        identity
        for identity, scope in zip(ids, found, strict=True)
        if scope and not is_own_whole(scope, region) and not is_own_level(scope, region)
    }
    return [
        ""
        if is_own_level(scope, region) and identity not in several
        else ""
        if is_own_whole(scope, region) and not ("本级" in name or (identity and identity in several))
        else scope
        for scope, name, identity in zip(found, names, ids, strict=True)
    ]


def _named_scope(text: str, passage: Passage, own: str, name: str) -> str:
    """Scope that the words of the figure give; for an indicator of the own level also those of its sentence."""
    own_level = "本级" in name
    wider = passage.sentence_start if own_level else passage.clause_start
    before = text[wider : passage.head_start]
    return scope_of(own, before) or (scope_of(before) if own_level else "")
