"""Papermill's own engine, with a Jupyter kernel a notebook, and a time limit for the whole notebook."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from fazhi_analysis.running.forked.limits import time_limit


class StockClient(PapermillNotebookClient):  # type: ignore[misc]
    """nbclient with its kernel, which is killed when the notebook's time is over."""

    notebook_timeout: float | None = None
    km: Any

    @contextmanager
    def setup_kernel(self, **options: Any) -> Iterator[None]:
        """Start the kernel; the time counts from when it is ready."""
        with super().setup_kernel(**options), time_limit(self.notebook_timeout, self._kill):
            yield

    def _kill(self) -> None:
        """Kill the kernel with everything that it started."""
        process = getattr(getattr(self.km, "provisioner", None), "process", None)
        if process is None:
            return
        with suppress(OSError):
            if hasattr(os, "killpg") and os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()


class StockEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's ``nbclient`` engine, which also takes ``notebook_timeout``: seconds for the whole notebook."""

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
        client = StockClient(
            nb_man,
            **client_options(
                kwargs, kernel_name, log_output, stdout_file, stderr_file, start_timeout, execution_timeout
            ),
        )
        client.notebook_timeout = notebook_timeout
        return client.execute()


def client_options(
    given: dict[str, Any],
    kernel_name: str,
    log_output: bool,
    stdout_file: Any,
    stderr_file: Any,
    start_timeout: int,
    execution_timeout: int | None,
) -> dict[str, Any]:
    """Options of a notebook client from those of a papermill engine, as papermill's own engine makes them."""
    options: dict[str, Any] = merge_kwargs(
        remove_args(["timeout", "startup_timeout", "input_path"], **given),
        timeout=execution_timeout or given.get("timeout"),
        startup_timeout=start_timeout,
        kernel_name=kernel_name,
        log=logger,
        log_output=log_output,
        stdout_file=stdout_file,
        stderr_file=stderr_file,
    )
    return options
