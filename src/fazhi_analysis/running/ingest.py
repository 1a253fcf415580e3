"""Taking reports into a data folder: many files on all processors, stopped and resumed at will.

Workers do everything but write; this process writes each report whole or not at all, in the order of the files, so that
the store does not depend on how many workers there were.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict, Unpack, cast

from fazhi_analysis.catalogue.chosen_place import given
from fazhi_analysis.errors import DamagedFileError, FazhiError, in_its_language
from fazhi_analysis.messages import Message
from fazhi_analysis.running.ingest_one import Options, Prepared, prepare
from fazhi_analysis.running.ingest_store import IngestResult, IngestStore, digest_of
from fazhi_analysis.running.pool import ClusterPool, Lost, in_order
from fazhi_analysis.running.sandbox import guarded, limited

_MANY = 8
"""From this many files on, it pays to look first which are stored already."""

_WORTH_A_POOL = 4
"""Fewer files than this are done before another process has started."""

_HELD = 4
"""Reports for each worker that may wait to be written: memory grows with these and not with the number of files."""


class IngestOptions(TypedDict, total=False):
    """Further options of :func:`ingest`, which says what they mean."""

    text_kept: bool
    suffix: str
    replace_other: bool
    workers: int | None
    scheduler: str | None
    executor: Executor | ClusterPool | None
    timeout: float | None
    progress: bool
    lang: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The same options with their defaults."""

    text_kept: bool = True
    suffix: str = ""
    replace_other: bool = False
    workers: int | None = None
    scheduler: str | None = None
    executor: Executor | ClusterPool | None = None
    timeout: float | None = None
    progress: bool = True
    lang: str = "zh"


@in_its_language
def ingest(
    paths: str | Path | Iterable[str | Path],
    data: str | Path,
    region: str | None = None,
    code: str | None = None,
    year: int | None = None,
    **options: Unpack[IngestOptions],
) -> list[IngestResult]:
    """Read, check and store reports under ``data``; the same file again changes nothing.

    Parameters
    ----------
    paths:
        One file or several.
    data:
        Data folder; ``data/reports/<report_id>/`` is written. Its ledger of corrections is applied.
    region, code, year:
        Place (or body) and year where the documents do not say them (or say them wrongly).
    text_kept:
        Whether the wording may be stored (the text, headings, quotes); figures and places always are.
    suffix:
        What distinguishes this source from others of the same body, year and kind of document. Without it an edited
        file replaces the version that is stored, and a text with other wording gets the first digits of its digest.
    replace_other:
        Replace what is stored of the same body, year and kind of document, also by another source or an older version.
    workers:
        Processes; all processors by default.
    scheduler:
        Address of a Dask scheduler whose workers read and check instead (extra ``distributed``); they must see the same
        files.
    executor:
        Any ``concurrent.futures.Executor`` that does so instead.
    timeout:
        Seconds that one file may take on this machine; a file that takes longer fails.
    progress:
        Show a progress bar where the standard error is a terminal.
    lang:
        Language of the results' messages, ``zh`` or ``en``; what is stored stays Chinese.

    Returns
    -------
    list of IngestResult
        One a file, in order. A file that fails leaves the store as it was and does not stop the others.

    Raises
    ------
    UsageError
        For options that cannot be had, and a scheduler that does not answer, before anything is read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "a.txt")
    ...     _ = file.write_text("砚桥县2024年法治政府建设年度报告\\n受理行政复议案件53件。", encoding="utf-8")
    ...     [(result.report_id, result.status) for result in ingest([file, file], data=Path(folder, "data"))]
    [('990124-2024', 'stored'), ('990124-2024', 'unchanged')]
    """
    files = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]
    settings = Settings(**options)
    asked = Options(str(Path(data)), given(region, code, year), settings.text_kept, settings.suffix)
    store = IngestStore(Path(data), asked, replace_other=settings.replace_other, lang=settings.lang)
    digests = [digest_of(file) for file in files] if len(files) >= _MANY and store.has_reports else []
    known = store.known(set(digests) - {""}) if digests else {}
    skipped = {number: found for number, digest in enumerate(digests) if (found := known.get(digest))}
    todo = [number for number in range(len(files)) if number not in skipped]
    results = {number: store.unchanged(files[number], *found) for number, found in skipped.items()}
    with contextlib.ExitStack() as stack:
        advance = stack.enter_context(_bar(len(files), settings))
        advance(len(skipped))
        if settings.scheduler and todo and settings.executor is None:
            settings = replace(settings, executor=stack.enter_context(ClusterPool(settings.scheduler)))
        made = stack.enter_context(contextlib.closing(_prepared([files[number] for number in todo], asked, settings)))
        for number, prepared in zip(todo, made, strict=True):
            results[number] = store.put(files[number], prepared)
            advance(1)
    return [results[number] for number in range(len(files))]


def _prepared(
    files: Sequence[Path], asked: Options, settings: Settings
) -> Generator[Prepared | FazhiError, None, None]:
    """What becomes of each file, in order; few files need no pool, but each a process of its own with limits."""
    workers, executor = settings.workers, settings.executor
    if executor is not None:  # other processes have other working folders
        files, asked = [file.absolute() for file in files], replace(asked, data=str(Path(asked.data).absolute()))
    calls = [(str(file), asked) for file in files]
    few = len(calls) < (_WORTH_A_POOL if workers in (None, 1) else 2)
    if executor is None and settings.timeout is None and few:
        yield from itertools.starmap(_prepare_apart, calls)
        return
    limited_prepare: Any = functools.partial(cast(Any, limited), prepare)
    function = prepare if executor is not None else limited_prepare
    results = in_order(function, calls, workers=workers, executor=executor, limit=settings.timeout, held=_HELD)
    with contextlib.closing(results):
        for file, made in zip(files, results, strict=True):
            yield _fault(str(file), made) if isinstance(made, Lost) else made


def _prepare_apart(file: str, asked: Options) -> Prepared | FazhiError:
    try:
        return guarded(file, prepare, file, asked)
    except FazhiError as error:
        return error


def _fault(file: str, lost: Lost) -> DamagedFileError:
    if lost.why == "overran":
        return DamagedFileError(file, "running.ingest.too_long", seconds=lost.detail)
    if lost.why == "gave_up":
        return DamagedFileError(file, "running.ingest.died_of", reason=lost.detail)
    return DamagedFileError(file, "running.ingest.crashed")


@contextlib.contextmanager
def _bar(total: int, settings: Settings) -> Iterator[Callable[[int], object]]:
    if not settings.progress or total < 2 or not sys.stderr.isatty():
        yield lambda count: None
        return
    from tqdm import tqdm

    unit, title = (Message(key).text(settings.lang) for key in ("running.batch.unit", "running.ingest.bar"))
    with tqdm(total=total, unit=unit, desc=title, file=sys.stderr) as bar:
        yield bar.update
