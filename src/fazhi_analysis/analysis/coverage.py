"""How far a report covers a frame: for each part figures, mentions, or nothing, each with its places."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.analysis.revising.version import Row, Version, open_version, version_of
from fazhi_analysis.catalogue import frame_for, load_catalogue, load_frames
from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.catalogue.own_frames import FramePart, read_frame
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.extracting import Extraction, extract
from fazhi_analysis.extracting.statements.themes import theme_words
from fazhi_analysis.model import Report

if TYPE_CHECKING:
    import pandas as pd

STATES: Final = ("figures", "mentions", "nothing", "cannot_tell")
COLUMNS: Final = ("part", "name_zh", "name_en", "state", "figures", "mentions", "figure_rows", "mention_places")
_SENTENCE = re.compile(r"[^。；！？;!?\n|]+")


def coverage(report: Any, frame: str | Path | None = None, data: Any = None) -> pd.DataFrame:
    """For each part of a frame, whether a report gives figures, only mentions, or nothing.

    Parameters
    ----------
    report:
        A file, the id of a stored report, a :class:`~fazhi_analysis.model.Report`, or an
        :class:`~fazhi_analysis.extracting.Extraction`.
    frame:
        A CSV file of one's own (see ``catalogue.own_frames``), or the id of an outline (``2021-2025``); by default the
        outline that reports on the year follow.
    data:
        Where the stored report is; the bundled data by default.

    Returns
    -------
    DataFrame
        One row a part: ``part``, ``name_zh``, ``name_en``; ``state`` (figures, mentions, nothing; cannot_tell where
        there are no figures and no text is kept); ``figures`` and ``mentions``, how many there are; ``figure_rows``,
        the rows of the figures; ``mention_places``, (start, end) of the sentences that speak of the part. A figure
        belongs to the parts of its indicator; one that has none to the part that its sentence speaks of most.
        Plans and targets are mentions.

    Raises
    ------
    UnknownNameError
        For an unknown report or outline, listing what exists.
    CatalogueError
        For a frame of one's own that has faults.

    >>> found = coverage("990124-2024").set_index("part")["state"]
    >>> found["七"], found["十"]
    ('figures', 'mentions')
    """
    import pandas as pd

    version = _opened(report, data)
    parts = _parts(frame, version.year)
    sentences = _sentences(version.text)
    spoken = [_spoken(sentence, parts) for _, _, sentence in sentences]
    figures = _figures(version, parts, sentences, spoken)
    rows = []
    for part in parts:
        own = figures[part.id]
        places = [
            (start, end) for (start, end, _), found in zip(sentences, spoken, strict=True) if found.get(part.id, 0)
        ]
        state = "figures" if own else "mentions" if places else "nothing" if version.text is not None else "cannot_tell"
        names = (part.id, part.name_zh, part.name_en)
        rows.append((*names, state, len(own), len(places), own, places))
    return pd.DataFrame(rows, columns=list(COLUMNS))


@functools.cache
def _set_phrases() -> re.Pattern[str]:
    """Set phrases that hold a word of a part and speak of something else (``data/coverage_set_phrases.csv``)."""
    return re.compile("|".join(re.escape(row["phrase"]) for row in data_rows("analysis/data/coverage_set_phrases.csv")))


def _opened(report: Any, data: Any) -> Version:
    if isinstance(report, Report):
        report = extract(report)
    if isinstance(report, Extraction):
        return version_of(report, report.report.source.name)
    return open_version(report, data)


def _parts(frame: str | Path | None, year: int | None) -> Sequence[FramePart]:
    """The parts of a frame; the words of an outline are those that decide the themes of problems."""
    if frame is not None and Path(frame).is_file():
        return read_frame(frame)
    outlines = {outline.id: outline for outline in load_frames()}
    outline = frame_for(year if year is not None else 9999) if frame is None else outlines.get(str(frame))
    if outline is None:
        raise UnknownNameError(str(frame or year), "choice.frame.unknown", frames=sorted(outlines))
    words = theme_words(outline.id)
    members: dict[str, set[str]] = {pillar.id: set() for pillar in outline.pillars}
    for indicator in load_catalogue():
        for of, key in indicator.pillars:
            if of == outline.id:
                members[key].add(indicator.id)
    return [
        FramePart(one.id, one.name_zh, one.name_en, words.get(one.id, ()), frozenset(members[one.id]))
        for one in outline.pillars
    ]


def _sentences(text: str | None) -> list[tuple[int, int, str]]:
    return [(found.start(), found.end(), found[0]) for found in _SENTENCE.finditer(text or "") if found[0].strip()]


def _spoken(sentence: str, parts: Sequence[FramePart]) -> dict[str, int]:
    """Of each part that a sentence speaks of, how many characters its words have there."""
    bare = _set_phrases().sub("\0", "".join(sentence.split()))
    return {part.id: total for part in parts if (total := sum(len(word) for word in part.words if word in bare))}


def _figures(
    version: Version,
    parts: Sequence[FramePart],
    sentences: Sequence[tuple[int, int, str]],
    spoken: Sequence[dict[str, int]],
) -> dict[str, list[str]]:
    """The rows of each part: results that are counted once."""
    found: dict[str, list[str]] = {part.id: [] for part in parts}
    for row in version.figures:
        if row.get("role", "result") != "result" or row.get("duplicate_of"):
            continue
        for key in _parts_of(row, parts, sentences, spoken):
            found[key].append(str(row["row_id"]))
    return found


def _parts_of(
    row: Row, parts: Sequence[FramePart], sentences: Sequence[tuple[int, int, str]], spoken: Sequence[dict[str, int]]
) -> list[str]:
    if known := [part.id for part in parts if row.get("indicator_id") in part.indicators]:
        return known
    start = row.get("start")
    for (first, last, _), weights in zip(sentences, spoken, strict=True):
        if start is not None and first <= start < last:
            best = max(weights.values(), default=0)
            return [key for key, weight in weights.items() if weight == best][:1]
    return []
