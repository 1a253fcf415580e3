"""Copies of the standard notebooks: each is changed as a user would, and runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.errors import DataError, UnknownNameError, UsageError
from fazhi_analysis.running.executing.notebooks import find_notebooks
from fazhi_analysis.running.executing.own_notebook import _steps, new_notebook

CHANGES = {
    "year_over_year": (
        '["improved", "worsened", "increased", "decreased"]',
        '["increased"]',
        "nlargest(10)",
        "nlargest(3)",
    ),
    "trend": (">= 3]", ">= 2]", "number = 0", "number = 1"),
    "peer_comparison": ('table["ranked"] >= 4', 'table["ranked"] >= 3', "number = 0", "number = 2"),
    "problems_next_steps": ('!= "cannot_tell"', '== "cannot_tell"', "barh", "bar"),
    "data_quality": ('["error", "warning"]', '["note"]', "barh", "bar"),
    "cross_check": ('== "contradicts"', '!= "agrees"', "axis.bar", "axis.barh"),
    "region_review": ('["reported"] == "yes"', '["figures"] > 0', "figsize=(7, 3)", "figsize=(5, 3)"),
    "corpus_survey": (">= 10]", ">= 2]", "figsize=(7, 3)", "figsize=(5, 3)"),
}
"""For each notebook: a filter and what it becomes, a part of the chart and what it becomes."""


def test_every_standard_notebook_is_changed_here() -> None:
    assert set(CHANGES) == set(find_notebooks())


_EVERY_TIME = ("trend", "year_over_year", "problems_next_steps")


@pytest.mark.parametrize(
    "source",
    [name if name in _EVERY_TIME else pytest.param(name, marks=pytest.mark.nightly) for name in sorted(CHANGES)],
)
def test_a_copy_with_another_filter_and_chart_makes_a_page(source: str, tmp_path: Path) -> None:
    path = new_notebook("我的", source, tmp_path, lang="en" if source == "trend" else "zh")
    text = path.read_text(encoding="utf-8")
    filtered, other_filter, drawn, other_drawing = (json.dumps(part)[1:-1] for part in CHANGES[source])
    assert text.count(filtered) == 1
    assert drawn in text
    path.write_text(text.replace(filtered, other_filter).replace(drawn, other_drawing), encoding="utf-8")
    result = fz.run_report("霁原旗", 2024, out=tmp_path / "out", notebooks=[path])
    (page,) = [file for file in Path(result.folder).glob("*.html") if file.stem not in ("index", "appendix")]
    shown = page.read_text(encoding="utf-8")
    assert "image/png" in shown or "<svg" in shown
    assert "Traceback" not in shown
    assert re.search(r"<h1>.*>我的<", shown)


def test_a_copy_has_parameters_steps_and_no_outputs(tmp_path: Path) -> None:
    content = json.loads(new_notebook("我的", "year_over_year", tmp_path).read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in content["cells"]]
    assert sources[0].startswith("# 我的笔记本")
    assert sources[1].startswith("region: str")
    assert [source.split()[1] for source in sources if source.startswith("## ")] == ["取数字", "比", "选", "画", "说"]
    assert sources[-1] == "page.footer()"
    assert not any(cell.get("outputs") for cell in content["cells"])


def test_its_sentences_have_the_figures_of_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    (found_text,) = [step["code"] for step in _steps()["year_over_year"] if step["zh"].startswith("## 说")]
    page = fz.open_page("year_over_year", region="霁原旗", year=2024)
    chosen = fz.year_over_year(fz.load_metrics(regions="霁原旗"), "霁原旗", 2024)
    exec(found_text, {"page": page, "chosen": chosen[chosen["verdict"].isin(["increased", "improved"])]})
    lines = capsys.readouterr().out.splitlines()
    assert "旁听庭审人次 246人次 → 260余人次" in lines
    assert not [line for line in lines if "…" in line]


def test_its_selection_has_no_figure_that_the_year_before_shows_to_be_odd() -> None:
    steps = [step["code"] for step in _steps()["year_over_year"]]
    names = {"fz": fz, "metrics": fz.load_metrics(regions="霁原旗"), "data": None}
    names |= {"region": "霁原旗", "year": 2024, "baseline": 2023}
    for code in steps[:2]:  # compare, choose
        exec(code, names)
    doubts = names["changes"].set_index("label")["doubt"].astype(str)
    chosen = set(names["chosen"]["label"])
    for label in ("调解个案补贴金额", "办理法律援助案件数"):
        assert doubts[label] == "warning"
        assert label not in chosen
    assert "旁听庭审人次" in chosen


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = new_notebook("我的.ipynb", "trend", tmp_path)
    path.write_text("mine")
    with pytest.raises(DataError):
        new_notebook("我的", "trend", tmp_path)
    assert path.read_text() == "mine"


def test_names_that_do_not_do(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        new_notebook("我的", "year_over_yaer", tmp_path)
    for name in ("", "../我的", ".hidden", "year_over_year"):
        with pytest.raises(UsageError):
            new_notebook(name, "trend", tmp_path)
    assert not list(tmp_path.iterdir())
