"""Text columns as integers say the same as the texts, whatever the column's dtype."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.analysis.integer_codes import column_codes, combine, encode

TEXTS = st.lists(st.sampled_from(["", "件", "宗", "人次", None]), min_size=1, max_size=30)


@given(TEXTS, st.sampled_from(["object", "category", "string"]))
def test_codes_lead_back_to_the_texts(texts: list[str | None], dtype: str) -> None:
    codes = encode(pd.Series(texts, dtype=dtype))
    assert [codes.texts[code] for code in codes.codes] == [text or "" for text in texts]
    assert codes.texts[0] == ""
    assert len(set(codes.texts)) == len(codes.texts)


@given(TEXTS)
def test_regrouped_texts_share_a_code(texts: list[str | None]) -> None:
    regrouped = encode(pd.Series(texts, dtype="object")).regroup(lambda text: "case" if text in ("件", "宗") else "")
    assert [regrouped.texts[code] for code in regrouped.codes] == [
        "case" if text in ("件", "宗") else "" for text in texts
    ]


def test_a_missing_column_holds_the_default() -> None:
    assert (
        column_codes(pd.DataFrame({"a": [1, 2]}), "role", "result").categorical(np.array([0, 1])).tolist()
        == ["result"] * 2
    )


def test_keys_are_ordered_and_bounded() -> None:
    one, other = np.array([0, 0, 1]), np.array([2, 0, 1])
    assert combine((one, 2), (other, 3)).tolist() == [2, 0, 4]
    with pytest.raises(OverflowError):
        combine((one, 2**20), (other, 2**20), limit=2**30)
