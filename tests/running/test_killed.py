"""A run that is killed at any moment: nothing half-written under its final name, and the same command goes on."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.running.batch import run_batch
from fazhi_analysis.running.forked import warm

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(not warm.available(), reason="this system cannot fork"),
    pytest.mark.filterwarnings("ignore"),
]

# A warm process without threads forks a run that starts again and again, kills it after a moment, and looks.
KILLER = """
import os, random, signal, sys, time
from fazhi_analysis.running.executing import engines
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.report import run_report
book, out, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.path.insert(0, sys.argv[4])
from test_killed import check
warm.claim()
engines.prepare_engine(None)
def run():
    return run_report("砚桥县", 2024, out=out, notebooks=[book])
run()
started = time.perf_counter()
run()
takes = time.perf_counter() - started
check(out)
dice, cut_short = random.Random(20240607), 0
for count in range(20 * kills):
    # How many kills hit a run in the middle depends on the machine: go on until enough have.
    if count >= kills and cut_short >= kills // 3:
        break
    child = os.fork()
    if child == 0:
        while True:
            run()
    time.sleep(dice.uniform(0.0, 1.5 * takes))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    cut_short += check(out)
print(cut_short)
"""


def check(out: str) -> int:
    """The last good result is there, whole to the byte; returns whether the killed run left something behind."""
    folders = [path for path in Path(out).iterdir() if path.is_dir() and not path.name.startswith(".")]
    assert [folder.name for folder in folders] == ["砚桥县-2024"]
    content = json.loads((folders[0] / "manifest.json").read_text(encoding="utf-8"))
    assert content["status"] == "done"
    listed = {item["file"]: item["sha256"] for item in content["outputs"]}
    assert {"index.html", "slow.html", "slow.ipynb", "metrics.csv", "findings.csv"} == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((folders[0] / name).read_bytes()).hexdigest() == digest, name
    left = [path for path in Path(out).iterdir() if path.name.startswith(".new-")]
    for path in left:
        path.rename(path.with_name(path.name.replace(".new-", ".seen-", 1)))
    return bool(left)


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.nightly)])
def test_whenever_it_is_killed_the_last_good_result_stays_whole(kills: int, tmp_path: Path) -> None:
    node = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell('region = ""\nyear = 0', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell("print(region, year)"),
        ]
    )
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(node, tmp_path / "slow.ipynb")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-c",
        KILLER,
        str(tmp_path / "slow.ipynb"),
        str(out),
        str(kills),
        str(Path(__file__).parent),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= kills // 3
    result = run_batch(regions=["砚桥县"], years=[2024], notebooks=[str(tmp_path / "slow.ipynb")], out=out, workers=1)
    assert result.summary == "完成 1，未变 0，失败 0"


TIMES = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


def timeless(path: Path) -> str:
    """A file without what differs from run to run: times, and the ids that papermill gives by chance."""
    body = TIMES.sub(b"T", path.read_bytes())
    if path.suffix in {".json", ".ipynb"}:
        record = json.loads(body)
        for one in record if isinstance(record, list) else [record]:
            one.pop("seconds", None)
            one.pop("outputs", None)  # their digests
            for run in one.get("notebooks", []):
                run.pop("seconds")
            one.get("metadata", {}).pop("papermill", None)
            for cell in one.get("cells", []):
                cell.pop("id")
                cell["metadata"].pop("papermill", None)
                cell["metadata"].pop("execution", None)
        body = json.dumps(record, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(body).hexdigest()


def tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): timeless(path) for path in folder.rglob("*") if path.is_file()}


class Batches:
    """The same batch again and again, on a store of three reports."""

    def __init__(self, folder: Path) -> None:
        for name in ("159928-2023", "159928-2024", "990124-2024"):
            shutil.copytree(bundled_data() / "sample" / "reports" / name, folder / "data" / "reports" / name)
        self.out = folder / "out"
        self.command = [sys.executable, "-m", "fazhi_analysis.cli", "batch", "--data", str(folder / "data")]
        self.command += ["--notebooks", "data_quality", "--workers", "2", "--out", str(self.out)]
        started = time.monotonic()
        self.run()
        self.takes = time.monotonic() - started
        self.whole = tree(self.out)

    def run(self) -> None:
        done = subprocess.run(self.command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def kill(self, dice: random.Random) -> None:
        """One kill of the whole group of processes, at any moment of a batch of which something or nothing is there."""
        for path in list(self.out.iterdir()) if self.out.is_dir() else []:
            if dice.random() < 0.7:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        before = self._results()
        with subprocess.Popen(
            self.command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as batch:
            time.sleep(dice.uniform(0.3, 1.1) * self.takes)
            os.killpg(batch.pid, signal.SIGKILL)
        if not any(self.out.glob(".new-batch-*")):  # it had not begun, or was at its end: what is there is of before
            before = self._results()
        time.sleep(1.1)  # a temporary folder younger than a second may have a writer that has not taken hold of it
        self.run()
        records = json.loads((self.out / "batch.json").read_text(encoding="utf-8"))
        assert {one["folder"] for one in records if one["status"] == "skipped"} == before
        # The overview says what was there before.
        left_out = {"batch.json", "index.html"} if before else set()
        now, whole = ({name: files[name] for name in files.keys() - left_out} for files in (tree(self.out), self.whole))
        assert now == whole

    def _results(self) -> set[str]:
        return {path.parent.name for path in self.out.glob("[!.]*/manifest.json")}


def test_a_killed_batch_ends_with_the_files_of_an_undisturbed_one(tmp_path: Path) -> None:
    batches = Batches(tmp_path)
    shutil.rmtree(batches.out)
    batches.kill(random.Random(4))


@pytest.mark.nightly
def test_a_batch_killed_night_after_night_ends_with_the_same_files(night, tmp_path: Path) -> None:
    batches = Batches(tmp_path)
    night("kills", 200, lambda number: batches.kill(random.Random(number)))
