"""Compile the authored reports into texts, truths and gold folders: ``PYTHONPATH=tools python -m synthetic.build``.

Nothing below ``data/sample/texts`` and ``data/sample/truth`` is edited by hand: change the source here and build
again. A test holds the two in step.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import followup, gold
from .markup import Compiled, compile_source

AUTHORED = Path(__file__).parent / "authored"
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def authored() -> list[Compiled]:
    """Every authored report, compiled, in order of place and year."""
    return [compile_source(path) for path in sorted(AUTHORED.glob("*.src.md"))]


def dump(thing: Any) -> str:
    """JSON as it is stored: one row of a list a line, so that a diff shows which row changed."""
    if not isinstance(thing, dict):
        return json.dumps(thing, ensure_ascii=False, indent=1) + "\n"
    parts = []
    for key, value in thing.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f" {json.dumps(key)}: [\n  {rows}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def files() -> Iterator[tuple[str, str]]:
    """Path below ``data/sample`` and content of every file that the sources make."""
    reports = authored()
    for source in sorted(AUTHORED.glob("*.followup.yaml")):
        code = source.name.split(".")[0]
        place = [report for report in reports if report.report_id.startswith(code)]
        yield f"truth/{code}-followup.json", dump(followup.follow_up(source, place))
    for report in reports:
        yield f"texts/{report.report_id}{report.suffix}", report.text
        yield f"truth/{report.report_id}.json", dump(report.truth)
        for name, content in gold.files(report):
            yield f"truth/gold/{report.report_id}/{name}", content


def build(sample: Path = SAMPLE) -> list[Path]:
    """Write all files; returns what changed."""
    changed = []
    for name, content in files():
        path = sample / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content.encode():
            path.write_bytes(content.encode())
            changed.append(path)
    return changed


if __name__ == "__main__":
    for one in build():
        print(one.relative_to(SAMPLE.parent.parent))
