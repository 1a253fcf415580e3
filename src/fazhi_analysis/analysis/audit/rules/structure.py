"""Structure: section numbers missing or repeated, stray list markers, sentences cut in two.

The section tree finds these while reading (see :mod:`fazhi_analysis.reading.defects`); here they get their facts.
"""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Finding

RULES = (
    Rule(
        id="section_number",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="层次序号",
            short="章节序号",
            checks="一、（一）1. 各层序号是否缺号、重号、乱序。",
            why="缺号可能是漏印了一节，重号使引用含混。",
            source="GB/T 9704 公文格式的层次序号；报告体裁的常见陷阱（Broken structure）",
            example="“一、”之后直接是“三、”。",
            can_be_wrong="多半只是编号有误，内容并未缺失。",
        ),
        en=Explanation(
            title="Section numbers",
            short="section number",
            checks="Whether the numbers of sections miss, repeat or swap a number at any level.",
            why="A missing number may be a section lost in print; a repeated one makes references unclear.",
            source="GB/T 9704, numbering in official documents; common traps of these reports",
            example="Section 1 is followed by section 3.",
            can_be_wrong="Mostly only the numbering is wrong and nothing is missing.",
        ),
    ),
    Rule(
        id="list_marker",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="列举标记",
            short="条目序号",
            checks="“一是、二是、三是”是否从一开始、逐一连续。",
            why="孤立的“三是”常由段落误排或复制造成。",
            source="报告体裁的常见陷阱（三是 with no 一是）",
            example="段落中只有“三是”，没有“一是”“二是”。",
            can_be_wrong="列举可能跨段，前几项印在别处。",
        ),
        en=Explanation(
            title="List markers",
            short="list marker",
            checks="Whether the points of a list start at one and go on without a gap.",
            why="A point three alone often comes from a misplaced or copied paragraph.",
            source="common traps of these reports",
            example="A paragraph has a point three but no points one and two.",
            can_be_wrong="A list may run over several paragraphs, with its first points elsewhere.",
        ),
    ),
    Rule(
        id="split_sentence",
        lane="form",
        quotes=True,
        needs_text=True,
        zh=Explanation(
            title="句子被截断",
            short="断句",
            checks="空行、换页把一个句子截成两段。",
            why="截断处的数字和词语容易被误读。",
            source="报告体裁的常见陷阱（page break cuts）",
            example="“集中学”与“法5次”之间隔了一页。",
            can_be_wrong="转换文件时产生，原件可能完好。",
        ),
        en=Explanation(
            title="A sentence cut in two",
            short="split sentence",
            checks="Empty lines and page breaks that cut a sentence in two.",
            why="Figures and words are misread at the cut.",
            source="common traps of these reports",
            example="A page break in the middle of a word.",
            can_be_wrong="It may come from converting the file; the original may be whole.",
        ),
    ),
    Rule(
        id="heading_style",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="标题的写法不一",
            short="标题写法",
            checks="同级标题的括号、标记是否一致，有的独立成段、有的与正文同段。",
            why="写法不一，目录和引用容易出错。",
            source="GB/T 9704 公文格式的层次序号",
            example="同一层标题有的用“（一）”，有的用“(一)”。",
            can_be_wrong="多半在转换文件时产生，原件可能一致。",
        ),
        en=Explanation(
            title="Headings in several styles",
            short="heading style",
            checks=(
                "Whether headings of one level use one kind of bracket and mark, and all stand alone or all run into "
                "the text."
            ),
            why="Mixed styles make contents and references unreliable.",
            source="GB/T 9704, numbering in official documents",
            example="Headings of one level in full-width and in half-width brackets.",
            can_be_wrong="Mostly made by converting the file; the original may be consistent.",
        ),
    ),
    Rule(
        id="missing_heading",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="缺少小标题",
            short="缺小标题",
            checks="同级各节都有标题，只有个别没有。",
            why="缺了标题，读者和索引都找不到这一节。",
            source="报告体裁的常见写法",
            example="（一）（三）有标题，（二）直接写正文。",
            can_be_wrong="有意不设标题。",
        ),
        en=Explanation(
            title="A section without a heading",
            short="missing heading",
            checks="All sections of one level have headings but one or a few.",
            why="Without a heading readers and indexes do not find the section.",
            source="usual form of these reports",
            example="(1) and (3) have headings, (2) starts with its text.",
            can_be_wrong="It may be left out on purpose.",
        ),
    ),
    Rule(
        id="missing_title",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="缺少标题",
            short="缺标题",
            checks="正文之前有没有报告的标题。",
            why="没有标题，地方和年度只能推断。",
            source="GB/T 9704 公文格式",
            example="首行直接是“一、工作情况”。",
            can_be_wrong="标题可能在网页上，没有随正文保存。",
        ),
        en=Explanation(
            title="No title before the body",
            short="missing title",
            checks="Whether the title of the report stands before its body.",
            why="Without a title place and year can only be inferred.",
            source="GB/T 9704, form of official documents",
            example="The first line is the heading of section 1.",
            can_be_wrong="The title may stand on the web page and not be kept with the text.",
        ),
    ),
    Rule(
        id="title_mismatch",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="来文与正文标题不一",
            short="标题不一",
            checks="函中书名号里的文件名与正文标题是否相同。",
            why="同一份文件应当只有一个名称。",
            source="GB/T 9704 公文格式",
            example="函中称“工作总结”，正文题为“年度报告”。",
            can_be_wrong="函中可能用了简称。",
        ),
        en=Explanation(
            title="A covering letter that names another title",
            short="title mismatch",
            checks="Whether the document named in a covering letter bears the title of the body.",
            why="One document has one name.",
            source="GB/T 9704, form of official documents",
            example="The letter speaks of a work summary, the body is titled annual report.",
            can_be_wrong="The letter may use a short name.",
        ),
    ),
    Rule(
        id="hidden_text",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="看不见的文字",
            short="隐藏文字",
            checks="文件里有没有隐藏、带删除线、与底色相同、在页面以外的文字，以及修订中删去的文字；这些文字一律不读。",
            why="草稿里的数字可能随文件一并公开；误作隐藏的正文则读者看不到。",
            source="政府信息公开的发布审查",
            example="“办理案件”与“26件”之间藏着“328”。",
            can_be_wrong="颜色、底纹由程序另行显示时，读者可能看得见。",
        ),
        en=Explanation(
            title="Text that no reader sees",
            short="hidden text",
            checks="Whether the file holds text that is hidden, struck, in the colour of its ground, outside the page, "
            "or deleted in tracked changes; none of it is read.",
            why="Draft figures may be published along with the file; text hidden by mistake reaches no reader.",
            source="review before publication",
            example="Between two words of a sentence stands a hidden 328.",
            can_be_wrong="Where a program paints the ground in its own way, a reader may see the text.",
        ),
    ),
    Rule(
        id="unread_content",
        lane="form",
        needs_text=True,
        zh=Explanation(
            title="没有读到的内容",
            short="未读内容",
            checks="图片、公式、图表、嵌入的表格、扫描页、转成线条的文字、脚注等，读者看得见而程序读不到的内容。",
            why="其中的数字不在结果里，缺了要知道。",
            source="公布前的审校惯例",
            example="第3页是扫描件，没有安装文字识别组件。",
            can_be_wrong="图片可能只是照片，不含数字。",
        ),
        en=Explanation(
            title="Content that was not read",
            short="unread content",
            checks="Pictures, equations, charts, embedded sheets, scanned pages, outlined text, notes: what readers "
            "see and this package cannot read.",
            why="Their figures are missing from the results, and one should know.",
            source="review before publication",
            example="Page 3 is a scan, and the text recognition is not installed.",
            can_be_wrong="A picture may be a photograph without any figure.",
        ),
    ),
)

_BESIDE_TABLE = 40
"""A line this near behind a table, with no empty line between, is one of its rows that the layout parted from it."""


_NUMBERED_LINE = pattern(r"[（(]?[一二三四五六七八九十]+[）)]?[、.．]?\s*(?:<numbered lines>)")


def check(context: AuditContext) -> Iterable[Finding]:
    """The defects that reading found; numbers of the lines of a table are not those of sections."""
    if context.report is None:
        return []
    text, grids = context.report.text, context.report.grids

    def of_table(start: int) -> bool:
        return _NUMBERED_LINE.match(text, start) is not None or any(
            grid.start <= start <= grid.end + _BESIDE_TABLE and "\n\n" not in text[grid.end : start] for grid in grids
        )

    return [
        found
        for found in context.report.defects
        if found.rule != "section_number" or not any(of_table(piece.start or 0) for piece in found.evidence)
    ]
