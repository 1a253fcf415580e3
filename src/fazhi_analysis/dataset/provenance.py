"""Where a report came from: the sidecar that every stored report carries in its ``report.json``.

>>> Provenance(producer="霁原旗人民政府", licence="虚构", text_kept=True).as_record()["producer"]
'霁原旗人民政府'
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Provenance:
    """Producer, title, address, dates (ISO ``YYYY-MM-DD``), digest, licence, and what the figures were extracted with.

    There is deliberately no date of extraction: the same input gives the same bytes.
    """

    producer: str = ""
    title: str = ""
    address: str = ""
    date_published: str = ""
    date_accessed: str = ""
    digest: str = ""
    licence: str = ""
    text_kept: bool = False
    package_version: str = ""
    catalogue: str = ""

    def as_record(self) -> dict[str, Any]:
        """Plain dictionary, as ``report.json`` holds it."""
        return asdict(self)
