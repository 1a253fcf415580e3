"""Installing a schedule for the user who asks: into the crontab, or as systemd user units. Twice is once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from fazhi_analysis.dataset.atomic_writes import new_file
from fazhi_analysis.errors import RunError, UsageError
from fazhi_analysis.messages import Message
from fazhi_analysis.running.scheduling.schedule import Schedule


def install(schedule: Schedule, kind: str) -> Message:
    """Install and say what was done in one line; what cannot be enabled is not left behind.

    Raises UsageError for a kind that cannot be installed or a system without it, RunError when its command fails;
    an existing crontab is changed in the two lines of this schedule only.
    """
    if kind == "crontab":
        return _into_crontab(schedule)
    if kind == "systemd":
        return _as_units(schedule)
    raise UsageError("--install", "running.schedule.cannot_install", kind=kind)


def _into_crontab(schedule: Schedule) -> Message:
    listed = _run(["crontab", "-l"], check=False)
    if listed.returncode and "no crontab" not in listed.stderr.lower():
        raise RunError("crontab -l", "running.schedule.crontab_unreadable", reason=listed.stderr.strip())
    lines = listed.stdout.splitlines() if not listed.returncode else []
    mark, entry = schedule.crontab.splitlines()
    if mark in lines:
        place = lines.index(mark)
        lines[place : place + 2] = [mark, entry]
    else:
        lines += [mark, entry]
    _run(["crontab", "-"], given="\n".join(lines) + "\n")
    return Message("running.schedule.in_crontab", name=schedule.name)


def _as_units(schedule: Schedule) -> Message:
    _find("systemctl")
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    before = {name: _text_of(folder / name) for name in schedule.units}
    for name, text in schedule.units.items():
        with new_file(folder / name) as path:
            path.write_text(text, encoding="utf-8")
    try:
        _run(["systemctl", "--user", "daemon-reload"])
        _run(["systemctl", "--user", "enable", "--now", f"{schedule.name}.timer"])
    except RunError:
        for name, old in before.items():
            _put_back(folder / name, old)
        raise
    return Message("running.schedule.enabled", name=schedule.name)


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _put_back(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    with new_file(path) as new:
        new.write_text(text, encoding="utf-8")


def _find(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        other = "systemd" if program == "crontab" else "crontab"
        raise UsageError("--install", "running.schedule.no_program", program=program, other=other)
    return found


def _run(command: Sequence[str], *, given: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    program = _find(command[0])
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [program, *command[1:]], input=given, capture_output=True, encoding="utf-8", env=environment, timeout=60
        )
    except subprocess.TimeoutExpired:
        raise RunError(" ".join(command), "running.schedule.command_silent") from None
    if check and done.returncode:
        failure = {"status": done.returncode, "reason": done.stderr.strip()}
        raise RunError(" ".join(command), "running.schedule.command_failed", **failure)
    return done
