"""Many reports from text to survey: processor time, clock, memory and disk of each step, at several numbers of reports.

    python benchmarks/many_reports.py [--sizes 1000,4000,15000] [--keep FOLDER] [--workers 2]

Synthetic texts of real counties are taken in and audited, 1,000 a command; then all of them are loaded, surveyed,
planned as a batch and opened in the explorer. Each step is a process of its own. With ``--keep`` what was measured
stays in ``FOLDER/<size>/measured.json``, and the same command goes on where it stopped: a long run may be spread over
several nights.

Prints a table. ``growth`` is the processor time of a report at the largest size over that at the smallest. Exits 1
where a step grows by more than 15 %, the survey takes over 600 seconds, or the explorer's first screen (controls and
table; chart and evidence follow) over 3.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

SLICE = 1_000
LIMIT_GROWTH = 1.15
LIMIT_SURVEY = 600.0
LIMIT_SCREEN = 3.0
YEARS = 5
TOOLS = Path(__file__).resolve().parent.parent / "tools"

INGEST = """
from fazhi_analysis import ingest
failed = [one for one in ingest(sys.argv[3:], data=sys.argv[1], workers=int(sys.argv[2])) if one.status == "failed"]
assert not failed, failed[:3]
"""
LOAD = """
import fazhi_analysis as fz
print(*(len(load(sys.argv[1])) for load in (fz.load_reports, fz.load_metrics, fz.load_statements, fz.load_findings)))
"""
AUDIT = """
import fazhi_analysis as fz
fz.audit(sys.argv[2], data=sys.argv[1])
"""
SURVEY = """
from fazhi_analysis import run_report
run_report(sys.argv[2].split("-")[0], int(sys.argv[2].split("-")[1]), data=sys.argv[1], notebooks=["corpus_survey"],
           out=sys.argv[3])
"""
PAGE = SURVEY.replace("corpus_survey", "year_over_year")
PLAN = """
from fazhi_analysis.running.batch_plan import BatchJob, plan_batch
print(len(plan_batch(BatchJob(data=sys.argv[1], out=sys.argv[3]))))
"""
EXPLORE = """
import fazhi_analysis as fz
page = fz.open_page("explore", region=sys.argv[2].split("-")[0], year=int(sys.argv[2].split("-")[1]), data=sys.argv[1])
page.introduction()
page.explorer()
"""
EXPLORE_ALL = EXPLORE + "page.explorer().complete()\n"
STEPS = {
    "load, no cache": LOAD,
    "load": LOAD,
    "audit of one report": AUDIT,
    "year_over_year page of one place": PAGE,
    "plan of a batch": PLAN,
    "explorer, first screen": EXPLORE,
    "explorer, chart and evidence too": EXPLORE_ALL,
    "corpus_survey page": SURVEY,
}
ONE_REPORT = {"audit of one report", "year_over_year page of one place", "explorer, first screen"} | {
    "explorer, chart and evidence too"
}
"""Steps that make one thing: their growth is of the whole time, which should hardly grow at all."""


def make_texts(folder: Path, count: int) -> list[Path]:
    """Texts of so many reports, five years of a county after another; made once."""
    sys.path.insert(0, str(TOOLS))
    from fazhi_analysis.catalogue.divisions import load_divisions
    from synthetic import make_report, place

    # Counties, and prefectures behind them: 15,000 reports of distinct places and years need 3,000 places.
    of_level = {
        level: [one for one in load_divisions() if one.level == level and not one.valid_to]
        for level in ("county", "prefecture")
    }
    counties = [*of_level["county"], *of_level["prefecture"]]
    assert count <= YEARS * len(counties), count
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05d}.md" for number in range(count)]
    for number, path in enumerate(paths):
        if not path.is_file():
            report = make_report(7, number // YEARS, 2025 - YEARS + number % YEARS)
            county = counties[number // YEARS % len(counties)]
            invented = place(number // YEARS)
            text = report.text.replace(invented.full_name, county.long_name).replace(invented.name, county.name)
            path.write_text(text, encoding="utf-8", newline="")
    return paths


def run(code: str, *words: object, cache: Path) -> dict[str, float]:
    """A process from its start to the end of all that it started: clock, processor time, and peak memory of all in MB.

    ``seconds`` is what the process itself took after Python had started.
    """
    timed = f"import sys, time\nbegin = time.perf_counter()\n{code}\nprint('took', time.perf_counter() - begin)"
    used, began, peak = _children(), time.perf_counter(), 0.0
    child = subprocess.Popen(
        [sys.executable, "-c", timed, *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "FAZHI_CACHE": str(cache)},
    )
    while child.poll() is None:
        peak = max(peak, _memory_mb(child.pid))
        with suppress(subprocess.TimeoutExpired):
            child.wait(0.5)
    clock = time.perf_counter() - began
    assert child.stdout is not None
    output = child.stdout.read()
    if child.returncode:
        raise SystemExit(f"a step failed: {output}")
    with suppress(ChildProcessError):  # what outlives its parent for a moment is a child of this process
        while True:
            os.waitpid(-1, 0)
    return {
        "clock": clock,
        "processor": _children() - used,
        "memory": peak,
        "seconds": float(output.split()[-1]),
    }


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory_mb(session: int) -> float:
    """What all processes of a session use; pages that they share are counted once."""
    total = 0
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, StopIteration):
            if os.getsid(int(path.name)) == session:
                lines = (path / "smaps_rollup").read_text().splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def disk_mb(folder: Path) -> float:
    """Space that the files of a folder take."""
    return sum(path.lstat().st_blocks for path in folder.rglob("*")) / 2048


def measure(folder: Path, count: int, workers: int) -> dict[str, Any]:
    """All steps at one number of reports; what an earlier run has measured is kept."""
    kept, data, cache = folder / "measured.json", folder / "data", folder / "cache"
    measured: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}

    def keep(name: str, value: Any) -> None:
        measured[name] = value
        kept.write_text(json.dumps(measured, indent=1), encoding="utf-8")
        print(count, name, value, file=sys.stderr, flush=True)

    if f"ingest {count}" not in measured:
        paths = make_texts(folder / "texts", count)
        for start in range(0, count, SLICE):
            name = f"ingest {min(start + SLICE, count)}"
            if name not in measured:
                keep(name, run(INGEST, data, workers, *paths[start : start + SLICE], cache=cache))
    stored = {path.name for path in (data / "reports").iterdir()}
    assert len(stored) == count, f"{len(stored)} reports of {count} texts: some share a place and year"
    ids = sorted(name for name in stored if name.endswith("-2024"))
    for name, code in STEPS.items():
        if name not in measured:
            keep(name, run(code, data, ids[len(ids) // 2], folder / "out", cache=cache))
    if "disk" not in measured:
        keep("disk", {"store": disk_mb(data), "cache": disk_mb(cache)})
    parts = [value for name, value in measured.items() if name.startswith("ingest ")]
    whole = {key: sum(part[key] for part in parts) for key in parts[0]}
    return {"ingest and audit": whole | {"memory": max(part["memory"] for part in parts)}, **measured}


def table(measured: dict[int, dict[str, Any]]) -> tuple[list[str], bool]:
    """Lines to print, and whether every limit is kept."""
    sizes = sorted(measured)
    lines = ["| | " + " | ".join(f"{size:,}" for size in sizes) + " | growth |", "|---" * (len(sizes) + 2) + "|"]
    fine = True
    for name in ("ingest and audit", *STEPS):
        costs = [measured[size][name] for size in sizes]
        per = [cost["processor"] / (1 if name in ONE_REPORT else size) for cost, size in zip(costs, sizes, strict=True)]
        growth = per[-1] / per[0]
        shown = (f"{cost['processor']:.1f} s, {cost['memory']:.0f} MB" for cost in costs)
        lines.append(f"| {name} | " + " | ".join(shown) + f" | {growth:.2f} |")
        fine &= name in ONE_REPORT or growth <= LIMIT_GROWTH
    for part in ("store", "cache"):
        lines.append(f"| {part}, MB | " + " | ".join(f"{measured[size]['disk'][part]:.0f}" for size in sizes) + " | |")
    last = measured[sizes[-1]]
    fine &= last["corpus_survey page"]["clock"] <= LIMIT_SURVEY
    fine &= min(last["explorer, first screen"][key] for key in ("seconds", "processor")) <= LIMIT_SCREEN
    return lines, fine


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--sizes", default="1000,4000,15000")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--keep", type=Path, help="folder that remembers what was measured")
    chosen = options.parse_args()
    ctypes.CDLL(None).prctl(36, 1)  # orphans become children of this process, so that their processor time is known
    with tempfile.TemporaryDirectory() as passing:
        base = chosen.keep or Path(passing)
        sizes = [int(size) for size in chosen.sizes.split(",")]
        lines, fine = table({size: measure(base / str(size), size, chosen.workers) for size in sizes})
    print("\n".join(lines))
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
