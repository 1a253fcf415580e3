"""Tables of data that come with the package: a list of words or facts is a CSV beside the modules that use it."""

from __future__ import annotations

import csv
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_rows(path: str) -> list[dict[str, str]]:
    """Rows of a CSV by its path inside the package, each with its cells by column.

    >>> data_rows("analysis/data/similarity_stock_phrases.csv")[0].keys()
    dict_keys(['phrase', 'weight'])
    """
    with (_PACKAGE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
