"""Fictional reports with known truth: a markup for authored ones, and a seeded generator of any number of others.

For tests and benchmarks; never installed. Put ``tools`` on the path, then for example::

    from synthetic import make_report, make_series, make_corpus, store_corpus, mutate, mutants, KINDS
    report = make_report(seed=1, region=0, year=2023)      # report.text, report.truth
    bad = mutate(report, "rate_digit")                     # bad.truth["faults"]
    store_corpus(15_000, "somewhere")                      # somewhere/reports/<report_id>/...
"""

from .corpus import fates, make_corpus, make_series, metric_rows, reports, statement_rows, store_corpus
from .mutations import KINDS, mutants, mutate
from .places import Place, place
from .reports import SyntheticReport, make_report

__all__ = [
    "KINDS",
    "Place",
    "SyntheticReport",
    "fates",
    "make_corpus",
    "make_report",
    "make_series",
    "metric_rows",
    "mutants",
    "mutate",
    "place",
    "reports",
    "statement_rows",
    "store_corpus",
]
