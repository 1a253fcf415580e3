"""Batches: plan, skip, resume, fail alone, time limits, the index over all results."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from click.testing import CliRunner

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.cli import main
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.running.batch import run_batch, run_job
from fazhi_analysis.running.batch_index import write_index
from fazhi_analysis.running.batch_outcome import Outcome
from fazhi_analysis.running.batch_plan import BatchJob, plan_batch, read_job

SAMPLE = bundled_data() / "sample"
pytestmark = pytest.mark.filterwarnings("ignore")


def book(folder: Path, name: str, *sources: str) -> str:
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    parameters = nbformat.v4.new_code_cell('region: str = ""\nyear: int = 0\ndata: "object" = None\nlang: str = "zh"')
    parameters.metadata.tags = ["parameters"]
    node.cells = [parameters, *(nbformat.v4.new_code_cell(source) for source in sources)]
    path = folder / f"{name}.ipynb"
    nbformat.write(node, path)
    return str(path)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    for name in ("159928-2023", "159928-2024", "990124-2024"):
        shutil.copytree(SAMPLE / "reports" / name, data / "reports" / name)
    return data


def test_plan_takes_names_codes_and_patterns(store: Path) -> None:
    by_name = plan_batch(BatchJob(regions=["霁原旗"], data=store))
    assert [task.name for task in by_name] == ["霁原旗 2023", "霁原旗 2024"]
    assert not any(task.done for task in by_name)
    assert [task.name for task in plan_batch(BatchJob(regions=["1599*", "990124"], data=store, years=[2024]))] == [
        "霁原旗 2024",
        "砚桥县 2024",
    ]
    assert len(plan_batch(BatchJob(data=store))) == 3
    assert [task.name for task in plan_batch(BatchJob(regions=["霁*"], years=[2023], data=store))] == ["霁原旗 2023"]
    with pytest.raises(UnknownNameError, match="1999"):
        plan_batch(BatchJob(years=[2024, 1999], data=store))
    with pytest.raises(UnknownNameError, match="nosuch"):
        plan_batch(BatchJob(engine="nosuch", data=store))


def test_own_notebooks_are_found_from_the_job_file_and_from_any_folder(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    own = book(jobs, "own", "1")
    (jobs / "job.yaml").write_text("notebooks: [own.ipynb, data_quality]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    tasks = [*plan_batch(replace(read_job("jobs/job.yaml"), data=store))]
    monkeypatch.chdir(jobs)
    tasks += plan_batch(BatchJob(notebooks=["./own.ipynb", "data_quality"], data=store))
    # Workers may stand in another folder.
    assert {tuple(task.arguments["notebooks"]) for task in tasks} == {(own, "data_quality")}


def test_planning_lists_a_store_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[Path] = []
    glob = Path.glob
    monkeypatch.setattr(Path, "glob", lambda path, *rest: (listed.append(path), glob(path, *rest))[1])
    plan_batch(BatchJob(data=store))
    assert listed.count(store / "reports") == 1
    # A checkout gives every file a new time; what nobody changed is not run again.
    before = {task.fingerprint for task in plan_batch(BatchJob(data=store, notebooks=["peer_comparison"]))}
    for path in (store / "reports").rglob("*.csv"):
        os.utime(path, (1, 1))
    assert {task.fingerprint for task in plan_batch(BatchJob(data=store, notebooks=["peer_comparison"]))} == before
    metrics = store / "reports" / "990124-2024" / "metrics.csv"
    metrics.write_text("".join(metrics.read_text("utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    # Every place is compared with this one.
    assert not {task.fingerprint for task in plan_batch(BatchJob(data=store, notebooks=["peer_comparison"]))} & before


@pytest.mark.parametrize(
    "job",
    [
        {"regions": ["无此旗"]},
        {"regions": ["77*"]},
        {"years": [1999]},
        {"notebooks": ["no_such_notebook"]},
    ],
)
def test_what_does_not_exist_is_said_before_anything_runs(job: dict[str, list[str]], store: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        plan_batch(BatchJob(data=store, **job))
    assert caught.value.remedy or caught.value.problem


def test_job_file_states_the_whole_job(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "job.yaml"
    path.write_text("regions: [霁原旗]\nyears: 2024\ndata: data\nout: pages\nworkers: 1\n", encoding="utf-8")
    job = read_job(path)
    assert (job.years, job.out, job.workers) == ([2024], tmp_path / "pages", 1)
    assert [task.name for task in plan_batch(job)] == ["霁原旗 2024"]
    path.write_text("region: x\n", encoding="utf-8")
    with pytest.raises(UnknownNameError, match="regions"):
        read_job(path)
    for line, said in {
        "years: 今年": "年份",
        "workers: two": "整数",
        "workers: true": "整数",
        "timeout: -3": "秒数",
        "lang: fr": "zh 或 en",
        "force: 是": "true 或 false",
        "regions: {a: 1}": "代码",
        "engine: [x]": "引擎",
    }.items():
        path.write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=said):
            read_job(path)
    path.write_text("years:\nlang: en\ntimeout: 0.5\nforce: true\nregions: 150926\nout:\n", encoding="utf-8")
    assert (read_job(path).regions, read_job(path).out) == (["150926"], tmp_path / "output")
    path.write_text("[1, 2", encoding="utf-8")
    with pytest.raises(UsageError):
        read_job(path)


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


def result(**figures: object) -> dict[str, object]:
    shown = {name: {"value": value, "shown": f"{value}件", "doubt": doubt} for name, (value, doubt) in figures.items()}  # type: ignore[misc]
    return {"summary": {"metrics": 5, "figures": shown, "verdicts": {}, "findings": {"error": 1}}}


def test_the_index_shows_the_figures_that_most_places_give_and_marks_doubted_ones(tmp_path: Path) -> None:
    results = {
        "甲县": result(
            penalty_cases=(30.0, ""), reconsideration_accepted=(1200.0, "error"), law_exam_pass_rate=(9.0, "")
        ),
        "乙县": result(penalty_cases=(4.0, ""), reconsideration_accepted=(77.0, "")),
        "丙县": result(penalty_cases=(5.0, ""), normative_documents_issued=(2.0, "")),
    }
    outcomes = [Outcome(name, "", 2024, "skipped", name) for name in results]
    outcomes.append(Outcome("丁县", "", 2024, "failed", "丁县", message="单元格 <3> 出错"))
    for name, content in results.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    page = write_index(BatchJob(out=tmp_path), outcomes).read_text(encoding="utf-8")
    heads = re.findall(r'<th[^>]*scope="col"[^>]*>([^<]+)</th>', page)
    # Two places give reviews, one the two others, of which the catalogue's own order decides.
    assert heads[4:6] == ["行政处罚案件数", "受理行政复议案件数"]
    assert len(heads) == 4 + 3 + 3
    assert "1200.0件（存疑）" in page
    assert "先前完成 0 份" in page
    assert "77.0件（存疑）" not in page
    assert page.count('data-value="') == 3 + 2 + 1 + 4  # penalties, reviews, the third, and each row's status
    assert "单元格 &lt;3&gt; 出错" in page


def test_the_index_keeps_results_of_other_batches_in_its_folder(tmp_path: Path) -> None:
    for name, lang, status in (
        ("甲县-2023", "zh", "done"),
        ("乙县-2023-en", "en", "done"),
        ("丙县-2023.failed", "zh", "failed"),
    ):
        (tmp_path / name).mkdir()
        content = result() | {"region": name[:2], "region_code": "", "year": 2023, "lang": lang, "status": status}
        (tmp_path / name / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "manifest.json").write_text("[1", encoding="utf-8")
    page = write_index(BatchJob(out=tmp_path), [Outcome("丁县", "", 2024, "done", "丁县-2024")]).read_text(
        encoding="utf-8"
    )
    assert "新完成 1 份" in page
    assert "先前完成 1 份" in page
    assert [name for name in ("甲县", "乙县", "丙县", "丁县") if name in page] == ["甲县", "丁县"]
    assert [one["region"] for one in json.loads((tmp_path / "batch.json").read_text("utf-8"))] == ["丁县"]


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
def test_the_other_notebooks_of_a_place_still_run_and_nothing_is_said_twice(store: Path, tmp_path: Path) -> None:
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


def test_unreadable_data_fails_its_own_place(store: Path, tmp_path: Path) -> None:
    (store / "reports" / "990124-2024" / "metrics.csv").write_text("not,a,table\n", encoding="utf-8")
    answer = CliRunner().invoke(
        main, ["batch", "--regions", "砚桥县", "--data", str(store), "--out", str(tmp_path / "o")]
    )
    assert answer.exit_code == 1
    assert "metrics.csv" in answer.output


def test_dry_run_writes_nothing(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = CliRunner().invoke(main, ["batch", "--data", str(store), "--out", str(out), "--dry-run"])
    assert answer.exit_code == 0
    assert "共 3 份，将执行 3 份" in answer.output
    assert not out.exists()


def test_unknown_place_is_wrong_usage(store: Path) -> None:
    answer = CliRunner().invoke(main, ["batch", "--regions", "无此旗", "--data", str(store)])
    assert answer.exit_code == 2
    assert "霁原旗" in answer.output


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


@pytest.mark.kernel
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file sizes")
def test_a_full_disk_is_said_and_leaves_what_was_there(store: Path, tmp_path: Path) -> None:
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

    monkeypatch.setattr("fazhi_analysis.running.report._run_one", full)
    monkeypatch.setattr("fazhi_analysis.running.batch.warm.available", lambda: False)
    job = BatchJob(regions=["砚桥县"], notebooks=[book(tmp_path, "tiny", "1")], data=store, out=tmp_path / "out")
    with ThreadPoolExecutor(1) as executor:
        result = run_job(job, executor=executor)
    assert result.outcomes[0].status == "failed"
    assert "磁盘已满" in result.outcomes[0].message
    assert not [path for path in (tmp_path / "out").iterdir() if path.is_dir()]


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


def test_an_output_folder_that_cannot_be_made_is_wrong_usage(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = CliRunner().invoke(main, ["batch", "--data", str(store), "--out", str(tmp_path / "file" / "out")])
    assert answer.exit_code == 2
    assert "--out" in answer.output
