"""Names of places: full names, long names and short names, from a code, an own name and what stands above it."""

from __future__ import annotations

import re

MUNICIPALITIES = ("11", "12", "31", "50")
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(rf"((?:{_PEOPLES})族)+(?:自治)(?:区|州|县)$")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|新区|林区|特区|省|市|县|区|盟|州)$")
_PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "西藏自治区": "西藏",
}


def level_of(code: str) -> str:
    """Level that a six-digit code stands for: province, prefecture or county.

    >>> level_of("150000"), level_of("150600"), level_of("150623")
    ('province', 'prefecture', 'county')
    """
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def short_name(name: str) -> str:
    """The name without its kind, where at least two characters remain; else the name itself.

    >>> short_name("方城县"), short_name("玉屏侗族自治县"), short_name("新疆维吾尔自治区"), short_name("忠县")
    ('方城', '玉屏', '新疆', '忠县')
    >>> short_name("鄂托克前旗"), short_name("浦东新区"), short_name("延边朝鲜族自治州")
    ('鄂托克前旗', '浦东', '延边')
    """
    if name in _PROVINCES:
        return _PROVINCES[name]
    for pattern in (_AUTONOMOUS, _SUFFIX):
        rest = pattern.sub("", name)
        if rest != name and len(rest) >= 2:
            return rest
    return name


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
