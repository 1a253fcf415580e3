"""Which words say that cases were carried over, and which sentences print a whole flow of cases."""

from __future__ import annotations

import pytest

from fazhi_analysis.analysis.audit.case_flow import Balance, balances, carried_in, carried_out
from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.catalogue import load_catalogue
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text


def found(text: str) -> list[Balance]:
    """Balances of a text."""
    report = read_text(text, name="例")
    return list(balances(AuditContext(tuple(extract(report).metrics), load_catalogue(), report)))


@pytest.mark.parametrize("name", ["上年结转", "年初在办信访事项", "旧存", "去年转来", "结转上年"])
def test_there_before(name: str) -> None:
    assert carried_in(name)
    assert not carried_out(name)


@pytest.mark.parametrize("name", ["结转下年", "转入次年", "年底未结", "剩余", "未审结"])
def test_left_for_the_next_year(name: str) -> None:
    assert carried_out(name)
    assert not carried_in(name)


def test_a_flow_of_cases() -> None:
    (one,) = found("上年结转6件，本年新收84件，审结83件，结转下年7件。")
    assert (one.there, one.gone) == (90, 90)


@pytest.mark.parametrize(
    "text",
    [
        "上年结转6件，本年新收84件，审结83件。",
        "上年结转6件，本年新收84件，不予受理2件，审结81件，结转下年7件。",
        "上年结转6件，本年新收80余件，审结83件，结转下年7件。",
    ],
)
def test_no_flow_that_could_be_checked(text: str) -> None:
    assert found(text) == []
