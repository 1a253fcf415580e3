"""Times in the five fields of cron, checked, and as systemd writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_analysis.errors import UsageError

EVERY = {"daily": "30 6 * * *", "weekly": "30 6 * * 1", "monthly": "30 6 1 * *"}
"""Early in the morning: each day, each Monday, the first of each month."""

_FIELDS = (("分", 0, 59), ("时", 0, 23), ("日", 1, 31), ("月", 1, 12), ("星期", 0, 7))
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PART = re.compile(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class When:
    """A schedule; ``fields`` are minute, hour, day of month, month, day of week.

    >>> When.parse("weekly").cron, When.parse("weekly").calendar
    ('30 6 * * 1', ('Mon *-*-* 06:30:00',))
    """

    fields: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> When:
        """Read ``daily``, ``weekly``, ``monthly`` or five fields of numbers. Raises UsageError naming the field.

        >>> When.parse("0 25 * * *")
        Traceback (most recent call last):
        ...
        fazhi_analysis.errors.UsageError: --every 0 25 * * *：第 2 项（时）“25”不对。应在 0 到 23 之间。 [usage]
        """
        fields = tuple(EVERY.get(text.strip(), text).split())
        if len(fields) != len(_FIELDS):
            raise UsageError(
                f"--every {text}", "不是有效的时间", "可用 daily、weekly、monthly，或 cron 的五项“分 时 日 月 星期”"
            )
        for number, (field, (name, low, high)) in enumerate(zip(fields, _FIELDS, strict=True), 1):
            for part in field.split(","):
                found = _PART.fullmatch(part)
                numbers = [int(group) for group in found.group(1, 2) if group] if found else []
                step = int(found.group(3)) if found and found.group(3) else 1
                wrong = found is None or step < 1 or numbers != sorted(numbers)
                if wrong or any(not low <= value <= high for value in numbers):
                    place = f"--every {text}"
                    raise UsageError(place, f"第 {number} 项（{name}）“{part}”不对", f"应在 {low} 到 {high} 之间")
        return cls(fields)

    @property
    def cron(self) -> str:
        """The five fields."""
        return " ".join(self.fields)

    @property
    def calendar(self) -> tuple[str, ...]:
        """Lines of ``OnCalendar``. Cron takes either day where both kinds are given; systemd needs a line for each.

        >>> When.parse("*/15 8-18 * * 1-5").calendar
        ('Mon..Fri *-*-* 08..18:00/15:00',)
        >>> When.parse("0 0 1 * 0").calendar
        ('*-*-01 00:00:00', 'Sun *-*-* 00:00:00')
        """
        minute, hour, day, month, weekday = self.fields
        clock = f"{_calendar(hour, 0)}:{_calendar(minute, 0)}:00"
        by_day = f"*-{_calendar(month, 1)}-{_calendar(day, 1)} {clock}"
        names = _weekdays(weekday)
        by_name = f"{names} *-{_calendar(month, 1)}-* {clock}"
        if not names:
            return (by_day,)
        return (by_name,) if day == "*" else (by_day, by_name)


def _calendar(field: str, first: int) -> str:
    """A field as systemd writes it.

    >>> _calendar("*/5", 0), _calendar("1,10-12", 1), _calendar("*", 0)
    ('00/5', '01,10..12', '*')
    """
    parts = []
    for part in field.split(","):
        numbers, _, step = part.partition("/")
        if numbers == "*":
            parts.append(f"{first:02d}/{step}" if step else "*")
            continue
        low, _, high = numbers.partition("-")
        parts.append(f"{int(low):02d}" + (f"..{int(high):02d}" if high else "") + (f"/{step}" if step else ""))
    return ",".join(parts)


def _weekdays(field: str) -> str:
    """Names of the days of a field; empty for every day.

    >>> _weekdays("0,6"), _weekdays("5-7"), _weekdays("*")
    ('Sun,Sat', 'Fri..Sun', '')
    """
    if field == "*":
        return ""
    parts = []
    for part in field.split(","):
        numbers, _, step = part.partition("/")
        low, _, high = numbers.partition("-")
        if step or (low == "0" and high):
            start, end = (0, 6) if numbers == "*" else (int(low), int(high or (6 if step else low)))
            parts += [_DAYS[day] for day in range(start, end + 1, int(step or 1))]
        else:
            parts.append(_DAYS[int(low)] + (f"..{_DAYS[int(high)]}" if high else ""))
    return ",".join(parts)
