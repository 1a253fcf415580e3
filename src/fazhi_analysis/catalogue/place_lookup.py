"""What a place is called, and which of the places in some data a name means.

>>> places = Places([("440311", "广东省深圳市光明区"), ("990124", "云岭省望溪市砚桥县"), ("", "云岭省望溪市司法局")])
>>> places.find("砚桥县"), places.find("440311"), places.find("云岭省望溪市司法局")
(1, 0, 2)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from fazhi_analysis.catalogue.division import Division
from fazhi_analysis.catalogue.divisions import load_divisions
from fazhi_analysis.catalogue.place_names import body_id
from fazhi_analysis.catalogue.succession import succession
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.messages import Message, shortened

_LISTED = 12
_LONGEST = 50
"""Characters of a folder name; names of files end at 255 bytes, three a Chinese character."""


def own_name(region: str) -> str:
    """A place's own name, or a body's: what stands after the last name of a place above it.

    >>> own_name("内蒙古自治区鄂尔多斯市鄂托克前旗"), own_name("四川省内江市市中区"), own_name("北京市")
    ('鄂托克前旗', '市中区', '北京市')
    >>> own_name("云岭省望州市"), own_name("河南省方城县司法局")
    ('望州市', '司法局')
    """
    return load_divisions().pieces(region)[-1]


def tails(region: str) -> list[str]:
    """A full name and its shorter forms: each drops one more place above.

    >>> tails("内蒙古自治区鄂尔多斯市鄂托克前旗")
    ['内蒙古自治区鄂尔多斯市鄂托克前旗', '鄂尔多斯市鄂托克前旗', '鄂托克前旗']
    """
    return _tails(load_divisions().pieces(region))


def _tails(pieces: Sequence[str]) -> list[str]:
    return ["".join(pieces[first:]) for first in range(len(pieces))]


def series_of(code: str, region: str) -> str:
    """What a place under all its codes and names has in common: the code of its last heir; a body's own full name.

    >>> series_of("110229", "北京市延庆县"), series_of("", "河南省方城县司法局")
    ('110119', '河南省方城县司法局')
    """
    return succession().series_code(code) if code else region


def distinct_name(region: str, code: str = "") -> str:
    """The shortest name of a place that no other place shares, whatever else is in the data.

    That is its own name where the table of divisions knows no second one, else the name after the city or province;
    where even the full name is that of a successor under another code, the code is added. What the table does not
    have (bodies, development zones, places of a user's own) goes by its full name.

    >>> distinct_name("内蒙古自治区云泽盟霁原旗", "159928"), distinct_name("吉林省长春市朝阳区", "220104")
    ('霁原旗', '长春市朝阳区')
    >>> distinct_name("河南省方城县司法局"), distinct_name("云岭省望溪市北河区", "990125")
    ('河南省方城县司法局', '云岭省望溪市北河区-990125')
    """
    divisions = load_divisions()
    for place in divisions.history(code):
        if region in place.names:
            for name in sorted(place.names, key=len):
                if [other.code for other in divisions.candidates(name)] == [code]:
                    return name
            return f"{place.name}-{code}"
    if code or divisions.named(region):
        return f"{region}-{code or body_id(region)}"
    return region


def folder_name(region: str, code: str = "") -> str:
    """A place as a folder name: plain, never a path, and no other place's.

    Letters and digits of every script are kept; where something else is lost, a digest of the whole name is added.

    >>> folder_name("内蒙古自治区云泽盟霁原旗", "159928"), folder_name("云岭省望溪市𬇙川县")
    ('霁原旗', '云岭省望溪市𬇙川县')
    >>> folder_name("../甲县（乙）局")
    '甲县乙局-x2c9d3a44'
    """
    name = distinct_name(region, code)
    mark = code or body_id(region)
    words = name.removesuffix(f"-{mark}")
    plain = "".join(sign for sign in words if sign.isalnum())[:_LONGEST]
    if plain and plain == words and mark.isalnum():
        return name
    return f"{plain}-{body_id(name)}" if plain else body_id(name)


class Places:
    """The places that some data hold, as (code, full name) pairs, each pair once.

    ``bundled`` says that only the data of the package were looked through, for the message where nothing is found.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], *, bundled: bool = False) -> None:
        self.pairs: list[tuple[str, str]] = [(str(code), str(region)) for code, region in pairs]
        self._bundled = bundled
        self._by_code = _group((code, number) for number, (code, _) in enumerate(self.pairs) if code)
        self._by_name = _group((name, number) for number, (_, name) in enumerate(self.pairs))

    @cached_property
    def _by_tail(self) -> dict[str, list[int]]:
        pieces = load_divisions().pieces
        return _group(
            (tail, number) for number, (_, name) in enumerate(self.pairs) for tail in _tails(pieces(name))[1:]
        )

    @cached_property
    def _by_series(self) -> dict[str, list[int]]:
        return _group((series_of(*pair), number) for number, pair in enumerate(self.pairs))

    def find_all(self, names: object) -> list[int]:
        """Numbers of the places that these names mean, in order, each once: one name or code, or several.

        Raises UnknownNameError.
        """
        wanted = list(names) if isinstance(names, Iterable) and not isinstance(names, str) else [names]
        return list(dict.fromkeys(number for name in wanted for number in self._numbers(_as_text(name))))

    def find(self, name: str, option: str = "") -> int:
        """Number of the one place that a name means: a code, a full name, an own name, a usual short name.

        A former name or code means the place that carries it on. ``option`` is what the name was given for, as the
        message shows it.

        >>> Places([("110119", "北京市延庆区")]).find("延庆县")
        0
        >>> Places([("110105", "北京市朝阳区"), ("220104", "吉林省长春市朝阳区")]).find("朝阳区")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        fazhi_analysis.errors.UnknownNameError: 朝阳区：有 2 个地方叫这个名称。请写全称或代码：110105 北京市朝阳区、...
        """
        return self._numbers(name, option)[0]

    def _numbers(self, asked: str, option: str = "") -> list[int]:
        """All numbers of one place, under every code and name that the data have of it; the one asked for first."""
        name = asked.strip()
        found = self._held(name) or self._carried_on(name)
        series = list(dict.fromkeys(series_of(*self.pairs[number]) for number in found))
        place = f"{option}={asked}" if option else asked
        if not series:
            raise self._unknown(place, name)
        if len(series) > 1:
            candidates = shortened((" ".join(self.pairs[number]).strip() for number in found), _LISTED)
            raise UnknownNameError(place, "choice.division.ambiguous", n=len(series), places=candidates)
        return list(dict.fromkeys([*found, *self._by_series[series[0]]]))

    def _held(self, name: str) -> Sequence[int]:
        """Numbers of the pairs that have this code or name."""
        for table in (self._by_code, self._by_name):
            if name in table:
                return table[name]
        return self._by_tail.get(name, ())

    def _carried_on(self, name: str) -> list[int]:
        """Numbers of the places that the table of divisions knows by this name or code, now or formerly.

        A short name without its kind (朝阳) must mean one place of the table: the data do not choose among them.
        """
        divisions = load_divisions()
        rows: Sequence[Division] = divisions.named(name) or divisions.candidates(name)
        if len(rows) > 1 and not divisions.named(name):
            return []
        codes = sorted({row.code for row in rows}) or [name]
        own = [number for code in codes for number in self._by_code.get(code, ())]
        series = dict.fromkeys(succession().series_code(code) for code in codes)
        return [*own, *(number for one in series for number in self._by_series.get(one, ()))]

    def _unknown(self, place: str, name: str) -> UnknownNameError:
        """The error for a name that the data do not know: similar places, else all of them."""
        return UnknownNameError(
            place,
            "choice.place.unknown_bundled" if self._bundled else "choice.place.unknown",
            ask_for_data=Message("common.ask_for_data"),
            places=self._existing(name),
        )

    def _existing(self, name: str) -> Message:
        from rapidfuzz import fuzz, process

        if not self.pairs:
            return Message("choice.place.none")
        holding = [pair for pair in self.pairs if name and name in pair[1]]
        own = [own_name(region) for _, region in self.pairs]
        close = process.extract(name, own, scorer=fuzz.ratio, score_cutoff=50, limit=_LISTED)
        near = holding or [self.pairs[number] for _, _, number in close]
        # With nothing near, places of the same kind (县, 旗, 区 ...) are the likeliest to be meant.
        shown = near or sorted(self.pairs, key=lambda pair: pair[1][-1:] != name[-1:])
        listed = shortened(dict.fromkeys(" ".join(pair).strip() for pair in shown), _LISTED, "common.more_places")
        return Message("choice.place.similar" if near else "choice.place.existing", places=listed)


def _group(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for key, number in pairs:
        groups.setdefault(key, []).append(number)
    return groups


def _as_text(name: object) -> str:
    """A name or code as it was given, a code also as a number, whole or as a table of Excel holds it (150623.0)."""
    return str(int(name)) if isinstance(name, float) and name.is_integer() else str(name)
