"""The pool: results in the order of the calls, whatever the processes die of, and nothing left behind."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from fazhi_analysis.running import pool
from fazhi_analysis.running.pool import Lost, in_order


@pytest.fixture(autouse=True)
def _found_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def calls() -> ModuleType:
    return importlib.import_module("pool_calls")


def test_results_stand_in_the_order_of_the_calls() -> None:
    assert list(in_order(calls().slept, [(0.4, 0), (0.0, 1), (0.1, 2), (0.0, 3)], workers=2)) == [0, 1, 2, 3]
    assert list(in_order(calls().slept, [], workers=2)) == []
    with ThreadPoolExecutor(3) as executor:
        assert list(in_order(calls().slept, [(0.2, 0), (0.0, 1), (0.0, 2)], executor=executor)) == [0, 1, 2]


def test_a_call_that_kills_its_process_is_known_and_fails_alone() -> None:
    assert list(in_order(calls().deadly, [(number,) for number in range(5)], workers=2)) == [0, 1, Lost("died"), 3, 4]


def test_a_process_killed_from_outside_costs_a_second_try_only(tmp_path: Path) -> None:
    marks = [(str(tmp_path / str(number)),) for number in range(3)]
    assert list(in_order(calls().deadly_once, marks, workers=2)) == ["done"] * 3


def test_a_call_beyond_its_time_is_stopped_and_the_others_go_on() -> None:
    started = time.monotonic()
    results = list(in_order(calls().slept, [(0.0, 0), (60.0, 1), (0.0, 2), (0.0, 3)], workers=2, limit=2.5))
    assert results == [0, Lost("overran", "2.5"), 2, 3]
    assert time.monotonic() - started < 40


def test_what_a_call_raises_is_raised_here_and_what_cannot_come_back_says_so() -> None:
    with pytest.raises(ValueError, match="坏了"):
        list(in_order(calls().raising, [(0,), (1,), (2,)], workers=2))
    with pytest.raises(TypeError, match="lambda"):
        list(in_order(calls().unpicklable, [(0,)], workers=1))


def test_an_executor_that_gives_a_call_up_loses_that_call_only() -> None:
    class Broken(ThreadPoolExecutor):
        def submit(self, function, /, *arguments, **options) -> Future:  # type: ignore[no-untyped-def]
            if arguments == (1,):
                future: Future = Future()
                future.set_exception(RuntimeError("three workers died"))
                return future
            return super().submit(function, *arguments, **options)

    with Broken(2) as executor:
        results = list(in_order(calls().raising, [(0,), (1,), (2,)], executor=executor))
    assert results == [0, Lost("gave_up", "RuntimeError: three workers died"), 2]


def test_few_results_wait_for_a_slow_one_where_that_is_asked_for() -> None:
    done: list[int] = []

    def noted(seconds: float, number: int) -> int:
        time.sleep(seconds)
        done.append(number)
        return number

    with ThreadPoolExecutor(2) as executor:
        results = in_order(noted, [(0.5, 0), *((0.0, number) for number in range(1, 40))], executor=executor, held=2)
        assert next(results) == 0
        assert len(done) <= 5
        assert list(results) == list(range(1, 40))


def test_a_process_is_replaced_after_many_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_CALLS_A_WORKER", 2)
    found = list(in_order(calls().process, [(number,) for number in range(6)], workers=1))
    assert len(set(found)) == 3


def test_processes_stand_where_their_caller_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FAZHI_TEST_WORD", "霁原旗")
    assert list(in_order(calls().surroundings, [(0,)], workers=1)) == [(str(tmp_path), "霁原旗")]


def test_what_a_process_begins_with_is_set_aside_from_collecting() -> None:
    assert next(in_order(calls().set_aside, [(0,)], workers=1)) > 1000


def running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_a_caller_that_is_stopped_leaves_no_process_behind(sent: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "import os, time\ndef endless(folder):\n    open(f'{folder}/{os.getpid()}', 'x').close()\n    time.sleep(99)\n"
    )
    marks = tmp_path / "marks"
    marks.mkdir()
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import mine; from fazhi_analysis.running import pool\n"
        f"list(pool.in_order(mine.endless, [({str(marks)!r},)] * 2, workers=2))"
    )
    caller = subprocess.Popen(
        [sys.executable, "-c", script],
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores Ctrl-C
    )
    while len(list(marks.iterdir())) < 2:
        assert caller.poll() is None, caller.stderr.read() if caller.stderr else ""
        time.sleep(0.05)
    pids = [int(path.name) for path in marks.iterdir()]
    (os.killpg if sent == signal.SIGINT else os.kill)(caller.pid, sent)
    _, errors = caller.communicate(timeout=60)
    assert (b"KeyboardInterrupt" in errors) == (sent == signal.SIGINT)
    assert errors.count(b"Traceback") == (sent == signal.SIGINT)
    deadline = time.monotonic() + 20
    while any(map(running, pids)):
        assert time.monotonic() < deadline, "a process outlived its caller"
        time.sleep(0.05)


@pytest.mark.parametrize("interrupted", ["begin", "result"])
def test_an_interrupt_at_any_moment_leaves_no_process(interrupted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(multiprocessing.active_children())

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pool._Worker, interrupted, interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(in_order(calls().slept, [(0.0, 0), (0.0, 1)], workers=2))
    assert set(multiprocessing.active_children()) <= before
