"""click in Chinese: its words from a catalogue of translations, and columns as wide as Chinese characters are.

click looks its words up with gettext, whose language is that of the system. The command line of this package is in
Chinese wherever it runs, so the language is set while click speaks, and is the system's again while a command works.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import gettext
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click

DOMAIN: Final = "fazhi"
LOCALE: Final = Path(__file__).parent / "locale"
_LANGUAGE: Final = "LANGUAGE"
_FILLER: Final = "\0"
"""Stands behind each wide character while click counts characters, and is taken out again."""


_System = tuple[str, str | None]
"""The domain of translations, and what the environment says of the language."""

gettext.bindtextdomain(DOMAIN, LOCALE)


@contextlib.contextmanager
def _speaking(domain: str = DOMAIN, language: str | None = "zh") -> Iterator[_System]:
    """Set the language, and hand out what it was before."""
    before = gettext.textdomain(), os.environ.get(_LANGUAGE)
    _speak(domain, language)
    try:
        yield before
    finally:
        _speak(*before)


def _speak(domain: str, language: str | None) -> None:
    gettext.textdomain(domain)
    os.environ.pop(_LANGUAGE, None)
    if language is not None:
        os.environ[_LANGUAGE] = language


def width(text: str) -> int:
    """Columns that a text takes in a terminal.

    >>> width("选项 a")
    6
    """
    return sum(2 if _is_wide(character) else 1 for character in click.unstyle(text))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _filled(text: str) -> str:
    return "".join(character + _FILLER if _is_wide(character) else character for character in text)


class Formatter(click.HelpFormatter):
    """Measures text in columns, and ends headings with a full-width colon."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, _filled(args), _filled(prefix or f"{gettext.gettext('Usage:')} "))

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        super().write_text(_filled(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Options or commands with what they mean."""
        super().write_dl([(_filled(term), _filled(text)) for term, text in rows], *args, **options)

    def getvalue(self) -> str:
        """The whole text."""
        return super().getvalue().replace(_FILLER, "")


class Context(click.Context):
    """Formats help with :class:`Formatter`."""

    formatter_class = Formatter


class Missing(click.MissingParameter):
    """A value that is missing; click puts a full stop of its own between the two halves of the sentence."""

    def format_message(self) -> str:
        """The sentence."""
        hint, _, rest = super().format_message().partition(". ")
        return f"{hint.rstrip('.')}。{rest}"


class _Parameter(click.Parameter):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.type = copy.copy(self.type)
        with _speaking():
            self.type.name = gettext.gettext(self.type.name.removesuffix(" range"))

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """The value as the command gets it."""
        try:
            return super().process_value(ctx, value)
        except click.MissingParameter:
            raise Missing(ctx=ctx, param=self) from None


class Option(_Parameter, click.Option):
    """An option whose kind of value is named in Chinese."""


class Argument(_Parameter, click.Argument):
    """An argument whose kind of value is named in Chinese."""


class Command(click.Command):
    """A command that speaks Chinese, and works in the language of the system."""

    context_class = Context
    system: _System | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **options})

    def main(self, *args: Any, **options: Any) -> Any:
        """Parse and run."""
        with _speaking() as self.system:
            return super().main(*args, **options)

    def get_help(self, ctx: click.Context) -> str:
        """The text of ``--help``."""
        with _speaking():
            return super().get_help(ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run."""
        system = getattr(ctx.find_root().command, "system", None)
        with _speaking(*system) if system else contextlib.nullcontext():
            return super().invoke(ctx)


class Group(Command, click.Group):
    """Commands of one program."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "命令 [参数]...", **options})

    def invoke(self, ctx: click.Context) -> Any:
        """Parse and run a command."""
        return click.Group.invoke(self, ctx)


command = functools.partial(click.command, cls=Command)
option = functools.partial(click.option, cls=Option)
argument = functools.partial(click.argument, cls=Argument)
