"""Commands that check a report: audit, judge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    from fazhi_analysis.running.mending import Checked
    from fazhi_analysis.running.results.outdated import Outdated

_GRAVEST_FIRST = ("error", "warning", "note")
_SHOWN = 24


@command(
    epilog=examples(
        "fazhi audit 报告.docx",
        "fazhi audit 150623-2023 --json",
        "fazhi audit 报告.txt --rule ratio --rule sum --lang en",
        "fazhi audit 报告.txt --data 我的数据 --fail-on error    # 连同同一地方上年报告核对",
    )
)
@argument("target")
@data_option
@given_options
@json_option
@option("--fail-on", type=click.Choice(_GRAVEST_FIRST), help="有这一级（或更重）的发现时以 1 退出；已排除的不算。")
@option("--rule", "rules", multiple=True, help="只用这条规则，可重复；默认全部（见 docs/rules.md）。")
@lang_option
def audit(
    target: str, data: Path | None, as_json: bool, fail_on: str | None, rules: tuple[str, ...], lang: str, **given: Any
) -> None:
    """核对一份报告的数字与结构；TARGET 是文件，或已存报告的编号。"""
    from fazhi_analysis.analysis.audit import audit_target
    from fazhi_analysis.analysis.audit.counting import standing
    from fazhi_analysis.model import as_record
    from fazhi_analysis.running.sandbox import guarded

    check_given(given["region"], given["code"])
    header, findings = guarded(target, audit_target, target, data=data, rules=rules or None, **given)
    if as_json:
        print_json({"report": header, "findings": [as_record(finding) for finding in findings]})
    else:
        _print(header, findings, lang)
    if fail_on:
        grave = _GRAVEST_FIRST[: _GRAVEST_FIRST.index(fail_on) + 1]
        if any(finding.severity in grave for finding in standing(findings)):
            sys.exit(1)


def _print(header: dict[str, Any], findings: list[Any], lang: str) -> None:
    """Head line with the counts, then each finding with its evidence and id."""
    from fazhi_analysis.analysis.audit.counting import count_findings, in_lane
    from fazhi_analysis.presenting.wording.naming import message_text
    from fazhi_analysis.presenting.wording.page_texts import Words

    words = Words(lang)
    counts = count_findings(findings)
    parts = [words("headline.verdict", verdict=words(f"severity.{key}"), n=n) for key, n in counts.items()]
    parts += [words(f"audit.{lane}", n=n) for lane in ("form", "duties") if (n := len(in_lane(findings, lane)))]
    place = " ".join(str(header[key]) for key in ("region", "year") if header.get(key)) or str(header.get("name", ""))
    say(words("audit.head", place=place, parts=words.join(parts) or words("audit.none")))
    for finding in findings:
        message = message_text(finding, words)
        status = words(f"status.{finding.status}") if finding.status != "open" else ""
        judgement = words.join([part for part in (status, finding.comment) if part])
        note = words("audit.judged", judgement=judgement) if judgement else ""
        say(f"[{words(f'column.{finding.severity}')}] {message}{note}")
        places = [_place(piece) for piece in finding.evidence]
        evidence = f"{words('data_quality.evidence')} {words.join(places)}  " if places else ""
        say(f"    {evidence}{finding.id}")


def _place(piece: Any) -> str:
    """Printed words (the beginning of long ones) or value, and where they stand."""
    text = "".join(piece.text.split())
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    value = "" if text or piece.value is None else f"{piece.value:.12g}"
    where = piece.row if piece.start is None else f"{piece.start}–{piece.end}"
    return f"{text or value}[{where}]" if where else text or value


@command(
    epilog=examples(
        "fazhi check --data 我的数据",
        "fazhi check 报告/*.docx --data 我的数据    # 用这些文件修复",
        "fazhi check --data 我的数据 --out output    # 哪些网页是用旧版本生成的",
    )
)
@argument("files", nargs=-1, type=click.Path(path_type=Path))
@option("--data", required=True, type=DataFolder(), help="查看哪个数据文件夹。")
@option(
    "--out",
    "pages",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="一并查看这个文件夹里的网页，列出用旧版本、旧数字生成的。",
)
@json_option
@messages_lang_option
def check(files: tuple[Path, ...], data: Path, pages: Path | None, as_json: bool) -> None:
    """逐份查看已存的报告和台账是否完好；原文件在 FILES 里的，或存有原文的，重新入库修复。仍有损坏时以 1 退出。"""
    from fazhi_analysis.dataset import list_reports
    from fazhi_analysis.running.mending import check_store
    from fazhi_analysis.running.results.outdated import outdated

    found = check_store(data, files)
    for one in found:
        one.error.lang = language()
    old = outdated(pages, data) if pages is not None else []
    if as_json:
        print_json([*(_checked(one) for one in found), *(_old(one) for one in old)])
    for one in found:
        say(Message(f"cli.check.{_outcome(one)}", report_id=one.report_id, error=one.error))
    for each in old:
        say(each.message())
    if pages is not None:
        say(Message("cli.check.pages", n=len(old)))
    counts = {key: sum(_outcome(one) == key for one in found) for key in ("broken", "mended")}
    say(Message("cli.check.counts", n=len(list_reports(data)), **counts))
    if counts["broken"]:
        sys.exit(1)


def _outcome(one: Checked) -> str:
    return "mended" if one.mended else "broken"


def _checked(one: Checked) -> dict[str, str]:
    return {
        "report_id": one.report_id,
        "status": _outcome(one),
        "place": one.error.place,
        "problem": one.error.problem,
        "remedy": one.error.remedy,
    }


def _old(one: Outdated) -> dict[str, Any]:
    return {"folder": one.folder, "report_id": one.report_id, "status": f"outdated_{one.why}", "made": one.made} | (
        {"now": one.now} if one.why == "version" else {}
    )


@command(
    epilog=examples(
        "fazhi judge 411322-2024 sum-75483cbc --status 排除 --comment 口径不同 --who 李四 --data 我的数据",
        "fazhi judge 411322-2024 ratio-84c1d203 --status open --comment 已去函询问 --who 李四 --data 我的数据",
        "fazhi judge 411322-2023 follow_up-1b90c2de --status 有据落实 --comment 见通报 --who 李四 --data 我的数据",
    )
)
@argument("report_id")
@argument("finding")
@option(
    "--status",
    required=True,
    metavar="意见",
    help="采纳（accepted）、排除（dismissed），或者待处理（open，只作评论）；也可写已采纳、已排除。"
    "对承诺的结论：采纳、待处理，或者写应当是什么（如有据落实、kept）。",
)
@option("--comment", required=True, help="理由。")
@option("--who", required=True, help="谁的意见。")
@option("--data", required=True, type=DataFolder(), help="存放这份报告的数据文件夹。")
@messages_lang_option
def judge(report_id: str, finding: str, status: str, comment: str, who: str, data: Path) -> None:
    """对一条核查发现、一条承诺的结论表态；意见写入报告旁的台账，重新核对、重新入库后仍然有效，网页上也会列出。"""
    from fazhi_analysis.analysis.judgements import judge as record
    from fazhi_analysis.messages import word
    from fazhi_analysis.model import Finding
    from fazhi_analysis.presenting.wording.naming import message_text
    from fazhi_analysis.presenting.wording.page_texts import Words

    words = Words(language())
    found = record(report_id, finding, status, comment=comment, who=who, data=data)
    if isinstance(found, Finding):
        status, text, name, noted = found.status, message_text(found, words), found.id, report_id
    else:
        verdict = word("follow_up.verdict", found["verdict"], words.lang)
        status, name, noted = found["status"], found["id"], found["report_id"]
        text = words("problems_next_steps.decided", text=found["text"], verdict=verdict)
    say(Message("cli.judge.judged", status=words(f"status.{status}"), message=text, id=name))
    say(Message("cli.judge.noted", report_id=noted))
