"""A place and year become a folder that needs nothing else; wrong requests fail before a kernel starts."""

from __future__ import annotations

import csv
import hashlib
import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args, get_type_hints
from urllib.parse import unquote

import nbformat
import pytest

from fazhi_analysis import ingest, run_batch
from fazhi_analysis.dataset import write_report_folder
from fazhi_analysis.errors import RunError, UnknownNameError, UsageError
from fazhi_analysis.running import report
from fazhi_analysis.running.executing import notebooks
from fazhi_analysis.running.results.manifest import digest

PLACE = "云岭省望溪市砚桥县"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> report.ReportResult:
    return report.run_report("砚桥县", 2024, out=tmp_path_factory.mktemp("out"), notebooks=["problems_next_steps"])


@pytest.fixture
def no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    def execute(*_arguments: object, **_options: object) -> float:
        raise AssertionError("a kernel was started")

    monkeypatch.setattr(notebooks, "execute", execute)


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks that say nothing, at once."""

    def execute(_notebook: object, target: Path, *_arguments: object, **_options: object) -> float:
        nbformat.write(nbformat.v4.new_notebook(), target)
        return 0.0

    monkeypatch.setattr(notebooks, "execute", execute)


def test_another_run_may_put_its_pages_there_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Path] = []

    def execute(_notebook: object, target: Path, *_arguments: object, **_options: object) -> float:
        begun.append(target)
        if len(begun) == 1:
            report.run_report("砚桥县", 2024, out=tmp_path, notebooks=["data_quality"])
            (tmp_path / "砚桥县-2024" / "notes.docx").write_bytes(b"of the user")
        nbformat.write(nbformat.v4.new_notebook(), target)
        return 0.0

    monkeypatch.setattr(notebooks, "execute", execute)
    result = report.run_report("砚桥县", 2024, out=tmp_path, notebooks=["data_quality"])
    assert len(begun) == 2
    assert (result.folder / "notes.docx").read_bytes() == b"of the user"
    assert [path.name for path in tmp_path.iterdir()] == ["砚桥县-2024"]


@pytest.mark.usefixtures("no_work")
def test_files_of_the_user_in_a_result_folder_stay(tmp_path: Path) -> None:
    folder = tmp_path / "砚桥县-2024"
    folder.mkdir()
    (folder / "notes.docx").write_bytes(b"of the user")
    (folder / "附件").mkdir()
    (folder / "附件" / "a.txt").write_bytes(b"of the user")
    for names in (["problems_next_steps", "trend"], ["problems_next_steps"]):
        report.run_report("砚桥县", 2024, out=tmp_path, notebooks=names)
        assert (folder / "notes.docx").read_bytes() == (folder / "附件" / "a.txt").read_bytes() == b"of the user"
        assert {path.stem for path in folder.glob("*.ipynb")} == {
            "problems_next_steps",
            "trend",
        }  # the first pages stay
    assert "notes.docx" not in (folder / "manifest.json").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["砚桥县-2024"]


@pytest.mark.usefixtures("no_kernel")
@pytest.mark.parametrize("name", ["index.html", "trend.html", "manifest.json", "metrics.csv"])
def test_a_file_of_the_user_is_not_written_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / "砚桥县-2024" / name
    path.parent.mkdir()
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{name}：这个文件不是本程序写的"):
        report.run_report("砚桥县", 2024, out=tmp_path, notebooks=["trend"])
    assert path.read_text(encoding="utf-8") == "{}"
    assert [path.name for path in tmp_path.iterdir()] == ["砚桥县-2024"]


def test_what_was_kept_of_a_failed_run_goes_without_the_users_files(
    tmp_path: Path, no_work: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(notebook: object, target: Path, *_arguments: object, **_options: object) -> float:
        nbformat.write(nbformat.v4.new_notebook(), target)
        raise RunError("trend", "running.stopped.somewhere", what="x")

    with monkeypatch.context() as failing:
        failing.setattr(notebooks, "execute", fail)
        with pytest.raises(RunError) as alone:
            report.run_report("砚桥县", 2024, out=tmp_path, notebooks=["trend"])
    assert "旧网页" not in str(alone.value)
    failed = tmp_path / "砚桥县-2024.failed"
    assert {path.name for path in failed.iterdir()} == {"trend.ipynb", "trend.html", "manifest.json"}
    (failed / "为什么.txt").write_text("of the user", encoding="utf-8")
    report.run_report("砚桥县", 2024, out=tmp_path, notebooks=["trend"])
    assert [path.name for path in failed.iterdir()] == ["为什么.txt"]
    # Now finished pages stand beside a failed run: the message says that they are old.
    with monkeypatch.context() as failing:
        failing.setattr(notebooks, "execute", fail)
        with pytest.raises(RunError, match="旁边的 砚桥县-2024 是此前生成的旧网页"):
            report.run_report("砚桥县", 2024, out=tmp_path, notebooks=["trend"])


@pytest.mark.usefixtures("no_work")
def test_words_that_look_like_a_formula_are_text_in_the_tables(tmp_path: Path) -> None:
    row = {
        "label": "=HYPERLINK(1)",
        "value": 3,
        "lower": 3,
        "upper": 3,
        "unit": "@件",
        "quote": "-2+3",
        "scope": "甲\r=1+1",
    }
    finding = {"rule": "sum", "id": "sum-1", "severity": "note", "message_zh": "+1", "message_en": "\r=1+1"}
    place = {"region": PLACE, "region_code": "990124", "year": 2024}
    write_report_folder("990124-2024", into=tmp_path / "data", **place, metrics=[row], findings=[finding])
    built = report.run_report("砚桥县", 2024, data=tmp_path / "data", out=tmp_path, notebooks=["trend"])
    for name in ("metrics.csv", "findings.csv"):
        with (built.folder / name).open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
        assert any("1" in cell and cell.startswith("'") for cell in cells)
        assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []


@pytest.mark.kernel
def test_the_folder_holds_everything(built: report.ReportResult) -> None:
    assert built.folder.name == "砚桥县-2024"
    assert {path.name for path in built.folder.iterdir()} == {
        "index.html",
        "problems_next_steps.html",
        "problems_next_steps.ipynb",
        "appendix.html",
        "metrics.csv",
        "findings.csv",
        "manifest.json",
    }
    assert [path.name for path in built.pages] == ["index.html", "problems_next_steps.html", "appendix.html"]
    assert not list(built.folder.parent.glob(".new-*"))


@pytest.mark.kernel
def test_pages_are_self_contained(built: report.ReportResult) -> None:
    for page in built.pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r'(?:src|href)="(?!#|data:|[a-z_]+\.(?:html|ipynb|csv|json)(?:#[^"]*)?")[^"]*"', text) == []
        assert "@import" not in text
        assert not re.search(r"url\((?!data:|#)", text)
        assert '<html lang="zh-CN">' in text
        assert re.search(r"<title>[^<]*砚桥县 ?2024 ?年", text)
        assert "Content-Security-Policy" in text
        assert len(text.encode()) < 1_500_000


@pytest.mark.kernel
def test_inputs_are_hidden_one_click_away(built: report.ReportResult) -> None:
    text = (built.folder / "problems_next_steps.html").read_text(encoding="utf-8")
    before, found, after = text.partition('<details class="fz-code">')
    assert found
    assert "open_page" not in before
    assert "open_page" in after
    assert "\\u" not in after.partition("</details>")[0]


@pytest.mark.kernel
def test_the_manifest_names_inputs_versions_parameters_and_timings(built: report.ReportResult) -> None:
    text = (built.folder / "manifest.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content == dict(built.manifest)
    assert (content["status"], content["region"], content["year"], content["baseline"]) == ("done", PLACE, 2024, 2023)
    assert content["parameters"]["region"] == PLACE
    assert {"fazhi_analysis", "python", "pandas", "papermill"} <= set(content["versions"])
    assert content["notebooks"][0]["seconds"] > 0
    assert {item["file"].split("/")[0] for item in content["inputs"]} == {"990124-2023", "990124-2024"}
    for item in content["outputs"]:
        assert digest(built.folder / item["file"]) == item["sha256"]
    assert str(Path.cwd()) not in text
    assert str(built.folder.parent) not in text


@pytest.mark.kernel
def test_the_executed_notebook_keeps_no_path(built: report.ReportResult) -> None:
    text = (built.folder / "problems_next_steps.ipynb").read_text(encoding="utf-8")
    assert str(built.folder.parent) not in text
    assert json.loads(text)["metadata"]["papermill"]["exception"] is None


@pytest.mark.kernel
def test_tables_open_in_a_spreadsheet(built: report.ReportResult) -> None:
    for name, column in (("metrics.csv", "row_id"), ("findings.csv", "rule")):
        path = built.folder / name
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows
        assert all(row[column] for row in rows)
    with (built.folder / "metrics.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["year"] for row in csv.DictReader(stream)} == {"2023", "2024"}
    digest = hashlib.sha256((built.folder / "metrics.csv").read_bytes()).hexdigest()
    assert digest in (built.folder / "problems_next_steps.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_kernel")
@pytest.mark.parametrize(
    ("options", "listed"),
    [
        ({"region": "无此县"}, "现有地方：130126 河北省灵寿县"),
        ({"year": 1999}, "2023、2024"),
        ({"baseline": 1999}, "2023、2024"),
        ({"notebooks": ["nothing"]}, "year_over_year"),
        ({"lang": "fr"}, "zh、en"),
        ({"parameters": {"colour": 1}}, "baseline"),
    ],
)
def test_what_does_not_exist_is_an_error_that_lists_what_does(
    options: dict[str, object], listed: str, tmp_path: Path
) -> None:
    request = {"region": "砚桥县", "year": 2024, **options}
    with pytest.raises(UnknownNameError) as caught:
        report.run_report(out=tmp_path, **request)  # type: ignore[arg-type]
    assert listed in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_kernel")
@pytest.mark.parametrize(
    "options", [{"baseline": 2024}, {"parameters": {"lang": "en"}}, {"data": "no/such/folder"}, {"notebooks": []}]
)
def test_requests_that_make_no_sense_are_usage_errors(options: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        report.run_report("砚桥县", 2024, out=tmp_path, **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def own_notebook(path: Path, code: str) -> Path:
    def cell(source: str, *tags: str) -> dict[str, object]:
        return {
            "cell_type": "code",
            "execution_count": None,
            "id": f"c{len(source)}",
            "metadata": {"tags": list(tags)},
            "outputs": [],
            "source": source,
        }

    parameters = 'region: str = "砚桥县"  # 地方\nyear: int = 2024  # 年度\nlang: str = "zh"  # 语言'
    content = {
        "cells": [cell(parameters, "parameters"), cell(code)],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.kernel
def test_a_failure_keeps_the_last_good_folder_and_the_failed_run(tmp_path: Path) -> None:
    good = own_notebook(
        tmp_path / "mine.ipynb", "import fazhi_analysis as fz\nfz.open_page('mine', region=region, year=year).header()"
    )
    first = report.run_report("砚桥县", 2024, out=tmp_path / "out", notebooks=[good])
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    own_notebook(good, "raise ValueError('坏了')")
    with pytest.raises(RunError) as caught:
        report.run_report("砚桥县", 2024, out=tmp_path / "out", notebooks=[good])
    assert "坏了" in str(caught.value)
    failed = Path(caught.value.place)
    assert failed == tmp_path / "out" / "砚桥县-2024.failed" / "mine.ipynb"
    assert "坏了" in failed.read_text(encoding="utf-8")
    assert json.loads((failed.parent / "manifest.json").read_text(encoding="utf-8"))["status"] == "failed"
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before
    own_notebook(good, "1 + 1")
    report.run_report("砚桥县", 2024, out=tmp_path / "out", notebooks=[good])
    assert not failed.parent.exists()


def link(page: Path) -> str:
    """Where a page leads in the other language; empty where it leads nowhere."""
    found = re.search(r'<a href="([^"]*)" hreflang="(?:en|zh-CN)"', page.read_text(encoding="utf-8"))
    return unquote(found[1]) if found else ""


@pytest.mark.kernel
def test_both_languages_are_made_at_once_and_link_to_each_other(tmp_path: Path) -> None:
    mine = own_notebook(tmp_path / "mine.ipynb", "print(lang)")
    made = report.run_report("砚桥县", 2024, lang="both", out=tmp_path / "out", notebooks=[mine])
    assert made.other is not None
    assert (made.folder.name, made.other.folder.name) == ("砚桥县-2024", "砚桥县-2024-en")
    assert (made.manifest["lang"], made.other.manifest["lang"]) == ("zh", "en")
    for result, other, lang in ((made, made.other, "zh"), (made.other, made, "en")):
        assert [link(page) for page in result.pages] == [f"../{other.folder.name}/{page.name}" for page in other.pages]
        assert f"<pre>{lang}" in (result.folder / "mine.html").read_text(encoding="utf-8")
        for item in result.manifest["outputs"]:
            assert digest(result.folder / item["file"]) == item["sha256"]


@pytest.mark.kernel
def test_one_language_made_alone_leads_to_the_other_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    one, two = (own_notebook(tmp_path / f"{name}.ipynb", "1") for name in ("one", "two"))
    chinese = report.run_report("砚桥县", 2024, out=tmp_path / "out", notebooks=[one])
    before = {path.name: path.read_bytes() for path in chinese.folder.iterdir()}
    english = report.run_report("砚桥县", 2024, lang="en", out=tmp_path / "out", notebooks=[one, two])
    assert [link(page) for page in english.pages] == ["../砚桥县-2024/index.html", "../砚桥县-2024/one.html", ""]
    assert {path.name: path.read_bytes() for path in chinese.folder.iterdir()} == before
    assert not any(map(link, chinese.pages))


@pytest.mark.kernel
def test_of_both_languages_none_is_put_in_place_when_one_fails(tmp_path: Path) -> None:
    mine = own_notebook(tmp_path / "mine.ipynb", "1 / (lang == 'zh')")
    with pytest.raises(RunError, match="ZeroDivisionError"):
        report.run_report("砚桥县", 2024, lang="both", out=tmp_path / "out", notebooks=[mine])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["砚桥县-2024-en.failed"]


@pytest.mark.parametrize(
    "call",
    [
        lambda out: report.run_report("砚桥县", 2024, out=out, colour=1),  # type: ignore[call-arg]
        lambda out: run_batch(regions=["砚桥县"], out=out, colour=1),  # type: ignore[call-arg]
        lambda out: ingest([], out / "data", colour=1),  # type: ignore[call-arg]
    ],
)
def test_an_option_that_does_not_exist_is_refused_by_name(call: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="colour"):
        call(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("function", [report.run_report, run_batch, ingest])
def test_every_option_is_typed_and_explained(function: Callable[..., object]) -> None:
    signature = inspect.signature(function)
    hints = get_type_hints(function)
    options = next(name for name, one in signature.parameters.items() if one.kind is one.VAR_KEYWORD)
    named = [name for name in signature.parameters if name != options]
    named += get_type_hints(get_args(hints[options])[0])
    listed = re.findall(r"(?m)^([a-z_, ]+):$", inspect.getdoc(function) or "")
    assert sorted(name for names in listed for name in names.split(", ")) == sorted(named)


@pytest.mark.kernel
def test_text_from_a_document_stays_text(tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    row = {
        "label": nasty,
        "value": 3,
        "lower": 3,
        "upper": 3,
        "unit": "件",
        "scope": nasty,
        "section": "一",
        "start": 1,
        "end": 2,
    }
    statement = {"kind": "problem", "ordinal": 1, "text": nasty, "theme": nasty, "cause": nasty}
    write_report_folder(
        "990124-2024", into=tmp_path / "data", region=PLACE, region_code="990124", year=2024,
        metadata={"title": nasty}, metrics=[row], statements=[statement],
    )  # fmt: skip
    result = report.run_report("砚桥县", 2024, data=tmp_path / "data", out=tmp_path / "out")
    for page in result.pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in (result.folder / "year_over_year.html").read_text(encoding="utf-8")
    assert "不作年度对比" in (result.folder / "year_over_year.html").read_text(encoding="utf-8")
