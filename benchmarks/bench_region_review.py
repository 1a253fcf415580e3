"""How long a review of thousands of bodies takes after ingest, promises followed up.

usage: python benchmarks/bench_region_review.py [BODIES]

One fictional county of two years is taken in and its stored folders are copied under other names, so that making the
store takes no hour.
"""

from __future__ import annotations

import hashlib
import itertools
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import fazhi_analysis as fz
from synthetic import region

_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土山川河海"
_TARGET = 60.0


def make(folder: Path, bodies: int) -> Path:
    """A store of so many counties under the league, each with reports of two years."""
    names = ["".join(signs) for signs in itertools.product(_SIGNS, _SIGNS, "岭原谷溪")][:bodies]
    pattern = region.Body(f"{region.PARENT}{names[0]}旗", f"{names[0]}旗", 40, 22, 120, 20)
    data, files = folder / "data", []
    for year in (2023, 2024):
        for name, text in ((names[0], region.text_of(pattern, year)), ("league", region.parent_text(year))):
            files.append(folder / f"{name}-{year}.txt")
            files[-1].write_text(text, encoding="utf-8")
    stored = fz.ingest(files, data, workers=1, progress=False)
    ours = [result.report_id for result in stored if names[0] in result.path.name]
    for name, report in itertools.product(names[1:], ours):
        copied, old = f"x{hashlib.sha256(f'{region.PARENT}{name}旗'.encode()).hexdigest()[:8]}", report.split("-")[0]
        target = data / "reports" / report.replace(old, copied)
        target.mkdir()
        for file in (data / "reports" / report).iterdir():
            text = file.read_text(encoding="utf-8").replace(old, copied).replace(names[0], name)
            (target / file.name).write_text(text, encoding="utf-8")
    return data


def main() -> None:
    """Print the seconds of the first review (which builds the cache) and of the second."""
    bodies = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as folder:
        data = make(Path(folder), bodies)
        for which in ("first", "second"):
            started, used = time.perf_counter(), time.process_time()
            table = fz.region_review("云泽盟", 2024, data)
            seconds, cpu = time.perf_counter() - started, time.process_time() - used
            assert len(table) == bodies
            assert table["kept"].sum() == bodies
            print(f"{which}: {bodies} bodies in {seconds:.1f} s ({cpu:.1f} s of processor; target {_TARGET:.0f} s)")


if __name__ == "__main__":
    main()
