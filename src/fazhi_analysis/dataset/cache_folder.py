"""Where caches lie: in the user's cache folder, else in one that lives as long as the process."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import sys
import tempfile
from pathlib import Path


def cache_folder() -> Path:
    """Folder of all caches: ``FAZHI_CACHE``, else the user's cache folder, else one that lives as long as the process.

    >>> cache_folder().is_dir()
    True
    """
    try:
        folder = _wanted_folder()
    except RuntimeError:  # a user without a home
        return passing_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) else passing_folder()


def _wanted_folder() -> Path:
    chosen = os.environ.get("FAZHI_CACHE")
    if chosen:
        folder = Path(chosen)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "fazhi_analysis" / "Cache"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches" / "fazhi_analysis"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fazhi_analysis"
    return folder


@functools.cache
def passing_folder() -> Path:
    """A folder that lives as long as this process, for what cannot be kept elsewhere."""
    folder = tempfile.TemporaryDirectory(prefix="fazhi-cache-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
