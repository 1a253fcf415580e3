"""What the library returns shows itself in Jupyter, prints plainly, and stays what it is."""

from __future__ import annotations

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from IPython.core.formatters import DisplayFormatter

import fazhi_analysis as fz
from fazhi_analysis.model import Evidence, Finding
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.jupyter.formatters import FORMATTERS, register
from fazhi_analysis.reading import read_text

TEXT = """云泽盟霁原旗2024年法治政府建设年度报告

一、主要工作
（一）行政复议
全年受理行政复议案件53件，败诉率不足5%，发放材料300余份。<script>alert(1)</script>
二、存在的问题
一是执法力量不足。二是培训不够。
三、下一步工作
一是加强执法培训，补充执法力量。
"""


@pytest.fixture(scope="module")
def shell() -> DisplayFormatter:
    formatter = DisplayFormatter()
    assert register(SimpleNamespace(display_formatter=formatter))
    return formatter


def shown(shell: DisplayFormatter, thing: object) -> str | None:
    data, _ = shell.format(thing)
    return data.get("text/html")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def report() -> object:
    return read_text(TEXT, name="霁原旗.txt")


def test_a_report_is_an_outline_and_prints_on_one_line(shell: DisplayFormatter, report: object) -> None:
    html = shown(shell, report) or ""
    assert html.count("<ul") >= 2
    assert "行政复议" in html
    assert "主要工作" in html
    assert "script>alert" not in html
    assert "\n" not in repr(report)
    assert TEXT not in repr(report)


def test_an_extraction_shows_figures_with_intervals(shell: DisplayFormatter, report: object) -> None:
    text = plain_text(shown(shell, fz.extract(report)) or "")  # type: ignore[arg-type]
    assert "300余份" in text
    assert "300～399份" in text
    assert "不足5%" in text
    assert "执法力量不足" in text


def test_figures_and_statements_show_alone_and_in_lists(shell: DisplayFormatter, report: object) -> None:
    found = fz.extract(report)  # type: ignore[arg-type]
    for thing in (found.metrics[0], found.metrics, list(found.metrics), found.statements, found.statements[0]):
        assert 'class="fz-lab"' in (shown(shell, thing) or "")
    assert "加强执法培训" in plain_text(shown(shell, found.statements) or "")


def test_findings_are_grouped_gravest_first(shell: DisplayFormatter) -> None:
    place = (Evidence(3, 6, "16%", 16.0, "m1"),)
    found = [
        Finding("ratio-1", "ratio", "confirmed", "相符", "agrees"),
        Finding("sum-1", "sum", "error", "合计不等 <b>", "unequal", place, "dismissed", "口径不同"),
        Finding("bounds-1", "bounds", "warning", "超出", "out"),
    ]
    text = plain_text(shown(shell, found) or "")
    assert text.index("错误，1 条") < text.index("存疑，1 条") < text.index("核实，1 条")
    assert "口径不同" in text
    assert "合计不等 <b>" in text
    assert "“16%”，第 3～6 字符" in plain_text(shown(shell, found[1]) or "")


def test_other_lists_are_left_alone(shell: DisplayFormatter) -> None:
    for thing in ([], [1, 2], ("甲",), [Finding("a", "b", "note", "c", "d"), 1], {"a": 1}, type("L", (list,), {})([1])):
        assert shown(shell, thing) is None


def test_tables_are_read_with_units_intervals_and_directions(shell: DisplayFormatter) -> None:
    metrics = fz.load_metrics(regions="霁原旗")
    kinds = metrics.dtypes.copy()
    text = plain_text(shown(shell, metrics) or "")
    assert "好坏方向" in text
    assert "近170份" in text or "余" in text
    assert f"共 {len(metrics)} 行" in text
    assert metrics.dtypes.equals(kinds)
    changes = plain_text(shown(shell, fz.year_over_year(metrics, "霁原旗", 2024, 2023)) or "")
    assert "改善" in changes
    assert "越高越好" in changes


def test_a_comparison_that_rests_on_a_doubted_figure_is_marked(shell: DisplayFormatter) -> None:
    metrics = fz.load_metrics(regions="霁原旗")
    doubted = fz.year_over_year(metrics, "霁原旗", 2024, 2023, findings=fz.load_findings(regions="霁原旗"))
    only = doubted[(doubted["doubt"] != "") & doubted["verdict"].isin(["improved", "worsened"])]
    assert len(only)
    text = plain_text(shown(shell, only) or "").split("原样的 DataFrame")[0]
    assert text.count("□ 所印数字") == text.count("待核实") == len(only)


@pytest.mark.parametrize("load", ["load_statements", "load_findings", "load_reports"])
def test_every_table_of_ours_has_a_view_and_its_raw_form(shell: DisplayFormatter, load: str) -> None:
    html = shown(shell, getattr(fz, load)(regions="霁原旗", years=2024)) or ""
    assert 'class="fz-lab"' in html
    assert "原样的 DataFrame" in html
    assert "dataframe" in html


def test_a_table_of_the_readers_own_is_shown_by_pandas(shell: DisplayFormatter) -> None:
    own = fz.load_metrics(regions="霁原旗")[["label", "value"]].head(3)
    assert shown(shell, own) == own._repr_html_()  # type: ignore[operator]


def test_long_tables_can_be_sorted_and_filtered_and_the_program_comes_once(shell: DisplayFormatter) -> None:
    from fazhi_analysis.presenting.jupyter import sortable

    metrics = fz.load_metrics(regions="霁原旗", years=2024)
    sortable._shells.clear()
    first, second = shown(shell, metrics) or "", shown(shell, metrics) or ""
    assert f"全部 {len(metrics)} 行：排序、筛选" in first
    assert len(first) > 900_000 > 300_000 > len(second)
    assert not re.search(r"(src=.|import.{2}|url.)https?:", second)
    assert "排序" not in (shown(shell, metrics.head(20)) or "")


def test_no_program_of_a_notebook_gets_into_a_page(shell: DisplayFormatter) -> None:
    from fazhi_analysis.running.results.notebook_html import _output

    html = shown(shell, fz.load_metrics(regions="霁原旗", years=2024)) or ""
    page = _output({"output_type": "execute_result", "data": {"text/html": html}})
    assert "<script" in html
    assert "<script" not in page
    assert "原样的 DataFrame" in page


def test_empty_tables_are_shown(shell: DisplayFormatter) -> None:
    metrics = fz.load_metrics(regions="霁原旗").iloc[:0]
    assert "共 0 行" in plain_text(shown(shell, metrics) or "")


def test_catalogue_and_places(shell: DisplayFormatter) -> None:
    from fazhi_analysis.catalogue import load_divisions

    catalogue = fz.load_catalogue()
    assert f"指标，{len(catalogue)} 个" in plain_text(shown(shell, catalogue) or "")
    indicator = next(iter(catalogue))
    assert indicator.id in (shown(shell, indicator) or "")
    assert "411322" in (shown(shell, load_divisions().find("方城县")) or "")


def test_english_headings(report: object, shell: DisplayFormatter) -> None:
    register(SimpleNamespace(display_formatter=shell), "en")
    assert "problems" in plain_text(shown(shell, fz.extract(report)) or "")  # type: ignore[arg-type]


def test_every_registered_name_exists() -> None:
    import importlib

    for (module, name), (place, function) in FORMATTERS.items():
        if module != "pandas.core.frame":
            assert hasattr(importlib.import_module(module), name)
        assert callable(getattr(importlib.import_module(place), function))


def test_importing_in_a_kernel_registers_without_loading_pandas() -> None:
    code = (
        "import sys; from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance();"
        "import ipykernel; before = 'pandas' in sys.modules; import fazhi_analysis;"
        "f = s.display_formatter.formatters['text/html'];"
        "known = ('fazhi_analysis.model.documents', 'Report') in f.deferred_printers;"
        "print(known, 'pandas' in sys.modules and not before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["True", "False"]
