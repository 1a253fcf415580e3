"""``fazhi-fork``: the papermill engine (entry point ``papermill.engine``)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nbclient.exceptions import CellTimeoutError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from fazhi_analysis.running.forked import warm


class ForkedClient(PapermillNotebookClient):  # type: ignore[misc]
    """nbclient, with a forked child in the place of a kernel."""

    notebook_timeout: float | None = None
    km: Any
    kc: Any

    @contextmanager
    def setup_kernel(self, **_options: Any) -> Iterator[None]:
        """Start the child, and end it with everything it started when the notebook is done or out of time."""
        from fazhi_analysis.running.forked.wire import Manager

        manager = Manager()
        self.km, self.kc = manager, manager.client()
        overran = threading.Event()

        def stop() -> None:
            overran.set()
            manager.kill_group()

        limit = threading.Timer(self.notebook_timeout, stop) if self.notebook_timeout else None
        if limit:
            limit.daemon = True
            limit.start()
        try:
            yield
        except Exception as error:
            if overran.is_set():
                raise CellTimeoutError(f"The notebook ran longer than {self.notebook_timeout} seconds") from error
            raise
        finally:
            if limit:
                limit.cancel()
            manager.kill()
            self.km = self.kc = None


class ForkEngine(Engine):  # type: ignore[misc]
    """Executes a notebook in a fork of a warm process; falls back to the stock kernel where forking is not to be had.

    Options beside those of the stock engine: ``notebook_timeout`` (seconds for the whole notebook). ``start_timeout``
    has no meaning here. Parameters named ``kernel_name`` are ignored: the child is this Python.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        notebook_timeout: float | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the cells; see papermill's ``NBClientEngine`` for the shared options."""
        if not warm.available():
            logger.warning("this system cannot fork: using the stock kernel")
            return NBClientEngine.execute_managed_notebook(
                nb_man, kernel_name, log_output, stdout_file, stderr_file, start_timeout, execution_timeout, **kwargs
            )
        options = merge_kwargs(
            remove_args(["timeout", "startup_timeout", "input_path"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        client = ForkedClient(nb_man, **options)
        client.notebook_timeout = notebook_timeout
        return client.execute()
