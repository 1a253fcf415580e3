"""What a run rests on: inputs with digests, versions, parameters, timings, status; no path of the machine."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from fazhi_analysis import __version__, plugins

FORMAT = 1
_DEPENDENCIES = ("pandas", "pyarrow", "matplotlib", "papermill", "nbclient", "ipykernel", "fonttools", "zhplot")


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.cache
def _versions() -> dict[str, str]:
    found = {"fazhi_analysis": __version__, "python": platform.python_version()}
    for name in _DEPENDENCIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found | plugins.versions()


def versions() -> dict[str, str]:
    """Versions of this package, of Python, of the packages that a page depends on, and of those that add to this one.

    >>> "fazhi_analysis" in versions()
    True
    """
    return dict(_versions())


def now() -> str:
    """The time in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder; empty where there is none, or none that can be read."""
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def ours_in(folder: Path) -> Callable[[str], bool]:
    """Which files of a result folder are ours: the manifest, and what it lists; none where it is not one of ours.

    >>> ours_in(Path("no such folder"))("index.html")
    False
    """
    content = read_manifest(folder)
    listed = content.get("outputs")
    if not isinstance(listed, list) or "status" not in content:
        return lambda name: False
    names = {"manifest.json", *(item["file"] for item in listed if isinstance(item, dict) and "file" in item)}
    return names.__contains__


def inputs(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """Every stored file of the reports that a run reads: report folder and name, size, digest."""
    return [
        {"file": f"{folder.name}/{path.name}", "bytes": path.stat().st_size, "sha256": digest(path)}
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]


def outputs(folder: Path) -> list[dict[str, Any]]:
    """Every file of a result folder: name, size, digest."""
    return [
        {"file": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": digest(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
