"""click's words in Chinese: the compiled catalogue is that of the source, and the system's language comes back."""

from __future__ import annotations

import gettext
import os
import re
from pathlib import Path

import click
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from fazhi_analysis.cli.chinese import DOMAIN, LOCALE, command, width

FOLDER = LOCALE / "zh" / "LC_MESSAGES"


def texts(extension: str) -> dict[object, object]:
    with (FOLDER / f"{DOMAIN}.{extension}").open("rb") as stream:
        found = read_po(stream) if extension == "po" else read_mo(stream)
        return {_one_or_both(message.id): _one_or_both(message.string) for message in found if message.id}


def _one_or_both(text: object) -> object:
    """A text, or its forms for one and for many."""
    return tuple(text) if isinstance(text, list | tuple) else text


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    # Made by: pybabel compile -d src/fazhi_analysis/cli/locale -D fazhi
    assert texts("mo") == texts("po")
    assert len(texts("po")) > 30


def test_click_has_every_text_that_is_translated() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    source = re.sub(r'"\s+"', "", source).replace("\\n", "\n").replace("\\t", "\t")
    kinds = {"text", "integer", "float"}  # names of kinds of values are not looked up by click itself
    for entry in texts("po"):
        for text in entry if isinstance(entry, tuple) else (entry,):
            assert text in kinds or f'"{text}"' in source, text


@pytest.mark.parametrize("system", ["en_GB:en", None])
def test_a_command_works_in_the_language_of_the_system(system: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    if system:
        monkeypatch.setenv("LANGUAGE", system)
    seen = []

    @command()
    def look() -> None:
        seen.append((os.environ.get("LANGUAGE"), gettext.textdomain()))

    before = gettext.textdomain()
    answer = CliRunner().invoke(look, ["--help"])
    assert "选项：" in answer.output
    CliRunner().invoke(look, [])
    assert seen == [(system, before)]
    assert os.environ.get("LANGUAGE") == system


def test_columns_of_chinese_text_are_counted_twice_as_wide() -> None:
    @command()
    @click.option("--one", help="甲" * 90)
    def look() -> None: ...

    lines = CliRunner().invoke(look, ["--help"], terminal_width=60).output.splitlines()
    assert max(map(width, lines)) <= 60
    assert sum(line.count("甲") for line in lines) == 90
