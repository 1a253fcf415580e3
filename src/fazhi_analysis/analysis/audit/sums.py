"""Where a report adds up: lists with a total behind them, totals with their parts, tables with a last line.

Only places are found here; rules say what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fazhi_analysis.analysis.audit.context import NEIGHBOURS, AuditContext
from fazhi_analysis.analysis.audit.parts_and_totals import Sum
from fazhi_analysis.analysis.audit.table_sums import find_table_sums
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Quantity

_TOTAL = re.compile(r"(?:(合计|共计|总计|总共|总和)|(?<![公中一全])共)[^，。；、：（）(),;]{0,12}$")
_FALSE_TOTAL = re.compile(r"(?:共(?:同|享|建|青|产|治|性|识|有)|累计|以来|目前|现有|全[县旗区市省])[^，。；]{0,10}$")
_OPEN_LIST = re.compile(r"等(?![级候于])|左右|以上")
_OPENING = re.compile(r"其中|包括|分别(?:为|是)|[（(]")
_ALL_PARTS = re.compile(r"分别(?:为|是)")
_BREAK = re.compile(r"[；;。]|其中|同比|比上年|较上年")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_NESTED = re.compile(r"其中")
_SEMICOLON = re.compile(r"[；;]")
_LIST_SENT = re.compile(r"(?:印发|下发|发放|发出|签订|送达)[^，。；、]{0,6}$")
_LIST = re.compile(r"清单|责任书|任务书|责任状|承诺书")
_HOW_MANY = re.compile(r"(?:合计|共计|总计|总共|相加)(?:为|达)?")
_OPENS_PARTS = re.compile(r"其中[，,：:]?")
_LONGEST_GAP = 40
_MOST_PARTS = 12


def find_sums(context: AuditContext) -> Iterator[Sum]:
    """Every sum of a report, in text order by sentence, then those of tables. Nothing without a text.

    >>> from fazhi_analysis.catalogue import load_catalogue
    >>> from fazhi_analysis.extracting import extract
    >>> from fazhi_analysis.reading import read_text
    >>> report = read_text("乡镇组织宣传46场次、县直部门组织38场次，合计86场次。", name="例")
    >>> found = list(find_sums(AuditContext(tuple(extract(report).metrics), load_catalogue(), report)))
    >>> [(item.form, item.added.lower, item.total.value, item.closed) for item in found]
    [('listed', 84, 86, True)]
    """
    if context.report is None:
        return
    for group in context.by_sentence:
        for place, quantity in enumerate(group):
            if _amount(quantity):
                found = _listed(context, group, place) or _recipients(context, group, place)
                if found is not None:
                    yield found
                found = _opened(context, group, place)
                if found is not None:
                    yield found
    yield from _over_sentences(context)
    yield from find_table_sums(context)


def _over_sentences(context: AuditContext) -> Iterator[Sum]:
    """Parts in a sentence of their own (办理1842件，罚没463万元。其中，…): those of the last figure in their unit."""
    groups = context.by_sentence
    for before, group in pairwise(groups):
        parts: list[Quantity] = []
        for quantity in group:
            if not _amount(quantity) or (parts and not _goes_on(context, parts[-1], quantity)):
                break
            parts.append(quantity)
        if len(parts) < 2 or not _OPENS_PARTS.match(context.sentence_text(group[0])):
            continue
        if context.sentence(group[0]) - context.sentence(before[-1]) > 1:
            continue
        wholes = [quantity for quantity in before if _amount(quantity) and same_unit(quantity.unit, parts[0].unit)]
        sums = [Sum("opened", whole, tuple(parts), False) for whole in reversed(wholes)]
        if sums:  # 派单601件，办结597件，超时4件。其中热线532件、网页69件: the whole is the one that they add up to
            yield next((found for found in sums if found.holds and found.exact), sums[0])


def _goes_on(context: AuditContext, part: Quantity, following: Quantity) -> bool:
    gap = context.between(part, following)
    return same_unit(part.unit, following.unit) and not re.search(r"[；;：:]|合计|共计|总计", gap)


def same_unit(one: str, other: str) -> bool:
    """Whether figures in these units may be added: 件 and 宗 may, 项 and 个 count too many different things.

    >>> same_unit("件", "宗"), same_unit("项", "个"), same_unit("个", "个")
    (True, False, True)
    """
    return one == other or (unit_group(one) == unit_group(other) != unit_group("项"))


def _amount(quantity: Quantity) -> bool:
    return quantity.kind in {"count", "money"} and quantity.change == "level" and quantity.lower is not None


def _run(context: AuditContext, group: tuple[Quantity, ...], place: int, *, wide: bool = False) -> list[Quantity]:
    """Amounts of one unit that stand right before ``group[place]``, in text order.

    ``wide`` goes on over semicolons, and takes a whole in the place of its parts behind 其中.
    """
    run: list[Quantity] = []
    following = group[place]
    for quantity in reversed(group[max(0, place - NEIGHBOURS) : place]):
        gap = context.between(quantity, following)
        if not run and _HOW_MANY.fullmatch(gap):
            continue  # 两项合计149件: how many things are added, not one of them
        other_unit = run and not same_unit(quantity.unit, run[0].unit)
        if not _amount(quantity) or other_unit or len(gap) > _LONGEST_GAP or len(run) == _MOST_PARTS:
            break
        nested = bool(run) and _NESTED.search(gap) is not None
        if run and _BREAK.search(gap) and not (wide and (nested or _SEMICOLON.search(gap))):
            break
        if nested and wide:
            run = [part for part in run if not _same_clause(context, quantity, part)]
        run.insert(0, quantity)
        following = quantity
    return run


def _same_clause(context: AuditContext, whole: Quantity, part: Quantity) -> bool:
    """Whether a part belongs to the whole before it: the parts of 120场，其中甲46场、乙38场 end at the next comma."""
    return not re.search(r"[；;）)]|\d[^，、；]*，", context.between(whole, part).partition("其中")[2])


def _listed(context: AuditContext, group: tuple[Quantity, ...], place: int) -> Sum | None:
    total, run = group[place], _run(context, group, place)
    if len(run) < 2:
        return None
    gap = context.between(run[-1], total)
    trigger = _TOTAL.search(gap)
    if trigger is None or _BREAK.search(gap) or _FALSE_TOTAL.search(gap):
        return None
    one_unit = same_unit(run[-1].unit, total.unit)
    sums = [Sum("listed", total, tuple(run[first:]), False, one_unit) for first in range(len(run) - 1)]
    wide = _run(context, group, place, wide=True) if one_unit else run
    stretches = [Sum("listed", total, tuple(wide[first:last]), False, one_unit) for first, last in _stretches(wide)]
    fitting = [item for item in [*stretches, *sums] if item.holds and item.exact]
    if fitting:
        return fitting[-1]
    nearest = min(sums, key=lambda item: abs(item.added.lower - (total.lower or 0)))
    if not one_unit or not nearest.exact:
        return nearest if one_unit and nearest.holds else None
    span = context.words(nearest.parts[0].end, total.start)
    return _unfitting(nearest, gap, named=trigger.group(1) is not None and not _OPEN_LIST.search(span))


def _unfitting(nearest: Sum, gap: str, *, named: bool) -> Sum | None:
    """A list that does not add up: a total that is ``named`` as one, or 共 alone right behind a comma.

    Elsewhere 共 may start a new count.
    """
    return Sum("listed", nearest.total, nearest.parts, named) if named or re.search(r"[，,]共$", gap) else None


def _stretches(run: list[Quantity]) -> Iterator[tuple[int, int]]:
    """Stretches of two and more, those that end next to the total last: 上年结转12件，受理86件，审结90件，合计98件."""
    for last in range(2, len(run) + 1):
        for first in range(last - 1):
            yield first, last


def _opened(context: AuditContext, group: tuple[Quantity, ...], place: int) -> Sum | None:
    total = group[place]
    parts: list[Quantity] = []
    opening, closed = "", False
    for quantity in group[place + 1 : place + 1 + NEIGHBOURS]:
        gap = _BRACKETS.sub("", context.between(parts[-1] if parts else total, quantity))
        if not parts:
            opening = gap
            if not _OPENING.search(opening):
                return None
        same = same_unit(quantity.unit, total.unit) and quantity.text != "零"
        if not _amount(quantity) or not same or (parts and re.search(r"[）)；;：:。]|合计|共计|总计", gap)):
            break
        parts.append(quantity)
    if len(parts) < 2:
        return None
    announced = _TOTAL.search(context.words(total.start - 30, total.start))
    all_parts = _ALL_PARTS.search(opening) is not None
    if all_parts and announced is None:
        return None  # 分别为 gives the values of several things, not the parts of one
    closed = announced is not None and all_parts
    # 立案310件（其中简易程序90件、普通程序220件、撤销6件）: what stands behind parts that add up is another count.
    fitting = (Sum("opened", total, tuple(parts[:last]), closed) for last in range(2, len(parts)))
    whole = Sum("opened", total, tuple(parts), closed)
    return whole if whole.holds else next((item for item in fitting if item.holds and item.exact), whole)


def _recipients(context: AuditContext, group: tuple[Quantity, ...], place: int) -> Sum | None:
    """One list for each recipient: the number of lists is that of the recipients, as far as each got one."""
    total = group[place]
    run = _run(context, group, place)
    if len(run) != 2 or same_unit(run[0].unit, total.unit):
        return None
    gap = context.between(run[-1], total)
    lists = bool(_LIST.search(gap)) or bool(_LIST.search(context.after(total)))
    one_each = total.unit in {"份", "张", "件", "封"} and run[0].unit in {"个", "家"}
    found = Sum("recipients", total, tuple(run), False, one_unit=False)
    if not one_each or not found.exact or not (_LIST_SENT.search(gap.removesuffix("清单")) or lists):
        return None
    return found if found.holds or lists else None
