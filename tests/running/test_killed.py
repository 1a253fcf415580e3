"""A run that is killed at any moment: nothing half-written under its final name, and the same command goes on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

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


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.nightly)])
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
