"""The sections of a report's body as places of its clean text, those that a label or a lost line break opens too."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from fazhi_analysis.extracting.list_markers import opens_list
from fazhi_analysis.model import Report
from fazhi_analysis.reading.characters import full_width

# 四、今后改进方向1、全面落实…: a page that has lost its line breaks.
_RUN_IN = re.compile(r"[一二三四五六七八九十]{1,3}、(?P<words>[\u4e00-\u9fff]{4,16}?)(?=1[、.．]|一是|（一）)")
_HEADING_LABEL = re.compile(r"[^\n。，；：]{2,24}：")


class Part(NamedTuple):
    """A section in offsets of the clean text."""

    heading: str
    start: int
    body: int
    end: int
    level: int
    number: str


def sections_of(report: Report, *, bare: bool = False) -> list[Part]:
    """Sections of the body with a heading, in text order; ``bare``: also numbered ones that have none."""
    offsets, text = report.clean.offsets, full_width(report.clean.text)
    return [
        _labelled(
            text,
            Part(
                section.heading,
                bisect_left(offsets, section.start),
                bisect_left(offsets, section.heading_end),
                bisect_left(offsets, section.end),
                section.level,
                section.number,
            ),
        )
        for section in report.sections
        if (section.heading_end > section.heading_start or (bare and section.number))
        and section.key.split("/")[0] not in ("letter", "title", "preamble", "colophon", "appendix")
    ]


def _labelled(text: str, part: Part) -> Part:
    """A section whose text begins behind the label of its heading (（一）存在问题：一是…), with that label alone."""
    run_in = _RUN_IN.match(text, part.start, part.end) if not part.heading else None
    if run_in:
        return part._replace(heading=run_in["words"], body=run_in.end())
    label = _HEADING_LABEL.match(text, part.start, part.body)
    if label is None or not (opens_list(text, label.end()) or part.end - part.body <= 1):
        return part
    return part._replace(heading=re.split("[：:]", part.heading, maxsplit=1)[0], body=label.end())


def body_end(report: Report) -> int:
    """Where the body ends in the clean text: before signature, print note and annexes."""
    starts = [section.start for section in report.sections if section.key in ("colophon", "appendix")]
    return bisect_left(report.clean.offsets, min(starts)) if starts else len(report.clean.text)
