"""Year over year of 1,500,000 rows, intervals and verdicts included, beside a bare pandas merge of the same table.

The plain way: every row beside the row of the same place and indicator a year earlier, merged on category keys; no
choice of rows, no intervals, no verdicts. Both run in turns in one process; peak memory is that of a process of its
own that reads the table and compares it once. Exit code 1 when a limit is passed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from fazhi_analysis import load_catalogue, year_over_year

PLACES, YEARS, FIGURES, ROUNDS = 3000, (2020, 2021, 2022, 2023, 2024), 100, 7
LIMIT, MEMORY_LIMIT = 5.0, 1024


def table() -> pd.DataFrame:
    """15,000 reports of 100 figures each, dtypes as the loader gives them."""
    rng = np.random.default_rng(7)
    catalogue = list(load_catalogue())
    size = PLACES * len(YEARS) * FIGURES
    place = np.repeat(np.arange(PLACES), len(YEARS) * FIGURES)
    year = np.tile(np.repeat(np.array(YEARS), FIGURES), PLACES)
    indicator = np.concatenate([rng.permutation(FIGURES) for _ in range(PLACES * len(YEARS))])
    kinds = np.array([item.kind for item in catalogue])[indicator]
    qualifier = rng.choice(5, size, p=[0.8, 0.1, 0.05, 0.02, 0.03])
    value = np.where(kinds == "rate", np.round(rng.uniform(80, 100, size), 1), np.round(np.exp(rng.normal(5, 2, size))))
    width = np.where(kinds == "rate", 0.05, np.where(qualifier == 0, 0, value * 0.1))
    codes = np.array([f"{110000 + item}" for item in range(PLACES)])
    names = np.array([f"虚构省第{item}县" for item in range(PLACES)])
    report = place * len(YEARS) + (year - YEARS[0])
    report_ids = np.array([f"{code}-{item}" for code in codes for item in YEARS])
    scopes = np.array(["", "本级", "全县"])
    row_id = pd.Series(report_ids).take(report).to_numpy() + np.tile(
        [f":m{item:03d}" for item in range(FIGURES)], len(report_ids)
    )

    def categorical(indices: np.ndarray, texts: object) -> pd.Categorical:
        return pd.Categorical.from_codes(indices, pd.Index(list(texts), dtype="str"))

    return pd.DataFrame(
        {
            "row_id": pd.array(row_id, dtype="str"),
            "report_id": categorical(report, report_ids),
            "region_code": categorical(place, codes),
            "region": categorical(place, names),
            "year": year,
            "indicator_id": categorical(indicator, [item.id for item in catalogue]),
            "label": pd.array(np.array([item.name_zh for item in catalogue])[indicator], dtype="str"),
            "value": value,
            "lower": value - width,
            "upper": value + width,
            "unit": pd.array(np.array([item.unit for item in catalogue])[indicator], dtype="str").astype("category"),
            "qualifier": categorical(qualifier, ["exact", "over", "about", "under", "range"]),
            "kind": pd.Series(kinds).astype("category"),
            "is_metric": True,
            "role": categorical(np.zeros(size, dtype=int), ["result", "plan", "target"]),
            "change": categorical(np.zeros(size, dtype=int), ["level", "yoy_pct", "yoy_abs", "points", "reduction"]),
            "period": pd.array(year.astype(str), dtype="str"),
            "scope": pd.array(
                scopes[np.where(rng.random(size) < 0.02, rng.integers(0, 3, size), (indicator + place) % 9 // 4)],
                dtype="str",
            ),
            "duplicate_of": pd.array(np.where(rng.random(size) < 0.01, "x", ""), dtype="str"),
            "origin": categorical(np.zeros(size, dtype=int), ["text", "ocr", "curated", "corrected"]),
            "source": categorical(report, [f"{item:064x}" for item in range(len(report_ids))]),
        }
    )


def bare_merge(metrics: pd.DataFrame) -> pd.DataFrame:
    """The plain way for all years: figures of every row beside those of the year before."""
    figures = metrics[["region_code", "indicator_id", "year", "value", "lower", "upper"]]
    earlier = figures.assign(year=figures["year"] + 1)
    return figures.merge(earlier, on=["region_code", "indicator_id", "year"], how="left")


def seconds(function: Callable[[pd.DataFrame], object], metrics: pd.DataFrame) -> float:
    start = time.perf_counter()
    function(metrics)
    return time.perf_counter() - start


def peak_memory(path: Path) -> float:
    """Peak memory in MB of a fresh process that reads the table and compares all of it."""
    script = (
        "import resource, sys, pandas as pd\n"
        "from fazhi_analysis import year_over_year\n"
        "year_over_year(pd.read_parquet(sys.argv[1]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    metrics = table()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "metrics.parquet"
        metrics.to_parquet(path)
        memory = peak_memory(path)
    ways: dict[str, Callable[[pd.DataFrame], object]] = {"merge": bare_merge, "year_over_year": year_over_year}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, function in ways.items():
            times[name].append(seconds(function, metrics))
    median = {name: statistics.median(values) for name, values in times.items()}
    ratio = median["year_over_year"] / median["merge"]
    print(f"rows                    {len(metrics):>12,}")
    print(f"bare merge              {median['merge']:>10.3f} s")
    print(f"year over year          {median['year_over_year']:>10.3f} s")
    print(f"ratio                   {ratio:>10.2f}   (at most {LIMIT})")
    print(f"peak memory             {memory:>10.0f} MB (below {MEMORY_LIMIT})")
    return int(ratio > LIMIT or memory >= MEMORY_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
