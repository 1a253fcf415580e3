"""What each figure counts, of whom, and how: read once, for linking, comparison, audit and follow-up alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fazhi_analysis.catalogue import Catalogue
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.acts.aims import aim_before
from fazhi_analysis.extracting.linking.acts.own_organs import is_own_organ
from fazhi_analysis.extracting.linking.acts.study_groups import whose_study
from fazhi_analysis.extracting.linking.aspects import aspect_of
from fazhi_analysis.extracting.linking.matching import Matcher
from fazhi_analysis.extracting.linking.neighbours import identify
from fazhi_analysis.extracting.linking.parts_of_whole import find_joined_bodies, find_wholes, has_another_act
from fazhi_analysis.extracting.linking.passages.passage import LISTED
from fazhi_analysis.extracting.linking.passages.surroundings import Passages
from fazhi_analysis.extracting.linking.rule_index import rule_book
from fazhi_analysis.extracting.linking.subjects import ITSELF, Subject, Subjects, Whose, is_distance
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.extracting.linking.unexplained_words import unexplained
from fazhi_analysis.model import Aspect, Metadata, Quantity

_ATTRIBUTE = pattern(
    r"[，、；]?(?:<among them>)?[，,：:]?((?:<part openings>)[^，；]{1,16}的?|[^，；、]{1,12}(?:<part endings>)的?)"
)
_BUREAUS = ("局", "厅", "委", "领域")
_COURT = "法院"
# 督察反馈的31项问题，涉及我县19项: the first are not the place's own.
_OURS_AFTER = re.compile(
    r"[^，。；\d]{0,10}[，,（(](?:其中)?(?:涉及|属于|属)(?:我|本)[省市县区旗州盟镇乡街局]\d+[个项条件](?![\u4e00-\u9fff])"
)
_OURS = re.compile("[我本][省市县区旗州盟镇乡街局]")
_NEAR = 24
_SUMMED = pattern("；|<sums of all>")
_JOINED = re.compile("[和与及、]")  # 县公证处和律师事务所进驻大厅，公证1360件
_ADVISERS = ("法律顾问", "公职律师")
_PUBLIC_SERVICES = "legal_services"
_JUSTICE = "司法"  # the bureau whose advisers and lawyers serve everybody
_SCOPES = (Whose.LEVEL, Whose.WIDER, Whose.OTHER)


class Meaning(NamedTuple):
    """What one figure means; ``whole`` is the index of the figure that it is a part of.

    ``part`` names the part of the indicator that it counts, in printed words; ``subject`` whose it is, empty for the
    place itself; ``by_column`` says that the head of a table's column belongs to the indicator and names no part.
    """

    indicator: str
    part: str
    subject: str
    aspect: Aspect
    whole: int | None
    by_column: bool = False


def read_meanings(
    metrics: Sequence[Quantity],
    prepared: Passages,
    catalogue: Catalogue,
    metadata: Metadata,
    headings: Mapping[str, str],
    columns: Mapping[int, str] | None = None,
) -> list[Meaning]:
    """The meaning of each figure.

    Parameters
    ----------
    metrics:
        The figures in text order.
    prepared:
        Their passages.
    catalogue:
        The indicators.
    metadata:
        Says whose report it is.
    headings:
        For each section key its heading with those of the sections around it.
    columns:
        For figures of tables, by where they begin, what the heads beside the one that names them say.
    """
    book, text, passages = rule_book(catalogue), prepared.text, prepared.passages
    subjects = Subjects(text, metadata)
    matcher = Matcher(Topics(book, prepared, headings), subjects, columns)
    ids, parts = identify(metrics, passages, matcher)
    for index in find_joined_bodies(metrics, passages, text, ids):
        ids[index] = ""
    whose = [subjects.of(passage.sentence_start, passage.sentence_end, passage.start) for passage in passages]
    names = []
    for index, passage in enumerate(passages):
        terms = book.terms[ids[index]] if ids[index] else ()
        if ids[index] and _serves_the_body(whose[index], catalogue[ids[index]].domain, metadata):
            ids[index] = ""
        if ids[index] and is_own_organ(whose[index].name, catalogue[ids[index]], metadata):
            whose[index] = ITSELF
        ids[index], part, name = _of_whom(ids[index], whose[index], terms, subjects.names)
        parts[index] = parts[index] or part
        names.append(name)
        if ids[index]:
            before = passages[index - 1].end if index else 0
            begin = max(passage.clause_start, before)
            sentence = text[max(passage.sentence_start, before) : passage.clause_start]
            ids[index] = whose_study(ids[index], text[begin : passage.tail_end], sentence, metadata.body_kind)
        if ids[index] and not (parts[index] or catalogue[ids[index]].stock):
            parts[index] = aim_before(text, passage, catalogue[ids[index]].name_zh, terms)
        beside = text[passage.sentence_start : passage.start], text[passage.end : passage.tail_end + _NEAR]
        others = _OURS_AFTER.match(beside[1]) is not None and not _OURS.search(beside[0])
        if ids[index] and (others or is_distance(beside[0])):
            ids[index] = ""
    wholes = find_wholes(metrics, passages, text, parts)
    _settle_parts(wholes, metrics, prepared, book.terms, ids, parts)
    _settle_amounts(wholes, metrics, prepared, ids, parts)
    return [
        Meaning(
            ids[index],
            parts[index],
            names[index],
            aspect_of(
                metric,
                passage.head(text),
                passage.tail(text),
                bool(ids[index]) and catalogue[ids[index]].stock,
            ),
            wholes[index],
            metric.start in matcher.by_column,
        )
        for index, (metric, passage) in enumerate(zip(metrics, passages, strict=True))
    ]


def _settle_parts(
    wholes: Sequence[int | None],
    metrics: Sequence[Quantity],
    prepared: Passages,
    terms: Mapping[str, Sequence[str]],
    ids: list[str],
    parts: list[str],
) -> None:
    """What figures are as parts of others: none of another act, none without a name, or a part that words name."""
    text, passages = prepared.text, prepared.passages
    of_list: int | None = None  # the whole of the list, whose members may be measured otherwise than it
    for index, whole in enumerate(wholes):
        of_list = of_list if whole is None and text[passages[index].head_start] in LISTED else whole
        if of_list is not None and ids[index]:
            heads = passages[of_list].head(text), passages[index].head(text)
            if has_another_act(*heads, terms[ids[index]]):
                ids[index] = ""  # 法制审核31份（含执法案卷9件）: none of these was 评查
        if whole is None:
            continue
        if ids[index] and ids[index] == ids[whole] and not parts[index]:
            if metrics[index].period == metrics[whole].period:
                ids[index] = ""  # 述法82家，其中现场8家、书面74家: parts that no words name
        elif not ids[index] and ids[whole]:
            passage = passages[index]
            named = _ATTRIBUTE.fullmatch(text, passage.head_start, passage.head_end)
            if named is not None and passage.tail_end == passage.end:
                ids[index], parts[index] = ids[whole], named[1].removesuffix("的")


def _settle_amounts(
    wholes: Sequence[int | None],
    metrics: Sequence[Quantity],
    prepared: Passages,
    ids: Sequence[str],
    parts: list[str],
) -> None:
    """Amounts of parts, where a sentence gives several: 其中简易程序8件，罚款2万元；普通程序3件，罚款9万元."""
    text, passages = prepared.text, prepared.passages
    amounts = Counter((passage.sentence_start, indicator) for passage, indicator in zip(passages, ids, strict=True))
    for index in range(1, len(ids)):
        before, passage = passages[index - 1], passages[index]
        if metrics[index].kind != "money" or parts[index] or wholes[index - 1] is None:
            continue
        if ids[index] and amounts[passage.sentence_start, ids[index]] > 1 and before.start >= passage.sentence_start:
            parts[index] = "" if _SUMMED.search(text[before.tail_end : passage.start]) else parts[index - 1]


def _serves_the_body(subject: Subject, domain: str, metadata: Metadata) -> bool:
    """Whether it is its own adviser who served a bureau (法律顾问提供法律咨询24次), and not the public."""
    own = metadata.department not in ("", _JUSTICE)
    return own and domain == _PUBLIC_SERVICES and subject.name.endswith(_ADVISERS)


def _of_whom(indicator: str, subject: Subject, terms: Sequence[str], names: Sequence[str]) -> tuple[str, str, str]:
    """Indicator, part and subject of a figure whose sentence has this subject.

    What a bureau or a town did is a part of what the place did, what a wider area or another place did is named by it;
    what courts and firms did is neither, unless it is they that the indicator is about (the courts conclude lawsuits):
    a court that is named then is a part. ``names`` are those of the place, which its bodies may bear (云汀仲裁委员会).
    """
    if not indicator:
        return "", "", subject.name
    if subject.whose in _SCOPES:
        return indicator, subject.name.removeprefix("个"), subject.name
    if subject.whose is Whose.PART and subject.name.endswith(_ADVISERS):
        return indicator, subject.name, subject.name  # those of the villages, whom an indicator of its own counts
    # A bureau is explained by a term that names it, not by what it is in charge of (the 教育 of 县教育局).
    if subject.name.endswith(_BUREAUS):
        terms = [term for term in terms if subject.name.endswith(term)]
    if any(not unexplained(name, (*terms, *names)) for name in _JOINED.split(subject.name)):
        return indicator, "", ""
    if subject.whose is Whose.PART or (subject.name.endswith(_COURT) and _COURT in terms):
        return indicator, subject.name, subject.name
    return "", "", subject.name
