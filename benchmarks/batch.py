"""A batch beside papermill and nbconvert: one Python process, the two command lines, and the same cells as functions.

    python benchmarks/batch.py [notebooks, a multiple of 4] [repetitions]

Same notebooks, an HTML page each; medians of whole processes with their start-up, except the two lines on long batches,
which a process times itself once two places have made it warm (12 other places then, of 4 notebooks each).
All in one run, one after the other in each repetition, so that the ratios hold on a busy machine too. Beside the time
on the clock stands the processor time of the process and all that it started: on a busy machine the steadier figure.
Its ratio does not count that a batch uses both cores and a loop one. The command lines are as slow for each place as
for the first (nothing is shared between them): they are measured on one place and multiplied.
"""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fazhi_analysis import load_reports
from fazhi_analysis._paths import bundled_notebooks

WORKERS = 2
LONG_PLACES = 12
YEAR = 2024
BOOKS = ("year_over_year", "problems_next_steps", "data_quality", "trend")
BIN = Path(sys.executable).parent
FAZHI = [sys.executable, "-m", "fazhi_analysis.cli"]

LOOP = """
import sys
from pathlib import Path
import papermill
from nbconvert import HTMLExporter
out, folder, year, books, *regions = sys.argv[1:]
for region in regions:
    for book in books.split(","):
        target = Path(out) / f"{book}-{region}.ipynb"
        papermill.execute_notebook(
            f"{folder}/{book}.ipynb", str(target), parameters={"region": region, "year": int(year)}, progress_bar=False
        )
        target.with_suffix(".html").write_text(HTMLExporter().from_filename(str(target))[0], encoding="utf-8")
"""

PROCESSOR = """
import os
from pathlib import Path

def processor():
    # Seconds of every process of this session, and of those that they have waited for.
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == os.getsid(0):
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
"""

FLOOR = (
    PROCESSOR
    + """
import ast, json, sys, time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.results import notebook_html
warm.warm_up()
out, folder, year, books, *regions = sys.argv[1:]

def draft(book, region):
    space, shown = {}, []
    for cell in json.loads(Path(f"{folder}/{book}.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), space)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), space) if last else None
        if "parameters" in cell["metadata"].get("tags", []):
            space.update(region=region, year=int(year))
        elif hasattr(value, "_repr_html_"):
            shown.append(value._repr_html_())
    return notebook_html.draft_page("".join(shown), "zh", fallback="x")

def place(region):
    drafts = {book: draft(book, region) for book in books.split(",")}
    characters = "".join(sorted(set().union(*(each.characters for each in drafts.values()))))
    for book, each in drafts.items():
        Path(out, f"{book}-{region}.html").write_text(notebook_html.render(each, characters), encoding="utf-8")

with ProcessPoolExecutor(2) as pool:
    list(pool.map(place, regions[:2]))
    started, used = time.perf_counter(), processor()
    list(pool.map(place, regions[2:]))
    print(time.perf_counter() - started, processor() - used)
"""
)

LONG = (
    PROCESSOR
    + """
import sys, time
from fazhi_analysis.running.batch import run_batch
out, folder, year, books, *regions = sys.argv[1:]
for part in (regions[:2], regions[2:]):
    started, used = time.perf_counter(), processor()
    result = run_batch(part, [int(year)], books.split(","), out=out, workers=2, force=True)
    assert not result.count("failed"), result.outcomes
print(time.perf_counter() - started, processor() - used)
"""
)


class Cost(NamedTuple):
    """Seconds on the clock and seconds of processors."""

    clock: float
    processor: float

    def __add__(self, other: tuple[float, ...]) -> Cost:  # type: ignore[override]
        return Cost(self.clock + other[0], self.processor + other[1])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(command: list[str]) -> Cost:
    """A whole process, with all that it started."""
    started, used = time.perf_counter(), _children()
    subprocess.run(command, check=True, capture_output=True)
    clock = time.perf_counter() - started
    _wait_for_orphans()
    return Cost(clock, _children() - used)


def _wait_for_orphans() -> None:
    """What outlives its parent for a moment (a fork server does) is a child of this process: see ``main``."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def said(command: list[str]) -> Cost:
    """What a process measured itself."""
    answer = subprocess.run(command, check=True, capture_output=True, text=True, start_new_session=True)
    _wait_for_orphans()
    return Cost(*map(float, answer.stdout.split()))


def batch(out: str, regions: list[str]) -> Cost:
    """`fazhi batch` on two workers."""
    names = [word for region in regions for word in ("--regions", region)]
    books = [word for book in BOOKS for word in ("--notebooks", book)]
    return seconds([*FAZHI, "batch", *names, *books, "--years", str(YEAR), "--workers", str(WORKERS), "--out", out])


def command_lines(out: str, region: str, book: str) -> Cost:
    """`papermill`, then `jupyter nbconvert`, for one notebook."""
    target = f"{out}/{book}.ipynb"
    source = str(bundled_notebooks() / f"{book}.ipynb")
    executed = seconds([str(BIN / "papermill"), source, target, "-p", "region", region, "-p", "year", str(YEAR)])
    return executed + seconds([str(BIN / "jupyter"), "nbconvert", "--to", "html", target])


def main() -> None:
    """Run everything, alternating, and print medians and ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    reports = load_reports(years=[YEAR])
    regions = list(dict.fromkeys(reports["region"].astype(str)))[: max(1, count // len(BOOKS))]
    common = [str(bundled_notebooks()), str(YEAR), ",".join(BOOKS)]
    many = list(dict.fromkeys(reports["region"].astype(str)))[: LONG_PLACES + 2]
    text = next((bundled_notebooks().parent / "data" / "sample" / "texts").glob("*.txt"))
    runs: dict[str, Callable[[str], Cost]] = {
        "batch": lambda out: batch(out, regions),
        "loop": lambda out: seconds([sys.executable, "-c", LOOP, out, *common, *regions]),
        "long batch": lambda out: said([sys.executable, "-c", LONG, out, *common, *many]),
        "floor": lambda out: said([sys.executable, "-c", FLOOR, out, *common, *many]),
        "report": lambda out: seconds([*FAZHI, "report", "--region", regions[0], "--year", str(YEAR), "--out", out]),
        **{f"command lines, {book}": partial(command_lines, region=regions[0], book=book) for book in BOOKS},
        "help": lambda _out: seconds([*FAZHI, "--help"]),
        "extract": lambda _out: seconds([*FAZHI, "extract", str(text)]),
    }
    os.environ["FAZHI_CACHE"] = tempfile.mkdtemp(prefix="fazhi-bench-")
    # Orphans become children of this process, so that their processor time is known.
    ctypes.CDLL(None).prctl(36, 1)
    measured: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            with tempfile.TemporaryDirectory() as out:
                measured[name].append(run(out))
            cost = measured[name][-1]
            print(f"  {name:<36}{cost.clock:8.2f} s {cost.processor:8.2f} s", file=sys.stderr, flush=True)
    median = {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in measured.items()}
    of_books = [median.pop(f"command lines, {book}") for book in BOOKS]
    median["command lines"] = sum(of_books * len(regions), Cost(0, 0))
    median["report by command lines"] = sum(of_books[:3], Cost(0, 0))
    notebooks = len(regions) * len(BOOKS)
    load = os.getloadavg()[0]
    print(f"{notebooks} notebooks, {WORKERS} workers, medians of {rounds}, load {load:.1f}: clock, processor")
    for name, cost in median.items():
        print(f"  {name:<24}{cost.clock:8.2f} s {cost.processor:8.2f} s")
    for text_, upper, lower, target in (
        ("loop / batch", "loop", "batch", ">= 8.5"),
        ("command lines / batch", "command lines", "batch", ">= 15"),
        ("long batch / floor", "long batch", "floor", "<= 1.45"),
        ("report / command lines", "report", "report by command lines", "<= 0.4"),
    ):
        clock, processor = (over / under for over, under in zip(median[upper], median[lower], strict=True))
        print(f"  {text_:<24}{clock:8.2f}   {processor:8.2f}     target {target}")
    for name, target_ in (("help", "< 0.3 s"), ("extract", "< 1 s")):
        print(f"  fazhi {name:<18}{median[name].clock:8.2f} s {median[name].processor:8.2f} s   target {target_}")


if __name__ == "__main__":
    main()
