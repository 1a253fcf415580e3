"""Errors in the language that was asked for: the one place of their English words is ``texts/errors_en.yaml``.

Errors are raised in Chinese, wherever they arise; where a page, a workbook or a command is wanted in English they are
put into English on the way out.
"""

from __future__ import annotations

import pickle
import re
from functools import cache
from importlib import resources
from typing import Any

from fazhi_analysis.errors import FazhiError
from fazhi_analysis.messages import Message

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
    if not error.key or Message(f"{error.key}.problem").is_known:
        told: FazhiError = pickle.loads(pickle.dumps(error))
        told.lang = "en"
        return told
    problem, remedy = clause_in_english(error.problem), clause_in_english(error.remedy)
    if problem is None or remedy is None:
        said = "；".join(part for part in (error.problem, error.remedy) if part)
        meaning = str(english_texts()["codes"][error.code]).rstrip(".")
        problem, remedy = f"{meaning} ({said})", ""
    told = type(error)(error.place.replace("：", ": "), problem, remedy)
    told.lang = "en"
    return told
