"""How many slips seeded into real texts the audit finds. Usage: ``python benchmarks/bench_real_slips.py [FOLDER]``.

The texts lie in a folder of their own (``../shared/corpus`` by default) and are not part of this project; without them
there is nothing to measure. Where the audit confirms an identity, one of its figures is changed: the rate beside its
two counts, the total of a list, 人次 below 批次. Besides, a sentence with figures is printed twice, and printed again
with another value. A slip counts as found when an error or a warning that was not there before stands at its place.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Finding
from fazhi_analysis.reading import read_text

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus"
DIGITS = re.compile(r"\d+(?:\.\d+)?")
SENTENCE = re.compile(r"[^。\n]{12,80}\d+[件人次场项个][^。\n]{0,40}。")
AGAIN = 3


@dataclass(frozen=True)
class Slip:
    """A text with one slip: what kind, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def audited(text: str) -> list[Finding]:
    """Findings on a text."""
    return audit_extraction(extract(read_text(text, name="real.txt")))


def seeded(text: str, findings: list[Finding]) -> Iterator[Slip]:
    """Texts with one slip each."""
    for found in findings:
        places = [piece for piece in found.evidence if piece.start is not None and piece.end is not None]
        if found.severity == "confirmed" and found.rule in ("ratio", "sum", "part_exceeds_whole") and places:
            yield from _changed(found.rule, text, places[0].start or 0, places[0].end or 0)
    for sentence in list(SENTENCE.finditer(text))[:AGAIN]:
        end = text.find("\n", sentence.end())
        for kind, words in (("repeated", sentence.group()), ("two_values", _other(sentence.group()))):
            place = len(text) if end < 0 else end
            yield Slip(kind, f"{text[:place]}\n{words}{text[place:]}", place, place + 1 + len(words))


def _changed(kind: str, text: str, start: int, end: int) -> Iterator[Slip]:
    """The first figure of a confirmed identity with another leading digit."""
    words = _other(text[start:end])
    if words != text[start:end]:
        yield Slip(kind, text[:start] + words + text[end:], start, start + len(words))


def _other(words: str) -> str:
    """The last figure of some words with another leading digit, a rate still below 100."""
    figures = list(DIGITS.finditer(words))
    if not figures:
        return words
    place = figures[-1].start()
    digit = "7" if words[place] != "7" else "4"
    return words[:place] + digit + words[place + 1 :]


def is_found(slip: Slip, before: set[str]) -> bool:
    """Whether a new error or warning stands at the slip."""
    return any(
        found.severity in ("error", "warning")
        and found.message_zh not in before
        and any((piece.start or 0) < slip.end and slip.start < (piece.end or 0) for piece in found.evidence)
        for found in audited(slip.text)
    )


def main() -> None:
    """Seed, audit, print by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    planted, caught = Counter[str](), Counter[str]()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        findings = audited(text)
        before = {found.message_zh for found in findings}
        for slip in seeded(text, findings):
            planted[slip.kind] += 1
            caught[slip.kind] += is_found(slip, before)
    if not planted:
        print(f"no texts in {folder}: nothing measured")
    for kind, number in sorted(planted.items()):
        print(f"{kind:20}{caught[kind]:4} of {number}")
    print(f"{'all':20}{sum(caught.values()):4} of {sum(planted.values())}")


if __name__ == "__main__":
    main()
