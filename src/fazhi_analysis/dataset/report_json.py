"""``report.json`` and ``text.txt`` of a report's folder, read and checked: people edit them, and disks damage them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.report_ids import year_of
from fazhi_analysis.dataset.schema import FORMAT
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Metadata

_KINDS: Mapping[str, type] = {
    "region": str,
    "region_code": str,
    "metadata": dict,
    "source": dict,
    "provenance": dict,
    "counts": dict,
    "sections": list,
    "pages": list,
    "corrections": list,
    "warnings": list,
    "former": list,
    "content": str,
    "ledger": str,
}
"""What the values of ``report.json`` are, where they are there."""

_PARTS: Mapping[str, type] = {"sections": dict, "pages": list, "corrections": dict, "warnings": str, "former": dict}
"""What the entries of its lists are."""

_TEXTS = frozenset(item.name for item in fields(Metadata) if isinstance(item.default, str))
_LONE = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can spell and no file can hold."""


def stored_bytes(folder: Path, name: str) -> bytes:
    """The bytes of a file of a report's folder. Raises DataError where there is no such file, or it cannot be read."""
    path = folder / name
    place = f"{folder.name}/{name}"
    try:
        if path.is_file():
            return path.read_bytes()
    except OSError as error:
        raise DataError(place, "dataset.file.cannot_read", reason=error.strerror or str(error)) from None
    there = path.is_symlink() or path.exists()
    raise DataError(place, "dataset.file.not_a_file" if there else "dataset.file.missing")


def stored_text(folder: Path, name: str) -> str:
    """The text of a file of a report's folder, a byte order mark left out. Raises DataError where it is not UTF-8."""
    try:
        return stored_bytes(folder, name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{folder.name}/{name}", "dataset.file.not_utf8") from None


def read_kept_text(folder: Path) -> str | None:
    """The text of a report's folder as it stands there, or None where it was not kept. Raises DataError."""
    path = folder / "text.txt"
    if not (path.exists() or path.is_symlink()):
        return None
    try:
        return stored_bytes(folder, "text.txt").decode("utf-8")
    except UnicodeDecodeError:
        raise DataError(f"{folder.name}/text.txt", "dataset.file.not_utf8") from None


def read_document(folder: Path) -> dict[str, Any]:
    """``report.json`` of a folder. Raises DataError when it is missing, broken, or of a newer layout."""
    place = f"{folder.name}/report.json"
    text = stored_text(folder, "report.json")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(place, "dataset.file.not_json", reason=str(error)[:200]) from None
    if not isinstance(document, dict) or document.get("report_id") != folder.name:
        raise DataError(place, "dataset.file.other_id", folder=folder.name)
    version = document.get("format")
    if type(version) is int and version > FORMAT:
        raise DataError(place, "dataset.file.newer_format", format=version)
    if type(version) is not int or version < 1:
        raise DataError(place, "dataset.file.format", format=repr(version)[:40])
    wrong = next(_wrong(document), "")
    if not wrong and "\\u" in text and _LONE.search(json.dumps(document, ensure_ascii=False)):
        wrong = "\\ud800"
    if wrong:
        raise DataError(place, "dataset.file.wrong_value", name=wrong)
    return document


def _wrong(document: Mapping[str, Any]) -> Iterator[str]:
    """The keys whose values are not what they should be."""
    if type(document.get("year")) is not int or document["year"] != year_of(document["report_id"]):
        yield "year"
    yield from (
        key for key in ("region", "region_code") if key not in document or (key == "region" and not document[key])
    )
    yield from (key for key, kind in _KINDS.items() if not isinstance(document.get(key, kind()), kind))
    for key, kind in _PARTS.items():
        if not all(isinstance(part, kind) for part in document.get(key, ())):
            yield key
    yield from (f"metadata.{key}" for key in _not_texts(document.get("metadata", {})) if key in _TEXTS)
    for group in ("source", "provenance"):
        yield from (f"{group}.{key}" for key in _not_texts(document.get(group, {})) if key != "text_kept")
    if not all(type(count) is int for count in document.get("counts", {}).values()):
        yield "counts"
    if not all(
        len(page) == 2 and type(page[0]) is int and isinstance(page[1], str) for page in document.get("pages", ())
    ):
        yield "pages"


def _not_texts(group: Mapping[str, Any]) -> Iterator[str]:
    return (key for key, value in group.items() if not isinstance(value, str))
