"""Documents and workbooks changed at random: each is read, or refused in one line, in time and without an inner fault.

A sample runs with the ordinary tests; ``make nightly`` goes on where the night before stopped, up to 10,000 of a kind.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import random
import re
import resource
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.errors import FazhiError
from fazhi_analysis.extracting import extract
from fazhi_analysis.presenting.workbook.book import write_workbook
from fazhi_analysis.reading import read_report
from fazhi_analysis.reading.formats import pdf
from fazhi_analysis.reading.ocr import recognise
from fazhi_analysis.reading.segment import Page
from fazhi_analysis.running.corrections.filled_workbook import take_corrections
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.sandbox import guarded

pytestmark = pytest.mark.skipif(not warm.available(), reason="this system cannot fork")

SEED = 43
SAMPLE = 12
NUMBER = re.compile(rb"\d+")
FIXTURES = Path(__file__).parent.parent / "fixtures" / "reading"
SEEDS = {
    "docx": ["report.docx", "numbered.docx"],
    "html": ["trs.html", "ucap.html", "plain.htm"],
    "pdf": ["chromium.pdf", "libreoffice.pdf", "two_columns.pdf", "scan.pdf", "encrypted.pdf"],
}
PIECES = [
    *("", "-1", "99999999999999999999", "1e400", "½", "٣", "\u202e", "\x00", "&#xD800;", "&a;", "]]>", "<![CDATA["),
    *("<!--", "<table>" * 50, "<tr><td rowspan='9999' colspan='9999'>", "<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:t>3件"),
    *("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "charset=undefined", "=1+1", "{{ 7*7 }}", "$x$"),
    *("/Kids [1 0 R]", "/Length 99999999", "/Count -1", "endstream", "obj", "BT (x) Tj ET", "q " * 300, "1 0 R"),
]


def other_number(dice: random.Random) -> bytes:
    return dice.choice(PIECES[:6]).encode()


def noisy(dice: random.Random, data: bytes) -> bytes:
    """Bytes with some taken away, doubled, moved, turned, or put in, and numbers exchanged."""
    body = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 4, 12])):
        place = dice.randrange(len(body) + 1)
        end = min(len(body), place + int(10 ** dice.uniform(0, 3)))
        what = dice.randrange(7)
        if what == 0:
            del body[place:end]
        elif what == 1:
            body[place:place] = body[place:end] * dice.choice([1, 3, 30])
        elif what == 2:
            other = dice.randrange(len(body) + 1)
            body[other:other] = body[place:end]
        elif what == 3 and place < len(body):
            body[place] ^= 1 << dice.randrange(8)
        elif what == 4:
            body[place:place] = dice.randbytes(dice.choice([1, 8, 200]))
        elif what == 5:
            body[place:place] = dice.choice(PIECES).encode("utf-8", "surrogatepass")
        else:
            body = bytearray(NUMBER.sub(lambda found: other_number(dice) if dice.random() < 0.02 else found[0], body))
    return bytes(body[:3_000_000])


def noisy_zip(dice: random.Random, data: bytes) -> bytes:
    """A zip file with noise in one or two of its members, now and then in the whole."""
    if dice.random() < 0.15:
        return noisy(dice, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name in dice.sample(sorted(members), k=min(len(members), dice.choice([1, 1, 2]))):
        if dice.random() < 0.1:
            del members[name]
        else:
            members[name] = noisy(dice, members[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def outcome(number: int, name: str, work: Callable[[], object], engine: Path | None = None) -> None:
    """Run a piece of work and look at how it ends; ``engine`` says what a recognition engine took of the time."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    message = ""
    try:
        work()
    except FazhiError as error:
        message = str(error)
    assert "\n" not in message, (name, number)
    assert "内部错误" not in message, (name, number, message)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    recognising = sum(map(float, engine.read_text("ascii").split())) if engine and engine.is_file() else 0
    assert now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime - recognising < 10, (name, number)


def look_at(path: Path, engine: Path) -> tuple[int, int]:
    """Read a document in the child; notes what recognising its pages took, which has an allowance of its own a page."""

    def timed(image: Any, *page: Any) -> Page:
        """A page, as it was recognised before where another document has the very same picture."""
        before = engine.with_name(hashlib.sha256(repr(image.size).encode() + image.tobytes()).hexdigest())
        if before.is_file():
            return pickle.loads(before.read_bytes())
        began = time.process_time()
        try:
            found = recognise(image, *page)
        finally:
            with engine.open("a", encoding="ascii") as notes:
                notes.write(f"{time.process_time() - began}\n")
        before.write_bytes(pickle.dumps(found))
        return found

    pdf.recognise = timed
    found = extract(read_report(path))
    return len(found.metrics), len(found.statements)


def check_document(kind: str, number: int, folder: Path) -> None:
    """One document through reading and extraction, in a process of its own."""
    dice = random.Random(f"{SEED}:{kind}:{number}")
    seed = (FIXTURES / dice.choice(SEEDS[kind])).read_bytes()
    path = folder / f"a.{kind}"
    path.write_bytes(noisy_zip(dice, seed) if kind == "docx" else noisy(dice, seed))
    engine = folder / "recognition"
    engine.unlink(missing_ok=True)
    outcome(number, kind, lambda: guarded(path.name, look_at, path, engine), engine)


class Workbooks:
    """A workbook for corrections, changed again and again; whatever becomes of it, the stored figures can be loaded."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(bundled_data() / "sample/reports/990124-2024", self.data / "reports/990124-2024")
        self.path = folder / "a.xlsx"
        self.whole = write_workbook(self.path, "砚桥县", 2024, data=self.data).read_bytes()

    def check(self, number: int) -> None:
        self.path.write_bytes(noisy_zip(random.Random(f"{SEED}:xlsx:{number}"), self.whole))
        outcome(number, "xlsx", lambda: take_corrections(self.path, self.data))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Workbooks:
    return Workbooks(tmp_path_factory.mktemp("workbooks"))


@pytest.mark.parametrize("kind", SEEDS)
def test_a_sample_of_changed_documents(kind: str, tmp_path: Path) -> None:
    for number in range(SAMPLE if kind != "pdf" else SAMPLE // 3):  # scans are recognised, seconds a page
        check_document(kind, number, tmp_path)


def test_a_sample_of_changed_workbooks(workbooks: Workbooks) -> None:
    for number in range(SAMPLE):
        workbooks.check(number)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", SEEDS)
def test_changed_documents_night_after_night(kind: str, night, tmp_path: Path) -> None:
    night(kind, 10_000, lambda number: check_document(kind, number, tmp_path))


@pytest.mark.nightly
def test_changed_workbooks_night_after_night(night, workbooks: Workbooks) -> None:
    night("xlsx", 10_000, workbooks.check)
