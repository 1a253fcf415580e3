"""Where the body begins and ends, and what stands before and after it: letter, title, preamble, colophon, appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fazhi_analysis.reading.headings import Head, Paragraph

_NUMERAL = "〇○零一二三四五六七八九十"
DATE = re.compile(
    rf"(?P<year>20\d\d|[{_NUMERAL}]{{4}})年(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    rf"(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)
_ORGAN = r"(?:人民政府|政府|办公室|委员会|管委会|领导小组|人大常委会|委|办|局|厅|总队|支队|大队|中心|法院|检察院)"
_SIGNATURE = re.compile(rf"[^，。；：、《》]{{2,40}}{_ORGAN}(?:[（(](?:盖章|印章|章|代章)[）)])?")
_SIGNED_LINE = re.compile(rf"(?P<organ>[^，。；：、《》\d]{{2,40}}{_ORGAN})[ \t]?{DATE.pattern}(?:印发)?")
_DATE_LINE = re.compile(rf"[（(]?{DATE.pattern}(?:印发|印)?[）)]?")
_CLOSING = re.compile(r"(?:特此|专此)(?:报告|汇报|说明|函告|报送)?|以上报告.{0,12}|妥否.{0,12}|请予?(?:审议|审示|批示)")
_OFFICE = re.compile(
    r"抄送|抄报|主题词|[（(]?此件|[（(]此页无正文|[（(]?联系人|联系电话|附件[:：]|.{0,40}印发$|扫一扫|责任编辑|来源[:：]|编辑[:：]|公开方式|共印"
)
# What a web page prints below its text; no report ends with such words, so they need no signature above them.
_FURNITURE = re.compile(
    r"扫一?扫|【?(?:打印|关闭|返回)(?:本页|窗口|此页|页面|顶部|上一页)|[\[【(（]?(?:打印|关闭|大|中|小|收藏|分享)[\]】)）]|分享(?:到|至)|上一[篇条][:：]|下一[篇条][:：]|相关(?:附件|链接|文档|文章|阅读|新闻|信息)"
    r"|(?:主办|承办|协办|技术支持|维护)(?:单位)?[:：]|版权所有|网站(?:标识码|地图|声明)|.{0,12}ICP备|.{0,12}公网安备|(?:联系|关于)我们|Copyright|政府网站找错|(?:责任|文字)?编辑[:：]|(?:初|复|终)?审[:：核]"
    r"|字体[:：]|(?:浏览|阅读|点击)(?:次数|量|数)"
)
_APPENDIX = re.compile(
    r"附件?[ ]?[一二三四五六七八九\d]{0,2}[:：]?(?:有关)?(?:名词.{0,8})?|附[:：录].{0,30}"
    r"|(?:政府工作报告)?(?:有关|相关)?名词[、术语]{0,4}(?:解释|注释|说明).{0,10}|.{0,12}名词、?术?语?(?:解释|注释)"
)
_TITLE_END = re.compile(
    r"(?:报告|总结|情况|综述|汇报|要点|白皮书|通报|公报|公示|材料|建设)[”》]?(?:[（(].{1,14}[）)])?$"
)
_TITLE_SUBJECT = re.compile(r"法治|依法行政|依法治|工作|建设|政府|年度|20\d\d年")
_ADDRESSEE = re.compile(r"[^，。；]{2,60}[：:]")
_OPENING = re.compile(r"如下|报告|汇报|说明|通报")
_HEAD_LINE = re.compile(
    r".{0,30}(?:文件|号|签发人?[：:].*|密级.*|特急|急件|索引号.*|发布日期.*|来源.*|公开|标题[：:].*|(?:信息)?名称[：:].*)$"
)


class Parts(NamedTuple):
    """Indexes of paragraphs, half-open: the letter is ``[0, title)``, the body ``[body_start, body_end)``, and so on.

    ``title_end`` equals ``title`` when the text has no title; ``letter_end`` is where a covering letter or the lines
    above a title end.
    """

    letter_end: int
    title: int
    title_end: int
    body_start: int
    body_end: int
    colophon_end: int
    total: int

    def named(self) -> Iterator[tuple[str, int, int]]:
        """(key, first paragraph, end) of each part that is not the body."""
        yield "letter", 0, self.letter_end
        yield "title", self.title, self.title_end
        yield "preamble", self.title_end, self.body_start
        yield "colophon", self.body_end, self.colophon_end
        yield "appendix", self.colophon_end, self.total


def find_parts(paragraphs: list[Paragraph], heads: list[Head]) -> Parts:
    """The parts of a report.

    >>> from fazhi_analysis.reading.headings import find_heads, split_paragraphs
    >>> body = "2024年，全县有力推进。\\n一、成效\\n无。"
    >>> text = f"砚桥县2024年法治政府建设年度报告\\n{body}\\n砚桥县人民政府\\n2025年1月8日"
    >>> paragraphs = split_paragraphs(text)
    >>> find_parts(paragraphs, find_heads(paragraphs))
    Parts(letter_end=0, title=0, title_end=1, body_start=2, body_end=4, colophon_end=6, total=6)
    """
    count = len(paragraphs)
    strong = [head for head in heads if head.marker.rank <= 2] or heads
    first = strong[0].paragraph if strong else count
    appendix = _appendix_start(paragraphs, first)
    body_end = _colophon_start(paragraphs, first if strong else 1, appendix)
    body_start = min(first, body_end)
    title, title_end = _find_title(paragraphs, body_start)
    letter_end = title
    if title == title_end:
        letter_end = title = title_end = 0
    return Parts(letter_end, title, title_end, body_start, body_end, appendix, count)


def signature_of(text: str) -> str:
    """The organ that signs, when a line is a signature (with or without the date behind it), or an empty string.

    >>> signature_of("砚桥县人民政府"), signature_of("砚桥县人民政府2025年1月8日"), signature_of("健全机制。")
    ('砚桥县人民政府', '砚桥县人民政府', '')
    """
    if match := _SIGNED_LINE.fullmatch(text):
        return match["organ"]
    if len(text) <= 40 and _SIGNATURE.fullmatch(text) and not _DATE_LINE.search(text):
        return re.sub(r"[（(].*$", "", text)
    return ""


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else (印发 aside).

    >>> is_date_line("2024年2月20日印发"), is_date_line("二〇二四年二月二十日"), is_date_line("2024年，")
    (True, True, False)
    """
    return len(text) <= 24 and _DATE_LINE.fullmatch(text) is not None


def is_addressee(text: str) -> bool:
    """Whether a line names those whom the report is for.

    >>> is_addressee("县人大常委会："), is_addressee("现将有关情况报告如下：")
    (True, False)
    """
    return _ADDRESSEE.fullmatch(text) is not None and _OPENING.search(text) is None


def _appendix_start(paragraphs: list[Paragraph], first: int) -> int:
    """Index of the paragraph that opens an appendix behind the body, or the number of paragraphs."""
    for index in range(first + 1, len(paragraphs) - 1):
        text = paragraphs[index].text
        if len(text) <= 40 and text[:1] in "附有相名政" and _APPENDIX.fullmatch(text):
            return index
    end = len(paragraphs)
    while end > first + 1 and "\t" in paragraphs[end - 1].text:
        end -= 1
    signed = end > first + 1 and (is_date_line(paragraphs[end - 1].text) or signature_of(paragraphs[end - 1].text))
    return end if signed else len(paragraphs)


def _colophon_start(paragraphs: list[Paragraph], first: int, end: int) -> int:
    """Index at which closing formula, signature, date and printing notes begin, or ``end``."""
    start, signed = end, False
    for index in range(end - 1, first, -1):
        text = paragraphs[index].text
        sure = bool(signature_of(text)) or is_date_line(text) or (len(text) <= 20 and _CLOSING.match(text) is not None)
        sure = sure or (len(text) <= 120 and "。" not in text and _FURNITURE.match(text) is not None)
        if not sure and not (len(text) <= 80 and _OFFICE.match(text)):
            break
        start, signed = index, signed or sure
    return start if signed else end


def _find_title(paragraphs: list[Paragraph], front: int) -> tuple[int, int]:
    """Half-open range of the title's paragraphs among the first ``front`` ones; empty when there is none."""
    letter = max((i for i in range(front - 1) if is_date_line(paragraphs[i].text) and i > 0), default=-1)
    for low in (letter + 1, 0):
        for index in range(low, min(front, low + 12)):
            text = paragraphs[index].text
            following = paragraphs[index + 1].text if index + 1 < front else ""
            if not _is_title(text) and len(text) <= 60 and len(following) <= 40 and _is_broken_title(text, following):
                return index, index + 2
            if _is_title(text):
                start = index
                while start > low and _is_title_head(paragraphs[start - 1].text, paragraphs[index].text):
                    start -= 1
                return start, index + 2 if len(following) <= 8 and _is_broken_title(text, following) else index + 1
            if "。" in paragraphs[index].text and is_addressee(paragraphs[max(0, index - 1)].text):
                break
    return 0, 0


def _is_title(text: str) -> bool:
    if len(text) > 80 or not text or text[-1] in "。；：:，" or "。" in text or _HEAD_LINE.fullmatch(text):
        return False
    return _TITLE_END.search(text) is not None and _TITLE_SUBJECT.search(text) is not None


def _is_broken_title(text: str, following: str) -> bool:
    """Whether two lines are one title that was cut at the edge of the page."""
    if not text or not following or text[-1] in "。；：:，》" or _is_title(following) or _HEAD_LINE.fullmatch(text):
        return False
    return not signature_of(following) and not is_date_line(text) and _is_title(text + following)


def _is_title_head(text: str, title: str) -> bool:
    """Whether a line is the first half of a title that was printed in two lines."""
    if len(text) > 40 or not text or text[-1] in "。；：:，" or _HEAD_LINE.fullmatch(text) or is_date_line(text):
        return False
    second_half = title.startswith(("关于", "20", "法治", "建设", "工作", "年", "依法", "情况"))
    return (second_half or "关于" in text) and not _is_title(text)
