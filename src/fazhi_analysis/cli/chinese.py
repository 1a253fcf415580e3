"""The words that click itself says, in Chinese like the rest of the command line.

click looks its words up with gettext, whose catalogues follow the language of the system; the command line of this
package is in Chinese wherever it runs, so the look-up is replaced in click's modules.
"""

from __future__ import annotations

import gettext
import sys
import unicodedata
from typing import Final

import click

WORDS: Final = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s，版本 %(version)s",
    "default: {default}": "默认：{default}",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "说明见 {command} {option}。",
    "Aborted!": "已中止。",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少{param_type}",
    "No such command {name!r}.": "没有命令 {name}。",
    "No such option {name!r}.": "没有选项 {name}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Could not open file {filename!r}: {message}": "文件 {filename} 打不开：{message}",
    "Got unexpected extra argument ({args})": "多了参数：{args}",
    "Got unexpected extra arguments ({args})": "多了参数：{args}",
    "Option {name!r} does not take a value.": "选项 {name} 不带值。",
    "Option {name!r} requires an argument.": "选项 {name} 要带一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 要带 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要 {nargs} 个值。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not {choice}.": "{value} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value} 不是其中之一：{choices}。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{value!r} is not a valid {number_type}.": "{value} 不是{number_type}。",
    "{name} {filename!r} is a file.": "{name} {filename} 是文件。",
    "{name} {filename!r} is a directory.": "{name} {filename} 是文件夹。",
    "{name} {filename!r} is not readable.": "{name} {filename} 不能读。",
    "{name} {filename!r} is not writable.": "{name} {filename} 不能写。",
    "{name} {filename!r} does not exist.": "{name} {filename} 不存在。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "Could not determine name for option with declarations {decls!r}": "选项没有名称：{decls}",
}

KINDS: Final = {"text": "文字", "integer": "整数", "float": "数", "directory": "文件夹", "file": "文件", "path": "路径"}
"""What a value is, in usage lines and in messages, by click's name for it."""


def translated(text: str) -> str:
    """A word of click's in Chinese, or as it is where there is none.

    >>> translated("Options"), translated("no such word")
    ('选项', 'no such word')
    """
    return WORDS.get(text, text)


def _counted(one: str, many: str, n: int) -> str:
    return translated(one if n == 1 else many)


def speak_chinese(program: click.Group) -> None:
    """Let click say its own words in Chinese, for this program and all its commands."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            if getattr(module, "_", None) is gettext.gettext:
                setattr(module, "_", translated)  # noqa: B010 - click's own name for gettext
            if hasattr(module, "term_len"):
                setattr(module, "term_len", width)  # noqa: B010
            if getattr(module, "ngettext", None) is gettext.ngettext:
                setattr(module, "ngettext", _counted)  # noqa: B010
    setattr(click.MissingParameter, "format_message", _missing)  # noqa: B010 - its full stop is not looked up
    program.subcommand_metavar = "命令 [参数]..."
    program.context_class = _Context
    for command in (program, *program.commands.values()):
        command.options_metavar = "[选项]"
        command.context_class = _Context
        for param in command.params:
            _describe(param)


_said_of_missing = click.MissingParameter.format_message


def _missing(error: click.MissingParameter) -> str:
    """What click says of a missing value; it puts a full stop of its own between the two halves."""
    hint, _, rest = _said_of_missing(error).partition(". ")
    return f"{hint.rstrip('.')}。{rest}"


class _Formatter(click.HelpFormatter):
    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


class _Context(click.Context):
    formatter_class = _Formatter


def width(text: str) -> int:
    """Columns that a text takes in a terminal.

    >>> width("选项 a")
    6
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in click.unstyle(text))


def _describe(param: click.Parameter) -> None:
    if isinstance(param, click.Option):
        param.help = translated(param.help or "")
        if param.required:
            param.help += "必填。"
            # The mark in brackets is the one word that click does not look up.
            param.show_default = False
            setattr(param, "get_help_extra", lambda _: {})  # noqa: B010 - the hook that click has for this
    kind = param.type.name.removesuffix(" range")
    if kind in KINDS:
        param.type.name = KINDS[kind]
