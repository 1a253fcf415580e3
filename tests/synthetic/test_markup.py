"""The markup of authored reports: places are exact, and an author's slips are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

HEAD = """report_id: 990001-2023
region: 某省某市某县
short_name: 某县
year: 2023
faults:
  - {id: F1, rule: ratio, severity: error, where: audit, at: [done, rate], note: x}
=====
"""
BODY = """⟦title|# 某县{2023年|@date}报告⟧

## 一、开头

(一) 小标题。一是办结 {12 件|done:appeals_concluded}，率 {60%|rate:appeals_completion_rate}；二是受理¶案件{近 30 件|-}。

**二、问题。**一是⟦P1|⟦P1a|队伍不强⟧，⟦P1c|原因是编制少⟧⟧。⟦N1|一是抓落实，⟦N1.1|培训{不少于20人|-|r=target}⟧。⟧
"""


@pytest.fixture
def compiled(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(body: str = BODY, head: str = HEAD):  # type: ignore[no-untyped-def]
        from synthetic.markup import compile_source

        path = tmp_path / "x.src.md"
        path.write_text(head + body, encoding="utf-8")
        return compile_source(path)

    return run


def test_places_are_those_of_the_text(compiled) -> None:  # type: ignore[no-untyped-def]
    report = compiled()
    for row in report.truth["metrics"] + report.truth["others"]:
        assert report.text[row["start"] : row["end"]] == row["text"]
    assert "{" not in report.text
    assert "⟦" not in report.text
    assert "受理\n\n\n\n案件" in report.text


def test_sections_and_items(compiled) -> None:  # type: ignore[no-untyped-def]
    report = compiled()
    assert [(row["text"], row["section"], row["item"]) for row in report.truth["metrics"]] == [
        ("12 件", "一/（一）", "一是"),
        ("60%", "一/（一）", "一是"),
        ("近 30 件", "一/（一）", "二是"),
        ("不少于20人", "二", "一是"),
    ]
    starts = {section["key"]: report.text[section["start"] :][:3] for section in report.truth["sections"]}
    assert starts == {"title": "某县2", "一": "一、开", "一/（一）": "(一)", "二": "二、问"}


def test_statements_and_faults(compiled) -> None:  # type: ignore[no-untyped-def]
    truth = compiled().truth
    problem, step = truth["statements"]
    assert (problem["text"], problem["cause"]) == ("队伍不强，原因是编制少", "原因是编制少")
    assert [part["text"] for part in problem["parts"]] == ["队伍不强"]
    assert step["parts"][0]["text"] == "培训不少于20人"
    assert [piece["text"] for piece in truth["faults"][0]["evidence"]] == ["12 件", "60%"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{12 件|done:appeals_concluded}", "12 件", "unmarked digits"),
        ("一是办结", "一是办结三件", "unmarked Chinese number"),
        ("{60%|rate:", "{60%|done:", "used twice"),
        ("rate:appeals_completion_rate", "appeals_completion_rate", "nothing is called 'rate'"),
        ("|-|r=target}", "|-|z=1}", "attribute"),
        ("⟦P1a|队伍不强⟧", "⟦P1a|队伍不强", "open span"),
        ("{近 30 件|-}", "{近 30 件|@thing}", "kind"),
    ],
)
def test_slips_are_refused(compiled, old: str, new: str, message: str) -> None:  # type: ignore[no-untyped-def]
    from synthetic.markup import MarkupError

    assert old in BODY
    with pytest.raises(MarkupError, match=message):
        compiled(BODY.replace(old, new))
