"""The shell of a child: IPython, with every output sent as the message that a Jupyter kernel would send."""

from __future__ import annotations

import builtins
import getpass
import io
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, cast

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type

Emit = Callable[[str, dict[str, Any]], None]


def _discard(_type: str, _content: dict[str, Any]) -> None:
    """Before a child is connected nobody listens."""


class _Channel:
    """Where messages go; set once in the child, shared by streams, displays and the shell."""

    emit: Emit = staticmethod(_discard)


def connect(emit: Emit) -> None:
    """Send every output of this process to ``emit(message_type, content)``."""
    _Channel.emit = staticmethod(emit)


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a child: collects text and sends it as stream messages.

    A process forked by the notebook itself (multiprocessing) writes to the captured file descriptor instead, since the
    connection belongs to one process only.
    """

    _LIMIT = 1 << 16

    def __init__(self, name: str, descriptor: int) -> None:
        self.name = name
        self._descriptor = descriptor
        self._owner = os.getpid()
        self._parts: list[str] = []
        self._size = 0
        self._lock = threading.RLock()

    encoding = "utf-8"
    errors = "replace"

    def fileno(self) -> int:
        """The captured descriptor, for subprocesses and libraries that write there."""
        return self._descriptor

    def writable(self) -> bool:
        """Always."""
        return True

    def isatty(self) -> bool:
        """Never."""
        return False

    def write(self, text: str) -> int:
        """Collect text; numbers of characters written, as for any text stream."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:
            os.write(self._descriptor, text.encode("utf-8", "replace"))
            return len(text)
        with self._lock:
            self._parts.append(text)
            self._size += len(text)
            if self._size >= self._LIMIT:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what was collected."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            text = "".join(self._parts)
            self._parts.clear()
            self._size = 0
            if text:
                _Channel.emit("stream", {"name": self.name, "text": text})


class Publisher(DisplayPublisher):
    """``display(...)`` and ``clear_output()`` as messages."""

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_more: Any,
    ) -> None:
        """Send a display, or the update of an earlier one."""
        flush_streams()
        self._validate_data(data, metadata)
        content = {"data": data, "metadata": metadata or {}, "transient": transient or {}}
        _Channel.emit("update_display_data" if update else "display_data", content)

    def clear_output(self, wait: bool = False) -> None:
        """Clear what the cell has shown so far, at once or before its next output."""
        flush_streams()
        _Channel.emit("clear_output", {"wait": wait})


class ResultHook(DisplayHook):
    """The value of a cell's last expression as an ``execute_result``."""

    _content: dict[str, Any] | None = None

    def start_displayhook(self) -> None:
        """Begin a result."""
        self._content = {"data": {}, "metadata": {}, "execution_count": self.prompt_count}

    def write_output_prompt(self) -> None:
        """The prompt is the execution count of the message."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Take the representations of the value."""
        if self._content is not None:
            self._content["data"] = format_dict
            self._content["metadata"] = md_dict or {}

    def finish_displayhook(self) -> None:
        """Send the result, unless it has no representation."""
        flush_streams()
        if self._content is not None and self._content["data"]:
            _Channel.emit("execute_result", self._content)
        self._content = None


class ZMQInteractiveShell(InteractiveShell):
    """IPython without a terminal: outputs and tracebacks become messages, the keyboard is not there.

    It bears the name of the stock kernel's shell, since libraries (pandas among them) ask for it before they show
    themselves as in a notebook.
    """

    display_pub_class = Type(Publisher)
    displayhook_class = Type(ResultHook)
    last_error: dict[str, Any] | None = None

    def init_history(self) -> None:
        """History in memory only: a child must not write the user's history file."""
        from IPython.core.history import HistoryManager

        self.history_manager = HistoryManager(shell=self, parent=self, enabled=False)
        cast("list[Any]", self.configurables).append(self.history_manager)

    def init_hooks(self) -> None:
        """No pager: what ``name?`` would page is dropped, as nbclient drops it for the stock kernel."""
        super().init_hooks()
        self.set_hook("show_in_pager", lambda *_page, **_options: None, 99)

    def init_environment(self) -> None:
        """Left to the child (:func:`take_over`): the process that warms up may belong to a user."""

    def enable_gui(self, gui: Any = None) -> None:
        """No event loops of desktop toolkits; the inline backend needs none."""

    def ask_exit(self) -> None:
        """``exit`` and ``quit``: this process ends after the cell."""
        self.exit_now = True

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        flush_streams()
        content = {"ename": str(etype.__name__), "evalue": str(evalue), "traceback": stb}
        self.last_error = content
        _Channel.emit("error", content)


Shell = ZMQInteractiveShell


def flush_streams() -> None:
    """Send what was printed, so that it stands before what comes next."""
    sys.stdout.flush()
    sys.stderr.flush()


def _no_input(*_: Any, **__: Any) -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def take_over(shell: Shell) -> None:
    """Make this process a kernel: streams, keyboard and widgets go through the shell, subprocesses show colours."""
    os.environ.update(
        TERM="xterm-color", CLICOLOR="1", FORCE_COLOR="1", CLICOLOR_FORCE="1", PAGER="cat", GIT_PAGER="cat"
    )
    sys.stdout = Stream("stdout", 1)
    sys.stderr = Stream("stderr", 2)
    builtins.input = _no_input
    getpass.getpass = _no_input
    _connect_widgets()
    pandas = sys.modules.get("pandas")
    if pandas is not None and pandas.get_option("display.max_columns") == 0:
        # It found no kernel when it was imported, and would fit frames to a terminal.
        pandas.set_option("display.max_columns", 20)
    sys.modules["__main__"] = shell.user_module


def _connect_widgets() -> None:
    try:
        import comm
        from comm.base_comm import BaseComm
    except ImportError:
        return

    class Comm(BaseComm):
        def publish_msg(
            self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any
        ) -> None:
            content = {"data": data or {}, "comm_id": self.comm_id, "buffers": buffers or [], **keys}
            _Channel.emit(msg_type, content)

    comm.create_comm = lambda *args, **options: Comm(*args, **options)
