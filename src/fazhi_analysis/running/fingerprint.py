"""What a result rests on, as one digest: a run whose fingerprint has not changed need not be repeated.

Stored rows, the ledger of corrections and judgements, the notebook, the package, the parameters. Notebooks that look
beyond the place (peers, surveys) rest on the whole store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fazhi_analysis import __version__
from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.running.manifest import digest
from fazhi_analysis.running.notebooks import Notebook

WHOLE_STORE = frozenset({"peer_comparison", "corpus_survey"})
"""Notebooks whose pages change when any report of the data changes."""


def fingerprint(
    place: str, notebooks: Iterable[Notebook], parameters: Iterable[Mapping[str, Any]], data: Any, engine: str | None
) -> str:
    """SHA-256 over everything that a result of ``place`` (its part of the report ids) rests on.

    Notebooks of the reader's own count as resting on the whole store, since nobody knows what they read.
    """
    chosen = list(notebooks)
    bundled = {notebook.path.parent for notebook in chosen if notebook.name not in WHOLE_STORE}
    whole = any(notebook.name in WHOLE_STORE or not _is_bundled(notebook) for notebook in chosen)
    content = {
        "version": __version__,
        "engine": engine or "",
        "notebooks": [(notebook.name, digest(notebook.path)) for notebook in chosen],
        "parameters": [dict(each) for each in parameters],
        "reports": _files(place, data),
        "store": _store(data) if whole else "",
        "bundled": len(bundled),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _is_bundled(notebook: Notebook) -> bool:
    from fazhi_analysis._paths import bundled_notebooks

    return notebook.path.parent.resolve() == bundled_notebooks().resolve()


def _files(place: str, data: Any) -> list[tuple[str, str]]:
    found = []
    for root in data_roots(data):
        folders = sorted(path for path in root.glob(f"{place}-*") if path.is_dir())
        for folder in folders:
            found += [(f"{folder.name}/{path.name}", digest(path)) for path in sorted(folder.iterdir())]
            ledger = root.parent / "corrections" / f"{folder.name}.yaml"
            if ledger.is_file():
                found.append((ledger.name, digest(ledger)))
    return found


def _store(data: Any) -> str:
    """Digest of all names, sizes and times in the store; read once for a whole plan."""
    return _store_of(tuple(data_roots(data)))


@lru_cache(maxsize=4)
def _store_of(roots: tuple[Path, ...]) -> str:
    seen = hashlib.sha256()
    for root in roots:
        for path in sorted(root.glob("*/metrics.csv")):
            state = path.stat()
            seen.update(f"{path.parent.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def forget_stores() -> None:
    """Read stores afresh for the next plan."""
    _store_of.cache_clear()
