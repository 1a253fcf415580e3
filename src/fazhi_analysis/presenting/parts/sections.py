"""What a page is made of: sections with headings, paragraphs of wording, lists that are one click away."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.catalogue.choices import nearest_first
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.html.tables import Table
from fazhi_analysis.presenting.wording.page_texts import Words

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class NoOptions:
    """The options of a page that has none."""


class Sectioned:
    """A place and year with the wording of a page, and the parts that its methods put together.

    ``Options`` is a dataclass: its fields are the parameters that a page takes beyond those of all pages.
    """

    Options: ClassVar[type[Any]] = NoOptions

    def __init__(self, name: str, place_year: PlaceYear, words: Words, options: Any = None) -> None:
        self.name = name
        self.place_year = place_year
        self.words = words
        self.options = self.Options() if options is None else options
        self._shown: list[Any] = []

    @classmethod
    def region_for(cls, region: str, year: int, data: Any, options: Any) -> str:
        """The place whose report the page stands for: the one asked for, unless its options say otherwise."""
        return region

    @classmethod
    def parameters(cls) -> list[str]:
        """Names of the parameters that this page takes beyond those of all pages."""
        return [field.name for field in fields(cls.Options)]

    def __getattr__(self, name: str) -> Any:
        """Say which parts the page has where one is asked for that it lacks: here ends what was mistyped."""
        if name.startswith("_") or hasattr(type(self), name):  # the latter: a part that failed, with its own error
            return object.__getattribute__(self, name)
        parts = nearest_first(name, [part for part in dir(type(self)) if not part.startswith("_")], limit=40)
        error = UnknownNameError(f"{self.name}.{name}", "choice.page.no_such_part", parts=parts)
        error.lang = self.words.lang
        raise AttributeError(str(error))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r}, {self.place_year.region} {self.place_year.year})"

    def section(
        self, key: str, *content: Any, cls: str | None = None, heading: Mapping[str, str] | None = None
    ) -> Fragment:
        """A part of the page with a heading; it is left out when there is nothing to show.

        The heading is given by language, or stands among the texts of the pages under ``section.<key>``; without
        either it is the key.
        """
        pieces = [piece for piece in content if piece is not None and piece != ""]
        self._shown += pieces
        if not pieces:
            return Fragment("", "")
        text = heading[self.words.lang] if heading else self.words.get(f"section.{key}", key)
        body = join(
            piece if isinstance(piece, (str, Fragment)) else Fragment(piece._repr_html_(), "") for piece in pieces
        )
        title = tag("h2", text, id=f"{key}-heading")

        def plain() -> str:
            return "\n".join([text, *(repr(piece) if not isinstance(piece, str) else piece for piece in pieces)])

        section = tag("section", title, body, id=key, cls=cls, aria_labelledby=f"{key}-heading")
        return Fragment(str(section), plain, self._handed_over(pieces))

    def _handed_over(self, pieces: Iterable[Any]) -> tuple[Mapping[str, Any], ...]:
        """What a section of these pieces hands over to other pages."""
        return ()

    @property
    def metrics(self) -> pd.DataFrame:
        """The figures of the place, all years, as ``load_metrics()`` returns them."""
        return self.place_year.metrics

    @property
    def statements(self) -> pd.DataFrame:
        """Its problems and next steps, all years, as ``load_statements()`` returns them."""
        return self.place_year.statements

    def frame(self, part: str) -> pd.DataFrame:
        """The tables of a part of the page as one DataFrame of text, as it is read.

        >>> import fazhi_analysis as fz
        >>> page = fz.open_page("year_over_year", region="霁原旗", year=2024)
        >>> "指标" in page.frame("changes_table")
        True
        """
        import pandas as pd

        tables = [piece.frame() for piece in self._pieces(part) if isinstance(piece, Table)]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()

    def chart_figures(self, part: str) -> list[Any]:
        """The charts of a part of the page as matplotlib figures, to change or to save in another form.

        Each has its title and note above it, with indicator and year, since it leaves the page that says them.

        >>> import fazhi_analysis as fz
        >>> page = fz.open_page("year_over_year", region="霁原旗", year=2024)
        >>> [type(figure).__name__ for figure in page.chart_figures("changes_chart")][:1]
        ['Figure']
        """
        from fazhi_analysis.presenting.charts.chart import charts
        from fazhi_analysis.presenting.charts.style import figures, put_title

        with charts() as made, figures() as drawn:
            getattr(self, part)()
        named = {chart.name: chart for chart in made}
        for name, figure in drawn:
            if name in named:
                put_title(figure, named[name].title, named[name].finding)
        return [figure for _, figure in drawn]

    def _pieces(self, part: str) -> list[Any]:
        """What a part of the page is made of: tables, charts, paragraphs."""
        self._shown = []
        getattr(self, part)()
        return self._shown

    def paragraph(self, key: str, /, cls: str | None = None, **fields: Any) -> Fragment:
        """A paragraph of wording."""
        return tag("p", self.words.html(key, **fields), cls=cls)

    def folded(self, key: str, table: Table) -> Fragment:
        """A long list that is one click away; print leaves it out."""
        shown = Fragment(table._repr_html_(), functools.partial(repr, table))
        return tag("details", tag("summary", self.words(key)), shown, cls="fz-listing")
