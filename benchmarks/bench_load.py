"""Loading 1,500,000 figures of 15,000 reports from the cache, beside a bare read of the same Parquet file.

    python benchmarks/bench_load.py [--reports 15000] [--rows 100] [--keep FOLDER]

Prints medians and ratios of one run; exits 1 when a ratio or the peak memory is over its limit.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LIMIT_ALL = 3.0
LIMIT_PLACE = 3.0
LIMIT_MEMORY_MB = 1000.0
RUNS = 7

LABELS = ["行政复议申请受理数", "行政复议案件办结数", "行政诉讼案件数", "出庭应诉率", "法治培训场次", "合法性审查件数"]
UNITS = ["件", "件", "件", "%", "场", "件"]


def make_store(data: Path, reports: int, rows: int) -> None:
    """A seeded store written straight to CSV (the writer's own checks are not what is measured here)."""
    from fazhi_analysis.dataset.schema import METRICS

    draw = random.Random(20240229)
    header = ",".join(METRICS.names)
    for number in range(reports):
        code, year = f"{900000 + number // 10}", 2015 + number % 10
        name = f"{code}-{year}"
        folder = data / "reports" / name
        folder.mkdir(parents=True)
        place = f"{name},{code},虚构省第{number // 10}县,{year}"
        lines = [header]
        for row in range(1, rows + 1):
            kind = draw.randrange(len(LABELS))
            value = draw.randrange(100) if UNITS[kind] == "%" else draw.randrange(20000)
            group = "rate" if UNITS[kind] == "%" else "count"
            start = row * 40 + draw.randrange(9)
            section = f"{'一二三四五六七'[row % 7]}/（{'一二三四'[row % 4]}）"
            lines.append(
                f"{name}:m{row:03d},{place},ind_{kind:03d},{LABELS[kind]},{value},{value},{value},{UNITS[kind]},exact,"
                f"{group},true,result,level,,,{section},,{start},{start + 5},,,text,1,{number:064x},"
            )
        (folder / "metrics.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def median_time(action: Callable[[], object]) -> float:
    """Median seconds of several runs, after one that is not counted."""
    action()
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def peak_memory_mb(data: Path) -> float:
    """Peak memory of a fresh process that loads everything from the cache."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_load_and_measure, (str(data),))


def _load_and_measure(data: str) -> float:
    from fazhi_analysis import load_metrics

    load_metrics(data)
    status = Path("/proc/self/status")
    if status.is_file():  # ru_maxrss would still hold the peak of the process that started this one
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--reports", type=int, default=15_000)
    options.add_argument("--rows", type=int, default=100)
    options.add_argument("--keep", type=Path, help="make the store here, or use the one that is here")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        data = chosen.keep or Path(passing)
        os.environ["FAZHI_CACHE"] = str(data / "cache")
        if not (data / "reports").is_dir():
            make_store(data, chosen.reports, chosen.rows)
        return measure(data)


def measure(data: Path) -> int:
    import pandas as pd

    from fazhi_analysis import load_metrics

    begin = time.perf_counter()
    frame = load_metrics(data)
    first = time.perf_counter() - begin
    print(f"{len(frame):,} rows, {frame['report_id'].nunique():,} reports; first load reads every file: {first:.1f} s")
    touched = data / "reports" / str(frame["report_id"].iloc[-1]) / "metrics.csv"
    os.utime(touched)
    begin = time.perf_counter()
    load_metrics(data)
    print(f"load after one report changed: {time.perf_counter() - begin:.2f} s")
    cached = max((data / "cache").rglob("metrics-*.parquet"), key=lambda path: path.stat().st_mtime)
    time.sleep(2.1)  # the folder's own time proves nothing while it is this fresh
    load_metrics(data)
    region = str(frame["region"].iloc[len(frame) // 2])
    del frame
    bare = median_time(lambda: pd.read_parquet(cached))
    ours = median_time(lambda: load_metrics(data))
    bare_place = median_time(lambda: pd.read_parquet(cached, filters=[("region", "==", region)]))
    place = median_time(lambda: load_metrics(data, regions=region))
    memory = peak_memory_mb(data)
    all_ratio, place_ratio = ours / bare, place / bare_place
    print(
        f"all:       load_metrics {ours:.3f} s, bare read     {bare:.3f} s: {all_ratio:.2f} times (limit {LIMIT_ALL})"
    )
    print(
        f"one place: load_metrics {place:.3f} s, filtered {bare_place:.3f} s: {place_ratio:.2f} (limit {LIMIT_PLACE})"
    )
    print(f"peak memory of a process that loads all: {memory:.0f} MB (limit {LIMIT_MEMORY_MB:.0f})")
    print(f"cache file: {cached.stat().st_size / 1e6:.0f} MB")
    return int(all_ratio > LIMIT_ALL or place_ratio > LIMIT_PLACE or memory > LIMIT_MEMORY_MB)


if __name__ == "__main__":
    sys.exit(main())
