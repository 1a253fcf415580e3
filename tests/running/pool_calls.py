"""Calls that tests make in other processes."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from pathlib import Path


def slept(seconds: float, answer: int) -> int:
    time.sleep(seconds)
    return answer


def deadly(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def deadly_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(3)
    return "done"


def raising(number: int) -> int:
    if number == 1:
        raise ValueError("坏了")
    return number


def unpicklable(_number: int) -> object:
    return lambda: None


def process(_number: int) -> int:
    return os.getpid()


def surroundings(_number: int) -> tuple[str, str | None]:
    return os.getcwd(), os.environ.get("FAZHI_TEST_WORD")  # noqa: PTH109


def set_aside(_number: int) -> int:
    return gc.get_freeze_count()


def first_report(out: str) -> tuple[set[str], int]:
    """What the first report of a process imports, and how many names of places the process begins with."""
    from fazhi_analysis import run_report
    from fazhi_analysis.catalogue import load_divisions

    before, names = set(sys.modules), vars(load_divisions()).get("_by_name", {})
    run_report("砚桥县", 2024, out=out, notebooks=["data_quality"])
    return set(sys.modules) - before, len(names)
