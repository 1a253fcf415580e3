"""Parts and their total, as a sentence or a table sets them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_analysis.model import Interval, Quantity


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts and their total as the text sets them side by side.

    ``form`` is listed (parts, then total), opened (total, then parts), table, or recipients (向5个镇和4个局发清单9份).
    ``closed``: the wording leaves no room for parts that are not listed; ``one_unit``: all are counted in one unit.
    """

    form: str
    total: Quantity
    parts: tuple[Quantity, ...]
    closed: bool
    one_unit: bool = True

    @property
    def added(self) -> Interval:
        """The parts added up."""
        return Interval(sum(part.lower or 0 for part in self.parts), sum(part.upper or 0 for part in self.parts))

    @property
    def holds(self) -> bool:
        """Whether some values inside the intervals add up to the total."""
        return self.added.overlaps(self.total.interval)

    @property
    def exact(self) -> bool:
        """Whether every figure is exact."""
        return all(item.lower == item.upper for item in (self.total, *self.parts))
