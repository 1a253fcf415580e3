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
import shutil
import time
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, Unpack
from urllib.parse import quote

from fazhi_analysis.dataset.atomic_writes import clear, foreign, new_folder
from fazhi_analysis.errors import RunError, UsageError, in_its_language
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.appendix import Appendix
from fazhi_analysis.presenting.parts.supporting import APPENDIX, LEANING, Supporting
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.executing import engines, notebooks
from fazhi_analysis.running.report_plan import Edition, Job, failed_folder, plan_report
from fazhi_analysis.running.results import kept_pages, manifest, notebook_html, report_files
from fazhi_analysis.running.results.memo_and_pdf import check_documents, write_documents
from fazhi_analysis.running.results.start_page import Contents, start_page


@dataclass(frozen=True)
class ReportResult:
    """Where a report lies: its folder, its pages (the index first), its manifest.

    ``other`` is the same in English where both languages were asked for, else None; ``documents`` are those that were
    asked for beside the pages; ``notices`` say what a reader of the pages must know of the data, a line each.
    """

    folder: Path
    pages: tuple[Path, ...]
    manifest: Mapping[str, Any] = field(repr=False)
    other: ReportResult | None = field(default=None, repr=False)
    documents: tuple[Path, ...] = ()
    notices: tuple[Message, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Settings:
    """The same options with their defaults."""

    parameters: Mapping[str, Any] | None = None
    engine: str | None = None
    timeout: int | None = None
    notebook_timeout: float | None = None
    fingerprint: str = ""
    name: str = ""
    progress: Callable[[str], None] | None = None
    documents: Iterable[str] = ()


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
        made: list[_Making] = []
        for edition in job.editions:
            target = out / edition.name_in(settings.name or job.name)
            _check_free(target, _written(job, target, settings))
            folder = stack.enter_context(new_folder(target, partial(_is_ours, target)))
            made.append(_Making(job, edition, target, folder, settings))
        for each in made:
            each.execute()
        errors = [each.kept() for each in made if each.errors]
        if errors:
            raise errors[0]
        for each in made:
            each.write_pages(made)
    results = [each.result() for each in made]
    return replace(results[0], other=results[1] if len(results) > 1 else None)


def _written(job: Job, target: Path, settings: Settings) -> set[str]:
    """Names of the files that a run writes into a result folder."""
    names = {"index.html", f"{APPENDIX}.html", "manifest.json", *report_files.TABLES}
    names |= {f"{notebook.name}.{end}" for notebook in job.notebooks for end in ("html", "ipynb")}
    return names | {f"{target.name}.{kind}" for kind in settings.documents}


def _check_free(target: Path, names: Container[str]) -> None:
    """Raise UsageError where the result would be written over files of the user."""
    for path in foreign(target, manifest.ours_in(target)):
        if path.name in names:
            raise UsageError(path, "running.folder.not_ours")


def _is_ours(target: Path, name: str) -> bool:
    """Whether a file of a result folder is ours now: another run may have put its pages there since this one began."""
    return manifest.ours_in(target)(name)


class _Making:
    """The pages of one language while they are made, in a folder that takes the place of ``target`` afterwards."""

    def __init__(self, job: Job, edition: Edition, target: Path, folder: Path, settings: Settings) -> None:
        self.job = job
        self.edition = edition
        self.target = target
        self.errors: list[RunError] = []
        self._folder = folder
        self._settings = settings
        self._started, self._clock = manifest.now(), time.perf_counter()
        self._runs: list[dict[str, Any]] = []
        self._drafts: dict[str, notebook_html.Draft] = {}
        self._manifest: dict[str, Any] = {}

    def execute(self) -> None:
        """Run all notebooks; one that fails leaves an error, and the others still say what they can."""
        for notebook, parameters in zip(self.job.notebooks, self.edition.parameters, strict=True):
            if self._settings.progress is not None:
                place, year = self.job.place_year.place, self.job.place_year.year
                step = Message("running.notebook.running", place=place, year=year, notebook=notebook.name)
                self._settings.progress(step.text(self.edition.words.lang))
            run = {"name": notebook.name, "notebook_sha256": manifest.digest(notebook.path)}
            self._runs.append(run | {"status": "failed", "seconds": None})
            target = self._folder / f"{notebook.name}.ipynb"
            try:
                seconds = _run_one(notebook, target, parameters, self._settings)
            except RunError as error:
                self.errors.append(error)
                continue
            self._runs[-1] |= {"status": "done", "seconds": round(seconds, 2)}
            self._drafts[notebook.name] = notebook_html.draft_notebook(target, self.edition.words.lang)

    def write_pages(self, made: Sequence[_Making]) -> None:
        """Write pages, tables and manifest; ``made`` are the languages of this run."""
        place_year, words = self.job.place_year, self.edition.words
        kept = self._carried_over()
        names = sorted([*self._drafts, *kept.names], key=notebooks.reading_order)
        own = [f"{self.target.name}.{kind}" for kind in self._settings.documents]
        appendix = self._appendix(self._drafts, names, kept.supporting)
        contents = Contents(names, kept.stale, [*own, *kept.documents], appendix)
        pages = {
            "index": start_page(place_year, words, contents),
            **self._drafts,
            **_drafted(appendix, words, "index.html"),
        }
        characters = "".join(sorted(set().union(*(draft.characters for draft in pages.values()))))
        for name, draft in pages.items():
            page = notebook_html.render(draft, characters, other=self._address(f"{name}.html", made))
            (self._folder / f"{name}.html").write_text(page, encoding="utf-8")
        report_files.write_tables(self._folder, place_year)
        if own:
            write_documents(self._settings.documents, self._folder / self.target.name, place_year, words, pages)
        self._runs += [dict(run) for run in kept.runs]
        mark = self._settings.fingerprint
        self._manifest = self._described("done", self._folder)
        self._manifest |= {
            "fingerprint": mark,
            "fingerprints": dict(kept.marks) | ({mark: list(self._drafts)} if mark else {}),
            "summary": report_files.summary(place_year, words),
            "cited_years": appendix.evidence_years if appendix else [],
        }
        report_files.write_json(self._folder / "manifest.json", self._manifest)

    def _appendix(
        self, drafts: Mapping[str, notebook_html.Draft], names: Collection[str], kept: Iterable[Mapping[str, Any]] = ()
    ) -> Appendix | None:
        """The appendix of what pages hand over, those that are kept among them; None where none does."""
        handed = [*kept, *(each for draft in drafts.values() for each in draft.supporting)]
        return Appendix(self.job.place_year, self.edition.words, Supporting.of(handed), names) if handed else None

    def _carried_over(self) -> kept_pages.Kept:
        """What the old folder holds and this run was not asked for, put into the new one."""
        mine = {**report_files.identity(self.job), "lang": self.edition.words.lang}
        inputs = manifest.inputs(report_files.report_folders(self.job.place_year))
        made = _written(self.job, self.target, self._settings)
        return kept_pages.carry_over(self.target, self._folder, mine, made, inputs)

    def _address(self, page: str, made: Sequence[_Making]) -> str:
        """Where the same page is in the other language: made by this run, or finished before."""
        for other in made:
            if other is not self:
                return f"../{quote(other.target.name)}/{quote(page)}"
        name = self.edition.other_name(self._settings.name or self.job.name)
        other_folder = self.target.with_name(name)
        theirs, mine = manifest.read_manifest(other_folder), report_files.identity(self.job)
        finished = theirs.get("status") == "done" and all(theirs.get(key) == mine[key] for key in mine)
        return f"../{quote(name)}/{quote(page)}" if finished and (other_folder / page).is_file() else ""

    def _described(self, status: str, folder: Path) -> dict[str, Any]:
        seconds = round(time.perf_counter() - self._clock, 2)
        run = {"status": status, "started": self._started, "seconds": seconds, "notebooks": self._runs}
        return report_files.describe(self.job, self.edition, run, folder)

    def kept(self) -> RunError:
        """Put what was executed beside the result, and return the error that says so: of the first failing notebook."""
        first = self.errors[0]
        others = [error for error in self.errors[1:] if error.what != first.what]
        alike = len(self.errors) - len(others)
        reasons = [first.what if alike == 1 else Message("running.stopped.alike", what=first.what, n=alike)]
        reasons += [Message("running.stopped.notebook", notebook=error.where, what=error.what) for error in others]
        kept_as = RunError(first.where, "running.stopped.several", what=reasons)
        kept_as.lang = self.edition.words.lang
        failed = failed_folder(self.target)
        with new_folder(failed, partial(_is_ours, failed)) as kept:
            for path in sorted(self._folder.glob("*.ipynb")):
                shutil.copy2(path, kept)
            for name, page in self._failed_pages().items():
                (kept / f"{name}.html").write_text(notebook_html.render(page), encoding="utf-8")
            content = self._described("failed", kept) | {"error": str(kept_as)}
            report_files.write_json(kept / "manifest.json", content)
        key = "beside_old" if (self.target / "index.html").is_file() else "several"
        named = {"what": reasons, "folder": self.target.name}
        error = RunError(failed / f"{first.place}.ipynb", f"running.stopped.{key}", **named)
        error.__cause__ = first
        return error

    def _failed_pages(self) -> dict[str, notebook_html.Draft]:
        """What the notebooks show up to where they failed, and the appendix if it can still be made."""
        lang, paths = self.edition.words.lang, sorted(self._folder.glob("*.ipynb"))
        pages = {path.stem: notebook_html.draft_notebook(path, lang, index="") for path in paths}
        with contextlib.suppress(Exception):  # data that a notebook could not read; the run's own error says so
            pages |= _drafted(self._appendix(pages, list(pages)), self.edition.words)
        return pages

    def result(self) -> ReportResult:
        """What was put in place; a failed run of it is forgotten."""
        failed = failed_folder(self.target)
        clear(failed, manifest.ours_in(failed))
        added = [APPENDIX] if self._manifest["cited_years"] else []
        pages = ("index", *(notebook.name for notebook in self.job.notebooks), *added)
        documents = tuple(self.target / f"{self.target.name}.{kind}" for kind in self._settings.documents)
        made = tuple(self.target / f"{name}.html" for name in pages)
        waiting = report_files.waiting_corrections(self.job.place_year)
        return ReportResult(self.target, made, self._manifest, documents=documents, notices=waiting)


def _drafted(appendix: Appendix | None, words: Words, index: str = "") -> dict[str, notebook_html.Draft]:
    """The appendix as a page by its name; none where no page hands over anything."""
    if appendix is None:
        return {}
    return {APPENDIX: notebook_html.draft_page(str(appendix.whole()), words.lang, index=index)}


def _run_one(notebook: notebooks.Notebook, target: Path, parameters: Mapping[str, Any], settings: Settings) -> float:
    """Execute one notebook and return the seconds it took."""
    return notebooks.execute(
        notebook,
        target.resolve(),
        parameters,
        engine=settings.engine or "",
        timeout=settings.timeout,
        notebook_timeout=settings.notebook_timeout,
        environment={LEANING: "1"},
    )
