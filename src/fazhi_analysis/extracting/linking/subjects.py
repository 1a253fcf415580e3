"""Whose figures a sentence gives: the place itself, one of its bureaus or towns, a court, an association, a wider area.

A subject opens a clause and holds for the figures after it in its sentence, until another one opens a clause.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.extracting.linking.explaining import is_idle, is_name
from fazhi_analysis.model import Metadata

_OPENED = pattern(
    r"(?:^|[，,；;：:])(?:<subject openings>|[\d年月日\s（）-])*"
    r"(?:(?P<level><level subjects>)|(?P<own><own subjects>)"
    r"|(?P<area>全[国省市区县旗盟州]|全?自治区|各地|全?辖区)(?!<not an area>)"
    r"|(?P<part>(?:<area prefix>)?[\u4e00-\u9fff]{1,8}?<part ends>)(?=$|[^的等长和与及、\d])"
    r"|(?P<outside>(?:<area prefix>)?[\u4e00-\u9fff]{0,9}?<outside ends>)(?=$|[^的等长和与及、\d]))"
)
_COMMA = re.compile("[，,；;：:]")
_CUE = pattern("<level subjects>|<part ends>|<outside ends>|全[国省市区县旗盟州]|各地|自治区")
_PREFIX = pattern("^(?:<area prefix>)")


_AREA = re.compile(r"[省市区县旗盟州镇乡道](?=[^省市区县旗盟州镇乡道]*$)")
_NAME = re.compile(r"([^省市区县旗盟州镇乡]{2,})(?:省|市|区|县|旗|盟|州|镇|乡|街道)[^省市区县旗盟州镇乡]*$")
_WIDER = {  # areas that hold a place, by the last character of its name
    "省": ("国",),
    "市": ("国", "省", "自治区"),
    "州": ("国", "省", "自治区"),
    "盟": ("国", "区", "自治区"),
    "县": ("国", "省", "自治区", "市", "州"),
    "区": ("国", "省", "自治区", "市"),
    "旗": ("国", "区", "自治区", "盟", "市"),
    "镇": ("国", "省", "自治区", "市", "州", "县", "区", "旗"),
    "乡": ("国", "省", "自治区", "市", "州", "县", "区", "旗"),
    "道": ("国", "省", "自治区", "市", "区", "县"),
}
_OFFICES = ("局", "厅")
_BESIDE = pattern("<beside others>(?:同期)?(?:全(?:国|省|自治区|[市区县旗盟州]))")


class Whose(Enum):
    """Whose a figure is, as seen from the report."""

    OWN = "own"
    LEVEL = "level"
    PART = "part"
    OUTSIDE = "outside"
    WIDER = "wider"


class Subject(NamedTuple):
    """Whose figures follow: as printed (empty for the place itself), and what that is to the place."""

    name: str
    whose: Whose
    start: int = 0
    end: int = 0


ITSELF = Subject("", Whose.OWN)


class Subjects:
    """Finds the subject of each figure of one text.

    Parameters
    ----------
    text:
        The tidied text.
    metadata:
        Says whose report it is.
    """

    def __init__(self, text: str, metadata: Metadata) -> None:
        self.text = text
        self.own = f"{metadata.title} {metadata.issuer}"
        self.names = _own_names(metadata.region)
        self.wider = _wider_areas(metadata.region)
        self._kept: dict[int, list[Subject]] = {}

    def of(self, start: int, end: int, figure: int) -> Subject:
        """Subject of the figure at this place of the sentence ``text[start:end]``."""
        found = self._kept.get(start)
        if found is None:
            found = self._kept[start] = self._in_sentence(start, end)
        last = ITSELF
        for subject in found:
            if subject.end > figure:
                break
            last = subject
        return last

    def _in_sentence(self, start: int, end: int) -> list[Subject]:
        sentence = self.text[start:end]
        found: list[Subject] = []
        reach = 0
        for at in (0, *(comma.start() for comma in _COMMA.finditer(sentence))):
            match = _OPENED.match(sentence, at) if at >= reach else None
            if match is None:
                continue
            reach, kind = match.end(), match.lastgroup or ""
            subject = self._subject(match[kind], kind, found[-1] if found else ITSELF)
            if subject is not None:
                found.append(subject._replace(start=start + match.start(kind), end=start + match.end(kind)))
        return found if found and _CUE.search(sentence) else []

    def _subject(self, name: str, kind: str, before: Subject) -> Subject | None:
        if kind == "own":
            return ITSELF
        if kind == "level":  # 省政府新收申请188件 in the report of a province: not those of its cities
            return Subject(name, Whose.LEVEL)
        if kind == "area":
            if name.startswith("各"):  # 从全市情况看，各地共办理1206件
                return before
            return Subject(name, Whose.WIDER) if name.lstrip("全") in self.wider else ITSELF
        if not is_name(name):
            return None
        if name[0] in self.wider and name.endswith(_OFFICES):
            return Subject(name, Whose.WIDER)  # 市司法局 in a county
        if is_idle(name) or _is_short_for(_PREFIX.sub("", name), self.own):
            return ITSELF
        return Subject(name, Whose.PART if kind == "part" else Whose.OUTSIDE)


def _is_short_for(name: str, full: str) -> bool:
    """Whether the characters of a name stand in this order in a fuller one.

    >>> _is_short_for("城管局", "云汀县城市管理局"), _is_short_for("公安局", "云汀县城市管理局")
    (True, False)
    """
    rest = iter(full)
    return all(character in rest for character in name)


def _own_names(region: str) -> tuple[str, ...]:
    """The place's own name, in full and short, as a phrase may hold it.

    >>> _own_names("内蒙古自治区云泽盟霁原旗")
    ('霁原旗', '霁原')
    """
    name = _NAME.search(region)
    return (name[0], name[1]) if name and is_name(name[0]) else ()


def _wider_areas(region: str) -> tuple[str, ...]:
    """Areas that hold the place: for a county 国, 省, 市."""
    last = _AREA.search(region)
    return _WIDER.get(last[0], ("国",)) if last else ("国",)


def is_distance(before: str) -> bool:
    """Whether a figure is a distance from the mean of a wider area; ``before`` is its sentence up to it.

    >>> is_distance("满意率98%，高于全省平均水平"), is_distance("全省满意率")
    (True, False)
    """
    beside = _BESIDE.search(before) if "全" in before else None
    return beside is not None and "，" not in before[beside.start() :]
