"""Time from files to quantities, beside one compiled number-and-unit pattern over the same texts.

    python benchmarks/bench_extraction.py [FOLDER_OR_FILE ...]

Without arguments: the corpus beside the repository where there is one, else the fictional reports in data/sample/texts.
Prints the best of several runs, in processor time of one core, and the ratio; exits 1 when the ratio is over its limit.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIMIT = 15.0
RUNS = 7
SUFFIXES = {".txt", ".md"}


def find_files(places: list[str]) -> list[Path]:
    """Text files in these folders, or these files, in order."""
    chosen = [Path(place) for place in places]
    if not chosen:
        corpus = HERE.parent.parent / "shared" / "corpus"
        chosen = [corpus if corpus.is_dir() else HERE.parent / "data" / "sample" / "texts"]
    files: list[Path] = []
    for place in chosen:
        files += sorted(path for path in place.iterdir() if path.suffix in SUFFIXES) if place.is_dir() else [place]
    return files


def best_times(actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Best processor time of each action over several rounds, the actions taking turns so that load hits all alike."""
    best = dict.fromkeys(actions, float("inf"))
    for _ in range(RUNS):
        for name, action in actions.items():
            start = time.process_time()
            action()
            best[name] = min(best[name], time.process_time() - start)
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*")
    files = find_files(parser.parse_args().places)
    sys.path.insert(0, str(HERE))
    from reference_scan import scan

    from fazhi_analysis import extract, read_report
    from fazhi_analysis.extracting.figures.quantities import find_quantities

    texts = [path.read_text(encoding="utf-8") for path in files]
    reports = [read_report(path) for path in files]
    found = sum(len(extract(report).quantities) for report in reports)
    best = best_times(
        {
            "one pattern over the text (reference)": lambda: [scan(text) for text in texts],
            "reading": lambda: [read_report(path) for path in files],
            "figures": lambda: [find_quantities(report) for report in reports],
            "reading, figures and linking": lambda: [extract(read_report(path)).quantities for path in files],
        }
    )
    characters = sum(map(len, texts))
    print(f"{len(files)} files, {characters:,} characters, {found:,} numeric expressions, best of {RUNS} runs")
    reference = next(iter(best.values()))
    for name, seconds in best.items():
        print(f"{name:40} {seconds * 1000:9.1f} ms {seconds / reference:7.1f} x")
    ratio = list(best.values())[-1] / reference
    print(f"ratio {ratio:.1f}, limit {LIMIT:.0f}")
    if "pandas" in sys.modules:
        print("pandas was imported on the way")
        return 1
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
