"""Write ``docs/rules.md`` from the rules' own metadata. Usage: ``python tools/build_rules_doc.py``."""

from __future__ import annotations

from pathlib import Path

from fazhi_analysis.analysis.audit import Rule, load_rules

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
HEAD = """# 核对规则 · The audit rules

<!-- 由 tools/build_rules_doc.py 根据规则自带的说明生成，请勿手改 / generated, do not edit -->

`fazhi audit` 与 `audit()` 逐条运行下列规则。程度只有四种：

- **错误**（error）：按所印数字，怎么读都不成立；
- **存疑**（warning）：有一种读法可以成立，发现里写明是哪一种；
- **提示**（note）：值得知道，不是差错；
- **核实**（confirmed）：恒等关系成立，或者法定要求已经做到。

没有写明基数的比率从不算错误。每条发现都带证据（数字、位置、算式）和固定编号，可以采纳、排除或批注
（`fazhi judge`，记入 `corrections/<report_id>.yaml`），重新核对后仍然有效。

各页计数口径一致：按程度计全部发现，包括法定内容与时限；人工排除的不计。

Severity is honest: an error only where arithmetic leaves no way out, a warning where a reading exists under which the
text holds (the finding names it), a note for the rest, confirmed for an identity that holds. “Base not stated” is
never an error. Findings carry evidence and a stable id; a person's judgement on one (`fazhi judge`) survives re-runs.
Every page counts alike: all findings by severity, statutory duties included, dismissed ones left out.

加一条规则：一个文件，别处不用改，见[怎样增加](architecture.md)。
A rule of your own is one file: [how to add one](architecture.md).
"""


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
    )
    lines += [f"- **{name}**: {text}" for name, text in rows_en]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    return HEAD + "\n" + "\n".join(section(rule) for rule in load_rules())


if __name__ == "__main__":
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(page(), encoding="utf-8")
    print(f"{DOCUMENT.name}: {sum(1 for _ in load_rules())} rules")
