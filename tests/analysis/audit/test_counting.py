"""Findings are counted in one way wherever a number of them is shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.audit import audit, count_findings, in_lane, standing
from fazhi_analysis.analysis.survey.figures import findings_by_report
from fazhi_analysis.analysis.survey.tables import open_survey
from fazhi_analysis.errors import UnknownNameError, UsageError
from fazhi_analysis.presenting.html.markup import plain_text

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample"
ID = "159928-2024"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the fictional banner's last report alone: nothing is compared."""
    shutil.copytree(SAMPLE / "reports" / ID, tmp_path / "reports" / ID)
    return tmp_path


@pytest.fixture
def dismissed(store: Path) -> str:
    """A finding that a person dismissed."""
    wrong = next(item for item in audit(ID, data=store) if item.severity == "error")
    fz.judge(ID, wrong.id, "dismissed", comment="口径不同", who="张三", data=store)
    return wrong.id


def text(html: object, *, word: str = "项") -> dict[str, int]:
    """Counts of severities as a text names them."""
    return {
        name: int(number)
        for name, number in re.findall(rf"(错误|存疑|提示|核实) ?(\d+) ?{word}", plain_text(str(html)))
    }


def test_every_page_counts_alike(store: Path, dismissed: str):
    names = {"error": "错误", "warning": "存疑", "note": "提示", "confirmed": "核实"}
    counts = count_findings(audit(ID, data=store))
    wanted = {names[key]: number for key, number in counts.items()}
    page = fz.open_page("data_quality", region="159928", year=2024, data=store)
    assert text(page.headline()) == wanted
    alone = fz.open_page("year_over_year", region="159928", year=2024, data=store)
    assert text(alone.headline()) == wanted
    narrative = fz.narrate("159928", 2024, data=store).to_text()
    assert counts["error"]
    for key in ("error", "warning", "note"):
        assert (f"{names[key]}{counts.get(key, 0)}处" in narrative) is (key in counts)
    others = {"form": "形式方面", "duties": "法定内容与时限"}
    for lane, name in others.items():
        graver = [item for item in in_lane(audit(ID, data=store), lane) if item.severity in ("error", "warning")]
        assert (name in narrative) is bool(graver)
    row = findings_by_report(open_survey(data=store)).iloc[0]
    assert {names[key]: int(row[key]) for key in counts} == wanted


def test_the_page_numbers_its_findings_through(store: Path, dismissed: str):
    page = fz.open_page("data_quality", region="159928", year=2024, data=store)
    html = str(page.findings()) + str(page.form()) + str(page.duties())
    numbers = [int(number) for number in re.findall(r'id="finding-(\d+)"', html)]
    assert numbers == list(range(1, len(audit(ID, data=store)) + 1))
    assert dismissed in html
    assert dismissed not in {item.id for item in standing(audit(ID, data=store))}


def test_three_lanes_are_counted_apart_and_lose_nothing(store: Path, dismissed: str):
    found = audit(ID, data=store)
    lanes = {lane: in_lane(found, lane) for lane in ("figures", "form", "duties")}
    assert sorted(item.id for items in lanes.values() for item in items) == sorted(item.id for item in standing(found))
    for lane, items in lanes.items():
        assert sum(count_findings(found, lane).values()) == len(items) > 0
    page = fz.open_page("data_quality", region="159928", year=2024, data=store)
    for lane in ("form", "duties"):
        html = str(getattr(page, lane)())
        numbers = {item.id: number for number, item in page.numbered_findings()}
        assert all(f'id="finding-{numbers[item.id]}"' in html for item in lanes[lane])
        assert not any(f'id="finding-{numbers[item.id]}"' in html for item in lanes["figures"])
    assert not any(item.id in str(page.findings()) for item in lanes["form"])


def test_a_comment_alone_leaves_a_finding_standing(store: Path):
    found = audit(ID, data=store)[0]
    judgement = fz.judge(ID, found.id, "open", comment="已去函询问", who="张三", data=store)
    assert (judgement.status, judgement.comment) == ("open", "已去函询问")
    assert count_findings(audit(ID, data=store))["error"] >= 1
    page = str(fz.open_page("data_quality", region="159928", year=2024, data=store).findings())
    assert "已去函询问" in page


def test_loaded_findings_carry_the_judgement(store: Path, dismissed: str):
    frame = fz.load_findings(data=store).set_index("id")
    assert (frame.loc[dismissed, "status"], frame.loc[dismissed, "comment"]) == ("dismissed", "口径不同")
    assert (frame.drop(dismissed)["status"] == "open").all()


def test_what_cannot_be_judged_is_named(store: Path):
    with pytest.raises(UnknownNameError, match="现有的"):
        fz.judge(ID, "sum-00000000", "dismissed", comment="口径不同", who="张三", data=store)
    found = audit(ID, data=store)[0].id
    for status, comment, who in (("gone", "口径", "张三"), ("dismissed", " ", "张三"), ("dismissed", "口径", "")):
        with pytest.raises(UsageError):
            fz.judge(ID, found, status, comment=comment, who=who, data=store)
    with pytest.raises(UsageError, match="--data"):
        fz.judge(ID, found, "dismissed", comment="口径", who="张三", data=None)
    assert not (store / "corrections").exists()
