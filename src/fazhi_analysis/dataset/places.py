"""Which of the places in the data a name means: by code, full name, own name, or any name the division table knows.

>>> places = Places([("440311", "广东省深圳市光明区"), ("990124", "云岭省望溪市砚桥县"), ("", "云岭省望溪市司法局")])
>>> places.find("砚桥县"), places.find("440311"), places.find("云岭省望溪市司法局")
(1, 0, 2)
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from fazhi_analysis.errors import FazhiError, UnknownNameError
from fazhi_analysis.messages import Message

_HEAD = re.compile(r".+?(?:特别行政区|自治区|自治州|自治县|自治旗|省|市|地区|盟|州(?!市)|县|区|旗)")
_LISTED = 12


class Places:
    """The places that a data folder holds, as (code, full name) pairs, each place once."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs: list[tuple[str, str]] = list(pairs)
        self._by_code = _group((code, number) for number, (code, _) in enumerate(self.pairs) if code)
        self._by_name = _group((name, number) for number, (_, name) in enumerate(self.pairs))
        self._by_tail = _group((tail, number) for number, (_, name) in enumerate(self.pairs) for tail in _tails(name))

    def find_all(self, names: str | Iterable[str]) -> list[int]:
        """Numbers of the places that these names mean, in order, each once. Raises UnknownNameError."""
        wanted = [names] if isinstance(names, str) else list(names)
        return list(dict.fromkeys(number for name in wanted for number in self._numbers(str(name).strip())))

    def find(self, name: str) -> int:
        """Number of the one place that a name means.

        >>> Places([("110105", "北京市朝阳区"), ("220104", "吉林省长春市朝阳区")]).find("朝阳区")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        fazhi_analysis.errors.UnknownNameError: 朝阳区：有 2 个地方叫这个名称。请写全称或代码：110105 北京市朝阳区、...
        """
        return self._numbers(name)[0]

    def _numbers(self, name: str) -> list[int]:
        for table in (self._by_code, self._by_name, self._by_tail):
            if name in table:
                return self._one_place(name, table[name])
        return self._one_place(name, self._from_divisions(name))

    def _one_place(self, name: str, numbers: Sequence[int]) -> list[int]:
        """The numbers when they are one place (one code, perhaps renamed); an error that lists the candidates else."""
        found = [self.pairs[number] for number in numbers]
        if not found:
            raise UnknownNameError(name, "choice.place.unknown", places=self._existing(name))
        codes = {code or region for code, region in found}
        if len(codes) > 1:
            listed = [f"{code} {region}".strip() for code, region in found[:_LISTED]]
            raise UnknownNameError(name, "choice.division.ambiguous", n=len(codes), places=listed)
        code = found[0][0]
        return list(self._by_code[code]) if code else list(numbers)

    def _from_divisions(self, name: str) -> list[int]:
        """Places of the data that the division table knows by this name (short and former names included)."""
        try:
            from fazhi_analysis.catalogue import load_divisions

            division = load_divisions().find(name)
        except (FazhiError, ImportError):
            return []
        by_code = self._by_code.get(division.code, [])
        return list(by_code or self._by_name.get(division.full_name, []))

    def _existing(self, name: str) -> Message:
        """The places that exist, the most similar first."""
        from rapidfuzz import fuzz, process

        if not self.pairs:
            return Message("choice.place.none")
        names = [f"{region}（{code}）" if code else region for code, region in self.pairs]
        found = process.extract(name, names, scorer=fuzz.partial_ratio, limit=_LISTED)
        near = [_with_code(*self.pairs[number]) for _, _, number in found]
        listed = Message("common.more_places", listed=near, n=len(names)) if len(names) > _LISTED else near
        return Message("choice.place.existing", places=listed)


def _with_code(code: str, region: str) -> Message | str:
    return Message("common.place_and_code", place=region, code=code) if code else region


@functools.lru_cache(maxsize=65536)
def _tails(name: str) -> tuple[str, ...]:
    """Shorter names of a place: what follows each leading division of its full name.

    >>> _tails("内蒙古自治区鄂尔多斯市鄂托克前旗")
    ('鄂尔多斯市鄂托克前旗', '鄂托克前旗')
    """
    tails = []
    rest = name
    while (head := _HEAD.match(rest)) and head.end() < len(rest):
        rest = rest[head.end() :]
        if len(rest) > 1:
            tails.append(rest)
    return tuple(tails)


def _group(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for key, number in pairs:
        groups.setdefault(key, []).append(number)
    return groups
