"""A measure inside the entry of a problem is a next step; an entry that begins with one complains of nothing."""

from __future__ import annotations

import pytest

from fazhi_analysis.extracting.statements.entry import made_entry
from fazhi_analysis.extracting.statements.measures_within import divide


@pytest.mark.parametrize(
    ("entry", "problems", "steps"),
    [
        ("执法人手不足。下一步，将充实力量。", ["执法人手不足"], ["充实力量。"]),
        ("2025年，我们将坚持问题导向，充实执法力量。", [], ["坚持问题导向，充实执法力量。"]),
        ("，2025年，我们将充实执法力量。", [], ["充实执法力量。"]),
        ("执法人手不足，形式单一。", ["执法人手不足，形式单一"], []),
    ],
)
def test_what_is_lacking_and_what_will_be_done(entry: str, problems: list[str], steps: list[str]) -> None:
    text = f"存在问题\n{entry}"
    start = len("存在问题\n")
    found = divide(text, [made_entry(text, "problem", start, start, len(text))])
    assert [[text[one.body : one.end] for one in kind] for kind in found] == [problems, steps]
    assert all(one.start < one.end for kind in found for one in kind)
