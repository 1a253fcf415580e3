"""Which place, or which body of it, a report is about, as the document itself tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Metadata

_BODY = re.compile(
    r"(?!.*(?:人民政府|依法治|法治建设|法治政府|党委))[^，。、\s]*(?:局|厅|署|院|委员会|委|总队|支队|中心|管理处|办)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Full name and division code of a place; the code is empty for a body without one, or a place no table knows."""

    region: str
    code: str = ""


def printed_place(metadata: Metadata, name: str) -> Place:
    """The place that a document names. Raises DataError when it names none, or one that fits several.

    >>> printed_place(Metadata(issuer="方城县司法局", region="河南省方城县", region_code="411322"), "a.txt")
    Place(region='河南省方城县司法局', code='')
    """
    if not metadata.region:
        raise DataError(name, "dataset.place.not_recognised")
    if not metadata.region_code:
        candidates = load_divisions().candidates(metadata.region, metadata.year)
        if len(candidates) > 1:
            listed = [f"{place.code} {place.full_name}" for place in candidates[:12]]
            n = len(candidates)
            raise DataError(name, "dataset.place.ambiguous", place=metadata.region, n=n, places=listed)
    body = body_of(metadata)
    return Place(metadata.region + body) if body else Place(metadata.region, metadata.region_code)


def body_of(metadata: Metadata) -> str:
    """What follows the name of its place in the issuer when a body below the government speaks (司法局), else empty.

    >>> body_of(Metadata(issuer="深圳市光明区司法局", region="广东省深圳市光明区"))
    '司法局'
    >>> body_of(Metadata(issuer="深圳市光明区人民政府", region="广东省深圳市光明区"))
    ''
    """
    place, _, rest = load_divisions().opening(metadata.issuer, metadata.year)
    return rest if place and _BODY.match(rest) else ""
