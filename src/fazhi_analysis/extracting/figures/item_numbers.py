"""Numbers of list items that run into a figure: 1.138件实事 is item 1 and 138件, 2.1件均用时 is section 2.1."""

from __future__ import annotations

from decimal import Decimal

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.amounts import Amount
from fazhi_analysis.extracting.figures.numerals import parse_numeral

_OPENS = "\n。；;"
_IN_PARTS = frozenset(("亩", "标箱", "学时", "课时"))  # what is counted in decimals, too
_LIKE_UNIT = pattern("<words like units>")


def without_item_number(amount: Amount, text: str) -> Amount | None:
    """The amount without the number of the item that it opens; None for the number of a section and a word.

    Things are counted in whole numbers, so that 1.138件 at the beginning of a line is item 1. With a scale or a unit
    that has decimals (1.2万件, 3.5亩), only the item before or after tells.
    """
    whole, point, rest = amount.digits.partition(".")
    printed = parse_numeral(amount.digits)
    if not point or not whole.isdigit() or len(whole) > 2 or not printed or not printed.value:
        return amount
    factor = amount.numeral.value / printed.value
    in_wholes = amount.unit_class == "count" and amount.unit not in _IN_PARTS and rest.isdigit() and factor == 1
    if in_wholes and _LIKE_UNIT.match(text, amount.start + len(amount.digits)):
        return None
    if whole[0] == "0" or rest[0] == "0" or not _opens_item(amount.start, text):
        return amount
    if not in_wholes and not _has_neighbour(int(whole), amount.start, text):
        return amount
    numeral = parse_numeral(rest)
    if numeral is None:
        return amount
    start = amount.start + len(whole) + 1
    return amount._replace(start=start, digits=rest, numeral=numeral.times(Decimal(factor)))


def _opens_item(start: int, text: str) -> bool:
    return start == 0 or text[start - 1] in _OPENS


def _has_neighbour(number: int, start: int, text: str) -> bool:
    """Whether the line before or after opens with the number before or after."""
    if start and text[start - 1] != "\n":
        return False
    end = text.find("\n", start)
    before = text.rfind("\n", 0, max(0, start - 1)) + 1
    follows = number > 1 and start > 0 and text.startswith(f"{number - 1}.", before)
    return follows or (end >= 0 and text.startswith(f"{number + 1}.", end + 1))
