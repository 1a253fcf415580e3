"""Many places and years in one run: on all processors or a cluster, each result whole or not there at all."""

from __future__ import annotations

import errno
import re
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, TypedDict, Unpack

from fazhi_analysis.dataset.atomic_writes import recover, sweep
from fazhi_analysis.errors import FazhiError, RunError, UsageError, in_its_language, telling_of_broken_reports
from fazhi_analysis.messages import Message
from fazhi_analysis.running import unfinished
from fazhi_analysis.running.batch_index import check_free, write_index
from fazhi_analysis.running.batch_outcome import Answer, BatchResult, Outcome, Status
from fazhi_analysis.running.batch_plan import BatchJob, Task, plan_batch
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.pool import ClusterPool, Lost, in_order

_OURS = re.compile(r"manifest\.json|(?:metrics|findings)\.csv|.*\.(?:html|ipynb)")
"""Files that a run writes into its temporary folder."""

_RESULT = r".+-\d{4}(?:-en)?(?:\.failed)?"
"""Name of a result folder."""

_DIED: Answer = ("failed", Message("running.batch.died"), 0.0)


class BatchOptions(TypedDict, total=False):
    """Further options of :func:`run_batch`, which says what they mean."""

    lang: str
    out: Path | str
    workers: int | None
    scheduler: str | None
    timeout: float | None
    engine: str | None
    force: bool
    signed_only: bool


@in_its_language
def run_batch(
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    notebooks: Sequence[str] | None = None,
    data: Any = None,
    *,
    executor: Executor | None = None,
    progress: bool | None = None,
    **options: Unpack[BatchOptions],
) -> BatchResult:
    """Pages for many places and years; unchanged results are left alone, one failure fails only itself.

    Parameters
    ----------
    regions:
        Places by code, name or pattern (``1509*``, ``*延庆*``); all by default.
    years:
        Report years; all that a place has by default.
    notebooks:
        Names of bundled notebooks, or paths of the reader's own; the standard three by default.
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh`` (the default), ``en``, or ``both`` at once.
    out:
        Folder that the result folders are put into; ``output`` by default.
    workers:
        Processes on this machine; all processors by default.
    scheduler:
        Address of a Dask scheduler whose workers do the work instead (extra ``distributed``); they must see the same
        files.
    timeout:
        Seconds for one notebook.
    engine:
        Papermill's engine; by default the forked one where this system has it.
    force:
        Run what is unchanged as well; False by default.
    signed_only:
        Leave out the years whose report nobody has signed, or whose figures changed since it was signed.
    executor:
        Any ``concurrent.futures.Executor`` to run on, instead.
    progress:
        A progress bar on standard error; by default where that is a terminal.

    Returns
    -------
    BatchResult
        Failures are outcomes, not exceptions.

    Raises
    ------
    UsageError
        For a place, year or notebook that does not exist, before anything runs.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = run_batch(["砚桥县"], [2024], ["data_quality"], out=folder, workers=1, progress=False)
    >>> [outcome.status for outcome in result.outcomes]
    ['done']
    """
    return run_job(BatchJob(regions, years, notebooks, data, **options), executor=executor, progress=progress)


def run_job(job: BatchJob, *, executor: Executor | None = None, progress: bool | None = None) -> BatchResult:
    """Run a planned job; see :func:`run_batch`."""
    if executor is None and not job.scheduler and warm.available():
        warm.start_ahead()
    from tqdm import tqdm

    tasks = plan_batch(job)
    waiting = [task for task in tasks if not task.done]
    outcomes = {task.folder: _outcome(task, "skipped") for task in tasks if task.done}
    _make_ready(Path(job.out))
    check_free(job)
    names = _begun(job, waiting)
    shown = sys.stderr.isatty() if progress is None else progress
    unit = Message("running.batch.unit").text(job.lang)
    with tqdm(total=len(waiting), unit=unit, disable=not shown, file=sys.stderr) as bar:
        for task, outcome in _work(waiting, job, executor):
            outcomes[task.folder] = outcome
            bar.set_postfix_str(task.name, refresh=False)
            bar.update()
    ordered = tuple(outcomes[task.folder] for task in tasks)
    try:
        index = write_index(job, unfinished.as_one(Path(job.out), ordered, names))
        return BatchResult(ordered, index, job.lang)
    except OSError as error:
        raise RunError(Path(job.out) / "index.html", "running.batch.overview", reason=_in_words(error)) from error
    finally:
        unfinished.end(job)


def _make_ready(out: Path) -> None:
    """Make the output folder; put back and clear away what a killed run left there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        recover(out, _is_ours)
        sweep(out, _is_ours, _RESULT)
    except OSError as error:
        raise UsageError(f"--out {out}", "running.folder.cannot_write", reason=_in_words(error)) from error


def _begun(job: BatchJob, waiting: Sequence[Task]) -> frozenset[str]:
    try:
        return unfinished.begin(job, [task.folder.name for task in waiting])
    except OSError as error:
        raise UsageError(f"--out {job.out}", "running.folder.cannot_write", reason=_in_words(error)) from error


def _is_ours(name: str) -> bool:
    return _OURS.fullmatch(name) is not None


def run_task(arguments: dict[str, Any]) -> Answer:
    """Run one task and answer; never raises for a failing notebook.

    A worker with threads (Dask, a thread pool) hands the task to a process of its own, since papermill changes the
    working directory of the process that it runs in.
    """
    if threading.current_thread() is threading.main_thread() or not warm.available():
        return _run_here(arguments)
    try:
        answer: Answer = warm.call(_run_here, arguments)
    except EOFError:
        return _DIED
    return answer


def _run_here(arguments: dict[str, Any]) -> Answer:
    from fazhi_analysis.running.report import run_report

    started = time.perf_counter()
    warnings: list[str] = []
    lang = "en" if arguments.get("lang") == "en" else "zh"
    try:
        with telling_of_broken_reports(lambda warning: warnings.append(warning.text(lang))):
            run_report(**arguments)
    except FazhiError as error:
        return "failed", str(error), time.perf_counter() - started
    except (OSError, MemoryError) as error:
        return "failed", _in_words(error), time.perf_counter() - started
    return "done", "\n".join(dict.fromkeys(warnings)), time.perf_counter() - started


def _in_words(error: OSError | MemoryError) -> str | Message:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return Message("running.folder.disk_full", reason=error.strerror)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return f"{type(error).__name__}: {error}"


def _work(tasks: Sequence[Task], job: BatchJob, executor: Executor | None) -> Iterator[tuple[Task, Outcome]]:
    """Tasks with their outcomes, the longest first, so that at the end no process waits long for another.

    Notebooks keep their own time limits, which leave a page behind.
    """
    tasks = sorted(tasks, key=lambda task: -task.reports)
    with ExitStack() as stack:
        elsewhere = stack.enter_context(ClusterPool(job.scheduler)) if job.scheduler and tasks else executor
        calls = [(dict(task.arguments),) for task in tasks]
        answers = in_order(run_task, calls, workers=job.workers, executor=elsewhere, preloaded=True)
        stack.enter_context(closing(answers))
        for task, answer in zip(tasks, answers, strict=True):
            status, message, seconds = _of_lost(answer) if isinstance(answer, Lost) else answer
            yield task, _outcome(task, status, seconds, message)


def _of_lost(lost: Lost) -> Answer:
    return _DIED if lost.why == "died" else ("failed", Message("running.batch.died_of", reason=lost.detail), 0.0)


def _outcome(task: Task, status: Status, seconds: float = 0.0, message: str | Message = "") -> Outcome:
    if isinstance(message, Message):
        message = message.text(task.arguments["lang"])
    return Outcome(task.region, task.region_code, task.year, status, task.folder.name, round(seconds, 2), message)
