"""Ranks of intervals: a place whose interval overlaps another's is neither before nor behind it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.integer_codes import Ints

Floats = npt.NDArray[np.float64]


def rank_intervals(group: Ints, lower: Floats, upper: Floats) -> tuple[Ints, Ints, Ints]:
    """Best and worst rank that each interval allows within its group, largest first, and the size of the group.

    The best rank is one more than the number of others that certainly lie above; the worst is the size of the group
    less the number of others that certainly lie below. Equal values tie.

    >>> rank_intervals(np.array([0, 0, 0]), np.array([10.0, 8, 1]), np.array([10.0, 12, 1]))
    (array([1, 1, 3]), array([2, 2, 3]), array([3, 3, 3]))
    """
    size = np.bincount(group, minlength=1)[group] if len(group) else np.zeros(0, dtype=np.int64)
    above = _count_greater(group, lower, upper)
    below = _count_greater(group, -upper, -lower)
    return above + 1, size - below, size


def _count_greater(group: Ints, values: Floats, limits: Floats) -> Ints:
    """For each row, how many values of its group are greater than its own limit."""
    count = len(group)
    if not count:
        return np.zeros(0, dtype=np.int64)
    every_group = np.concatenate([group, group])
    every_number = np.concatenate([values, limits])
    is_limit = np.repeat([False, True], count)
    # Within a group by number; at the same number values come first, so that they do not count as greater.
    order = np.lexsort((is_limit, every_number, every_group))
    so_far = np.cumsum(~is_limit[order])
    of_group = np.bincount(group)
    up_to_group = np.cumsum(of_group)
    result = np.empty(2 * count, dtype=np.int64)
    result[order] = up_to_group[every_group[order]] - so_far
    return result[count:]
