"""The controls: place, years, domain, indicator, filter and order. Each change makes a new :class:`Choice`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import ipywidgets as widgets

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.explorer.choice import Choice
from fazhi_analysis.presenting.explorer.combobox import Pick
from fazhi_analysis.presenting.wording.page_texts import Words

_STYLE: Final = {"description_width": "5em"}
_WIDE: Final = widgets.Layout(width="22em", max_width="98%")
_NARROW: Final = widgets.Layout(width="12em")
_ALL: Final = ""


class Selection:
    """Controls for one data folder; ``changed`` is called with the new choice.

    Attributes are the widgets: ``place``, ``first``, ``last``, ``domain``, ``indicator``, ``wanted``, ``order``.
    """

    def __init__(self, place_year: PlaceYear, words: Words, changed: Callable[[Choice], None]) -> None:
        self.words = words
        self.changed = changed
        self._open = {(place_year.region_code, place_year.region): place_year}
        self._quiet = False
        self.data = place_year.data
        self.place = Pick(self.words("explore.place"), self.words, resolve=self._place_named)
        self.domain, self.indicator, self.order = (
            Pick(self.words(f"explore.{key}"), self.words) for key in ("domain", "indicator", "order")
        )
        self.first, self.last = (self._year(key) for key in ("first", "last"))
        self.wanted = widgets.Text(
            description=self.words("explore.wanted"),
            placeholder=self.words("explore.wanted_hint"),
            style=_STYLE,
            layout=_WIDE,
        )
        self.place.options = _named(place_year.all_places)
        self.place.value = (place_year.region_code, place_year.region)
        self.order.options = [(self.words(f"explore.order_{key}"), key) for key in ("text", "change", "name")]
        self._span(place_year.years[0], place_year.year)
        self._fill()
        for pick, moved in (
            (self.place, self._place_moved),
            (self.domain, self._narrowed),
            (self.indicator, self._moved),
            (self.order, self._moved),
        ):
            pick.on_change(self._unless_quiet(moved))
        for widget, moved in ((self.first, self._narrowed), (self.last, self._narrowed), (self.wanted, self._moved)):
            self._watch(widget, moved)

    def box(self) -> Any:
        """All controls, in rows that wrap."""
        picks = [self.place.widget, self.first, self.last, self.domain.widget, self.indicator.widget]
        notes = [pick.note for pick in (self.place, self.domain, self.indicator, self.order)]
        controls = [*picks, self.wanted, self.order.widget, *notes]
        return widgets.Box(controls, layout=widgets.Layout(flex_flow="row wrap", width="100%"))

    def choice(self) -> Choice:
        """What is chosen now."""
        first, last = sorted((int(self.first.value), int(self.last.value)))
        domain, key, order = self.domain.value or _ALL, self.indicator.value or _ALL, self.order.value or "text"
        return Choice(self.place_year, self.words, first, last, domain, key, self.wanted.value, order)

    @property
    def place_year(self) -> PlaceYear:
        """What is stored on the chosen place."""
        code, region = self.place.value
        if (code, region) not in self._open:
            year = self._years_of(code, region)[-1]
            self._open[code, region] = PlaceYear.open(region=code or region, year=year, data=self.data)
        return self._open[code, region]

    def reload(self, data: Any) -> None:
        """Take other data folders, keeping the place that is chosen where it still exists."""
        self.data = data
        self._open = {}
        with _Quiet(self):
            self.place.options = self._places()
        self._place_moved()

    def _year(self, key: str) -> Any:
        return widgets.BoundedIntText(
            description=self.words(f"explore.{key}"), min=0, max=9999, style=_STYLE, layout=_NARROW
        )

    def _span(self, first: int, last: int) -> None:
        """Offer the years of the place, from this one to that one."""
        years = self.place_year.years
        with _Quiet(self):
            for widget, value in ((self.first, first), (self.last, last)):
                widget.min, widget.max = 0, 9999
                widget.value = value
                widget.min, widget.max = years[0], years[-1]

    def _places(self) -> list[tuple[str, tuple[str, str]]]:
        from fazhi_analysis.dataset import list_reports

        reports = list_reports(self.data)  # the contents of thousands of reports are not asked for
        return _named(zip(reports["region_code"], reports["region"], strict=True))

    def _place_named(self, name: str) -> tuple[str, str]:
        """The place that a code, an own name or a full name means, as the loaders take it. Raises UnknownNameError."""
        from fazhi_analysis.catalogue.place_lookup import Places

        pairs: list[tuple[str, str]] = [pair for _, pair in self.place.options]
        return pairs[Places(pairs).find(name)]

    def _years_of(self, code: str, region: str) -> list[int]:
        from fazhi_analysis.dataset import load_reports

        return sorted({int(year) for year in load_reports(self.data, regions=[code or region])["year"]})

    def _watch(self, widget: Any, moved: Callable[[], None]) -> None:
        act = self._unless_quiet(moved)
        widget.observe(lambda _: act(), names="value")

    def _unless_quiet(self, act: Callable[[], None]) -> Callable[[], None]:
        return lambda: None if self._quiet else act()

    def _moved(self) -> None:
        self.changed(self.choice())

    def _narrowed(self) -> None:
        self._fill()
        self._moved()

    def _place_moved(self) -> None:
        self._span(self.place_year.years[0], self.place_year.years[-1])
        self._narrowed()

    def _fill(self) -> None:
        """Domains and indicators that the place has in these years; what was chosen stays where it exists."""
        everything = (self.words("explore.all"), _ALL)
        with _Quiet(self):
            choice = self.choice()
            self.domain.options = [everything, *((name, name) for name in choice.domains())]
            mine = [one for one in choice.all_series if self.domain.value in (_ALL, one.domain)]
            self.indicator.options = [everything, *((one.name, one.key) for one in mine)]


def _named(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, tuple[str, str]]]:
    return [(name, (code, name)) for code, name in sorted({(str(code), str(name)) for code, name in pairs})]


class _Quiet:
    """While it lasts, changes that the code makes itself are not reported."""

    def __init__(self, owner: Selection) -> None:
        self.owner = owner
        self.before = False

    def __enter__(self) -> None:
        self.before, self.owner._quiet = self.owner._quiet, True

    def __exit__(self, *_: object) -> None:
        self.owner._quiet = self.before
