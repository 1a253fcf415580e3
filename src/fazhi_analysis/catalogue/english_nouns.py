"""English for figures: numbers, measure words, and the noun that an indicator's name counts.

件 is a case, a document, a proposal or a suggestion, as the indicator
says; a 件 of which only a Chinese label is known is an item unless the label speaks of cases.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from fazhi_analysis.catalogue.indicators import load_catalogue
from fazhi_analysis.catalogue.units import unit_group, unit_names

_PEOPLE: Final = ("person_time", "batch")
_EVENTS: Final = ("event", "entity", "case_time", "item_time")
_COUNTED: Final = frozenset(
    ("case", "item", "clause", "document", "law", "article", "issue", "volume", *_EVENTS, *_PEOPLE)
)
_CASES: Final = re.compile("[案诉]|复议|纠纷|信访")
_LOOSE: Final = "items"
_NOUNS: Final = (
    "documents meetings inspections visits sessions campaigns clean-ups drills screenings mediations "
    "appraisals lists letters bulletins reviews opinions suggestions proposals applications requests "
    "matters cases files lawsuits disputes decisions regulations laws items tasks measures comments "
    "projects events lectures courses seminars entities businesses enterprises departments units advisers "
    "batches groups petitioners officials persons people consultations "
    "interpretations benefits materials publications plans times trades scenarios signboards"
)
_SINGULARS: Final = (
    ("people", "person"),
    ("series", "series"),
    ("yses", "ysis"),
    ("ies", "y"),
    ("ches", "ch"),
    ("sses", "ss"),
    ("ss", "ss"),
    ("s", ""),
)


_SCALES: Final = ((1e9, " billion"), (1e6, " million"))
_SEPARATED: Final = 10_000


def number_name(value: float, digits: int = 10) -> str:
    """A number with separators from 10,000 on; whole thousands of a million or a billion are worded.

    ``digits`` are the most decimals that are kept; trailing zeros are not.

    >>> number_name(2841), number_name(15321), number_name(3_184_000), number_name(296.5), number_name(-3.9)
    ('2841', '15,321', '3.184 million', '296.5', '−3.9')
    """
    size, sign = abs(value), "−" if value < 0 else ""
    for step, word in _SCALES:
        share = size / step
        if size >= step and math.isclose(share, round(share, 3), rel_tol=1e-12):
            return f"{sign}{_plain(round(share, 3), digits)}{word}"
    return sign + _plain(size, digits)


def _plain(size: float, digits: int) -> str:
    text = f"{size:,.{digits}f}" if size >= _SEPARATED else f"{size:.{digits}f}"
    return text.rstrip("0").rstrip(".")


def unit_name(unit: str, default: str | None = None) -> str:
    """English plural of a measure word; empty for 个, which English does not say. One that is not known stays.

    >>> unit_name("件"), unit_name("批次"), unit_name("个"), unit_name("艘"), unit_name("艘", "")
    ('cases', 'batches', '', '艘', '')
    """
    return unit_names().get(unit, unit if default is None else default)


def counted_noun(unit: str, indicator_id: str = "", label: str = "") -> str:
    """What a count counts, where its indicator or its label says it better than the measure word; empty otherwise.

    >>> counted_noun("件", "normative_documents_issued"), counted_noun("次", "govt_meeting_law_study")
    ('documents', 'sessions')
    >>> counted_noun("件", label="储备应急物资数"), counted_noun("件", label="立案数"), counted_noun("人次")
    ('items', '', '')
    """
    catalogue = load_catalogue()
    name = catalogue[indicator_id].name_en if indicator_id in catalogue else None
    return _noun(unit, name, label)


@lru_cache(maxsize=4096)
def _noun(unit: str, name: str | None, label: str) -> str:
    if unit_group(unit) not in _COUNTED or unit == "个":
        return ""
    if name is None:
        return _LOOSE if unit == "件" and not _CASES.search(label) else ""
    text = f" {re.sub('[^a-z-]+', ' ', name.lower())} "
    places = {text.find(f" {noun} "): noun for noun in _NOUNS.split()}
    return next((noun for place, noun in sorted(places.items()) if place >= 0), "")


def singular(unit: str) -> str:
    """An English unit for one of it; Chinese units are as they are.

    >>> singular(" cases"), singular(" batches"), singular(" copies"), singular(" people"), singular("件")
    (' case', ' batch', ' copy', ' person', '件')
    >>> singular("businesses"), singular("analyses"), singular("series")
    ('business', 'analysis', 'series')
    """
    for plural, single in _SINGULARS:
        if unit.endswith(plural):
            return unit.removesuffix(plural) + single
    return unit
