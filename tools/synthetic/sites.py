"""Where in a report a fault can be planted, and whether a changed number would be one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from .printing import Figure
from .reports import Close, Open, Piece

Pieces = list[Piece]
Site = dict[str, int]  # slot -> index of the piece


def paragraphs(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Borders of the paragraphs: index after the opening mark, index of the closing one."""
    start = None
    for index, piece in enumerate(pieces):
        if isinstance(piece, Open) and piece.name == "paragraph":
            start = index + 1
        elif isinstance(piece, Close) and start is not None:
            yield start, index
            start = None


def sites(pieces: Pieces, *groups: tuple[str, ...]) -> list[Site]:
    """Places where all slots of a group stand, printed exactly, in one paragraph."""
    found = []
    for start, end in paragraphs(pieces):
        here = {
            piece.slot: start + offset
            for offset, piece in enumerate(pieces[start:end])
            if isinstance(piece, Figure) and piece.qualifier == "exact"
        }
        found += [{slot: here[slot] for slot in group} for group in groups if all(slot in here for slot in group)]
    return found


def fits(part: float, whole: float, shown: str) -> bool:
    """Whether a printed percentage is the share, by rounding or by truncation."""
    if not whole:
        return False
    printed, step = Decimal(shown), Decimal(1).scaleb(int(Decimal(shown).as_tuple().exponent))
    exact = Decimal(100) * Decimal(int(part)) / Decimal(int(whole))
    return printed - step / 2 <= exact <= printed + step / 2 or printed <= exact < printed + step


def attainable(whole: float, shown: str) -> bool:
    """Whether any count over this base gives the printed percentage."""
    guess = int(Decimal(shown) * int(whole) / 100)
    return any(fits(part, whole, shown) for part in range(max(0, guess - 2), min(int(whole), guess + 2) + 1))


def digit_changes(number: str, rng: random.Random) -> list[str]:
    """Every number that differs in one digit, in random order; no leading zero appears."""
    out = []
    for index, old in enumerate(number):
        for new in "0123456789":
            changed = number[:index] + new + number[index + 1 :]
            if old.isdigit() and new != old and not (changed[0] == "0" and len(changed) > 1 and changed[1] != "."):
                out.append(changed)
    rng.shuffle(out)
    return out
