"""Which words of a figure's phrase its indicator does not explain: they make it a part, or another thing.

A phrase is explained when nothing is left of it after the indicator's own words and those that change nothing (when,
how much, how, by the place itself: ``catalogue/data/words/neutral_words.txt``). Circumstances that leave a count as it
is were taken out before (``circumstances``). Words that stand in neither list are judged by a dictionary with parts of
speech: adverbs, prepositions and the like change nothing, nouns and verbs do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import dropwhile

from fazhi_analysis.catalogue.word_lists import pattern, words

_PIECES = re.compile(r"[\u4e00-\u9fff]+")
_VERB = pattern("<general verbs>|<object verbs>")
_NEGATIONS = frozenset(words("negations"))
_KEPT = _NEGATIONS | frozenset(words("stages"))  # never idle, whatever their part of speech
_BODY_VERBS = frozenset(words("verbs of names"))
_NO_NAME_BEGINS = pattern("(?:<general verbs>|<manners>|<function words>|<time words>){2,}|预计|拟")
_NO_NAME = frozenset(["p", "d", "ad", "r"])
_IDLE = frozenset(["d", "p", "c", "f", "t", "m", "q", "r", "y", "e", "o", "uj", "ul", "uv", "ud", "ug", "uz", "x"])
"""Parts of speech that change nothing: adverbs, prepositions, conjunctions, places, times, numbers, pronouns."""


@cache
def _neutral() -> re.Pattern[str]:
    names = ("time words", "amount words", "general verbs", "manners", "function words", "own bodies", "added")
    return pattern(f"(?:{'|'.join(f'<{name}>' for name in names)})+")


def unexplained(phrase: str, terms: Sequence[str]) -> tuple[str, ...]:
    """Words of a phrase that are none of these terms, longest first, and do change what is counted.

    >>> unexplained("县法律援助中心全年受理案件", ("法律援助", "案件"))
    ('中心',)
    >>> unexplained("培育金牌人民调解员", ("人民调解员",))
    ('培育', '金牌')
    """
    return tuple(word for word, _ in _remaining(phrase, tuple(terms)))


def names_another_thing(phrase: str, terms: Sequence[str]) -> bool:
    """Whether a phrase has a noun of its own that these terms do not explain (召开联席会议, 发放问卷).

    >>> names_another_thing("召开联席会议", ("培训",)), names_another_thing("撤销", ("维持",))
    (True, False)
    """
    return any(part[0] in "nlj" and word[-1] != "率" for word, part in _remaining(phrase, tuple(terms)))


def names_only_things(phrase: str, terms: Sequence[str]) -> bool:
    """Whether what these terms leave unexplained of a phrase are nouns, and there are any (企业的环境违法行为).

    >>> names_only_things("企业的环境违法行为", ("违法行为",)), names_only_things("违法行为不予", ("违法行为",))
    (True, False)
    """
    left = _remaining(phrase, tuple(terms))
    return bool(left) and all(part[0] in "nljvab" and part != "v" for _, part in left)


@lru_cache(maxsize=256)  # the same phrase is asked for in turn: is all of it explained, is what remains a part
def _remaining(phrase: str, terms: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    left = list(phrase)
    single = set()
    for term in terms:
        if term not in phrase:
            continue
        if len(term) == 1:
            single.add(term)  # a word by itself, not a character of another one: 组, not 组织
            continue
        at = phrase.find(term)
        while at >= 0:
            left[at : at + len(term)] = "|" * len(term)
            at = phrase.find(term, at + 1)
    found: list[tuple[str, str]] = []
    for piece in _PIECES.finditer("".join(left)):
        if len(piece[0]) > 1 or not _ends_a_neutral_word(phrase, piece.start()):
            found += _left(piece[0])
    return tuple(rest for rest in found if rest[0] not in single)


@lru_cache(maxsize=4096)
def _ends_a_neutral_word(phrase: str, place: int) -> bool:
    """Whether the word of a phrase that this character belongs to changes nothing (办理 after the term 免证办)."""
    import rjieba

    end = 0
    for word in rjieba.cut(phrase, False):
        end += len(word)
        if end > place:
            return len(word) > 1 and _neutral().fullmatch(word) is not None
    return False


@lru_cache(maxsize=65536)
def _left(piece: str) -> tuple[tuple[str, str], ...]:
    """What is left of a run of characters without those that change nothing: words with their part of speech."""
    neutral = _neutral()
    if neutral.fullmatch(piece) and not any(word in piece for word in _KEPT):
        return ()
    import rjieba

    left = []
    tokens = rjieba.tag(piece, False)
    for index, (word, part) in enumerate(tokens):
        if word in _KEPT:
            left.append((word, part))  # what is not done is not what is done: 未参加学法考试12人
            continue
        if part in _IDLE or neutral.fullmatch(word):
            continue
        if index and neutral.fullmatch(tokens[index - 1][0] + word):
            continue
        if index + 1 < len(tokens) and neutral.fullmatch(word + tokens[index + 1][0]):
            continue
        left.append((word, part))
    return tuple(left)


@lru_cache(maxsize=4096)
def has_verb(phrase: str) -> bool:
    """Whether a phrase says that something was done, and not only what there is.

    >>> has_verb("下放执法事项"), has_verb("培育法律明白人"), has_verb("人民调解组织")
    (True, True, False)
    """
    import rjieba

    tokens = dropwhile(lambda token: token[1] in _IDLE or is_idle(token[0]), rjieba.tag(phrase, False))
    return next(tokens, ("", ""))[1] in ("v", "vn")  # what comes first: 人民调解组织 does nothing


def is_idle(name: str) -> bool:
    """Whether a name is of nobody but the place itself (各部门, 县政府)."""
    return _neutral().fullmatch(name) is not None


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether what ends like the name of a body is a name, and not the object of a verb before it.

    >>> is_name("县公安局"), is_name("联合县公安局"), is_name("自觉接受区人大")
    (True, False, False)
    """
    import rjieba

    tokens = rjieba.tag(text, False)
    first, part = tokens[0]
    if part == "c" or (first not in _BODY_VERBS and (_VERB.fullmatch(first) or _NO_NAME_BEGINS.fullmatch(first))):
        return False
    return not any(part in _NO_NAME or (part == "v" and word not in _BODY_VERBS) for word, part in tokens)


@lru_cache(maxsize=4096)
def last_word(phrase: str) -> str:
    """The last word of a phrase, empty for an empty one.

    >>> last_word("承办县人大代表议案")
    '议案'
    """
    import rjieba

    tokens = rjieba.cut(phrase, False)
    return tokens[-1] if tokens else ""
