"""Files and folders that are there whole or not at all, whatever stops us in the middle.

A folder is written under a name of its own in the same place and takes the old one's place in one step where the
system can (Linux exchanges two names at once), else in two, with the old folder kept aside until the new one stands.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".new-"
"""Prefix of a folder being written; readers ignore it."""

ASIDE = ".old-"
"""Prefix of a folder that is being replaced; :func:`recover` puts it back when its successor never came."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_ATTEMPTS = 20


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A temporary folder beside ``target`` that becomes ``target`` at the end; after an error nothing has changed.

    >>> with tempfile.TemporaryDirectory() as parent:
    ...     with new_folder(Path(parent) / "a") as folder:
    ...         _ = (folder / "x").write_text("1")
    ...     sorted(path.name for path in Path(parent).rglob("*"))
    ['a', 'x']
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY}{target.name}-", dir=target.parent))
    try:
        yield folder
        folder.chmod(0o777 & ~_umask())
        replace_folder(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace_folder(new: Path, target: Path) -> None:
    """Put ``new`` in the place of ``target``; what stood there is gone afterwards. Raises OSError, changing nothing."""
    for _ in range(_ATTEMPTS):  # another process may put its own there meanwhile: the later one wins
        try:
            new.rename(target)
            return
        except OSError:
            if not target.is_dir():
                raise
        if _exchange(new, target):
            shutil.rmtree(new, ignore_errors=True)
            return
        aside = target.with_name(f"{ASIDE}{target.name}")
        shutil.rmtree(aside, ignore_errors=True)
        try:
            target.rename(aside)
        except OSError:
            continue
        try:
            new.rename(target)
        except OSError:
            if not target.exists():
                aside.rename(target)
            continue
        shutil.rmtree(aside, ignore_errors=True)
        return
    raise OSError(f"cannot replace {target.name}")


def recover(parent: Path) -> None:
    """Put back folders whose replacement was cut short between its two steps.

    >>> with tempfile.TemporaryDirectory() as parent:
    ...     (Path(parent) / ".old-a").mkdir()
    ...     recover(Path(parent))
    ...     sorted(path.name for path in Path(parent).iterdir())
    ['a']
    """
    for aside in list(parent.glob(f"{ASIDE}*")):
        target = parent / aside.name.removeprefix(ASIDE)
        with contextlib.suppress(OSError):
            if target.exists():
                shutil.rmtree(aside, ignore_errors=True)
            else:
                aside.rename(target)


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` that replaces it at the end; any error leaves the old file as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, suffix=target.suffix, dir=target.parent)
    os.close(handle)
    path = Path(name)
    try:
        yield path
        path.chmod(0o666 & ~_umask())
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder (made if need be) against other processes that also hold it, where the system has such locks.

    It guards a choice that depends on what is there; single folders and files need no lock to be whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once where the system offers it; False where it does not."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    result: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return result == 0


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
