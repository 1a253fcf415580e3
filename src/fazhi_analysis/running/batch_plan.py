"""A batch before it runs: which places and years, which notebooks, and which of them are done already."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.analysis.sign_off_state import sign_off
from fazhi_analysis.catalogue.place_lookup import Places, distinct_name, folder_name, own_name
from fazhi_analysis.dataset.report_ids import document_of
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.messages import LANGUAGES, Message
from fazhi_analysis.running.executing import notebooks as books
from fazhi_analysis.running.executing.engines import check_engine
from fazhi_analysis.running.report_plan import data_folders, in_language, languages_of
from fazhi_analysis.running.results.fingerprint import fingerprint, forget_stores
from fazhi_analysis.running.results.manifest import read_manifest

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]
"""Code and name of a place."""


@dataclass(frozen=True)
class BatchJob:
    """The whole job: what may be given on the command line or in a YAML file.

    ``regions`` are codes, names or patterns (``1509*``, ``*延庆*``); None means every place. ``years`` None means every
    year that a place has. ``lang`` is ``zh``, ``en`` or ``both``. ``timeout`` is in seconds for one notebook.
    ``signed_only`` leaves out the years whose report nobody has signed, or whose figures changed since.
    """

    regions: Sequence[str] | None = None
    years: Sequence[int] | None = None
    notebooks: Sequence[str] | None = None
    data: Any = None
    lang: str = "zh"
    out: Path | str = "output"
    workers: int | None = None
    scheduler: str | None = None
    timeout: float | None = None
    engine: str | None = None
    force: bool = False
    signed_only: bool = False


@dataclass(frozen=True)
class Task:
    """One place and year of a batch, in one language or both; ``folder`` is that of the first.

    ``done`` says that its result is there and nothing it rests on has changed; ``reports`` how many the place has: with
    more there is more to compare.
    """

    region: str
    region_code: str
    year: int
    folder: Path
    fingerprint: str
    done: bool
    arguments: Mapping[str, Any] = field(repr=False)
    reports: int = 1

    @property
    def name(self) -> str:
        """Place and year, as a person says them."""
        return f"{distinct_name(self.region, self.region_code)} {self.year}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _is_whole(value: Any) -> bool:
    return _is_number(value) and isinstance(value, int)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


_FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "regions": lambda value: bool(value) and all(_is_text(one) or _is_whole(one) for one in value),
    "years": lambda value: bool(value) and all(map(_is_whole, value)),
    "notebooks": _are_texts,
    "data": _are_texts,
    "lang": lambda value: value in (*LANGUAGES, "both"),
    "out": _is_text,
    "workers": _is_whole,
    "scheduler": _is_text,
    "timeout": _is_number,
    "engine": _is_text,
    "force": lambda value: isinstance(value, bool),
    "signed_only": lambda value: isinstance(value, bool),
}
"""Fields of a job file, and whether a value will do; what it should be instead is a message."""

_SEVERAL = frozenset({"regions", "years", "notebooks", "data"})
"""Fields that hold a list, in the place of which one value may stand."""


def read_job(path: Path | str) -> BatchJob:
    """A job file: YAML with the fields of :class:`BatchJob`; paths are relative to the file.

    Raises UsageError for a file that is none, fields that do not exist (it lists those that do), and values that are
    of no use (it says what they should be).
    """
    path = Path(path)
    given = {name: value for name, value in _read_fields(path).items() if value is not None}
    for name in _SEVERAL & given.keys():
        if not isinstance(given[name], list):
            given[name] = [given[name]]
    for name, value in given.items():
        if not _FIELDS[name](value):
            place = Message("running.job.field", file=path.name, field=name, value=str(value))
            raise UsageError(place, "running.job.wrong_value", meant=Message(f"running.job.meant.{name}"))
    base = path.resolve().parent
    if "regions" in given:
        given["regions"] = [str(region) for region in given["regions"]]
    if "notebooks" in given:
        given["notebooks"] = [str(base / name) if name.endswith(".ipynb") else name for name in given["notebooks"]]
    if "data" in given:
        given["data"] = [base / folder for folder in given["data"]]
    return BatchJob(**given | {"out": base / given.get("out", "output")})


def _read_fields(path: Path) -> dict[str, Any]:
    """What stands in a job file, by field. Raises UsageError unless every field is one of a job."""
    from fazhi_analysis.dataset.yaml_files import read_yaml

    try:
        content, _ = read_yaml(path)
    except FileNotFoundError:
        raise UsageError(path.name, "running.job.missing") from None
    except ValueError as error:
        raise UsageError(path.name, "running.job.not_yaml", reason=str(error)) from None
    names = [item.name for item in fields(BatchJob)]
    if not isinstance(content, dict):
        raise UsageError(path.name, "running.job.not_mapping", known=names)
    wrong = [str(name) for name in content if name not in names]
    if wrong:
        place = Message("running.job.fields", file=path.name, fields=wrong)
        raise UnknownNameError(place, "running.job.unknown_field", known=names)
    return content


def plan_batch(job: BatchJob) -> list[Task]:
    """Every place and year that the job asks for and the data have, in order of code and year.

    Raises UnknownNameError for a place, year, notebook or engine that does not exist at all, listing what does.

    >>> [task.name for task in plan_batch(BatchJob(regions=["霁原旗"], years=[2023]))]
    ['霁原旗 2023']
    """
    from fazhi_analysis.dataset import list_reports

    forget_stores()
    chosen = books.choose(job.notebooks)
    if job.engine:
        check_engine(job.engine)
    reports = list_reports(job.data)
    having: dict[tuple[str, str], list[int]] = {}
    places: dict[tuple[str, str], str] = {}
    for row in reports.itertuples(index=False):
        key = (str(row.region_code), str(row.region))
        having.setdefault(key, []).append(int(str(row.year)))
        places[key] = str(row.report_id).split("-")[0]
    wanted = _places(job.regions, sorted(having))
    years = None if job.years is None else {int(year) for year in job.years}
    existing = {year for key in wanted for year in having[key]}
    if years is not None and not years <= existing:
        missing = Message("common.list", items=sorted(years - existing))
        raise UnknownNameError(missing, "running.job.no_such_years", years=sorted(existing))
    pairs = [(key, year) for key in wanted for year in sorted(set(having[key])) if years is None or year in years]
    if job.signed_only:
        pairs = _signed(job, reports, pairs)
    return [replace(_task(job, key, year, places[key], chosen), reports=len(having[key])) for key, year in pairs]


def _signed(job: BatchJob, reports: pd.DataFrame, pairs: Sequence[tuple[Key, int]]) -> list[tuple[Key, int]]:
    """The places and years whose annual reports are signed. Raises UsageError when none of them is."""
    ids: dict[tuple[Key, int], list[str]] = {}
    for row in reports.itertuples(index=False):
        key = (str(row.region_code), str(row.region)), int(str(row.year))
        ids.setdefault(key, []).append(str(row.report_id))
    found = []
    for pair in pairs:
        annual = [name for name in ids[pair] if document_of(name) == "annual_report"] or ids[pair]
        if all(sign_off(name, job.data).state == "signed" for name in annual):
            found.append(pair)
    if pairs and not found:
        raise UsageError("signed_only", "running.job.none_signed", n=len(pairs))
    return found


def _task(job: BatchJob, key: tuple[str, str], year: int, place: str, chosen: Sequence[books.Notebook]) -> Task:
    code, region = key
    folders = data_folders(job.data)
    common: dict[str, Any] = {
        "region": region,
        "year": year,
        "data": None if folders is None else [str(folder.resolve()) for folder in folders],
    }
    # Not of the language: that is the folder's, so that one language made later finds the other still current.
    mark = fingerprint(place, chosen, books.parameters_for(chosen, common, {}), job.data, job.engine)
    name = f"{folder_name(region, code)}-{year}"
    results = [Path(job.out) / in_language(name, lang) for lang in languages_of(job.lang)]
    arguments = common | {
        "region": code or region,
        "lang": job.lang,
        "out": str(Path(job.out).resolve()),
        "notebooks": [book.name if book.is_bundled else str(book.path.resolve()) for book in chosen],
        "engine": job.engine,
        "notebook_timeout": job.timeout,
        "fingerprint": mark,
        "name": name,
    }
    done = not job.force and all(_is_done(folder, mark) for folder in results)
    return Task(region, code, year, results[0], mark, done, arguments)


def _is_done(folder: Path, mark: str) -> bool:
    manifest = read_manifest(folder)
    answered = manifest.get("fingerprints") or {manifest.get("fingerprint"): []}
    if mark not in answered or manifest.get("status") != "done":
        return False
    return all((folder / item["file"]).is_file() for item in manifest.get("outputs", []))


def _places(asked: Iterable[str] | None, existing: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    if asked is None:
        return list(existing)
    known = Places(existing)
    found: dict[tuple[str, str], None] = {}
    for text in asked:
        if any(mark in text for mark in "*?["):
            matching = [
                key for key in existing if any(fnmatch.fnmatchcase(word, text) for word in (*key, own_name(key[1])))
            ]
            if not matching:
                raise UnknownNameError(text, "running.job.no_places", n=len(existing))
            found.update(dict.fromkeys(matching))
        else:
            found.update(dict.fromkeys(existing[number] for number in known.find_all(text)))
    return sorted(found)
