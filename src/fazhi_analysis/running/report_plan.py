"""A request for a report, checked before anything runs: which place and years, which notebooks, which folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.peers.groups import level_number
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.catalogue import place_lookup
from fazhi_analysis.dataset import list_reports
from fazhi_analysis.errors import UsageError
from fazhi_analysis.messages import LANGUAGES, Message
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.executing import notebooks

_LANGUAGES = {"both": ("zh", "en")}
_YEARS, _PEERS = 3, 5


@dataclass(frozen=True)
class Edition:
    """The pages of one language: their words, and the parameters of each notebook."""

    words: Words
    parameters: tuple[Mapping[str, Any], ...]

    def name_in(self, name: str) -> str:
        """The name of a result folder in this language."""
        return in_language(name, self.words.lang)

    def other_name(self, name: str) -> str:
        """The name of a result folder in the other language."""
        return in_language(name, next(lang for lang in LANGUAGES if lang != self.words.lang))


@dataclass(frozen=True)
class Job:
    """A checked request: which notebooks to run, in which languages, and the name of the result folder."""

    place_year: PlaceYear
    notebooks: tuple[notebooks.Notebook, ...]
    editions: tuple[Edition, ...]
    name: str


def plan_report(
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
    names: Iterable[str | Path] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Job:
    """Check a request without running anything; see :func:`~fazhi_analysis.running.report.run_report`."""
    folders = data_folders(data)
    chosen = notebooks.choose(names)
    words = [Words(one) for one in languages_of(lang)]
    place_year = PlaceYear.open(region=region, year=year, baseline=baseline, data=folders)
    if names is None:
        chosen += notebooks.choose(further) if (further := _further(place_year)) else []
    common = {
        "region": place_year.region,
        "year": place_year.year,
        "baseline": place_year.baseline,
        "data": None if folders is None else [str(folder.resolve()) for folder in folders],
        "lang": lang,
    }
    own = dict(parameters or {})
    fixed = sorted(set(own) & set(common))
    if fixed:
        raise UsageError(Message("common.parameters", names=fixed), "running.notebook.fixed_parameter")
    editions = [
        Edition(each, tuple(notebooks.parameters_for(chosen, common | {"lang": each.lang}, own))) for each in words
    ]
    name = f"{place_lookup.folder_name(place_year.region, place_year.region_code)}-{place_year.year}"
    return Job(place_year, tuple(chosen), tuple(editions), name)


def _further(place_year: PlaceYear) -> list[str]:
    """Pages that a report has where the data allow them: the years from three on, other places of the level from five.

    >>> _further(PlaceYear.open(region="霁原旗", year=2024)), _further(PlaceYear.open(region="霁原旗", year=2022))
    (['trend'], [])
    """
    found = ["trend"] if sum(year <= place_year.year for year in place_year.years) >= _YEARS else []
    reports = list_reports(place_year.peers_data)
    level = level_number(place_year.place_id)
    others = reports[(reports["year"] == place_year.year) & (reports["region"] != place_year.region)]
    peers = {code for code in others["region_code"] if code and level_number(str(code)) == level}
    return [*found, "peer_comparison"] if len(peers) >= _PEERS else found


def languages_of(lang: str) -> tuple[str, ...]:
    """The languages that ``lang`` asks for, in their order.

    >>> languages_of("both"), languages_of("en")
    (('zh', 'en'), ('en',))
    """
    return _LANGUAGES.get(lang, (lang,))


def in_language(name: str, lang: str) -> str:
    """The name of a result folder in a language: Chinese needs no mark.

    >>> in_language("霁原旗-2024", "zh"), in_language("霁原旗-2024", "en")
    ('霁原旗-2024', '霁原旗-2024-en')
    """
    return name if lang == "zh" else f"{name}-{lang}"


def failed_folder(target: Path) -> Path:
    """Where a failed run of a result folder is kept."""
    return target.with_name(f"{target.name}.failed")


def data_folders(data: Path | str | Iterable[Path | str] | None) -> list[Path] | None:
    """Data folders as a list, None for the bundled data; UsageError for one that is not there."""
    if data is None:
        return None
    folders = [Path(data)] if isinstance(data, (str, Path)) else [Path(folder) for folder in data]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(folder.name or str(folder), "running.folder.no_data")
    return folders
