"""Whose figure it is, where the wording says so: 旗本级, 乡镇, 以区政府为被告; the whole place needs no scope."""

from __future__ import annotations

import re
from itertools import dropwhile

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.unexplained_words import is_idle

_PARTY = pattern(
    r"(?:以([\u4e00-\u9fff]{1,12}?<party bodies>)|(?<!全)((?:[省市区县旗盟州镇]级?|乡镇|街道)(?:人民)?<party bodies>))"
    r"(?:作)?为(?:共同|单独)?(<parties>)"
)
_OWN_LEVEL = re.compile(r"([省市区县旗盟州镇])(?:一?本级|级本级|(?:人民)?政府本级)")
_LEVEL_LIST = pattern("(?:<levels>)(?=(?:部门)?<level lists>(?:清单|事项))|(?:<levels of items>)级(?=事项)")
_CHIEF = pattern("<chief officers>")
# 县政府负责人出庭应诉率, 部门和镇街负责人出庭应诉率: those of one level of bodies.
_HEADS_OF = pattern("([省市县区旗盟州](?:人民)?政府|(?:[省市县区旗盟州]级)?<heads of bodies>)(?:行政机关)?负责人")
_ONE_LEADER = pattern("<one leader>")
_LEADERS = re.compile("负责同志|负责人|领导")
_ON_SITE = re.compile("现场述法|会议述法|现场进行述法|现场专题述法")
_WHOLE = re.compile(r"(?<![健安齐完保成周])全([省市区县旗盟州镇乡])(?![域场通长民程办一])")

# 组织96名干部参加全县学法考试: the exam is the county's, those who sit it are not.
_HELD_BY = re.compile("参加了?全[省市县区旗盟州](?:统一|年度)?[\u4e00-\u9fff]{0,8}(?:考试|测试|竞赛)")
_INSTANCE = re.compile(r"(?<![第统])(一审|二审|再审)(?=.{0,4}行政)|行政[^，；]{0,6}?(一审|二审|再审)")
_FILES = pattern("行政<file kinds>(?=(?:[、和及与](?:行政)?<file kinds>)*案卷)")
_JOINED_RATES = re.compile(r"率(?:、|和|与|及)")
_VARIANT = pattern("<rate variants>")

_KINDS_OF = {
    "新媒体": pattern("<media>"),
    "示范村": pattern("<levels of honours>"),
    "职权事项调整": pattern("<kinds of adjustments>"),
    "规范性文件备案数": pattern("(?:<makers of documents>)(?=(?:行政)?规范性文件)"),
}
_ALSO = {"微信公众号": "微信", "公众号": "微信", "全国": "国家级"}  # other names of one of them
_HALVES = words("halves")
# 校园类演练24次: one class of what the indicator counts.
_CLASS = re.compile(r"([\u4e00-\u9fff]{2,10}(?<![各多分同其几等])类)(?=[\u4e00-\u9fff]{2})(?![型别似])")
_ONE_GROUP = re.compile("[省市县区旗盟州]?(?:(?:人民)?政府|人大(?:常委会)?|政协)党组")

# 县政府常务会议学法9次、党组会学法5次: both are of the county government.
_OWNER = re.compile(r"([省市县区旗盟州](?:人民)?政府)(?=常务会)[^，；。]*$")
_OWNED = re.compile("[、和]党组")
# 涉企从轻处罚案件3件、不予处罚案件5件: both are of firms.
_CASES = re.compile("案件|处罚")
_OF_SOME = re.compile("(涉(?![及嫌案法诉])[\u4e00-\u9fff])")
_OF_SOME_BEFORE = re.compile(f"{_OF_SOME.pattern}(?:(?!其中)[^，；。的])*(?:案件|处罚)[^，；。其]*$")
_GOES_ON = re.compile("[、和及与][^，；、]*?([\u4e00-\u9fff]{2})(?:案件)?$")
# 此次抽查案卷52本: those of one round among others.
_ONE_ROUND = pattern("(?:^|[，；])([此本这该]次)(?=(?:<checks>))")


def scope_of(own: str, clause: str = "") -> str:
    """Scope that the words give, the narrower before the wider; empty where they give none.

    Parameters
    ----------
    own:
        Words that stand with the figure.
    clause:
        Words of the same clause further off; only the whole area (全县) is looked for there.

    >>> scope_of("公布县本级权责清单"), scope_of("以区政府为被告的行政诉讼案件")
    ('县本级', '以区政府为被告')
    >>> scope_of("组织普法活动", "年内全旗"), scope_of("全面梳理")
    ('全旗', '')
    """
    if "为" in own and (match := _PARTY.search(own)):
        return f"以{match[1] or match[2]}为{match[3]}"
    if "案卷" in own and len(kinds := _FILES.findall(own)) == 1:
        return f"{kinds[0]}案卷"
    if "审" in own and (match := _INSTANCE.search(own)):
        return match[1] or match[2]
    if "本级" in own and (match := _OWN_LEVEL.search(own)):
        return f"{match[1]}本级"
    if ("清单" in own or "事项" in own) and (match := _LEVEL_LIST.search(own)):
        return match[0]
    if "参加" in own:
        own = _HELD_BY.sub("", own)
    if ("全" in own and (match := _WHOLE.search(own))) or ("全" in clause and (match := _WHOLE.search(clause))):
        return f"全{match[1]}"
    return ""


def class_of(name: str, own: str) -> str:
    """The class of what an indicator counts that a figure counts alone; empty where the indicator is of that class.

    >>> class_of("应急演练次数", "开展校园类演练"), class_of("行政许可事项数", "许可类事项")
    ('校园类', '')
    >>> class_of("应急演练次数", "防汛、防火等各类演练")
    ''
    """
    match = _CLASS.search(own) if "类" in own else None
    if match is None:
        return ""
    import rjieba

    kind = "".join(dropwhile(is_idle, rjieba.cut(match[1], False)))
    return kind if len(kind) > 2 and kind[:-1] not in name else ""


def half_of(name: str, own: str, sentence: str) -> str:
    """Which of two things that an indicator counts together a figure counts, where a sentence counts them apart.

    >>> name = "废止和宣布失效文件数"
    >>> half_of(name, "、废止", "宣布失效9件、废止10件"), half_of(name, "废止", "废止10件")
    ('废止', '')
    """
    named = [half for half in _HALVES if half in name]
    halves = [half for half in named if half in own]
    return halves[0] if len(halves) == 1 < sum(half in sentence for half in named) else ""


def office_of(name: str, own: str, before: str = "") -> str:
    """Whose acts a figure counts where they are those of some alone: 主要负责人出庭12件, 8家单位现场述法, 县长批示4次.

    >>> name = "出庭应诉案件数"
    >>> office_of(name, "一把手出庭"), office_of(name, "负责人出庭"), office_of("培训期数", "一把手")
    ('一把手', '', '')
    >>> office_of("出庭应诉率", "县政府负责人出庭应诉率"), office_of("述法单位数", "单位开展现场述法")
    ('县政府', '现场')
    >>> name = "主要负责同志对法治工作作出批示次数"
    >>> office_of(name, "，作出批示", "县委书记研究法治工作"), office_of(name, "作出批示", "县委书记、县长")
    ('县委书记', '')
    """
    if "批示" in name:
        leader = _ONE_LEADER.findall(own if _LEADERS.search(own) else before + own)
        return leader[0] if len(set(leader)) == 1 else ""
    if "述法单位" in name or "述法党政主要负责人" in name:
        return "现场" if _ON_SITE.search(own) and "书面" not in own else ""
    if "出庭" not in name:
        return ""
    match = _CHIEF.search(own) or (_CHIEF.search(before) if "带头" in own else None)
    heads = None if match else _HEADS_OF.search(own)
    return match[0] if match else heads[1] if heads else ""


def cases_of(name: str, own: str, before: str) -> str:
    """Of whom alone the cases are that a figure counts, by its own words or by those of the list that it goes on.

    >>> name = "不予处罚案件数"
    >>> cases_of(name, "、不予处罚案件", "办理涉企从轻处罚案件4件"), cases_of(name, "，不予处罚案件", "涉企检查")
    ('涉企', '')
    >>> cases_of("调解案件数", "、人民调解案件", "办理涉企援助案件4件")
    ''
    """
    if not _CASES.search(name) or not _CASES.search(own):
        return ""
    match, alike = _OF_SOME.search(own), _GOES_ON.match(own)
    if match is None and alike is not None:
        listed = _OF_SOME_BEFORE.search(before)
        match = listed if listed and alike[1] in listed[0] else None
    return match[1] if match and match[1][-1] not in name else ""


def kind_of(name: str, own: str, sentence: str) -> str:
    """Which medium a figure is of, or which level gave an honour, where the sentence names another one as well.

    >>> name = "政务新媒体发布信息条数"
    >>> kind_of(name, "，微博发布", "微信公众号发布60条，微博发布9条"), kind_of(name, "微博发布", "微博发布9条")
    ('微博', '')
    >>> name = "民主法治示范村（社区）数"
    >>> kind_of(name, "、省级民主法治示范村", "创建2个国家级、9个省级民主法治示范村")
    '省级'
    """
    kinds = next((found for word, found in _KINDS_OF.items() if word in name), None)
    if kinds is None:
        return ""
    own_kinds, all_kinds = ({_ALSO.get(kind, kind) for kind in kinds.findall(words)} for words in (own, sentence))
    return min(own_kinds) if len(own_kinds) == 1 < len(all_kinds) else ""


def round_of(sentence: str) -> str:
    """What a sentence that tells of one check among others calls it.

    >>> round_of("此次抽查覆盖6个镇，抽查案卷"), round_of("全年抽查案卷")
    ('此次', '')
    """
    match = _ONE_ROUND.search(sentence)
    return match[1] if match else ""


def group_of(name: str, own: str, before: str = "") -> str:
    """The one Party group whose sessions a figure counts, of an indicator that adds up those of all in a place.

    >>> name = "各级党委（党组）集中学法次数"
    >>> group_of(name, "县政府党组理论学习中心组学法"), group_of("讲座场次", "县政府党组讲座")
    ('县政府党组', '')
    >>> group_of(name, "、党组会议学法", "县政府常务会议学法9次")
    '县政府党组'
    """
    if not name.startswith("各级") or "各" in own:
        return ""
    if match := _ONE_GROUP.search(own):
        return match[0]
    owner = _OWNER.search(before) if _OWNED.match(own) else None
    return f"{owner[1]}党组" if owner else ""


def scope_lasts(scope: str, of_rate: bool = False) -> bool:
    """Whether a scope holds for the figures after it in its sentence as well: that of a body, not that of a kind.

    That of a level of items holds for their rates: 街道级事项182项，网上可办率98%.

    >>> scope_lasts("县本级"), scope_lasts("一审"), scope_lasts("街道级"), scope_lasts("街道级", of_rate=True)
    (True, False, False, True)
    """
    return scope.endswith(("本级", "为被告", "为被申请人")) or (of_rate and scope.endswith("级"))


def rate_variant(own: str) -> str:
    """The printed rate where an indicator is reported as several ("优秀率" beside "合格率"); empty for the usual one.

    >>> rate_variant("学法考试优秀率达"), rate_variant("学法考试合格率达")
    ('优秀率', '')
    """
    match = None if _JOINED_RATES.search(own) else _VARIANT.search(own)
    return match[0] if match else ""


def is_own_whole(scope: str, region: str) -> bool:
    """Whether a scope is no more than the whole of the report's own place; a place unknown may be any.

    >>> is_own_whole("全旗", "云泽盟霁原旗"), is_own_whole("全区", "云泽盟霁原旗"), is_own_whole("旗本级", "霁原旗")
    (True, False, False)
    """
    return scope.startswith("全") and (not region or scope == f"全{region[-1]}")


def is_own_level(scope: str, region: str) -> bool:
    """Whether a scope is the level of the report's own place, whose lists are its own (县级权责清单 of a county).

    >>> is_own_level("县级", "云岭省云汀县"), is_own_level("市级", "云岭省云汀县"), is_own_level("县级", "")
    (True, False, False)
    """
    return bool(region) and scope == f"{region[-1]}级"
