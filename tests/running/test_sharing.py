"""What the notebooks of one report share: modules and rows loaded once, before they fork, and nothing afterwards."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.running.forked import warm

PAGES = {
    "year_over_year": ("header", "headline", "changes_chart", "changes_table", "domains_chart", "claims", "evidence"),
    "problems_next_steps": ("header", "narrative", "matrix", "promises", "questions", "source_text"),
    "data_quality": ("header", "headline", "findings", "duties", "coverage", "evidence"),
    "trend": ("header", "headline", "trend_chart", "trend_table"),
}


def test_a_lent_place_year_is_handed_out_for_the_same_and_only_meanwhile() -> None:
    asked = {"region": "内蒙古自治区云泽盟霁原旗", "year": 2024, "baseline": 2023}
    place_year = PlaceYear.open(**asked)
    with place_year.lent():
        assert PlaceYear.open(**asked) is place_year
        assert "findings" in vars(place_year)
        for other in (
            {"year": 2023, "baseline": None},
            {"region": "云岭省望溪市砚桥县", "baseline": None},
        ):
            assert PlaceYear.open(**{**asked, **other}) is not place_year
    assert PlaceYear.open(**asked) is not place_year


def test_what_cannot_be_computed_is_left_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("坏了")

    place_year = PlaceYear.open(region="霁原旗", year=2024)
    monkeypatch.setattr("fazhi_analysis.analysis.audit.runner.audit", broken)
    with place_year.lent(), pytest.raises(ValueError, match="坏了"):
        _ = place_year.findings


@pytest.mark.kernel
@pytest.mark.skipif(not warm.available(), reason="this system cannot fork")
def test_a_process_begins_with_what_every_report_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    imported, names = warm.call(importlib.import_module("pool_calls").first_report, str(tmp_path))
    assert imported == set()
    assert names > 3000


@pytest.mark.kernel
@pytest.mark.skipif(not warm.available(), reason="this system cannot fork")
def test_notebooks_load_nothing_again(tmp_path: Path) -> None:
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    parameters = nbformat.v4.new_code_cell(
        'region = ""\nyear = 0\nbaseline = None\ndata = None\nlang = "zh"', metadata={"tags": ["parameters"]}
    )
    look = (
        "import sys, fazhi_analysis as fz\n"
        "before, held = set(sys.modules), []\n"
        f"for name, methods in {PAGES!r}.items():\n"
        "    page = fz.open_page(name, region=region, year=year, baseline=baseline, data=data, lang=lang)\n"
        "    held.append('findings' in vars(page.place_year))\n"
        "    for method in methods:\n"
        "        getattr(page, method)()\n"
        "import json; print(json.dumps([held, sorted(set(sys.modules) - before)]))\n"
    )
    node.cells = [parameters, nbformat.v4.new_code_cell(look)]
    nbformat.write(node, tmp_path / "look.ipynb")
    # As a batch's worker does it, in a process of the package's own.
    script = (
        "from fazhi_analysis import run_report; from fazhi_analysis.running.forked import warm; warm.claim();"
        "run_report('霁原旗', 2024, out='out', notebooks=['look.ipynb'])"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    cells = nbformat.read(tmp_path / "out" / "霁原旗-2024" / "look.ipynb", 4).cells
    held, loaded = json.loads(cells[-1].outputs[0]["text"])
    assert held == [True] * len(PAGES)
    assert loaded == []
