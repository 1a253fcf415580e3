"""Commands that make pages: report, batch, schedule, lab."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from fazhi_analysis.cli.chinese import argument, command, option
from fazhi_analysis.cli.shared import (
    OWN_PROCESS,
    data_option,
    examples,
    json_option,
    lab_lang_option,
    langs_option,
    language,
    messages_lang_option,
    out_option,
    print_json,
    say,
)
from fazhi_analysis.errors import UsageError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    from fazhi_analysis.running.scheduling.schedule import Schedule


notebooks_option = option(
    "--notebooks",
    multiple=True,
    help="笔记本名称或路径，或页面名称；可重复；默认三个标准笔记本，report 在数据够时另加历年变化和横向比较。",
)


@command(
    epilog=examples(
        "fazhi report --region 鄂托克前旗 --year 2023",
        "fazhi report --region 延庆区 --year 2024 --baseline 2023 --lang both",
        "fazhi report --region 霁原旗 --year 2024 --notebooks trend --notebooks peer_comparison",
    )
)
@option("--region", required=True, help="地方：代码、名称或全称。")
@option("--year", required=True, type=int, help="报告年度。")
@option("--baseline", type=int, help="对比年度；默认上一个有数据的年度。")
@notebooks_option
@option("--one-file", is_flag=True, help="另把全部页面合成一个网页文件，便于转发。")
@option("--docx", is_flag=True, help="另写一份可编辑的文稿（Word、WPS）。")
@option("--pdf", is_flag=True, help="另印成 PDF；需要 Chromium。")
@data_option
@langs_option
@out_option
@json_option
@click.pass_obj
def report(
    process: object, /, as_json: bool, notebooks: tuple[str, ...], one_file: bool, docx: bool, pdf: bool, **options: Any
) -> None:
    """执行笔记本，为一个地方的一个年度生成网页。"""
    from fazhi_analysis import run_report
    from fazhi_analysis.running.forked import warm

    if process is OWN_PROCESS:
        warm.claim()
    asked = {"html": one_file, "docx": docx, "pdf": pdf}
    documents = [kind for kind, wanted in asked.items() if wanted]
    result = run_report(notebooks=notebooks or None, documents=documents, **options)
    results = [result, result.other] if result.other else [result]
    if as_json:
        print_json([one.manifest for one in results] if result.other else result.manifest)
    for path in (page for one in results for page in (*one.pages, *one.documents)):
        say(path)
    for line in result.notices:
        say(line)
    _name_outdated(options["out"], options["data"], f"{_YEAR.sub('', result.folder.name)}-*")


_YEAR = re.compile(r"-\d{4}(?:-en)?$")


def _name_outdated(out: Path | str, data: Any, pattern: str = "*") -> None:
    """Say which other pages in the folder were made from older data: a finished page does not change."""
    from fazhi_analysis.running.results.outdated import outdated

    for one in outdated(out, data, pattern):
        say(one.message())


@command(
    epilog=examples(
        "fazhi batch --years 2024 --dry-run",
        "fazhi batch --regions '1101*' --years 2023 --years 2024 --workers 2",
        "fazhi batch --job 每月任务.yaml",
    )
)
@option("--regions", multiple=True, help="地方：代码、名称或通配符（如 '1101*'）；可重复；默认全部。")
@option("--years", multiple=True, type=int, help="报告年度；可重复；默认全部。")
@notebooks_option
@option("--job", "job_file", type=click.Path(path_type=Path), help="写明整个任务的 YAML 文件。")
@option("--workers", type=click.IntRange(min=1), help="并行进程数；默认用全部处理器。")
@option("--scheduler", metavar="地址", help="交给 Dask 集群执行，如 tcp://10.0.0.1:8786。")
@option("--timeout", type=click.FloatRange(min=0, min_open=True), help="每个笔记本的时限（秒）。")
@option("--engine", help="papermill 的执行引擎；默认用预热分叉（fazhi-fork）。")
@option("--force", is_flag=True, help="没有变化的也重新执行。")
@option("--signed-only", is_flag=True, help="只做已核签（fazhi sign）的年度；数字改动后核签失效的不做。")
@option("--dry-run", is_flag=True, help="只列出计划，不执行。")
@data_option
@langs_option
@out_option
@json_option
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
            print_json([{"region": t.region, "year": t.year, "folder": t.folder.name, "done": t.done} for t in tasks])
        for task in tasks:
            key = "cli.batch.unchanged" if task.done else "cli.batch.will_run"
            say(Message(key, name=task.name, place=task.region, folder=task.folder.name))
        say(Message("cli.batch.plan", n=len(tasks), running=sum(not task.done for task in tasks)))
        return
    result = run_job(job)
    if as_json:
        print_json([asdict(outcome) for outcome in result.outcomes])
    for line in dict.fromkeys(
        line for one in result.outcomes if one.status == "done" for line in one.message.splitlines()
    ):
        say(line)
    for outcome in result.outcomes:
        if outcome.status == "failed":
            say(Message("cli.batch.failed", folder=outcome.folder, message=outcome.message))
    say(f"{result.summary}　{result.index}")
    _name_outdated(job.out, job.data)
    if result.count("failed"):
        sys.exit(1)


def _text_or_reason(made: Schedule, kind: str) -> str:
    """The text of one kind among all; one that is not available must not hold back the others."""
    try:
        return made.text(kind)
    except UsageError as error:
        error.lang = language()
        return Message("cli.schedule.unavailable", kind=kind, error=str(error)).text(language()) + "\n"


@command(
    epilog=examples(
        "fazhi schedule 每月任务.yaml --every monthly",
        "fazhi schedule job.yaml --kind crontab --every '0 7 * * 1-5' --on-failure 'mail -s 失败 me' --install",
        "fazhi schedule jobs/job.yaml --kind github > .github/workflows/fazhi.yml",
    )
)
@argument("job_file", metavar="JOB.yaml", type=click.Path(path_type=Path))
@option("--every", default="daily", show_default=True, help="daily、weekly、monthly，或 cron 的五项时间。")
@option("--kind", type=click.Choice(["crontab", "systemd", "github"]), help="要哪一种；默认三种都打印。")
@option(
    "--on-failure", default="", metavar="命令", help="失败时执行的命令；可用 $FAZHI_JOB、$FAZHI_OUT、$FAZHI_STATUS。"
)
@option("--package", default="", metavar="来源", help="GitHub 上用 pip 安装什么；默认按仓库判断。")
@option("--install", is_flag=True, help="为当前用户安装（crontab 或 systemd）；默认只打印。")
@messages_lang_option
def schedule(job_file: Path, every: str, kind: str | None, on_failure: str, package: str, install: bool) -> None:
    """为批量任务写出定时执行的配置，打印到标准输出；只有 --install 才安装。"""
    from fazhi_analysis.running.scheduling.schedule import KINDS, make_schedule

    made = make_schedule(job_file, every, on_failure, package)
    if not install:
        texts = [made.text(kind)] if kind else [_text_or_reason(made, name) for name in KINDS]
        click.echo("\n".join(texts), nl=False)
        return
    if kind is None:
        raise UsageError("--install", "cli.schedule.no_kind")
    from fazhi_analysis.running.scheduling.install import install as run_install

    say(run_install(made, kind))


@command(epilog=examples("fazhi new 我的对比 --from year_over_year", "fazhi new 历年 --from trend --into 我的笔记本"))
@argument("name")
@option("--from", "source", default="year_over_year", show_default=True, help="复制哪个标准笔记本。")
@option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="写入哪个文件夹；默认当前文件夹。"
)
@messages_lang_option
def new(name: str, source: str, into: Path) -> None:
    """复制一个标准笔记本，供自己改：参数和说明都在，取数、比较、选择、画图各占一格。"""
    from fazhi_analysis.running.executing.own_notebook import new_notebook

    say(Message("cli.new.made", path=str(new_notebook(name, source, into, language()))))


@command(
    epilog=examples(
        "fazhi lab", "fazhi lab --data 我的数据 --folder 我的笔记本", "fazhi lab --no-browser --port 8899 --allow-root"
    )
)
@option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="在这里工作；缺的笔记本复制进来，已有的不覆盖。默认就地打开，不能写的复制到 ./fazhi-notebooks。",
)
@option("--port", type=click.IntRange(1, 65535), help="端口；默认由 JupyterLab 选。")
@option("--no-browser", is_flag=True, help="只启动服务，不打开浏览器。")
@option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("我的数据"),
    show_default=True,
    help="笔记本把报告存入的文件夹，与终端里用的是同一个。",
)
@option("--allow-root", is_flag=True, help="以 root 身份也启动。")
@click.pass_context
@lab_lang_option
def lab(
    context: click.Context,
    lang: str,
    folder: Path | None,
    port: int | None,
    no_browser: bool,
    data: Path,
    allow_root: bool,
) -> None:
    """在 JupyterLab 中打开 explore.ipynb；用的就是当前的 Python 环境，不需要网络。"""
    import subprocess

    from fazhi_analysis.running.lab import lab_command, lab_environment, system_language, working_folder

    place = working_folder(folder)
    command = lab_command(place, browser=not no_browser, port=port, allow_root=allow_root)
    chosen = context.get_parameter_source("lang") is not ParameterSource.DEFAULT
    say(Message("cli.lab.folder", folder=str(place.resolve()), data=str(data.resolve())))
    sys.exit(subprocess.call(command, env=lab_environment(data, lang if chosen else system_language())))
