"""The notebooks as jobs of jupyter-scheduler, through the REST interface of a real JupyterLab server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import pytest

from fazhi_analysis._paths import bundled_data, bundled_notebooks
from fazhi_analysis.running.lab import lab_environment

pytest.importorskip("jupyter_scheduler")
pytestmark = [pytest.mark.kernel, pytest.mark.nightly]

TOKEN = "a-token-of-this-test"


class Server:
    """A JupyterLab server on the loopback, with folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "notebooks"
        shutil.copytree(bundled_notebooks(), self.root)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        kinds = ("DATA_DIR", "CONFIG_DIR", "RUNTIME_DIR")
        environment = {**lab_environment(), **{f"JUPYTER_{kind}": str(folder / kind.lower()) for kind in kinds}}
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
        command += [f"--port={port}", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={self.root}"]
        self.log = folder / "log"
        with self.log.open("w") as log:
            # It copies finished files into its working directory, taking that for its root.
            self.process = subprocess.Popen(
                command, cwd=self.root, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def ask(self, path: str, content: Any = None) -> Any:
        data = None if content is None else json.dumps(content).encode()
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/{path}", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read().decode()[:2000]}") from error

    def run(self, notebook: str, **parameters: str) -> dict[str, Any]:
        """Run a job to its end; values as a person types them into the form, text with or without quotes."""
        environment = self.ask("scheduler/runtime_environments")[0]["name"]
        job = {
            "name": notebook,
            "input_uri": f"{notebook}.ipynb",
            "runtime_environment_name": environment,
            "output_formats": ["ipynb", "html"],
            "parameters": parameters,
        }
        number = self.ask("scheduler/jobs", job)["job_id"]
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            state: dict[str, Any] = self.ask(f"scheduler/jobs/{number}")
            if state["status"] in {"COMPLETED", "FAILED"}:  # a job that has not begun is STOPPED
                return state
            time.sleep(0.5)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-4000:])

    def file(self, state: dict[str, Any], kind: str) -> Path:
        """A file of a finished job, fetched into the server's folder first."""
        with suppress(AssertionError):
            self.ask(f"scheduler/jobs/{state['job_id']}/download_files")
        for _ in range(200):
            for item in self.ask(f"scheduler/jobs/{state['job_id']}")["job_files"]:
                if item["file_format"] == kind and item["file_path"]:
                    return self.root / item["file_path"]
            time.sleep(0.2)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-4000:])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("lab"))
    try:
        for _ in range(600):
            assert running.process.poll() is None, running.log.read_text(encoding="utf-8")
            with suppress(OSError):
                running.ask("api/status")
                break
            time.sleep(0.2)
        yield running
    finally:
        os.killpg(running.process.pid, signal.SIGKILL)  # with the processes of its jobs
        running.process.wait()


def test_a_notebook_runs_as_a_job_with_packaged_data(server: Server) -> None:
    state = server.run("year_over_year", region="霁原旗", year="2024")
    assert state["status"] == "COMPLETED", state
    node = nbformat.read(server.file(state, "ipynb"), 4)
    assert all(cell.execution_count for cell in node.cells if cell.cell_type == "code" and cell.source)
    assert "霁原旗" in str([cell.get("outputs") for cell in node.cells])
    assert "霁原旗" in server.file(state, "html").read_text(encoding="utf-8")


def test_a_notebook_runs_as_a_job_on_data_by_absolute_path(server: Server, tmp_path: Path) -> None:
    for name in ("990124-2023", "990124-2024"):
        shutil.copytree(bundled_data() / "sample" / "reports" / name, tmp_path / "data" / "reports" / name)
    state = server.run("data_quality", region='"砚桥县"', year="2024", data=repr(str(tmp_path / "data")), lang='"en"')
    assert state["status"] == "COMPLETED", state


def test_a_place_that_does_not_exist_fails_the_job_and_says_so(server: Server) -> None:
    state = server.run("year_over_year", region='"无此旗"', year="2024")
    assert state["status"] == "FAILED"
    assert "无此旗" in state["status_message"]
