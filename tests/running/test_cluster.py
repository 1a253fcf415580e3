"""A batch on a real Dask scheduler with workers of their own, one of which is killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from fazhi_analysis import ingest
from fazhi_analysis._paths import bundled_data
from fazhi_analysis.cli import main
from fazhi_analysis.errors import UsageError
from fazhi_analysis.running.batch import BatchResult, run_batch
from fazhi_analysis.running.pool import ClusterPool, Lost, in_order

pytest.importorskip("distributed")
pytestmark = [pytest.mark.kernel, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    """A scheduler and two workers, in this order."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def address(processes: list[subprocess.Popen[bytes]], tmp_path_factory: pytest.TempPathFactory) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    local = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"}

    def start(part: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *options, *local]
        quiet = subprocess.DEVNULL
        processes.append(subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment, start_new_session=True))

    start("scheduler", "--port", str(port))
    worker = (address, "--nthreads", "1", "--local-directory", str(tmp_path_factory.mktemp("dask")))
    # One worker of each kind: that of a nanny is a daemonic process, which may not have children by default.
    start("worker", *worker, "--no-nanny")
    start("worker", *worker)
    wait_for_workers(address, 2)
    return address


def book(folder: Path) -> str:
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    parameters = nbformat.v4.new_code_cell('region: str = ""\nyear: int = 0\ndata: "object" = None\nlang: str = "zh"')
    parameters.metadata.tags = ["parameters"]
    mark = f"import os, time\nopen(os.path.join({str(folder)!r}, f'began-{{os.getpid()}}'), 'x').close()"
    node.cells = [parameters, nbformat.v4.new_code_cell(f"{mark}\ntime.sleep(1.5)")]
    path = folder / "slow.ipynb"
    nbformat.write(node, path)
    return str(path)


def test_ingest_goes_the_same_way(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sorted((bundled_data() / "sample" / "texts").glob("*.txt"))
    here = ingest(texts, tmp_path / "here", workers=1)
    monkeypatch.chdir(tmp_path)  # the workers have another working folder
    for text in texts:
        shutil.copy(text, tmp_path)
    answer = CliRunner().invoke(
        main, ["ingest", *[text.name for text in texts], "--data", "there", "--scheduler", address]
    )
    assert answer.exit_code == 0, answer.output
    assert [result.status for result in here] == ["stored"] * len(texts)
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def test_a_killed_worker_loses_nothing(address: str, processes: list[subprocess.Popen[bytes]], tmp_path: Path) -> None:
    data = tmp_path / "data"
    for source in sorted((bundled_data() / "sample" / "reports").iterdir()):
        shutil.copytree(source, data / "reports" / source.name)
    found: list[BatchResult] = []
    runner = threading.Thread(
        target=lambda: found.append(
            run_batch(notebooks=[book(tmp_path)], data=data, out=tmp_path / "out", scheduler=address)
        )
    )
    runner.start()
    while not list(tmp_path.glob("began-*")):
        assert runner.is_alive()
        time.sleep(0.05)
    processes[1].send_signal(signal.SIGKILL)
    runner.join(120)
    assert not runner.is_alive()
    assert found
    assert found[0].count("done") == len(list((data / "reports").iterdir())) >= 4
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.nightly
def test_a_file_that_kills_every_worker_fails_alone(address: str) -> None:
    with ClusterPool(address) as pool:
        first, second = in_order(os._exit, [(1,), (2,)], executor=pool)
    assert (type(first), type(second)) == (Lost, Lost)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    deadline = time.monotonic() + 90
    while True:
        try:
            with Client(address, timeout=5) as client:
                client.wait_for_workers(count, timeout=60)
            return
        except OSError:
            if time.monotonic() > deadline:
                raise


def test_an_address_without_a_scheduler_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fazhi_analysis.running.pool._CONNECT", 1)
    with pytest.raises(UsageError, match="连不上调度器"):
        run_batch(regions=["霁原旗"], out=tmp_path, scheduler="tcp://127.0.0.1:1")
