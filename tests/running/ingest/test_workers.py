"""Many files on several workers: the same store, whoever dies or stops in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fazhi_analysis import ingest, load_metrics
from fazhi_analysis.dataset import read_report_folder
from fazhi_analysis.dataset.ledger import add_judgement
from fazhi_analysis.running import ingest as module
from fazhi_analysis.running import ingest_one

from .conftest import text, tree


def test_many_files_give_the_same_store_however_many_workers(file, data: Path, tmp_path: Path) -> None:
    files = [file(text(2015 + number % 5, 40 + number), f"{number}.txt") for number in range(10)]
    stores = []
    for workers in (1, 2):
        folder = tmp_path / f"data{workers}"
        results = ingest(files, folder, workers=workers)
        assert [result.status for result in results] == ["stored"] * 10
        stores.append(tree(folder))
    assert stores[0] == stores[1]
    with ThreadPoolExecutor(3) as executor:
        ingest(files, data, executor=executor)
    assert tree(data) == stores[0]


def test_stored_files_are_skipped_without_being_read(
    file, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = [file(text(2010 + number), f"{number}.txt") for number in range(9)]
    ingest(files[:6], data, workers=1)
    log = tmp_path / "log"  # each file is read in a process of its own
    real = ingest_one.read_report

    def noting(path: Path):
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{path.name}\n")
        return real(path)

    def read() -> list[str]:
        names = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return names

    monkeypatch.setattr(ingest_one, "read_report", noting)
    results = ingest(files, data, workers=1)
    assert [result.status for result in results] == ["unchanged"] * 6 + ["stored"] * 3
    assert read() == ["6.txt", "7.txt", "8.txt"]
    add_judgement(data, "990124-2012", "sum-1", "accepted", comment="属实", who="张三")
    ingest(files, data, workers=1)
    assert read() == ["2.txt"]
    with ThreadPoolExecutor(1) as executor:  # so many would go to processes that read as the library does
        ingest(files, data, executor=executor, year=2012)
    assert set(read()) == {f"{number}.txt" for number in range(9) if number != 2}


def test_one_worker_reads_many_files_in_one_process(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A process for each file would fill its caches anew: three times as much work.
    apart: list[object] = []
    monkeypatch.setattr(module, "_prepare_apart", apart.append)
    files = [file(text(2010 + number), f"{number}.txt") for number in range(4)]
    assert [result.status for result in ingest(files, data, workers=1)] == ["stored"] * 4
    assert apart == []


@pytest.mark.parametrize(
    ("fate", "options", "output_text"),
    [("os._exit(11)", "workers=2", "进程崩溃"), ("time.sleep(99)", "workers=2, timeout=15", "超过时限 15 秒")],
)
def test_a_file_that_kills_or_keeps_its_process_fails_alone(
    fate: str, options: str, output_text: str, file, data: Path, tmp_path: Path
) -> None:
    files = [str(file(text(2010 + number), f"{number}.txt")) for number in range(6)]
    # The processes find what the reader does in the caller's module, as they would find a library at fault.
    (tmp_path / "dying.py").write_text(
        "import os, time\nfrom fazhi_analysis.running import ingest_one\n"
        "def prepare(path, options):\n"
        f"    if path.endswith('3.txt'):\n        {fate}\n"
        "    return ingest_one.prepare(path, options)\n"
    )
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import dying\n"
        "from fazhi_analysis.running import ingest as module\n"
        "module.prepare = dying.prepare\n"
        f"for result in module.ingest({files!r}, {str(data)!r}, {options}): print(result.status, result.message)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["stored"] * 3 + ["failed"] + ["stored"] * 2
    assert "3.txt" in lines[3]
    assert output_text in lines[3]


def test_a_script_without_a_main_guard_may_ingest(file, data: Path, tmp_path: Path) -> None:
    files = [str(file(text(2010 + number), f"{number}.txt")) for number in range(4)]
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\nfrom fazhi_analysis import ingest\n"
        f"print([r.status for r in ingest({files!r}, {str(data)!r}, workers=2)])\n",
        encoding="utf-8",
    )
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["once", "['stored', 'stored', 'stored', 'stored']"]
    assert run.stderr == ""


def test_stopped_in_the_middle_and_taken_up_again(file, data: Path, tmp_path: Path) -> None:
    files = [str(file(text(2003 + number, 40 + number), f"{number:02d}.txt")) for number in range(60)]
    script = f"from fazhi_analysis import ingest; ingest({files!r}, {str(data)!r}, workers=2)"
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores Ctrl-C
    )
    reports = data / "reports"
    while process.poll() is None and (not reports.is_dir() or len(list(reports.glob("[0-9]*"))) < 1):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert b"KeyboardInterrupt" in errors
    stored = sorted(path.name for path in reports.iterdir())
    assert 1 <= len(stored) < 60
    for name in stored:
        assert read_report_folder(reports / name).report_id == name
    results = ingest(files, data, workers=1)
    assert {result.message for result in results if result.status == "failed"} == set()
    assert [result.status for result in results[: len(stored)]] == ["unchanged"] * len(stored)
    assert {result.status for result in results[len(stored) :]} == {"stored"}
    once = tmp_path / "once"
    ingest(files, once, workers=1)
    assert tree(data) == tree(once)


def test_of_versions_that_two_processes_store_at_once_one_stays_and_the_others_are_known(file, data: Path) -> None:
    scripts = [
        f"from fazhi_analysis import ingest; r, = ingest({str(path)!r}, {str(data)!r}); assert r.status == 'stored', r"
        for path in [file(text(count=50 + number), f"{number}.txt") for number in range(3)]
    ]
    processes = [subprocess.Popen([sys.executable, "-c", script]) for script in scripts]
    assert [process.wait() for process in processes] == [0, 0, 0]
    (folder,) = (data / "reports").iterdir()
    document = read_report_folder(folder).document
    names = {document["source"]["name"], *(version["name"] for version in document["former"])}
    assert names == {"0.txt", "1.txt", "2.txt"}
    metrics = load_metrics(data)
    assert metrics.loc[metrics["indicator_id"] == "reconsideration_accepted", "value"].isin([50, 51, 52]).tolist() == [
        True
    ]


def test_progress_is_shown_on_a_terminal_only(file, data: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [file(text(2020 + number), f"{number}.txt") for number in range(3)]
    ingest(files, data, workers=1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda stream: True, raising=False)
    ingest(files, data, workers=1)
    assert "入库" in capsys.readouterr().err
    ingest(files, data, workers=1, progress=False)
    assert capsys.readouterr().err == ""
