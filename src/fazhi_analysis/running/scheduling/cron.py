"""Times in the five fields of cron, checked, and as systemd writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_analysis.errors import UsageError
from fazhi_analysis.messages import Message

EVERY = {"daily": "30 6 * * *", "weekly": "30 6 * * 1", "monthly": "30 6 1 * *"}
"""Early in the morning: each day, each Monday, the first of each month."""

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
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
            raise UsageError(f"--every {text}", "running.schedule.not_a_time")
        for number, (field, (name, low, high)) in enumerate(zip(fields, _FIELDS, strict=True), 1):
            for part in field.split(","):
                found = _PART.fullmatch(part)
                numbers = [int(group) for group in found.group(1, 2) if group] if found else []
                step = int(found.group(3)) if found and found.group(3) else 1
                # After a single number some crons take no notice of a step, and others count on to the end.
                stray = len(numbers) == 1 and "/" in part
                wrong = found is None or stray or step < 1 or numbers != sorted(numbers)
                if wrong or any(not low <= value <= high for value in numbers):
                    key = "running.schedule.step_alone" if stray else "running.schedule.out_of_range"
                    field_name = Message(f"running.schedule.field.{name}")
                    named = {"number": number, "name": field_name, "part": part, "low": low, "high": high}
                    raise UsageError(f"--every {text}", key, **named)
        return cls(fields)

    @property
    def cron(self) -> str:
        """The five fields."""
        return " ".join(self.fields)

    @property
    def calendar(self) -> tuple[str, ...]:
        """Lines of ``OnCalendar``.

        Cron takes either day where both kinds are given, and systemd needs a line for each; but a field that begins
        with ``*`` only narrows the other one (crontab(5)), as both do in one line of systemd.

        >>> When.parse("*/15 8-18 * * 1-5").calendar
        ('Mon..Fri *-*-* 08..18:00/15:00',)
        >>> When.parse("0 0 1 * 0").calendar
        ('*-*-01 00:00:00', 'Sun *-*-* 00:00:00')
        >>> When.parse("0 0 */2 * 1").calendar
        ('Mon *-*-01/2 00:00:00',)
        """
        minute, hour, day, month, weekday = self.fields
        clock = f"{_calendar(hour, 0)}:{_calendar(minute, 0)}:00"
        by_day = f"*-{_calendar(month, 1)}-{_calendar(day, 1)} {clock}"
        names = _weekdays(weekday)
        by_name = f"{names} *-{_calendar(month, 1)}-* {clock}"
        if not names:
            return (by_day,)
        if day.startswith("*") or weekday.startswith("*"):
            return (f"{names} {by_day}",)
        return (by_day, by_name)


def _calendar(field: str, first: int) -> str:
    """A field as systemd writes it.

    >>> _calendar("*/5", 0), _calendar("1,10-12", 1), _calendar("*", 0), _calendar("*,5", 0)
    ('00/5', '01,10..12', '*', '*')
    """
    if "*" in field.split(","):
        return "*"
    parts = []
    for part in field.split(","):
        numbers, _, step = part.partition("/")
        if numbers == "*":
            parts.append(f"{first:02d}/{step}")
            continue
        low, _, high = numbers.partition("-")
        parts.append(f"{int(low):02d}" + (f"..{int(high):02d}" if high else "") + (f"/{step}" if step else ""))
    return ",".join(parts)


def _weekdays(field: str) -> str:
    """Names of the days of a field; empty for every day.

    >>> _weekdays("0,6"), _weekdays("5-7"), _weekdays("*"), _weekdays("*,1")
    ('Sun,Sat', 'Fri..Sun', '', '')
    """
    if "*" in field.split(","):
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
