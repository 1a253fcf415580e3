"""A time limit for a whole notebook: whatever runs its cells is killed when the time is over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nbclient.exceptions import CellTimeoutError


@contextmanager
def time_limit(seconds: float | None, stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` when the body takes longer than ``seconds`` (None: no limit).

    The error that the body then dies of is raised as nbclient's ``CellTimeoutError``, which names the limit. The timer
    is over when the body is: a thread left behind would keep this process from being forked for the next notebook.

    >>> with time_limit(60, lambda: None):
    ...     print("done")
    done
    """
    if not seconds:
        yield
        return
    overran = threading.Event()

    def end() -> None:
        overran.set()
        stop()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if overran.is_set():
            raise CellTimeoutError(f"The notebook ran longer than {seconds:g} seconds") from error
        raise
    finally:
        timer.cancel()
        timer.join()
