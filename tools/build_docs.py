"""Write the generated pages of docs/ (commands, codebook, errors) and the accuracy table of the READMEs.

``--check`` writes nothing and fails when a page is stale. The accuracy table needs ``../shared/gold`` and is left as it
stands without it.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

from fazhi_analysis import errors
from fazhi_analysis.catalogue import load_catalogue, load_domains
from fazhi_analysis.cli import main as group
from fazhi_analysis.messages import Message
from fazhi_analysis.running.executing.notebooks import find_notebooks

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
MARK = "<!-- accuracy -->"
NOTE = "<!-- 由 tools/build_docs.py 生成，请勿手改 / generated, do not edit -->"
DIRECTIONS = {"higher_better": "越高越好 / higher", "lower_better": "越低越好 / lower", "neutral": "— "}


def english() -> dict[str, dict[str, str]]:
    """English wording of commands, options and parameters."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "tools/docs/english.yaml").read_text(encoding="utf-8"))
    return loaded


def options_of(command: click.Command) -> Iterator[str]:
    """Long names of the options of a command."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield max(parameter.opts, key=len)


def commands_page() -> str:
    """Every command with its help as the terminal prints it, its options in English, and the notebooks' parameters."""
    words = english()
    parts = [
        "# 命令参考 · Commands\n",
        NOTE,
        "\n加 `--json` 时，机器可读的结果写到标准输出；其余文字写到标准错误。退出状态：0 完成，1 失败，2 用法不对。\n",
        "With `--json` the machine-readable result goes to standard output, everything else to standard error. "
        "Exit status: 0 done, 1 the work failed, 2 wrong usage.\n",
    ]
    for name, command in sorted(group.commands.items()):
        with group.context_class(group, info_name="fazhi") as parent:
            context = command.context_class(
                command, info_name=name, parent=parent, max_content_width=110, terminal_width=100
            )
            context.help_option_names = ["-h", "--help"]
            text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts += [f"## fazhi {name}\n", f"```text\n{text}\n```\n", f"{words['commands'].get(name, '')}\n"]
        options = list(options_of(command))
        if options:
            parts += ["| Option | Meaning |\n|---|---|"]
            parts += [f"| `{option}` | {words['options'].get(option, '')} |" for option in options]
            parts += [""]
    parts += ["## 笔记本参数 · Notebook parameters\n"]
    parts += ["例如 `papermill notebooks/trend.ipynb out.ipynb -p region 霁原旗 -p year 2024`。\n"]
    for notebook in find_notebooks(ROOT / "notebooks").values():
        parts += [f"### {notebook.name}\n", "| 参数 | 默认 | 含义 | Meaning |\n|---|---|---|---|"]
        for name, (default, meaning) in parameters_of(notebook.path).items():
            parts += [f"| `{name}` | `{default}` | {meaning} | {words['parameters'].get(name, '')} |"]
        parts += [""]
    return "\n".join(parts).rstrip() + "\n"


def parameters_of(path: Path) -> dict[str, tuple[str, str]]:
    """Default and comment of each parameter of a notebook."""
    found = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            for line in "".join(cell["source"]).splitlines():
                code, _, comment = line.partition("  # ")
                for node in ast.parse(code).body:
                    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                        found[node.target.id] = (ast.unparse(node.value), comment.strip())
                    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                        found[node.targets[0].id] = (ast.unparse(node.value), comment.strip())
    return found


def codebook_page() -> str:
    """Every indicator of the catalogue, by domain."""
    indicators = list(load_catalogue())
    parts = [
        "# 指标目录 · Indicator codebook\n",
        NOTE,
        f"\n共 {len(indicators)} 个指标。“方向”只写有好坏之分的；案件数、会议数等只说多少，不说好坏。"
        "别名是报告里的写法，括号里是只在同句有某些词时才算的弱别名。怎样增加自己的指标，见[结构](architecture.md)。\n",
        f"{len(indicators)} indicators. A direction is given only where more is better or worse; volumes of work are "
        "neutral. Aliases are wordings of reports; those in brackets count only beside certain words.\n",
    ]
    for domain in load_domains().values():
        parts += [f"## {domain.name_zh} · {domain.name_en}\n"]
        parts += ["| 编号 id | 名称 | Name | 单位 | 方向 | 分子／分母 | 别名 | 说明 | Note |\n" + "|---" * 9 + "|"]
        for item in indicators:
            if item.domain == domain.id:
                weak = f"（{'、'.join(item.weak_aliases)}）" if item.weak_aliases else ""
                ratio = f"{item.numerator} / {item.denominator}" if item.numerator or item.denominator else ""
                note = "；".join(part for part in ("时点数" if item.stock else "", item.note) if part)
                note_en = "; ".join(part for part in ("at a moment" if item.stock else "", item.note_en) if part)
                cells = (
                    f"`{item.id}`", item.name_zh, item.name_en, item.unit, DIRECTIONS[item.direction].strip(), ratio,
                    "、".join(item.aliases) + weak, note, note_en,
                )  # fmt: skip
                parts += ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"]
        parts += [""]
    return "\n".join(parts).rstrip() + "\n"


def all_errors() -> list[type[errors.FazhiError]]:
    """Every error class of the package, in the order of the module."""
    classes = [item for item in vars(errors).values() if isinstance(item, type)]
    return [item for item in classes if issubclass(item, errors.FazhiError)]


def errors_page() -> str:
    """Every error code with its meaning and the remedy."""
    parts = [
        "# 错误代码 · Error codes\n",
        NOTE,
        "\n每条错误都是一行：`地点：问题。办法。 [代码]`。用 `--lang en` 或 `lang='en'` 的，错误也用英文。"
        "出错时，数据文件夹保持原样。\n",
        "Every error is one line: place, problem, remedy, `[code]`; in English where the page, workbook or command was "
        "asked for in English (`--lang en`, `lang='en'`). After an error the data folder is as it was.\n",
        "| 代码 | 含义 | 怎么办 | Meaning |\n|---|---|---|---|",
    ]
    for item in all_errors():
        problem, remedy = (Message(f"error_kind.{item.code}.{part}") for part in ("problem", "remedy"))
        known = [clause for clause in (problem, remedy) if clause.is_known]
        meaning = " ".join(f"{clause.text('en')}." for clause in known)
        parts += [f"| `{item.code}` | {problem} | {remedy if remedy in known else '按提示里的说明处理'} | {meaning} |"]
    return "\n".join(parts) + "\n"


def accuracy_table(lang: str) -> str:
    """Measured accuracy on the hand-annotated reports, and how far it may be believed."""
    from fazhi_analysis.analysis.evaluation.evaluate import evaluate

    result = evaluate(GOLD).to_json()
    names = {
        "guangming_2021": ("光明区 2021", "Guangming 2021"),
        "otog_front_2023": ("鄂托克前旗 2023", "Otog Front 2023"),
    }
    at = 0 if lang == "zh" else 1
    heads = (
        ("报告", "数字", "F1", "区间", "措辞", "挂接查全", "挂错", "问题和打算"),
        ("Report", "Figures", "F1", "Interval", "Qualifier", "Linking recall", "Linked wrong", "Statements"),
    )[at]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    rows = [(names.get(row["name"], (row["name"],) * 2)[at], row) for row in result["reports"]]
    for name, row in [*rows, (("合计", "Total")[at], result["total"])]:
        statements = f"{row['statements_found']}/{row['statements_gold']}"
        if row["statements_invented"]:
            statements += (f"，多出 {row['statements_invented']}", f", {row['statements_invented']} invented")[at]
        cells = [
            name, str(row["gold"]), f"{row['f1']:.4f}",
            _share(row["interval_accuracy"]), _share(row["qualifier_accuracy"]),
            f"{row['linked_right']}/{row['linkable']}", str(row["linked_wrong"]), statements,
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    caution = (
        "这两份报告在开发时用作对照，所以这是“做到了什么”，不是对陌生报告的预期：没有见过的报告会低一些，引用前请先"
        "[核查](docs/guide.md#核查一份报告)。数字解析与其他软件的比较见[测量](docs/accuracy-numbers.md)。",
        "Both reports were used while developing, so this is what was reached, not what to expect of a report never\n"
        "seen, which will be lower: [audit](docs/guide.en.md#audit-a-report) before you quote. Other libraries are\n"
        "compared in [measurements](docs/accuracy-numbers.md).",
    )[at]
    return "\n".join([*lines, "", caution])


def _share(value: float) -> str:
    return f"{100 * value:.4g}%"


def with_accuracy(text: str, table: str) -> str:
    """The README with the table between its mark and the next heading (a second mark closes it)."""
    before, _, rest = text.partition(MARK)
    _, closed, after = rest.partition(MARK)
    if not closed:
        after = "\n\n" + rest.lstrip("\n")
    return f"{before}{MARK}\n\n{table}\n\n{MARK}{after}"


def pages() -> dict[Path, str]:
    """Every generated file with what it should hold."""
    docs = ROOT / "docs"
    made = {
        docs / "commands.md": commands_page(),
        docs / "codebook.md": codebook_page(),
        docs / "errors.md": errors_page(),
    }
    if GOLD.is_dir():
        for name, lang in (("README.md", "zh"), ("README.en.md", "en")):
            text = (ROOT / name).read_text(encoding="utf-8")
            made[ROOT / name] = with_accuracy(text, accuracy_table(lang))
    return made


def main(arguments: list[str] | None = None) -> int:
    """Write or check; the exit status is 1 when a page is stale and ``--check`` was given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a page is stale")
    check = parser.parse_args(arguments).check
    stale = [
        (path, text) for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}", file=sys.stderr)
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and check else 0


def undocumented() -> dict[str, list[str]]:
    """Commands, options, parameters and errors without English wording or meaning."""
    words: dict[str, Any] = english()
    options = {option for command in group.commands.values() for option in options_of(command)}
    notebooks = find_notebooks(ROOT / "notebooks").values()
    parameters = {name for book in notebooks for name in parameters_of(book.path)}
    uncommented = [
        f"{book.name}: {name}"
        for book in notebooks
        for name, (_, comment) in parameters_of(book.path).items()
        if not comment
    ]
    return {
        "commands": sorted(set(group.commands) - set(words["commands"])),
        "options": sorted(options - set(words["options"])),
        "parameters": sorted(parameters - set(words["parameters"])),
        "parameters without a comment": uncommented,
        "errors": sorted(
            {item.code for item in all_errors() if not Message(f"error_kind.{item.code}.problem").is_known}
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
