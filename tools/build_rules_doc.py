"""Write ``docs/rules.md`` from the rules' own metadata. Usage: ``python tools/build_rules_doc.py``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fazhi_analysis.analysis.audit import Rule, load_rules

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
JUDGED = Path(__file__).resolve().parent / "rule_judgements.csv"
TEXTS = 348
HEAD = """# 核对规则 · The audit rules

<!-- 由 tools/build_rules_doc.py 根据规则自带的说明生成，请勿手改 / generated, do not edit -->

`fazhi audit` 与 `audit()` 逐条运行下列规则。程度只有四种：

- **错误**（error）：按所印数字，怎么读都不成立；
- **存疑**（warning）：有一种读法可以成立，发现里写明是哪一种；
- **提示**（note）：值得知道，不是差错；
- **核实**（confirmed）：恒等关系成立，或者法定要求已经做到。

没有写明基数的比率从不算错误。每条发现都带证据（数字、位置、算式）和固定编号，可以采纳、排除或批注
（`fazhi judge`，记入 `corrections/<report_id>.yaml`），重新核对后仍然有效。

发现分三类，分开计数：**数字**（figures）、**形式**（form：标题、序号、断句、重复）、**法定事项**（duties）。
首页、要点和总览说的都是数字；形式和法定事项在“数字核查”页、工作簿和批量总览里各有位置。人工排除的不计。

**误报率**：在 {texts} 份真实文本上（24 份全文，324 段开头）运行全部规则，每一条错误和存疑都读原文判过，
分为属实、可以商榷、误报；各条规则下面写明几条里误报几条。没有一条定为错误。第一次共 {first} 条，误报 {first_wrong} 条，
改了规则再运行，共 {raised} 条，误报 {wrong} 条：规则照这一批文本改过，换一批会多一些。
法定事项在只有开头的文本上没有意义，未判；提示不是差错，也未判。

Severity is honest: an error only where arithmetic leaves no way out, a warning where a reading exists under which the
text holds (the finding names it), a note for the rest, confirmed for an identity that holds. “Base not stated” is
never an error. Findings carry evidence and a stable id; a person's judgement on one (`fazhi judge`) survives re-runs.
Findings are counted in three lanes: figures, form (headings, numbers, broken sentences, repetitions) and
duties. Headlines and overviews speak of
figures; form and duties have places of their own on the page of checks, in the workbook and in the overview of
a batch. Dismissed ones do not count.

**False alarms**: all rules ran on {texts} real texts (24 whole ones, 324 openings), and each error and warning
was judged by reading the text: right,
arguable or wrong. There was no error. The first run raised {first}, of which {first_wrong} were wrong; after
the rules were mended on these texts {raised}, {wrong}
wrong: other texts will have more. Duties mean nothing where only the opening is at hand, and notes are no
faults; neither was judged.

加一条规则：一个文件，别处不用改，见[怎样增加](architecture.md)。
A rule of your own is one file: [how to add one](architecture.md).
"""


@cache
def judged() -> Mapping[str, Mapping[str, int]]:
    """How the alarms of each rule on real texts were judged; rules that raised none are left out."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["rule"]: {name: int(value) for name, value in row.items() if name != "rule"} for row in rows}


def alarms(rule: Rule) -> tuple[str, str]:
    """The measured rate of false alarms of a rule (Chinese, English)."""
    if rule.lane == "duties":
        return "未判（见上）", "not judged (see above)"
    found = judged().get(rule.id)
    if found is None:
        return f"{TEXTS} 份真实文本里没有报过错误或存疑", f"no error or warning on {TEXTS} real texts"
    zh = (
        f"{TEXTS} 份真实文本里报 {found['raised']} 条：属实 {found['right']}，可以商榷 {found['arguable']}，"
        f"误报 {found['wrong']}"
    )
    en = (
        f"{found['raised']} on {TEXTS} real texts: {found['right']} right, {found['arguable']} arguable, "
        f"{found['wrong']} wrong"
    )
    if found["first_wrong"]:
        zh += f"（改前 {found['first_raised']} 条，误报 {found['first_wrong']} 条）"
        en += f" (before it was mended {found['first_raised']}, {found['first_wrong']} wrong)"
    return zh, en


def section(rule: Rule) -> str:
    """One rule as a section of the page."""
    zh, en = rule.zh, rule.en
    kind = "需要全文 · needs the text" if rule.needs_text else "有数字即可 · works on stored figures"
    lane = {
        "figures": "数字 · figures",
        "form": "形式 · form",
        "duties": "法定事项 · duties",
    }[rule.lane]
    rows = (
        ("类别", lane),
        ("查什么", zh.checks),
        ("为什么", zh.why),
        ("出处", zh.source),
        ("例", zh.example),
        ("可能怎样误判", zh.can_be_wrong),
        ("误报率", alarms(rule)[0]),
        ("条件", kind),
    )
    lines = [f"## `{rule.id}` {zh.title}", "", *(f"- **{name}**：{text}" for name, text in rows)]
    lines += ["", f"*{en.title}*", ""]
    rows_en = (
        ("Checks", en.checks),
        ("Why", en.why),
        ("Source", en.source),
        ("Example", en.example),
        ("Can be wrong", en.can_be_wrong),
        ("False alarms", alarms(rule)[1]),
    )
    lines += [f"- **{name}**: {text}" for name, text in rows_en]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    names = ("first_raised", "first_wrong", "raised", "wrong")
    first, first_wrong, raised, wrong = (sum(row[name] for row in judged().values()) for name in names)
    head = HEAD.format(texts=TEXTS, first=first, first_wrong=first_wrong, raised=raised, wrong=wrong)
    return head + "\n" + "\n".join(section(rule) for rule in load_rules())


if __name__ == "__main__":
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(page(), encoding="utf-8")
    print(f"{DOCUMENT.name}: {sum(1 for _ in load_rules())} rules")
