"""A part of a report that holds problems or next steps."""

from __future__ import annotations

from typing import NamedTuple


class Zone(NamedTuple):
    """A range of the clean text that holds problems or next steps; ``half`` when it is a part of a sentence,
    ``opened`` when the words that announce it stand before it, ``mixed`` when its heading announces measures too."""

    kind: str
    start: int
    end: int
    half: bool = False
    opened: bool = False
    mixed: bool = False
