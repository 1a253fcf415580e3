"""Which body reports, and which place it belongs to: as the user says, else as title, signature, opening and text do.

Places and bodies are recognised by their names (``catalogue.bodies``); here it is decided whom a text means when it
names several: the county in its title and the bureau that signs, 我县 and the names in its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fazhi_analysis.catalogue.bodies import GOVERNMENT_OFFICE, Organ, read_organ
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import BodyKind, Means
from fazhi_analysis.reading.document_kind import titled_document
from fazhi_analysis.reading.own_place import is_name, own_word, place_in

_YEAR_FIRST = re.compile(
    r"^(?:\d{1,2}(?!\d)|附件\d?[:：]?)?(?:[（(【\[][^（()）】\]]{1,8}[）)】\]])?(?:[《“\"])?(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})?(?:年度?)?(?:[一二三四]季度)?"
)
# 现在，我代表砚桥县人民政府，向大会报告工作: who speaks names whom for.
_ON_BEHALF = re.compile(r"(?:现在)?(?:我|本人)?(?:受[^，]{2,16}委托)?代表")
_TIME_FIRST = re.compile(
    r"^(?:自|从|在|截至)?(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})?(?:年度?|今年|一年|近\w年|本年度)?(?:以?来|底|末)?(?:现(?:公布|发布|公开|将|就))?"
)
# 据省发改委负责人介绍: where the news comes from.
_CITES = re.compile("关于|印发|报送|上报|呈报|公布|发布|转发|《|据")
_ACTS = pattern("(?:<general verbs>|<rise verbs>)")
_OF_PLACE = re.compile(r"关于(?=[^，。]{2,14}?[省市州盟县旗区镇乡])")
_MEETING = re.compile(r"在(?=[^，。]{2,14}?第[^，。]{1,4}届人民代表大会)")
_SENDING = re.compile(r"《(?P<title>[^《》]{4,60}?(?:报告|总结|情况|年报))》")
_MASTHEAD = re.compile(
    r"(?:发布|发文|公开|公布|制定)(?:机构|单位|机关)[：:|\]】\t\s]*(?P<organ>[\u3400-\u9fff]{2,30})"
    r"|(?:信息来源|文章来源|来源|来自)[：:|\t\s]*(?P<source>[\u3400-\u9fff]{2,30}?)(?=时间|日期|发布|浏览|作者|点击|字号|$|[^\u3400-\u9fff])"
)
_WORD_KIND: dict[str, BodyKind] = {
    **dict.fromkeys(("镇", "乡", "街道", "街", "苏木"), "township"),
    **dict.fromkeys(("分局", "局", "委", "厅", "办", "中心", "支队", "总队", "大队"), "department"),
    "院": "other",
}
_CLAUSE = re.compile(r"[，,。；;：:！\n]")
_EDITS = re.compile("(?:负责|组织|牵头)?(?:编制|编写|起草)")
_SUBJECTS = 500
_FIRST = 3
_COUNTIES = "县区旗市"


class Front(NamedTuple):
    """Where a text may say who reports: title, signature, lines above the body, opening, all of it, its file."""

    title: str = ""
    signature: str = ""
    masthead: Sequence[str] = ()
    opening: str = ""
    text: str = ""
    file_name: str = ""


class Reporter(NamedTuple):
    """The body that reports (None: nothing names one), how it was found, and how its place was.

    ``kind`` is known also where 我局 alone tells what kind of body speaks.
    """

    organ: Organ | None = None
    body_from: Means = ""
    place_from: Means = ""
    kind: BodyKind | None = None


def reporting_body(front: Front, year: int | None = None) -> Reporter:
    """Who reports, as the text itself tells.

    >>> found = reporting_body(Front("砚桥县2024年法治政府建设年度报告", "砚桥县司法局"))
    >>> found.organ.region, found.organ.place, found.body_from, found.place_from
    ('云岭省望溪市砚桥县司法局', '云岭省望溪市砚桥县', 'signature', 'title')
    >>> text = "2024年，我县持续用力。印发《方城县法治政府建设要点》。"
    >>> found = reporting_body(Front(opening=text, text=text))
    >>> found.organ.region, found.body_from, found.place_from
    ('河南省方城县', 'text', 'text')
    >>> reporting_body(Front(text="我局办理案件12件。"))
    Reporter(organ=None, body_from='text', place_from='', kind='department')
    """
    named = list(_outright(front, year))
    ours = own_word(front.text)
    organ, means = _decided(named)
    if organ is None or not organ.place:
        others = list(_in_passing(front, year))
        named += others
        if organ is None:
            organ, means = next(((one, how) for one, how in others if _agrees(one, ours)), (None, ""))
    if organ is None:
        return _by_names(front, ours, year)
    if organ.place:
        return Reporter(organ, means, _place_means(named, organ, means), organ.kind)
    return _placed(front, organ, means, named, ours, year)


def as_given(who: Reporter, given: Organ | None) -> Reporter:
    """Who reports once the user has named the place or the body.

    A body that was named outright is taken as it is; with a place alone, the text still tells which body of it speaks
    (so that a bureau's report is never stored as the government's). Of a code without a name the text gives the name.

    >>> from fazhi_analysis.catalogue.chosen_place import chosen_place
    >>> who = reporting_body(Front("区司法局关于2024年法治政府建设情况的报告"))
    >>> who.place_from, as_given(who, chosen_place("光明区", None)).organ.region
    ('', '广东省深圳市光明区司法局')
    >>> as_given(who, chosen_place("光明区人民政府", None)).organ.region
    '广东省深圳市光明区'
    """
    if given is None:
        return who
    if given.body is not None or given.town:
        return Reporter(given, "given", "given", given.kind)
    place = given.place or (who.organ.place if who.organ is not None else "")
    if who.organ is None or who.kind == "government":
        organ = given._replace(place=place)
        named = place != "" and (who.organ is None or who.organ.place != place)
        return Reporter(organ, "given" if named else who.body_from, "given", who.kind or "government")
    organ = who.organ._replace(place=place, code=given.code, above="")
    return Reporter(organ, who.body_from, "given", who.kind)


def _outright(front: Front, year: int | None) -> Iterator[tuple[Organ, Means]]:
    """The bodies that title and signature name."""
    for text in _title_forms(front.title):
        if organ := read_organ(text, year):
            yield _sender(organ, front.title), "title"
    if front.signature and (organ := read_organ(front.signature, year)):
        yield organ, "signature"


def _in_passing(front: Front, year: int | None) -> Iterator[tuple[Organ, Means]]:
    """The bodies that the rest of the front names, the surest first."""
    yield from ((organ, "opening") for organ in _of_opening(front, year))
    yield from _of_masthead(front.masthead, year)
    for text in _title_forms(front.file_name):
        if organ := read_organ(text, year):
            yield organ, "file_name"


def _of_opening(front: Front, year: int | None) -> Iterator[Organ]:
    """Bodies that the opening names: of a report that it sends along, and those that speak."""
    for match in _SENDING.finditer(front.opening[:_SUBJECTS]):
        for text in _title_forms(match["title"]):
            if organ := read_organ(text, year, sure=True):
                yield organ
    for number, clause in enumerate(_CLAUSE.split(front.opening[:_SUBJECTS])):
        start = _TIME_FIRST.sub("", clause.strip(), count=1)
        if spoken := _ON_BEHALF.match(start):
            if (organ := read_organ(start[spoken.end() :], year, sure=True)) and organ.place:
                yield organ
            continue
        organ = None if _CITES.match(start) else read_organ(start, year, sure=True)
        if organ is not None and _speaks(organ, front.text, first=number < _FIRST):
            yield _editor(organ)


def _title_forms(title: str) -> Iterator[str]:
    """The words of a title from where its body or place may begin: of the report sent along, after its year, as is."""
    if not title:
        return
    for text in dict.fromkeys((titled_document(title), title)):
        yield _YEAR_FIRST.sub("", text, count=1)
        if about := _OF_PLACE.search(text):
            yield text[about.end() :]
        if meeting := _MEETING.search(text):
            yield text[meeting.end() :]


def _sender(organ: Organ, title: str) -> Organ:
    """The office of a government that sends a report along does so for the government."""
    if organ.body is not None and organ.body.department == GOVERNMENT_OFFICE and titled_document(title) != title:
        return organ._replace(body=None)
    return organ


def _speaks(organ: Organ, text: str, *, first: bool) -> bool:
    """Whether what a clause opens with may be the body that reports: a subject, no item of a list, named with its
    place; or as 区司法局, 龙溪镇; among the ``first`` clauses also as 教育局.
    """
    if not organ.rest or organ.rest[0] in "、和及等":
        return False
    if organ.place:
        return organ.code != "" or is_name(organ.place, text)
    if organ.town:
        return _ACTS.match(organ.town) is None  # 增加城镇学位: no town
    return organ.kind == "department" and (first or organ.level_word != "")


def _editor(organ: Organ) -> Organ:
    """The office of a government that a report names as its editor edits it for the government."""
    if organ.body is not None and organ.body.department == GOVERNMENT_OFFICE and _EDITS.match(organ.rest):
        return organ._replace(body=None)
    return organ


def _of_masthead(lines: Sequence[str], year: int | None) -> Iterator[tuple[Organ, Means]]:
    found = [match for line in lines for match in _MASTHEAD.finditer(line)]
    for name in ("organ", "source"):
        for match in found:
            if match[name] and (organ := read_organ(match[name], year)):
                yield organ, "masthead"


def _decided(named: Sequence[tuple[Organ, Means]]) -> tuple[Organ | None, Means]:
    """The body among those named outright: the first that a title names as such, else the one that signs.

    A title that names a place alone leaves room for the department that signs (but for the government's own office).
    """
    titled = [organ for organ, means in named if means == "title"]
    for organ in titled:
        if organ.body is not None or organ.town:
            return organ, "title"
    for organ, means in named:
        if means == "signature":
            office = organ.body is not None and organ.body.department == GOVERNMENT_OFFICE
            if titled and (office or organ.kind == "government"):
                return titled[0], "title"
            return (organ._replace(body=None) if office and not titled else organ), "signature"
    return (titled[0], "title") if titled else (None, "")


def _agrees(organ: Organ, ours: str) -> bool:
    """Whether a body may call itself so: 我县 is the government of a 县, 我局 a department."""
    if not ours:
        return True
    kind = _WORD_KIND.get(ours, "government")
    if kind != "government" or organ.kind != "government":
        return organ.kind == kind or (kind == "government" and organ.kind != "township")
    return organ.place.endswith(ours)


def _place_means(named: Sequence[tuple[Organ, Means]], organ: Organ, means: Means) -> Means:
    """How the place of a body was found: by the first that names it."""
    return next((found for other, found in named if other.place == organ.place), means)


def _placed(
    front: Front, organ: Organ, means: Means, named: Sequence[tuple[Organ, Means]], ours: str, year: int | None
) -> Reporter:
    """A body without the name of its place (区司法局, 龙溪镇), with the place that the rest of the text names."""
    level = organ.level_word or ("" if organ.town or ours in _WORD_KIND else ours)
    for other, found in named:
        fits = other.place.endswith(level) if level else bool(other.code) and (not organ.town or _above_town(other))
        if other.place and fits and not other.town:
            return Reporter(organ._replace(place=other.place, code=other.code), means, found, organ.kind)
    place, code = place_in(front.text, level or (_COUNTIES if organ.town else ""), year)
    return Reporter(organ._replace(place=place, code=code), means, "text" if place else "", organ.kind)


def _above_town(organ: Organ) -> bool:
    return organ.level == "county" or organ.place.endswith("市")


def _by_names(front: Front, ours: str, year: int | None) -> Reporter:
    """A text that names no body: 我县 with the names in its body; the kind alone where those do not tell."""
    kind = _WORD_KIND.get(ours, "government" if ours else None)
    if kind != "government":
        return Reporter(None, "text" if kind else "", "", kind)
    place, code = place_in(front.text, ours, year)
    if not place:
        return Reporter(None, "text", "", kind)
    return Reporter(Organ(place, code, "", None), "text", "text", kind)
