"""Temporary folders: kept while their writer lives, cleared away when it does not."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi_analysis.dataset import atomic_writes

WRITER = """
import sys, time
from pathlib import Path
from fazhi_analysis.dataset.atomic_writes import new_folder
with new_folder(Path(sys.argv[1]), {"x"}.__contains__) as folder:
    (folder / "x").write_text("1")
    print("there", flush=True)
    time.sleep(600)
"""


def sweep(parent: Path) -> list[str]:
    atomic_writes.sweep(parent, {"x"}.__contains__, r"\w+-\d{4}")
    return sorted(path.name for path in parent.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="no locks of folders")
def test_what_a_killed_writer_left_goes_at_once_and_what_a_living_one_makes_stays(tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "a-2024")], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    (name,) = [path.name for path in tmp_path.iterdir()]
    os.utime(tmp_path / name, (0, 0))  # a folder may be as old as it likes
    assert sweep(tmp_path) == [name]
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    os.utime(tmp_path / name, (0, 0))
    assert sweep(tmp_path) == []


def test_only_old_folders_of_other_machines_and_only_our_names_go(tmp_path: Path) -> None:
    for name in (".new-a-2024-abc", ".new-b-2024-abc", ".new-photos", ".new-c-2024-abc"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").touch()
    (tmp_path / ".new-c-2024-abc" / "notes.docx").touch()
    for name in (".new-b-2024-abc", ".new-photos", ".new-c-2024-abc"):
        os.utime(tmp_path / name, (0, 0))
    assert sweep(tmp_path) == [".new-a-2024-abc", ".new-c-2024-abc", ".new-photos"]
    assert (tmp_path / ".new-photos" / "x").exists()
    assert [path.name for path in (tmp_path / ".new-c-2024-abc").iterdir()] == ["notes.docx"]


def test_a_folder_set_aside_comes_back_only_where_its_successor_is_missing(tmp_path: Path) -> None:
    for name in (".old-a-2024", ".old-b-2024", "b-2024"):
        (tmp_path / name).mkdir()
    atomic_writes.recover_one(tmp_path / "a-2024")
    atomic_writes.recover_one(tmp_path / "b-2024")
    atomic_writes.recover_one(tmp_path / "c-2024")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".old-b-2024", "a-2024", "b-2024"]


def test_a_full_disk_is_reported_with_the_name_of_what_was_to_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), atomic_writes.new_file(tmp_path / "full.csv"):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="甲县-2024"), atomic_writes.new_folder(tmp_path / "甲县-2024", lambda name: True):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("method", "writing"), [("mkdir", atomic_writes.new_folder), ("touch", atomic_writes.new_file)]
)
def test_ctrl_c_at_the_moment_a_temporary_name_appears_leaves_nothing(
    method: str, writing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(Path, method)

    def interrupted(path: Path, *arguments, **named) -> None:
        real(path, *arguments, **named)
        if path.name.startswith(atomic_writes.TEMPORARY):
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, method, interrupted)
    arguments = (tmp_path / "a-2024", lambda name: True)[: 2 if method == "mkdir" else 1]
    with pytest.raises(KeyboardInterrupt), writing(*arguments):
        pass
    assert list(tmp_path.iterdir()) == []
