"""What a batch will do: which places, years and notebooks, said before anything runs."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi_analysis.cli import main
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.running.batch_plan import BatchJob, plan_batch, read_job

from .conftest import book

pytestmark = pytest.mark.filterwarnings("ignore")


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
def test_what_does_not_exist_is_reported_before_anything_runs(job: dict[str, list[str]], store: Path) -> None:
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
    for line, message in {
        "years: 今年": "年份",
        "workers: two": "整数",
        "workers: true": "整数",
        "timeout: -3": "秒数",
        "lang: fr": "zh、en 或 both",
        "force: 是": "true 或 false",
        "regions: {a: 1}": "代码",
        "engine: [x]": "引擎",
    }.items():
        path.write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            read_job(path)
    path.write_text("years:\nlang: en\ntimeout: 0.5\nforce: true\nregions: 150926\nout:\n", encoding="utf-8")
    assert (read_job(path).regions, read_job(path).out) == (["150926"], tmp_path / "output")
    path.write_text("[1, 2", encoding="utf-8")
    with pytest.raises(UsageError):
        read_job(path)


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


def test_an_output_folder_that_cannot_be_made_is_wrong_usage(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = CliRunner().invoke(main, ["batch", "--data", str(store), "--out", str(tmp_path / "file" / "out")])
    assert answer.exit_code == 2
    assert "--out" in answer.output
