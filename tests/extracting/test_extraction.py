"""The Extraction object: what it holds, and its JSON."""

from __future__ import annotations

import json
import math
import subprocess
import sys

from fazhi_analysis.extracting import Extraction, extract
from fazhi_analysis.reading import read_text

TEXT = (
    "砚桥县2023年法治政府建设年度报告\n一、主要工作\n2023年，全县受理行政复议案件53件，审结50件。\n"
    "二、存在问题\n一是执法力量不足。\n三、下一步打算\n一是充实执法力量。\n"
)


def test_json_has_the_agreed_parts() -> None:
    data = extract(read_text(TEXT, name="a.txt")).to_json()
    assert list(data) == ["report", "quantities", "statements", "findings"]
    assert {row["indicator_id"] for row in data["quantities"] if row["is_metric"]} == {
        "reconsideration_accepted",
        "reconsideration_concluded",
    }
    assert [row["kind"] for row in data["statements"]] == ["problem", "next_step"]
    assert data["statements"][1]["answers"] == ({"problem": 1, "strength": "direct"},)
    text = json.dumps(data, ensure_ascii=False)
    assert "53件" in text
    for row in data["quantities"]:
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert row["upper"] is None or not math.isnan(row["upper"])


def test_text_is_in_the_json_where_offsets_count_something_else() -> None:
    report = read_text(TEXT, name="a.txt")
    assert "text" not in extract(report).to_json()["report"]


def test_values_are_computed_once() -> None:
    extraction = extract(read_text(TEXT, name="a.txt"))
    assert extraction.quantities is extraction.quantities
    assert extraction.statements is extraction.statements


def test_repr_counts() -> None:
    shown = repr(extract(read_text(TEXT, name="a.txt")))
    assert "2 metrics, 1 problems, 1 next steps" in shown
    assert "砚桥县" in shown


def test_empty_report_holds_nothing() -> None:
    extraction = extract(read_text("通知\n会议改期。", name="a.txt"))
    assert isinstance(extraction, Extraction)
    assert extraction.metrics == ()
    assert extraction.statements == ()


def test_extracting_does_not_load_the_heavy_libraries() -> None:
    code = (
        "import sys\n"
        "from fazhi_analysis.reading import read_text\n"
        "from fazhi_analysis.extracting import extract\n"
        "extract(read_text('一、工作\\n受理行政复议案件53件。', name='a.txt')).to_json()\n"
        "print(sorted({'pandas', 'matplotlib', 'papermill', 'pandera', 'pyarrow'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
