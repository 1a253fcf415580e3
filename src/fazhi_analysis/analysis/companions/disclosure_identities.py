"""Identities inside a series of disclosure reports: what one year hands on, and what the documents in force come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fazhi_analysis.analysis.companions.companion_documents import Document
from fazhi_analysis.analysis.stored_rows import MetricRow

_STOCKS = (
    ("normative_documents_in_force", "normative_documents_issued", "normative_documents_repealed"),
    ("规章数（现行有效件数）", "规章数（本年制发件数）", "规章数（本年废止件数）"),
)
"""What is in force, made, repealed: by indicator, or by the label of a figure outside the catalogue."""


@dataclass(frozen=True, slots=True)
class Found:
    """One identity: the row that is checked, what the others come to, and the row (of ``source``) to look at."""

    reason: str
    verdict: Literal["agrees", "contradicts", "cannot_tell"]
    row: MetricRow
    value: float
    lower: float
    upper: float
    detail: str
    other: MetricRow | None = None
    source: Document | None = None


def series_checks(now: Document, before: Document | None) -> Iterator[Found]:
    """The identities that the disclosure reports of a year and the year before allow to check."""
    yield from _handed_on(now, before)
    yield from _flow(now)
    for names in _STOCKS:
        yield from _in_force(now, before, *names)


def _handed_on(now: Document, before: Document | None) -> Iterator[Found]:
    """What was carried over at the end of one year is what the next one starts with."""
    row = now.figure("disclosure_carried_in")
    other = before.figure("disclosure_carried_out") if before else None
    if row is not None and other is not None:
        yield _found("carried_over", row, [(1, other)], other, before)


def _flow(now: Document) -> Iterator[Found]:
    """Received and carried in is concluded and carried out."""
    received, concluded = now.figure("disclosure_applications"), now.figure("disclosure_concluded")
    brought, left = now.figure("disclosure_carried_in"), now.figure("disclosure_carried_out")
    if received is not None and concluded is not None and brought is not None and left is not None:
        yield _found("flow", left, [(1, received), (1, brought), (-1, concluded)], concluded, now)


def _in_force(now: Document, before: Document | None, stock: str, made: str, repealed: str) -> Iterator[Found]:
    """What is in force at the end is what was, and what was made, less what was repealed."""
    row, new, gone = now.figure(stock), now.figure(made), now.figure(repealed)
    old = before.figure(stock) if before else None
    if row is not None and old is not None and new is not None and gone is not None:
        yield _found("in_force", row, [(1, old), (1, new), (-1, gone)], old, before)


def _found(
    reason: str, row: MetricRow, parts: list[tuple[int, MetricRow]], other: MetricRow, source: Document | None
) -> Found:
    value = sum(sign * float(part["value"]) for sign, part in parts)
    lower = sum(float(part["lower"]) if sign > 0 else -float(part["upper"]) for sign, part in parts)
    upper = sum(float(part["upper"]) if sign > 0 else -float(part["lower"]) for sign, part in parts)
    holds = row["lower"] <= upper and lower <= row["upper"]
    terms = [f"{'+' if sign > 0 else '−'} {float(part['value']):g}" for sign, part in parts]
    detail = " ".join(terms).removeprefix("+ ") + f" = {value:g}"
    return Found(reason, "agrees" if holds else "contradicts", row, value, lower, upper, detail, other, source)
