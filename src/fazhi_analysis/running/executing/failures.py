"""Notebooks whose process was lost or stopped: the cell it happened in is marked, as papermill marks one that raised.

When a process dies or its time is over, papermill calls every cell complete, those that never ran among them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fazhi_analysis.messages import Message


def reason(error: BaseException, cell_seconds: float | None = None, notebook_seconds: float | None = None) -> Message:
    """What happened, for a person; the limits are those that were given.

    >>> from nbclient.exceptions import CellTimeoutError, DeadKernelError
    >>> print(reason(DeadKernelError("Kernel died")))
    运行时进程意外终止（多为内存不足或程序崩溃）
    >>> print(reason(CellTimeoutError(""), notebook_seconds=90))
    运行时超过笔记本的时限 90 秒，已停止
    >>> print(reason(ValueError("x")).text("en"))
    failed with ValueError: x
    """
    kind = type(error).__name__
    if kind == "DeadKernelError":
        return Message("running.stopped.died")
    if kind == "CellTimeoutError" and notebook_seconds is not None:
        return Message("running.stopped.notebook_too_long", seconds=f"{notebook_seconds:g}")
    if kind == "CellTimeoutError" and cell_seconds is not None:
        return Message("running.stopped.cell_too_long", seconds=f"{cell_seconds:g}")
    return Message("running.stopped.failed", reason=f"{kind}: {error}")


def mark_stopped(path: Path, kind: str, message: str) -> int | None:
    """Mark the cell of an executed notebook that was running last: status ``failed``, and an error among its outputs.

    Cells after it get the status ``pending``. Returns its execution number as papermill counts (code cells, from 1), or
    None where no cell had begun or the file cannot be read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    begun = [cell for cell in cells if _notes(cell).get("start_time")]
    if not begun:
        return None
    last = begun[-1]
    number = cells.index(last) + 1
    _notes(last).update(status="failed", exception=True)
    last["outputs"].append({"output_type": "error", "ename": kind, "evalue": message, "traceback": [message]})
    for cell in content["cells"][content["cells"].index(last) + 1 :]:
        _notes(cell)["status"] = "pending"
    content["metadata"].setdefault("papermill", {})["exception"] = True
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return number


def _notes(cell: dict[str, Any]) -> dict[str, Any]:
    notes: dict[str, Any] = cell["metadata"].setdefault("papermill", {})
    return notes


@contextmanager
def quiet() -> Iterator[None]:
    """Keep papermill's log off a terminal where nobody listens to it; a death is reported in our words."""
    logger, silent = logging.getLogger("papermill"), logging.NullHandler()
    logger.addHandler(silent)
    try:
        yield
    finally:
        logger.removeHandler(silent)
