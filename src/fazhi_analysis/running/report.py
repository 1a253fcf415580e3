"""One place and year, from stored figures to a folder of pages that needs nothing else.

``<out>/<place>-<year>/`` holds ``index.html``, an HTML page and the executed notebook a notebook, ``appendix.html``
where pages cite figures, ``metrics.csv``, ``findings.csv`` and ``manifest.json``; English pages stand beside it, in
``<place>-<year>-en/``. A folder is written under another name and put in place when it is whole: the last good folder
stays until then, and a failed run is kept beside it, as ``<place>-<year>.failed``. What else lies in a result folder is
the user's and stays there.

Pages of both languages that one run makes link to each other. A run of one language lets its own pages link to those of
the other that are there already, and leaves these as they are: a finished page is never written again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, Unpack

from fazhi_analysis.dataset.atomic_writes import foreign, new_folder
from fazhi_analysis.errors import UsageError, in_its_language
from fazhi_analysis.running.executing import engines
from fazhi_analysis.running.report_pages import Making, ReportResult, Settings, is_ours, written
from fazhi_analysis.running.report_plan import Job, plan_report
from fazhi_analysis.running.results import manifest
from fazhi_analysis.running.results.memo_and_pdf import check_documents


class RunOptions(TypedDict, total=False):
    """Further options of :func:`run_report`, which says what they mean."""

    parameters: Mapping[str, Any] | None
    engine: str | None
    timeout: int | None
    notebook_timeout: float | None
    fingerprint: str
    name: str
    progress: Callable[[str], None] | None
    documents: Iterable[str]


@in_its_language
def run_report(
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
    out: Path | str = "output",
    notebooks: Iterable[str | Path] | None = None,
    **options: Unpack[RunOptions],
) -> ReportResult:
    """Execute notebooks for one place and year, and export each as a self-contained HTML page.

    Parameters
    ----------
    region, year, baseline:
        Place (code, own name or full name), report year, and earlier year (by default the latest one in the data).
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh``, ``en``, or ``both``: then either all pages of both languages are put in place, or none.
    out:
        Folder that the result folder is put into.
    notebooks:
        Names of bundled notebooks, or paths of the reader's own; by default the standard three, ``trend`` where there
        are three years or more, and ``peer_comparison`` where there are five other places of the level.
    parameters:
        Further parameters of the notebooks, by name.
    engine:
        Papermill's engine; by default the forked one where this system has it, else the stock kernel.
    timeout, notebook_timeout:
        Limits in seconds for one cell and for one notebook; none by default.
    fingerprint, name:
        What a batch knows: the digest of all that the result rests on, and the name of its folder (without language).
    progress:
        Called with one line of text before each step.
    documents:
        Further documents beside the pages: ``html`` (all pages in one file), ``docx`` (an editable memo), ``pdf`` (the
        pages as they print; needs Chromium).

    Returns
    -------
    ReportResult
        Of the Chinese pages where both languages are asked for; its ``other`` is of the English ones.

    Raises
    ------
    UnknownNameError, UsageError
        For a place, year, language, notebook or parameter that does not exist: before any kernel starts.
    RunError
        When a notebook fails; the others still run. All of them are kept as ``<place>-<year>.failed``, the failing cell
        marked, and the last good folder is untouched: its pages agree with each other.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = run_report("砚桥县", 2024, out=folder, notebooks=["data_quality"])
    ...     (result.folder / "index.html").is_file()
    True
    """
    settings = Settings(**options)
    settings = replace(settings, documents=check_documents(settings.documents))
    job = plan_report(region, year, baseline, data, lang, notebooks, settings.parameters)
    return run_planned(job, Path(out), settings)


def run_planned(job: Job, out: Path, settings: Settings) -> ReportResult:
    """Run a checked request."""
    settings = replace(settings, engine=engines.prepare_engine(settings.engine))
    with job.place_year.lent(), contextlib.ExitStack() as stack:
        made: list[Making] = []
        for edition in job.editions:
            target = out / edition.name_in(settings.name or job.name)
            _check_free(target, written(job, target, settings))
            folder = stack.enter_context(new_folder(target, partial(is_ours, target)))
            made.append(Making(job, edition, target, folder, settings))
        for each in made:
            each.execute()
        errors = [each.kept() for each in made if each.errors]
        if errors:
            raise errors[0]
        for each in made:
            each.write_pages(made)
    results = [each.result() for each in made]
    return replace(results[0], other=results[1] if len(results) > 1 else None)


def _check_free(target: Path, names: Container[str]) -> None:
    """Raise UsageError where the result would be written over files of the user."""
    for path in foreign(target, manifest.ours_in(target)):
        if path.name in names:
            raise UsageError(path, "running.folder.not_ours")
