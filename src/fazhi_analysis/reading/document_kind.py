"""What kind of document a text is, by its title, else by its opening: duties and checks depend on it."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import DocumentKind, Means

_NOTICE = re.compile(
    r"(?:印发|公布|发布|报送|转发)《(?P<title>[^《》]{4,80}(?:《[^《》]*》[^《》]*)*)》(?:的(?:通知|函|公告|请示|报告))?$"
)
_QUOTED = re.compile("《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_OTHER = pattern(r"(?:<other nouns>)(?:[（(].{1,14}[）)])?$|^(?!.*(?:<report nouns>)).*(?:<plan papers>)$")
_PERSON = re.compile("述法|述职")
_BY_TITLE: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("disclosure", pattern("(?:<information disclosure>)")),
    ("annual_report", pattern("(?:<rule of law work>)")),
    ("work_report", re.compile("政府工作报告|^工作报告|关于政府工作的报告")),
    ("reconsideration_stats", re.compile("行政复议|行政应诉")),
    ("enforcement_stats", re.compile("行政执法|行政处罚|行政检查|行政许可|行政强制")),
)
_REPORT = pattern("(?:<report nouns>)")
_TO_CONGRESS = re.compile(r"各位代表|代表.{0,20}政府.{0,14}(?:报告工作|工作报告|报告.{0,4}政府工作)")
_OF_GOVERNMENT = re.compile(r"代表.{0,20}政府")
_BY_OPENING: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("disclosure", pattern("<disclosure openings>")),
    ("annual_report", pattern("(?:<rule of law work>)(?!示范)")),
    ("reconsideration_stats", re.compile(r"行政复议(?:工作|案件|应诉)")),
    ("enforcement_stats", re.compile(r"行政执法(?:年度)?(?:数据|统计|总体情况|年报)")),
)
_OPENING = 500
_ADDRESS = 120


def titled_document(title: str) -> str:
    """The title of the report that a notice sends along (关于印发《…》的通知); of any other, the title itself.

    >>> titled_document("砚桥县人民政府关于印发《砚桥县2023年法治政府建设工作情况报告》的通知")
    '砚桥县2023年法治政府建设工作情况报告'
    """
    notice = _NOTICE.search(title)
    return notice["title"] if notice else title


def document_kind(title: str, opening: str) -> tuple[DocumentKind, Means]:
    """The kind of document and how it was found; ``other`` by no means where neither title nor opening tells.

    >>> document_kind("砚桥县2023年法治政府建设工作总结", ""), document_kind("砚桥县2024年政府工作报告", "各位代表：")
    (('annual_report', 'title'), ('work_report', 'title'))
    >>> document_kind("砚桥县司法局2023年行政复议案件统计分析报告", ""), document_kind("", "全年办结案件12件。")
    (('reconsideration_stats', 'title'), ('other', ''))
    >>> document_kind("2024年一季度《政府工作报告》重点任务完成情况", "")
    ('other', 'title')
    """
    if title:
        if found := _of_title(title, opening):
            return found, "title"
    elif _is_other_paper(opening.partition("\n")[0]):
        return "other", "opening"
    elif _TO_CONGRESS.search(opening[:_ADDRESS]):
        return ("work_report" if _OF_GOVERNMENT.search(opening[:_OPENING]) else "other"), "opening"
    matched = [(match.start(), kind) for kind, form in _BY_OPENING if (match := form.search(opening[:_OPENING]))]
    if matched:
        _, kind = min(matched, key=lambda found: found[0])
        return ("other", "") if title and kind.endswith("stats") else (kind, "opening")
    return "other", ""


def _is_other_paper(line: str) -> bool:
    """Whether the first line of a text is the title of a notice, a plan or the like."""
    return len(line) <= 60 and "。" not in line and _OTHER.search(line) is not None


def _of_title(title: str, opening: str) -> DocumentKind | None:
    """What a title calls the document; None when it names no subject of a kind (年度工作总结)."""
    name = titled_document(title)
    subject = _QUOTED.sub("", name) or name
    if _PERSON.search(subject) or _OTHER.search(subject):
        return "other"
    for kind, form in _BY_TITLE:
        if form.search(subject) and _REPORT.search(subject):
            return kind
    if "工作报告" in subject and _TO_CONGRESS.search(opening[:_ADDRESS]):
        return "work_report" if _OF_GOVERNMENT.search(opening[:_OPENING]) else "other"
    return None if _QUOTED.sub("", name) == name else "other"
