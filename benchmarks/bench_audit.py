"""What the audit costs: beside reading and extracting the same reports, and the index of text reuse as it grows.

    python benchmarks/bench_audit.py [--reports 200]

Prints medians of processor time. Exits 1 when the rules take longer than reading and extraction together, or when four
times the reports cost the reuse index more than nine times the time (pairs would cost sixteen times).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.analysis.reuse.index import ReuseIndex
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text
from synthetic import make_report

RUNS = 3
LIMIT_RULES = 1.0
LIMIT_INDEX = 9.0


def seconds(action: Callable[[], object]) -> float:
    """Median processor seconds of several runs, after one that is not counted."""
    action()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200)
    count = parser.parse_args().reports
    texts = [make_report(9, number, 2018 + number % 7).text for number in range(count)]

    def read() -> list[object]:
        found = [extract(read_text(text, name="x")) for text in texts]
        for item in found:
            assert item.metrics
            assert item.statements
        return list(found)

    reading = seconds(read)
    extractions = [extract(read_text(text, name="x")) for text in texts]
    for item in extractions:
        _ = item.metrics, item.statements
    rules = seconds(lambda: [audit_extraction(item) for item in extractions])
    print(f"read and extract {1000 * reading / count:6.1f} ms a report")
    print(f"all rules        {1000 * rules / count:6.1f} ms a report ({rules / reading:.2f} of the above)")

    def index(some: list[str]) -> None:
        reuse = ReuseIndex()
        for number, text in enumerate(some):
            reuse.add(f"{number}-2024", str(number), text)
        sum(1 for _ in reuse.pairs())

    few, many = seconds(lambda: index(texts[: count // 4])), seconds(lambda: index(texts))
    print(f"reuse index      {1000 * many / count:6.1f} ms a report; four times the reports: {many / few:.1f} times")
    failed = rules > LIMIT_RULES * reading or many > LIMIT_INDEX * few + 0.2
    if failed:
        print("over the limit", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
