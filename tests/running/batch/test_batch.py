"""Batches run: skip, resume, survive what kills them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest

from fazhi_analysis.errors import UsageError
from fazhi_analysis.running.batch import run_batch, run_job
from fazhi_analysis.running.batch_plan import BatchJob

from .conftest import SAMPLE, book

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.kernel
def test_a_batch_runs_once_then_only_what_changed(store: Path, tmp_path: Path) -> None:
    notebook = book(tmp_path, "tiny", "print(region, year)")
    out = tmp_path / "out"
    first = run_batch(notebooks=[notebook], data=store, out=out, workers=2)
    assert [outcome.status for outcome in first.outcomes] == ["done"] * 3
    page = (out / "霁原旗-2024" / "tiny.html").read_bytes()
    stamp = (out / "霁原旗-2024" / "tiny.html").stat().st_mtime_ns
    again = run_batch(notebooks=[notebook], data=store, out=out)
    assert [outcome.status for outcome in again.outcomes] == ["skipped"] * 3
    assert (out / "霁原旗-2024" / "tiny.html").stat().st_mtime_ns == stamp
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "霁原旗-2024/index.html" in index.replace("%E9%9C%81%E5%8E%9F%E6%97%97", "霁原旗")
    assert 'data-label="状态"' in index  # on a narrow screen, where the heads of columns are gone
    assert json.loads((out / "batch.json").read_text(encoding="utf-8"))[0]["status"] == "skipped"
    findings = store / "reports" / "990124-2024" / "findings.csv"
    findings.write_bytes(findings.read_bytes() + b"")
    metrics = store / "reports" / "990124-2024" / "report.json"
    metrics.write_text(metrics.read_text(encoding="utf-8").replace("\n", "\n ", 1), encoding="utf-8")
    changed = run_batch(regions=["砚桥县"], notebooks=[notebook], data=store, out=out)
    assert [outcome.status for outcome in changed.outcomes] == ["done"]
    forced = run_batch(regions=["霁原旗"], years=[2024], notebooks=[notebook], data=store, out=out, force=True)
    assert forced.summary == "完成 1，未变 0，失败 0"
    assert (out / "霁原旗-2024" / "tiny.html").read_bytes() == page


@pytest.mark.kernel
def test_a_batch_in_both_languages_has_an_index_in_each(store: Path, tmp_path: Path) -> None:
    options = {"notebooks": [book(tmp_path, "tiny", "1")], "data": store, "out": tmp_path / "out", "workers": 1}
    first = run_batch(regions=["砚桥县"], lang="both", **options)  # type: ignore[arg-type]
    assert [(outcome.status, outcome.folder) for outcome in first.outcomes] == [("done", "砚桥县-2024")]
    pages = {name: unquote((tmp_path / "out" / name).read_text("utf-8")) for name in ("index.html", "index-en.html")}
    for name, folder in (("index.html", "砚桥县-2024/"), ("index-en.html", "砚桥县-2024-en/")):
        assert f'href="{folder}index.html"' in pages[name]
    assert 'href="index-en.html"' in pages["index.html"]
    assert 'href="index.html"' in pages["index-en.html"]
    for lang in ("both", "zh", "en"):  # each is there, whoever made it
        assert [one.status for one in run_batch(regions=["砚桥县"], lang=lang, **options).outcomes] == ["skipped"]  # type: ignore[arg-type]


def result(**figures: object) -> dict[str, object]:
    shown = {name: {"value": value, "shown": f"{value}件", "doubt": doubt} for name, (value, doubt) in figures.items()}  # type: ignore[misc]
    return {"summary": {"metrics": 5, "figures": shown, "verdicts": {}, "findings": {"error": 1}}}


@pytest.mark.kernel
def test_killed_in_the_middle_the_same_command_finishes_the_rest(store: Path, tmp_path: Path) -> None:
    slow = book(tmp_path, "slow", "import time; time.sleep(2)", "1")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "fazhi_analysis.cli", "batch", "--notebooks", slow, "--data", str(store)]
    command += ["--out", str(out), "--workers", "1"]
    caller = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(1200):
        if any(out.glob("[!.]*-*/manifest.json")):
            break
        time.sleep(0.1)
    caller.send_signal(signal.SIGKILL)
    caller.wait()
    finished = {path.parent.name for path in out.glob("[!.]*-*/manifest.json")}
    assert finished
    assert len(finished) < 3
    for folder in finished:
        assert (out / folder / "index.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"未变 {len(finished)}" in done.stderr
    now = {path.parent.name for path in out.glob("[!.]*/manifest.json")}
    assert now == {"霁原旗-2023", "霁原旗-2024", "砚桥县-2024"}


@pytest.mark.kernel
def test_a_script_without_a_guard_is_not_run_again_by_its_workers(store: Path, tmp_path: Path) -> None:
    notebook = book(tmp_path, "tiny", "1")
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\n"
        "from fazhi_analysis import run_batch\n"
        f"print(run_batch(notebooks=[{notebook!r}], data={str(store)!r}, out='out', workers=2).summary)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "once\n完成 3，未变 0，失败 0\n"
    assert done.stderr == ""


@pytest.mark.kernel
def test_any_executor_does(store: Path, tmp_path: Path) -> None:
    notebook = book(tmp_path, "tiny", "1")
    job = BatchJob(regions=["霁原旗"], notebooks=[notebook], data=store, out=tmp_path / "out")
    with ThreadPoolExecutor(2) as executor:
        assert run_job(job, executor=executor).summary == "完成 2，未变 0，失败 0"


class Noting(Executor):
    """Does nothing but note what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def submit(self, _function: object, arguments: dict[str, str], /) -> Future[object]:  # type: ignore[override]
        self.asked.append(arguments["name"])
        done: Future[object] = Future()
        done.set_result(("done", "", 0.0))
        return done


def test_places_with_many_reports_come_first_and_outcomes_stay_in_order(store: Path, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "reports" / "990124-2023", store / "reports" / "990124-2023")
    shutil.rmtree(store / "reports" / "159928-2023")
    executor = Noting()
    result = run_job(BatchJob(data=store, out=tmp_path / "out"), executor=executor)
    assert executor.asked == ["砚桥县-2023", "砚桥县-2024", "霁原旗-2024"]
    assert [outcome.folder for outcome in result.outcomes] == ["霁原旗-2024", "砚桥县-2023", "砚桥县-2024"]


@pytest.mark.kernel
def test_a_worker_killed_from_outside_loses_nothing(store: Path, tmp_path: Path) -> None:
    mark = str(tmp_path / "killed once")
    # The notebook's process is a fork of its worker: killing its parent is killing the worker.
    once = f"import os, time\nif year == 2023 and not os.path.exists({mark!r}):\n    open({mark!r}, 'x').close()\n"
    kill = "    os.kill(os.getppid(), 9); time.sleep(60)"
    always = "import os, time\nif region.endswith('砚桥县'): os.kill(os.getppid(), 9); time.sleep(60)"
    notebook = book(tmp_path, "deadly", once + kill, always)
    result = run_batch(notebooks=[notebook], data=store, out=tmp_path / "out", workers=2)
    assert Path(mark).exists()
    assert [(outcome.region_code, outcome.status) for outcome in result.outcomes] == [
        ("159928", "done"),
        ("159928", "done"),
        ("990124", "failed"),
    ]
    assert "意外终止" in result.outcomes[2].message


def test_what_killed_runs_left_is_put_back_or_cleared(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in (".old-霁原旗-2024", ".new-霁原旗-2023-abc", ".new-霁原旗-2022-abc"):
        (out / name).mkdir(parents=True)
        (out / name / "page.html").write_text(name, encoding="utf-8")
    os.utime(out / ".new-霁原旗-2023-abc", (0, 0))
    with ThreadPoolExecutor(1) as executor:
        job = BatchJob(regions=["砚桥县"], notebooks=[book(tmp_path, "t", "1/0")], data=store, out=out)
        run_job(job, executor=executor)
    assert (out / "霁原旗-2024" / "page.html").is_file()
    assert not (out / ".new-霁原旗-2023-abc").exists()
    assert (out / ".new-霁原旗-2022-abc").exists()


@pytest.mark.parametrize("name", ["index.html", "batch.json"])
def test_an_overview_of_somebody_else_is_not_written_over(store: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{name}：这个文件不是本程序写的"):
        run_batch(regions=["砚桥县"], data=store, out=out, workers=1)
    assert [path.name for path in out.iterdir()] == [name]


def test_temporary_folders_of_others_are_left_alone(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in (".new-照片", ".new-霁原旗-2023-abc"):
        (out / name).mkdir(parents=True)
        (out / name / "notes.docx").write_text(name, encoding="utf-8")
        os.utime(out / name, (0, 0))
    with ThreadPoolExecutor(1) as executor:
        run_job(
            BatchJob(regions=["砚桥县"], notebooks=[book(tmp_path, "t", "1/0")], data=store, out=out), executor=executor
        )
    assert (out / ".new-照片" / "notes.docx").is_file()
    assert (out / ".new-霁原旗-2023-abc" / "notes.docx").is_file()


@pytest.mark.kernel
def test_a_batch_of_other_notebooks_adds_its_pages(store: Path, tmp_path: Path) -> None:
    one, other = book(tmp_path, "one", "print(1)"), book(tmp_path, "other", "print(2)")
    options = {"regions": ["砚桥县"], "data": store, "out": tmp_path / "out", "workers": 1}
    run_batch(notebooks=[one], **options)  # type: ignore[arg-type]
    folder = tmp_path / "out" / "砚桥县-2024"
    before = (folder / "one.html").read_bytes()
    run_batch(notebooks=[other], **options)  # type: ignore[arg-type]
    assert (folder / "one.html").read_bytes() == before
    assert {"one.ipynb", "other.html", "other.ipynb"} <= {path.name for path in folder.iterdir()}
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}.html"' in index for name in ("one", "other"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [run["name"] for run in manifest["notebooks"]] == ["other", "one"]
    for notebook in (one, other):  # both requests are answered: neither runs again
        again = run_batch(notebooks=[notebook], **options)  # type: ignore[arg-type]
        assert [outcome.status for outcome in again.outcomes] == ["skipped"]


OWN = "id,name_zh,name_en,domain,unit,kind,direction,aliases\n"
OWN += "drone_patrols,无人机巡查次数,Drone patrols,enforcement,次,count,neutral,无人机巡查\n"


@pytest.mark.kernel
def test_own_indicators_are_found_from_the_folder_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FAZHI_CATALOGUE", "own.csv")
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    text = "霁原旗2024年法治政府建设年度报告\n\n一、主要举措\n全年开展无人机巡查35次，办理行政复议案件30件。\n"
    (tmp_path / "霁原旗.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "fazhi_analysis.cli"]
    subprocess.run([*command, "ingest", "霁原旗.txt", "--data", "mine"], check=True, capture_output=True)
    notebook = book(tmp_path, "names", "import fazhi_analysis as fz\nfz.load_catalogue()['drone_patrols'].name_zh")
    batch = [*command, "batch", "--notebooks", notebook, "--data", "mine", "--workers", "1"]
    done = subprocess.run(batch, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "无人机巡查次数" in (tmp_path / "output" / "霁原旗-2024" / "names.html").read_text(encoding="utf-8")
    assert "未变 1" in subprocess.run(batch, capture_output=True, text=True, check=False).stderr
    (tmp_path / "own.csv").write_text(OWN.replace("巡查次数", "巡查"), encoding="utf-8")
    assert "完成 1" in subprocess.run(batch, capture_output=True, text=True, check=False).stderr
    # Without the catalogue that they were stored with, one plain line says so.
    monkeypatch.delenv("FAZHI_CATALOGUE")
    batch[batch.index(notebook)] = book(tmp_path, "plain", "1")
    done = subprocess.run(batch, capture_output=True, text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if "drone_patrols" in line]
    assert len(lines) == 1, done.stderr
    assert "FAZHI_CATALOGUE" in lines[0]
    assert "BrokenReportWarning" not in done.stderr
    assert ".py" not in done.stderr
