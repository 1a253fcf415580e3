"""What a page shows itself where it stands alone, and hands over to the appendix where it is one page of a result.

Supporting parts are the list of all figures, the texts of the reports, and long lists of what is left out. A notebook
that is run for a result is told that an appendix will lie beside its page (:data:`LEANING`): its page then shows a line
that leads there, and gives what the appendix needs along with the section that cites it. Without that word a page, as
one in Jupyter, shows everything itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from fazhi_analysis.presenting.html.markup import Fragment, anchor, tag
from fazhi_analysis.presenting.html.tables import Table
from fazhi_analysis.presenting.parts.sections import Sectioned

APPENDIX: Final = "appendix"
"""The name of the page that supporting parts are handed over to."""
LEANING: Final = "FAZHI_APPENDIX"
"""The environment variable that tells a notebook's process of the appendix beside its page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A long list of a page: its element id, what it holds, the page it is of, and its table as HTML."""

    id: str
    caption: str
    page: str
    table: str


@dataclass(frozen=True, slots=True)
class Supporting:
    """What pages hand over: the years whose figures they cite, and their long lists, the same list once.

    >>> one = Supporting((2023,), (Listing("list-1", "甲", "年度对比", "<table></table>"),))
    >>> Supporting.of([one.as_data(), Supporting((2024, 2023)).as_data(), one.as_data()]).years
    (2023, 2024)
    """

    years: tuple[int, ...] = ()
    lists: tuple[Listing, ...] = ()

    @classmethod
    def of(cls, handed: Iterable[Mapping[str, Any]]) -> Supporting:
        """Several that were handed over as data, as one."""
        given = list(handed)
        years = sorted({int(year) for each in given for year in each["years"]})
        lists = {one["id"]: Listing(**one) for each in given for one in each["lists"]}
        return cls(tuple(years), tuple(lists.values()))

    def as_data(self) -> dict[str, Any]:
        """As a notebook keeps it."""
        return {"years": list(self.years), "lists": [asdict(one) for one in self.lists]}


def is_beside_an_appendix() -> bool:
    """Whether pages of this process are pages of a result."""
    return bool(os.environ.get(LEANING))


class Supported(Sectioned):
    """A page with supporting parts: shown on it, or handed over where it ``leans`` on an appendix."""

    leans: bool = False
    _cites = False

    @property
    def evidence_years(self) -> list[int]:
        """Years whose figures the page cites."""
        return []

    def at(self, identity: str) -> str:
        """The address of a figure, an entry or a finding by its id: in the supporting parts, wherever these are."""
        return self._address(anchor(identity))

    def _address(self, element: str) -> str:
        self._cites = True
        return f"{APPENDIX}.html#{element}" if self.leans else f"#{element}"

    def folded(self, key: str, table: Table) -> Fragment:
        """A long list that is one click away; print leaves it out."""
        if not self.leans:
            return super().folded(key, table)
        markup = table._repr_html_()
        identity = f"list-{hashlib.sha256(markup.encode()).hexdigest()[:8]}"
        handed = Supporting(lists=(Listing(identity, table.caption, self.subject(), markup),))
        link = tag("a", self.words("appendix.see_list"), href=self._address(identity))
        return Fragment(str(tag("p", link, cls="fz-moved")), None, (handed.as_data(),))

    def subject(self) -> str:
        """What the page is about."""
        return self.name

    def moved(self, part: str, kind: str) -> Fragment:
        """A supporting part of a page that leans: a line that says where it is; ``kind`` is ``figures`` or ``text``."""
        link = tag("a", self.words("appendix.name"), href=self._address(part))
        return self.section(part, tag("p", self.words.html(f"appendix.see_{kind}", link=link)), cls="fz-moved")

    def _handed_over(self, pieces: Iterable[Any]) -> tuple[Mapping[str, Any], ...]:
        """What a section hands over: what its pieces do, and the years of the page where it cites figures."""
        if not self.leans:
            return ()
        handed = [each for piece in pieces if isinstance(piece, Fragment) for each in piece.supporting]
        if self._cites:
            handed.append(Supporting(tuple(self.evidence_years)).as_data())
            self._cites = False
        return tuple(handed)
