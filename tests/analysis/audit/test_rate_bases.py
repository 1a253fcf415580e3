"""The base of every rate: stated, following from the counts, impossible with them, or not given."""

from __future__ import annotations

from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.audit.rate_bases import BASES, COLUMNS
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.reading import read_text

HEAD = "云汀县2024年法治政府建设年度报告\n"

CASES = [
    ("接收热线工单2927件，办结2841件，办结率97.06%。", "97.06%", "printed", 2841, 2927),
    ("办理行政应诉案件14件，负责人出庭应诉14件，出庭应诉率100%。", "100%", "printed", 14, 14),
    ("受理信访事项418件，信访事项办结率100%。", "100%", "printed", None, 418),
    ("调解成功纠纷643件，调处率为87.6%。", "87.6%", "implied", 643, 734),
    ("全县办结案件643件，办结率87.6%。", "87.6%", "implied", 643, 734),
    ("出庭应诉案件14件，出庭应诉率100%。", "100%", "implied", 14, 14),
    ("合格案卷285件，合格率95%。", "95%", "several", 285, (297, 301)),
    ("受理信访事项2927件，信访事项办结率99.99%。", "99.99%", "impossible", None, 2927),
    ("行政诉讼案件14件，败诉率17%。", "17%", "impossible", None, 14),
    ("接收热线工单2927件，办结2841件，办结率96.06%。", "96.06%", "impossible", 2841, 2927),
    ("受理行政复议案件148件，审结131件，直接纠错27件，纠错率18.2%。", "18.2%", "other", 27, 148),
    ("行政执法人员持证率98.5%。", "98.5%", "not_given", None, None),
    ("群众满意率95%以上。", "95%以上", "not_given", None, None),
    ("全县12345热线、信访、调解案件办结率均为100%，其中办结信访件20件。", "100%", "not_given", None, None),
]


@pytest.mark.parametrize(("text", "rate", "base", "part", "whole"), CASES, ids=[case[0] for case in CASES])
def test_the_base_of_a_rate(text: str, rate: str, base: str, part: object, whole: object) -> None:
    (row,) = (row for _, row in fz.rates(read_text(HEAD + text)).iterrows() if row["text"] == rate)
    low, high = whole if isinstance(whole, tuple) else (whole, whole)
    assert row["base"] == base
    assert [None if value != value else value for value in row[["numerator", "denominator_lower"]]] == [part, low]
    assert (None if row["denominator_upper"] != row["denominator_upper"] else row["denominator_upper"]) == high


def test_a_rate_that_nothing_beside_it_gives_says_the_smallest_base() -> None:
    table = fz.rates(read_text(HEAD + "受理信访事项2927件，信访事项办结率99.99%。全县满意率100%。"))
    assert table["smallest"].fillna(0).tolist() == [6667, 0]  # any base gives 100 %


def test_all_of_all_is_exactly_100_percent() -> None:
    table = fz.rates(read_text(HEAD + "办理行政应诉案件14件，负责人出庭应诉14件，出庭应诉率100%。"))
    assert table["computed"].tolist() == [100.0]


def test_the_other_base_is_reported_with_both_counts() -> None:
    text = HEAD + "受理行政复议案件148件，审结131件，直接纠错27件，纠错率18.2%。"
    row = fz.rates(read_text(text)).iloc[0]
    assert (row["denominator"], row["other_denominator"], round(row["computed"], 1)) == (148, 131, 18.2)
    (found,) = fz.audit(read_text(text), rules=["ratio"])
    assert found.severity == "note"
    assert "148件" in found.message_zh
    assert "131件" in found.message_zh


def test_a_rate_that_no_usual_base_gives_stays_a_doubt() -> None:
    text = HEAD + "受理行政复议案件148件，审结131件，直接纠错27件，纠错率31.4%。"
    assert fz.rates(read_text(text))["base"].tolist() == ["impossible"]
    assert [item.severity for item in fz.audit(read_text(text), rules=["ratio"])] == ["warning"]


def test_rates_of_a_stored_report_name_their_rows() -> None:
    table = fz.rates("159928-2024")
    assert tuple(table.columns) == COLUMNS
    assert set(table["base"]) <= set(BASES)
    known = set(fz.load_metrics(regions=["159928"], years=[2024])["row_id"])
    named = {row for cell in table["denominator_row"] for row in cell.split(";") if row}
    assert named
    assert {*table["row"], *named} <= known
    assert (table["start"].notna() & (table["start"] < table["end"])).all()


def test_rates_without_the_text_rest_on_the_catalogue() -> None:
    table = fz.rates("150623-2023")
    assert "printed" in set(table["base"])


def test_a_report_without_rates_gives_an_empty_table(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(HEAD + "办理案件3件。", encoding="utf-8")
    table = fz.rates(file)
    assert table.empty
    assert tuple(table.columns) == COLUMNS


def test_an_unknown_report_is_an_error() -> None:
    with pytest.raises(UnknownNameError):
        fz.rates("990199-2024")
