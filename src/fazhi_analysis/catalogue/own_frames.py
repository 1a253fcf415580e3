"""Frames of a user: what a report should speak of, part by part, as a CSV file.

Columns: ``part`` (its number or name), ``name_zh``, ``name_en``, ``words`` (any of them in a sentence means that the
part is spoken of; ``|`` between them), ``indicators`` (ids of the catalogue whose figures belong to the part, ``*`` at
the end of an id stands for anything). ``name_en`` and ``indicators`` may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from fazhi_analysis.catalogue._strict_csv import read_rows, split_list
from fazhi_analysis.catalogue.indicators import load_catalogue
from fazhi_analysis.errors import CatalogueError
from fazhi_analysis.messages import Message


@dataclass(frozen=True, slots=True)
class FramePart:
    """One part of a frame: its number, its title, the words that speak of it, the indicators that count it."""

    id: str
    name_zh: str
    name_en: str
    words: tuple[str, ...]
    indicators: frozenset[str]


def read_frame(path: Path | str) -> tuple[FramePart, ...]:
    """The parts of a user's frame. Raises CatalogueError naming every row that has no words, or no such indicator.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "f.csv")
    ...     rows = "part,name_zh,words,indicators\\n1,复议,行政复议|复议,reconsideration_*\\n"
    ...     _ = file.write_text(rows, encoding="utf-8")
    ...     part, = read_frame(file)
    >>> part.name_zh, part.words, "reconsideration_accepted" in part.indicators
    ('复议', ('行政复议', '复议'), True)
    """
    path = Path(path)
    known = [indicator.id for indicator in load_catalogue()]
    parts, breaches = [], []
    for line, row in read_rows(path, ["part", "name_zh", "words"], ["name_en", "indicators"]):
        words, patterns = split_list(row["words"]), split_list(row["indicators"])
        found = {pattern: [name for name in known if fnmatchcase(name, pattern)] for pattern in patterns}
        breaches += [
            Message("catalogue.frame.indicator", line=line, id=pattern) for pattern in patterns if not found[pattern]
        ]
        if not (row["part"] and row["name_zh"] and words):
            breaches.append(Message("catalogue.frame.empty", line=line))
        ids = frozenset(name for names in found.values() for name in names)
        parts.append(FramePart(row["part"], row["name_zh"], row["name_en"] or row["name_zh"], words, ids))
    if not parts and not breaches:
        breaches.append(Message("catalogue.frame.none"))
    if breaches:
        raise CatalogueError(path, "catalogue.frame.breaches", breaches=breaches)
    return tuple(parts)
