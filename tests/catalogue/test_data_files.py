"""Tables of data that come with the package are whole: every row has a cell for every column, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

import fazhi_analysis
from fazhi_analysis.catalogue.data_files import data_rows

PACKAGE = Path(fazhi_analysis.__file__).parent
TABLES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.csv") if "_bundled" not in path.parts)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_the_columns_of_its_table(table: str) -> None:
    rows = data_rows(table)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
