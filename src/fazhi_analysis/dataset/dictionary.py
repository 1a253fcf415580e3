"""The data dictionary ``data/README.md``, written from the schema (``tools/build_data_dictionary.py``)."""

from __future__ import annotations

from fazhi_analysis.dataset.schema import CSV_TABLES, REPORTS, Column, Table

_TYPES = {
    "text": "文本 / text",
    "category": "文本（分类）/ category",
    "int": "整数 / integer",
    "float": "数 / number",
    "bool": "true, false",
    "list": "JSON 列表 / JSON list",
}

_HEAD = """# 数据字典 · Data dictionary

<!-- 由 tools/build_data_dictionary.py 生成，请勿手改 / generated, do not edit -->

一份报告一个文件夹：`reports/<report_id>/`。`report_id` 是“区划代码-年份”；没有代码的机关用 `x` 加全称摘要的前 8 位；
同一地方同一年有多个来源时再加后缀。每个文件夹里有：

| 文件 | 内容 |
|---|---|
| `report.json` | 标题、机关、文号、日期，来源与出处，章节，所作更正，提示 |
| `metrics.csv` | 指标，一行一个数字 |
| `statements.csv` | 问题与下一步打算，一行一条 |
| `findings.csv` | 核查发现，一行一条 |
| `text.txt` | 全文；只在允许保存时才有 |

- CSV 为 UTF-8（带 BOM，便于在表格软件中直接打开），换行为 LF；数字不带多余的 `.0`，没有上限写作 `inf`，缺数为空。
- 以 `=`、`+`、`-`、`@` 开头的文本前面有一个撇号，以免被表格软件当作公式；读入时自动去掉。
- 位置（`start`、`end`）按 `text.txt`（即读入后的全文）的字符数计，左闭右开。
- 一个数字是一个区间：`value`、`lower`、`upper`、`qualifier` 总是一起使用。
- 人工更正和对发现的意见写在 `corrections/<report_id>.yaml`，不要直接改 CSV；重新入库时会自动采用，见
  `fazhi_analysis.dataset.ledger`。
- 用 `fazhi_analysis.load_metrics()`、`load_statements()`、`load_findings()`、`load_reports()` 读入。
- `findings.csv` 是入库时只就这一份报告核查的发现；连同上一年一起核查的，用 `fazhi_analysis.audit_all()`。

One report, one folder: `reports/<report_id>/`, where the id is division code and year, `x` and 8 hex digits of the
name's digest for a body without a code, and a suffix where a place-year has several sources. CSV files are UTF-8 with a
byte order mark (spreadsheets need it) and LF; numbers carry no `.0`, an open end is `inf`, a missing number is empty.
Text that a spreadsheet would run as a formula has an apostrophe in front. Places (`start`, `end`) count characters of
`text.txt`, end excluded. A figure is an interval: `value`, `lower`, `upper` and `qualifier` go together. Corrections
and judgements go to `corrections/<report_id>.yaml`, never into the CSV. Missing text is the empty string.
`findings.csv` holds what was found in the report by itself; `audit_all()` checks it beside the year before.
"""


def render() -> str:
    """The whole dictionary as Markdown.

    >>> render().splitlines()[0]
    '# 数据字典 · Data dictionary'
    """
    return "\n".join([_HEAD, *(_table(table) for table in (*CSV_TABLES, REPORTS))])


def _table(table: Table) -> str:
    file = "report.json" if table is REPORTS else f"{table.name}.csv"
    title = f"## {table.name}（`{file}`）\n\n{table.zh} · {table.en}\n"
    head = "| 列 | 类型 | 含义 | Meaning | 取值、单位 |\n|---|---|---|---|---|"
    return "\n".join([title, head, *(_row(column) for column in table.columns), ""])


def _row(column: Column) -> str:
    notes = []
    if column.vocabulary is not None:
        notes.append("、".join(f"`{word}`" for word in column.vocabulary))
    if column.fields:
        notes.append("、".join(f"`{name}`" for name in column.fields))
    if column.unit:
        notes.append(column.unit)
    if column.nullable:
        notes.append("可空")
    if column.required:
        notes.append("必填")
    return f"| `{column.name}` | {_TYPES[column.type]} | {column.zh} | {column.en} | {'；'.join(notes)} |"
