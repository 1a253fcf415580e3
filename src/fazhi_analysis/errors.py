"""Errors: one base, each saying what was wrong, where, and what to do about it.

Every error carries a stable ``code`` (documented in docs/), the ``place`` (a file, a row, an option) and the key of a
message with its fields. The wording is not here: it stands in both languages in ``messages/errors/<topic>.yaml``,
as ``<key>.problem`` and, where there is something to do, ``<key>.remedy``; what a key has no words for comes from the
code (``messages/errors/error_kind.yaml``). ``str(error)`` is one line, because the command line prints exactly that
line; it is Chinese until ``lang`` is set to ``en``. Errors survive pickling, since batches run in other processes.

>>> error = EmptyFileError("a.txt")
>>> print(error)
a.txt：文件是空的。请重新下载或导出后再试。 [empty-file]
>>> error.lang = "en"
>>> print(error)
a.txt: The file is empty. Download or export it again. [empty-file]
"""

from __future__ import annotations

import contextlib
import inspect
import warnings
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from fazhi_analysis.messages import Message

P = ParamSpec("P")
R = TypeVar("R")


class FazhiError(Exception):
    """Base of every error that the package raises on purpose.

    Parameters
    ----------
    place:
        File, row, option or object that the error is about: text, a path, or a :class:`Message`.
    key:
        Key of what is wrong and of what to do about it; by default the class's own. A text that is no key (of another
        package, say) is shown as it stands, in both languages.
    fields:
        What the texts of that key ask for; see :class:`~fazhi_analysis.messages.Message`.
    """

    code = "error"
    lang = "zh"

    def __init__(self, place: object = "", key: str = "", /, **fields: Any) -> None:
        super().__init__(place, key)
        self.key = key
        # Of another package's error only its words: it may hold what no other process can be sent.
        self.fields = {name: str(it) if isinstance(it, BaseException) else it for name, it in fields.items()}
        self.where = place if isinstance(place, Message) else str(place)
        """The place, in no language yet."""

    @property
    def place(self) -> str:
        """File, row, option or object that the error is about."""
        return self.where.text(self.lang) if isinstance(self.where, Message) else self.where

    @property
    def problem(self) -> str:
        """What is wrong, one clause."""
        return self.what.text(self.lang)

    @property
    def remedy(self) -> str:
        """What the reader can do; may be empty."""
        choices = (Message(f"{key}.remedy", **self.fields) for key in (self.key, f"error_kind.{self.code}"))
        return next((message.text(self.lang) for message in choices if message.is_known), "")

    @property
    def what(self) -> Message:
        """The problem in no language yet; a key that has no text is shown as it stands."""
        message = Message(f"{self.key or f'error_kind.{self.code}'}.problem", **self.fields)
        return message if message.is_known else Message(self.key)

    def __str__(self) -> str:
        stop, colon, space = (".", ": ", " ") if self.lang == "en" else ("。", "：", "")
        clauses = [f"{clause.rstrip(stop)}{stop}" for clause in (self.problem, self.remedy) if clause]
        place = f"{self.place}{colon}" if self.place else ""
        return " ".join(f"{place}{space.join(clauses)} [{self.code}]".split())

    def __reduce__(self) -> tuple[Callable[..., FazhiError], tuple[Any, ...]]:
        return _remade, (type(self), self.where, self.key, self.fields, self.lang)


def _remade(cls: type[FazhiError], place: object, key: str, fields: dict[str, Any], lang: str) -> FazhiError:
    error = cls(place, key, **fields)
    error.lang = lang
    return error


def in_its_language(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function that takes ``lang`` raise its errors in that language.

    >>> @in_its_language
    ... def look(path, lang="zh"):
    ...     raise EmptyFileError(path)
    >>> look("a.txt", lang="en")
    Traceback (most recent call last):
    fazhi_analysis.errors.EmptyFileError: a.txt: The file is empty. Download or export it again. [empty-file]
    """
    signature = inspect.signature(function)

    @wraps(function)
    def raising(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FazhiError as error:
            # Bound here and not before: a wrong call must fail as it always does.
            if {**signature.bind(*args, **kwargs).arguments, **kwargs}.get("lang") == "en":
                error.lang = "en"
            raise

    return raising


class UsageError(FazhiError):
    """What was asked for is not available (unknown place, year, rule, parameter); the remedy lists what exists."""

    code = "usage"


class UnknownNameError(UsageError):
    """A place, year, indicator, rule or parameter that does not exist, or a name that fits several."""

    code = "unknown-name"


class ReadError(FazhiError):
    """A document could not be read."""

    code = "read"


class EmptyFileError(ReadError):
    code = "empty-file"


class EncodingError(ReadError):
    code = "encoding"


class UnsupportedFormatError(ReadError):
    code = "unsupported-format"


class DamagedFileError(ReadError):
    """Truncated, encrypted, a zip bomb, or otherwise not what its name says."""

    code = "damaged-file"


class MissingExtraError(ReadError):
    """An optional dependency is needed; the remedy names the extra to install."""

    code = "missing-extra"


class NotAReportError(ReadError):
    code = "not-a-report"


class DataError(FazhiError):
    """Stored data breaks its schema; the place names file and row."""

    code = "data"


class CatalogueError(DataError):
    """A catalogue breaks its rules; the problem lists every breach at once."""

    code = "catalogue"


class BrokenReportWarning(UserWarning):
    """A stored report or ledger that cannot be read is left out; its message says which, why, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def text(self, lang: str) -> str:
        """One line in a language."""
        for value in self.message.fields.values():
            if isinstance(value, FazhiError):
                value.lang = lang
        return self.message.text(lang)

    def __str__(self) -> str:
        return self.text("zh")


@contextlib.contextmanager
def telling_of_broken_reports(tell: Callable[[BrokenReportWarning], object]) -> Iterator[None]:
    """Hand every :class:`BrokenReportWarning` to ``tell``; other warnings are shown as usual."""
    usual = warnings.showwarning

    def show(message: Warning | str, *arguments: Any, **options: Any) -> None:
        if isinstance(message, BrokenReportWarning):
            tell(message)
        else:
            usual(message, *arguments, **options)

    with warnings.catch_warnings():
        warnings.simplefilter("default", BrokenReportWarning)
        warnings.showwarning = show
        yield


class LedgerError(DataError):
    """A recorded correction whose expectation no longer holds, or which names a row that is not there."""

    code = "ledger"


class RunError(FazhiError):
    """A notebook failed; the place is the executed notebook, which is kept."""

    code = "run"


class PluginError(FazhiError):
    """A part that another installed package adds does not work; the place names the package and its module."""

    code = "plugin"
