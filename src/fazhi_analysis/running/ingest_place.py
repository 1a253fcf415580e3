"""Which place, or which body of it, a report is about: from the options, or from the document itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.errors import DataError, UnknownNameError, UsageError
from fazhi_analysis.model import Metadata

_CODE = re.compile(r"[0-9]{6}")
_DIVISION = re.compile(r"(?:省|市|县|区|旗|盟|州)$")
_BODY = re.compile(
    r"(?!.*(?:人民政府|依法治|法治建设|法治政府|党委))[^，。、\s]*(?:局|厅|署|院|委员会|委|总队|支队|中心|管理处|办)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Full name and division code of a place; the code is empty for a body without one, or a place no table knows."""

    region: str
    code: str = ""


def chosen_place(region: str | None, code: str | None, year: int | None = None) -> Place | None:
    """The place that the options ask for, None without any; with only an unknown code, its name is left empty.

    Raises UnknownNameError for a place that does not exist or a name that fits several, UsageError for a code that is
    none. A body (a bureau, a commission) is taken by its full name.

    >>> chosen_place("方城县", None)
    Place(region='河南省方城县', code='411322')
    >>> chosen_place("河南省方城县司法局", None)
    Place(region='河南省方城县司法局', code='')
    """
    divisions = load_divisions()
    if code is not None:
        if not _CODE.fullmatch(code):
            raise UsageError(
                f"--code {code}", "区划代码应为 6 位数字", "例如 411322；不清楚代码的，用 --region 写地方名称"
            )
        found = divisions.by_code(code, year) or divisions.by_code(code)
        return Place(region or (found.full_name if found else ""), code)
    if region is None:
        return None
    name = region.strip()
    if not _DIVISION.search(name) and not divisions.candidates(name) and len(name) > 2:
        return Place(name)
    try:
        place = divisions.find(name, year)
    except UnknownNameError:
        if year is None or not divisions.candidates(name):
            raise
        place = divisions.find(name)
    return Place(place.full_name, place.code)


def printed_place(metadata: Metadata, name: str) -> Place:
    """The place that a document names. Raises DataError when it names none, or one that fits several.

    >>> printed_place(Metadata(issuer="方城县司法局", region="河南省方城县", region_code="411322"), "a.txt")
    Place(region='河南省方城县司法局', code='')
    """
    if not metadata.region:
        raise DataError(name, "没有认出是哪个地方", "请用 --region 或 --code 指明地方")
    if not metadata.region_code:
        candidates = load_divisions().candidates(metadata.region, metadata.year)
        if len(candidates) > 1:
            listed = "、".join(f"{place.code} {place.full_name}" for place in candidates[:12])
            raise DataError(
                name, f"文中的“{metadata.region}”可以指 {len(candidates)} 个地方", f"请用 --code 指明：{listed}"
            )
    body = body_of(metadata)
    return Place(metadata.region + body) if body else Place(metadata.region, metadata.region_code)


def body_of(metadata: Metadata) -> str:
    """What follows the place's name in the issuer when a body below the government speaks (司法局), else empty.

    >>> body_of(Metadata(issuer="深圳市光明区司法局", region="广东省深圳市光明区"))
    '司法局'
    >>> body_of(Metadata(issuer="深圳市光明区人民政府", region="广东省深圳市光明区"))
    ''
    """
    for start in range(len(metadata.region) - 1):
        tail = metadata.region[start:]
        if tail in metadata.issuer:
            rest = metadata.issuer.split(tail, 1)[1]
            return rest if _BODY.match(rest) else ""
    return ""
