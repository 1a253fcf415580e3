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
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.errors import UsageError
from fazhi_analysis.running.batch import BatchResult, run_batch

pytest.importorskip("distributed")
pytestmark = [pytest.mark.kernel, pytest.mark.filterwarnings("ignore")]


def start(*command: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *command], stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    )


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


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for source in sorted((bundled_data() / "sample" / "reports").iterdir()):
        shutil.copytree(source, data / "reports" / source.name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    local = ("--dashboard-address", "127.0.0.1:0")
    processes = [start("scheduler", "--host", "127.0.0.1", "--port", str(port), *local)]
    worker = ("worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--local-directory", str(tmp_path), *local)
    # One worker of each kind: that of a nanny is a daemonic process, which may not have children by default.
    processes += [start(*worker, "--no-nanny"), start(*worker)]
    found: list[BatchResult] = []
    try:
        wait_for_workers(address, 2)
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
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert found
    assert found[0].count("done") == len(list((data / "reports").iterdir())) >= 4
    assert (tmp_path / "out" / "index.html").is_file()


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
    monkeypatch.setattr("fazhi_analysis.running.batch_cluster._CONNECT", 1)
    with pytest.raises(UsageError, match="连不上调度器"):
        run_batch(regions=["霁原旗"], out=tmp_path, scheduler="tcp://127.0.0.1:1")
