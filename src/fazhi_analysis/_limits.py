"""Limits of processor time and memory for a process that works on somebody's document.

A document may be made to take hours or all memory. A process of our own begins with limits (``running.guarded``), and
what rightly takes long, such as recognising the next page of a scan, extends them. Windows has none of these limits.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import resource

SECONDS = 7
"""Of processor time for one document; the longest real reports take less than one."""

MEMORY = 900_000_000
"""Bytes that one document may take beyond what the process has when it begins."""

_active = False
_listener: Callable[[int, int], object] | None = None


def begin(seconds: float = SECONDS, memory: int = MEMORY) -> None:
    """Limit this process from here on: it is killed by SIGXCPU, or runs out of memory."""
    global _active
    if sys.platform == "win32":
        return
    _active = True
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds))
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _set(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)


def extend(seconds: float, memory: int = 0) -> None:
    """Give this process more time and memory; nothing where it has no limits.

    >>> extend(10)
    """
    if sys.platform == "win32" or not _active:
        return
    for kind, more in ((resource.RLIMIT_CPU, math.ceil(seconds)), (resource.RLIMIT_AS, memory)):
        soft, _ = resource.getrlimit(kind)
        if soft != resource.RLIM_INFINITY and more:
            _set(kind, soft + more)


def listen(listener: Callable[[int, int], object] | None) -> None:
    """Whom :func:`at_page` tells of each page that takes long; None for nobody."""
    global _listener
    _listener = listener


def at_page(number: int, count: int) -> None:
    """Say that page ``number`` of ``count`` is begun, which may take its time: whoever waits knows that work goes on.

    >>> listen(lambda *page: print("%d of %d" % page))
    >>> at_page(3, 60)
    3 of 60
    >>> listen(None)
    """
    if _listener is not None:
        _listener(number, count)


def end() -> None:
    """Take the limits away again."""
    global _active
    if sys.platform != "win32" and _active:
        _active = False
        for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
            _set(kind, resource.RLIM_INFINITY)


def _set(kind: int, value: int) -> None:
    if sys.platform == "win32":
        return
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        value = most if value == resource.RLIM_INFINITY else min(value, most)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (value, most))
