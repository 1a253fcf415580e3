"""Words beside what a figure counts that say nothing of it: remarks, titles, who teaches, manners, circumstances."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.circumstances import without, without_circumstances

_ASIDES = (
    # Among what others: 包含异地就医备案在内的76项.
    re.compile("(?:包含|包括|涵盖|含)[^，；|]{2,40}?在内的$"),
    re.compile(r"《[^《》]*(?:》|$)|^[^《》]*》"),
    re.compile(r"（(?!含|包括)[^（）]*(?:）|$)"),
    pattern("<carried remarks>"),
    pattern("(?<=<case kinds>)案(?=[（|]|$)"),  # 审结行政复议案46件
    re.compile(r"(?:^|(?<=[，|])|(?<=通过)|(?<=依托)|(?<=在))[\u4e00-\u9fff]{2,3}[县市区旗州盟](?=人民政府|政府)"),
    pattern("(?:<asked>)[^，；]{2,14}?(?:律师事务所|律所)(?:的?律师)?"),
    # What it consists of, before its sum: 行政权力包含许可、处罚和检查，共计181项.
    re.compile(r"(?:包括|包含|涵盖)[^，,；|]{2,40}、[^，,；|]+(?=[，,](?:共|合|总)计?$)"),
    pattern("(?:对|向|给)[^，；|]{0,20}?(?:<bodies>)(?=<sending verbs>)"),
    # Whose meeting it is: 乡长办公会议.
    re.compile("[省市县区旗州盟镇乡厅局]长(?=办公室?会)"),
    # After which model: 以律师加司法所模式开展法律咨询.
    pattern("(?:以|按照?|采用|采取|运用|推行)[^，；|]{2,20}?模式(?=.{0,2}(?:<modelled acts>))"),
    # Where it was held: 在霁原大学举办研讨班.
    pattern("(?:在|赴|到)[^，；|]{2,14}?(?:<venues>)(?=<teaching verbs>)"),
    # On what those who teach spoke, and by which named application: 就数据安全举办法治讲座, 上线汀好办移动端.
    pattern("(?:^|(?<=[，|府局县市区旗镇乡统门位委]))(?:就|围绕)[^，；]{2,60}?(?=<teaching verbs>)"),
    pattern("(?<=[线录陆入驻出通布在])[\u4e00-\u9fff]{2,5}(?=<applications>)"),
    pattern("在[^，；|]{0,8}?(?:<applications>)(?:上|中)?(?=(?:共|累计|已)*(?:<online verbs>))"),
    # Who chose those who are counted: 县司法局选聘的首批12名监督员.
    pattern("^[^，；|]{2,24}?(?:<choosing verbs>)的(?=(?:<first batches>)?$)"),
    # Upon which faults, with whose help: 针对共性问题制发, 依托法律顾问审查.
    pattern("(?:<upon>)[^，；|]{2,40}?(?:<found faults>)的?(?=(?:[向对给][^，；|]{2,12}?)?<sending verbs>)"),
    re.compile("来自[^，；|]{2,16}?的"),
    # Which laws they were, without marks of titles: 学习防洪法、渔业法等法律法规.
    re.compile(
        "(?<=学习|宣传|宣讲|研学|解读|传达|贯彻)(?:[\u4e00-\u9fff]{1,12}(?:法|条例|办法|规定|法典)(?:、|和|及|与)?)+"
        "等(?=(?:相关|有关)?(?:法律|法规|条例|规章))"
    ),
    pattern("(?:<with help>)[^，；|]{0,10}?(?:<helpers>)(?=<own verbs>|参与|协助|把关)"),
    pattern(
        "邀请[^，；|]{0,24}?(?:<learned people>)+(?:成员)?(?:等)?(?:<learned people>)?"
        "(?:[、和及与][^，；|、]{0,10}?(?:<learned people>)(?:等)?)*"
    ),
)
EVENTS = frozenset(words("event measures"))
_MANNER = pattern("<manner of events>")


@lru_cache(maxsize=256)  # the same phrase is asked for in turn: is all of it explained, is what remains a part
def without_asides(phrase: str, says: tuple[str, ...]) -> str:
    """The phrase without remarks, titles of laws, names of governments and law firms, but for what a rule rests on.

    >>> without_asides("组织学习《宪法》（线上）等法律法规", ("法律法规",))
    '组织学习||等法律法规'
    """
    for aside in _ASIDES:
        phrase = without(aside, phrase, says)
    return without_circumstances(phrase, says)


def without_manner(phrase: str, says: Sequence[str], unit: str) -> str:
    """The phrase of a figure of events without the manner in which they are held, but for what a rule rests on.

    >>> without_manner("沉浸型普法活动", ("普法活动",), "场"), without_manner("科普型基地", ("基地",), "个")
    ('|普法活动', '科普型基地')
    """
    if "型" not in phrase or unit not in EVENTS:
        return phrase
    return without(_MANNER, phrase, says)
