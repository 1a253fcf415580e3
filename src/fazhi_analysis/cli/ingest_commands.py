"""Commands that take a report in: extract, ingest, export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from fazhi_analysis.cli.chinese import argument, command, option
from fazhi_analysis.cli.shared import (
    DataFolder,
    check_given,
    data_option,
    examples,
    given_options,
    json_option,
    lang_option,
    language,
    messages_lang_option,
    print_json,
    say,
)
from fazhi_analysis.errors import FazhiError
from fazhi_analysis.messages import Message


@command(
    epilog=examples(
        "fazhi extract 报告.txt", "fazhi extract 报告.pdf --json", "fazhi extract a.txt --region 方城县 --year 2024"
    )
)
@argument("file", type=click.Path(path_type=Path))
@given_options
@json_option
@messages_lang_option
def extract(file: Path, region: str | None, code: str | None, year: int | None, as_json: bool) -> None:
    """读一份文件，列出其中的指标、问题和下一步工作；不保存任何东西。"""
    from fazhi_analysis.running.sandbox import guarded

    check_given(region, code)
    found = guarded(str(file), _extracted, file, {"region": region, "code": code, "year": year}, as_json, language())
    if as_json:
        print_json(found)
        return
    for line in found:
        say(line)


def _extracted(file: Path, given: dict[str, Any], as_json: bool, lang: str) -> Any:
    """What a file holds, for a program, or line by line for a person."""
    from fazhi_analysis import extract as run_extract
    from fazhi_analysis import read_report

    extraction = run_extract(read_report(file, **given))
    return extraction.to_json() if as_json else list(_lines(extraction, file, lang))


def _lines(extraction: Any, file: Path, lang: str) -> Iterator[str | Message]:
    from fazhi_analysis.presenting.wording.document_identity import taken_for
    from fazhi_analysis.presenting.wording.naming import message_text
    from fazhi_analysis.presenting.wording.page_texts import Words

    words = Words(lang)
    meta = extraction.report.metadata
    yield meta.title or file.name
    yield taken_for(meta)
    counts = {name: len(getattr(extraction, name)) for name in ("metrics", "statements", "findings")}
    yield Message("cli.extract.counts", **counts)
    for quantity in extraction.metrics:
        span = (
            ""
            if quantity.qualifier == "exact" and quantity.lower == quantity.upper
            else (f"　[{quantity.lower:.12g}, {quantity.upper:.12g}]")
        )
        yield f"  {quantity.section:<8}{quantity.label or quantity.text}：{quantity.text}{span}"
    for statement in extraction.statements:
        yield Message(f"cli.extract.{statement.kind}", ordinal=statement.ordinal, text=statement.text)
    for finding in extraction.findings:
        yield f"  {words(f'column.{finding.severity}')}{words('title.separator')}{message_text(finding, words)}"


@command(
    epilog=examples(
        "fazhi ingest 报告/*.pdf --data 我的数据", "fazhi ingest a.txt --data d --region 方城县 --year 2024"
    )
)
@argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--data", required=True, type=DataFolder(), help="存入哪个数据文件夹。")
@given_options
@option("--replace", "replace_other", is_flag=True, help="替换已存的同一主体、年度、文种的报告，包括退回旧版本。")
@option("--workers", type=click.IntRange(min=1), help="并行进程数；默认用全部处理器。")
@option("--scheduler", metavar="地址", help="交给 Dask 集群读取和核对，如 tcp://10.0.0.1:8786。")
@option("--timeout", type=click.FloatRange(min=0, min_open=True), help="每份文件的时限（秒）；超时的只失败它自己。")
@json_option
@messages_lang_option
def ingest(files: tuple[Path, ...], data: Path, as_json: bool, **options: Any) -> None:
    """读取、核对并存入报告；填好的工作簿（.xlsx，更正和整改台账）记入台账。可以重复执行：没有变化的不会重写。"""
    from fazhi_analysis import ingest as run_ingest
    from fazhi_analysis.presenting.wording.page_texts import Words
    from fazhi_analysis.presenting.wording.revision import change_text
    from fazhi_analysis.reading.reader import is_lock

    words = Words(language())
    check_given(options["region"], options["code"])
    locks = [file for file in files if is_lock(file)]
    for file in locks:
        say(Message("cli.ingest.lock", file=file.name))
    books = [file for file in files if file.suffix.lower() == ".xlsx" and file not in locks]
    reports = [file for file in files if file not in (*books, *locks)]
    results = run_ingest(reports, data, **options, lang=language()) if reports else []
    results += [result for book in books for result in _corrections(book, data)]
    failed = [result for result in results if result.status == "failed"]
    if as_json:
        print_json([_record(result) for result in results])
    for result in results:
        say(_line(result))
        for change in result.changes:
            say(f"    {change_text(change, words)}")
    if len(results) > 1:
        counts = {key: sum(one.status == key for one in results) for key in ("stored", "unchanged", "failed")}
        say(Message("cli.ingest.counts", **counts))
    if failed:
        sys.exit(1)


_TAKEN_FOR = ("body", "body_kind", "department", "place", "place_code", "doc_kind", "year")


def _record(result: Any) -> dict[str, Any]:
    taken = result.taken_for
    record = {"file": str(result.path), "report_id": result.report_id, "status": result.status}
    if taken is not None:
        found = (f"{name}_from" for name in ("body", "place", "doc_kind", "year"))
        record |= {name: getattr(taken, name) for name in (*_TAKEN_FOR, *found)}
    changes = {"changes": [change.to_json() for change in result.changes]} if result.changes else {}
    return record | {"message": result.message} | changes


def _line(result: Any) -> Message:
    """What became of a file, what it was taken for, and what to note."""
    from fazhi_analysis.presenting.wording.document_identity import taken_for

    status = Message(f"cli.ingest.{result.status}")
    if result.taken_for is None:
        name = result.report_id or Path(result.path).name
        return Message("cli.ingest.result", status=status, name=name, message=result.message)
    taken = {"file": Path(result.path).name, "name": result.report_id, "taken_for": taken_for(result.taken_for)}
    return Message("cli.ingest.taken", status=status, message=result.message, **taken)


def _corrections(book: Path, data: Path) -> list[Any]:
    """Take in a workbook; a workbook that fails is a result like a file that fails."""
    from fazhi_analysis.running.corrections.filled_workbook import take_corrections
    from fazhi_analysis.running.ingest_store import IngestResult

    try:
        return list(take_corrections(book, data, language()))
    except FazhiError as error:
        error.lang = language()
        return [IngestResult(book, "", "failed", str(error), error)]


@command(
    epilog=examples(
        "fazhi export --region 方城县 --year 2024 --data 我的数据 --xlsx 方城县.xlsx",
        "fazhi ingest 方城县.xlsx --data 我的数据    # 把其中填好的更正记入台账",
    )
)
@option("--region", required=True, help="地方：代码、名称或全称。")
@option("--year", required=True, type=int, help="报告年度。")
@option("--baseline", type=int, help="对比年度；默认上一个有数据的年度。")
@option("--xlsx", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写成哪个文件（.xlsx）。")
@data_option
@lang_option
def export(region: str, year: int, baseline: int | None, xlsx: Path, data: Path | None, lang: str) -> None:
    """导出工作簿（.xlsx）：指标、对比、核查发现、问题与打算、指标目录，以及更正表、整改台账。"""
    from fazhi_analysis.presenting.workbook.book import write_workbook

    say(write_workbook(xlsx, region, year, baseline, data, lang))
