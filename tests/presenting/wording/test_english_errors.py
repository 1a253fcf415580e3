"""Errors in the language that was asked for, and the one place of their English words."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

import fazhi_analysis as fz
from fazhi_analysis.errors import FazhiError, UnknownNameError
from fazhi_analysis.presenting.wording.english_errors import clause_in_english, english_texts, in_english
from fazhi_analysis.running import failures


def test_every_code_has_an_english_meaning() -> None:
    def all_of(kind: type[FazhiError]) -> set[str]:
        return {kind.code}.union(*(all_of(one) for one in kind.__subclasses__()))

    assert set(english_texts()["codes"]) == all_of(FazhiError)


def test_an_english_error_survives_another_process() -> None:
    told = in_english(UnknownNameError("year=1990", "数据里没有这一年", "数据里有：2021、2022"))
    again = pickle.loads(pickle.dumps(told))
    assert str(again) == "year=1990: The data do not have that year. The data have: 2021, 2022. [unknown-name]"
    assert in_english(again) is again


def test_python_answers_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    from fazhi_analysis.presenting.workbook.book import write_workbook

    for lang, said in (("en", "There is no such place in the bundled data"), ("zh", "随包数据里没有这个地方")):
        for ask in (
            lambda lang=lang: fz.open_page("year_over_year", region="Nowhere", year=2023, lang=lang),
            lambda lang=lang: fz.narrate("Nowhere", 2023, lang=lang),
            lambda lang=lang: fz.run_report(region="Nowhere", year=2023, lang=lang, out=tmp_path),
            lambda lang=lang: write_workbook(tmp_path / "a.xlsx", "Nowhere", 2023, None, None, lang),
        ):
            with pytest.raises(UnknownNameError, match=said):
                ask()


@pytest.mark.parametrize(
    ("error", "seconds", "expected"),
    [
        (
            DeadKernelError("Kernel died"),
            None,
            "The process died in cell 3; mostly memory ran out or a program crashed",
        ),
        (CellTimeoutError(""), 20.0, "Stopped in cell 3: the notebook ran longer than 20 seconds"),
    ],
)
def test_what_stopped_a_notebook_has_english_words(error: Exception, seconds: float | None, expected: str) -> None:
    assert clause_in_english(f"第 3 个单元格{failures.said(error, None, seconds)}") == expected
