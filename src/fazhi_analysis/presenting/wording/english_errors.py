"""Errors in the language that was asked for: the one place of their English words is ``texts/errors_en.yaml``.

Errors are raised in Chinese, wherever they arise; where a page, a workbook or a command is wanted in English they are
put into English on the way out.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache, wraps
from importlib import resources
from typing import Any, ParamSpec, TypeVar

from fazhi_analysis.errors import ASK_FOR_DATA, FazhiError

P = ParamSpec("P")
R = TypeVar("R")
_HOLE = re.compile(r"\\\{(\w+)\\\}")
_CHINESE = re.compile(r"[㐀-鿿]")
_MORE = re.compile(r"(?P<listed>.*?) ?等 (?P<n>\d+) (?:个地方|份)")


@cache
def english_texts() -> dict[str, Any]:
    """Meanings by code, clauses by their Chinese wording, and how a long list ends."""
    import yaml

    text = resources.files(__package__).joinpath("texts", "errors_en.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _clauses() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(_HOLE.sub(r"(?P<\1>.+)", re.escape(zh)), re.DOTALL), en)
        for zh, en in english_texts()["clauses"].items()
    ]


def clause_in_english(text: str) -> str | None:
    """English of a problem or a remedy, or None where it has no English wording.

    >>> clause_in_english("有的年份：2021、2022"), clause_in_english("没有这种说法")
    ('Years: 2021, 2022', None)
    >>> clause_in_english("有的地方：甲县、乙县 等 92 个地方")
    'Places: 甲县, 乙县 and others, 92 in all'
    """
    if not text:
        return ""
    if text.startswith(ASK_FOR_DATA):
        parts = [clause_in_english(part) for part in (ASK_FOR_DATA.rstrip("。"), text.removeprefix(ASK_FOR_DATA))]
        return None if None in parts else ". ".join(part for part in parts if part)
    for pattern, en in _clauses():
        found = pattern.fullmatch(text.rstrip("。"))
        if found:
            return en.format(**{name: _listed(value) for name, value in found.groupdict().items()})
    return None if _CHINESE.search(text) else text


def _listed(text: str) -> str:
    more = _MORE.fullmatch(text)
    if more:
        return str(english_texts()["list_end"]).format(listed=_listed(more["listed"]), n=more["n"])
    return ", ".join(text.split("、"))


def in_english(error: FazhiError) -> FazhiError:
    """The same error told in English; one that has no English wording is told by its code, Chinese words behind.

    >>> from fazhi_analysis.errors import UnknownNameError
    >>> print(in_english(UnknownNameError("year=1990", "数据里没有甲县这一年的报告", "有的年份：2021、2022")))
    year=1990: The data have no report of 甲县 for that year. Years: 2021, 2022. [unknown-name]
    >>> print(in_english(UnknownNameError("x", "没有这种说法", "请改")).problem.partition(", or ")[2])
    a name that fits several (没有这种说法；请改)
    """
    if error.lang == "en":
        return error
    problem, remedy = clause_in_english(error.problem), clause_in_english(error.remedy)
    if problem is None or remedy is None:
        own = (type(error).problem, type(error).remedy) == (error.problem, error.remedy)
        said = "；".join(part for part in (error.problem, error.remedy) if part)
        meaning = str(english_texts()["codes"][error.code]).rstrip(".")
        problem, remedy = meaning if own else f"{meaning} ({said})", ""
    told = type(error)(error.place.replace("：", ": "), problem, remedy)
    told.lang = "en"
    return told


def in_its_language(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function that takes ``lang`` raise its errors in that language.

    >>> from fazhi_analysis.errors import EmptyFileError
    >>> @in_its_language
    ... def look(path, lang="zh"):
    ...     raise EmptyFileError(path)
    >>> look("a.txt", lang="en")
    Traceback (most recent call last):
    fazhi_analysis.errors.EmptyFileError: a.txt: The file is empty. Download or export it again. [empty-file]
    """
    signature = inspect.signature(function)

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FazhiError as error:
            # Bound here and not before: a wrong call must fail as it always does.
            if signature.bind(*args, **kwargs).arguments.get("lang") != "en" or error.lang == "en":
                raise
            raise in_english(error).with_traceback(error.__traceback__) from error.__cause__

    return told
