"""The closed vocabularies of a follow-up: verdicts, kinds of evidence, and why a verdict is what it is."""

from __future__ import annotations

from typing import Final

VERDICTS: Final[dict[str, tuple[str, str]]] = {
    "repeated": ("再次提出", "named again"),
    "kept": ("有据落实", "kept, with evidence"),
    "contradicted": ("与数字不符", "contradicted by figures"),
    "dropped": ("未再提及", "not mentioned again"),
    "cannot_tell": ("无法判断", "cannot tell"),
}
"""Every verdict of a follow-up, with its Chinese and English name."""

WORDINGS: Final[dict[str, tuple[str, str]]] = {
    "": ("", ""),
    "near_verbatim": ("几乎逐字", "nearly word for word"),
    "reworded": ("换了说法", "in other words"),
}
"""How a statement is repeated."""

EXTENTS: Final[dict[str, tuple[str, str]]] = {
    "": ("", ""),
    "full": ("全部", "in full"),
    "part": ("部分", "in part"),
}
"""How much of a statement the verdict rests on: all of its parts, or some."""

REASONS: Final[dict[str, tuple[str, str]]] = {
    "same_words": ("后一年的同类条目几乎逐字相同", "the later report says nearly the same words"),
    "same_matter": ("后一年的条目换了说法，说的是同一件事", "the later report says the same in other words"),
    "target_met": ("后一年的数字达到了承诺的数", "the later figure meets the promised one"),
    "target_missed": ("后一年的数字没有达到承诺的数", "the later figure falls short of the promised one"),
    "done_in_text": ("后一年正文写明已经做成", "the later text says that it was done"),
    "not_listed": (
        "后一年列出的问题里没有这一条，也没有相近的",
        "the later report lists problems, none of them like it",
    ),
    "not_in_text": ("后一年全文没有提到", "the later text does not mention it"),
    "figure_open": ("后一年的数字区间跨过承诺的数，定不下来", "the later figure's interval straddles the promised one"),
    "figure_doubtful": (
        "后一年的有关数字经核查存疑，换一种读法结论就不同",
        "the later figure is in doubt, and it matters",
    ),
    "figure_conflict": ("后一年同一指标有几个不同的数", "the later report gives several different figures"),
    "figure_other_kind": ("承诺的是增量，后一年公布的是总量", "an increase was promised, a level is reported"),
    "figure_other_scope": ("后一年只有其他口径的数字，不能比较", "the later report gives it for another scope only"),
    "figure_missing": ("后一年没有公布对应的数字", "the later report does not give the figure"),
    "other_year": ("承诺的是另一年的数，不与这一年相比", "the promise is about another year"),
    "near_matter": (
        "后一年在同一领域另有提法，不能断定是不是同一件事",
        "something near it is said, perhaps not the same",
    ),
    "no_result": ("后一年有所提及，没有写明结果", "it is mentioned without a result"),
    "no_statements": ("后一年没有存有同类条目，无从对照", "no entries of the later report to hold it against"),
    "no_text": ("后一年的全文未存，不能断定没有提到", "the later text is not kept, so silence proves nothing"),
    "nothing_specific": ("提法笼统，无从对照", "too general to be held against anything"),
}
"""Every reason, with its Chinese and English wording."""


def wording_of(table: dict[str, tuple[str, str]], code: str, lang: str = "zh") -> str:
    """Wording of a code in ``zh`` or ``en``; an unknown code is shown as it stands.

    >>> wording_of(VERDICTS, "kept"), wording_of(WORDINGS, "reworded", "en")
    ('有据落实', 'in other words')
    """
    return table[code][0 if lang == "zh" else 1] if code in table else code
