"""Commands that look something up: evaluate, catalogue, breaks."""

from __future__ import annotations

from pathlib import Path

import click

from fazhi_analysis.cli.chinese import argument, command, option
from fazhi_analysis.cli.shared import (
    data_option,
    examples,
    json_option,
    language,
    messages_lang_option,
    print_json,
    say,
)
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.messages import Message


@command(
    epilog=examples(
        "fazhi evaluate gold/", "fazhi evaluate gold/ --json", "fazhi evaluate --follow-up 判过的承诺/ --texts 原文/"
    )
)
@argument("gold_dir", type=click.Path(path_type=Path))
@option("--follow-up", is_flag=True, help="评承诺追踪：文件夹里的 follow_up.csv 一行一条判过的承诺。")
@option("--texts", type=click.Path(path_type=Path), help="承诺所在报告的原文在哪个文件夹；默认就在标注旁边。")
@json_option
@messages_lang_option
def evaluate(gold_dir: Path, follow_up: bool, texts: Path | None, as_json: bool) -> None:
    """对照人工标注，计算提取的查准率、查全率和挂接正确率，或者承诺追踪的结论对不对。"""
    from fazhi_analysis.analysis.evaluation.evaluate import EvaluationResult
    from fazhi_analysis.analysis.evaluation.evaluate import evaluate as run_evaluate
    from fazhi_analysis.analysis.evaluation.follow_up_scores import FollowUpResult, evaluate_follow_up

    if texts is not None and not follow_up:
        raise UsageError("--texts", "cli.evaluate.texts")
    result: EvaluationResult | FollowUpResult = (
        evaluate_follow_up(gold_dir, texts) if follow_up else run_evaluate(gold_dir)
    )
    if as_json:
        print_json(result.to_json())
    else:
        say(result.text(language()))


@command(epilog=examples("fazhi catalogue", "fazhi catalogue --domain enforcement", "fazhi catalogue --json"))
@option("--domain", help="只列一个领域。")
@json_option
@messages_lang_option
def catalogue(domain: str | None, as_json: bool) -> None:
    """列出指标目录。"""
    from fazhi_analysis import load_catalogue
    from fazhi_analysis.model import as_record

    indicators = list(load_catalogue())
    domains = sorted({indicator.domain for indicator in indicators})
    if domain is not None:
        if domain not in domains:
            raise UnknownNameError(f"--domain {domain}", "cli.domain.unknown", domains=domains)
        indicators = [indicator for indicator in indicators if indicator.domain == domain]
    if as_json:
        print_json([as_record(indicator) for indicator in indicators])
        return
    from fazhi_analysis.presenting.wording.page_texts import Words

    words = Words(language())
    for indicator in indicators:
        name = indicator.name_zh if words.lang == "zh" else indicator.name_en
        direction, unit = words(f"explore.direction.{indicator.direction}"), words.unit(indicator.unit)
        say(Message("cli.catalogue.row", id=indicator.id, name=name, unit=unit, direction=direction))
    say(Message("cli.catalogue.counts", n=len(indicators)))


@command(epilog=examples("fazhi breaks", "fazhi breaks --data 我的数据 --json"))
@data_option
@json_option
@messages_lang_option
def breaks(data: Path | None, as_json: bool) -> None:
    """列出口径改变的日期：从这一天起，前后的数字不能说改善或变差；数据文件夹里的 breaks.csv 一并列出。"""
    from fazhi_analysis.analysis.comparing.breaks import load_breaks
    from fazhi_analysis.model import as_record

    found = load_breaks(data)
    if as_json:
        print_json([as_record(item) for item in found])
        return
    for item in found:
        fields = {"start": item.start.isoformat(), "prefix": item.prefix, "territory": item.territory}
        say(Message("cli.breaks.row", note=item.note(language()), **fields))
    say(Message("cli.breaks.counts", n=len(found)))
