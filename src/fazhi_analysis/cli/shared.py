"""What the commands share: where they write, how errors end them, the options that several take."""

from __future__ import annotations

import functools
import json
import math
import re
from pathlib import Path
from typing import Any

import click

from fazhi_analysis._paths import settle_environment
from fazhi_analysis.cli import chinese
from fazhi_analysis.cli.chinese import option
from fazhi_analysis.errors import FazhiError, UsageError, telling_of_broken_reports
from fazhi_analysis.messages import LANGUAGES, Message

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
OWN_PROCESS = object()
"""Context object of a command line that has its process to itself (see ``running.forked.warm.claim``)."""
_LANG = "fazhi.lang"
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys instead of showing it: a document or a file name may hold it."""


def say(text: object = "") -> None:
    """One line for a person, on standard error; a message in the language that was asked for."""
    words = text.text(language()).rstrip() if isinstance(text, Message) else str(text)
    click.echo(_UNSAFE.sub("\ufffd", words).encode("utf-8", "replace").decode("utf-8"), err=True)


def language() -> str:
    """The language that the command was asked for, ``zh`` or ``en``."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(_LANG, "zh")) if context else "zh"


def _plain(value: Any) -> Any:
    """JSON has no infinity: an open end is null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def print_json(value: Any) -> None:
    """A result for a program, on standard output."""
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2, default=str, allow_nan=False))


class Group(chinese.Group):
    """Turns the package's errors into one line on stderr and the exit status that belongs to them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; wrong usage ends with 2, work that failed with 1."""
        settle_environment()
        try:
            with telling_of_broken_reports(lambda warning: say(warning.text(language()))):
                return super().invoke(ctx)
        except FazhiError as error:
            error.lang = language()
            say(Message("cli.error", error=str(error)))
            ctx.exit(2 if isinstance(error, UsageError) else 1)
        except BrokenPipeError:
            raise  # whoever read our output has gone; click knows what to do
        except OSError as error:
            reason = error.strerror or type(error).__name__
            say(Message("cli.system", file=_what(error), reason=reason))
            ctx.exit(1)


def _what(error: OSError) -> str | Message:
    """What could not be read or written; of a working folder that is gone, and of some full disks, no name is known."""
    if error.filename:
        return str(error.filename)
    try:
        Path.cwd()
    except OSError:
        return Message("cli.working_folder")
    return Message("cli.some_file")


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\n示例：\n" + "\n".join(f"  {line}" for line in lines)


class DataFolder(click.Path):
    """A folder of stored reports; where it is missing, the message gives an example."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """What to write where the option is required and missing."""
        return "请写明存放报告的文件夹，如 --data 我的数据（没有时，ingest 会新建）"


data_option = option("--data", type=click.Path(path_type=Path, file_okay=False), help="数据文件夹；默认用随包数据。")
json_option = option("--json", "as_json", is_flag=True, help="把机器可读的结果写到标准输出。")


def _note_language(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Messages and errors are in the language of what was asked for."""
    ctx.meta[_LANG] = value if value in LANGUAGES else "zh"
    return value


_in_language = functools.partial(
    option,
    "--lang",
    default="zh",
    show_default=True,
    callback=_note_language,
    is_eager=True,
)
lang_option = _in_language(type=click.Choice(LANGUAGES), help="页面和提示的语言。")
langs_option = _in_language(
    type=click.Choice([*LANGUAGES, "both"]), help="页面和提示的语言；both 一次生成中英文两种网页，互相链接。"
)
lab_lang_option = _in_language(
    type=click.Choice(LANGUAGES), help="提示和 JupyterLab 菜单的语言；没有写的，菜单随系统的语言。"
)
messages_lang_option = _in_language(type=click.Choice(LANGUAGES), help="提示的语言。", expose_value=False)


def given_options(command: Any) -> Any:
    """``--region``, ``--code`` and ``--year``: what the user says of a document."""
    for one in (
        option("--year", type=int, help="报告年度（文件里没有写明或写错时）。"),
        option("--code", help="行政区划代码（与 --region 二选一）。"),
        option("--region", help="地方或机关名称（文件里没有写明或写错时）。"),
    ):
        command = one(command)
    return command


def check_given(region: str | None, code: str | None) -> None:
    """Raise UsageError where a place is given twice."""
    if region and code:
        raise UsageError("--region/--code", "cli.given.region_and_code")


out_option = option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="输出文件夹。",
)
