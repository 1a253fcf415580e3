"""Who reports, by the name alone: the government of a place, a town or street, a department of a government, others.

A department is known under one name, however it is written (市场监管局: 市场监督管理局; 教委: 教育委员会), so that
its reports of several years are one body's; ``data/departments.csv`` holds the names, their short forms and the line of
work that makes departments of several places comparable.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from fazhi_analysis.catalogue._strict_csv import DATA, read_rows
from fazhi_analysis.catalogue.division import Division, On
from fazhi_analysis.catalogue.divisions import load_divisions
from fazhi_analysis.catalogue.place_names import level_of
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import BodyKind

GOVERNMENT_OFFICE = "政府办公室"
"""Line of work of a government's own office, which mostly acts for the government."""

_HAN = r"[\u3400-\u9fff]"
_TITLE_GOES_ON = r"(?=$|[（(《]|关于|20\d\d|\d|二[〇○零]|政府信息|政务公开|法治|行政执法|行政复议|依法)"
_OFFICE = re.compile(r"(?:人民)?(?:政府)?府?办公[室厅]|(?:人民)?(?:政府|府)办(?![理事结])")
_GOVERNMENT = pattern("<governments>")
_COMMITTEE = pattern("<committees for the place>")
_PARTY_DEPARTMENT = re.compile(rf"委{_HAN}{{1,8}}?(?:部|委员会|政法委|党校)(?!门|署|分)")
_OTHER = pattern(rf"{_HAN}{{0,10}}?<other bodies>")
# 第十八届人民代表大会第四次会议: where something was said, nobody who reports.
_SESSION = re.compile(r"第?[\d一二三四五六七八九十]{1,3}次(?:全体)?会议")
_UNKNOWN = pattern(rf"(?P<stem>\d{{0,5}}{_HAN}{{1,20}}?)(?P<ending><department endings>){_TITLE_GOES_ON}")
_BRANCH = re.compile(rf"{_HAN}{{2,6}}?分局")
_STREET = re.compile(r"[\u3400-\u9fff]{1,4}?街(?:道)?(?=办事处|党工委|关于|20\d\d|二[〇○零])")
_TOWN_BODY = re.compile(r"人民政府|政府|党委|办事处|党工委|委员会")
_LEVEL = re.compile(r"(?:本|我|该)?(?P<level>[省市州盟县区旗镇乡])(?!场|容|政(?!府)|域|级|城|直)")
_LONG_ENDINGS = {"委": "委员会", "办": "办公室"}
_NO_TOWN = re.compile("[我本该各级在对以的按将向]|[和为全与及城](?=乡$)")
_ZONE = re.compile(r"(?:开发区|高新区|新区|园区|示范区|保税区|合作区|试验区|度假区|管理区)$")


class Body(NamedTuple):
    """A body below the name of its place: own name, kind, and of a department its line of work (司法, 教育 ...)."""

    name: str
    kind: BodyKind
    department: str = ""


class Organ(NamedTuple):
    """Who is named at the beginning of a text.

    ``place`` is the full name of the division, or the name as printed where the table has no such place, or several;
    ``code`` its code; ``town`` the own name of a town or street; ``body`` is None where only a place is named;
    ``level_word`` is the 区 of 区司法局, where no place is; ``rest`` is the text that follows. ``above`` is the city
    that a branch for a district belongs to (某市公安局甲区分局).
    """

    place: str
    code: str
    town: str
    body: Body | None
    level_word: str = ""
    rest: str = ""
    above: str = ""

    @property
    def kind(self) -> BodyKind:
        """Kind of the body; a place without a body stands for its government."""
        if self.body is not None:
            return self.body.kind
        return "township" if self.town else "government"

    @property
    def region(self) -> str:
        """The own full name: of a government that of its place, of a department or town after that of its place."""
        own = self.body.name if self.body is not None and self.body.kind in ("department", "other") else ""
        return (self.above or self.place) + self.town + own

    @property
    def region_code(self) -> str:
        """Division code, which only the government of a place has."""
        return self.code if self.kind == "government" else ""

    @property
    def name(self) -> str:
        """Full name of the body: 河南省方城县人民政府.

        >>> [read_organ(text).name for text in ("方城县", "方城县教体局", "砚桥县青石镇")]
        ['河南省方城县人民政府', '河南省方城县教育体育局', '云岭省望溪市砚桥县青石镇人民政府']
        """
        if self.body is not None and self.body.kind in ("department", "other"):
            return self.region
        if self.town:
            return self.region + ("办事处" if self.town.endswith(("街", "街道")) else "人民政府")
        own = self.body.name if self.body is not None else "管理委员会" if is_zone(self.place) else "人民政府"
        return f"{self.place}{own}" if self.place else ""

    @property
    def level(self) -> str:
        """Level of the place or town: province, prefecture, county, township; empty when open."""
        return "township" if self.town else level_of(self.code or self.place) if self.place else ""


def is_zone(name: str) -> bool:
    """Whether a name is that of a functional zone: these report as places do, and have no code.

    >>> is_zone("云岭省望溪市高新区"), is_zone("云岭省望溪市北河区")
    (True, False)
    """
    return len(name) > 4 and _ZONE.search(name) is not None


def read_organ(text: str, on: On = None, *, sure: bool = False) -> Organ | None:
    """The body that a title, a signature or the subject of a sentence opens with; None when it opens with none.

    With ``sure``, as in running text, departments count only under names that the table of departments knows.

    >>> found = read_organ("方城县市场监管局2024年法治政府建设年度报告")
    >>> found.region, found.code, found.kind, found.body.department, found.rest[:5]
    ('河南省方城县市场监督管理局', '411322', 'department', '市场监督管理', '2024年')
    >>> read_organ("中共方城县委 方城县人民政府关于").kind, read_organ("区教委关于2024年").level_word
    ('government', '区')
    >>> read_organ("中共方城县石桥新区工作委员会 方城县石桥新区管理委员会2024年").region
    '方城县石桥新区'
    >>> read_organ("青石镇2024年").region, read_organ("现将有关情况报告如下") is None
    ('青石镇', True)
    >>> read_organ("砚桥县古城镇2024年").town, read_organ("新增城镇就业5万人", sure=True)
    ('古城镇', None)
    >>> [read_organ(f"方城县{words}").kind for words in ("人大常委会工作报告", "十六届人大三次会议闭幕")]
    ['other', 'government']
    """
    opening = load_divisions().opening(text, on)
    if not opening.name:
        return _unplaced(opening.rest, sure)
    place, code, town = _place(opening.name, opening.places, on)
    if sure and town and (len(town) > 6 or _NO_TOWN.search(town)):
        return None
    rest = opening.rest.lstrip(" 　、")
    if town or (street := _STREET.match(rest)):
        if not town:
            town, rest = street.group(), rest[street.end() :]  # type: ignore[union-attr]
        end = found.end() if (found := _TOWN_BODY.match(rest)) else 0
        return Organ(place, code, town, Body("", "township") if end else None, rest=rest[end:])
    body, end = _body(rest, sure)
    if body is None and _COMMITTEE.match(rest):
        return _jointly(place, code, rest, on, sure)
    above = ""
    if body is not None and (branch := _branch_of(place, body, on)):
        above, (place, code) = place, branch
    return Organ(place, code, "", body, rest=rest[end:], above=above)


def _place(name: str, places: list[Division], on: On) -> tuple[str, str, str]:
    """Full name and code of the division, and the town below it, of the name of a place as printed."""
    if len(places) == 1:
        return places[0].full_name, places[0].code, ""
    *above, last = load_divisions().pieces(name)
    if places or level_of(last) != "township":
        return name, "", ""
    division = "".join(above)
    found = load_divisions().candidates(division, on) if division else []
    return (found[0].full_name, found[0].code, last) if len(found) == 1 else (division, "", last)


def _jointly(place: str, code: str, rest: str, on: On, sure: bool) -> Organ:
    """A party committee, alone or with the government named after it: both report for the place."""
    after = _COMMITTEE.sub("", rest, count=1).lstrip(" 　、")
    other = read_organ(after, on, sure=sure)
    if other is not None and other.kind == "government" and other.place in (place, ""):
        return Organ(place, code, "", other.body, rest=other.rest)
    return Organ(place, code, "", Body("人民政府", "government"), rest=after)


def _unplaced(text: str, sure: bool) -> Organ | None:
    """区司法局, 市人民政府办公室, 教育局: a body without the name of its place."""
    level = _LEVEL.match(text)
    if level is not None:
        rest = text[level.end() :]
        body, end = _body(rest, sure)
        if body is None and (committee := _COMMITTEE.match(rest)):
            body, end = Body("人民政府", "government"), committee.end()
        if body is not None:
            return Organ("", "", "", body, level["level"], rest[end:])
    if street := _STREET.match(text):
        end = found.end() if (found := _TOWN_BODY.match(text, street.end())) else street.end()
        return Organ("", "", street.group(), Body("", "township"), rest=text[end:])
    body, end = _known(text)
    return Organ("", "", "", body, rest=text[end:]) if body is not None else None


def _body(text: str, sure: bool) -> tuple[Body | None, int]:
    """The body that a text opens with after the name of its place, and where its name ends."""
    if found := _OFFICE.match(text):
        name = "人民政府办公厅" if "厅" in found.group() else "人民政府办公室"
        return Body(name, "department", GOVERNMENT_OFFICE), found.end()
    if found := _GOVERNMENT.match(text):
        return Body("人民政府" if "政府" in found.group() else found.group(), "government"), found.end()
    if found := _OTHER.match(text):
        session = _SESSION.match(text, found.end())
        return (None, 0) if session else (Body(found.group(), "other"), found.end())
    if found := _PARTY_DEPARTMENT.match(text):
        name = found.group()
        return (None, 0) if "依法治" in name else (Body(name, "department", name[1:]), found.end())
    body, end = _known(text)
    if body is None and not sure and not _COMMITTEE.match(text) and (found := _UNKNOWN.match(text)):
        ending = _LONG_ENDINGS.get(found["ending"], found["ending"])
        body, end = Body(found["stem"] + ending, "department", found["stem"]), found.end()
    return body, end


def _known(text: str) -> tuple[Body | None, int]:
    """A department under one of the names that the table knows."""
    found = _departments().match(text)
    if found is None:
        return None, 0
    name, line = departments()[found["stem"]]
    ending = found["ending"]
    if ending == "局" and (branch := _BRANCH.match(text, found.end())):
        return Body(f"{name}局{branch.group()}", "department", line), branch.end()
    return Body(name + _LONG_ENDINGS.get(ending, ending), "department", line), found.end()


def _branch_of(place: str, body: Body, on: On) -> tuple[str, str] | None:
    """The district that a branch of a city's bureau works for: 某市公安局甲区分局."""
    found = re.search(rf"局({_HAN}+?[区县市旗])?分局$", body.name)
    divisions = load_divisions().candidates(place + found[1], on) if found and found[1] else []
    return (divisions[0].full_name, divisions[0].code) if len(divisions) == 1 else None


@cache
def departments() -> dict[str, tuple[str, str]]:
    """For each name of a department without its ending, short ones included: the full name and the line of work.

    >>> departments()["卫计"], departments()["司法"]
    (('卫生和计划生育', '卫生健康'), ('司法', '司法'))
    """
    found = {}
    for _, row in read_rows(DATA / "departments.csv", ["name", "aliases", "line"]):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[name] = row["name"], row["line"] or row["name"]
    return found


@lru_cache(maxsize=256)
def short_names(body: str) -> tuple[str, ...]:
    """Under which names the department that the name of a body holds is known, short ones among them.

    >>> short_names("云汀县林业和草原局"), short_names("云汀县人民政府")
    (('林业和草原', '林草'), ())
    """
    found = _departments().search(body)
    held = departments()[found["stem"]][0] if found else ""
    return tuple(stem for stem, (name, _) in departments().items() if name == held and len(stem) > 1) if held else ()


@cache
def _departments() -> re.Pattern[str]:
    stems = "|".join(sorted(departments(), key=len, reverse=True))
    return re.compile(
        rf"(?P<stem>{stems})(?P<ending>局(?![长势面部])|厅(?!长)|委员会|委(?![员托派])|办公室|办(?![理事结])|总队|支队|大队|部(?![门署分队]))"
    )
