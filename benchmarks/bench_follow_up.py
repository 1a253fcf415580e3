"""Follow-up of synthetic places over five years: every statement against every later report, with texts and figures.

Nothing is cached at the start. Then the same places again (sentences already prepared), and one place alone, as a page
asks for it. Exit code 1 when a limit is passed.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from fazhi_analysis import follow_up
from synthetic import make_series, metric_rows, statement_rows

PLACES, FIRST, LAST, ROUNDS = 40, 2020, 2024, 5
PAIR_LIMIT, PLACE_LIMIT = 0.120, 1.0


def tables() -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """Statements, metrics and texts, as loading gives them."""
    statements, metrics, texts = [], [], {}
    for place in range(PLACES):
        for report in make_series(5, place, FIRST, LAST):
            head = {"report_id": report.report_id, "region_code": report.truth["region_code"], "year": report.year}
            head["region"] = report.truth["region"]
            statements += [head | row for row in statement_rows(report.truth)]
            metrics += [head | row | {"quote": ""} for row in metric_rows(report.truth)]
            texts[report.report_id] = report.text
    return pd.DataFrame(statements), pd.DataFrame(metrics), texts


def main() -> int:
    statements, metrics, texts = tables()
    years = LAST - FIRST + 1
    pairs = PLACES * years * (years - 1) // 2
    begin = time.perf_counter()
    table = follow_up(statements, metrics, texts=texts, findings={})
    cold = time.perf_counter() - begin
    begin = time.perf_counter()
    follow_up(statements, metrics, texts=texts, findings={})
    warm = time.perf_counter() - begin
    name = str(statements["region_code"].iloc[0])
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        follow_up(statements, metrics, name, LAST, texts=texts, findings={})
        times.append(time.perf_counter() - begin)
    alone = statistics.median(times)
    print(f"{PLACES} places, {years} years, {len(statements)} statements, {pairs} pairs of reports, {len(table)} rows")
    print(f"nothing prepared: {cold:.2f} s, {1000 * cold / pairs:.1f} ms a pair (limit {1000 * PAIR_LIMIT:.0f} ms)")
    print(f"again:            {warm:.2f} s, {1000 * warm / pairs:.1f} ms a pair")
    print(f"one place, one year: {1000 * alone:.0f} ms (limit {1000 * PLACE_LIMIT:.0f} ms)")
    return int(cold / pairs > PAIR_LIMIT or alone > PLACE_LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
