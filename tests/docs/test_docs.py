"""The documentation is complete, current, and its links, commands and examples work."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import click
import pytest

from fazhi_analysis.catalogue import load_catalogue, load_domains
from fazhi_analysis.cli import main as group
from fazhi_analysis.model import DIRECTIONS, METRIC_KINDS
from fazhi_analysis.running.batch_plan import read_job

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "data" / "README.md"])
TITLES = [page.relative_to(ROOT).as_posix() for page in PAGES]
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "tools" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current(build: ModuleType) -> None:
    assert build.main(["--check"]) == 0, "run: python tools/build_docs.py"


def test_a_stale_page_is_noticed(build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "commands.md"
    page.write_text("old", encoding="utf-8")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "pages", lambda: {page: "new"})
    assert build.main(["--check"]) == 1
    assert page.read_text(encoding="utf-8") == "old"
    assert build.main([]) == 0
    assert page.read_text(encoding="utf-8") == "new"
    assert build.main(["--check"]) == 0


def test_nothing_is_undocumented(build: ModuleType) -> None:
    assert {kind: names for kind, names in build.undocumented().items() if names} == {}, (
        "add to tools/docs/english.yaml"
    )


def test_every_command_option_indicator_and_error_code_is_on_its_page(build: ModuleType) -> None:
    commands, codebook, errors = (
        (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("commands", "codebook", "errors")
    )
    for name, command in group.commands.items():
        part = commands.partition(f"## fazhi {name}\n")[2].partition("\n## ")[0]
        assert part, name
        assert all(f"| `{option}` |" in part for option in build.options_of(command)), name
    assert all(f"| `{indicator.id}` |" in codebook for indicator in load_catalogue())
    assert all(f"| `{error.code}` |" in errors for error in build.all_errors())


def test_error_codes_are_unique_and_remedies_are_given(build: ModuleType) -> None:
    codes = [error.code for error in build.all_errors()]
    assert len(set(codes)) == len(codes)


def test_the_accuracy_table_is_put_between_its_marks_once(build: ModuleType) -> None:
    text = "a\n\n<!-- accuracy -->\n\n## b\n"
    once = build.with_accuracy(text, "T")
    assert once == "a\n\n<!-- accuracy -->\n\nT\n\n<!-- accuracy -->\n\n## b\n"
    assert build.with_accuracy(once, "T") == once
    assert build.with_accuracy(once, "U") == once.replace("T", "U")


def _anchors(page: Path) -> set[str]:
    """Anchors of headings, as GitHub makes them."""
    found = set()
    for line in _FENCE.sub("", page.read_text(encoding="utf-8")).splitlines():
        if line.startswith("#"):
            title = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower())
            found.add(title.replace(" ", "-"))
    return found


@pytest.mark.parametrize("title", TITLES)
def test_relative_links_lead_somewhere(title: str) -> None:
    page = ROOT / title
    broken = []
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        file = (page.parent / name) if name else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert not broken


def _command_lines(page: Path) -> list[str]:
    found = re.findall(
        r"^(?:    |- )?(?:\.venv/bin/)?(fazhi [a-z]+.*)$", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    found += re.findall(r"`(?:\.venv/bin/)?(fazhi [a-z]+ [^`]*--[^`]*)`", page.read_text(encoding="utf-8"))
    return [re.split(r"\s+(?:[#>] |2>&1)", line)[0].strip() for line in found]  # without what the shell does with it


@pytest.mark.parametrize("title", ["README.md", "README.en.md", "docs/guide.md", "docs/guide.en.md"])
def test_every_command_line_that_is_shown_is_accepted(title: str) -> None:
    lines = _command_lines(ROOT / title)
    assert lines
    for line in lines:
        _, name, *arguments = shlex.split(line)
        with group.commands[name].make_context(name, arguments) as context:
            assert isinstance(context, click.Context), line


@pytest.mark.parametrize("title", ["docs/guide.md", "docs/guide.en.md"])
def test_python_examples_run(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / title).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 9
    for block in blocks:
        code = compile(block, title, "exec")
        if (
            "add_" not in block and "fz.judge(" not in block
        ):  # these write into the reader's data; test_ledger and test_stored cover them
            exec(code, {})


@pytest.mark.parametrize("title", ["docs/guide.md", "docs/guide.en.md"])
def test_the_indicator_and_the_words_that_the_guide_gives_for_it_are_valid(title: str, tmp_path: Path) -> None:
    text = (ROOT / title).read_text(encoding="utf-8")
    (block,) = re.findall(r"^```csv\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "own.csv").write_text(block, encoding="utf-8")
    assert "drone_patrols" in load_catalogue(tmp_path / "own.csv")
    example = text.partition("```csv")[2]
    for word in (*load_domains(), *DIRECTIONS, *METRIC_KINDS):
        assert re.search(rf"\b{word}\b", example), word


@pytest.mark.parametrize("title", ["docs/guide.md", "docs/guide.en.md"])
def test_the_job_of_the_guide_is_read(title: str, tmp_path: Path) -> None:
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / title).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "job.yaml").write_text(block, encoding="utf-8")
    for name in ("我的对比.ipynb", "my-comparison.ipynb"):
        (tmp_path / name).touch()
    job = read_job(tmp_path / "job.yaml")
    assert (list(job.years or ()), list(job.regions or ())) == ([2024], ["方城县", "霁原旗"])
    assert job.out == tmp_path / ("结果" if title == "docs/guide.md" else "results")


def test_both_guides_have_the_same_tasks() -> None:
    zh, en = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("guide.md", "guide.en.md"))
    assert zh.count("\n## ") == en.count("\n## ")
    runs = [[line for line in text.splitlines() if line.startswith("    papermill ")] for text in (zh, en)]
    assert runs[0] == runs[1] != []
