"""Where the wordings of the newer indicators were seen: at least two addresses each, for at least 25 of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import fazhi_analysis.catalogue as catalogue

FILE = Path(catalogue.__file__).parent / "data" / "wordings_seen.csv"


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_is_whole_and_names_an_indicator() -> None:
    known = {indicator.id for indicator in catalogue.load_catalogue()}
    for row in rows():
        assert row["indicator_id"] in known
        assert all(row[name] for name in ("wording", "place", "address")), row


def test_two_addresses_each() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        seen[row["indicator_id"]].add(row["address"])
    assert not {name for name, addresses in seen.items() if len(addresses) < 2}
    assert len(seen) >= 25
