"""How a row is named in the language of a page: indicator, scope, unit, place in its report, and what a finding says.

The catalogue has an English name for each indicator; wording that it does not know stays Chinese and is marked as such.
A row is a mapping (a row of a table) or an object with the same names (a :class:`~fazhi_analysis.model.Quantity`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, Final

from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.comparing.reasons import wording
from fazhi_analysis.analysis.doubts import attribute
from fazhi_analysis.catalogue.english_nouns import counted_noun, singular, unit_name
from fazhi_analysis.presenting.html.markup import Fragment, chinese_marked, tag
from fazhi_analysis.presenting.wording.page_texts import Words

_SECTION: Final = re.compile(r"([^/]+)(?:/（(.+)）)?")
_RISEN: Final = {"yoy_pct": "number.yoy_pct", "yoy_abs": "number.yoy_abs", "points": "number.risen_points"}
_FALLEN: Final = {"yoy_pct": "number.fallen_pct", "yoy_abs": "number.fallen_abs", "points": "number.fallen_points"}
_FALL: Final = re.compile("降幅|减少|下降")
_ITEM: Final = re.compile(r"(?:其)?(.{1,3}?)(?:是|要)?")
_FIGURE_UNIT: Final = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)([\u4e00-\u9fff]+)")


class Counted(str):
    """A unit that knows what it counts in English: ``件`` of normative documents are documents, not cases."""

    english: str = ""


@functools.cache
def catalogue() -> Any:
    """The indicators, loaded once."""
    from fazhi_analysis.catalogue import load_catalogue

    return load_catalogue()


def field(row: Any, name: str) -> str:
    """A field of a row as text; empty where it is missing.

    >>> field({"unit": "件"}, "unit"), field({}, "unit"), field({"scope": float("nan")}, "scope")
    ('件', '', '')
    """
    value = row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
    return "" if value is None or str(value) in ("nan", "<NA>") else str(value)


def unit_of(row: Any, name: str = "unit") -> str:
    """The unit of a row, for :mod:`~fazhi_analysis.presenting.wording.numbers`.

    In English the unit is the noun that the indicator's name counts, where it has one; a 件 of which only a Chinese
    label is known is an item unless the label speaks of cases.

    >>> words = Words("en")
    >>> words.unit(unit_of({"unit": "件", "indicator_id": "normative_documents_issued"}))
    'documents'
    >>> words.unit(unit_of({"unit": "次", "indicator_id": "govt_meeting_law_study"}))
    'sessions'
    >>> words.unit(unit_of({"unit": "件", "label": "储备应急物资数"})), words.unit(unit_of({"unit": "人次"}))
    ('items', 'attendances')
    """
    unit = Counted(field(row, name))
    unit.english = counted_noun(str(unit), field(row, "indicator_id"), field(row, "label"))
    return unit


def scope_text(scope: str, words: Words) -> str:
    """A scope in brackets, in English where it is a usual one; empty without a scope.

    >>> scope_text("区级", Words("zh")), scope_text("区级", Words("en")), scope_text("", Words("en"))
    ('（区级）', ' (district level)', '')
    """
    return words("scopes.in_brackets", scope=words.get(f"scopes.{scope}", scope)) if scope else ""


def label_text(row: Any, words: Words) -> str:
    """Name of a row's indicator with its scope, as text.

    >>> label_text({"indicator_id": "penalty_cases", "label": "行政处罚案件数", "scope": "全市"}, Words("en"))
    'Administrative penalty cases (whole city)'
    >>> row = {"indicator_id": "penalty_cases", "label": "行政处罚案件数同比降幅", "scope": "", "change": "yoy_pct"}
    >>> label_text(row, Words("en"))
    'Fall of administrative penalty cases'
    """
    identity = field(row, "indicator_id")
    known = words.lang == "en" and identity in catalogue()
    name = catalogue()[identity].name_en if known else field(row, "label") or field(row, "text") or field(row, "quote")
    change = field(row, "change")
    if known and change in _RISEN:
        fallen = _FALL.search(field(row, "label")[-5:])  # the label says which way, the value how far
        name = words((_FALLEN if fallen else _RISEN)[change], name=name[:1].lower() + name[1:])
    return name + scope_text(field(row, "scope"), words)


def named(row: Any, words: Words) -> Fragment:
    """Name of a row's indicator with its scope, Chinese wording on an English page marked as such.

    >>> str(named({"indicator_id": "", "label": "甲数", "scope": "全市"}, Words("en")))
    '<span><span lang="zh">甲数</span><small> (whole city)</small></span>'
    """
    label = quoting(label_text({**_identity(row), "scope": ""}, words), words)
    scope = scope_text(field(row, "scope"), words)
    return tag("span", label, tag("small", quoting(scope, words)) if scope else None)


def _identity(row: Any) -> dict[str, str]:
    return {name: field(row, name) for name in ("indicator_id", "label", "text", "quote")}


def quoting(text: str, words: Words) -> Fragment | str:
    """Text of a page of which parts may be wording of a source: on an English page Chinese is marked."""
    return text if words.lang == "zh" else chinese_marked(text)


def domain_text(row: Any, words: Words) -> str:
    """Name of the domain of a row's indicator; rows outside the catalogue have one of their own.

    >>> domain_text({"indicator_id": "penalty_cases"}, Words("zh")), domain_text({"indicator_id": ""}, Words("en"))
    ('行政执法', 'Figures outside the catalogue')
    """
    from fazhi_analysis.catalogue import load_domains

    identity = field(row, "indicator_id")
    if identity not in catalogue():
        return words("domain.other")
    domain = load_domains()[catalogue()[identity].domain]
    return domain.name_zh if words.lang == "zh" else domain.name_en


def theme_name(theme: str, words: Words) -> Fragment | str:
    """Name of a theme, its Chinese wording marked on an English page; a word of its own where there is none."""
    return quoting(theme_text(theme, words), words) if theme else words("problems_next_steps.no_theme")


def theme_text(theme: str, words: Words) -> str:
    """Name of a theme given by id or by its Chinese name; an unknown one as it stands.

    >>> theme_text("五、行政执法工作体系", Words("en")), theme_text("别的", Words("en")), theme_text("", Words("zh"))
    ('System of administrative enforcement', '别的', '')
    """
    from fazhi_analysis.catalogue import load_themes

    for item in load_themes():
        if theme in (item.id, item.name_zh):
            return item.name_zh if words.lang == "zh" else item.name_en
    return theme


def entry_subject(text: str, theme: str, words: Words) -> str:
    """What a problem or next step is about: the domain whose own name its text uses, else its theme, without the word
    for what an outline builds.

    >>> entry_subject("普法形式单一", "七、社会矛盾纠纷行政预防调处化解体系", Words("en"))
    'Legal services and publicity'
    >>> entry_subject("执法力量不足", "五、行政执法工作体系", Words("en")), entry_subject("甲", "", Words("en"))
    ('administrative enforcement', '')
    """
    from fazhi_analysis.catalogue import load_domains

    for domain in load_domains().values():
        if any(part in text for part in re.split("[、与]", domain.name_zh)):
            return domain.name_zh if words.lang == "zh" else domain.name_en
    return theme_text(theme, words).removeprefix("System of ")


def where_text(row: Any, words: Words) -> str:
    """Section and item of a row in its report, without offsets.

    >>> where_text({"section": "六/（二）", "item": "一是"}, Words("zh"))
    '六（二）一是'
    >>> where_text({"section": "六/（二）", "item": "一是"}, Words("en")), where_text({"section": "12"}, Words("en"))
    ('section 6 (2), point 1', 'section 12')
    >>> where_text({"section": "preamble"}, Words("zh")), where_text({"section": "前言"}, Words("en"))
    ('导语', '前言')
    """
    section, item = field(row, "section"), field(row, "item")
    if words.has(f"report_part.{section}"):
        return words(f"report_part.{section}") + item
    if words.lang == "zh":
        return section.replace("/（", "（") + item
    found = _SECTION.fullmatch(section)
    numbers = [_number(part) for part in found.groups() if part] if found else []
    point = _ITEM.fullmatch(item)
    at = _number(point[1]) if point else ""
    if not all(numbers) or (item and not at):
        return f"{section} {item}".strip()
    parts = [words("location.section", n=numbers[0]) + (f" ({numbers[1]})" if numbers[1:] else "")] if numbers else []
    return words.join([*parts, words("location.item", n=at)] if at else parts)


def where(row: Any, words: Words) -> Fragment | str:
    """Like :func:`where_text`; what stays Chinese on an English page is marked."""
    return quoting(where_text(row, words), words)


def _number(text: str) -> str:
    from fazhi_analysis.extracting.figures.numerals import parse_numeral

    numeral = parse_numeral(text)
    return str(int(numeral.value)) if numeral else ""


def counted_text(word: str, words: Words) -> str:
    """Name of what a comparison counts as (a word of ``comparing.headline_changes.COUNTED``).

    >>> [counted_text(word, Words("zh")) for word in ("improved", "slight", "doubtful")]
    ['改善', '变化尚难认定', '核查存疑']
    """
    keys = {"slight": "headline.slight", "doubtful": "doubt.verdict_name", "selection": "headline.rest_selection"}
    return words(keys[word]) if word in keys else wording(word, words.lang)


def rule_name(finding: Any, words: Words) -> str:
    """The short name of the rule that a finding is of.

    >>> rule_name({"rule": "ratio"}, Words("zh")), rule_name({"rule": "ratio"}, Words("en"))
    ('比率核对', 'ratio')
    """
    return rule_of(str(attribute(finding, "rule"))).name(words.lang)


def message_text(finding: Any, words: Words) -> str:
    """What a finding says; the measure words of English messages are English.

    >>> message_text({"message_en": "69件 is < 70; see 3份, 甲"}, Words("en"))
    '69 cases is < 70; see 3 copies, 甲'
    >>> message_text({"message_en": "62批58人次"}, Words("en"))
    '62 batches 58 attendances'
    """
    if words.lang == "zh":
        return field(finding, "message_zh")
    return _FIGURE_UNIT.sub(lambda match: _translated(match, words), field(finding, "message_en"))


def message(finding: Any, words: Words) -> Fragment | str:
    """Like :func:`message_text`; Chinese wording in an English message is marked."""
    return quoting(message_text(finding, words), words)


def subject_of(finding: Any, rows: Mapping[str, Any], words: Words) -> str:
    """Id of the row whose name tells what a finding is about; empty where its own words hold that name, or have no row.

    ``rows`` are metric rows by id. A page that shows a message without its evidence puts the name before it.

    >>> rows = {"a:m1": {"indicator_id": "penalty_cases", "label": "行政处罚案件数"}}
    >>> found = {"message_zh": "62件多于58件。", "evidence": [{"row": "a:m1"}]}
    >>> subject_of(found, rows, Words("zh"))
    'a:m1'
    >>> subject_of({**found, "message_zh": "行政处罚案件数前后不一。"}, rows, Words("zh"))
    ''
    """
    ids = (str(attribute(piece, "row") or "") for piece in attribute(finding, "evidence"))
    named = next((identity for identity in ids if identity in rows), "")
    return "" if named and label_text(rows[named], words) in message_text(finding, words) else named


def _translated(match: re.Match[str], words: Words) -> str:
    number, unit = match.groups()
    word = unit_name(unit)
    if word == unit:
        return match.group()
    gap = "" if word in ("", "%") else " "
    close = " " if match.string[match.end() : match.end() + 1].isalnum() else ""
    return f"{number}{gap}{singular(word) if number == '1' else word}{close}"
