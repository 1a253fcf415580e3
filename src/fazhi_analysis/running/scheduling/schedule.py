"""Schedules of batches: a crontab line, a systemd timer with its service, a GitHub Actions workflow.

Each calls ``fazhi batch --job FILE``. What was made is printed; installing is asked for separately.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fazhi_analysis import __version__
from fazhi_analysis._paths import OWN_FILES, settle_environment
from fazhi_analysis.errors import UsageError
from fazhi_analysis.running.batch_plan import read_job
from fazhi_analysis.running.executing.notebooks import choose
from fazhi_analysis.running.scheduling.cron import When

KINDS = ("crontab", "systemd", "github")
_ESCAPED = {"Cc", "Cf", "Zl", "Zp"}
_OWN_PROJECT = re.compile(r'(?m)^name = "fazhi[_-]analysis"')


@dataclass(frozen=True)
class Schedule:
    """A job file, when to run it, and a shell command for when it fails.

    The command finds the job's path in ``FAZHI_JOB``, its output folder in ``FAZHI_OUT``, and the exit status in
    ``FAZHI_STATUS`` (1: some results failed, 2: the job itself is wrong). ``reads`` are the folders and notebooks that
    the job names, ``package`` what pip installs on GitHub (by default the repository where it is this package's own,
    else this version from the package index). ``environment`` are the paths that the batch needs in environment
    variables, such as ``FAZHI_CATALOGUE``: cron and systemd know none of the shell's.
    """

    job: Path
    out: Path
    when: When
    on_failure: str = ""
    reads: tuple[Path, ...] = ()
    package: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """A name for units and marks: letters of the file's name, and a digest that distinguishes jobs of one name."""
        return _name(self.job.stem, str(self.job))

    @property
    def script(self) -> str:
        """One line of shell: the batch, and on failure the hook; its status is the batch's."""
        named = "".join(f"{name}={shlex.quote(path)} " for name, path in self.environment.items())
        batch = named + shlex.join([sys.executable, "-m", "fazhi_analysis.cli", "batch", "--job", str(self.job)])
        if not self.on_failure:
            return batch
        known = f"FAZHI_JOB={shlex.quote(str(self.job))} FAZHI_OUT={shlex.quote(str(self.out))}"
        hook = f"{known} FAZHI_STATUS=$status sh -c {shlex.quote(self.on_failure)}"
        return f"{batch} || {{ status=$?; {hook}; exit $status; }}"

    @property
    def crontab(self) -> str:
        """Two lines for a crontab: a mark by which an installed schedule is found again, and the entry."""
        return f"# {self.name}\n{self.when.cron} {_cron_quoted(self.script)}\n"

    @property
    def units(self) -> dict[str, str]:
        """A service and its timer for systemd, by file name."""
        title = f"fazhi batch {self.job.name}".replace("%", "%%")
        fields = {"title": title, "script": _systemd_quoted(self.script), "calendar": self.when.calendar}
        return {f"{self.name}.{kind}": _filled(f"units.{kind}", **fields) for kind in ("service", "timer")}

    @property
    def workflow_name(self) -> str:
        """The workflow's name, the same wherever the repository lies."""
        return _name(self.job.stem, _inside(self.job, _repository(self.job)))

    @property
    def workflow(self) -> str:
        """A workflow for GitHub Actions, with paths relative to the repository. Times there are UTC.

        Results of earlier runs come from the cache, so that only what has changed is run again; what was finished is
        kept there even when some places failed. Raises UsageError when the job, its output, or what it reads lie
        outside the repository.
        """
        root = _repository(self.job)
        job, out = _inside(self.job, root), _inside(self.out, root)
        for path in self.reads:
            _inside(path, root)
        own = {name: self.environment[name] for name in OWN_FILES if name in self.environment}
        return _filled(
            "workflow.yml",
            title=f"fazhi batch {self.job.name}",
            cron=self.when.cron,
            name=self.workflow_name,
            job=job,
            out=out,
            own={name: _inside(Path(path), root) for name, path in own.items()},
            python=f"{sys.version_info.major}.{sys.version_info.minor}",
            install=f"pip install {shlex.quote(self.package or _package(root))}",
            on_failure=self.on_failure,
        )

    def text(self, kind: str) -> str:
        """What is printed for a kind: each file after a line that says where it goes."""
        if kind == "crontab":
            return self.crontab
        if kind == "systemd":
            return "\n".join(f"# ~/.config/systemd/user/{name}\n{text}" for name, text in self.units.items())
        return f"# .github/workflows/{self.workflow_name}.yml\n{self.workflow}"


def _filled(template: str, **fields: Any) -> str:
    """A template of this folder; YAML takes strings as JSON writes them, and expressions of GitHub's stay theirs."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, ""),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["yaml"] = _yaml_quoted
    return environment.get_template(f"{template}.j2").render(fields)


def _package(root: Path) -> str:
    project = root / "pyproject.toml"
    own = project.is_file() and _OWN_PROJECT.search(project.read_text(encoding="utf-8"))
    return "." if own else f"fazhi_analysis=={__version__}"


def _name(stem: str, path: str) -> str:
    letters = re.sub(r"[^0-9A-Za-z]+", "-", stem).strip("-").lower()
    return "-".join(filter(None, ("fazhi", letters, hashlib.sha256(path.encode()).hexdigest()[:8])))


def make_schedule(job: Path | str, every: str = "daily", on_failure: str = "", package: str = "") -> Schedule:
    """A schedule of a job file, which is read and checked first.

    Raises UsageError for a file that is no job or names a notebook that does not exist, a time that is none, or text
    that would not stay on one line.
    """
    path = Path(job).resolve()
    content = read_job(path)
    out = Path(content.out).resolve()
    own = [notebook.path for notebook in choose(content.notebooks) if not notebook.is_bundled]
    reads = tuple(Path(folder).resolve() for folder in (*(content.data or ()), *own))
    environment = settle_environment()
    for place, text in (
        ("--on-failure", on_failure),
        ("--package", package),
        (path.name, f"{path}{out}{sys.executable}"),
        *environment.items(),
    ):
        if any(ord(character) < 32 for character in text):
            raise UsageError(place, "running.schedule.control_characters")
    return Schedule(path, out, When.parse(every), on_failure.strip(), reads, package.strip(), environment)


def _cron_quoted(script: str) -> str:
    r"""A script as cron reads it, which takes a bare ``%`` as the end of the command and ``\%`` as a percent sign.

    Some crons take two backslashes as one and others as two, so that there must not be two: whatever holds a backslash
    is in single quotes, which end and begin anew behind it.

    >>> print(_cron_quoted("echo '100%' 'a\\\\%'"))
    echo '100\%' 'a\''\''\%'
    """
    return re.sub(r"\\(?=[\\%])", r"\\''", script).replace("%", "\\%")


def _yaml_quoted(text: Any) -> str:
    r"""A value as JSON, and so as YAML, writes it; what ends a line or controls beyond ASCII in YAML alone is escaped.

    >>> print(_yaml_quoted("每月\u2028\x85"))
    "每月\u2028\u0085"
    """
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        char if char.isascii() or unicodedata.category(char) not in _ESCAPED else json.dumps(char)[1:-1]
        for char in quoted
    )


def _systemd_quoted(text: str) -> str:
    """An argument as systemd reads it.

    >>> print(_systemd_quoted('a "b" $c 5%'))
    "a \\"b\\" $$c 5%%"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _repository(job: Path) -> Path:
    for folder in job.parents:
        if (folder / ".git").exists():
            return folder
    return job.parent


def _inside(path: Path, root: Path) -> str:
    try:
        relative = path.relative_to(root).as_posix()
    except ValueError:
        raise UsageError(path.name, "running.schedule.outside_repository", folder=root.name) from None
    if "${{" in relative:
        raise UsageError(path.name, "running.schedule.expression", mark="${{")
    return relative
