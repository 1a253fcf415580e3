"""Every text stands in both languages, with the same fields; every message is raised somewhere with those fields."""

from __future__ import annotations

import ast
import dataclasses
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import fazhi_analysis
from fazhi_analysis import errors
from fazhi_analysis.analysis.claims.checking import CLAIM_VERDICTS
from fazhi_analysis.analysis.comparing import reasons as comparison
from fazhi_analysis.analysis.comparing.significance import CERTAINTIES
from fazhi_analysis.analysis.following import reasons as follow_up
from fazhi_analysis.analysis.following.threads import STATES
from fazhi_analysis.analysis.peers.groups import LEVELS
from fazhi_analysis.messages import LANGUAGES, Texts
from fazhi_analysis.running.batch_plan import BatchJob

SRC = Path(fazhi_analysis.__file__).parent
CHINESE = re.compile(r"[㐀-鿿]")
MESSAGES = Texts("fazhi_analysis.messages")
FOLDERS = {
    "messages": MESSAGES,
    **{
        f"presenting/{name}": Texts(f"fazhi_analysis.presenting.{name}", "texts")
        for name in ("wording", "narrative", "workbook")
    },
}
every_folder = pytest.mark.parametrize("texts", FOLDERS.values(), ids=FOLDERS)
ERRORS = {name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, errors.FazhiError)}
WITH_EXAMPLES = {"choice.division.unknown.remedy", "presenting.explorer.not_a_figure.remedy"}
"""English texts that name a Chinese place, or a Chinese wording, as an example."""
PARTS = ("problem", "remedy")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def calls() -> list[tuple[str, ast.Call, str]]:
    """Every error and message that is made in ``src``: where, how, and the name that is called."""
    found = []
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in ERRORS | {"Message"}:
                found.append((f"{path.relative_to(SRC)}:{node.lineno}", node, node.func.id))
    return found


def keys_of(call: ast.Call, name: str) -> list[str]:
    """The keys that a call may take, where it names them."""
    place = 0 if name == "Message" else 1
    given = call.args[place] if len(call.args) > place else None
    choices = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
    return [str(item.value) for item in choices if isinstance(item, ast.Constant)]


def texts_of(key: str, name: str) -> Iterator[str]:
    wanted = [key] if name == "Message" else [f"{key}.{part}" for part in PARTS]
    return (MESSAGES[one]["zh"] for one in wanted if one in MESSAGES)


@every_folder
def test_both_languages_say_it_with_the_same_fields(texts: Texts) -> None:
    assert len(texts) > 100
    for key, text in texts.items():
        assert set(text) == set(LANGUAGES), key
        if text["zh"]:  # a remark that only one language needs
            counted = {name for _, name, spec, _ in string.Formatter().parse(text["en"]) if "|" in (spec or "")}
            assert fields(text["zh"]) | counted == fields(text["en"]), key


VOCABULARIES = {
    "comparison.verdict": comparison.VERDICTS,
    "comparison.reason": comparison.REASONS,
    "comparison.note": comparison.NOTES,
    "comparison.certainty": CERTAINTIES,
    "follow_up.verdict": follow_up.VERDICTS,
    "follow_up.wording": follow_up.WORDINGS,
    "follow_up.extent": follow_up.EXTENTS,
    "follow_up.reason": follow_up.REASONS,
    "follow_up.state": (*STATES, "listed"),
    "claim.verdict": CLAIM_VERDICTS,
    "choice.level.name": LEVELS,
    "running.job.meant": [field.name for field in dataclasses.fields(BatchJob)],
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_code_of_a_vocabulary_and_no_other_has_words(name: str) -> None:
    start = f"{name}."
    assert {key.removeprefix(start) for key in MESSAGES if key.startswith(start)} == set(VOCABULARIES[name]) - {""}


@every_folder
def test_each_text_is_in_its_language(texts: Texts) -> None:
    assert {key for key, text in texts.items() if CHINESE.search(text["en"])} <= WITH_EXAMPLES
    plain = {key: re.sub(r"\{.*?\}", "", text["zh"]) for key, text in texts.items()}
    foreign = {key for key, text in plain.items() if re.search(r"[A-Za-z]{2}", text) and not CHINESE.search(text)}
    assert foreign <= {"footer.version"}
    assert [key for key, text in plain.items() if re.search(r"[㐀-鿿][,;?!]|[㐀-鿿]\(", text)] == []


def test_every_key_that_is_named_has_a_text_and_gets_its_fields() -> None:
    for where, call, name in calls():
        given = {keyword.arg for keyword in call.keywords}
        for key in keys_of(call, name):
            texts = list(texts_of(key, name))
            assert texts, (where, key)
            assert None in given or set().union(*map(fields, texts)) <= given, (where, key)


def test_every_text_is_used() -> None:
    literals: set[str] = set()
    beginnings: set[str] = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    raised = {one.code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.FazhiError)}
    known = literals | {f"error_kind.{code}" for code in raised}
    beginnings |= {f"{name}." for name in VOCABULARIES if name in literals}
    made = tuple(beginning for beginning in beginnings if re.fullmatch(r"\w+\.[\w.]+\.", beginning))
    unused = [key for key in MESSAGES if not {key, key.rpartition(".")[0]} & known and not key.startswith(made)]
    assert unused == []


def test_every_code_says_what_it_means() -> None:
    assert [
        code for code in (vars(errors)[name].code for name in ERRORS) if f"error_kind.{code}.problem" not in MESSAGES
    ] == []


@pytest.mark.parametrize(
    "file", sorted(SRC.rglob("*/texts/*.yaml")) + sorted((SRC / "messages").glob("*.yaml")), ids=str
)
def test_no_key_is_written_twice(file: Path) -> None:
    def repeated(node: Any) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            yield from {name for name in names if names.count(name) > 1}
            for _, value in node.value:
                yield from repeated(value)

    assert list(repeated(yaml.compose(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("key", ["nothing", "nothing.here", "error_kind", "error_kind.nothing.problem", "../x.y"])
def test_a_key_without_text_is_not_there(key: str) -> None:
    assert key not in MESSAGES
    with pytest.raises(KeyError):
        MESSAGES[key]
