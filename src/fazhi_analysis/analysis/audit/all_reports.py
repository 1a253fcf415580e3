"""The audit of many stored reports as one table, each report beside the same place's year before."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from fazhi_analysis.analysis.audit.stored_reports import audit_stored
from fazhi_analysis.dataset.arrow_tables import parse_lists, to_arrow, to_frame
from fazhi_analysis.dataset.cells import dump_list
from fazhi_analysis.dataset.loading import Data, Regions, Years, load_reports
from fazhi_analysis.dataset.schema import FINDINGS

if TYPE_CHECKING:
    import pandas as pd

_IDENTITY = ("report_id", "region_code", "region", "year")


def audit_all(data: Data = None, regions: Regions = None, years: Years = None) -> pd.DataFrame:
    """Findings of stored reports as :func:`audit` makes them, those that compare years included; one finding a row.

    These are the findings to give to ``year_over_year``, ``trend`` and ``compare``. ``load_findings`` is quicker, but
    holds what each report shows by itself: no figure there is doubted because of the year before.

    Parameters and errors as for ``load_metrics``. Each report is audited anew (some hundredths of a second), beside the
    same body's nearest earlier report in the same data folder, whether or not ``years`` names that year too.

    Returns
    -------
    DataFrame with the columns of ``load_findings()``; of each report the gravest first, the ledger applied.

    >>> found = audit_all(regions="霁原旗", years=2024)
    >>> list(found.columns) == list(FINDINGS.names), "magnitude" in set(found["rule"])
    (True, True)
    """
    reports = load_reports(data, regions, years)[list(_IDENTITY)].to_dict("records")
    rows = [
        {**asdict(finding), **report}
        for report in reports
        for finding in audit_stored(str(report["report_id"]), data)[1]
    ]
    columns = {name: [row[name] for row in rows] for name in FINDINGS.names}
    columns["evidence"] = [dump_list(pieces) for pieces in columns["evidence"]]
    return parse_lists(FINDINGS, to_frame(FINDINGS, to_arrow(FINDINGS, columns)))
