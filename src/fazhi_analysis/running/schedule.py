"""Schedules of batches: a crontab line, a systemd timer with its service, a GitHub Actions workflow.

Each calls ``fazhi batch --job FILE``. What was made is printed; installing is asked for separately.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from fazhi_analysis import __version__
from fazhi_analysis.errors import UsageError
from fazhi_analysis.running.batch_plan import read_job
from fazhi_analysis.running.cron import When

KINDS = ("crontab", "systemd", "github")
_LATEST = "actions/checkout@v4", "actions/setup-python@v5", "actions/cache@v4", "actions/upload-artifact@v4"


@dataclass(frozen=True)
class Schedule:
    """A job file, when to run it, and a shell command for when it fails.

    The command finds the job's path in ``FAZHI_JOB``, its output folder in ``FAZHI_OUT``, and the exit status in
    ``FAZHI_STATUS`` (1: some results failed, 2: the job itself is wrong).
    """

    job: Path
    out: Path
    when: When
    on_failure: str = ""

    @property
    def name(self) -> str:
        """A name for units and marks: letters of the file's name, and a digest that tells jobs of one name apart."""
        return _name(self.job.stem, str(self.job))

    @property
    def script(self) -> str:
        """One line of shell: the batch, and on failure the hook; its status is the batch's."""
        batch = shlex.join([sys.executable, "-m", "fazhi_analysis.cli", "batch", "--job", str(self.job)])
        if not self.on_failure:
            return batch
        known = f"FAZHI_JOB={shlex.quote(str(self.job))} FAZHI_OUT={shlex.quote(str(self.out))}"
        hook = f"{known} FAZHI_STATUS=$status sh -c {shlex.quote(self.on_failure)}"
        return f"{batch} || {{ status=$?; {hook}; exit $status; }}"

    @property
    def crontab(self) -> str:
        """Two lines for a crontab: a mark by which an installed schedule is found again, and the entry."""
        script = self.script.replace("%", "\\%")  # cron takes a bare % as the end of the command
        return f"# {self.name}\n{self.when.cron} {script}\n"

    @property
    def units(self) -> dict[str, str]:
        """A service and its timer for systemd, by file name."""
        title = f"fazhi batch {self.job.name}".replace("%", "%%")
        service = [
            "[Unit]",
            f"Description={title}",
            "",
            "[Service]",
            "Type=oneshot",
            f"ExecStart=/bin/sh -c {_systemd_quoted(self.script)}",
        ]
        timer = [
            "[Unit]",
            f"Description={title}",
            "",
            "[Timer]",
            *(f"OnCalendar={line}" for line in self.when.calendar),
            "Persistent=true",
            "",
            "[Install]",
            "WantedBy=timers.target",
        ]
        return {f"{self.name}.service": "\n".join(service) + "\n", f"{self.name}.timer": "\n".join(timer) + "\n"}

    @property
    def workflow_name(self) -> str:
        """The workflow's name, the same wherever the repository lies."""
        return _name(self.job.stem, _inside(self.job, _repository(self.job)))

    @property
    def workflow(self) -> str:
        """A workflow for GitHub Actions, with paths relative to the repository. Times there are UTC.

        Results of earlier runs come from the cache, so that only what has changed is run again.
        Raises UsageError when the job or its output lie outside the repository.
        """
        root = _repository(self.job)
        job, out = _inside(self.job, root), _inside(self.out, root)
        name = self.workflow_name
        checkout, python, cache, upload = _LATEST
        lines = [
            f"name: {_yaml(f'fazhi batch {self.job.name}')}",
            '"on":',
            "  schedule:",
            f"    - cron: {_yaml(self.when.cron)} # UTC",
            "  workflow_dispatch:",
            "permissions:",
            "  contents: read",
            "concurrency:",
            f"  group: {name}",
            "jobs:",
            "  batch:",
            "    runs-on: ubuntu-latest",
            "    timeout-minutes: 350",
            "    env:",
            f"      FAZHI_JOB: {_yaml(job)}",
            f"      FAZHI_OUT: {_yaml(out)}",
            "    steps:",
            f"      - uses: {checkout}",
            f"      - uses: {python}",
            "        with:",
            f"          python-version: {_yaml(f'{sys.version_info.major}.{sys.version_info.minor}')}",
            f"      - run: pip install 'fazhi_analysis=={__version__}'",
            f"      - uses: {cache}",
            "        with:",
            f"          path: {_yaml(out)}",
            f"          key: {name}-${{{{ github.run_id }}}}",
            f"          restore-keys: {name}-",
            '      - run: fazhi batch --job "$FAZHI_JOB"',
        ]
        if self.on_failure:
            lines += ["      - if: failure()", "        env:", '          FAZHI_STATUS: "1"']
            lines += [f"        run: {_yaml(self.on_failure)}"]
        lines += [
            "      - if: always()",
            f"        uses: {upload}",
            "        with:",
            "          name: pages",
            f"          path: {_yaml(out)}",
        ]
        return "\n".join(lines) + "\n"

    def text(self, kind: str) -> str:
        """What is printed for a kind: each file after a line that says where it goes."""
        if kind == "crontab":
            return self.crontab
        if kind == "systemd":
            return "\n".join(f"# ~/.config/systemd/user/{name}\n{text}" for name, text in self.units.items())
        return f"# .github/workflows/{self.workflow_name}.yml\n{self.workflow}"


def _name(stem: str, path: str) -> str:
    letters = re.sub(r"[^0-9A-Za-z]+", "-", stem).strip("-").lower()
    return "-".join(filter(None, ("fazhi", letters, hashlib.sha256(path.encode()).hexdigest()[:8])))


def make_schedule(job: Path | str, every: str = "daily", on_failure: str = "") -> Schedule:
    """A schedule of a job file, which is read and checked first.

    Raises UsageError for a file that is no job, a time that is none, or text that would not stay on one line.
    """
    path = Path(job).resolve()
    out = Path(read_job(path).out).resolve()
    for place, text in (("--on-failure", on_failure), (path.name, f"{path}{out}{sys.executable}")):
        if any(ord(character) < 32 for character in text):
            raise UsageError(place, "含有换行或控制字符", "请写成一行，或放进一个脚本文件")
    return Schedule(path, out, When.parse(every), on_failure.strip())


def _systemd_quoted(text: str) -> str:
    """An argument as systemd reads it.

    >>> print(_systemd_quoted('a "b" $c 5%'))
    "a \\"b\\" $$c 5%%"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _yaml(text: str) -> str:
    """A string in YAML, which reads JSON; an expression of GitHub's stays what its writer made it."""
    return json.dumps(text, ensure_ascii=False)


def _repository(job: Path) -> Path:
    for folder in job.parents:
        if (folder / ".git").exists():
            return folder
    return job.parent


def _inside(path: Path, root: Path) -> str:
    try:
        relative = path.relative_to(root).as_posix()
    except ValueError:
        raise UsageError(path.name, "在仓库之外，GitHub 上没有它", f"请放进 {root.name} 里") from None
    if "${{" in relative:
        raise UsageError(path.name, "名称里有 ${{，GitHub 会当作表达式", "请改名")
    return relative
