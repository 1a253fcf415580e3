"""``fazhi-fork``: the papermill engine (entry point ``papermill.engine``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.log import logger

from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.forked.stock import StockEngine
from fazhi_analysis.running.forked.time_limit import time_limit

_SAVE_EVERY = 1.0  # seconds


class ForkedClient(PapermillNotebookClient):  # type: ignore[misc]
    """nbclient, with a forked child in the place of a kernel."""

    notebook_timeout: float | None = None
    environment: Mapping[str, str] = {}
    km: Any
    kc: Any

    @contextmanager
    def setup_kernel(self, **_options: Any) -> Iterator[None]:
        """Start the child, and end it with everything it started when the notebook is done or out of time."""
        from fazhi_analysis.running.forked.wire import Manager

        manager = Manager(self.environment)
        self.km, self.kc = manager, manager.client()
        try:
            with time_limit(self.notebook_timeout, manager.kill_group):
                yield
        finally:
            manager.kill()
            self.km = self.kc = None


class ForkEngine(StockEngine):
    """Executes a notebook in a fork of a warm process; falls back to the stock kernel where this system cannot fork.

    ``start_timeout`` and ``kernel_name`` have no meaning here: the child is this Python.
    """

    client = ForkedClient

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, *given: Any, **options: Any) -> Any:
        """Run the cells; options as for the stock engine."""
        if not warm.available():
            logger.warning("this system cannot fork: using the stock kernel")
            return StockEngine.execute_managed_notebook(nb_man, *given, **options)
        with _saved_now_and_then(nb_man):
            return super().execute_managed_notebook(nb_man, *given, **options)


@contextmanager
def _saved_now_and_then(nb_man: Any) -> Iterator[None]:
    """Let papermill save at most every second instead of twice a cell, which costs as much as running most cells.

    It writes the notebook itself when it is done or a cell raised, and saves once more when the process was lost or
    stopped, so nothing is missing then.
    """
    last = monotonic()

    def save(**options: Any) -> None:
        nonlocal last
        if monotonic() - last >= _SAVE_EVERY:
            type(nb_man).save(nb_man, **options)
            last = monotonic()

    nb_man.save = save
    try:
        yield
    except BaseException:
        del nb_man.save
        raise
    nb_man.save = lambda **_options: None
