"""One place and year, from stored figures to a folder of pages that needs nothing else.

``<out>/<place>-<year>/`` holds ``index.html``, an HTML page and the executed notebook a notebook, ``metrics.csv``,
``findings.csv`` and ``manifest.json``. It is written under another name and put in place when it is whole: the last
good folder stays until then, and a failed run is kept beside it, as ``<place>-<year>.failed``.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.swapping import new_folder, replace_folder
from fazhi_analysis.errors import RunError, in_its_language
from fazhi_analysis.messages import Message
from fazhi_analysis.running import engines, export, languages, manifest, notebooks, report_files
from fazhi_analysis.running.report_plan import Job, plan_report
from fazhi_analysis.running.start_page import start_page


@dataclass(frozen=True)
class ReportResult:
    """Where a report lies: its folder, its pages (the index first), and its manifest."""

    folder: Path
    pages: tuple[Path, ...]
    manifest: Mapping[str, Any] = field(repr=False)


@in_its_language
def run_report(
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
    out: Path | str = "output",
    notebooks: Iterable[str | Path] | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
    engine: str | None = None,
    timeout: int | None = None,
    notebook_timeout: float | None = None,
    fingerprint: str = "",
    name: str = "",
    progress: Callable[[str], None] | None = None,
) -> ReportResult:
    """Execute notebooks for one place and year, and export each as a self-contained HTML page.

    Parameters
    ----------
    region, year, baseline:
        Place (code, own name or full name), report year, and earlier year (by default the latest one in the data).
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh`` or ``en``.
    out:
        Folder that the result folder is put into.
    notebooks:
        Names of bundled notebooks, or paths of the reader's own; the standard three by default.
    parameters:
        Further parameters of the notebooks.
    engine, timeout, notebook_timeout:
        Papermill's engine (by default the forked one where it is to be had, else the stock kernel), and the limits in
        seconds for one cell and for one notebook.
    fingerprint, name:
        What a batch knows: the digest of all that the result rests on, and the name of its folder.
    progress:
        Called with one line of text before each step.

    Raises
    ------
    UnknownNameError, UsageError
        For a place, year, language, notebook or parameter that cannot be had: before any kernel starts.
    RunError
        When a notebook fails; the others still run. All of them are kept as ``<place>-<year>.failed``, the failing cell
        marked, and the last good folder is untouched: its pages agree with each other.
    """
    job = plan_report(region, year, baseline, data, lang, out, notebooks, parameters=parameters)
    if name:
        job = replace(job, target=job.target.with_name(name))
    limits = Limits(timeout, notebook_timeout)
    return run_planned(job, engine=engine, limits=limits, fingerprint=fingerprint, progress=progress)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that one cell and one notebook may take; None for no limit."""

    cell: int | None = None
    notebook: float | None = None


def run_planned(
    job: Job,
    *,
    engine: str | None = None,
    limits: Limits | None = None,
    fingerprint: str = "",
    progress: Callable[[str], None] | None = None,
) -> ReportResult:
    """Run a checked request."""
    engine = engines.prepare_engine(engine)
    limits = limits or Limits()
    say = progress or (lambda line: None)
    started, clock = manifest.now(), time.perf_counter()
    runs: list[dict[str, Any]] = []
    with job.place_year.lent(), new_folder(job.target) as folder:
        drafts: dict[str, export.Draft] = {}
        failed: list[RunError] = []
        for notebook, parameters in zip(job.notebooks, job.parameters, strict=True):
            place, year = job.place_year.place, job.place_year.year
            step = Message("running.notebook.running", place=place, year=year, notebook=notebook.name)
            say(step.text(job.words.lang))
            try:
                drafts[notebook.name] = _run_one(notebook, parameters, folder, job, runs, engine, limits)
            except RunError as error:  # the others still tell what they can
                failed.append(error)
        if failed:
            raise _keep_failed(folder, job, runs, started, clock, failed)
        pages = {"index": start_page(job.place_year, job.words, drafts), **drafts}
        characters = "".join(sorted(set().union(*(draft.characters for draft in pages.values()))))
        for name, draft in pages.items():
            (folder / f"{name}.html").write_text(export.render(draft, characters), encoding="utf-8")
        report_files.write_tables(folder, job.place_year)
        languages.link_new(folder, job.target, report_files.identity(job) | {"status": "done"})
        content = report_files.describe(job, runs, started, clock, "done", folder)
        content |= {"fingerprint": fingerprint, "summary": report_files.summary(job.place_year, job.words)}
        report_files.write_json(folder / "manifest.json", content)
    languages.link_back(job.target, content)
    _forget_failed(job.target)
    order = ("index", *(notebook.name for notebook in job.notebooks))
    return ReportResult(job.target, tuple(job.target / f"{name}.html" for name in order), content)


def _run_one(
    notebook: notebooks.Notebook,
    parameters: Mapping[str, Any],
    folder: Path,
    job: Job,
    runs: list[dict[str, Any]],
    engine: str,
    limits: Limits,
) -> export.Draft:
    target = folder / f"{notebook.name}.ipynb"
    run: dict[str, Any] = {
        "name": notebook.name,
        "notebook_sha256": manifest.digest(notebook.path),
        "status": "failed",
        "seconds": None,
    }
    runs.append(run)
    seconds = notebooks.execute(
        notebook,
        target.resolve(),
        parameters,
        engine=engine,
        timeout=limits.cell,
        notebook_timeout=limits.notebook,
    )
    run["seconds"] = round(seconds, 2)
    run["status"] = "done"
    return export.draft_notebook(target, job.words.lang)


def _keep_failed(
    folder: Path, job: Job, runs: list[dict[str, Any]], started: str, clock: float, errors: list[RunError]
) -> RunError:
    """Put what was executed beside the result, and return the error that says so: of the first failing notebook."""
    kept = folder.with_name(f"{folder.name}-failed")
    shutil.copytree(folder, kept)
    kept.chmod(0o755)
    first = errors[0]
    others = [error for error in errors[1:] if error.what != first.what]
    alike = len(errors) - len(others)
    reasons = [first.what if alike == 1 else Message("running.stopped.alike", what=first.what, n=alike)]
    reasons += [Message("running.stopped.notebook", notebook=error.where, what=error.what) for error in others]
    kept_as = RunError(first.where, "running.stopped.several", what=reasons)
    kept_as.lang = job.words.lang
    content = report_files.describe(job, runs, started, clock, "failed", kept) | {"error": str(kept_as)}
    for path in sorted(kept.glob("*.ipynb")):
        page = export.render(export.draft_notebook(path, job.words.lang, index=""))
        (kept / f"{path.stem}.html").write_text(page, encoding="utf-8")
    report_files.write_json(kept / "manifest.json", content)
    failed = failed_folder(job.target)
    replace_folder(kept, failed)
    error = RunError(failed / f"{first.place}.ipynb", "running.stopped.several", what=reasons)
    error.__cause__ = first
    return error


def failed_folder(target: Path) -> Path:
    """Where a failed run of a result folder is kept."""
    return target.with_name(f"{target.name}.failed")


def _forget_failed(target: Path) -> None:
    with contextlib.suppress(OSError):
        shutil.rmtree(failed_folder(target))
