"""The child that runs one notebook: a loop that executes cells and sends messages until its connection closes."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

from IPython.core.error import UsageError

from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.forked.capture import DescriptorCapture
from fazhi_analysis.running.forked.shell import Shell, connect, flush_streams, take_over

_SHOW_EVERY = 0.2  # seconds
_MAY_WAIT = frozenset({"status", "execute_input", "execute_result", "execute_reply"})
"""Messages at the beginning and the end of a cell: sent together, since each one wakes the process that waits. What a
cell shows meanwhile is sent at once: the cell may be long, or end its process."""


class Worker:
    """One notebook's process: its shell, its connection, the request that is being answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._request = ""
        self._waiting: list[tuple[str, dict[str, Any]]] = []
        self._owner = os.getpid()
        self.shell: Shell = warm.shell()

    def emit(self, kind: str, content: dict[str, Any]) -> None:
        """Send an output message of the current request."""
        self._send("iopub", kind, content)

    def _send(self, channel: str, kind: str, content: dict[str, Any]) -> None:
        if os.getpid() != self._owner:
            return
        buffers = content.pop("buffers", [])
        message = {
            "header": {"msg_id": os.urandom(8).hex(), "msg_type": kind, "date": datetime.now(UTC)},
            "msg_type": kind,
            "parent_header": {"msg_id": self._request},
            "metadata": {},
            "content": _clean(content),
            "buffers": [bytes(buffer) for buffer in buffers],
        }
        with self._lock:
            self._waiting.append((channel, message))
            if kind not in _MAY_WAIT:
                self._send_waiting()

    def _send_waiting(self) -> None:
        self._connection.send(self._waiting)
        self._waiting = []

    async def execute(self, request: str, code: str, store_history: bool) -> bool:
        """Run one cell and answer as a kernel does; False when the notebook asked to exit."""
        shell = self.shell
        self._request = request
        shell.last_error = None
        self.emit("status", {"execution_state": "busy"})
        self.emit("execute_input", {"code": code, "execution_count": shell.execution_count})
        transformed, failure = code, None
        try:
            transformed = shell.transform_cell(code)
        except Exception:
            failure = sys.exc_info()
        options = {"store_history": store_history, "silent": False}
        if shell.should_run_async(code, transformed_cell=transformed, preprocessing_exc_tuple=failure):
            result = None
            try:
                result = await shell.run_cell_async(
                    code, transformed_cell=transformed, preprocessing_exc_tuple=failure, **options
                )
            finally:  # as run_cell does: figures are shown then
                shell.events.trigger("post_execute")
                shell.events.trigger("post_run_cell", result)
        else:
            result = shell.run_cell(code, **options)
        flush_streams()
        self.capture.settle()
        flush_streams()
        reply: dict[str, Any] = {"status": "ok", "execution_count": shell.execution_count - 1}
        error = result.error_before_exec or result.error_in_exec
        if error is not None or shell.last_error is not None:
            shown = shell.last_error or {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
            # A magic that is not there IPython names on stderr; what it could not show at all is named here.
            if shell.last_error is None and not isinstance(error, UsageError):
                shown["traceback"] = [f"{type(error).__name__}: {error}"]
                self.emit("error", shown)
            reply |= {"status": "error", **shown}
        self._send("shell", "execute_reply", reply)
        self.emit("status", {"execution_state": "idle"})
        with self._lock:
            self._send_waiting()
        return not shell.exit_now

    async def serve(self) -> None:
        """Answer requests until the other side goes away. The loop runs while cells do, as in a stock kernel."""
        connect(self.emit)
        self.capture = DescriptorCapture(self.emit)
        take_over(self.shell)
        while True:
            try:
                request, code, store_history = self._connection.recv()
            except (EOFError, OSError):
                return
            if not await self.execute(request, code, store_history):
                return


def _clean(content: dict[str, Any]) -> dict[str, Any]:
    from ipykernel.jsonutil import encode_images, json_clean

    if "data" in content and isinstance(content["data"], dict):
        content = {**content, "data": encode_images(content["data"])}
    cleaned: dict[str, Any] = json_clean(content)
    return cleaned


def _die_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)


def _show_progress() -> None:
    """Send what a long cell has printed so far, as often as the stock kernel does."""
    while True:
        time.sleep(_SHOW_EVERY)
        flush_streams()


def main(
    connection: Connection, lifeline: Connection, folder: str, environment: dict[str, str], direct: bool = False
) -> None:
    """Entry of a child: take the caller's folder and environment, serve one notebook, and leave without clean-up.

    ``lifeline`` closes when the caller dies, however it dies; this process must not outlive it. ``direct`` says
    that the caller itself was forked, not the warm server.
    """
    os.setsid()
    gc.freeze()  # what was inherited is shared with the parent until it is touched, and collecting touches all of it
    if direct:
        # A direct fork holds the other end of its lifeline too, which would never close.
        warm.die_with_parent()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    warm.reseed()
    threading.Thread(target=_die_with, args=(lifeline,), name="lifeline", daemon=True).start()
    worker = Worker(connection)
    threading.Thread(target=_show_progress, name="progress", daemon=True).start()
    asyncio.run(worker.serve())
    os._exit(0)
