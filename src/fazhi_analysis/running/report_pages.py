"""The pages of one place, year and language while they are made, and what is kept of a run that fails."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fazhi_analysis.dataset.atomic_writes import clear, new_folder
from fazhi_analysis.errors import RunError
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.appendix import Appendix
from fazhi_analysis.presenting.parts.supporting import APPENDIX, LEANING, Supporting
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.executing import notebooks
from fazhi_analysis.running.report_plan import Edition, Job, failed_folder
from fazhi_analysis.running.results import kept_pages, manifest, notebook_html, report_files
from fazhi_analysis.running.results.memo_and_pdf import write_documents
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


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of :func:`~fazhi_analysis.running.report.run_report` with their defaults."""

    parameters: Mapping[str, Any] | None = None
    engine: str | None = None
    timeout: int | None = None
    notebook_timeout: float | None = None
    fingerprint: str = ""
    name: str = ""
    progress: Callable[[str], None] | None = None
    documents: Iterable[str] = ()


def written(job: Job, target: Path, settings: Settings) -> set[str]:
    """Names of the files that a run writes into a result folder."""
    names = {"index.html", f"{APPENDIX}.html", "manifest.json", *report_files.TABLES}
    names |= {f"{notebook.name}.{end}" for notebook in job.notebooks for end in ("html", "ipynb")}
    return names | {f"{target.name}.{kind}" for kind in settings.documents}


def is_ours(target: Path, name: str) -> bool:
    """Whether a file of a result folder is ours now: another run may have put its pages there since this one began."""
    return manifest.ours_in(target)(name)


class Making:
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

    def write_pages(self, made: Sequence[Making]) -> None:
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
        made = written(self.job, self.target, self._settings)
        return kept_pages.carry_over(self.target, self._folder, mine, made, inputs)

    def _address(self, page: str, made: Sequence[Making]) -> str:
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
        with new_folder(failed, partial(is_ours, failed)) as kept:
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
