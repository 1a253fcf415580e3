"""The command line ``fazhi``: thin, every command calls the library.

Machine-readable output goes to stdout with ``--json``; everything else goes to stderr. Exit status: 0 done, 1 the work
failed, 2 wrong usage. Heavy modules are imported inside the commands, so that ``fazhi --help`` stays quick.
"""

from __future__ import annotations

import click

from fazhi_analysis import __version__
from fazhi_analysis.cli import audit_commands, ingest_commands, lookup_commands, report_commands, review_commands
from fazhi_analysis.cli.chinese import Option
from fazhi_analysis.cli.shared import CONTEXT, Group, examples


@click.group(
    cls=Group,
    context_settings=CONTEXT,
    epilog=examples(
        "fazhi report --region 鄂托克前旗 --year 2023",
        "fazhi extract 报告.pdf --json > 报告.json",
        "fazhi ingest 报告/*.docx --data 我的数据",
    ),
)
@click.version_option(
    __version__, prog_name="fazhi", cls=Option, help="显示版本。", message="%(prog)s，版本 %(version)s"
)
def main() -> None:
    """法治政府建设年度报告：提取指标、核对数字、比较年度、生成网页。"""


for each in (
    ingest_commands.extract,
    ingest_commands.ingest,
    audit_commands.audit,
    audit_commands.judge,
    audit_commands.check,
    review_commands.diff,
    review_commands.review,
    review_commands.coverage,
    review_commands.sign,
    review_commands.rectify,
    ingest_commands.export,
    report_commands.report,
    report_commands.batch,
    report_commands.schedule,
    report_commands.lab,
    report_commands.new,
    lookup_commands.evaluate,
    lookup_commands.catalogue,
    lookup_commands.breaks,
):
    main.add_command(each)
