"""Schedules: what is printed runs as it stands, and is installed only when asked, once."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis import __version__
from fazhi_analysis.cli import main
from fazhi_analysis.errors import RunError, UsageError
from fazhi_analysis.running.scheduling.cron import When
from fazhi_analysis.running.scheduling.install import install
from fazhi_analysis.running.scheduling.schedule import Schedule, _systemd_quoted, make_schedule

NASTY = """printf '%s|%s' "$FAZHI_STATUS" "a 'b' 100%" > "$FAZHI_NOTE"; echo \\$x `true` #"""


@pytest.fixture
def job(tmp_path: Path) -> Path:
    folder = tmp_path / "我的 任务's 100%"
    folder.mkdir()
    (folder / ".git").mkdir()
    path = folder / "每月 job.yaml"
    path.write_text("regions: ['1599*']\nout: pages\n", encoding="utf-8")
    return path


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def unquoted(text: str) -> str:
    """An argument as systemd reads it: C-like escapes inside double quotes, then %% and $$."""
    assert text[0] == text[-1] == '"'
    plain, index = "", 1
    while index < len(text) - 1:
        index += text[index] == "\\"
        plain += text[index]
        index += 1
    return plain.replace("%%", "%").replace("$$", "$")


def scripts(schedule: Schedule) -> list[str]:
    """The shell line as cron and as systemd pass it to a shell."""
    entry = schedule.crontab.splitlines()[1].split(" ", 5)[5].replace("\\%", "%")
    service = next(text for name, text in schedule.units.items() if name.endswith(".service"))
    line = next(line for line in service.splitlines() if line.startswith("ExecStart=/bin/sh -c "))
    return [entry, unquoted(line.removeprefix("ExecStart=/bin/sh -c "))]


@pytest.mark.parametrize("number", [0, 1], ids=["crontab", "systemd"])
@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_line_runs_the_batch_and_the_hook(
    number: int, status: int, job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake, note = tmp_path / "bin dir", tmp_path / "note"
    program(fake, "py thon", f"printf '%s\\n' \"$@\" > {shlex.quote(str(tmp_path / 'seen'))}; exit {status}")
    monkeypatch.setattr(sys, "executable", str(fake / "py thon"))
    script = scripts(make_schedule(job, "daily", NASTY))[number]
    done = subprocess.run(["/bin/sh", "-c", script], env={**os.environ, "FAZHI_NOTE": str(note)}, check=False)
    assert done.returncode == status
    seen = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
    assert seen == ["-m", "fazhi_analysis.cli", "batch", "--job", str(job)]
    assert note.exists() == (status > 0)
    if status:
        assert note.read_text(encoding="utf-8") == f"{status}|a 'b' 100%"


def by_cron(entry: str, pairs: bool) -> str:
    """The command that cron hands to a shell; ``pairs`` for a cron that takes two backslashes as one."""
    command = entry.split(" ", 5)[5]
    assert not re.search(r"(?<!\\)%", command)
    return re.sub(r"\\([%\\])", r"\1", command) if pairs else re.sub(r"(\\[^%])|\\%", lambda m: m[1] or "%", command)


@pytest.mark.parametrize("pairs", [True, False], ids=["two backslashes are one", "two backslashes are two"])
@pytest.mark.parametrize("name", ["a\\%b", "a\\\\b", "50%", "a%%b", "\\\\\\%%\\'\\", "\\"])
def test_whatever_stands_in_a_path_cron_hands_it_on_as_it_is(name: str, pairs: bool, job: Path, tmp_path: Path) -> None:
    path = job.rename(job.with_name(f"{name}.yaml"))
    entry = make_schedule(path, "daily", f"echo '{name}' > /dev/null").crontab.splitlines()[1]
    assert shlex.split(by_cron(entry, pairs).split(" || {")[0])[-1] == str(path)
    assert by_cron(entry, True) == by_cron(entry, False)


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\x9b", "\u202e"])
def test_a_name_with_a_line_end_of_yaml_stays_one_name(mark: str, job: Path) -> None:
    path = job.rename(job.with_name(f"a{mark}b.yaml"))
    content = yaml.safe_load(make_schedule(path).workflow)
    assert content["jobs"]["batch"]["env"]["FAZHI_JOB"] == f"a{mark}b.yaml"


def test_a_percent_sign_never_stands_bare_in_a_crontab(job: Path) -> None:
    entry = make_schedule(job, "daily", NASTY).crontab.splitlines()[1]
    assert entry.count("%") == entry.count("\\%") > 0


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])))
def test_systemd_reads_back_what_was_quoted(text: str) -> None:
    assert unquoted(_systemd_quoted(text)) == text


def test_workflow_has_paths_of_the_repository_only(job: Path) -> None:
    text = make_schedule(job, "weekly", NASTY).workflow
    workflow = yaml.safe_load(text)
    assert str(job.parent) not in text
    assert workflow["on"]["schedule"] == [{"cron": "30 6 * * 1"}]
    batch = workflow["jobs"]["batch"]
    assert batch["env"] == {"FAZHI_JOB": job.name, "FAZHI_OUT": "pages"}
    steps = batch["steps"]
    hook = [step for step in steps if "failure()" in step.get("if", "")]
    assert [step["run"] for step in hook] == [NASTY.strip()]
    assert hook[0]["env"] == {"FAZHI_STATUS": "${{ steps.batch.outputs.status }}"}
    assert hook[0]["if"] == "failure() && steps.batch.outcome == 'failure'"  # not when installing failed
    always = [step["uses"].partition("@")[0] for step in steps if step.get("if") == "always()"]
    assert always == ["actions/cache/save", "actions/upload-artifact"]  # finished pages outlive a failed place
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_step_of_the_workflow_passes_the_status_on(status: int, job: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin", "fazhi", f"exit {status}")
    steps = yaml.safe_load(make_schedule(job).workflow)["jobs"]["batch"]["steps"]
    script = next(step["run"] for step in steps if step.get("id") == "batch")
    surroundings = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "GITHUB_OUTPUT": str(tmp_path / "output")}
    done = subprocess.run(["bash", "-e", "-c", script], env={**surroundings, "FAZHI_JOB": "x"}, check=False)
    assert done.returncode == status
    assert (tmp_path / "output").read_text() == f"status={status}\n"


def test_the_workflow_installs_what_it_is_given_or_its_own_repository(job: Path) -> None:
    def installed(package: str = "") -> str:
        steps = yaml.safe_load(make_schedule(job, package=package).workflow)["jobs"]["batch"]["steps"]
        return next(step["run"] for step in steps if step.get("run", "").startswith("pip install"))

    assert installed() == f"pip install fazhi_analysis=={__version__}"
    assert installed("wheels/fazhi 1.whl") == "pip install 'wheels/fazhi 1.whl'"
    (job.parent / "pyproject.toml").write_text('[project]\nname = "fazhi_analysis"\n', encoding="utf-8")
    assert installed() == "pip install ."


@pytest.mark.parametrize("line", ["out: ../elsewhere", "data: /srv/data", "notebooks: [../own.ipynb]"])
def test_a_job_that_needs_what_lies_elsewhere_has_no_workflow_but_the_others(line: str, job: Path) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("region = ''\nyear = 0")])
    book.cells[0].metadata.tags = ["parameters"]
    nbformat.write(book, job.parent.parent / "own.ipynb")
    job.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="仓库之外"):
        _ = make_schedule(job).workflow
    answer = CliRunner().invoke(main, ["schedule", str(job)])
    assert answer.exit_code == 0
    assert "OnCalendar=" in answer.stdout
    assert "# github：" in answer.stdout
    assert CliRunner().invoke(main, ["schedule", str(job), "--kind", "github"]).exit_code == 2


def test_a_notebook_that_is_not_there_is_reported_when_the_schedule_is_made(job: Path) -> None:
    job.write_text("notebooks: [own.ipynb]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="没有这个笔记本"):
        make_schedule(job)


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("daily", ("*-*-* 06:30:00",)),
        ("monthly", ("*-*-01 06:30:00",)),
        ("0 7 * * 1-5", ("Mon..Fri *-*-* 07:00:00",)),
        ("5,35 */6 1 1,7 *", ("*-01,07-01 00/6:05,35:00",)),
        ("0 0 13 * 5", ("*-*-13 00:00:00", "Fri *-*-* 00:00:00")),
        ("0 0 * * 0-2", ("Sun,Mon,Tue *-*-* 00:00:00",)),
        ("0 0 * * */3", ("Sun,Wed,Sat *-*-* 00:00:00",)),
        ("0 0 */2 * 1", ("Mon *-*-01/2 00:00:00",)),
        ("0 0 1 * */2", ("Sun,Tue,Thu,Sat *-*-01 00:00:00",)),
        ("0 0 * * *,1", ("*-*-* 00:00:00",)),
        ("0 *,3 */5,2 * 1,3", ("Mon,Wed *-*-01/5,02 *:00:00",)),
    ],
)
def test_times_as_systemd_writes_them(text: str, calendar: tuple[str, ...]) -> None:
    assert When.parse(text).calendar == calendar


@pytest.mark.parametrize("text", ["", "hourly", "* * * *", "60 0 * * *", "0 0 0 * *", "0 0 * 13 *", "*/0 * * * *"])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="--every"):
        When.parse(text)


PART = st.builds(
    "{}{}".format, st.sampled_from(["*", "1-5", "2-6"]), st.sampled_from(["", "/1", "/3"])
) | st.sampled_from(["1", "5"])
FIELD = st.lists(PART, min_size=1, max_size=3).map(",".join)


@given(st.tuples(FIELD, FIELD, FIELD, FIELD, FIELD).map(" ".join))
def test_every_time_that_is_taken_has_a_calendar(text: str) -> None:
    for line in When.parse(text).calendar:
        names, _, rest = line.rpartition(" ")[0].rpartition(" ")
        assert rest.count("-") == 2
        assert line.rpartition(" ")[2].count(":") == 2
        assert not names or set(names.replace("..", ",").split(",")) <= {
            "Sun",
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
        }


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to ask")
def test_systemd_takes_the_calendars() -> None:
    asked = ["daily", "0 0 */2 * 1", "5,35 */6 1 1,7 *", "0 0 13 * 5", "*/15 8-18/2 * * 0-2", "0 *,3 */5,2 * 1,3"]
    lines = [line for text in asked for line in When.parse(text).calendar]
    done = subprocess.run(["systemd-analyze", "calendar", *lines], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "text", ["5/10 * * * *", "5-2 * * * *", "a b c d e", "0 0 * * 8", "0 0 * * mon;rm", "0\n0 * * * * *"]
)
def test_more_times_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="--every"):
        When.parse(text)


def test_text_that_would_not_stay_on_one_line_is_refused(job: Path) -> None:
    with pytest.raises(UsageError, match="--on-failure"):
        make_schedule(job, "daily", "true\n* * * * * evil")


def fake_crontab(folder: Path, monkeypatch: pytest.MonkeyPatch, listing: str = "") -> Path:
    table = folder / "table"
    script = f'if [ "$1" = -l ]; then {listing} [ -f "{table}" ] || {{ echo "no crontab for me" >&2; exit 1; }}; '
    program(folder / "bin", "crontab", script + f'cat "{table}"; else cat > "{table}"; fi')
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return table


def test_installed_into_a_crontab_once_beside_what_is_there(
    job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = fake_crontab(tmp_path, monkeypatch)
    install(make_schedule(job), "crontab")
    assert table.read_text(encoding="utf-8") == make_schedule(job).crontab
    table.write_text(f"# mine\n1 1 * * * mine\n{make_schedule(job).crontab}2 2 * * * mine too\n", encoding="utf-8")
    install(make_schedule(job, "weekly"), "crontab")
    assert table.read_text(encoding="utf-8") == (
        f"# mine\n1 1 * * * mine\n{make_schedule(job, 'weekly').crontab}2 2 * * * mine too\n"
    )


def test_a_crontab_that_cannot_be_read_is_left_alone(
    job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = fake_crontab(tmp_path, monkeypatch, 'echo "not allowed" >&2; exit 1;')
    with pytest.raises(RunError, match="not allowed"):
        install(make_schedule(job), "crontab")
    assert not table.exists()


@pytest.mark.parametrize(
    ("kind", "lacking", "other"), [("crontab", "crontab", "systemd"), ("systemd", "systemctl", "crontab")]
)
def test_a_machine_without_it_gets_the_other_ways(
    kind: str, lacking: str, other: str, job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=f"没有 {lacking}.*--kind {other}.*JupyterLab.*docs/batch.md") as caught:
        install(make_schedule(job), kind)
    caught.value.lang = "en"
    assert f"Use --kind {other}, or a job in JupyterLab" in str(caught.value)


def test_installed_as_user_units(job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "systemctl", f'echo "$*" >> "{tmp_path / "calls"}"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = make_schedule(job)
    install(made, "systemd")
    folder = tmp_path / "config" / "systemd" / "user"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == made.units
    assert (tmp_path / "calls").read_text().splitlines() == [
        "--user daemon-reload",
        f"--user enable --now {made.name}.timer",
    ]
    program(tmp_path / "bin", "systemctl", "echo no bus >&2; exit 1")
    other = make_schedule(job, "weekly")
    with pytest.raises(RunError, match="no bus"):
        install(other, "systemd")
    # What was enabled before stays as it was, and nothing is left where there was nothing.
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == made.units
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(RunError, match="no bus"):
        install(other, "systemd")
    assert not list(folder.iterdir())


def test_the_command_only_prints_unless_asked(job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    answer = CliRunner().invoke(main, ["schedule", str(job)])
    assert answer.exit_code == 0
    assert all(word in answer.stdout for word in ("30 6 * * * ", "OnCalendar=", "workflow_dispatch", "batch --job"))
    for wrong in (["--install"], ["--install", "--kind", "github"], ["--install", "--kind", "crontab"]):
        answer = CliRunner().invoke(main, ["schedule", str(job), *wrong])
        assert answer.exit_code == 2, answer.output
    assert CliRunner().invoke(main, ["schedule", str(tmp_path / "none.yaml")]).exit_code == 2
    assert CliRunner().invoke(main, ["schedule", str(job), "--every", "never"]).exit_code == 2


@pytest.mark.parametrize("number", [0, 1], ids=["crontab", "systemd"])
def test_the_line_carries_the_paths_that_the_shell_names(
    number: int, job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "python", f'printf %s "$FAZHI_CATALOGUE" > {shlex.quote(str(tmp_path / "seen"))}')
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.chdir(job.parent)
    monkeypatch.setenv("FAZHI_CATALOGUE", "我的 指标's 100%.csv")
    script = scripts(make_schedule(job))[number]
    monkeypatch.delenv("FAZHI_CATALOGUE")
    subprocess.run(["/bin/sh", "-c", script], cwd=tmp_path, check=True)
    assert (tmp_path / "seen").read_text(encoding="utf-8") == str(job.parent / "我的 指标's 100%.csv")


def test_a_workflow_names_own_indicators_inside_the_repository_only(
    job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAZHI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FAZHI_CATALOGUE", str(job.parent / "own.csv"))
    environment = yaml.safe_load(make_schedule(job).workflow)["jobs"]["batch"]["env"]
    assert environment == {"FAZHI_JOB": job.name, "FAZHI_OUT": "pages", "FAZHI_CATALOGUE": "own.csv"}
    monkeypatch.setenv("FAZHI_CATALOGUE", str(tmp_path / "own.csv"))
    with pytest.raises(UsageError):
        _ = make_schedule(job).workflow
