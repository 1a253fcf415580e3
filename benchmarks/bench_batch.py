"""A batch beside papermill and nbconvert: one Python process, the two command lines, and the same cells as functions.

    python benchmarks/bench_batch.py [notebooks, a multiple of 4] [repetitions]

Same notebooks, an HTML page each; medians of whole processes with their start-up, except the two lines on long batches.
All in one run, so that the ratios hold on a busy machine too. The command lines are as slow for each place as for the
first (nothing is shared between them): they are measured on one place and multiplied.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fazhi_analysis import load_reports
from fazhi_analysis._paths import bundled_notebooks

WORKERS = 2
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

FLOOR = """
import ast, json, sys, time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running import export
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
    return export.draft_page("".join(shown), "zh", fallback="x")

def place(region):
    drafts = {book: draft(book, region) for book in books.split(",")}
    characters = "".join(sorted(set().union(*(each.characters for each in drafts.values()))))
    for book, each in drafts.items():
        Path(out, f"{book}-{region}.html").write_text(export.render(each, characters), encoding="utf-8")

with ProcessPoolExecutor(2) as pool:
    list(pool.map(place, regions))
    started = time.perf_counter()
    list(pool.map(place, regions))
    print(time.perf_counter() - started)
"""

LONG = """
import sys, time
from fazhi_analysis.running.batch import run_batch
out, folder, year, books, *regions = sys.argv[1:]
for _ in range(2):
    started = time.perf_counter()
    result = run_batch(regions, [int(year)], books.split(","), out=out, workers=2, force=True)
    assert not result.count("failed"), result.outcomes
print(time.perf_counter() - started)
"""


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def said(command: list[str]) -> float:
    """The time that a process measured itself."""
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def batch(out: str, regions: list[str]) -> float:
    """`fazhi batch` on two workers."""
    names = [word for region in regions for word in ("--regions", region)]
    books = [word for book in BOOKS for word in ("--notebooks", book)]
    return seconds([*FAZHI, "batch", *names, *books, "--years", str(YEAR), "--workers", str(WORKERS), "--out", out])


def command_lines(out: str, region: str, book: str) -> float:
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
    common = [str(bundled_notebooks()), str(YEAR), ",".join(BOOKS), *regions]
    text = next((bundled_notebooks().parent / "data" / "sample" / "texts").glob("*.txt"))
    runs: dict[str, Callable[[str], float]] = {
        "batch": lambda out: batch(out, regions),
        "loop": lambda out: seconds([sys.executable, "-c", LOOP, out, *common]),
        "long batch": lambda out: said([sys.executable, "-c", LONG, out, *common]),
        "floor": lambda out: said([sys.executable, "-c", FLOOR, out, *common]),
        "report": lambda out: seconds([*FAZHI, "report", "--region", regions[0], "--year", str(YEAR), "--out", out]),
        **{f"command lines, {book}": partial(command_lines, region=regions[0], book=book) for book in BOOKS},
        "help": lambda _out: seconds([*FAZHI, "--help"]),
        "extract": lambda _out: seconds([*FAZHI, "extract", str(text)]),
    }
    os.environ["FAZHI_CACHE"] = tempfile.mkdtemp(prefix="fazhi-bench-")
    measured: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            with tempfile.TemporaryDirectory() as out:
                measured[name].append(run(out))
            print(f"  {name:<36}{measured[name][-1]:8.2f} s", file=sys.stderr, flush=True)
    median = {name: statistics.median(values) for name, values in measured.items()}
    of_books = [median.pop(f"command lines, {book}") for book in BOOKS]
    median["command lines"] = sum(of_books) * len(regions)
    median["report by command lines"] = sum(of_books[:3])
    notebooks = len(regions) * len(BOOKS)
    print(f"{notebooks} notebooks, {WORKERS} workers, medians of {rounds}, load {os.getloadavg()[0]:.1f}")
    for name, value in median.items():
        print(f"  {name:<24}{value:8.2f} s")
    for text_, ratio, target in (
        ("loop / batch", median["loop"] / median["batch"], ">= 6"),
        ("command lines / batch", median["command lines"] / median["batch"], ">= 15"),
        ("long batch / floor", median["long batch"] / median["floor"], "<= 1.6"),
        ("report / command lines", median["report"] / median["report by command lines"], "<= 0.4"),
        ("fazhi --help, s", median["help"], "< 0.3"),
        ("fazhi extract, s", median["extract"], "< 1"),
    ):
        print(f"  {text_:<24}{ratio:8.2f}   target {target}")


if __name__ == "__main__":
    main()
