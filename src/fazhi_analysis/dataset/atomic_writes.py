"""Files and folders that are there whole or not at all, whatever stops us in the middle.

A folder is written under a name of its own in the same place and takes the old one's place in one step where the
system can (Linux exchanges two names at once), else in two, with the old folder kept aside until the new one stands.
What a folder holds beside our own files is the user's: it goes along into the new folder, and is never removed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import hashlib
import os
import platform
import re
import secrets
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

TEMPORARY = ".new-"
"""Prefix of a folder being written; readers ignore it."""

ASIDE = ".old-"
"""Prefix of a folder that is being replaced; :func:`recover` puts it back when its successor never came."""

Ours = Callable[[str], bool]
"""Whether a file of this name, in the folder in question, is one that we write."""

_ASIDE = re.compile(rf"{re.escape(ASIDE)}(.+-\d{{4}}.*)")
"""Our folders are named after a place and a year; another folder set aside under such a prefix is somebody else's."""

_FRESH = 1.0
"""Seconds in which a new temporary folder may not be held yet."""

_ABANDONED = 6 * 3600
"""Seconds after which a temporary folder of another machine counts as left over."""

_RANDOM = 8
"""Random bytes in a temporary name: no two writers meet."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_ATTEMPTS = 20


@contextlib.contextmanager
def new_folder(target: Path, ours: Ours) -> Iterator[Path]:
    """A temporary folder beside ``target`` that becomes ``target`` at the end; after an error nothing has changed.

    What ``target`` holds that is not ours goes along. Raises FileExistsError where such a file has the name of one that
    we write.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as parent:
    ...     (Path(parent) / "a").mkdir()
    ...     _ = (Path(parent) / "a" / "notes.docx").write_text("of the user")
    ...     with new_folder(Path(parent) / "a", lambda name: name == "x") as folder:
    ...         _ = (folder / "x").write_text("1")
    ...     sorted(path.name for path in Path(parent).rglob("*"))
    ['a', 'notes.docx', 'x']
    """
    target = target.resolve() if target.is_symlink() else target
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = target.parent / f"{TEMPORARY}{target.name}-{_machine()}{secrets.token_hex(_RANDOM)}"
    try:
        folder.mkdir(0o700)  # in here, since Ctrl-C may come as soon as it is there
        with _held(folder), _naming(target):
            yield folder
            folder.chmod(0o777 & ~_umask())
            _take_along(target, folder, ours)
            _replace_folder(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def foreign(folder: Path, ours: Ours) -> list[Path]:
    """What a folder holds that is not ours; nothing where there is no such folder."""
    return [path for path in sorted(folder.iterdir()) if not ours(path.name)] if folder.is_dir() else []


def clear(folder: Path, ours: Ours) -> None:
    """Remove our files of a folder, and the folder where nothing else is in it; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if ours(path.name) and (path.is_file() or path.is_symlink()):
                path.unlink()
        folder.rmdir()


def _take_along(target: Path, folder: Path, ours: Ours) -> None:
    for path in foreign(target, ours):
        new = folder / path.name
        if new.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, new, symlinks=True)
        else:
            try:
                os.link(path, new, follow_symlinks=False)  # the same file: what its owner writes meanwhile is in both
            except OSError:
                shutil.copy2(path, new, follow_symlinks=False)


def _replace_folder(new: Path, target: Path) -> None:
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


def sweep(parent: Path, ours: Ours, target: str) -> None:
    """Clear away what killed processes left of folders to be named like ``target``, a regular expression.

    A temporary folder is left over when no process of this machine holds it; one that another machine made, when nobody
    has written into it for six hours.
    """
    name = re.compile(rf"{re.escape(TEMPORARY)}(?:{target})-(\w+)")
    for folder in parent.glob(f"{TEMPORARY}*"):
        if (found := name.fullmatch(folder.name)) and folder.is_dir() and not folder.is_symlink():
            with contextlib.suppress(OSError):
                after = _FRESH if found[1].startswith(_machine()) else _ABANDONED
                if _age(folder) > after and not _is_held(folder):
                    clear(folder, ours)


def recover_one(target: Path) -> None:
    """Put back a folder whose replacement was cut short between its two steps."""
    with contextlib.suppress(OSError):
        if not target.exists():
            target.with_name(f"{ASIDE}{target.name}").rename(target)


def recover(parent: Path, ours: Ours) -> None:
    """Put back all folders whose replacement was cut short between its two steps.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as parent:
    ...     (Path(parent) / ".old-a-2024").mkdir()
    ...     recover(Path(parent), lambda name: True)
    ...     sorted(path.name for path in Path(parent).iterdir())
    ['a-2024']
    """
    for aside in list(parent.glob(f"{ASIDE}*")):
        if found := _ASIDE.fullmatch(aside.name):
            target = parent / found.group(1)
            if target.exists():
                clear(aside, ours)
            else:
                with contextlib.suppress(OSError):
                    aside.rename(target)


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` that replaces it at the end; any error leaves the old file as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.parent / f"{TEMPORARY}{secrets.token_hex(_RANDOM)}{target.suffix}"
    try:
        path.touch(0o600, exist_ok=False)
        with _naming(target):
            yield path
            path.chmod(0o666 & ~_umask())
            path.replace(target)
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Say what could not be written: of a full disk, the system itself names no file."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(target)
        raise


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock the folder (made if need be) against other processes that also lock it, where the system has such locks.

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


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a temporary folder, so that others see that its writer lives; the system lets go when the process ends."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _is_held(folder: Path) -> bool:
    """Whether a process holds the folder; where the system has no such locks its age alone decides."""
    if sys.platform == "win32":
        return _age(folder) <= _ABANDONED
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return _age(folder) <= _ABANDONED
    finally:
        os.close(handle)
    return False


def _age(folder: Path) -> float:
    return time.time() - folder.stat().st_mtime


@functools.cache
def _machine() -> str:
    """A mark of this machine in the names of temporary folders: locks may not reach over a shared file system."""
    return hashlib.sha256(f"{platform.node()} {uuid.getnode()}".encode()).hexdigest()[:6]


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
