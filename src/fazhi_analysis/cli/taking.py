"""Commands that take a report in: extract, ingest, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from fazhi_analysis.cli.shared import (
    SEVERITY_ZH,
    DataFolder,
    data_option,
    examples,
    json_option,
    lang_option,
    print_json,
    say,
)
from fazhi_analysis.errors import FazhiError, UsageError


@click.command(epilog=examples("fazhi extract 报告.txt", "fazhi extract 报告.pdf --json"))
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def extract(file: Path, as_json: bool) -> None:
    """读一份文件，列出其中的指标、问题和下一步工作；不保存任何东西。"""
    from fazhi_analysis import extract as run_extract
    from fazhi_analysis import read_report

    extraction = run_extract(read_report(file))
    if as_json:
        print_json(extraction.to_json())
        return
    meta = extraction.report.metadata
    say(f"{meta.title or file.name}　{meta.region}　{meta.year or '年份未明'}")
    say(
        f"指标 {len(extraction.metrics)} 个，问题和打算 {len(extraction.statements)} 条，"
        f"结构提示 {len(extraction.findings)} 条"
    )
    for quantity in extraction.metrics:
        span = (
            ""
            if quantity.qualifier == "exact" and quantity.lower == quantity.upper
            else (f"　[{quantity.lower:.12g}, {quantity.upper:.12g}]")
        )
        say(f"  {quantity.section:<8}{quantity.label or quantity.text}：{quantity.text}{span}")
    for statement in extraction.statements:
        say(f"  {'问题' if statement.kind == 'problem' else '下一步'}{statement.ordinal}：{statement.text}")
    for finding in extraction.findings:
        say(f"  {SEVERITY_ZH[finding.severity]}：{finding.message_zh}")


@click.command(
    epilog=examples(
        "fazhi ingest 报告/*.pdf --data 我的数据", "fazhi ingest a.txt --data d --region 方城县 --year 2024"
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--data", required=True, type=DataFolder(), help="存入哪个数据文件夹。")
@click.option("--region", help="地方名称（文件里没有写明时）。")
@click.option("--code", help="行政区划代码（与 --region 二选一）。")
@click.option("--year", type=int, help="报告年度（文件里没有写明时）。")
@click.option("--workers", type=click.IntRange(min=1), help="并行进程数；默认用全部处理器。")
@click.option("--scheduler", metavar="ADDRESS", help="交给 Dask 集群读取和核对，如 tcp://10.0.0.1:8786。")
@json_option
def ingest(
    files: tuple[Path, ...],
    data: Path,
    region: str | None,
    code: str | None,
    year: int | None,
    workers: int | None,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """读取、核对并存入报告；填好的更正工作簿（.xlsx）记入台账。可以重复执行：没有变化的不会重写。"""
    from fazhi_analysis import ingest as run_ingest

    if region and code:
        raise UsageError("--region/--code", "两个选项只能用一个", "去掉其中一个")
    books = [file for file in files if file.suffix.lower() == ".xlsx"]
    reports = [file for file in files if file not in books]
    place: dict[str, Any] = {"region": region, "code": code, "year": year}
    results = run_ingest(reports, data=data, **place, workers=workers, scheduler=scheduler) if reports else []
    results += [result for book in books for result in _corrections(book, data)]
    failed = [result for result in results if result.status == "failed"]
    if as_json:
        print_json(
            [{"file": str(r.path), "report_id": r.report_id, "status": r.status, "message": r.message} for r in results]
        )
    words = {"stored": "已存入", "unchanged": "没有变化", "failed": "失败"}
    for result in results if len(results) <= 20 else failed:
        say(f"{words[result.status]}　{result.report_id or Path(result.path).name}　{result.message}".rstrip())
    if len(results) > 1:
        say("，".join(f"{word} {sum(r.status == key for r in results)}" for key, word in words.items()))
    if failed:
        sys.exit(1)


def _corrections(book: Path, data: Path) -> list[Any]:
    """Take in a workbook; a workbook that fails is a result like a file that fails."""
    from fazhi_analysis.running.corrections.workbook import take_corrections
    from fazhi_analysis.running.ingest import IngestResult

    try:
        return list(take_corrections(book, data))
    except FazhiError as error:
        return [IngestResult(book, "", "failed", str(error), error)]


@click.command(
    epilog=examples(
        "fazhi export --region 方城县 --year 2024 --data 我的数据 --xlsx 方城县.xlsx",
        "fazhi ingest 方城县.xlsx --data 我的数据    # 把其中填好的更正记入台账",
    )
)
@click.option("--region", required=True, help="地方：代码、名称或全称。")
@click.option("--year", required=True, type=int, help="报告年度。")
@click.option("--baseline", type=int, help="对比年度；默认上一个有数据的年度。")
@click.option("--xlsx", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写成哪个文件（.xlsx）。")
@data_option
@lang_option
def export(region: str, year: int, baseline: int | None, xlsx: Path, data: Path | None, lang: str) -> None:
    """导出工作簿（.xlsx）：指标、对比、核查发现、问题与打算、指标目录，以及更正表。"""
    from fazhi_analysis.presenting.workbook.book import write_workbook

    say(write_workbook(xlsx, region, year, baseline, data, lang))
