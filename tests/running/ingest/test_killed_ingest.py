"""An ingest that is killed at any moment: every report is whole, old or new, and the same command completes."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis import load_findings, load_metrics, load_reports, load_statements

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import sys
from fazhi_analysis import ingest
results = ingest(sys.argv[3:], data=sys.argv[1], replace_other=sys.argv[2] == "replaced", workers=2)
print(*[result.message for result in results if result.status == "failed"], sep="\\n", file=sys.stderr)
sys.exit(any(result.status == "failed" for result in results))
"""

Store = dict[str, dict[str, bytes]]
"""Reports by id, each as its files."""


def store(data: Path) -> Store:
    """What is stored; what a killed writer left behind is not."""
    found: Store = defaultdict(dict)
    for path in sorted((data / "reports").glob("[!.]*/*")):
        found[path.parent.name][path.name] = path.read_bytes()
    return dict(found)


class Ingests:
    """The same ingest again and again: into an empty store, over older versions, over other sources."""

    def __init__(self, folder: Path, count: int) -> None:
        sys.path.insert(0, str(ROOT / "tools"))
        from synthetic import make_corpus

        self.folder, self.data = folder, folder / "data"
        first = make_corpus(count, folder / "first", 3)
        self.texts = {"fresh": first, "versions": [], "replaced": []}
        for kind in ("versions", "replaced"):
            (folder / kind).mkdir()
        for path, other in zip(first, make_corpus(count, folder / "other", 4), strict=True):
            head, text = path.read_text(encoding="utf-8").split("\n", 1)
            edited = f"{head}\n{text}\n全年另办结行政复议案件97件。\n"
            another = f"{head}\n{other.read_text(encoding='utf-8').split(chr(10), 1)[1]}"
            for kind, content in (("versions", edited), ("replaced", another)):
                self.texts[kind].append(folder / kind / path.name)
                self.texts[kind][-1].write_text(content, encoding="utf-8", newline="")
        self.stores: dict[str, Store] = {}
        self.cut = 0
        self.undisturbed("fresh")
        shutil.copytree(self.data, folder / "before")

    def undisturbed(self, kind: str) -> Store:
        """The store of a run that nobody disturbed; it is run once."""
        if kind not in self.stores:
            self.begin(kind)
            self.run(kind)
            self.stores[kind] = store(self.data)
        return self.stores[kind]

    def begin(self, kind: str) -> None:
        """The store as it is before."""
        shutil.rmtree(self.data, ignore_errors=True)
        if kind != "fresh":
            shutil.copytree(self.folder / "before", self.data)

    def command(self, kind: str) -> list[str]:
        return [sys.executable, "-c", SCRIPT, str(self.data), kind, *map(str, self.texts[kind])]

    def run(self, kind: str) -> None:
        done = subprocess.run(self.command(kind), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def _folders(self) -> list[Path]:
        return list((self.data / "reports").glob("[!.]*"))

    def _written(self, inodes: set[int]) -> int:
        """How many reports have been written since."""
        with contextlib.suppress(FileNotFoundError):  # one is being replaced
            return sum(path.stat().st_ino not in inodes for path in self._folders())
        return 0

    def kill(self, number: int) -> None:
        """One kill of the whole group of processes, at any moment; then the same command again."""
        dice, kind = random.Random(number), sorted(self.texts)[number % len(self.texts)]
        whole = self.undisturbed(kind)
        self.begin(kind)
        if kind == "fresh" and dice.random() < 0.5:  # some are there already
            self.run(kind)
            for path in (self.data / "reports").iterdir():
                if dice.random() < 0.7:
                    shutil.rmtree(path)
        before = store(self.data)
        inodes = {path.stat().st_ino for path in self._folders()}
        with subprocess.Popen(
            self.command(kind), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as ingest:
            due = dice.randrange(len(self.texts[kind]))
            while ingest.poll() is None and self._written(inodes) < due:
                time.sleep(0.005)
            time.sleep(dice.uniform(0, 0.1))
            os.killpg(ingest.pid, signal.SIGKILL)
        now = store(self.data)
        for name, files in now.items():
            assert files in (before.get(name), whole.get(name)), (number, kind, name)
        assert now.keys() >= before.keys(), (number, kind)
        self.cut += now not in (before, whole)
        loads: tuple[Callable[..., Any], ...] = (load_metrics, load_statements, load_findings, load_reports)
        for load in loads if now else ():
            assert set(load(self.data)["report_id"]) <= now.keys()
        self.run(kind)
        assert store(self.data) == whole, (number, kind)


def test_a_killed_ingest_that_replaces_reports_ends_with_the_files_of_an_undisturbed_one(tmp_path: Path) -> None:
    ingests = Ingests(tmp_path, 6)
    ingests.kill(1)


@pytest.mark.nightly
def test_an_ingest_killed_night_after_night_ends_with_the_same_files(night, tmp_path: Path) -> None:
    ingests = Ingests(tmp_path, 30)

    def kill(number: int) -> None:
        ingests.kill(number)
        print(number + 1, "kills,", ingests.cut, "of this night in the middle of writing")

    night("ingest_kills", 200, kill)
