"""Several acts in one number: 法治培训和法治讲座19场 belong to no indicator of one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.asides import EVENTS

_JOINED = re.compile(r"、|以及|和(?!解|谐)|与(?!会)|及(?!时)")
# Another act beside the one counted: 学法和调研共计14次.
_OTHER_ACT = pattern("(?:<manners>)*(?:工作|任务)?(?:<general verbs>)+(?:工作|任务|活动)?(?:<amount words>)*")
_ACT_BEFORE = pattern("(?:工作|任务)(?:<general verbs>)(?:工作|活动)?$")
_KIND = pattern(
    "(?:(?P<studied><studied>)|(?P<trained><trained>)|(?P<told><told>))(?:会|班|课|活动)?(?:<amount words>)*$"
)
# 合法性审查全覆盖、应诉率95%: what is said of another thing before.
_SAID = re.compile("[^，；|]*(?:全覆盖|全达标)(?:、|和|，)")
_OWN_VERB = pattern("(?:<general verbs>)")


def counts_two_acts(head: str, says: Sequence[str]) -> bool:
    """Whether events of another kind are in the same number, joined to those that the wordings name.

    >>> counts_two_acts("开展法治学习和工作部署共计", ("法治学习",)), counts_two_acts("法治培训、辅导讲座", ("讲座",))
    (True, True)
    >>> counts_two_acts("组织和开展法治学习", ("法治学习",)), counts_two_acts("法治讲座、专题辅导", ("讲座",))
    (False, False)
    """
    joined = list(_JOINED.finditer(head))
    if not joined:
        return False
    if _of_several_kinds(_JOINED.split(head)):
        return True
    before, after = head[: joined[-1].start()], head[joined[-1].end() :]
    if all(say in before for say in says):
        return _OTHER_ACT.fullmatch(after) is not None
    return all(say in after for say in says) and _ACT_BEFORE.search(before) is not None


def without_statement(head: str, says: Sequence[str]) -> str:
    """The words of a figure without what is said of another thing before, where the wordings stand behind it.

    >>> without_statement("合法性审查全覆盖、应诉率", ("应诉率",)), without_statement("应诉全覆盖、率", ("应诉",))
    ('应诉率', '应诉全覆盖、率')
    """
    said = _SAID.match(head)
    return head[said.end() :] if said and all(say in head[said.end() :] for say in says) else head


def last_act(head: str, says: Sequence[str], unit: str) -> str:
    """The last of several joined acts of an event, where it has a verb of its own and the wordings name it alone.

    Else all of them, and of what is no event too, since the first may say of what the last is: 对企业检查、处罚12件.

    >>> last_act("县政府常务会议听取汇报、开展会前学法", ("会前学法",), "次")
    '开展会前学法'
    """
    joined = list(_JOINED.finditer(head)) if unit in EVENTS else []
    if not joined or not _OWN_VERB.match(head, joined[-1].end()):
        return head
    after = head[joined[-1].end() :]
    return after if all(say in after for say in says) else head


def _of_several_kinds(members: Sequence[str]) -> bool:
    """Whether the events of a list are of several kinds; a last one with a verb of its own stands alone.

    >>> _of_several_kinds(["法治培训", "法治讲座"]), _of_several_kinds(["加强理论学习", "举办法治讲座"])
    (True, False)
    """
    if _OWN_VERB.match(members[-1]):
        return False
    kinds = {found.lastgroup for found in map(_KIND.search, members) if found}
    return len(kinds) > 1
