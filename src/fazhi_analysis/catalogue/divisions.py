"""Places: GB/T 2260 codes of provinces, prefectures and counties with their names, validity and changes.

``data/divisions.csv`` says which code carried which name and when, ``data/division_changes.csv`` what became of it;
``data/DIVISIONS.md`` states where both come from and what their dates mean. Places of a user's own (or of the fictional
sample) come from further CSV files: code, name, and optionally full_name, valid_from, valid_to.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.catalogue.division import Division, DivisionChange, On, meant
from fazhi_analysis.catalogue.division_rows import division_rows
from fazhi_analysis.catalogue.place_names import pieces_of
from fazhi_analysis.catalogue.place_recognition import Opening, Recogniser
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.messages import Message, shortened

__all__ = ["ENVIRONMENT_VARIABLE", "Division", "DivisionChange", "Divisions", "load_divisions"]

ENVIRONMENT_VARIABLE = "FAZHI_DIVISIONS"
_LISTED = 12


class Divisions:
    """Places by code and by name.

    >>> divisions = load_divisions()
    >>> divisions.find("方城县").full_name, divisions.find("110119").name
    ('河南省方城县', '延庆区')
    >>> divisions.find("延庆县", on=2014).code
    '110229'
    """

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._all = tuple(divisions)
        self._pieces: dict[str, tuple[str, ...]] = {}

    def __iter__(self) -> Iterator[Division]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _by_code(self) -> dict[str, list[Division]]:
        index: dict[str, list[Division]] = {}
        for place in self._all:
            index.setdefault(place.code, []).append(place)
        return index

    @cached_property
    def _by_name(self) -> dict[str, list[Division]]:
        index: dict[str, list[Division]] = {}
        for place in self._all:
            for name in (*place.names, *place.short_names):
                index.setdefault(name, []).append(place)
        return index

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._by_name)

    def find(self, name_or_code: str, on: On = None) -> Division:
        """The place with this code, own name, full name or short name.

        Parameters
        ----------
        name_or_code:
            ``411322``, 方城县, 河南省方城县, 南阳市方城县, 河南省南阳市方城县 or 方城.
        on:
            A day or a year at which it must have been in force; None prefers what is in force now.

        Raises
        ------
        UnknownNameError
            No such place, or not at that time, or several: the remedy lists the candidates with their codes.

        >>> load_divisions().find("光明区").code
        '440311'
        >>> load_divisions().find("通州区")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        fazhi_analysis.errors.UnknownNameError: 通州区：有 2 个地方叫这个名称。...
        """
        name = name_or_code.strip()
        candidates = self.candidates(name, on)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise UnknownNameError(name, "choice.division.ambiguous", n=len(candidates), places=_listed(candidates))
        if other_times := self._rows(name):
            history = [text for place in other_times for text in _history(place)][:_LISTED]
            when = on.isoformat() if isinstance(on, datetime.date) else Message("choice.division.in_year", year=on)
            raise UnknownNameError(name, "choice.division.other_times", when=when, history=history)
        if near := self._near(name):
            raise UnknownNameError(name, "choice.division.unknown_near", places=_listed(near))
        raise UnknownNameError(name, "choice.division.unknown")

    def candidates(self, name_or_code: str, on: On = None) -> list[Division]:
        """Every place that this name or code may mean, one a code; own names before short names."""
        name = name_or_code.strip()
        if rows := self._rows(name):
            return meant(rows, name, on)
        places, end = self._recogniser.chain(name, 0, on)
        return [place for place in places if place.valid_on(on)] if end == len(name) else []

    def named(self, name: str) -> list[Division]:
        """Every row that has or had this name, with or without the names of places above, short names with their kind
        (恩施州) included.

        >>> [(place.code, place.name) for place in load_divisions().named("延庆县")]
        [('110229', '延庆县')]
        """
        return [place for place in self._by_name.get(name, ()) if place.rank_of(name) < 2]

    def history(self, code: str) -> list[Division]:
        """Every row of a code: the names that it has had.

        >>> [place.name for place in load_divisions().history("110119")]
        ['延庆区']
        """
        return list(self._by_code.get(code, ()))

    def by_code(self, code: str, on: On = None) -> Division | None:
        """The place with this code at that time (latest name first), or None."""
        found = [place for place in self._by_code.get(code, ()) if place.valid_on(on)]
        return max(found, key=lambda place: (not place.valid_to, place.valid_from), default=None)

    def locate(self, text: str, on: On = None) -> tuple[Division, int, int] | None:
        """The place that a title or an issuer names, with the span of its name; None without one, or with several.

        The span lets the caller see what follows (人民政府, 司法局 ...).

        >>> place, start, end = load_divisions().locate("关于方城县人民政府的报告")
        >>> place.name, (start, end)
        ('方城县', (2, 5))
        """
        return self._recogniser.locate(text, on)

    def named_in(self, text: str, on: On = None, ending: str = "") -> Iterator[tuple[list[Division], int, int]]:
        """Every name of a place in a text, in order: the places that it may mean, start, end.

        With ``ending`` only names that end in one of these characters, which is much faster.

        >>> [(places[0].code, start) for places, start, _ in load_divisions().named_in("转发方城县、献县的经验")]
        [('411322', 2), ('130929', 6)]
        >>> [(start, end) for _, start, end in load_divisions().named_in("湖北省武汉市、献县", ending="市")]
        [(0, 6)]
        """
        return self._recogniser.named_in(text, on, ending)

    def opening(self, text: str, on: On = None) -> Opening:
        """The name of a place that a title or an issuer opens with, and the places that it may mean at that time.

        A name that the table lacks is recognised by its form and means no place; 中共, 关于 and the like may stand
        before the name.

        >>> found = load_divisions().opening("关于鞍山市海城市人民政府工作的报告")
        >>> found.name, found.places[0].code, found.rest
        ('鞍山市海城市', '210381', '人民政府工作的报告')
        >>> load_divisions().opening("砚桥县青石镇2024年"), load_divisions().opening("城市管理局").name
        (Opening(name='砚桥县青石镇', places=[], rest='2024年'), '')
        """
        return self._recogniser.opening(text, on)

    def pieces(self, name: str) -> tuple[str, ...]:
        """The names that a full name is made of, each place after the one above it, then a body of it.

        >>> load_divisions().pieces("四川省内江市市中区"), load_divisions().pieces("河南省方城县司法局")
        (('四川省', '内江市', '市中区'), ('河南省', '方城县', '司法局'))
        """
        if name not in self._pieces:
            self._pieces[name] = self._divided(name)
        return self._pieces[name]

    def _divided(self, name: str) -> tuple[str, ...]:
        for end in range(len(name), 1, -1):
            rows = [place for place in self._by_name.get(name[:end], ()) if name[:end].endswith(place.name)]
            if rows and len(name) - end != 1:
                above, rest = name[: end - len(rows[0].name)], name[end:]
                return (
                    *(self.pieces(above) if above else ()),
                    rows[0].name,
                    *(pieces_of(rest) if rest else ()),
                )
        return pieces_of(name)

    def _rows(self, name_or_code: str) -> list[Division]:
        return self._by_code.get(name_or_code) or self._by_name.get(name_or_code) or []

    def _near(self, name: str) -> list[Division]:
        """Places whose names hold this one, or that this one's tail names."""
        if len(name) < 2 or name.isdigit():
            return []
        found = [place for place in self._all if not place.valid_to and name in place.long_name]
        tails = [place for size in range(len(name) - 1, 1, -1) for place in self._by_name.get(name[-size:], [])]
        return found or tails


def _listed(places: list[Division]) -> list[str] | Message:
    return shortened((f"{place.code} {place.full_name}" for place in places), _LISTED, "common.more_places")


def _history(place: Division) -> Iterator[Message]:
    span = {
        "since": place.valid_from or Message("choice.division.earlier"),
        "until": place.valid_to or Message("choice.division.today"),
    }
    yield Message("choice.division.in_use", code=place.code, name=place.full_name, **span)
    for change in place.changes:
        if (change.old_code, change.old_name) == (place.code, place.name):
            yield Message("choice.division.became", code=change.new_code, name=change.new_name, kind=_kind(change))
        else:
            yield Message("choice.division.was", code=change.old_code, name=change.old_name, kind=_kind(change))


def _kind(change: DivisionChange) -> Message | str:
    message = Message(f"choice.division.kind.{change.kind}")
    return message if message.is_known else change.kind


def load_divisions(extra: Path | str | None = None) -> Divisions:
    """All places: the bundled table, the fictional sample's, and those of a user's own file.

    Parameters
    ----------
    extra:
        A CSV file with code and name, optionally full_name, valid_from, valid_to; by default the file that the
        environment variable ``FAZHI_DIVISIONS`` names. Raises CatalogueError listing every breach.

    >>> len(load_divisions()) > 3200
    True
    """
    chosen = extra if extra is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None
    own = Path(chosen) if chosen else None
    return _load(own, own.stat().st_mtime_ns if own and own.is_file() else 0)


@lru_cache(maxsize=8)
def _load(own: Path | None, _changed: int) -> Divisions:
    sample = bundled_data() / "sample" / "divisions.csv"
    return Divisions(division_rows([path for path in (sample if sample.is_file() else None, own) if path]))
