"""The caller's side of a child, in the words nbclient knows: a kernel manager and a kernel client with channels."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.forked.child import main


class Channel:
    """Messages of one kind, in order of arrival."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.waiting: deque[dict[str, Any]] = deque()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Next message; raises ``queue.Empty`` when none comes in ``timeout`` seconds."""
        deadline = None if timeout is None else monotonic() + timeout
        while not self.waiting:
            left = None if deadline is None else deadline - monotonic()
            if left is not None and left <= 0:
                raise Empty
            await self._client.arrival(left)
        return self.waiting.popleft()

    def send(self, _message: Any) -> None:
        """Messages from a widget's page to the kernel: nobody is there to move it."""


class Client:
    """Executes code in the child and hands out its messages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._closed = False
        self._watchers: set[asyncio.Future[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.shell_channel = Channel(self)
        self.iopub_channel = Channel(self)
        self.control_channel = Channel(self)

    def execute(self, code: str, store_history: bool = True, **_options: Any) -> str:
        """Send a cell; returns the id of the request."""
        request = os.urandom(8).hex()
        with suppress(BrokenPipeError, ConnectionResetError):
            self._connection.send((request, code, store_history))
        return request

    def kernel_info(self) -> str:
        """What language this is; answered here, since the child speaks the caller's Python."""
        request = os.urandom(8).hex()
        self.shell_channel.waiting.append(
            {"parent_header": {"msg_id": request}, "content": {"language_info": language_info()}}
        )
        return request

    async def arrival(self, timeout: float | None) -> None:
        """Wait until a message came, the child went away, or the time is over."""
        if self._closed:
            await asyncio.sleep(timeout if timeout is not None else 3600)
            return
        loop = self._loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._watchers.add(future)
        loop.add_reader(self._connection.fileno(), self._take)
        try:
            await asyncio.wait_for(future, timeout)
        except TimeoutError:
            pass
        finally:
            self._watchers.discard(future)
            if not self._watchers:
                self._stop_watching()

    def _take(self) -> None:
        try:
            while self._connection.poll():
                for channel, message in self._connection.recv():
                    (self.shell_channel if channel == "shell" else self.iopub_channel).waiting.append(message)
        except (EOFError, OSError):
            self._closed = True
            self._stop_watching()
        for future in self._watchers:
            if not future.done():
                future.set_result(None)

    def is_alive(self) -> bool:
        """Whether the child still has its end of the connection."""
        return not self._closed

    def _stop_watching(self) -> None:
        if self._loop is not None and not self._loop.is_closed() and not self._connection.closed:
            self._loop.remove_reader(self._connection.fileno())

    def stop_channels(self) -> None:
        """Close the connection; the loop must forget its number first, since the next connection may get the same."""
        self._stop_watching()
        self._connection.close()


class Manager:
    """The child process as nbclient's kernel manager; ``environment`` are further variables for the child."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        context = warm.context()
        ours, theirs = context.Pipe(duplex=True)
        lifeline, self._lifeline = context.Pipe(duplex=False)
        arguments = (theirs, lifeline, str(Path.cwd()), {**os.environ, **(environment or {})}, warm.is_warm())
        self._process = warm.start(main, arguments)
        theirs.close()
        lifeline.close()
        self._client = Client(ours)

    def client(self) -> Client:
        """The one client of this child."""
        return self._client

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return bool(self._process.is_alive())

    def kill_group(self) -> None:
        """Kill the child, and every process that its notebook started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """End the child for good and let go of its connection."""
        self.kill_group()
        self._process.join(5)
        self._lifeline.close()
        self._client.stop_channels()
        self._process.close()


def language_info() -> dict[str, Any]:
    """What a notebook's metadata says of its language, as ipykernel words it."""
    version = sys.version_info
    return {
        "name": "python",
        "version": f"{version.major}.{version.minor}.{version.micro}",
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": version.major},
        "pygments_lexer": f"ipython{version.major}",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }
