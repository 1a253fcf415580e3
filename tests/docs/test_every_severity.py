"""The example rule of docs/architecture.md at every severity, through everything that shows findings."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import fazhi_analysis as fz
from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.cli import main
from fazhi_analysis.model import SEVERITIES
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.running.executing.notebooks import find_notebooks

TEXT = """砚桥县{year}年法治政府建设年度报告

一、工作情况
全年办理行政处罚案件{cases}件。行政复议案件办结率100%。群众诉求满意率100%。行政机关负责人出庭应诉率100%。
二、存在的问题
一是基层执法人手偏少。
三、下一步工作
一是充实基层执法力量，办理行政处罚案件不少于400件。
"""
NAMES = {"zh": "满分比率", "en": "full marks"}
MESSAGES = {"zh": "有3个比率恰好是100%", "en": "3 rates are exactly 100"}
_CELL = re.compile(r"^page\.(\w+)\(\)$", re.MULTILINE)


@dataclass(frozen=True)
class Stored:
    """Two stored reports of one place, the folder of the package, and how grave the rule's findings are."""

    data: Path
    site: Path
    severity: str


@pytest.fixture(scope="module", params=SEVERITIES)
def stored(
    request: pytest.FixtureRequest,
    copy_office: Callable[[Path], Path],
    plug_in: Callable[[Path], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Stored:
    """The package with its rule at one severity is installed; reports of two years are taken in with it."""
    folder = tmp_path_factory.mktemp(request.param)
    site, data = copy_office(folder / "site"), folder / "data"
    rule = site / "office_checks" / "rules" / "full_marks.py"
    changed = rule.read_text("utf-8").replace('"note"', f'"{request.param}"')
    assert changed.count(f'RULE.finding("{request.param}"') == 1
    rule.write_text(changed, encoding="utf-8")
    plug_in(site)
    for year, cases in ((2023, 280), (2024, 360)):
        file = folder / f"{year}.txt"
        file.write_text(TEXT.format(year=year, cases=cases), encoding="utf-8")
        (result,) = fz.ingest([file], data=data, progress=False, workers=1)
        assert result.status == "stored", result.message
    found = fz.load_findings(data)
    assert set(found.loc[found["rule"] == "full_marks", "severity"]) == {request.param}
    return Stored(data, site, request.param)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_shows_it(stored: Stored, lang: str) -> None:
    place = {"region": "砚桥县", "year": 2024, "data": stored.data, "lang": lang}
    shown = {name: _page(name, place) for name in find_notebooks()}
    assert NAMES[lang] in plain_text(shown["data_quality"]["findings"])
    assert NAMES[lang] in plain_text(shown["corpus_survey"]["findings"])
    marked = NAMES[lang] in plain_text(shown["year_over_year"]["changes_table"])
    assert marked == (stored.severity in ("error", "warning"))
    assert NAMES[lang] in _workbook(place)
    assert fz.narrate(**place).to_text()
    assert NAMES[lang] in plain_text(_explorer(place))
    in_source = MESSAGES[lang] in shown["problems_next_steps"]["source_text"]
    assert in_source == (stored.severity != "confirmed")


def _page(name: str, place: dict[str, Any]) -> dict[str, str]:
    """What each cell of a page's notebook shows."""
    cells = json.loads((bundled_notebooks() / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    methods = [method for cell in cells for method in _CELL.findall("".join(cell["source"]))]
    page = fz.open_page(name, **place)
    return {method: str(getattr(page, method)()) for method in methods}


def _workbook(place: dict[str, Any]) -> str:
    from fazhi_analysis.analysis.place_year import PlaceYear
    from fazhi_analysis.presenting.workbook.book import workbook_of

    asked = {name: value for name, value in place.items() if name != "lang"}
    book = workbook_of(PlaceYear.open(**asked), place["lang"])
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def _explorer(place: dict[str, Any]) -> str:
    """What JupyterLab shows: the explorer, a report under check, a list of findings, one finding."""
    from fazhi_analysis.presenting.explorer.checking import doubtful_table, holds
    from fazhi_analysis.presenting.explorer.staging import Staged
    from fazhi_analysis.presenting.jupyter.objects import finding, several
    from fazhi_analysis.presenting.wording.page_texts import Words

    words = Words(place["lang"])
    page = fz.open_page("explore", **place)
    page.explorer()
    page.upload(fz.ingest).close()
    staged = Staged(fz.ingest, "a.txt", TEXT.format(year=2024, cases=360).encode())
    assert staged.check()
    found = fz.audit("990124-2024", data=place["data"])
    one = next(item for item in found if item.rule == "full_marks")
    assert several(found, words) is not None
    texts = [str(holds(staged, words)), str(doubtful_table(staged, words)), str(finding(one, words))]
    staged.close()
    return "".join(texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_line_prints_it(stored: Stored, lang: str) -> None:
    asked = ["audit", "990124-2024", "--data", str(stored.data), "--lang", lang]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0
    assert MESSAGES[lang] in done.stderr
    failing = CliRunner().invoke(main, [*asked, "--rule", "full_marks", "--fail-on", "warning"])
    assert failing.exit_code == (1 if stored.severity in ("error", "warning") else 0)
    assert CliRunner().invoke(main, [*asked, "--json"]).exit_code == 0


@pytest.mark.kernel
@pytest.mark.parametrize(
    "stored",
    ["error", "note", *(pytest.param(one, marks=pytest.mark.nightly) for one in ("warning", "confirmed"))],
    indirect=True,
)
def test_a_report_is_made_with_it(stored: Stored, tmp_path: Path) -> None:
    asked = [
        "report",
        "--region",
        "990124",
        "--year",
        "2024",
        "--data",
        str(stored.data),
        "--out",
        str(tmp_path / "out"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(stored.site)}
    command = [sys.executable, "-m", "fazhi_analysis.cli", *asked]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (checks,) = (tmp_path / "out").rglob("data_quality.html")
    assert NAMES["zh"] in checks.read_text(encoding="utf-8")
    (table,) = (tmp_path / "out").rglob("findings.csv")
    assert f",full_marks,{stored.severity}," in table.read_text(encoding="utf-8")


def test_later_steps_take_it_in(stored: Stored) -> None:
    tables = fz.load_statements(stored.data), fz.load_metrics(stored.data)
    assert len(fz.follow_up(*tables, region="990124", year=2024, baseline=2023, data=stored.data))
    (found,) = fz.audit("990124-2024", data=stored.data, rules=["full_marks"])
    judged = fz.judge("990124-2024", found.id, "dismissed", comment="基数都大", who="张三", data=stored.data)
    assert (judged.status, judged.severity) == ("dismissed", stored.severity)
    assert "基数都大" in str(fz.open_page("data_quality", region="990124", year=2024, data=stored.data).findings())
