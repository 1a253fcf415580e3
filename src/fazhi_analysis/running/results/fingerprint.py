"""What a result rests on, as one digest: a run whose fingerprint has not changed need not be repeated.

Stored rows, the ledger of corrections and judgements, the notebook, this package and what others add to it, the user's
own indicators and places, the parameters. Notebooks that look beyond the place (peers, surveys) rest on the
whole store.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fazhi_analysis import __version__, plugins
from fazhi_analysis._paths import OWN_FILES
from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.running.executing.notebooks import Notebook
from fazhi_analysis.running.results.manifest import digest

WHOLE_STORE = frozenset({"peer_comparison", "corpus_survey", "cross_check", "region_review"})
"""Notebooks whose pages change when any report of the data changes."""


def fingerprint(
    place: str, notebooks: Iterable[Notebook], parameters: Iterable[Mapping[str, Any]], data: Any, engine: str | None
) -> str:
    """SHA-256 over everything that a result of ``place`` (its part of the report ids) rests on.

    Notebooks of the reader's own count as resting on the whole store, since nobody knows what they read.
    """
    chosen = list(notebooks)
    bundled = {notebook.path.parent for notebook in chosen if notebook.name not in WHOLE_STORE}
    whole = any(notebook.name in WHOLE_STORE or not notebook.is_bundled for notebook in chosen)
    content = {
        "version": __version__,
        "plugins": plugins.digest(),
        "engine": engine or "",
        "notebooks": [(notebook.name, digest(notebook.path)) for notebook in chosen],
        "parameters": [dict(each) for each in parameters],
        "reports": _files(place, data),
        "store": _store(data) if whole else "",
        "bundled": len(bundled),
    }
    own = {name: path for name in OWN_FILES if (path := os.environ.get(name))}
    if own:
        content["own"] = {name: digest(Path(path)) if Path(path).is_file() else "" for name, path in own.items()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _files(place: str, data: Any) -> list[tuple[str, str]]:
    found = []
    for root in data_roots(data):
        for folder in _folders_of(root).get(place, ()):
            found += [(f"{folder.name}/{path.name}", _digest(path)) for path in sorted(folder.iterdir())]
            ledger = root.parent / "corrections" / f"{folder.name}.yaml"
            if ledger.is_file():
                found.append((ledger.name, _digest(ledger)))
    return found


@lru_cache(maxsize=16)
def _folders_of(root: Path) -> dict[str, list[Path]]:
    """Report folders by place, listed once for a whole plan: a glob a task would make planning quadratic."""
    found: dict[str, list[Path]] = {}
    for path in sorted(root.glob("*-*")):
        if path.is_dir():
            found.setdefault(path.name.partition("-")[0], []).append(path)
    return found


@cache
def _digest(path: Path) -> str:
    """A file's digest, read once for a whole plan: the years of a place rest on the same files."""
    return digest(path)


def _store(data: Any) -> str:
    """Digest of all stored figures; read once for a whole plan.

    Of what the files hold, not of their times: those are new after every checkout.
    """
    return _store_of(tuple(data_roots(data)))


@lru_cache(maxsize=4)
def _store_of(roots: tuple[Path, ...]) -> str:
    seen = hashlib.sha256()
    for root in roots:
        for path in sorted(root.glob("*/metrics.csv")):
            seen.update(f"{path.parent.name} {_digest(path)}\n".encode())
    return seen.hexdigest()


def forget_stores() -> None:
    """Read stores afresh for the next plan."""
    for cached in (_store_of, _folders_of, _digest):
        cached.cache_clear()
