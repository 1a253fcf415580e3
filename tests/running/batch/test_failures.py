"""One failure fails only itself: notebooks that raise, die or never end, a full disk, data that cannot be read."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from click.testing import CliRunner

from fazhi_analysis.cli import main
from fazhi_analysis.errors import UsageError
from fazhi_analysis.running.batch import run_batch, run_job
from fazhi_analysis.running.batch_plan import BatchJob

from .conftest import book

pytestmark = pytest.mark.filterwarnings("ignore")


def result(**figures: object) -> dict[str, object]:
    shown = {name: {"value": value, "shown": f"{value}件", "doubt": doubt} for name, (value, doubt) in figures.items()}  # type: ignore[misc]
    return {"summary": {"metrics": 5, "figures": shown, "verdicts": {}, "findings": {"error": 1}}}


@pytest.mark.kernel
def test_a_failing_notebook_fails_only_itself(store: Path, tmp_path: Path) -> None:
    good = book(tmp_path, "tiny", "1")
    out = tmp_path / "out"
    run_batch(notebooks=[good], data=store, out=out, workers=2)
    bad = book(tmp_path, "tiny", "if year == 2023: raise ValueError('<b>坏了</b>')")
    result = run_batch(notebooks=[bad], data=store, out=out, workers=2)
    assert [(outcome.year, outcome.status) for outcome in result.outcomes] == [
        (2023, "failed"),
        (2024, "done"),
        (2024, "done"),
    ]
    failed = result.outcomes[0]
    assert "ValueError" in failed.message
    index = unquote((out / "index.html").read_text(encoding="utf-8"))
    assert 'href="霁原旗-2023.failed/tiny.html"' in index
    assert str(out) not in index  # the page is passed on: no folders of this machine
    kept = out / "霁原旗-2023.failed"
    assert "ValueError" in (kept / "tiny.html").read_text(encoding="utf-8")
    assert nbformat.read(kept / "tiny.ipynb", 4).cells[-1].outputs[-1].output_type == "error"
    assert (out / "霁原旗-2023" / "tiny.html").is_file()
    assert "<b>坏了</b>" not in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.kernel
@pytest.mark.parametrize("engine", ["fazhi-fork", "nbclient"])
def test_a_dead_or_endless_notebook_fails_only_itself(engine: str, store: Path, tmp_path: Path) -> None:
    deadly = book(tmp_path, "deadly", "import os\nif year == 2023: os._exit(9)", "1")
    result = run_batch(regions=["霁原旗"], notebooks=[deadly], data=store, out=tmp_path / "out", engine=engine)
    assert [outcome.status for outcome in result.outcomes] == ["failed", "done"]
    endless = book(tmp_path, "endless", "import time\nif year == 2023: time.sleep(600)", "1")
    started = time.monotonic()
    result = run_batch(
        regions=["霁原旗"], notebooks=[endless], data=store, out=tmp_path / "out2", engine=engine, timeout=20
    )
    assert [outcome.status for outcome in result.outcomes] == ["failed", "done"]
    assert time.monotonic() - started < 300
    assert "第 3 个单元格运行时超过笔记本的时限 20 秒" in result.outcomes[0].message
    for out, name, word in (("out", "deadly", "进程意外终止"), ("out2", "endless", "20 秒")):
        kept = tmp_path / out / "霁原旗-2023.failed"
        cells = nbformat.read(kept / f"{name}.ipynb", 4).cells
        assert [cell.metadata.papermill.status for cell in cells] == ["completed", "completed", "failed", "pending"]
        assert [output.output_type for output in cells[2].outputs] == ["error"]
        page = (kept / f"{name}.html").read_text(encoding="utf-8")
        assert "本页没有做完：第 3 个单元格出错" in page
        assert word in page


@pytest.mark.kernel
def test_the_other_notebooks_of_a_place_still_run_and_nothing_is_reported_twice(store: Path, tmp_path: Path) -> None:
    books = [book(tmp_path, "first", "print('一')"), book(tmp_path, "bad", "import os; os._exit(3)")]
    books += [book(tmp_path, "worse", "1 / 0"), book(tmp_path, "last", "print('四')")]
    command = [sys.executable, "-m", "fazhi_analysis.cli", "batch", "--regions", "霁原旗", "--years", "2023"]
    command += ["--data", str(store), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, *(part for name in books for part in ("--notebooks", name))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    kept = tmp_path / "out" / "霁原旗-2023.failed"
    runs = {run["name"]: run["status"] for run in json.loads((kept / "manifest.json").read_text("utf-8"))["notebooks"]}
    assert runs == {"first": "done", "bad": "failed", "worse": "failed", "last": "done"}
    assert "四" in (kept / "last.html").read_text(encoding="utf-8")
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 2, lines  # one for the place, one for the batch; papermill's own log is not among them
    assert "进程意外终止" in lines[0]
    assert "worse：第 3 个单元格出错：ZeroDivisionError" in lines[0]


def test_unreadable_data_fails_its_own_place(store: Path, tmp_path: Path) -> None:
    (store / "reports" / "990124-2024" / "metrics.csv").write_text("not,a,table\n", encoding="utf-8")
    answer = CliRunner().invoke(
        main, ["batch", "--regions", "砚桥县", "--data", str(store), "--out", str(tmp_path / "o")]
    )
    assert answer.exit_code == 1
    assert "metrics.csv" in answer.output


@pytest.mark.kernel
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file sizes")
def test_a_full_disk_is_reported_and_leaves_what_was_there(store: Path, tmp_path: Path) -> None:
    import resource

    notebook = book(tmp_path, "tiny", "print(year)")
    out = tmp_path / "out"
    run_batch(regions=["砚桥县"], notebooks=[notebook], data=store, out=out)
    good = out / "砚桥县-2024"
    before = {path.name: path.read_bytes() for path in good.iterdir()}
    command = [sys.executable, "-m", "fazhi_analysis.cli", "batch", "--notebooks", notebook, "--data", str(store)]
    command += ["--out", str(out), "--workers", "1", "--force", "--regions", "砚桥县"]
    # The kernel refuses to let any file grow beyond this, as a full disk does: in the middle of a page.
    full = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000)),
    )
    assert full.returncode == 1, full.stderr
    assert "Traceback" not in full.stderr
    assert "磁盘已满" in full.stderr
    assert {path.name: path.read_bytes() for path in good.iterdir()} == before
    assert not list(out.glob(".new-*"))


def test_no_space_left_fails_the_place_and_says_so(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("fazhi_analysis.running.report_pages._run_one", full)
    monkeypatch.setattr("fazhi_analysis.running.batch.warm.available", lambda: False)
    job = BatchJob(regions=["砚桥县"], notebooks=[book(tmp_path, "tiny", "1")], data=store, out=tmp_path / "out")
    with ThreadPoolExecutor(1) as executor:
        result = run_job(job, executor=executor)
    assert result.outcomes[0].status == "failed"
    assert "磁盘已满" in result.outcomes[0].message
    assert not [path for path in (tmp_path / "out").iterdir() if path.is_dir()]


def test_an_output_folder_that_cannot_be_is_said_in_words(store: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    job = BatchJob(
        regions=["砚桥县"], notebooks=[book(tmp_path, "tiny", "1")], data=store, out=tmp_path / "notes.txt/out"
    )
    with pytest.raises(UsageError) as caught:
        run_job(job)
    assert "Not a directory" in str(caught.value)
    assert "Error" not in str(caught.value)
    assert "Errno" not in str(caught.value)
