"""Pages: what a notebook shows, one method a cell. A page is one module with ``PAGE``, here or in an installed package.

A notebook holds parameters and calls; everything that it says comes from its page, the module of the same name. A
notebook without a module of its own gets :class:`~fazhi_analysis.presenting.parts.page.Page`, with the sections that
all pages share; a page without a notebook of its own gets one that shows its ``CELLS``.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Literal, overload

from fazhi_analysis import plugins
from fazhi_analysis.errors import UnknownNameError, in_its_language
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    from fazhi_analysis.presenting.pages.corpus_survey import CorpusSurvey
    from fazhi_analysis.presenting.pages.cross_check import CrossCheck
    from fazhi_analysis.presenting.pages.data_quality import DataQuality
    from fazhi_analysis.presenting.pages.explore import Explore
    from fazhi_analysis.presenting.pages.peer_comparison import PeerComparison
    from fazhi_analysis.presenting.pages.problems_next_steps import ProblemsNextSteps
    from fazhi_analysis.presenting.pages.region_review import RegionReview
    from fazhi_analysis.presenting.pages.trend import Trend
    from fazhi_analysis.presenting.pages.year_over_year import YearOverYear

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@functools.cache
def _parts() -> dict[str, plugins.Part]:
    """Pages by name, not yet imported; a name that the package has itself cannot be taken."""
    return {part.name: part for part in reversed(plugins.parts("pages", __name__))}


def page_names() -> list[str]:
    """Names of the pages, those of installed packages included.

    >>> "year_over_year" in page_names()
    True
    """
    return sorted(_parts())


@overload
def open_page(name: Literal["corpus_survey"], *, region: str, year: int, **options: Any) -> CorpusSurvey: ...
@overload
def open_page(name: Literal["cross_check"], *, region: str, year: int, **options: Any) -> CrossCheck: ...
@overload
def open_page(name: Literal["data_quality"], *, region: str, year: int, **options: Any) -> DataQuality: ...
@overload
def open_page(name: Literal["explore"], *, region: str, year: int, **options: Any) -> Explore: ...
@overload
def open_page(name: Literal["peer_comparison"], *, region: str, year: int, **options: Any) -> PeerComparison: ...
@overload
def open_page(name: Literal["problems_next_steps"], *, region: str, year: int, **options: Any) -> ProblemsNextSteps: ...
@overload
def open_page(name: Literal["region_review"], *, region: str, year: int, **options: Any) -> RegionReview: ...
@overload
def open_page(name: Literal["trend"], *, region: str, year: int, **options: Any) -> Trend: ...
@overload
def open_page(name: Literal["year_over_year"], *, region: str, year: int, **options: Any) -> YearOverYear: ...
@overload
def open_page(name: str, *, region: str, year: int, **options: Any) -> Any: ...
@in_its_language
def open_page(
    name: str,
    *,
    region: str,
    year: int,
    baseline: int | None = None,
    data: Any = None,
    lang: str = "zh",
    **options: Any,
) -> Any:
    """Open a page for one place and year; each of its methods returns something that Jupyter shows.

    Parameters
    ----------
    name:
        Name of the notebook without ``.ipynb``.
    region:
        Code, own name or full name of the place.
    year, baseline:
        Year reported on, and the earlier year to compare it with; by default the latest earlier year in the data.
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh`` or ``en``.
    options:
        Further parameters of the page.

    Raises
    ------
    UnknownNameError
        For an unknown place, year, language or parameter; the remedy lists what exists.

    >>> page = open_page("year_over_year", region="霁原旗", year=2024)
    >>> page.place_year.region
    '内蒙古自治区云泽盟霁原旗'
    """
    from fazhi_analysis.analysis.place_year import PlaceYear
    from fazhi_analysis.presenting.parts.supporting import is_beside_an_appendix
    from fazhi_analysis.presenting.wording.page_texts import Words

    words = Words(lang)
    kind = page_class(name)
    known = kind.parameters()
    wrong = sorted(set(options) - set(known))
    if wrong:
        raise UnknownNameError(
            Message("common.parameters", names=wrong), "choice.page.unknown_parameter", page=name, known=known
        )
    chosen = kind.Options(**options)
    region = kind.region_for(region, year, data, chosen)
    place_year = PlaceYear.open(region=region, year=year, baseline=baseline, data=data)
    page = kind(name, place_year, words, chosen)
    page.leans = is_beside_an_appendix()
    return page


def page_class(name: str) -> Any:
    """The class of a page: the one of its module, or the shared one for a notebook without a module.

    >>> page_class("my_own_notebook").__name__
    'Page'
    """
    from fazhi_analysis.presenting.parts.page import Page

    if not _NAME.fullmatch(name):
        raise UnknownNameError(name, "choice.page.unknown", pages=page_names())
    part = _parts().get(name)
    return Page if part is None else plugins.load(part, "PAGE").PAGE
