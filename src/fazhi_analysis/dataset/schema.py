"""The tables on disk: which columns, which types, which words, and what each means.

This is the only place that says so. Reading, writing, checking and the data dictionary (``data/README.md``) all follow
from it. Nothing here imports pandas, so that writing a report costs no heavy import.

>>> [column.name for column in METRICS.columns][:5]
['row_id', 'report_id', 'region_code', 'region', 'year']
>>> METRICS["qualifier"].vocabulary
('exact', 'over', 'about', 'under', 'range')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fazhi_analysis import model

FORMAT = 1
"""Version of the layout on disk; part of every ``report.json``."""

Type = Literal["text", "category", "int", "float", "bool", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type on disk and after loading, and what it means.

    ``type`` is ``text`` (pandas ``str``), ``category`` (text, categorical after loading), ``int`` (int64, or Int64
    where ``nullable``), ``float`` (float64), ``bool``, or ``list`` (JSON text on disk, a list of dictionaries after
    loading). Missing text is the empty string, never NaN; missing numbers are empty cells. ``fields`` names the
    keys of each dictionary of a ``list`` column. An ``optional`` column may be missing from a file that was written
    before there was such a column; its cells are then ``default``.
    """

    name: str
    type: Type
    zh: str
    en: str
    unit: str = ""
    vocabulary: tuple[str, ...] | None = None
    nullable: bool = False
    required: bool = False
    fields: tuple[str, ...] = ()
    optional: bool = False
    default: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self.type in ("int", "float")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name (the CSV is ``<name>.csv``), its columns in order, and its key."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


_PLACE = (
    Column(
        "report_id",
        "category",
        "报告编号：地方代码-年份，必要时加后缀",
        "report: place code-year, suffix if needed",
        required=True,
    ),
    Column(
        "region_code",
        "category",
        "区划代码（GB/T 2260）；没有代码的机关为空",
        "division code (GB/T 2260); empty for a body without one",
    ),
    Column("region", "category", "地方或机关全称", "full name of the place or body", required=True),
    Column("year", "int", "报告年度", "year reported on", unit="年"),
)

METRICS = Table(
    "metrics",
    "指标：一行一个数字",
    "metrics: one figure a row",
    (
        Column("row_id", "text", "行号：报告编号:m序号", "row: report id:m and a running number", required=True),
        *_PLACE,
        Column(
            "indicator_id",
            "category",
            "指标目录编号；不在目录内的为空",
            "catalogue id; empty when outside the catalogue",
        ),
        Column(
            "label",
            "text",
            "指标名称：目录名，或自拟的简短名称",
            "catalogue name, or a short label of our own",
            required=True,
        ),
        Column(
            "value",
            "float",
            "数值（基本单位；万、亿已展开，比率为百分数）",
            "value in the base unit (万, 亿 multiplied out; rates in percent)",
            unit="见 unit",
        ),
        Column(
            "lower", "float", "措辞允许的下限（含）", "lower end that the wording allows (included)", unit="见 unit"
        ),
        Column(
            "upper",
            "float",
            "措辞允许的上限（含），可为 inf",
            "upper end that the wording allows (included), may be inf",
            unit="见 unit",
        ),
        Column("unit", "category", "量词或单位；比率为 %，金额为 元", "measure word; % for rates, 元 for money"),
        Column(
            "qualifier",
            "category",
            "措辞：确数、余/多/超、约/近、不足、区间",
            "wording: exact, over, about, under, range",
            vocabulary=model.QUALIFIERS,
        ),
        Column("kind", "category", "类别：数量、比率、金额", "kind: count, rate, money", vocabulary=model.METRIC_KINDS),
        Column("is_metric", "bool", "是否指标；入库的都是", "whether it is a metric; stored rows all are"),
        Column("role", "category", "结果、计划或目标", "result, plan or target", vocabulary=model.ROLES),
        Column(
            "change",
            "category",
            "水平，或同比（%、绝对数、百分点）、减少",
            "a level, or a change (percent, absolute, points), a reduction",
            vocabulary=model.CHANGES,
        ),
        Column("period", "text", "所指期间；空为报告年度", "period; empty means the year reported on"),
        Column("scope", "text", "口径或范围；空为全域", "scope; empty means the whole place"),
        Column("section", "text", "所在章节，如 六/（二）", "section, such as 六/（二）"),
        Column("item", "text", "所在条目：一是、二是", "item marker: 一是, 二是"),
        Column(
            "start",
            "int",
            "原文起点（字符，含）",
            "start in the source (characters, included)",
            unit="字符",
            nullable=True,
        ),
        Column(
            "end",
            "int",
            "原文终点（字符，不含）",
            "end in the source (characters, excluded)",
            unit="字符",
            nullable=True,
        ),
        Column("quote", "text", "所在分句；随包数据一律为空", "source clause; never filled in bundled data"),
        Column("duplicate_of", "text", "重复刊载时，所重复的行号；只计一次", "the row that it repeats; counted once"),
        Column(
            "origin",
            "category",
            "来历：文本、识别（OCR）、人工整理、更正",
            "origin: text, ocr, curated, corrected",
            vocabulary=model.ORIGINS,
        ),
        Column("confidence", "float", "把握程度", "confidence", unit="0–1"),
        Column("source", "category", "来源：文件摘要或公开网址", "source: file digest or public address"),
        Column(
            "wording",
            "category",
            "数字前后的原词，… 处为数字：…余、超过…、…以上、…万、…余万；六位以上全写的记作 …；其余确数和不详的为空",
            "printed words around the number, which is …: …余, 超过…, …万; … alone: six digits or more; else none",
            optional=True,
        ),
        Column(
            "aspect",
            "category",
            "怎样计：水平（总数、现有数）、增量（只计新增）、占比、其他比率、变化",
            "how it counts: level (all there is), increment (only what was added), share, another rate, change",
            vocabulary=model.ASPECTS,
            optional=True,
            default="level",
        ),
        Column(
            "subject",
            "category",
            "谁的数字，照原文（县人民法院、全市）；空为本地或报告机关自身",
            "whose figure, as printed; empty for the place itself or the body that reports",
            optional=True,
        ),
        Column("whole", "text", "所属总数的行号；不是某数的一部分则为空", "row that it is a part of", optional=True),
        Column(
            "base",
            "category",
            "变化的起点：空为上一年，或为年份、month（上月）、target（目标）、annual_average（年均）",
            "what a change starts from: empty for the previous year; a year, month, target, annual_average",
            optional=True,
        ),
    ),
    ("row_id",),
)

STATEMENTS = Table(
    "statements",
    "问题与打算：一行一条",
    "problems and next steps: one a row",
    (
        Column(
            "row_id",
            "text",
            "行号：报告编号:p序号（问题）或 :n序号（打算）",
            "row: report id:p (problem) or :n (next step)",
            required=True,
        ),
        *_PLACE,
        Column("kind", "category", "问题或下一步打算", "problem or next step", vocabulary=("problem", "next_step")),
        Column("ordinal", "int", "序号，从 1 起", "running number from 1"),
        Column(
            "text", "text", "内容；随包数据为自拟概述", "content; in bundled data our own paraphrase", required=True
        ),
        Column("theme", "text", "主题", "theme"),
        Column("cause", "text", "报告所述原因；未说明为空", "cause that the report gives; empty if none"),
        Column(
            "parts",
            "list",
            "组成部分或具体举措；问题的各部分另记下一步工作回应的强度（answered）",
            "parts or sub-actions; of parts of a problem also how the next steps answer them (answered)",
            fields=("text", "start", "end"),
        ),
        Column(
            "answers",
            "list",
            "打算所回应的问题序号与强度",
            "ordinals of the problems answered, with strength",
            fields=("problem", "strength"),
        ),
        Column(
            "start",
            "int",
            "原文起点（字符，含）",
            "start in the source (characters, included)",
            unit="字符",
            nullable=True,
        ),
        Column(
            "end",
            "int",
            "原文终点（字符，不含）",
            "end in the source (characters, excluded)",
            unit="字符",
            nullable=True,
        ),
        Column(
            "theme_words",
            "text",
            "决定主题的词，用顿号隔开",
            "words that decided the theme, separated by 、",
            optional=True,
        ),
    ),
    ("row_id",),
)

FINDINGS = Table(
    "findings",
    "核查发现：一行一条",
    "findings: one a row",
    (
        *_PLACE,
        Column("id", "text", "发现编号；输入相同则不变", "finding; stable for the same input", required=True),
        Column("rule", "category", "规则", "rule", required=True),
        Column(
            "severity",
            "category",
            "程度：错误、警告、提示、相符",
            "severity: error, warning, note, confirmed",
            vocabulary=model.SEVERITIES,
        ),
        Column("message_zh", "text", "说明（中文）", "message in Chinese", required=True),
        Column("message_en", "text", "说明（英文）", "message in English", required=True),
        Column(
            "evidence",
            "list",
            "证据：位置、文字、数值、行号",
            "evidence: place, wording, value, row",
            fields=("start", "end", "text", "value", "row"),
        ),
        Column(
            "status",
            "category",
            "处理：待定、采纳、不采纳",
            "status: open, accepted, dismissed",
            vocabulary=model.STATUSES,
        ),
        Column("comment", "text", "处理意见", "comment"),
    ),
    ("report_id", "id"),
)

REPORTS = Table(
    "reports",
    "报告：一行一份（取自 report.json）",
    "reports: one a row (from report.json)",
    (
        *_PLACE,
        Column("level", "category", "层级", "level of government"),
        Column("title", "text", "标题", "title"),
        Column("issuer", "text", "发文机关", "issuer"),
        Column("document_number", "text", "文号", "document number"),
        Column("addressee", "text", "主送机关", "addressee"),
        Column("signatory", "text", "署名", "signatory"),
        Column("signed_date", "text", "落款日期（YYYY-MM-DD）", "date signed (YYYY-MM-DD)"),
        Column("print_date", "text", "印发日期（YYYY-MM-DD）", "date printed (YYYY-MM-DD)"),
        Column("published_date", "text", "公开日期（YYYY-MM-DD）", "date published (YYYY-MM-DD)"),
        Column("source_name", "text", "来源文件名", "name of the source file"),
        Column("source_format", "category", "来源格式", "format of the source"),
        Column("digest", "text", "来源文件 SHA-256", "SHA-256 of the source file"),
        Column("address", "text", "公开网址", "public address"),
        Column("producer", "text", "发布单位", "producer"),
        Column("date_accessed", "text", "取得日期（YYYY-MM-DD）", "date accessed (YYYY-MM-DD)"),
        Column("licence", "text", "使用许可", "licence"),
        Column("text_kept", "bool", "是否存有全文", "whether the text is kept"),
        Column("package_version", "text", "提取时的软件版本", "package version that extracted it"),
        Column(
            "corrections",
            "list",
            "已作更正",
            "corrections applied",
            fields=("row", "action", "from", "to", "why", "who", "date"),
        ),
        Column("warnings", "list", "入库提示", "warnings", fields=("message",)),
        Column("sections", "list", "章节", "sections", fields=("key", "number", "heading", "level", "start", "end")),
    ),
    ("report_id",),
)

TABLES: tuple[Table, ...] = (METRICS, STATEMENTS, FINDINGS, REPORTS)
CSV_TABLES: tuple[Table, ...] = (METRICS, STATEMENTS, FINDINGS)
