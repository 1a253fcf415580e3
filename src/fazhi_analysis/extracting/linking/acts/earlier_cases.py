"""The cases that a figure goes on from: of enforcement before an amount of fines, disputes before those settled."""

from __future__ import annotations

import re

from fazhi_analysis.extracting.linking.passages.passage import Passage

_CASES = re.compile(r"(?:查处|处罚|查办|立案)[^，；]*(?:案件|违法行为)|处罚[^，；]*\d[件起宗]")
_DISPUTES = re.compile("纠纷")
_PROCEDURES = re.compile("(简易|一般|普通|快速)程序")
_OF_PROCEDURE = re.compile(f"^(?!.*其中)[^（(]*{_PROCEDURES.pattern}[^，；]*案件")
_LEAD = 100  # characters before a figure in which 其中 says that it is a part
_AROUND = 200  # characters in which the other procedure is named


def counts_cases(text: str, passage: Passage) -> bool:
    """Whether a figure counts cases that led to fines: 查处违法案件12件."""
    return _CASES.search(_words(text, passage)) is not None


def counts_disputes(text: str, passage: Passage) -> bool:
    """Whether a figure counts disputes, of which the next tells how many were settled: 排查欠薪纠纷26起，化解24起."""
    return _DISPUTES.search(_words(text, passage)) is not None


def is_one_procedure_of_several(text: str, passage: Passage) -> bool:
    """Whether a figure counts the cases of one procedure (办结简易程序案件381件), and its paragraph names another.

    Those that are named as parts of cases before them (其中简易程序) are not meant.

    >>> def ask(text):
    ...     at, end = text.index("3"), len(text)
    ...     figure = Passage(at, at + 2, 0, at, at + 2, 0, end, 0, 0, end, 0, end)
    ...     return is_one_procedure_of_several(text, figure)
    >>> ask("简易程序案件3件，罚款1万元。普通程序案件7件"), ask("普通程序案件3件，罚款1万元")
    (True, False)
    """
    lead = text[max(passage.sentence_start, passage.head_start - _LEAD) : passage.head_start]
    if not _OF_PROCEDURE.match(lead + _words(text, passage)):
        return False
    begin = max(text.rfind("\n", 0, passage.start), passage.start - _AROUND)
    end = text.find("\n", passage.end, passage.end + _AROUND)
    around = text[max(begin, 0) : end if end >= 0 else passage.end + _AROUND]
    return len(set(_PROCEDURES.findall(around))) > 1


def are_several_procedures(between: str) -> bool:
    """Whether the words since the last amount count the cases of several procedures: what follows is of all of them.

    >>> [are_several_procedures(words) for words in ("普通程序案件8件、简易程序案件2件，罚款", "简易程序案件2件，罚款")]
    [True, False]
    """
    return len(set(_PROCEDURES.findall(between))) > 1 and "其中" not in between


def _words(text: str, passage: Passage) -> str:
    """The head and what follows it; in a table a whole column may stand between the head and the figure."""
    return passage.head(text) + text[passage.start : passage.tail_end]
