"""Parameters of pages come from notebooks, the command line and YAML: names, lists, numbers by place."""

from __future__ import annotations

from typing import Any

import pytest

from fazhi_analysis.errors import UsageError
from fazhi_analysis.presenting.parts.parameters import as_list, as_numbers


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("行政处罚案件数，败诉率", ["行政处罚案件数", "败诉率"]),
        (("a", " b "), ["a", "b"]),
        ("", None),
        (None, None),
    ],
)
def test_names_in_every_form(given: Any, read: list[str] | None) -> None:
    assert as_list(given) == read


@pytest.mark.parametrize(
    "given", [{"砚桥县": "1.05e5"}, ["砚桥县：105000"], "砚桥县=105000", {"砚桥县": (105000, 105000)}]
)
def test_numbers_in_every_form(given: Any) -> None:
    assert as_numbers(given, "denominators") == {"砚桥县": 105000.0}


@pytest.mark.parametrize("given", ["砚桥县", {"砚桥县": "很多"}, {"砚桥县": None}, ["砚桥县:"]])
def test_what_is_no_number_names_its_place(given: Any) -> None:
    with pytest.raises(UsageError, match="砚桥县"):
        as_numbers(given, "denominators")


def test_a_number_is_no_list_of_names() -> None:
    with pytest.raises(UsageError):
        as_list(3)  # type: ignore[arg-type]
