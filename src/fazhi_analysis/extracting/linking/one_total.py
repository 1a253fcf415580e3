"""One indicator has one total a time: where a list gives it three or more, they are parts that no words name."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence

from fazhi_analysis.model import Quantity

_MANY = 3
"""Members of a list from which none is taken for the whole; two may be a slip of the report, which the audit names."""


def find_contested(
    metrics: Sequence[Quantity], ids: Sequence[str], scopes: Sequence[str], lists: Sequence[Sequence[Hashable | None]]
) -> set[int]:
    """Indices of figures that cannot all be the total of their indicator.

    Compared are results without a scope, of one time and of one list: of one sentence, or of lines that give them in
    the very same words (执法人员27人 of one bureau after the other). Of three and more different values only one that
    is the sum of the others remains (罚款 by one procedure, by the other, of the year); where there is none, the report
    counts parts, such as its bureaus one by one, and none is the total.

    Parameters
    ----------
    metrics:
        The figures in text order.
    ids, scopes:
        For each of them its indicator and its scope, or empty texts.
    lists:
        For each of them what lists it may be in, None for none.

    >>> def figure(value): return Quantity(0, 3, "", value, value, value, "人", "exact", "count", True)
    >>> sorted(find_contested([figure(value) for value in (27, 47, 3)], ["officers"] * 3, [""] * 3, [[1]] * 3))
    [0, 1, 2]
    >>> sorted(find_contested([figure(value) for value in (27, 47, 74)], ["officers"] * 3, [""] * 3, [[1]] * 3))
    [0, 1]
    >>> find_contested([figure(value) for value in (27, 47)], ["officers"] * 2, [""] * 2, [[1]] * 2)
    set()
    """
    totals: dict[tuple[str, str, Hashable], list[int]] = defaultdict(list)
    for index, (metric, indicator, scope, keys) in enumerate(zip(metrics, ids, scopes, lists, strict=True)):
        if indicator and not scope and metric.change == "level" and metric.role == "result":
            for key in (key for key in keys if key is not None):
                totals[indicator, metric.period, key].append(index)
    contested: set[int] = set()
    for indices in totals.values():
        values = {value for index in indices if (value := metrics[index].value) is not None}
        if len(values) >= _MANY:
            contested.update(index for index in indices if not _is_sum(metrics[index].value, values))
    return contested


def _is_sum(value: float | None, values: Collection[float]) -> bool:
    return value is not None and math.isclose(2 * value, math.fsum(values))
