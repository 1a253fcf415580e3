"""The data folder as ingest writes it: which files are stored already, as another version, or beside another source."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from fazhi_analysis import __version__
from fazhi_analysis.analysis.revising.changes import Change
from fazhi_analysis.dataset import atomic_writes
from fazhi_analysis.dataset.ledger import ledger_path
from fazhi_analysis.dataset.loading import broken_reports
from fazhi_analysis.dataset.printed_place import noted_identity
from fazhi_analysis.dataset.report_ids import REPORT_ID, document_of, place_year
from fazhi_analysis.dataset.report_json import read_document
from fazhi_analysis.dataset.selecting import unknown_indicators
from fazhi_analysis.dataset.storage import read_report_folder, reports_folder, tidy, write_report_folder
from fazhi_analysis.errors import DataError, FazhiError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Metadata
from fazhi_analysis.running.ingest_one import Options, Prepared, catalogue_digest, prepare
from fazhi_analysis.running.report_versions import are_alike, changes_since, former_versions, is_former, number_of

Status = Literal["stored", "unchanged", "failed"]

_DIGEST = re.compile(rb"[0-9a-f]{64}")


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


class IngestStore:
    """The data folder as ingest sees it."""

    def __init__(self, data: Path, options: Options, *, replace_other: bool, lang: str) -> None:
        self.data = data
        self.options = options
        self.replace_other = replace_other
        self.lang = lang
        self.root = reports_folder(data, create=True)
        tidy(self.root)
        self._ids: dict[str, set[str]] = {}  # place-year: the ids of its sources
        for path in self._there():
            if REPORT_ID.fullmatch(path.name):
                self._ids.setdefault(place_year(path.name), set()).add(path.name)

    @property
    def has_reports(self) -> bool:
        """Whether anything is stored already."""
        return bool(self._ids)

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
            with atomic_writes.locked(self.root):
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

    def known(self, wanted: Container[str]) -> dict[str, tuple[dict[str, Any], str]]:
        """Of the ``wanted`` digests those of sources that are stored just as they would be now, and of their earlier
        versions, each with the short parts of the report's document and the key of what to say: a large store does not
        fit into memory, and documents that name none of the digests are not even parsed.
        """
        found: dict[str, tuple[dict[str, Any], str]] = {}
        names = sorted(name for names in self._ids.values() for name in names if self._names_any(name, wanted))
        broken = broken_reports(self.data, names) if names else {}
        for document in self._documents(name for name in names if name not in broken):
            provenance = document.get("provenance") or {}
            current = (provenance.get("package_version"), provenance.get("catalogue"), provenance.get("text_kept"))
            if current != (__version__, catalogue_digest(), self.options.text_kept) or not self._as_asked(document):
                continue
            if document.get("ledger", "") == digest_of(ledger_path(self.data, document["report_id"])):
                earlier = () if self.replace_other else document.get("former") or ()
                short = {name: value for name, value in document.items() if not isinstance(value, list)}
                said = {str(version["digest"]): "older_version" for version in earlier}
                said[str(provenance.get("digest"))] = "already_stored"
                found |= {digest: (short, note) for digest, note in said.items() if digest in wanted}
        return found

    def _names_any(self, report_id: str, wanted: Container[str]) -> bool:
        """Whether the document of a stored report names one of the digests, as that of a source or of anything else."""
        try:
            content = (self.root / report_id / "report.json").read_bytes()
        except OSError:
            return False
        return any(digest.decode() in wanted for digest in _DIGEST.findall(content))

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
                if report_id in broken_reports(self.data, [report_id]):  # another layout mends it as well
                    return self._write(file, made, document)
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
        notes = [*notes, *self._forgotten(there)]
        numbered = {"version": number_of(there or {}, made.digest), "former": former}
        extra = made.arguments["extra"] | (numbered if former else {})
        changed = write_report_folder(made.report_id, into=self.data, **{**made.arguments, "extra": extra})
        self._ids.setdefault(place_year(made.report_id), set()).add(made.report_id)
        message = self._noted([*notes, *made.notes])
        status: Status = "stored" if changed else "unchanged"
        return IngestResult(file, made.report_id, status, message, taken_for=made.metadata, changes=tuple(changes))

    def _forgotten(self, there: Mapping[str, Any] | None) -> list[Message]:
        """That figures were stored under a user's own indicators which the catalogue in use does not have."""
        used = ((there or {}).get("provenance") or {}).get("catalogue")
        if there is None or used in (None, catalogue_digest()):
            return []
        with contextlib.suppress(DataError):
            rows = read_report_folder(self.root / there["report_id"]).metrics
            if gone := unknown_indicators(row["indicator_id"] for row in rows):
                return [Message("running.ingest.indicators_gone", indicators=gone)]
        return []

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


def _is_curated(document: Mapping[str, Any]) -> bool:
    return not (document.get("provenance") or {}).get("package_version")


def _stored_metadata(document: Mapping[str, Any]) -> Metadata:
    """What a stored report was taken for."""
    printed = document.get("metadata") or {}
    known = {item.name: printed[item.name] for item in fields(Metadata) if item.name in printed}
    return Metadata(**{**known, **noted_identity(document)})


def digest_of(file: Path) -> str:
    """SHA-256 of a file's bytes; empty for a file that cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
