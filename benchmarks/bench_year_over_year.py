"""Year over year of 1,500,000 rows, intervals and verdicts included, beside a bare pandas merge of the same table.

The plain way: the earlier year's rows merged with the later year's on category keys, nothing else. Both run in turns in one
process, so that the ratio does not depend on the machine; peak memory is that of the whole process.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time

import numpy as np
import pandas as pd

from fazhi_analysis import load_catalogue, year_over_year

PLACES, YEARS, FIGURES, ROUNDS = 3000, (2020, 2021, 2022, 2023, 2024), 100, 5
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


def bare_merge(metrics: pd.DataFrame) -> int:
    """The plain way: this year's rows beside last year's, on category keys."""
    earlier, later = metrics[metrics["year"] == 2023], metrics[metrics["year"] == 2024]
    return len(earlier.merge(later, on=["region_code", "indicator_id"], how="outer"))


def bare_merge_all(metrics: pd.DataFrame) -> int:
    """The plain way for all years: keys and figures of every row beside those of the year before."""
    figures = metrics[["region_code", "indicator_id", "year", "value", "lower", "upper"]]
    return len(
        figures.merge(figures.assign(year=figures["year"] + 1), on=["region_code", "indicator_id", "year"], how="left")
    )


def seconds(function: object, *arguments: object) -> float:
    start = time.perf_counter()
    function(*arguments)  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> int:
    metrics = table()
    ways = {"merge_two": bare_merge, "merge_all": bare_merge_all, "yoy_all": year_over_year}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, function in ways.items():
            times[name].append(seconds(function, metrics))
    median = {name: statistics.median(values) for name, values in times.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(median, peak, median["yoy_all"] / median["merge_all"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
