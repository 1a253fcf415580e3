"""Commands that compare versions of a report review drafts, say what a report covers, and sign it."""

from __future__ import annotations

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
    messages_lang_option,
    print_json,
    say,
)
from fazhi_analysis.messages import Message


@command(
    epilog=examples(
        "fazhi diff 初稿.docx 定稿.docx",
        "fazhi diff 159928-2024 定稿.docx --data 我的数据",
        "fazhi diff 初稿.txt 定稿.txt --json > 改动.json",
    )
)
@argument("old")
@argument("new")
@data_option
@option("--fail-on-change", is_flag=True, help="有改动时以 1 退出。")
@json_option
@lang_option
@click.pass_context
def diff(
    ctx: click.Context, old: str, new: str, data: Path | None, fail_on_change: bool, as_json: bool, lang: str
) -> None:
    """比较一份报告的两个版本，列出数字、问题和打算的改动、新增、删去、移动及两处位置；OLD、NEW 是文件或报告编号。"""
    from fazhi_analysis.analysis.revising.changes import compare_versions
    from fazhi_analysis.analysis.revising.version import open_version
    from fazhi_analysis.presenting.wording.page_texts import Words
    from fazhi_analysis.presenting.wording.revision import change_text, summary

    before, after = open_version(old, data), open_version(new, data)
    changes = compare_versions(before, after)
    if as_json:
        print_json({"old": before.name, "new": after.name, "changes": [change.to_json() for change in changes]})
    else:
        words = Words(lang)
        say(Message("cli.diff.head", old=before.name, new=after.name, summary=summary(changes, words)))
        for change in changes:
            say(change_text(change, words))
    if changes and fail_on_change:
        ctx.exit(1)


@command(
    epilog=examples(
        "fazhi coverage 报告.docx",
        "fazhi coverage 990124-2024 --lang en",
        "fazhi coverage 报告.txt --frame 我的框架.csv --json",
    )
)
@argument("target")
@option("--frame", help="纲要的编号（如 2021-2025），或自己的框架（CSV 文件）；默认用报告年度的纲要。")
@data_option
@json_option
@lang_option
def coverage(target: str, frame: str | None, data: Path | None, as_json: bool, lang: str) -> None:
    """逐项看一份报告覆盖纲要的哪些部分：有数字、只提到、没有；TARGET 是文件，或已存报告的编号。"""
    from fazhi_analysis import coverage as run_coverage
    from fazhi_analysis.presenting.wording.page_texts import Words

    found = run_coverage(target, frame, data).to_dict("records")
    if as_json:
        print_json(found)
        return
    words = Words(lang)
    for row in found:
        counts = words("coverage.counts", figures=row["figures"], mentions=row["mentions"])
        name = words("coverage.part", part=row["part"], name=row[f"name_{lang}"])
        say(words("coverage.row", part=name, state=words(f"coverage.{row['state']}"), counts=counts))


@command(
    epilog=examples(
        "fazhi sign 990124-2024 --who 李四 --data 我的数据",
        "fazhi sign 990124-2024 --who 李四 --note 与各科室核对过 --data 我的数据",
    )
)
@argument("report_id")
@option("--who", required=True, help="谁核签。")
@option("--note", default="", help="附注。")
@option("--data", required=True, type=DataFolder(), help="存放这份报告的数据文件夹。")
@messages_lang_option
def sign(report_id: str, who: str, note: str, data: Path) -> None:
    """核签一份报告的数字；网页末尾写明“已核”、姓名和日期，任何数字改动后自动失效，恢复为“草稿”。"""
    from fazhi_analysis import sign as run_sign

    found = run_sign(report_id, who, note, data=data)
    say(Message("cli.sign.signed", report_id=report_id, who=found.who, date=found.date))


@command(
    epilog=examples(
        "fazhi review 起草稿.docx",
        "fazhi review 起草稿.docx --out 送审/起草稿.docx --data 我的数据",
        "fazhi review 起草稿.docx --region 砚桥县 --year 2024",
    )
)
@argument("draft", type=click.Path(path_type=Path, dir_okay=False))
@option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到哪里；默认写在文稿旁边，文件名加“-审阅”。")
@data_option
@given_options
@lang_option
def review(draft: Path, out: Path | None, data: Path | None, lang: str, **given: Any) -> None:
    """审阅起草中的报告：在 Word 文稿相应的地方加批注，正文一字不动。"""
    from fazhi_analysis.running.reviewing.review import review_draft

    check_given(given["region"], given["code"])
    result = review_draft(draft, out, data, lang=lang, **given)
    say(result.path)
    kinds = [one.severity for one in result.remarks]
    counts = {name: kinds.count(name) for name in ("error", "warning")}
    say(Message("running.review.written", n=len(kinds), errors=counts["error"], warnings=counts["warning"]))


@command(
    epilog=examples(
        "fazhi rectify 159928-2023 --data 我的数据",
        "fazhi rectify 159928-2023 problem-1a2b3c4d --measure 增加编制 --body 司法局 --who 李四 --data 我的数据",
        "fazhi rectify 159928-2023 problem-1a2b3c4d --state done --who 李四 --data 我的数据",
    )
)
@argument("report_id")
@argument("item", required=False)
@option("--state", type=click.Choice(["open", "doing", "done"]), default="doing", show_default=True, help="状态。")
@option("--measure", default="", help="整改措施。")
@option("--body", default="", help="责任单位。")
@option("--due", default="", help="期限，如 2025-06-30。")
@option("--who", default="", help="谁填的。")
@data_option
@json_option
@lang_option
def rectify(report_id: str, item: str | None, data: Path | None, as_json: bool, lang: str, **entry: str) -> None:
    """整改台账：不写 ITEM 时列出一份报告的问题、落空的承诺和核查发现；写 ITEM 时记下措施、责任单位、期限和状态。"""
    from fazhi_analysis import rectification
    from fazhi_analysis import rectify as run_rectify

    if item is not None:
        run_rectify(report_id, item, entry.pop("state"), data=data, **entry)
    rows = rectification(report_id, data).to_dict("records")
    if as_json:
        print_json(rows)
        return
    for row in rows:
        close = Message("cli.rectify.gone") if row["gone"] else ""
        if row["suggestion"]:
            close = Message("cli.rectify.close", evidence=row["evidence"], text=row["evidence_text"])
        named = {name: Message(f"cli.rectify.{row[name]}") for name in ("kind", "state")}
        text = row["text"] if lang == "zh" else row["text_en"]
        say(Message("cli.rectify.row", id=row["item"], text=text, suggestion=close, **named))
        if row["who"]:
            say(
                Message(
                    "cli.rectify.entered", **{name: row[name] for name in ("measure", "body", "due", "who", "date")}
                )
            )
    say(Message("cli.rectify.counts", n=len(rows), done=sum(row["state"] == "done" for row in rows)))
