"""The controls: place, years, domain, indicator, filter and order. Each change makes a new :class:`Choice`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import ipywidgets as widgets

from fazhi_analysis.presenting.explorer.choice import Choice
from fazhi_analysis.presenting.pages.material import Material

_STYLE: Final = {"description_width": "5em"}
_WIDE: Final = widgets.Layout(width="22em", max_width="98%")
_ALL: Final = ""


class Selection:
    """Controls for one data folder; ``changed`` is called with the new choice.

    Attributes are the widgets: ``place``, ``first``, ``last``, ``domain``, ``indicator``, ``wanted``, ``order``.
    """

    def __init__(self, material: Material, changed: Callable[[Choice], None]) -> None:
        self.words = material.words
        self.changed = changed
        self._open = {(material.region_code, material.region): material}
        self._quiet = False
        self.data = material.data
        first = material.years[0]
        self.place = self._dropdown("place", self._places(), (material.region_code, material.region))
        self.first = self._dropdown("first", list(material.years), first)
        self.last = self._dropdown("last", list(material.years), material.year)
        self.domain = self._dropdown("domain", [(self.words("explore.all"), _ALL)], _ALL)
        self.indicator = self._dropdown("indicator", [(self.words("explore.all"), _ALL)], _ALL)
        self.wanted = widgets.Text(
            description=self.words("explore.wanted"),
            placeholder=self.words("explore.wanted_hint"),
            continuous_update=True,
            style=_STYLE,
            layout=_WIDE,
        )
        orders = [(self.words(f"explore.order_{key}"), key) for key in ("text", "change", "name")]
        self.order = self._dropdown("order", orders, "text")
        for widget in (self.place, self.first, self.last, self.domain, self.indicator, self.wanted, self.order):
            widget.observe(self._moved, names="value")
        self._fill()

    def box(self) -> Any:
        """All controls, in two columns where there is room."""
        controls = [self.place, self.first, self.last, self.domain, self.indicator, self.wanted, self.order]
        return widgets.Box(controls, layout=widgets.Layout(flex_flow="row wrap", width="100%"))

    def choice(self) -> Choice:
        """What is chosen now."""
        first, last = sorted((int(self.first.value), int(self.last.value)))
        return Choice(
            self.material, first, last, self.domain.value, self.indicator.value, self.wanted.value, self.order.value
        )

    @property
    def material(self) -> Material:
        """The material of the chosen place."""
        code, region = self.place.value
        if (code, region) not in self._open:
            year = self._years_of(code, region)[-1]
            self._open[code, region] = Material.open(
                region=code or region, year=year, data=self.data, lang=self.words.lang
            )
        return self._open[code, region]

    def reload(self, data: Any) -> None:
        """Take other data folders, keeping what is chosen where it still exists."""
        self.data = data
        self._open = {}
        with _Quiet(self):
            kept = self.place.value
            self.place.options = self._places()
            self.place.value = kept if kept in dict(self._places()).values() else self.place.options[0][1]
        self._place_moved()

    def _dropdown(self, key: str, options: Any, value: Any) -> Any:
        return widgets.Dropdown(
            description=self.words(f"explore.{key}"), options=options, value=value, style=_STYLE, layout=_WIDE
        )

    def _places(self) -> list[tuple[str, tuple[str, str]]]:
        from fazhi_analysis.dataset import load_reports

        reports = load_reports(self.data)
        known = sorted(
            {(str(code), str(name)) for code, name in zip(reports["region_code"], reports["region"], strict=True)}
        )
        return [(name, (code, name)) for code, name in known]

    def _years_of(self, code: str, region: str) -> list[int]:
        from fazhi_analysis.dataset import load_reports

        return sorted({int(year) for year in load_reports(self.data, regions=[code or region])["year"]})

    def _moved(self, event: dict[str, Any]) -> None:
        if self._quiet:
            return
        if event["owner"] is self.place:
            self._place_moved()
            return
        if event["owner"] in (self.first, self.last, self.domain):
            self._fill()
        self.changed(self.choice())

    def _place_moved(self) -> None:
        with _Quiet(self):
            years = list(self.material.years)
            for widget, value in ((self.first, years[0]), (self.last, years[-1])):
                widget.options = years
                widget.value = value
        self._fill()
        self.changed(self.choice())

    def _fill(self) -> None:
        """Domains and indicators that the place has in these years; what was chosen stays where it exists."""
        with _Quiet(self):
            choice = self.choice()
            everything = (self.words("explore.all"), _ALL)
            self._offer(self.domain, [everything, *((name, name) for name in choice.domains())])
            mine = [one for one in choice.all_series if self.domain.value in (_ALL, one.domain)]
            names = [one.name for one in mine]
            shown = [
                (one.name if names.count(one.name) == 1 else f"{one.name} {one.points[0]['unit']}", one.key)
                for one in mine
            ]
            self._offer(self.indicator, [everything, *shown])

    @staticmethod
    def _offer(widget: Any, options: list[tuple[str, str]]) -> None:
        kept = widget.value
        widget.options = options
        widget.value = kept if kept in {value for _, value in options} else _ALL


class _Quiet:
    """While it lasts, changes that the code makes itself are not reported."""

    def __init__(self, owner: Selection) -> None:
        self.owner = owner
        self.before = False

    def __enter__(self) -> None:
        self.before, self.owner._quiet = self.owner._quiet, True

    def __exit__(self, *_: object) -> None:
        self.owner._quiet = self.before
