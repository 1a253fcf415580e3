"""Work on one document in a process of its own, with limits of time and memory: a hostile one fails only itself."""

from __future__ import annotations

import faulthandler
import functools
import logging
import os
import pickle
import select
import signal
import struct
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, Self, TypeVar, cast

from fazhi_analysis import _limits, errors, plugins
from fazhi_analysis.errors import DamagedFileError, DataError, FazhiError
from fazhi_analysis.running.forked import warm

P = ParamSpec("P")
Result = TypeVar("Result")

_LOG = logging.getLogger("fazhi_analysis")

_LONGEST = 900.0
"""Seconds by the clock after which a process that has not even begun another page is given up."""

_PAGE = struct.Struct("<II")
"""What the process says before its outcome: that it begins a page of so many; 0 of 0 before the outcome."""


def guarded(file: str, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """``function(...)`` in a forked process with limits; here, without limits, where this process cannot fork.

    What it returns is handed back, and a FazhiError that it raises is raised. Raises DamagedFileError, which names
    ``file``, when it takes too long or too much memory, crashes, or fails in another way.

    >>> guarded("a.txt", divmod, 7, 2)
    (3, 1)
    >>> guarded("a.txt", divmod, 7, 0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.DamagedFileError: a.txt：处理时出现内部错误（ZeroDivisionError: ...）。...
    """
    if not warm.available() or threading.current_thread() is not threading.main_thread():
        return cast(Result, _checked(file, *_outcome(function, *args, **kwargs)))
    _make_ready()
    sys.stdout.flush()
    sys.stderr.flush()
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: the child uses none of what they hold
        child = os.fork()
    if not child:
        _work(ours, theirs, functools.partial(function, *args, **kwargs))
    os.close(theirs)
    try:
        content = _received(ours, Path(file).name)
    finally:
        os.close(ours)
        os.kill(child, signal.SIGKILL)  # what has ended by itself keeps its status
        _, status = os.waitpid(child, 0)
    with suppress(EOFError, pickle.UnpicklingError):
        notices, *outcome = pickle.loads(content or b"")
        for notice in notices:
            plugins.say_once(notice)
        return cast(Result, _checked(file, *outcome))
    if content is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        raise DamagedFileError(file, "running.ingest.too_long", seconds=_limits.SECONDS)
    raise DamagedFileError(file, "running.ingest.crashed")


def limited(function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """``function(...)`` in this process, which is a worker and no loss, with limits meanwhile.

    >>> limited(divmod, 7, 2)
    (3, 1)
    """
    _limits.begin()
    try:
        return function(*args, **kwargs)
    finally:
        _limits.end()


def _work(ours: int, theirs: int, function: Callable[[], Any]) -> NoReturn:
    """The child: send the outcome and end, without anything that this process would do at its end."""
    try:
        os.close(ours)
        warm.die_with_parent()
        faulthandler.disable()
        silent = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silent, descriptor)  # libraries in C write what they like
        notices = _Notices()
        _LOG.addHandler(notices)
        _limits.listen(lambda number, count: os.write(theirs, _PAGE.pack(number, count)))
        _limits.begin()
        outcome = _outcome(function)
        _limits.extend(_limits.SECONDS, _limits.MEMORY)
        with os.fdopen(theirs, "wb") as stream:
            stream.write(_PAGE.pack(0, 0) + _packed(notices.texts, *outcome))
    finally:
        os._exit(0)


def _packed(notices: list[str], kind: str, result: Any) -> bytes:
    """The outcome as bytes; what another package's error or result holds may not be sendable."""
    try:
        return pickle.dumps((notices, kind, result))
    except Exception as error:
        if not isinstance(result, FazhiError):
            return pickle.dumps((notices, "fault", _in_a_line(error)))
        known = getattr(errors, type(result).__name__, DamagedFileError)
        plain = known(str(result.where), result.key, **{name: str(value) for name, value in result.fields.items()})
        return pickle.dumps((notices, kind, plain))


class _Notices(logging.Handler):
    """Keeps what the child says of faulty parts of other packages: nobody sees its own streams."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of a message."""
        self.texts.append(record.getMessage())


def _outcome(function: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> tuple[str, Any]:
    """How a call ended: ``done`` with its result, ``failed`` with its error, or ``fault`` with what went wrong."""
    try:
        return "done", function(*args, **kwargs)
    except FazhiError as error:
        return "failed", error
    except MemoryError:
        return "memory", None
    except OSError as error:
        if error.filename is None or not error.strerror:
            return "fault", _in_a_line(error)
        return "failed", DataError(str(error.filename), "dataset.folder.cannot_read", reason=error.strerror)
    except Exception as error:
        return "fault", _in_a_line(error)


def _in_a_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _checked(file: str, kind: str, result: Any) -> Any:
    if kind == "done":
        return result
    if kind == "failed":
        raise result
    if kind == "memory":
        raise DamagedFileError(file, "running.ingest.too_much_memory")
    raise DamagedFileError(file, "running.ingest.fault", reason=result)


def _received(pipe: int, name: str) -> bytes | None:
    """What comes through a pipe until it closes, pages shown meanwhile; None where nothing comes for too long."""
    content = bytearray()
    with _Pages(name) as pages:
        while select.select([pipe], [], [], _LONGEST)[0]:
            piece = os.read(pipe, 1 << 20)
            if not piece:
                return bytes(content)
            content += piece
            pages.take(content)
    return None


class _Pages:
    """A bar on the terminal while the pages of a document are recognised; it goes when they are done."""

    def __init__(self, name: str) -> None:
        self._name, self._done = name, False
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def take(self, content: bytearray) -> None:
        """Show the pages that the content begins with, and take them off it: what remains is the outcome."""
        while not self._done and len(content) >= _PAGE.size:
            number, count = _PAGE.unpack_from(content)
            del content[: _PAGE.size]
            self._done = not count
            if count > 1:
                self._show(number - 1, count)

    def _show(self, done: int, count: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(total=count, desc=self._name, unit="p", leave=False, file=sys.stderr)
        self._bar.update(done - self._bar.n)


@functools.cache
def _make_ready() -> None:
    """Load here, once, what every document needs, so that no child does it again."""
    from fazhi_analysis.analysis.audit.runner import audit_extraction
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_text

    audit_extraction(
        extract(read_text("一、情况\n办结案件3件。\n二、存在问题\n一是力量不足。\n三、下一步\n一是加强力量。"))
    )
