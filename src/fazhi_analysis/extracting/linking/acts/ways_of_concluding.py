"""By which means cases were concluded: it says which of them a figure counts (以调解、和解等方式结案31件)."""

from __future__ import annotations

from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern

_BY = pattern(
    r"(?:以|通过|采取|采用|运用|适用|经)(?P<means>[^，；。|\d]{2,24}?)(?:等)?(?:<manners of concluding>)"
    r"(?:依法|妥善|成功|予以)*(?=<concluding verbs>)"
)


class Concluded(NamedTuple):
    """The means by which cases were concluded, and its place in a phrase."""

    means: str
    start: int
    end: int


def concluded_by(phrase: str) -> Concluded | None:
    """The means by which what a phrase counts was concluded, if it says so.

    >>> concluded_by("以调解、和解等方式结案"), concluded_by("以视频方式审理")
    (Concluded(means='调解、和解', start=0, end=9), None)
    """
    found = _BY.search(phrase) if "方式" in phrase or "程序" in phrase or "途径" in phrase else None
    return Concluded(found["means"], found.start(), found.end()) if found else None
