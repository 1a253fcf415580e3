"""Cases carried from one year into the next: which figures say so, and whether a report's flow of cases balances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Quantity

_CARRIED_IN = pattern("<carried in>")
_CARRIED_OUT = pattern("<left to next year>")
_COMES_IN = pattern("<comes in>")
_SETTLES = pattern("(?<!未)(?:<settles>)")
_LEAVES_OTHERWISE = pattern("<leaves otherwise>")


class Balance(NamedTuple):
    """The flow of one kind of case in a sentence: there before, come in, settled, left at the end."""

    before: Quantity
    new: Quantity
    settled: Quantity
    left: Quantity

    @property
    def there(self) -> float:
        """All cases that there were to settle."""
        return (self.before.value or 0) + (self.new.value or 0)

    @property
    def gone(self) -> float:
        """Those settled and those left."""
        return (self.settled.value or 0) + (self.left.value or 0)


def carried_in(name: str) -> bool:
    """Whether the words that name a figure say that it was carried over from an earlier year.

    >>> carried_in("其中上年转入"), carried_in("年初在办信访事项"), carried_in("结转下年"), carried_in("年底未结")
    (True, True, False, False)
    """
    return _CARRIED_IN.search(name) is not None


def carried_out(name: str) -> bool:
    """Whether the words that name a figure say that it is left for the next year.

    >>> carried_out("结转下年"), carried_out("年底未结"), carried_out("上年未结")
    (True, True, False)
    """
    return _CARRIED_OUT.search(name) is not None and not carried_in(name)


def balances(context: AuditContext) -> Iterator[Balance]:
    """The sentences that print all four figures of a flow, once each; nothing where cases left in another way."""
    for group in context.by_sentence:
        counts = [row for row in group if row.kind == "count" and row.change == "level"]
        parts: dict[str, list[Quantity]] = {}
        for row in counts:
            parts.setdefault(_part(context.naming(row)), []).append(row)
        if any(len(parts.get(name, ())) != 1 for name in Balance._fields):
            continue
        found = Balance(*(parts[name][0] for name in Balance._fields))
        alike = len({unit_group(row.unit) for row in found}) == 1 and all(row.lower == row.upper for row in found)
        if alike and not _LEAVES_OTHERWISE.search(context.sentence_text(found.new)):
            yield found


def _part(name: str) -> str:
    """Which figure of a balance the words before it name, empty for another one."""
    if carried_in(name):
        return "before"
    if carried_out(name):
        return "left"
    if _SETTLES.search(name):
        return "settled"
    return "new" if _COMES_IN.search(name) else ""
