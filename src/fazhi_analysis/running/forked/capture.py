"""What subprocesses and C libraries write to the file descriptors 1 and 2, as stream messages in the right cell."""

from __future__ import annotations

import codecs
import ctypes
import os
import threading
import uuid

from fazhi_analysis.running.forked.shell import Emit


class DescriptorCapture:
    """Replaces the descriptors 1 and 2 by pipes and sends what arrives there as stream messages.

    :meth:`settle` returns once everything written before it has been sent: a mark goes through each pipe, and the
    reading thread says when it saw it.
    """

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._marks: dict[bytes, threading.Event] = {}
        self._libc = ctypes.CDLL(None)
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            read_end, write_end = os.pipe()
            os.dup2(write_end, descriptor)
            os.close(write_end)
            threading.Thread(target=self._read, args=(read_end, name), name=f"capture-{name}", daemon=True).start()

    def _read(self, descriptor: int, name: str) -> None:
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        kept = b""
        while chunk := os.read(descriptor, 1 << 16):
            kept += chunk
            for mark, seen in list(self._marks.items()):
                while mark + name.encode() + b"\n" in kept:
                    before, _, kept = kept.partition(mark + name.encode() + b"\n")
                    self._send(name, decode(before))
                    seen.set()
            # A mark may arrive in two pieces: hold back what could be the beginning of one.
            hold = len(kept) - kept.rfind(b"\0") if b"\0" in kept[-64:] else 0
            self._send(name, decode(kept[: len(kept) - hold]))
            kept = kept[len(kept) - hold :]

    def _send(self, name: str, text: str) -> None:
        if text:
            self._emit("stream", {"name": name, "text": text})

    def settle(self, timeout: float = 2.0) -> None:
        """Wait until what was written to the descriptors has been sent."""
        self._libc.fflush(None)
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            mark = b"\0" + uuid.uuid4().hex.encode()
            seen = threading.Event()
            self._marks[mark] = seen
            try:
                os.write(descriptor, mark + name.encode() + b"\n")
                seen.wait(timeout)
            except OSError:
                # The notebook closed the descriptor; then nothing more can come from there.
                pass
            finally:
                del self._marks[mark]
