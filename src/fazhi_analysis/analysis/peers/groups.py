"""Who may be ranked with whom: places of one level, figures of one indicator, scope, unit and kind of publisher; real
places among themselves, and the fictional ones of the bundled sample among themselves.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from fazhi_analysis.analysis.comparing.series import Figures
from fazhi_analysis.analysis.integer_codes import Codes, Ints, combine
from fazhi_analysis.analysis.sources import fictional_codes, is_national
from fazhi_analysis.catalogue.bodies import read_organ
from fazhi_analysis.catalogue.place_names import is_code, level_of

LEVELS: Final = ("province", "prefecture", "county", "other")
"""Levels of places, by division code."""

_WHOLE_PLACE = re.compile(r"全[省区市州盟县旗镇]|全域|全自治[区州县旗]")
_OWN_LEVEL = re.compile(r"[省区市州盟县旗]本级")


def level_number(place: str) -> int:
    """Level of a place as an index into ``LEVELS``, from its division code.

    >>> [LEVELS[level_number(code)] for code in ("150000", "150600", "150623", "某局")]
    ['province', 'prefecture', 'county', 'other']
    """
    return LEVELS.index(level_of(place) if is_code(place) else "other")


def scope_family(scope: str) -> str:
    """The scope as it compares between places: 全旗 and 全县 are the whole place, 旗本级 and 县本级 its own level.

    >>> scope_family("全旗"), scope_family("旗本级"), scope_family("以区政府为被告")
    ('', '本级', '以区政府为被告')
    """
    if _WHOLE_PLACE.fullmatch(scope):
        return ""
    return "本级" if _OWN_LEVEL.fullmatch(scope) else scope


def body_group(place: str) -> str:
    """What bodies below a government must have in common to be ranked: kind, line of work and level; empty for places.

    ``place`` is a division code or, for what has none, a full name.

    >>> body_group("河南省方城县司法局") == body_group("云岭省望溪市砚桥县司法局"), body_group("411322")
    (True, '')
    >>> body_group("河南省方城县司法局") == body_group("河南省南阳市司法局"), body_group("云岭省望溪市砚桥县青石镇")
    (False, 'township')
    """
    organ = None if is_code(place) or not place else read_organ(place)
    if organ is None or organ.kind == "government":
        return ""
    if organ.kind == "township":
        return organ.kind
    own = organ.body.department or organ.body.name if organ.body is not None else ""
    return f"{organ.kind} {organ.level} {own}"


def ranking_groups(data: Figures, rows: Ints, levels_of: Ints) -> Ints:
    """Number of the ranking that each row belongs to: level, kind of body, kind of document, indicator (or label),
    scope, unit, kind of publisher, and whether the place is one of the bundled sample, which does not exist.
    """
    scope = data.scope.regroup(scope_family)
    national = data.publisher.per_row(is_national, bool)[rows]
    invented = fictional_codes()
    fictional = data.place.lookup(lambda code: code in invented, np.int64)
    label = np.where(data.indicator.codes[rows] > 0, 0, data.label.codes[rows])

    def part(column: Codes) -> tuple[Ints, int]:
        return column.codes[rows].astype(np.int64), len(column.texts)

    key = combine(
        part(data.indicator),
        (label, len(data.label.texts)),
        part(scope),
        part(data.unit_group),
        part(data.kind),
        (levels_of[data.place.codes[rows]], len(LEVELS)),
        part(data.place.regroup(body_group)),
        part(data.document),
        (national, 2),
        (fictional[data.place.codes[rows]], 2),
    )
    return np.unique(key, return_inverse=True)[1]
