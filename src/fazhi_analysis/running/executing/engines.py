"""The engines that papermill runs notebooks with: the forked one, the stock kernel, and whatever else is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.running.forked import warm

FORKED = "fazhi-fork"
STOCK = "nbclient"


def prepare_engine(name: str | None) -> str:
    """The engine to use, ready to run: the forked one by default where this system has it, else papermill's own.

    The command line and the workers of a batch warm up themselves, so that notebooks fork from them; from any other
    process they fork from the warm server, and see nothing of their caller.
    Raises :class:`~fazhi_analysis.errors.UnknownNameError` for an engine that does not exist.
    """
    load_papermill()
    from papermill.engines import papermill_engines

    chosen = name or (FORKED if warm.available() else STOCK)
    if chosen == FORKED:
        from fazhi_analysis.running.forked.engine import ForkEngine

        papermill_engines.register(FORKED, ForkEngine)
        if warm.may_fork():
            warm.warm_up()
    if chosen == STOCK:
        from fazhi_analysis.running.forked.stock import StockEngine

        papermill_engines.register(STOCK, StockEngine)
    check_engine(chosen)
    return chosen


def check_engine(name: str) -> None:
    """Raise :class:`~fazhi_analysis.errors.UnknownNameError` for an engine that papermill does not have."""
    load_papermill()
    from papermill.engines import papermill_engines

    known = {str(engine) for engine in papermill_engines._engines if engine} | {STOCK, FORKED}
    if name not in known:
        raise UnknownNameError(name, "running.engine.unknown", engines=sorted(known))


def load_papermill() -> Any:
    """Papermill, imported without one optional format checker that JupyterLab brings along.

    That module (rfc3987_syntax) builds 38 grammars when it is imported, over a second each time, to check addresses in
    JSON schemas. No notebook needs it; jsonschema goes on without it, and later imports find it again.
    """
    name = "rfc3987_syntax"
    hide = name not in sys.modules and "jsonschema" not in sys.modules
    if hide:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import papermill
    finally:
        if hide:
            del sys.modules[name]
    return papermill


def local_sockets(folder: Path) -> dict[str, Any]:
    """Settings that let the kernel talk over sockets in a folder of its own instead of open TCP ports.

    Other users of the machine cannot listen, and kernels that run at the same time cannot take each other's ports.
    """
    if os.name != "posix":
        return {}
    from traitlets.config import Config

    return {"config": Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "kernel")}})}
