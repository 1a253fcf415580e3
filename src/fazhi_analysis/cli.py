"""The command line ``fazhi``: thin, every command calls the library.

Machine-readable output goes to stdout with ``--json``; everything else goes to stderr. Exit status: 0 done, 1 the work
failed, 2 wrong usage. Heavy modules are imported inside the commands, so that ``fazhi --help`` stays quick.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import click

from fazhi_analysis import __version__
from fazhi_analysis.errors import FazhiError, UnknownNameError, UsageError

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
_SEVERITY_ZH = {"error": "错误", "warning": "存疑", "note": "提示", "confirmed": "核实"}


def _say(text: object = "") -> None:
    click.echo(str(text), err=True)


def _plain(value: Any) -> Any:
    """JSON has no infinity: an open end is null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _print_json(value: Any) -> None:
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2, default=str, allow_nan=False))


class _Group(click.Group):
    """Turns the package's errors into one line on stderr and the exit status that belongs to them."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _say(f"错误：{error}")
            ctx.exit(2)
        except FazhiError as error:
            _say(f"错误：{error}")
            ctx.exit(1)


def _examples(*lines: str) -> str:
    return "\b\n示例：\n" + "\n".join(f"  {line}" for line in lines)


_data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="数据文件夹；默认用随包数据。"
)
_json_option = click.option("--json", "as_json", is_flag=True, help="把机器可读的结果写到标准输出。")
_lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="页面语言。"
)
_out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="输出文件夹。",
)


@click.group(
    cls=_Group,
    context_settings=_CONTEXT,
    epilog=_examples(
        "fazhi report --region 鄂托克前旗 --year 2023",
        "fazhi extract 报告.pdf --json > 报告.json",
        "fazhi ingest 报告/*.docx --data 我的数据",
    ),
)
@click.version_option(__version__, prog_name="fazhi")
def main() -> None:
    """法治政府建设年度报告：提取指标、核对数字、比较年度、生成网页。"""


@main.command(epilog=_examples("fazhi extract 报告.txt", "fazhi extract 报告.pdf --json"))
@click.argument("file", type=click.Path(path_type=Path))
@_json_option
def extract(file: Path, as_json: bool) -> None:
    """读一份文件，列出其中的指标、问题和下一步工作；不保存任何东西。"""
    from fazhi_analysis import extract as run_extract
    from fazhi_analysis import read_report

    extraction = run_extract(read_report(file))
    if as_json:
        _print_json(extraction.to_json())
        return
    meta = extraction.report.metadata
    _say(f"{meta.title or file.name}　{meta.region}　{meta.year or '年份未明'}")
    _say(
        f"指标 {len(extraction.metrics)} 个，问题和打算 {len(extraction.statements)} 条，"
        f"结构提示 {len(extraction.findings)} 条"
    )
    for quantity in extraction.metrics:
        span = (
            ""
            if quantity.qualifier == "exact" and quantity.lower == quantity.upper
            else (f"　[{quantity.lower:.12g}, {quantity.upper:.12g}]")
        )
        _say(f"  {quantity.section:<8}{quantity.label or quantity.text}：{quantity.text}{span}")
    for statement in extraction.statements:
        _say(f"  {'问题' if statement.kind == 'problem' else '下一步'}{statement.ordinal}：{statement.text}")
    for finding in extraction.findings:
        _say(f"  {_SEVERITY_ZH[finding.severity]}：{finding.message_zh}")


@main.command(
    epilog=_examples(
        "fazhi ingest 报告/*.pdf --data 我的数据", "fazhi ingest a.txt --data d --region 方城县 --year 2024"
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--data", required=True, type=click.Path(path_type=Path, file_okay=False), help="存入哪个数据文件夹。")
@click.option("--region", help="地方名称（文件里没有写明时）。")
@click.option("--code", help="行政区划代码（与 --region 二选一）。")
@click.option("--year", type=int, help="报告年度（文件里没有写明时）。")
@click.option("--workers", type=click.IntRange(min=1), help="并行进程数；默认用全部处理器。")
@_json_option
def ingest(
    files: tuple[Path, ...],
    data: Path,
    region: str | None,
    code: str | None,
    year: int | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """读取、核对并存入报告；填好的更正工作簿（.xlsx）记入台账。可以重复执行：没有变化的不会重写。"""
    from fazhi_analysis import ingest as run_ingest

    if region and code:
        raise UsageError("--region/--code", "两个选项只能用一个", "去掉其中一个")
    books = [file for file in files if file.suffix.lower() == ".xlsx"]
    reports = [file for file in files if file not in books]
    results = run_ingest(reports, data=data, region=region, code=code, year=year, workers=workers) if reports else []
    results += [result for book in books for result in _corrections(book, data)]
    failed = [result for result in results if result.status == "failed"]
    if as_json:
        _print_json(
            [{"file": str(r.path), "report_id": r.report_id, "status": r.status, "message": r.message} for r in results]
        )
    words = {"stored": "已存入", "unchanged": "没有变化", "failed": "失败"}
    for result in results if len(results) <= 20 else failed:
        _say(f"{words[result.status]}　{result.report_id or Path(result.path).name}　{result.message}".rstrip())
    if len(results) > 1:
        _say("，".join(f"{word} {sum(r.status == key for r in results)}" for key, word in words.items()))
    if failed:
        sys.exit(1)


def _corrections(book: Path, data: Path) -> list[Any]:
    """Take in a workbook; a workbook that fails is a result like a file that fails."""
    from fazhi_analysis.running.corrections_workbook import take_corrections
    from fazhi_analysis.running.ingest import IngestResult

    try:
        return list(take_corrections(book, data))
    except FazhiError as error:
        return [IngestResult(book, "", "failed", str(error), error)]


@main.command(
    epilog=_examples(
        "fazhi export --region 霁原旗 --year 2024 --xlsx 霁原旗.xlsx",
        "fazhi ingest 霁原旗.xlsx --data 我的数据    # 把其中填好的更正记入台账",
    )
)
@click.option("--region", required=True, help="地方：代码、名称或全称。")
@click.option("--year", required=True, type=int, help="报告年度。")
@click.option("--baseline", type=int, help="对比年度；默认上一个有数据的年度。")
@click.option("--xlsx", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写成哪个文件（.xlsx）。")
@_data_option
@_lang_option
def export(region: str, year: int, baseline: int | None, xlsx: Path, data: Path | None, lang: str) -> None:
    """导出 Excel 工作簿：指标、对比、核查发现、问题与打算、指标目录，以及可以填回的更正表。"""
    from fazhi_analysis.presenting.workbook import write_workbook

    _say(write_workbook(xlsx, region, year, baseline, data, lang))


@main.command(
    epilog=_examples("fazhi audit 报告.docx", "fazhi audit 150623-2023 --json", "fazhi audit 报告.txt --fail-on error")
)
@click.argument("target")
@_data_option
@_json_option
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note"]), help="有这一级（或更重）的发现时以 1 退出。"
)
def audit(target: str, data: Path | None, as_json: bool, fail_on: str | None) -> None:
    """核对一份报告的数字与结构；TARGET 是文件，或已存报告的编号。"""
    from fazhi_analysis.analysis.audit import audit_target
    from fazhi_analysis.model import as_record

    header, findings = audit_target(target, data=data)
    if as_json:
        _print_json({"report": header, "findings": [as_record(finding) for finding in findings]})
    else:
        _say(f"{header.get('region', '')} {header.get('year', '')}：{len(findings)} 条发现")
        for finding in findings:
            mark = {"accepted": "（已采纳）", "dismissed": "（已排除）"}.get(finding.status, "")
            _say(f"  [{_SEVERITY_ZH[finding.severity]}] {finding.message_zh}{mark}　{finding.rule} {finding.id}")
    order = ["error", "warning", "note"]
    if fail_on and any(f.severity in order[: order.index(fail_on) + 1] and f.status != "dismissed" for f in findings):
        sys.exit(1)


@main.command(
    epilog=_examples(
        "fazhi report --region 鄂托克前旗 --year 2023",
        "fazhi report --region 延庆区 --year 2024 --baseline 2023 --lang en",
    )
)
@click.option("--region", required=True, help="地方：代码、名称或全称。")
@click.option("--year", required=True, type=int, help="报告年度。")
@click.option("--baseline", type=int, help="对比年度；默认上一个有数据的年度。")
@_data_option
@_lang_option
@_out_option
@_json_option
def report(
    region: str, year: int, baseline: int | None, data: Path | None, lang: str, out: Path, as_json: bool
) -> None:
    """执行笔记本，为一个地方的一个年度生成网页。"""
    from fazhi_analysis import run_report

    result = run_report(region=region, year=year, baseline=baseline, data=data, lang=lang, out=out)
    if as_json:
        _print_json(result.manifest)
    for path in result.pages:
        _say(path)


@main.command(
    epilog=_examples(
        "fazhi batch --years 2024 --dry-run",
        "fazhi batch --regions '1101*' --years 2023 --years 2024 --workers 2",
        "fazhi batch --job 每月任务.yaml",
    )
)
@click.option("--regions", multiple=True, help="地方：代码、名称或通配符（如 '1101*'）；可重复；默认全部。")
@click.option("--years", multiple=True, type=int, help="报告年度；可重复；默认全部。")
@click.option("--notebooks", multiple=True, help="笔记本名称或路径；可重复；默认三个标准笔记本。")
@click.option("--job", "job_file", type=click.Path(path_type=Path), help="写明整个任务的 YAML 文件。")
@click.option("--workers", type=click.IntRange(min=1), help="并行进程数；默认用全部处理器。")
@click.option("--scheduler", metavar="ADDRESS", help="交给 Dask 集群执行，如 tcp://10.0.0.1:8786。")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="每个笔记本的时限（秒）。")
@click.option("--engine", help="papermill 的执行引擎；默认用预热分叉（fazhi-fork）。")
@click.option("--force", is_flag=True, help="没有变化的也重新执行。")
@click.option("--dry-run", is_flag=True, help="只列出计划，不执行。")
@_data_option
@_lang_option
@_out_option
@_json_option
@click.pass_context
def batch(ctx: click.Context, /, job_file: Path | None, dry_run: bool, as_json: bool, **options: Any) -> None:
    """一次生成许多地方、许多年度的网页；中断后再执行同一命令即可续完。"""
    from dataclasses import asdict, replace

    from fazhi_analysis.running.batch import run_job
    from fazhi_analysis.running.batch_plan import BatchJob, plan_batch, read_job

    given: dict[str, Any] = {
        name: list(value) or None if isinstance(value, tuple) else value
        for name, value in options.items()
        if ctx.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT
    }
    job = replace(read_job(job_file) if job_file else BatchJob(), **given)
    if dry_run:
        tasks = plan_batch(job)
        if as_json:
            _print_json([{"region": t.region, "year": t.year, "folder": t.folder.name, "done": t.done} for t in tasks])
        for task in tasks:
            _say(f"{'没有变化' if task.done else '将执行　'}　{task.name}　{task.region}")
        _say(f"共 {len(tasks)} 份，将执行 {sum(not task.done for task in tasks)} 份")
        return
    result = run_job(job)
    if as_json:
        _print_json([asdict(outcome) for outcome in result.outcomes])
    for outcome in result.outcomes:
        if outcome.status == "failed":
            _say(f"失败　{outcome.folder}　{outcome.message}")
    _say(f"{result.summary}　{result.index}")
    if result.count("failed"):
        sys.exit(1)


@main.command(
    epilog=_examples(
        "fazhi schedule 每月任务.yaml --every monthly",
        "fazhi schedule job.yaml --kind crontab --every '0 7 * * 1-5' --on-failure 'mail -s 失败 me' --install",
        "fazhi schedule jobs/job.yaml --kind github > .github/workflows/fazhi.yml",
    )
)
@click.argument("job_file", metavar="JOB.yaml", type=click.Path(path_type=Path))
@click.option("--every", default="daily", show_default=True, help="daily、weekly、monthly，或 cron 的五项时间。")
@click.option("--kind", type=click.Choice(["crontab", "systemd", "github"]), help="要哪一种；默认三种都打印。")
@click.option("--on-failure", default="", metavar="CMD", help="失败时执行的命令；可用 $FAZHI_JOB、$FAZHI_STATUS。")
@click.option("--install", is_flag=True, help="为当前用户安装（crontab 或 systemd）；默认只打印。")
def schedule(job_file: Path, every: str, kind: str | None, on_failure: str, install: bool) -> None:
    """为批量任务写出定时执行的配置，打印到标准输出；只有 --install 才安装。"""
    from fazhi_analysis.running.schedule import KINDS, make_schedule

    made = make_schedule(job_file, every, on_failure)
    if not install:
        click.echo("\n".join(made.text(name) for name in ([kind] if kind else KINDS)), nl=False)
        return
    if kind is None:
        raise UsageError("--install", "没有说明安装哪一种", "请加 --kind crontab 或 --kind systemd")
    from fazhi_analysis.running.schedule_install import install as run_install

    _say(run_install(made, kind))


@main.command(epilog=_examples("fazhi evaluate gold/", "fazhi evaluate gold/ --json"))
@click.argument("gold_dir", type=click.Path(path_type=Path))
@_json_option
def evaluate(gold_dir: Path, as_json: bool) -> None:
    """对照人工标注，计算提取的查准率、查全率和挂接正确率。"""
    from fazhi_analysis.analysis.evaluation import evaluate as run_evaluate

    result = run_evaluate(gold_dir)
    if as_json:
        _print_json(result.to_json())
    else:
        _say(result)


@main.command(epilog=_examples("fazhi catalogue", "fazhi catalogue --domain enforcement", "fazhi catalogue --json"))
@click.option("--domain", help="只列一个领域。")
@_json_option
def catalogue(domain: str | None, as_json: bool) -> None:
    """列出指标目录。"""
    from fazhi_analysis import load_catalogue
    from fazhi_analysis.model import as_record

    indicators = list(load_catalogue())
    domains = sorted({indicator.domain for indicator in indicators})
    if domain is not None:
        if domain not in domains:
            raise UnknownNameError(f"--domain {domain}", remedy=f"可用的领域：{'、'.join(domains)}")
        indicators = [indicator for indicator in indicators if indicator.domain == domain]
    if as_json:
        _print_json([as_record(indicator) for indicator in indicators])
        return
    for indicator in indicators:
        _say(f"{indicator.id}　{indicator.name_zh}（{indicator.unit}）　{indicator.direction}")
    _say(f"共 {len(indicators)} 个指标")


@main.command(epilog=_examples("fazhi lab", "fazhi lab --folder 我的笔记本", "fazhi lab --no-browser --port 8899"))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="在这里工作；缺的笔记本复制进来，已有的不覆盖。默认就地打开，不能写的复制到 ./fazhi-notebooks。",
)
@click.option("--port", type=click.IntRange(1, 65535), help="端口；默认由 JupyterLab 选。")
@click.option("--no-browser", is_flag=True, help="只启动服务，不打开浏览器。")
def lab(folder: Path | None, port: int | None, no_browser: bool) -> None:
    """在 JupyterLab 中打开 explore.ipynb；用的就是当前的 Python 环境，不需要网络。"""
    import subprocess

    from fazhi_analysis.running.lab import lab_command, lab_environment, working_folder

    place = working_folder(folder)
    _say(f"笔记本在 {place}")
    sys.exit(subprocess.call(lab_command(place, browser=not no_browser, port=port), env=lab_environment()))


if __name__ == "__main__":
    main()
