"""Who published a figure, as far as its source tells: so that a ministry's table stays out of a local series."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fazhi_analysis._paths import bundled_data

if TYPE_CHECKING:
    import pandas as pd

NATIONAL = ("moj.gov.cn", "www.gov.cn", "stats.gov.cn", "court.gov.cn", "spp.gov.cn", "npc.gov.cn")
"""Hosts of national bodies: their tables follow definitions of their own."""


@cache
def fictional_codes() -> frozenset[str]:
    """Division codes of the bundled sample, whose places do not exist.

    >>> "159928" in fictional_codes(), "150623" in fictional_codes()
    (True, False)
    """
    table = bundled_data() / "sample" / "divisions.csv"
    if not table.is_file():
        return frozenset()
    with table.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


_SUFFIX = re.compile(r"-(?:19|20)\d\d-(.+)$")


def publisher(source: str) -> str:
    """Domain that a public address stands in (``sfj.gz.gov.cn`` and ``www.gz.gov.cn`` are both ``gz.gov.cn``).

    Empty for a file digest. National hosts begin with ``national:``.

    >>> publisher("https://sfj.gz.gov.cn/a/1.html"), publisher("9f2c")
    ('gz.gov.cn', '')
    >>> publisher("http://www.moj.gov.cn/x")
    'national:moj.gov.cn'
    """
    if "://" not in source:
        return ""
    try:
        host = (urlsplit(source).hostname or "").lower()
    except ValueError:
        return ""
    for national in NATIONAL:
        if host == national or host.endswith(f".{national}"):
            return f"national:{national}"
    keep = 3 if host.endswith((".gov.cn", ".com.cn", ".org.cn", ".net.cn")) else 2
    return ".".join(host.split(".")[-keep:])


def is_national(name: str) -> bool:
    """Whether a publisher (as :func:`publisher` names it) is a national body.

    >>> is_national("national:moj.gov.cn"), is_national("gz.gov.cn"), is_national("")
    (True, False, False)
    """
    return name.startswith("national:")


def report_suffix(report_id: str) -> str:
    """What follows place and year in a report id: it tells several sources of one place and year apart.

    >>> report_suffix("310000-2019-moj"), report_suffix("310000-2019"), report_suffix("")
    ('moj', '', '')
    """
    match = _SUFFIX.search(report_id)
    return match.group(1) if match else ""


def further_sources(*tables: pd.DataFrame) -> dict[str, str]:
    """Reports that are not counted because another whole report of the same place and year is: their ids, and its id.

    ``tables`` are metrics and statements with ``report_id`` and ``start``. A report is whole where some row of it has
    a place in a text; others are selections of figures, which are counted only where no whole report is. Of several
    whole reports the one without a suffix is counted, else the first by its id.

    >>> import pandas as pd
    >>> further_sources(pd.DataFrame({"report_id": ["990124-2023", "990124-2023-b1", "990124-2024-b2"], "start": 1}))
    {'990124-2023-b1': '990124-2023'}
    >>> further_sources(pd.DataFrame({"report_id": ["310000-2022-a", "310000-2022-b"], "start": None}))
    {}
    """
    known: dict[str, dict[str, bool]] = {}
    for table in tables:
        if not {"report_id", "start"} <= set(table.columns):
            continue
        placed = table["start"].notna().groupby(table["report_id"].astype("str")).any()
        for report_id, whole in placed.items():
            suffix = report_suffix(name := str(report_id))
            reports = known.setdefault(name.removesuffix(f"-{suffix}") if suffix else name, {})
            reports[name] = reports.get(name, False) or bool(whole)
    found: dict[str, str] = {}
    for reports in known.values():
        counted = min((name for name, whole in reports.items() if whole), default="")
        found |= {name: counted for name in sorted(reports) if counted and name != counted}
    return found
