"""Errors: one line, in the language of the reader, whole after another process."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path

import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

import fazhi_analysis as fz
from fazhi_analysis import errors
from fazhi_analysis.errors import DamagedFileError, FazhiError, RunError, UnknownNameError
from fazhi_analysis.messages import Message
from fazhi_analysis.running.executing import failures

SRC = Path(fz.__file__).parent
CHINESE = re.compile(r"[㐀-鿿]")


def test_an_error_is_one_line_in_either_language() -> None:
    place = Message("dataset.file_line", file="a.csv", line=3)
    error = UnknownNameError(place, "choice.year.unknown", years=[2021, 2022])
    assert str(error) == "a.csv 第 3 行：数据中没有这个年份。现有年份：2021、2022。 [unknown-name]"
    error.lang = "en"
    assert str(error) == "a.csv line 3: That year is not in the data. Available years: 2021, 2022. [unknown-name]"
    assert (error.place, error.problem, error.remedy) == (
        "a.csv line 3",
        "That year is not in the data",
        "Available years: 2021, 2022",
    )


def test_what_a_key_does_not_say_is_reported_by_the_code() -> None:
    error = DamagedFileError("a.pdf", "reading.pdf.broken")
    assert str(error) == "a.pdf：PDF 结构残缺，无法打开。请取得完整、未加密的文件后再试。 [damaged-file]"


def test_a_text_that_is_no_key_is_shown_as_it_stands() -> None:
    assert str(FazhiError("plugin", "What another package says")) == "plugin：What another package says。 [error]"


def test_a_place_that_breaks_lines_stays_on_one() -> None:
    assert str(FazhiError("a\n b")) == "a b：出错。 [error]"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_error_survives_another_process(lang: str) -> None:
    places = [Message("common.place_and_code", place="霁原旗", code="159928")]
    error = UnknownNameError(Message("common.list", items=[1, 2]), "choice.place.ambiguous", places=places)
    error.lang = lang
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is UnknownNameError
    assert str(again) == str(error)
    assert (again.where, again.what, again.fields, again.lang) == (error.where, error.what, error.fields, lang)


def test_python_answers_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    from fazhi_analysis.presenting.workbook.book import write_workbook

    for lang, text in (("en", "There is no such place|No place matches"), ("zh", "没有这个地方|没有符合的地方")):
        for ask in (
            lambda lang=lang: fz.open_page("year_over_year", region="Nowhere", year=2023, lang=lang),
            lambda lang=lang: fz.narrate("Nowhere", 2023, lang=lang),
            lambda lang=lang: fz.run_report(region="Nowhere", year=2023, lang=lang, out=tmp_path),
            lambda lang=lang: write_workbook(tmp_path / "a.xlsx", "Nowhere", 2023, None, None, lang),
            lambda lang=lang: fz.ingest([], data=tmp_path, region="Nowhere县", lang=lang),
            lambda lang=lang: fz.run_batch(regions=["Nowhere"], lang=lang, out=tmp_path),
        ):
            with pytest.raises(UnknownNameError, match=text):
                ask()


@pytest.mark.parametrize(
    ("cause", "seconds", "expected"),
    [
        (
            DeadKernelError("Kernel died"),
            None,
            "Cell 3: the process ended unexpectedly, mostly for lack of memory or because of a crash",
        ),
        (
            CellTimeoutError(""),
            20.0,
            "Cell 3: stopped, because the notebook ran longer than 20 seconds",
        ),
    ],
)
def test_what_stopped_a_notebook_has_english_words(cause: Exception, seconds: float | None, expected: str) -> None:
    error = RunError("x", "running.stopped.in_cell", cell=3, what=failures.reason(cause, None, seconds))
    error.lang = "en"
    assert error.problem == expected


def test_no_module_raises_words_of_its_own() -> None:
    """What is raised has a key: the words are in ``messages/``, in both languages."""
    names = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, FazhiError)}
    found = []
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            made = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names
            if made or isinstance(node, ast.Raise):
                texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                found += [
                    f"{path.relative_to(SRC)}:{node.lineno} {text}"
                    for text in texts
                    if isinstance(text, str) and CHINESE.search(text)
                ]
    assert found == []


def test_an_error_can_be_sent_whatever_another_error_in_it_holds() -> None:
    held = ValueError("odd character")
    held.source = lambda: None  # type: ignore[attr-defined]
    error = errors.DataError("a.xlsx", "presenting.workbook.cannot_write", reason=held)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert "odd character" in str(error)
