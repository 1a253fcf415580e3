"""How names of places are made and taken apart, without a table: kinds and levels, full names, usual short names."""

from __future__ import annotations

import hashlib
import re

MUNICIPALITIES = ("11", "12", "31", "50")
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# Some names leave 族 out (巴里坤哈萨克自治县, 鄂伦春自治旗), never after a single character: 长白朝鲜族自治县 is no 长.
_AUTONOMOUS = re.compile(
    rf"(?P<peoples>(?:(?:{_PEOPLES})族)+|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|鄂伦春)自治(?P<kind>[州县旗])$"
)
_SUFFIX = re.compile(r"(?:特别行政区|自治区|地区|新区|林区|特区|省|市|县|区|盟|州)$")
_PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "西藏自治区": "西藏",
}
_MUNICIPALITY_NAMES = ("北京市", "天津市", "上海市", "重庆市")
_LEVELS = (
    (("省", "自治区", "特别行政区"), "province"),
    (("盟", "地区", "州"), "prefecture"),
    (("县", "旗", "区"), "county"),
    (("镇", "乡", "苏木", "街道"), "township"),
)
_LETTER = r"[^\W\d_a-zA-Z〇○委局厅办的]"
_STEM = rf"(?:(?!人民政府|政府|关于|年度|法治){_LETTER}){{1,10}}?"
_TOWN = "[镇乡](?:[^镇乡村街级、（]|$)"  # 拱市乡 is a town, the towns of 云汀市 (市乡镇, 市镇街) are none
# 新增城镇就业, 常住人口城镇化率, 城乡居民: a common word, no town 新增城镇.
_URBAN = (
    "城[镇乡](?:化|居民|职工|就业|登记|调查|常住|人口|新增|户籍|学位|供|污|环境|老旧|低保|困难|基本|建设|住房"
    "|融合|一体|统筹|收入)"
)
# A kind ends a name only where no longer name goes on: 丰镇|市, 兖州|区, 市|中区; and where it is no part of a word.
_PIECE = re.compile(
    rf"""第[\d一二三四五六七八九十]{{1,3}}师(?![范生资])|(?![全本我该各][省市州盟县旗区镇乡])(?!城市){_STEM}(?:
        特别行政区|自治[区州县旗]|省
        |(?<!城)市(?!{_TOWN})(?:(?![场容区市])|(?=市[东西南北中]区|市场|市容))
        |(?<={_LETTER}城)市(?!{_TOWN})(?![场容区管更建规综执运基公轨精治供排园绿房照生社居发品文])
        |州(?![市县区])|(?<![联同])盟(?!县)|(?<!社)区(?![域块划])|县(?![市区级域])|旗(?![县区])
        |(?!{_URBAN})[\u4e00-\u9fff][镇乡](?![市县区族])|苏木|街道|兵团)""",
    re.VERBOSE,
)


def level_of(place: str) -> str:
    """Level of a division code, or of a name by its last word: province, prefecture, county, township; empty when open.

    >>> level_of("150000"), level_of("150600"), level_of("150623")
    ('province', 'prefecture', 'county')
    >>> level_of("内蒙古自治区云泽盟霁原旗"), level_of("重庆市"), level_of("望溪市"), level_of("望溪市秀水市")
    ('county', 'province', 'prefecture', 'county')
    >>> level_of("砚桥县青石镇"), level_of("某局")
    ('township', '')
    """
    if is_code(place):
        return "province" if place.endswith("0000") else "prefecture" if place.endswith("00") else "county"
    if place in _MUNICIPALITY_NAMES:
        return "province"
    for endings, level in _LEVELS:
        if place.endswith(endings):
            return level
    if place.endswith("市"):
        above = pieces_of(place)[:-1]
        return "county" if any(level_of(name) in ("prefecture", "county") for name in above) else "prefecture"
    return ""


def is_code(text: str) -> bool:
    """Whether a text has the form of a division code.

    >>> is_code("411322"), is_code("4113"), is_code("方城县")
    (True, False, False)
    """
    return len(text) == 6 and text.isascii() and text.isdigit()


def body_id(name: str) -> str:
    """Identifier of a body without a division code: ``x`` and 8 hex digits of the digest of its full name.

    >>> body_id("云岭省望溪市司法局")
    'xf0e26479'
    """
    return "x" + hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]


def short_names(name: str) -> tuple[str, ...]:
    """Usual short names of a place: with the bare kind for an autonomous one, and without the kind where two
    characters remain; names that no rule gives stand in a table.

    >>> short_names("方城县"), short_names("新疆维吾尔自治区"), short_names("浦东新区"), short_names("忠县")
    (('方城',), ('新疆',), ('浦东',), ())
    >>> short_names("恩施土家族苗族自治州"), short_names("东乡族自治县"), short_names("鄂托克前旗")
    (('恩施州', '恩施'), ('东乡县', '东乡'), ())
    """
    if name in _PROVINCES:
        return (_PROVINCES[name],)
    if "自治" in name and (found := _AUTONOMOUS.search(name)):
        stem = name[: found.start()] or re.match(_PEOPLES, name)[0]  # type: ignore[index]
        return f"{stem}{found['kind']}", stem
    rest = _SUFFIX.sub("", name)
    return (rest,) if rest != name and len(rest) >= 2 else ()


def is_district(code: str, name: str) -> bool:
    """Whether a county-level place is a district of a city (市辖区), written after its city.

    >>> is_district("440311", "光明区"), is_district("429021", "神农架林区"), is_district("150623", "鄂托克前旗")
    (True, False, False)
    """
    return code[:2] in MUNICIPALITIES or (name.endswith("区") and code[2] != "9" and "01" <= code[4:] <= "20")


def full_name(code: str, name: str, province: str, prefecture: str) -> str:
    """Name as tables show it: districts after province and city, counties and banners after the province.

    >>> full_name("411322", "方城县", "河南省", "南阳市"), full_name("440311", "光明区", "广东省", "深圳市")
    ('河南省方城县', '广东省深圳市光明区')
    """
    if level_of(code) == "county" and is_district(code, name):
        return f"{province}{prefecture}{name}"
    return name if level_of(code) == "province" else f"{province}{name}"


def name_at(text: str, start: int = 0) -> int:
    """Where the name of one place that begins at a position ends, by its form alone; ``start`` when none begins there.

    >>> name_at("望溪市市中区人民政府"), name_at("望溪市市中区人民政府", 3), name_at("城市管理局")
    (3, 6, 0)
    """
    found = _PIECE.match(text, start)
    return found.end() if found else start


def pieces_of(name: str) -> tuple[str, ...]:
    """The names that a name without a table row is made of, each place after the one above it, then a body of it.

    >>> pieces_of("云岭省望州市市南区"), pieces_of("云岭省望溪市司法局"), pieces_of("云泽盟德镇市")
    (('云岭省', '望州市', '市南区'), ('云岭省', '望溪市', '司法局'), ('云泽盟', '德镇市'))
    """
    pieces = []
    start = 0
    while start < (end := name_at(name, start)) <= len(name) - 2:
        pieces.append(name[start:end])
        start = end
    return (*pieces, name[start:])
