"""How a long statement begins: the heading or first sentence that is shown, and the rest, which is a click away."""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = 48
_LONGEST: Final = 64
_SENTENCE_END: Final = re.compile(r"[。；！？]+[”’）》]?")
_CLAUSE_END: Final = re.compile(r"[，：、]")
_PAIRS: Final = ("“”", "（）", "《》", "‘’", "【】")
_MARKS: Final = re.compile(r"[\s。；，、：！？;,.]+")


def opening_and_rest(text: str) -> tuple[str, str]:
    """A statement in two pieces that make it up: its first sentence, of a long one the first clauses; and the rest.

    >>> opening_and_rest(f"建设便民驿站。新建驿站12座，{'改造老旧站点，' * 6}长期有人值守。")[0]
    '建设便民驿站。'
    >>> opening_and_rest("普法形式单一，效果不好。")
    ('普法形式单一，效果不好。', '')
    """
    whole = text.strip()
    if len(whole) <= _SHORT:
        return whole, ""
    ends = [match.end() for match in _SENTENCE_END.finditer(whole) if not is_inside(whole, match.start())]
    cut = ends[0] if ends else len(whole)
    if cut > _LONGEST:
        clauses = [
            match.end() for match in _CLAUSE_END.finditer(whole, 0, _SHORT) if not is_inside(whole, match.start())
        ]
        cut = clauses[-1] if clauses and clauses[-1] > _SHORT // 3 else cut
    return whole[:cut], whole[cut:]


def is_inside(text: str, place: int) -> bool:
    """Whether a place lies between quotation marks or brackets that are still open.

    >>> is_inside("甲（乙，丙）", 3), is_inside("甲（乙，丙）", 6)
    (True, False)
    """
    before = text[:place]
    return any(before.count(one) > before.count(other) for one, other in _PAIRS)


def repeats(pieces: list[str], text: str) -> bool:
    """Whether pieces are a text cut up: they say all of it in its order, and nothing else, but for the marks between.

    >>> repeats(["建驿站12座", "改站点30处"], "建驿站12座，改站点30处。"), repeats(["建驿站12座"], "建驿站12座，改站点")
    (True, False)
    """
    return _MARKS.sub("", "".join(pieces)) == _MARKS.sub("", text)
