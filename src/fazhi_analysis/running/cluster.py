"""A Dask cluster as the executor of a batch or an ingest (extra ``distributed``)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from fazhi_analysis.errors import MissingExtraError, UsageError

_CONNECT = 10
"""Seconds to wait for a scheduler."""


def cluster(address: str) -> ClusterPool:
    """Connect to a running Dask scheduler.

    Raises UsageError where none answers, MissingExtraError without ``distributed``.
    """
    try:
        import distributed
    except ImportError:
        raise MissingExtraError(
            "--scheduler", "缺少 distributed", "请安装：pip install 'fazhi_analysis[distributed]'"
        ) from None
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=_CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"--scheduler {address}", f"连不上调度器：{error}", "请检查地址，或先启动 dask scheduler"
        ) from None
    return ClusterPool(client)


class ClusterPool:
    """A Dask cluster as an executor that is closed with its connection."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False, retries=3)
        self.workers = max(1, len(client.scheduler_info().get("workers", {})))

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """As ``Executor.submit``; a task whose worker dies is sent to another, at most three times."""
        return self._executor.submit(function, *arguments)

    def __enter__(self) -> ClusterPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


def cluster_size(executor: Any) -> int:
    """How many workers an executor has, as far as it tells."""
    return int(getattr(executor, "workers", 0) or getattr(executor, "_max_workers", 0) or os.cpu_count() or 1)
