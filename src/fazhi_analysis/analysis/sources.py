"""Who published a figure, as far as its source tells: so that a ministry's table stays out of a local series."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

NATIONAL = ("moj.gov.cn", "www.gov.cn", "stats.gov.cn", "court.gov.cn", "spp.gov.cn", "npc.gov.cn")
"""Hosts of national bodies: their tables follow definitions of their own."""

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
