"""Errors: one base, each saying what was wrong, where, and what to do about it.

Every error carries a stable ``code`` (documented in docs/), the ``place`` (a file, a row, an option) and a ``remedy``.
``str(error)`` is one line, because the command line prints exactly that line; it is Chinese unless the error was put
into English (``lang``, see :mod:`fazhi_analysis.presenting.wording.english_errors`). Errors survive pickling, since
batches run in other processes.

>>> print(EmptyFileError("a.txt"))
a.txt：文件是空的。请重新下载或导出后再试。 [empty-file]
"""

from __future__ import annotations

from typing import Final

ASK_FOR_DATA: Final = "查的是随包数据；查自己存入的报告，请加 --data 数据文件夹（Python 里是 data=…）。"
"""The first half of a remedy where only the bundled data were looked through."""


class FazhiError(Exception):
    """Base of every error that the package raises on purpose.

    Parameters
    ----------
    place:
        File, row, option or object that the error is about.
    problem:
        What is wrong, one clause. Defaults to the class's own wording.
    remedy:
        What the reader can do. Defaults to the class's own wording.
    """

    code = "error"
    problem = "出错"
    remedy = ""
    lang = "zh"

    def __init__(self, place: object = "", problem: str | None = None, remedy: str | None = None) -> None:
        self.place = str(place)
        self.problem = type(self).problem if problem is None else problem
        self.remedy = type(self).remedy if remedy is None else remedy
        super().__init__(self.place, self.problem, self.remedy)

    def __str__(self) -> str:
        if self.lang == "en":
            said = [self.problem.rstrip("."), *([self.remedy.rstrip(".")] if self.remedy else [])]
            place = f"{self.place}: " if self.place else ""
            return " ".join(f"{place}{'. '.join(said)}. [{self.code}]".split())
        place = f"{self.place}：" if self.place else ""
        remedy = f"{self.remedy.rstrip('。')}。" if self.remedy else ""
        return " ".join(f"{place}{self.problem.rstrip('。')}。{remedy} [{self.code}]".split())

    def __reduce__(self) -> tuple[type[FazhiError], tuple[str, str, str], dict[str, str]]:
        return type(self), (self.place, self.problem, self.remedy), {"lang": self.lang}


class UsageError(FazhiError):
    """What was asked for cannot be had (unknown place, year, rule, parameter); the remedy lists what exists."""

    code = "usage"
    problem = "用法不对"


class UnknownNameError(UsageError):
    """A place, year, indicator, rule or parameter that does not exist, or a name that fits several."""

    code = "unknown-name"
    problem = "没有这一项"


class ReadError(FazhiError):
    """A document could not be read."""

    code = "read"
    problem = "无法读取"


class EmptyFileError(ReadError):
    code = "empty-file"
    problem = "文件是空的"
    remedy = "请重新下载或导出后再试"


class EncodingError(ReadError):
    code = "encoding"
    problem = "文字编码无法识别，或者内容不是文本"
    remedy = "请用 UTF-8 或 GB18030 另存后再试"


class UnsupportedFormatError(ReadError):
    code = "unsupported-format"
    problem = "不支持这种文件格式"
    remedy = "请另存为 PDF、DOCX、HTML 或 TXT 后再试"


class DamagedFileError(ReadError):
    """Truncated, encrypted, a zip bomb, or otherwise not what its name says."""

    code = "damaged-file"
    problem = "文件已损坏、不完整或被加密"
    remedy = "请取得完整、未加密的文件后再试"


class MissingExtraError(ReadError):
    """An optional dependency is needed; the remedy names the extra to install."""

    code = "missing-extra"
    problem = "缺少可选组件"


class NotAReportError(ReadError):
    code = "not-a-report"
    problem = "没有认出标题、机关，也没有任何指标，不像一份法治政府建设年度报告"
    remedy = "请检查文件；确是报告的，用 --region 和 --year 指明地方与年份"


class DataError(FazhiError):
    """Stored data breaks its schema; the place names file and row."""

    code = "data"
    problem = "数据不合规格"


class CatalogueError(DataError):
    """A catalogue breaks its rules; the problem lists every breach at once."""

    code = "catalogue"
    problem = "指标目录有误"


class LedgerError(DataError):
    """A recorded correction whose expectation no longer holds, or which names a row that is not there."""

    code = "ledger"
    problem = "更正台账与数据不符"


class RunError(FazhiError):
    """A notebook failed; the place is the executed notebook, which is kept."""

    code = "run"
    problem = "笔记本执行失败"
