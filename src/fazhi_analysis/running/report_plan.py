"""A request for a report, checked before anything runs: which place and years, which notebooks, which folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.catalogue import places
from fazhi_analysis.errors import UsageError
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.wording.words import Words
from fazhi_analysis.running import notebooks


@dataclass(frozen=True)
class Job:
    """A checked request: what to run, with which parameters, into which folder."""

    place_year: PlaceYear
    words: Words
    notebooks: tuple[notebooks.Notebook, ...]
    parameters: tuple[Mapping[str, Any], ...]
    target: Path


def plan_report(
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
    out: Path | str = "output",
    names: Iterable[str | Path] | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
) -> Job:
    """Check a request without running anything; see :func:`~fazhi_analysis.running.report.run_report`."""
    folders = data_folders(data)
    chosen = notebooks.choose(names)
    words = Words(lang)
    place_year = PlaceYear.open(region=region, year=year, baseline=baseline, data=folders)
    common = {
        "region": place_year.region_code or place_year.region,
        "year": place_year.year,
        "baseline": place_year.baseline,
        "data": None if folders is None else [str(folder.resolve()) for folder in folders],
        "lang": lang,
    }
    common["region"] = place_year.region
    own = dict(parameters or {})
    fixed = sorted(set(own) & set(common))
    if fixed:
        raise UsageError(Message("common.parameters", names=fixed), "running.notebook.fixed_parameter")
    each = notebooks.parameters_for(chosen, common, own)
    return Job(place_year, words, tuple(chosen), tuple(each), Path(out) / folder_name(place_year, lang))


def folder_name(place_year: PlaceYear, lang: str = "zh") -> str:
    """Name of the result folder: place and year, the language where it is not Chinese; never more than a plain name."""
    place = places.folder_name(place_year.region, place_year.region_code)
    suffix = "" if lang == "zh" else f"-{lang}"
    return f"{place}-{place_year.year}{suffix}"


def data_folders(data: Path | str | Iterable[Path | str] | None) -> list[Path] | None:
    """Data folders as a list, None for the bundled data; UsageError for one that is not there."""
    if data is None:
        return None
    folders = [Path(data)] if isinstance(data, (str, Path)) else [Path(folder) for folder in data]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(folder.name or str(folder), "running.folder.no_data")
    return folders
