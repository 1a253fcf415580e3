"""The warm process: what every notebook needs, imported once, in a fork server without threads."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fazhi_analysis.running.forked.shell import Shell

PRELOAD = f"{__package__}.preload"
"""Module whose import makes a process warm; :func:`preload` names another."""

_STARTING = threading.RLock()

_kept: list[Any] = []
_own = False

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def available() -> bool:
    """Whether this system can fork (Linux, BSD; macOS forks unsafely once its frameworks are loaded, Windows never)."""
    return hasattr(os, "fork") and sys.platform.startswith(("linux", "freebsd"))


def preload(module: str) -> None:
    """Make a process warm by importing ``module``, which imports :mod:`.preload` before anything else.

    To be called before the first child: what its notebooks need is the caller's to know.
    """
    global PRELOAD
    PRELOAD = module


if sys.platform != "win32":
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    class QuietProcess(ForkServerProcess):
        """A process of the server that does not run its caller's script again, whoever starts it.

        An analyst's script has no ``if __name__ == "__main__"``, and a pool starts processes when it likes.
        """

        @staticmethod
        def _Popen(process: Any) -> Any:  # noqa: N802
            with _quiet_start():
                return ForkServerProcess._Popen(process)

    class QuietContext(ForkServerContext):
        """The fork server's context, with such processes."""

        Process = QuietProcess


@cache
def context() -> QuietContext:
    """The fork server's context; the server starts with the first child and serves this process until it ends."""
    server = QuietContext()
    server.set_forkserver_preload([PRELOAD])
    return server


def start_ahead() -> None:
    """Let the server warm up while this process does something else; nothing where it runs already."""
    from multiprocessing.forkserver import ensure_running

    with _quiet_start():
        context()
        ensure_running()


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Keep the server from re-importing the caller's main module, and give numerical libraries one thread.

    Threads that exist when a process forks are gone in its child while their locks stay held, so none may start.
    A daemonic process (the worker of a Dask nanny) may not have children by default; these end with it (see ``main``).
    """
    from multiprocessing.process import current_process

    settings = current_process()._config  # type: ignore[attr-defined]
    with _STARTING:
        daemonic, settings["daemon"] = settings.get("daemon", False), False
        try:
            with _plain_surroundings():
                yield
        finally:
            settings["daemon"] = daemonic


@contextmanager
def _plain_surroundings() -> Iterator[None]:
    main = sys.modules["__main__"]
    before = {name: os.environ.get(name) for name in (*_ONE_THREAD, "MPLBACKEND")}
    sys.modules["__main__"] = types.ModuleType("__main__")
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"), MPLBACKEND="module://matplotlib_inline.backend_inline")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def claim() -> None:
    """Say that this process is the package's own: the command line, a worker of a batch.

    Notebooks may fork from such a process. They never fork from a caller's (a script, a kernel, a test), which may have
    another backend for figures, handlers for its log, filters for its warnings, options of pandas: all would be theirs.
    """
    global _own
    _own = True


def may_fork() -> bool:
    """Whether notebooks may fork from this process once it is warm: it is our own, and no thread but this one runs."""
    return available() and _own and threading.active_count() == 1


def is_warm() -> bool:
    """Whether notebooks fork from this process: it may be forked, and everything is imported."""
    return may_fork() and PRELOAD in sys.modules


def warm_up() -> None:
    """Make this process warm, so that notebooks fork from it and share what it has loaded so far."""
    claim()
    with _quiet_start():
        importlib.import_module(PRELOAD)


def start(target: Any, arguments: tuple[Any, ...]) -> Any:
    """Fork a child that calls ``target(*arguments)``: of this process where it is warm, else of the warm server.

    Returns a ``multiprocessing.Process``.
    """
    import multiprocessing

    if is_warm():
        child = multiprocessing.get_context("fork").Process(target=target, args=arguments, daemon=False)
        child.start()
        return child
    return start_apart(target, arguments)


def start_apart(target: Any, arguments: tuple[Any, ...], *, preloaded: bool = True) -> Any:
    """As :func:`start`, never of this process: of the warm server where that is asked for and can be, else anew."""
    import multiprocessing

    with _quiet_start():
        made = context() if preloaded and available() else multiprocessing.get_context("spawn")
        process = made.Process(target=target, args=arguments, daemon=False)
        process.start()
    return process


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process of its own, forked from the warm server, and return what it returns.

    For callers whose process has threads: a working directory, an environment and a crash stay in the other process.
    Raises EOFError when that process dies.

    >>> call(divmod, 7, 2) if available() else (3, 1)
    (3, 1)
    """
    ours, theirs = context().Pipe(duplex=False)
    lifeline, kept = context().Pipe(duplex=False)
    process = start_apart(_answer, (theirs, lifeline, function, arguments))
    theirs.close()
    lifeline.close()
    try:
        return ours.recv()
    finally:
        process.join()
        process.close()
        ours.close()
        kept.close()


def _answer(connection: Any, lifeline: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    claim()
    end_with(lifeline)
    connection.send(function(*arguments))


def die_with_parent() -> None:
    """Ask Linux to kill this process together with the one that forked it."""
    import ctypes
    import signal

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def end_with(lifeline: Any) -> None:
    """Have this process killed when the other end of a pipe closes, that is, when the caller dies, however it dies.

    The parent's death says nothing here, since the fork server lives as long as any of its children. The system sends
    a signal when the pipe hangs up; a thread that waits would keep this process from being forked.
    """
    import fcntl
    import signal

    descriptor = lifeline.fileno()
    with suppress(AttributeError):
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)
    _kept.append(lifeline)
    if lifeline.poll():
        os._exit(1)


@cache
def shell() -> Shell:
    """The shell of this process; the warm server makes it before pyplot is imported, so that figures show inline."""
    from fazhi_analysis.running.forked.shell import Shell

    instance: Shell = Shell.instance()
    # Children leave by os._exit; in the process that warmed up, IPython's own clean-up would look for its folder.
    atexit.unregister(instance.atexit_operations)
    return instance


def reseed() -> None:
    """Give this child random numbers of its own: children of one parent inherit one state of NumPy's generator."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        importlib.import_module("numpy.random").seed()
