"""Whose figures a sentence gives: the place itself, one of its bureaus or towns, a court, an association, a wider area.

A subject opens a clause and holds for the figures after it in its sentence, until another one opens a clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from operator import attrgetter
from typing import NamedTuple

from fazhi_analysis.catalogue import Division, load_divisions
from fazhi_analysis.catalogue.bodies import short_names
from fazhi_analysis.catalogue.word_lists import first_look, pattern
from fazhi_analysis.extracting.linking.unexplained_words import is_idle, is_name
from fazhi_analysis.model import Metadata

# Each opening is read in one way only: 年 is a word and a sign, twelve dates in a row are read once.
_OPENED = pattern(
    r"(?:^|[，,；;：:])(?><subject openings>|[\d年月日前个至\s（）-])*"
    r"(?:(?P<level><level subjects>)|(?P<own><own subjects>)"
    r"|(?P<area>全[国省市区县旗盟州]|中国(?=[^，；。]{2,6}(?:部门|机关))|我国|全?自治区|各地|全?辖区)(?!<not an area>)"
    rf"|(?P<part>(?:<area prefix>)?[\u4e00-\u9fff]{{1,8}}?{first_look('part ends')}<part ends>)"
    r"(?=$|[^的等长和与及、\d])"
    rf"|(?P<outside>(?:<area prefix>)?[\u4e00-\u9fff]{{0,9}}?{first_look('outside ends')}<outside ends>)"
    r"(?=$|[^的等长和与及、\d]))"
)
_COMMA = re.compile("[，,；;：:]")
# What every subject but the place itself holds: few sentences do, and the others need no closer look.
_LEVELS_BEGIN = "报全各省市区县旗盟州个"
_CUE = pattern(
    f"{first_look('part ends', 'outside ends', more=f'{_LEVELS_BEGIN}中我自')}"
    "(?:<level subjects>|<part ends>|<outside ends>|全[国省市区县旗盟州]|中国|我国|各地|自治区)"
)
# 法律顾问参与合同审查: the clause tells of the reviews of the place, the next one of the advisers again.
_TAKES_PART = pattern("(?:<takes part>)[^，；。：,;:]*")
_OPENING = pattern(r"(?:^|[，,；;：:])(?><subject openings>|[\d年月日前个至\s（）-])*$")
_GOES_ON = pattern("[的等、和与及级直委长]|<area goes on>")  # 云汀县的, 云汀县级: no subject
_AREA_BODIES = pattern("[\u4e00-\u9fff]{0,8}?(?:<bodies of an area>)")
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
_KINDS = "省市区县旗州盟"
_WEAKLY = ("", "opening", "text")
_END = attrgetter("end")
_LIKE_VERB = "会同"  # the one county whose name is a verb: 会同县
_BODY = pattern("[\u4e00-\u9fff]{0,8}?(?:<part ends>|<outside ends>)")
_BESIDE = pattern("<beside others>(?:同期)?(?:全(?:国|省|自治区|[市区县旗盟州]))")


class Whose(Enum):
    """Whose a figure is, as seen from the report."""

    OWN = "own"
    LEVEL = "level"
    PART = "part"
    OUTSIDE = "outside"
    WIDER = "wider"
    OTHER = "other"


_WIDTH = (Whose.OWN, Whose.PART, Whose.WIDER)


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
        self.names = (*own_bodies(metadata), *_own_names(metadata.region))
        self.wider = _wider_areas(metadata.region)
        self.places = Named(metadata)
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
        found = [
            subject._replace(start=start + subject.start, end=start + subject.end)
            for subject in self.places.in_sentence(sentence)
        ]
        last, reach = ITSELF, 0
        begins = (0, *(comma.start() for comma in _COMMA.finditer(sentence))) if _CUE.search(sentence) else ()
        for match in filter(None, (_OPENED.match(sentence, at) for at in begins)):
            if match.start() < reach:
                continue
            reach, kind = match.end(), match.lastgroup or ""
            subject = self._subject(match[kind], kind, last)
            if subject is not None and kind == "area" and match[kind][0] != "各":
                bodies = _AREA_BODIES.match(sentence, reach)  # 全国生态环境部门
                if bodies and (subject.whose is Whose.WIDER or not is_idle(bodies[0])):
                    reach = bodies.end()
                    subject = subject._replace(whose=max(subject.whose, Whose.PART, key=_WIDTH.index))
                if subject.whose is not Whose.OWN:
                    subject = subject._replace(name=sentence[match.start(kind) : reach])
            if subject is not None:
                last = subject._replace(start=start + match.start(kind), end=start + reach)
                if last.whose is Whose.OUTSIDE and (shared := _TAKES_PART.match(sentence, reach)):
                    found.append(ITSELF._replace(start=last.start, end=last.end))
                    last = last._replace(end=start + shared.end())
                found.append(last)
        return sorted(found, key=_END)

    def _subject(self, name: str, kind: str, before: Subject) -> Subject | None:
        if kind == "own":
            return ITSELF
        if kind == "level":  # 省政府新收申请188件 in the report of a province: not those of its cities
            return Subject(name, Whose.LEVEL)
        if kind == "area":
            if name.startswith("各"):  # 从全市情况看，各地共办理1206件
                return before
            return Subject(name, Whose.WIDER) if name.lstrip("全") in self.wider else ITSELF
        if name[0] == "的":  # 各村（社区）的法律顾问
            return Subject(f"村（社区）{name[1:]}", Whose.PART)
        if not is_name(name):
            return None
        if name[0] in self.wider and name.endswith(_OFFICES):
            return Subject(name, Whose.WIDER)  # 市司法局 in a county
        if is_idle(name) or _is_short_for(_PREFIX.sub("", name), self.own):
            return ITSELF
        return Subject(name, Whose.PART if kind == "part" else Whose.OUTSIDE)


class Named:
    """Finds the places of the table that open a clause of one text: they, not the body that reports, did what follows.

    A text that is no report of a body, and tells its place only by naming it, may be anybody's: every place counts.
    """

    def __init__(self, metadata: Metadata) -> None:
        self.whole = "" if metadata.doc_kind == "other" and metadata.place_from in _WEAKLY else metadata.region
        self._divisions = load_divisions()

    def in_sentence(self, sentence: str) -> list[Subject]:
        """Subjects of one sentence, with their places in it."""
        found = []
        for places, start, end in self._divisions.named_in(sentence, ending=_KINDS):
            name = sentence[start:end]
            if self._is_verb(name, sentence, end):
                continue
            if _OPENING.search(sentence[:start]) and not _GOES_ON.match(sentence, end):
                found.append(Subject(name, self._whose(name, places), start, end))
        return [ITSELF._replace(start=one.start, end=one.end) if one.whose is Whose.OWN else one for one in found]

    def _is_verb(self, name: str, sentence: str, end: int) -> bool:
        """Whether a name is a verb and the first character of a body: 会同县总工会 in a report of another county."""
        return name.startswith(_LIKE_VERB) and not self.whole.endswith(name) and _BODY.match(sentence, end) is not None

    def _whose(self, name: str, places: Sequence[Division]) -> Whose:
        if self.whole.endswith(name) or any(self.whole and place.full_name == self.whole for place in places):
            return Whose.OWN
        if any(self.whole and self.whole.startswith(place.full_name) for place in places):
            return Whose.WIDER
        below = any(self.whole and place.full_name.startswith(self.whole) for place in places)
        return Whose.PART if below else Whose.OTHER


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


def own_bodies(metadata: Metadata) -> tuple[str, ...]:
    """The body that reports, as its own text calls it.

    >>> own_bodies(Metadata(region="云岭省云汀县", body="云岭省云汀县卫生健康委员会", department="卫生健康"))
    ('卫生健康委员会', '卫生健康委', '卫生健康部门', '卫生健康系统', '卫生健康', '卫生', '卫生和健康', '卫健')
    """
    if not metadata.department:
        return ()
    name = metadata.body.removeprefix(metadata.region)
    short = name.removesuffix("员会") if name.endswith("委员会") else name
    kinds = tuple(f"{metadata.department}{kind}" for kind in ("部门", "系统", ""))  # 卫生健康行政许可 are its own
    return tuple(dict.fromkeys((name, short, *kinds, metadata.department[:2], *short_names(metadata.body))))


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
