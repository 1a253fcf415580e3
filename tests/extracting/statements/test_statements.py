"""Problems and next steps from every shape of report, and none where there is no such passage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_report, read_text

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
]


def _fits(pattern: str, text: str) -> bool:
    begin, gap, end = pattern.partition("…")
    return text.startswith(begin) and text.endswith(end) if gap else text == begin


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_shape(case: dict[str, Any]) -> None:
    report = read_text(case["text"], name=f"case.{case.get('format', 'txt')}")
    statements = extract(report).statements
    for kind, key in (("problem", "problems"), ("next_step", "steps")):
        found = [report.text[item.start : item.end] for item in statements if item.kind == kind]
        assert len(found) == len(case[key]), found
        for pattern, text in zip(case[key], found, strict=True):
            assert _fits(pattern, text), (pattern, text)
    if "causes" in case:
        assert [item.cause for item in statements if item.cause] == case["causes"]


@pytest.mark.parametrize("name", ["otog_front_2023", "guangming_2021"])
def test_gold_spans_and_parts(shared: Path, name: str) -> None:
    folder = shared / "gold" / name
    gold = json.loads((folder / "narrative.json").read_text(encoding="utf-8"))
    statements = extract(read_report(folder / "report.txt")).statements
    for kind, key, parts in (("problem", "problems", "parts"), ("next_step", "next_steps", "sub_actions")):
        found = [item for item in statements if item.kind == kind]
        assert [(item.start, item.end) for item in found] == [(row["start"], row["end"]) for row in gold[key]]
        assert [item.ordinal for item in found] == list(range(1, len(found) + 1))
        for item, row in zip(found, gold[key], strict=True):
            assert [(part.start, part.end) for part in item.parts] == [(p["start"], p["end"]) for p in row[parts]]


@pytest.mark.parametrize("path", ["159928-2021.txt", "159928-2022.txt", "159928-2023.md", "159928-2024.md"])
def test_fictional_series(path: str) -> None:
    data = Path(__file__).resolve().parents[3] / "data" / "sample"
    truth = json.loads((data / "truth" / f"{path[:11]}.json").read_text(encoding="utf-8"))["statements"]
    statements = extract(read_report(data / "texts" / path)).statements
    assert [(item.kind, item.start, item.end) for item in statements] == [
        (row["kind"], row["start"], row["end"]) for row in truth
    ]
    assert [item.cause for item in statements] == [row["cause"] for row in truth]
    assert [[(part.start, part.end) for part in item.parts] for item in statements] == [
        [(part["start"], part["end"]) for part in row["parts"]] for row in truth
    ]


_LACKS = ("执法力量不足", "普法形式单一", "案卷质量不高", "数据共享不畅", "机制不够健全")
_STEPS = ("充实执法力量", "创新普法形式", "开展案卷评查", "打通数据壁垒", "完善工作机制")
_STYLES = {
    "item": [f"{number}是" for number in "一二三四五"],
    "bracket": [f"（{number}）" for number in "一二三四五"],
    "digit": [f"{number}." for number in range(1, 6)],
    "ordinal": [f"第{number}，" for number in "一二三四五"],
}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 5),
    st.integers(2, 5),
    st.sampled_from(sorted(_STYLES)),
    st.sampled_from(sorted(_STYLES)),
    st.sampled_from(
        [
            "存在问题",
            "存在的主要问题",
            "问题与不足",
            "存在的不足",
            "主要问题和短板",
            "面临的困难和问题",
            "工作中的不足",
            "问题短板",
            "当前存在的薄弱环节",
            "法治政府建设存在的短板弱项",
        ]
    ),
    st.sampled_from(
        [
            "下一步工作打算",
            "2024年工作思路",
            "下一年度主要安排",
            "下步工作计划",
            "今后工作重点",
            "2024年重点工作",
            "努力方向",
            "2024年法治政府建设工作要点及安排",
            "明年工作打算",
            "改进措施",
        ]
    ),
    st.booleans(),
)
def test_any_heading_and_any_list(
    problems: int, steps: int, one: str, other: str, heading: str, plan: str, broken: bool
) -> None:
    joint = "\n" if broken or one in ("bracket", "digit") else ""
    plan_joint = "\n" if broken or other in ("bracket", "digit") else ""
    lacks = joint.join(f"{mark}{lack}。" for mark, lack in zip(_STYLES[one], _LACKS[:problems], strict=False))
    plans = plan_joint.join(f"{mark}{step}。" for mark, step in zip(_STYLES[other], _STEPS[:steps], strict=False))
    text = f"砚桥县2023年法治政府建设年度报告\n一、主要工作\n普法60场。\n二、{heading}\n{lacks}\n三、{plan}\n{plans}\n"
    report = read_text(text, name="a.txt")
    statements = extract(report).statements
    assert [item.text for item in statements if item.kind == "problem"] == list(_LACKS[:problems])
    found = [item for item in statements if item.kind == "next_step"]
    assert [item.text for item in found] == list(_STEPS[:steps])
    for item in found:
        assert report.text[item.start : item.end].endswith("。")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "着力解决突出问题。",
                "查找薄弱环节30个。",
                "督察反馈问题12个全部整改。",
                "坚持问题导向、目标导向。",
                "群众反映的困难得到解决。",
                "推动补齐短板弱项。",
                "化解信访积案6件。",
                "针对执法领域存在的问题开展整治。",
            ]
        ),
        max_size=12,
    )
)
def test_nothing_is_invented(sentences: list[str]) -> None:
    text = "砚桥县2023年法治政府建设年度报告\n一、主要工作\n" + "".join(sentences) + "\n二、组织领导\n压实责任。\n"
    assert extract(read_text(text, name="a.txt")).statements == ()
