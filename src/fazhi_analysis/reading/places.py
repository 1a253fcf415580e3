"""The place that a title or an issuer names, looked up in the table of divisions."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.divisions import Division, load_divisions

_PLACE = re.compile(
    r"(?![全本我该各][省市州盟县旗区镇乡])(?:[^\W\d_a-zA-Z委局厅办的]{1,10}?(?:特别行政区|自治区|自治州|自治县|自治旗|省|(?<!城)市(?![场容])|州|盟|(?<!社)区(?![域块])|县|旗"
    r"|[\u4e00-\u9fff]镇|[\u4e00-\u9fff]乡|苏木|街道))+"
)
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_LEVELS = (
    (("省", "自治区", "特别行政区"), "province"),
    (("盟", "地区", "州"), "prefecture"),
    (("县", "旗", "区"), "county"),
    (("镇", "乡", "苏木", "街道"), "township"),
)


def place_in(text: str) -> str:
    """The place that opens an organ's name or a title, as printed, or an empty string.

    >>> place_in("鄂托克前旗人民政府"), place_in("望溪市砚桥县2024年法治政府建设报告"), place_in("城市管理局")
    ('鄂托克前旗', '望溪市砚桥县', '')
    >>> place_in("中共望溪市砚桥县委望溪市砚桥县人民政府")
    '望溪市砚桥县'
    """
    match = _PLACE.match(text.removeprefix("中共"))
    return match.group() if match else ""


def level_of(place: str) -> str:
    """Level of government from the last word of a place: province, prefecture, county, township; empty when open.

    >>> level_of("内蒙古自治区云泽盟霁原旗"), level_of("云泽盟"), level_of("重庆市"), level_of("望溪市")
    ('county', 'prefecture', 'province', 'prefecture')
    """
    if place in _MUNICIPALITIES:
        return "province"
    for endings, level in _LEVELS:
        if place.endswith(endings):
            return level
    if place.endswith("市"):
        above = place[:-1]
        return "county" if re.search(r"[市州盟]", above) else "prefecture"
    return ""


def find_place(place: str, year: int | None) -> tuple[str, str, str]:
    """Full name, code and level of a printed place as it was named in that year; as printed where no table knows it.

    >>> find_place("深圳市光明区", 2021), find_place("南柯县", 2021)
    (('广东省深圳市光明区', '440311', 'county'), ('南柯县', '', 'county'))
    """
    if not place:
        return "", "", ""
    division = _division(place, year)
    if division is None:
        return place, "", level_of(place)
    return division.full_name, division.code, division.level


def _division(place: str, year: int | None) -> Division | None:
    """The row of the table of divisions, or None when it is absent, unknown or ambiguous."""
    divisions = load_divisions()
    candidates = divisions.candidates(place, on=year)
    if len(candidates) == 1:
        return candidates[0]
    found = divisions.locate(place, on=year)
    if found is None or found[2] != len(place):
        return None
    return found[0]
