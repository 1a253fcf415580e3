"""The package of docs/architecture.md in this process: its sections where one fails, its pages, its digest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis import plugins
from fazhi_analysis.errors import PluginError
from fazhi_analysis.presenting.html.markup import plain_text


@pytest.fixture
def site(copy_office: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A copy of the installed package, to be changed."""
    return copy_office(tmp_path / "site")


def test_a_section_that_fails_leaves_a_notice_in_its_place(
    site: Path, plug_in: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    failing = (
        (site / "office_checks/sections/full_marks.py")
        .read_text("utf-8")
        .replace("    full = ", "    1 / 0\n    full = ")
    )
    (site / "office_checks/sections/failing.py").write_text(failing, encoding="utf-8")
    (site / "office_checks/pages/failing.py").write_text("PAGES = ()\n", encoding="utf-8")
    plug_in(site)
    with caplog.at_level(logging.WARNING):
        shown = fz.open_page("data_quality", region="霁原旗", year=2024).added()
    assert "扩展 office-checks (office_checks.sections.failing) 的这一节出错" in plain_text(str(shown))
    assert "恰好是100%的比率" in plain_text(str(shown))
    assert [record.getMessage().partition("：")[0] for record in caplog.records] == [
        "office-checks (office_checks.sections.failing)"
    ]
    assert not str(fz.open_page("trend", region="霁原旗", year=2024).added())
    with pytest.raises(PluginError, match=r"office_checks.pages.failing.*没有定义 PAGE"):
        fz.open_page("failing", region="霁原旗", year=2024)


def test_what_a_package_adds_is_part_of_what_a_result_rests_on(site: Path, plug_in: Callable[[Path], None]) -> None:
    plug_in(site)
    before = plugins.digest()
    assert (len(before), plugins.versions()) == (64, {"office-checks": "1.0"})
    with (site / "office_checks/rules/full_marks.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    assert plugins.digest() != before


def test_a_heading_stands_where_the_section_does_or_falls_back() -> None:
    page = fz.open_page("my_own", region="霁原旗", year=2024, lang="en")
    assert "Rates" in str(page.section("x", "text", heading={"zh": "比率", "en": "Rates"}))
    assert '<h2 id="no_such_text-heading">no_such_text</h2>' in str(page.section("no_such_text", "text"))
