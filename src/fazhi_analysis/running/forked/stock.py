"""Papermill's own engine, with a Jupyter kernel a notebook, and a time limit for the whole notebook."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from fazhi_analysis.running.forked.time_limit import time_limit


class StockClient(PapermillNotebookClient):  # type: ignore[misc]
    """nbclient with its kernel, which is killed when the notebook's time is over."""

    notebook_timeout: float | None = None
    environment: Mapping[str, str] = {}
    km: Any

    @contextmanager
    def setup_kernel(self, **options: Any) -> Iterator[None]:
        """Start the kernel; the time counts from when it is ready."""
        options["env"] = {**os.environ, **self.environment}
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
    """Papermill's ``nbclient`` engine, which also takes ``notebook_timeout``, seconds for the whole notebook, and
    ``environment``, further variables for its process.
    """

    client: type[PapermillNotebookClient] = StockClient

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        notebook_timeout: float | None = None,
        environment: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Any:
        """Run the cells; see papermill's ``NBClientEngine`` for the other options."""
        client = cls.client(nb_man, **_client_options(kernel_name, **options))
        client.notebook_timeout = notebook_timeout
        client.environment = environment or {}
        return client.execute()


def _client_options(
    kernel_name: str,
    start_timeout: int = 60,
    execution_timeout: int | None = None,
    timeout: int | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Options of a notebook client from those of a papermill engine, as papermill's own engine makes them."""
    own = {"log": logger, "kernel_name": kernel_name, "startup_timeout": start_timeout}
    rest = remove_args(["input_path", "startup_timeout"], **more)
    options: dict[str, Any] = merge_kwargs(rest, **own, timeout=execution_timeout or timeout)
    return options
