"""How many slips seeded into real texts the audit finds. Usage: ``python benchmarks/bench_real_slips.py [FOLDER]``.

The texts lie in a folder of their own (``../shared/corpus`` by default) and are not part of this project; without them
there is nothing to measure. Where the audit confirms an identity, one of its figures is changed so that arithmetic
disproves it: the rate beside its two counts, the total of a list, 人次 below 批次. Besides, a whole sentence with a
figure is printed twice, and printed again with another value of that figure. A slip counts as found when an error or a
warning that was not there before stands at its place.

Not seeded, since no arithmetic proves it: another number that still fits (人次 that stay above 批次), numbers in names
(“2022招商优胜区”), what was handed out to so many places (some may get none), and a single figure that stands alone.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.extracting import extract
from fazhi_analysis.model import Finding, Quantity
from fazhi_analysis.reading import read_text

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus"
DIGITS = re.compile(r"\d+(?:\.\d+)?")
SENTENCE = re.compile(r"(?:(?<=。)|(?<=。\n))[^。\n]{20,160}。")
PARAGRAPH_END = re.compile(r"(?<=。)\n|\Z")
HANDED_OUT = re.compile("发放|赠送|张贴|推送|印发|下发")
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


def seeded(text: str, findings: list[Finding], figures: Sequence[Quantity]) -> Iterator[Slip]:
    """Texts with one slip each; ``figures`` are the metrics of the text."""
    for found in findings:
        places = [(piece.start, piece.end) for piece in found.evidence if piece.start is not None and piece.end]
        if found.severity == "confirmed" and len(places) > 1 and found.rule in ("ratio", "sum", "part_exceeds_whole"):
            yield from _changed(found.rule, text, places)
    sentences = [match for match in SENTENCE.finditer(text) if _figure_in(match, figures)]
    for sentence in sentences[:: max(1, len(sentences) // AGAIN)][:AGAIN]:
        place = PARAGRAPH_END.search(text, sentence.end()).start()
        figure = _figure_in(sentence, figures)
        words = sentence.group()
        at = figure.start - sentence.start()
        other = words[:at] + _other(words[at : at + len(figure.text)]) + words[at + len(figure.text) :]
        for kind, again in (("repeated", words), ("two_values", other)):
            yield Slip(kind, f"{text[:place]}\n{again}{text[place:]}", place, place + 1 + len(again))


def _figure_in(sentence: re.Match[str], figures: Sequence[Quantity]) -> Quantity | None:
    """The last figure of a sentence that is a printed level."""
    inside = [item for item in figures if sentence.start() <= item.start and item.end <= sentence.end()]
    return next((item for item in reversed(inside) if item.change == "level" and DIGITS.search(item.text)), None)


def _changed(kind: str, text: str, places: list[tuple[int, int]]) -> Iterator[Slip]:
    """The first figure of a confirmed identity changed so that it no longer holds."""
    start, end = places[0]
    if kind == "sum" and HANDED_OUT.search(text, max(0, start - 60), end):
        return
    words = text[start:end]
    if kind == "part_exceeds_whole":  # 人次 below 批次: half as many
        batches = DIGITS.search(text[slice(*places[1])])
        again = f"{int(float(batches[0])) // 2 if batches else 1}人次"
    else:
        again = _other(words)
    if again != words:
        yield Slip(kind, text[:start] + again + text[end:], start, start + len(again))


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
    parser.add_argument("--missed", action="store_true", help="print each slip that is not found")
    options = parser.parse_args()
    folder, missed = options.folder, options.missed
    planted, caught = Counter[str](), Counter[str]()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        findings = audited(text)
        before = {found.message_zh for found in findings}
        metrics = extract(read_text(text, name="real.txt")).metrics
        for slip in seeded(text, findings, metrics):
            planted[slip.kind] += 1
            found = is_found(slip, before)
            caught[slip.kind] += found
            if missed and not found:
                print(f"missed {path.name} {slip.kind}: {slip.text[slip.start : slip.end].strip()}")
    if not planted:
        print(f"no texts in {folder}: nothing measured")
    for kind, number in sorted(planted.items()):
        print(f"{kind:20}{caught[kind]:4} of {number}")
    print(f"{'all':20}{sum(caught.values()):4} of {sum(planted.values())}")


if __name__ == "__main__":
    main()
