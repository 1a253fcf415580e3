"""The fictional 云泽盟: what is planted in the reports of its bodies is found whole, and nothing else is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.region.review import CALLS, CONTENTS
from fazhi_analysis.errors import UnknownNameError

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample_region"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("region")
    results = fz.ingest(sorted((SAMPLE / "texts").glob("*.txt")), data, workers=1)
    assert {result.status for result in results} == {"stored"}
    (data / "expected.csv").write_bytes((SAMPLE / "expected.csv").read_bytes())
    return data


def truth() -> dict[str, dict[str, str]]:
    with (SAMPLE / "truth.csv").open(encoding="utf-8", newline="") as stream:
        return {row["body"]: row for row in csv.DictReader(stream)}


def test_every_body_is_reviewed_and_what_is_planted_is_found(stored: Path) -> None:
    found = fz.region_review("云泽盟", 2024, stored).set_index("region").to_dict("index")
    assert set(found) == set(truth())
    for body, row in truth().items():
        seen = found[body]
        assert seen["reported"] == row["reported"], body
        if row["reported"] == "no":
            assert seen["calls"] == ["not_reported"]
            continue
        assert seen["in_time"] == row["in_time"], body
        assert [key for key in CONTENTS if seen[key] == "no"] == row["missing"].split(), body
        assert seen["errors_figures"] == int(row["errors"]), body
        assert (seen["kept"], seen["contradicted"]) == (
            int(row["promise"] == "kept"),
            int(row["promise"] == "contradicted"),
        )
        assert seen["contradicts"] == int(row["corroboration"] == "contradicts"), body
        assert seen["agrees"] == int(row["corroboration"] == "agrees"), body


def test_the_ledgers_suggest_the_planted_closures_and_no_other(stored: Path) -> None:
    reports = fz.load_reports(stored, years=[2023])
    found = {}
    for row in reports.to_dict("records"):
        table = fz.rectification(str(row["report_id"]), stored)
        closed = table[table["suggestion"] == "close"]
        assert all("应急演练" in text for text in (*closed["text"], *closed["evidence_text"]))
        found[str(row["region"])] = len(closed)
    wanted = {body: int(row["closure"] == "close") for body, row in truth().items() if body in found}
    assert {body: n for body, n in found.items() if n or body in wanted} == wanted
    assert sum(found.values()) == 2
    assert sum(row["closure"] == "no" for row in truth().values()) == 2


def test_who_needs_a_call_stands_first(stored: Path) -> None:
    table = fz.region_review("云泽盟", 2024, stored)
    first = [CALLS.index(calls[0]) if calls else len(CALLS) for calls in table["calls"]]
    assert first == sorted(first)
    assert table.iloc[-1]["calls"] == []
    assert sum(map(bool, table["calls"])) == 8


def test_the_parent_is_found_by_its_full_name_too(stored: Path) -> None:
    one, other = (fz.region_review(name, 2024, stored) for name in ("云泽盟", "内蒙古自治区云泽盟"))
    assert one.equals(other)
    with pytest.raises(UnknownNameError, match="云泽盟"):
        fz.region_review("望溪市", 2024, stored)


def test_the_truth_is_what_the_generator_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SAMPLE.parents[1] / "tools"))
    from synthetic.region import main

    main(tmp_path)
    for file in sorted(tmp_path.rglob("*.*")):
        assert (SAMPLE / file.relative_to(tmp_path)).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_lists_every_body(stored: Path, lang: str) -> None:
    page = fz.open_page("region_review", region="青禾旗", year=2024, data=stored, lang=lang, parent="云泽盟")
    assert page.place_year.region == "内蒙古自治区云泽盟"
    shown = "".join(str(getattr(page, name)()) for name in ("headline", "calls", "contents", "counts", "corroboration"))
    assert all(body.removeprefix("内蒙古自治区云泽盟") in shown for body in truth())
    assert ("与上级报告所述不符 1 处" if lang == "zh" else "1 figures contradict") in shown
    assert ("缺法定内容：不足、原因" if lang == "zh" else "contents missing: Shortcomings, Causes") in shown


def test_without_a_parent_the_page_reviews_the_place_above(stored: Path) -> None:
    page = fz.open_page("region_review", region="青禾旗", year=2024, data=stored)
    assert page.parent == "内蒙古自治区云泽盟"


def test_promises_are_left_out_only_where_that_is_asked_for(stored: Path) -> None:
    with_them, without = (
        fz.region_review("云泽盟", 2024, stored),
        fz.region_review("云泽盟", 2024, stored, promises=False),
    )
    assert (with_them["kept"].sum(), without["kept"].sum()) == (7, 0)
    assert "broken_promise" not in without["calls"].sum()
