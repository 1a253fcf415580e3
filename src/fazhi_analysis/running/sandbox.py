"""Work on one document in a process of its own, with limits of time and memory: a hostile one fails only itself."""

from __future__ import annotations

import faulthandler
import functools
import logging
import os
import pickle
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

from fazhi_analysis import _limits, errors, plugins
from fazhi_analysis.errors import DamagedFileError, DataError, FazhiError
from fazhi_analysis.running.forked import warm

P = ParamSpec("P")
Result = TypeVar("Result")

_LOG = logging.getLogger("fazhi_analysis")

_LONGEST = 900.0
"""Seconds by the clock after which a process that does nothing is given up."""


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
        content = _received(ours)
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
        _limits.begin()
        outcome = _outcome(function)
        _limits.extend(_limits.SECONDS, _limits.MEMORY)
        with os.fdopen(theirs, "wb") as stream:
            stream.write(_packed(notices.texts, *outcome))
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


def _received(pipe: int) -> bytes | None:
    """What comes through a pipe until it closes; None where that takes too long."""
    deadline = time.monotonic() + _LONGEST
    pieces: list[bytes] = []
    while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
        piece = os.read(pipe, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
    return None


@functools.cache
def _make_ready() -> None:
    """Load here, once, what every document needs, so that no child does it again."""
    from fazhi_analysis.analysis.audit.runner import audit_extraction
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_text

    audit_extraction(
        extract(read_text("一、情况\n办结案件3件。\n二、存在问题\n一是力量不足。\n三、下一步\n一是加强力量。"))
    )
