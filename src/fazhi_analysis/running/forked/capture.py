"""What subprocesses and C libraries write to the file descriptors 1 and 2, as stream messages in the right cell."""

from __future__ import annotations

import codecs
import ctypes
import os
import select
import threading
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.running.forked.shell import Emit

_PIPE = 1 << 16
"""What a pipe holds at most: one read of so much takes everything that was written before it."""


@dataclass(frozen=True)
class _Pipe:
    """The end of a pipe that is read, and the stream that it stands for."""

    descriptor: int
    name: str
    decoder: Any


class DescriptorCapture:
    """Replaces the descriptors 1 and 2 by pipes and sends what arrives there as stream messages.

    A thread waits for what arrives; whoever reads holds a lock until it has sent what it read. So everything that was
    written before :meth:`settle` has been sent once that returns, and where nothing was written nobody waits.
    """

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._lock = threading.Lock()
        self._libc = ctypes.CDLL(None)
        self._pipes: dict[int, _Pipe] = {}
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            read_end, write_end = os.pipe()
            os.set_blocking(read_end, False)
            os.dup2(write_end, descriptor)
            os.close(write_end)
            self._pipes[read_end] = _Pipe(read_end, name, codecs.getincrementaldecoder("utf-8")("replace"))
        threading.Thread(target=self._watch, name="capture", daemon=True).start()

    def _watch(self) -> None:
        waiting = select.poll()
        for descriptor in self._pipes:
            waiting.register(descriptor, select.POLLIN)
        still_open = set(self._pipes)
        while still_open:  # a pipe whose writers are all gone is at its end
            for descriptor, _event in waiting.poll():
                if not self._take(self._pipes[descriptor]):
                    waiting.unregister(descriptor)
                    still_open.remove(descriptor)

    def _take(self, pipe: _Pipe) -> bool:
        """Send what the pipe holds; False at its end."""
        with self._lock:
            try:
                chunk = os.read(pipe.descriptor, _PIPE)
            except BlockingIOError:
                return True
            if text := pipe.decoder.decode(chunk, final=not chunk):
                self._emit("stream", {"name": pipe.name, "text": text})
        return bool(chunk)

    def settle(self) -> None:
        """Send what was written to the descriptors."""
        self._libc.fflush(None)
        for pipe in self._pipes.values():
            self._take(pipe)
