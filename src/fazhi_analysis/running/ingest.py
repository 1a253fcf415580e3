"""Taking reports into a data folder: many files on all processors, stopped and resumed at will.

Workers do everything but write; this process writes each report whole or not at all, in the order of the files, so that
the store does not depend on how many workers there were.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack, cast

from fazhi_analysis import __version__
from fazhi_analysis.analysis.revising.changes import Change
from fazhi_analysis.catalogue.chosen_place import given
from fazhi_analysis.dataset import swapping
from fazhi_analysis.dataset.documents import read_document
from fazhi_analysis.dataset.identity import REPORT_ID, document_of, place_year
from fazhi_analysis.dataset.ledger import ledger_path
from fazhi_analysis.dataset.loading import broken_reports
from fazhi_analysis.dataset.printed_place import noted_identity
from fazhi_analysis.dataset.storage import reports_folder, write_report_folder
from fazhi_analysis.errors import DamagedFileError, DataError, FazhiError, in_its_language
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Metadata
from fazhi_analysis.running.guarded import guarded, limited
from fazhi_analysis.running.ingest_one import Options, Prepared, catalogue_digest, prepare
from fazhi_analysis.running.pool import ClusterPool, Lost, in_order
from fazhi_analysis.running.versions import are_alike, changes_since, former_versions, is_former, number_of

Status = Literal["stored", "unchanged", "failed"]

_MANY = 8
"""From this many files on, it pays to look first which are stored already."""

_WORTH_A_POOL = 4
"""Fewer files than this are done before another process has started."""

_HELD = 4
"""Reports for each worker that may wait to be written: memory grows with these and not with the number of files."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file; ``error`` when it failed, ``message`` one line for the reader, ``taken_for`` what the
    document was taken for (body, place, kind, year, and how each was found) where that is known, ``changes`` what a new
    version changed of the one stored before.
    """

    path: Path
    report_id: str
    status: Status
    message: str = ""
    error: FazhiError | None = None
    taken_for: Metadata | None = None
    changes: tuple[Change, ...] = ()


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
        What tells this source from others of the same body, year and kind of document. Without it an edited file
        replaces the version that is stored, and a text with other wording gets the first digits of its digest.
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
    store = _Store(Path(data), asked, settings)
    known = store.known() if len(files) >= _MANY else {}
    skipped = {number: found for number, file in enumerate(files) if known and (found := known.get(_digest(file)))}
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
    few = workers == 1 or len(calls) < (_WORTH_A_POOL if workers is None else 2)
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


class _Store:
    """The data folder as ingest sees it."""

    def __init__(self, data: Path, options: Options, settings: Settings) -> None:
        self.data = data
        self.options = options
        self.replace_other = settings.replace_other
        self.lang = settings.lang
        self.root = reports_folder(data, create=True)
        self._ids: dict[str, set[str]] = {}  # place-year: the ids of its sources
        for path in self._there():
            if REPORT_ID.fullmatch(path.name):
                self._ids.setdefault(place_year(path.name), set()).add(path.name)

    def _there(self) -> list[Path]:
        try:
            return list(self.root.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            reason = error.strerror or str(error)
            raise DataError(self.root, "dataset.folder.cannot_read", reason=reason) from error

    def put(self, file: Path, made: Prepared | FazhiError) -> IngestResult:
        """Write what was prepared, under an id of its own where another source has its place and year."""
        if isinstance(made, FazhiError):
            return self._failed(file, "", made)
        try:
            with swapping.locked(self.root):
                return self._put(file, made)
        except FazhiError as error:
            return self._failed(file, made.report_id, error)
        except OSError as error:
            reason = error.strerror or str(error)
            failure = DataError(file, "running.ingest.cannot_write", data=str(self.data), reason=reason)
            return self._failed(file, made.report_id, failure)

    def _failed(self, file: Path, report_id: str, error: FazhiError) -> IngestResult:
        error.lang = self.lang
        return IngestResult(file, report_id, "failed", str(error), error)

    def _noted(self, notes: Iterable[Message]) -> str:
        """What the reader should know, as one line."""
        return Message("common.clauses", items=list(notes)).text(self.lang) if notes else ""

    def unchanged(self, file: Path, document: Mapping[str, Any], note: str) -> IngestResult:
        """The result for a file that changes nothing, and why not."""
        report_id = str(document["report_id"])
        message = Message(f"running.ingest.{note}", report_id=report_id).text(self.lang)
        return IngestResult(file, report_id, "unchanged", message, taken_for=_stored_metadata(document))

    def known(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Digest of each source that is stored just as it would be now, and of its earlier versions, with the report's
        document and the key of what to say.
        """
        found: dict[str, tuple[dict[str, Any], str]] = {}
        broken = broken_reports(self.data) if self._ids else {}
        names = sorted(name for names in self._ids.values() for name in names if name not in broken)
        for document in self._documents(names):
            provenance = document.get("provenance") or {}
            current = (provenance.get("package_version"), provenance.get("catalogue"), provenance.get("text_kept"))
            if current != (__version__, catalogue_digest(), self.options.text_kept) or not self._as_asked(document):
                continue
            if document.get("ledger", "") == _digest(ledger_path(self.data, document["report_id"])):
                earlier = () if self.replace_other else document.get("former") or ()
                found |= {str(version["digest"]): (document, "older_version") for version in earlier}
                found[str(provenance.get("digest"))] = document, "already_stored"
        return found

    def _put(self, file: Path, made: Prepared) -> IngestResult:
        ids = self._ids.setdefault(place_year(made.report_id), set())
        ids.add(place_year(made.report_id))  # another process may have written it meanwhile
        others = {document["report_id"]: document for document in self._documents(sorted(ids))}
        for report_id, document in others.items():
            if (document.get("source") or {}).get("digest") == made.digest:
                if _is_curated(document) and not self.replace_other:
                    raise DataError(file, "running.ingest.curated", report_id=report_id)
                return self._write(file, made, document)
            if document.get("content") == made.content and not self.options.suffix:
                return self.unchanged(file, document, "same_wording")
        there = others.get(made.report_id)
        if there is None or self.replace_other or self.options.suffix:
            return self._write(file, made, there)
        return self._beside(file, made, [there, *(others[name] for name in sorted(others) if name != made.report_id)])

    def _beside(self, file: Path, made: Prepared, others: Sequence[dict[str, Any]]) -> IngestResult:
        """A file whose body, year and kind are stored from another file: a version of that, or another source."""
        rivals = [one for one in others if document_of(one["report_id"]) == document_of(made.report_id)]
        for document in rivals:
            if is_former(document, made.digest, made.content):
                return self.unchanged(file, document, "older_version")
        text, rows = made.arguments["text"], made.arguments["metrics"]
        for document in rivals:
            if not _is_curated(document) and are_alike(self.root / document["report_id"], text, rows):
                return self._write(file, made, document)
        report_id = f"{made.report_id}-{made.digest[:6]}"
        note = Message("running.ingest.other_source", there=made.report_id, report_id=report_id)
        return self._write(file, made, {"report_id": report_id}, [note])

    def _write(
        self, file: Path, made: Prepared, there: dict[str, Any] | None, notes: Sequence[Message] = ()
    ) -> IngestResult:
        """Write a report, under the id and in the place of the document that is ``there``."""
        if there is not None and there["report_id"] != made.report_id:
            report_id = there["report_id"]
            tail = report_id.removeprefix(place_year(report_id)).removeprefix("-")
            again = prepare(str(file), replace(self.options, tail=tail))
            if isinstance(again, FazhiError):
                raise again
            made = again
        digest = ((there or {}).get("source") or {}).get("digest")
        former = former_versions(there or {}, made.digest) if digest else []
        changes: list[Change] = []
        if digest not in (None, "", made.digest):
            changes = self._changes(file, made)
            former[-1] = former[-1] | {"changes": [change.to_record() for change in changes]}
            notes = [*notes, Message("running.ingest.new_version", report_id=made.report_id, name=former[-1]["name"])]
        numbered = {"version": number_of(there or {}, made.digest), "former": former}
        extra = made.arguments["extra"] | (numbered if former else {})
        changed = write_report_folder(made.report_id, into=self.data, **{**made.arguments, "extra": extra})
        self._ids.setdefault(place_year(made.report_id), set()).add(made.report_id)
        message = self._noted([*notes, *made.notes])
        status: Status = "stored" if changed else "unchanged"
        return IngestResult(file, made.report_id, status, message, taken_for=made.metadata, changes=tuple(changes))

    def _changes(self, file: Path, made: Prepared) -> list[Change]:
        """What a new version changes; nothing where the folder of the one before is broken and is written anew."""
        with contextlib.suppress(DataError):
            return changes_since(self.root / made.report_id, file.name, made.arguments)
        return []

    def _documents(self, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """``report.json`` of these reports, of those that are there and whole; a broken one is written anew."""
        for name in ids:
            with contextlib.suppress(DataError):
                yield read_document(self.root / name)

    def _as_asked(self, document: dict[str, Any]) -> bool:
        organ, year = self.options.given.organ, self.options.given.year
        if year is not None and document.get("year") != year:
            return False
        if organ is None:
            return True
        identity = noted_identity(document)
        if organ.body is not None or organ.town:
            return (organ.region, organ.region_code) == (document["region"], document["region_code"])
        return (organ.place or identity["place"], organ.code) == (identity["place"], identity["place_code"])


@contextlib.contextmanager
def _bar(total: int, settings: Settings) -> Iterator[Callable[[int], object]]:
    if not settings.progress or total < 2 or not sys.stderr.isatty():
        yield lambda count: None
        return
    from tqdm import tqdm

    unit, title = (Message(key).text(settings.lang) for key in ("running.batch.unit", "running.ingest.bar"))
    with tqdm(total=total, unit=unit, desc=title, file=sys.stderr) as bar:
        yield bar.update


def _is_curated(document: Mapping[str, Any]) -> bool:
    return not (document.get("provenance") or {}).get("package_version")


def _stored_metadata(document: Mapping[str, Any]) -> Metadata:
    """What a stored report was taken for."""
    printed = document.get("metadata") or {}
    known = {item.name: printed[item.name] for item in fields(Metadata) if item.name in printed}
    return Metadata(**{**known, **noted_identity(document)})


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
