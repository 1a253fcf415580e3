"""Shared fixtures. Tests may read the real texts beside the checkout when they are there, and pass without them."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_finish() -> None:
    """Leave what was collected out of the passes over all objects: they took a fifth of the processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with real reports and gold annotations; the test is skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout")
    return SHARED


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Every file under a folder with its bytes: two equal trees are byte-identical."""
    return lambda folder: {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def night() -> Callable[[str, int, Callable[[int], object]], None]:
    """Do a numbered check so many times, going on where the night before stopped.

    ``FUZZ_PROGRESS`` names the folder that remembers how far each came, ``FUZZ_HOURS`` limits one night of one check,
    and the number of times is set by the variable that is named after the check: ``FUZZ_TEXTS``, ``FUZZ_DOCX`` …
    """

    def go_on(name: str, times: int, check: Callable[[int], object]) -> None:
        folder = Path(os.environ.get("FUZZ_PROGRESS", ".fuzz"))
        folder.mkdir(exist_ok=True)
        done = folder / name
        number = int(done.read_text(encoding="ascii")) if done.is_file() else 0
        until = time.monotonic() + 3600 * float(os.environ.get("FUZZ_HOURS", "2"))
        while number < int(os.environ.get(f"FUZZ_{name.upper()}", times)) and time.monotonic() < until:
            check(number)
            number += 1
            beside = done.with_suffix(".new")
            beside.write_text(str(number), encoding="ascii")
            beside.replace(done)  # a night may be killed at any moment, and the next one goes on

    return go_on


@pytest.fixture
def calls() -> Callable[[Callable[[], object]], int]:
    """Counts the functions that a piece of work enters.

    A measure of growth that is the same on a machine that does other things beside, where seconds are not: one pass of
    the collector over the objects of all tests before costs more than the work itself.
    """

    def counted(work: Callable[[], object]) -> int:
        entered = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal entered
            entered += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(before)
        return entered

    return counted
