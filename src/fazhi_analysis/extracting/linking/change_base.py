"""What a change starts from: the year before, unless the words name another year, an average, a target or an event."""

from __future__ import annotations

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.time_readings import years_ago

_YEAR = pattern(r"(?:比|较|与|同|以|从)(?P<year>(?:19|20)\d\d)年[度底末]?(?:同期|为基数|水平)?(?:的|相比)?")
_OTHERS = (
    ("annual_average", pattern("<average of years>")),
    ("month", pattern("<one period before>")),
    ("target", pattern("(?:比|较|超|为|占|高于|低于|超过|超出|完成)(?:年度)?<what was aimed at>")),
    ("several_years", pattern("<several years>[^，。；]{0,6}$")),
    ("event", pattern("(?:比|较|与)<before an event>(?:的|相比)?(?!年)")),
)
_EARLIER_YEAR = pattern("(?:比|较|与|同|以|从)(?P<ago><years before>)")
_SAME_TIME = pattern("同比|<last year>|同期")


def change_base(before: str, year: int | None = None) -> str:
    """What the change at the end of these words starts from.

    Parameters
    ----------
    before:
        The words of the sentence up to the figure, from the figure before it on.
    year:
        The report's year: the year before it needs no naming.

    Returns
    -------
    str
        Empty for the year before; a year such as ``2019``; ``annual_average``, ``month`` (or another short period),
        ``target``, ``several_years`` or ``event``.

    >>> change_base("比2019年增长", 2024), change_base("较2023年增长", 2024), change_base("五年来年均增长", 2024)
    ('2019', '', 'annual_average')
    >>> change_base("四季度环比下降"), change_base("较新平台启用前减少"), change_base("同比增长")
    ('month', 'event', '')
    """
    named = list(_YEAR.finditer(before))
    if named:
        found = named[-1]["year"]
        return "" if year is not None and int(found) == year - 1 else found
    earlier = _EARLIER_YEAR.search(before)
    if earlier and year is not None and (ago := years_ago(earlier["ago"])) > 1:
        return str(year - ago)
    averaged = _OTHERS[0][1].search(before)
    if _SAME_TIME.search(before) and not averaged:
        return ""
    return next((name for name, words in _OTHERS if words.search(before)), "")
