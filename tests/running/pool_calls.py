"""Calls that the tests of the pool make in other processes."""

from __future__ import annotations

import os
import signal
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
