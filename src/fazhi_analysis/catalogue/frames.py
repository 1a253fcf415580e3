"""The 纲要 (national outlines) as versioned frames of pillars, and the themes of problems and next steps.

Which pillars a report is measured by depends on its year: the outline of 2015-2020 has seven tasks, the one of
2021-2025 eight systems and leadership. Both are data (``data/frames.csv``), so that the next outline is a few rows.
Pillar titles marked ``verified = no`` still await a comparison with the printed outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fazhi_analysis.catalogue._strict_csv import DATA, read_rows


@dataclass(frozen=True, slots=True)
class Pillar:
    """One part of an outline: its printed number, its title, and whether the title was compared with the source."""

    id: str
    name_zh: str
    name_en: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """An outline with the report years that it covers, ends included."""

    id: str
    name_zh: str
    name_en: str
    valid_from: int
    valid_to: int
    pillars: tuple[Pillar, ...]

    def pillar(self, key: str) -> Pillar | None:
        """The pillar with this number, or None."""
        return next((pillar for pillar in self.pillars if pillar.id == key), None)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of problems and next steps: a pillar of one outline, named as tables print it."""

    id: str
    name_zh: str
    name_en: str


_COLUMNS = ["frame", "valid_from", "valid_to", "frame_zh", "frame_en", "pillar", "name_zh", "name_en", "verified"]


@cache
def load_frames() -> tuple[Frame, ...]:
    """The outlines, oldest first.

    >>> [(frame.id, len(frame.pillars)) for frame in load_frames()]
    [('2015-2020', 8), ('2021-2025', 9)]
    """
    found: dict[str, Frame] = {}
    for _, row in read_rows(DATA / "frames.csv", _COLUMNS):
        pillar = Pillar(row["pillar"], row["name_zh"], row["name_en"], row["verified"] == "yes")
        earlier = found[row["frame"]].pillars if row["frame"] in found else ()
        found[row["frame"]] = Frame(
            row["frame"],
            row["frame_zh"],
            row["frame_en"],
            int(row["valid_from"]),
            int(row["valid_to"]),
            (*earlier, pillar),
        )
    return tuple(sorted(found.values(), key=lambda frame: frame.valid_from))


def frame_for(year: int) -> Frame | None:
    """The outline that reports on this year follow; None before the first.

    Reports on years after the last outline ends go on using it until a newer one is added here.

    >>> frame_for(2018).id, frame_for(2021).id, frame_for(2026).id, frame_for(2010)
    ('2015-2020', '2021-2025', '2021-2025', None)
    """
    begun = [frame for frame in load_frames() if frame.valid_from <= year]
    return begun[-1] if begun else None


@cache
def load_themes() -> tuple[Theme, ...]:
    """Themes of problems and next steps: every pillar of every outline.

    >>> theme = load_themes()[11]
    >>> theme.id, theme.name_zh, theme.name_en
    ('2021-2025:五', '五、行政执法工作体系', 'System of administrative enforcement')
    """
    return tuple(
        Theme(
            f"{frame.id}:{pillar.id}",
            f"{pillar.id}、{pillar.name_zh}" if len(pillar.id) == 1 else pillar.name_zh,
            pillar.name_en,
        )
        for frame in load_frames()
        for pillar in frame.pillars
    )
