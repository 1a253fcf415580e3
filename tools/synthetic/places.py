"""Places that do not exist: codes that are not assigned, names built of rare characters."""

from __future__ import annotations

from dataclasses import dataclass

_FIRST = "璟泷汀鹭沧霖澹栖麓翊苓珣岫潋筠"
_SECOND = "桥川岭浦陵塬坪渡滩坞峪坊渚皋湄"
_PROVINCES = ("璟川省", "朔原自治区", "鹭洲省", "岫南省", "泷西省", "汀北省", "苓海省", "筠阳省")


@dataclass(frozen=True, slots=True)
class Place:
    """A fictional county: code, own name, full name, and the words for its level and its townships."""

    code: str
    name: str
    full_name: str
    level: str
    township: str


def place(index: int) -> Place:
    """The place with this number (0 to 77,000), always the same.

    >>> place(0).full_name, place(0).code, place(1).full_name == place(0).full_name
    ('璟川省璟桥市沧川区', '910101', False)
    """
    county, rest = index % 99, index // 99
    prefecture, province = rest % 97, rest // 97
    code = f"{91 + province:02d}{prefecture + 1:02d}{county + 1:02d}"
    above = _PROVINCES[province]
    nomad = above.endswith("自治区")
    city = _pair(prefecture) + ("盟" if nomad else "市")
    kind = ("旗" if nomad else "县") if county % 4 else "区"
    name = _pair(county * 2 + 19 + prefecture) + kind
    township = "街道" if kind == "区" else "苏木镇" if kind == "旗" else "乡镇"
    return Place(code, name, above + city + name, kind, township)


def _pair(index: int) -> str:
    index %= len(_FIRST) * len(_SECOND)
    return _FIRST[index % len(_FIRST)] + _SECOND[index // len(_FIRST) % len(_SECOND)]
