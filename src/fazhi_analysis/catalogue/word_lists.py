"""Words of reports by what they say, each list in one place: ``data/words/*.txt``, put together to patterns.

A file is a topic and has several lists. ``[name]`` opens a list, ``#`` a comment; entries stand apart by white space.
An entry is a wording in which the signs of regular expressions hold (``下一?步``, ``约(?!定)``), or ``<name>`` for all
entries of another list. A pattern names lists the same way: ``pattern("<rise verbs>了?[至到]")``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from fazhi_analysis.catalogue._strict_csv import DATA
from fazhi_analysis.errors import CatalogueError

_FOLDER: Final = DATA / "words"
_NAME: Final = re.compile(r"(?<!\?P)<([a-z][a-z ]*)>")
_ENTRY: Final = re.compile(r"(?:<[a-z][a-z ]*>|\S)+")
_LIST: Final = re.compile(r"\[([a-z][a-z ]*)\]")
# The first character of an entry behind its guards, where it is known and must be there: 局, (?<!大)厅, ^内,
# (?:教|科)委, [省市]级.
_FIRST: Final = re.compile(
    r"(?:\^|\(\?<[=!][^()]*\))*(?:(?P<one>[\u4e00-\u9fff])|\[(?P<any>[^^\[\]][^\[\]]*)\]"
    r"|\(\?:(?P<branches>(?:\|?[\u4e00-\u9fff](?![?*{])[^()|]*)+)\))(?![?*{])"
)
_GROUP: Final = re.compile(r"\([^()]*\)")
_BRANCH: Final = re.compile(r"(?:^|[(|]|\(\?(?:[:=!]|<[=!]|P<\w+>))$")  # what a branch of alternatives follows


@cache
def words(name: str) -> tuple[str, ...]:
    """Entries of a list, those of the lists that it names included, in their order.

    Raises CatalogueError for a list that no file has.

    >>> words("fall nouns"), "增长" in words("rise verbs")
    (('减幅', '降幅', '跌幅'), True)
    """
    lists = _lists()
    if name not in lists:
        raise CatalogueError(_FOLDER, "word_lists.unknown", name=name, lists=sorted(lists))
    found: list[str] = []
    for entry in lists[name]:
        inner = _NAME.fullmatch(entry)
        found += words(inner[1]) if inner else [phrase(entry)]
    return tuple(dict.fromkeys(found))


def phrase(template: str) -> str:
    """The regular expression that a template stands for: ``<name>`` becomes any entry of that list.

    >>> phrase("(?:<fall nouns>|跌)为"), phrase("<fall nouns>为")
    ('(?:减幅|降幅|跌幅|跌)为', '(?:减幅|降幅|跌幅)为')
    """

    def alternatives(match: re.Match[str]) -> str:
        found = "|".join(words(match[1]))
        before, after = template[: match.start()], template[match.end() : match.end() + 1]
        alone = _BRANCH.search(before) and after in ("", "|", ")")
        return found if alone else f"(?:{found})"

    return _NAME.sub(alternatives, template)


def first_look(*names: str, more: str = "") -> str:
    """A look at one character, which the entries of lists begin with; empty where an entry may begin with any.

    Before a long list it spares the engine to try each entry at each place. ``more`` are the characters that what
    stands beside the lists in a pattern may begin with.

    >>> first_look("fall nouns"), first_look("fall nouns", more="增")
    ('(?=[减跌降])', '(?=[减增跌降])')
    """
    firsts = set(more)
    for entry in (entry for name in names for entry in words(name)):
        found = _FIRST.match(entry)
        if found is None or _has_branches(entry):
            return ""
        branches = (found["one"] or found["branches"] or "").split("|")
        firsts.update([found["any"]] if found["any"] else [branch[0] for branch in branches])
    return f"(?=[{''.join(sorted(firsts))}])"


def _has_branches(entry: str) -> bool:
    """Whether an entry is several ones, divided by ``|`` outside any brackets."""
    while (without := _GROUP.sub("", entry)) != entry:
        entry = without
    return "|" in entry


def pattern(template: str) -> re.Pattern[str]:
    """The template compiled.

    >>> pattern("<rise verbs>了?[至到]").match("提高到99%").group()
    '提高到'
    """
    return re.compile(phrase(template))


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """Entries of every list as they stand in the files."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(_FOLDER.glob("*.txt")):
        found |= _read(path, found)
    return found


def _read(path: Path, known: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    name = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        if opened := _LIST.fullmatch(line.strip()):
            name = opened[1]
            if name in known or name in found:
                raise CatalogueError(path, "word_lists.twice", line=number, name=name)
            found[name] = ()
        elif line.strip():
            found[name] += tuple(match.group() for match in _ENTRY.finditer(line))
    return found
