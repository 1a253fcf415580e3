"""Takes every piece of a narrative back to the files that it came from, without the code that wrote it.

Figures are parsed from their wording and held against ``metrics.csv``; changes and verdicts are computed again from the
rows that they name; quotations are looked up; counts are counted; free text may hold no digit.
"""

from __future__ import annotations

import csv
import json
import math
import re
import unicodedata
from pathlib import Path
from typing import Any

from fazhi_analysis.presenting.narrative.model import Narrative, Piece, Sentence

SCALES = {"万": 1e4, "亿": 1e8, "thousand": 1e3, "million": 1e6, "billion": 1e9}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|thousand|million|billion)?")
UNSOURCED = {"problems.paraphrase", "done.neutral", "unverified.more", "questions.none"}
DIRECTED = {"improved", "worsened"}


class Store:
    """Rows of reports by id, read with the csv module alone."""

    def __init__(self, *folders: Path) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.statements: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, str] = {}
        self.years: dict[str, int] = {}
        for folder in folders:
            for report in sorted(folder.iterdir()):
                if (report / "report.json").is_file():
                    self._read(report)

    def _read(self, report: Path) -> None:
        document = json.loads((report / "report.json").read_text(encoding="utf-8"))
        self.years[report.name] = document["year"]
        for name, into in (("metrics", self.rows), ("statements", self.statements)):
            with (report / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                into.update({row["row_id"]: row for row in csv.DictReader(file)})
        if (report / "text.txt").is_file():
            self.texts[report.name] = (report / "text.txt").read_bytes().decode("utf-8")

    def known(self, identity: str) -> bool:
        """Whether an id is one of a row, a statement, a report or a passage."""
        report = identity.partition("@")[0]
        return identity in self.rows or identity in self.statements or report in self.years


def parse(text: str) -> list[float]:
    """The numbers of a wording, scale words multiplied out."""
    numbers = [float(one.replace(",", "")) * SCALES.get(scale, 1) for one, scale in NUMBER.findall(text)]
    scales = [scale for _, scale in NUMBER.findall(text)]
    if len(numbers) == 2 and scales[1] and not scales[0] and numbers[0] * SCALES[scales[1]] <= numbers[1]:
        numbers[0] *= SCALES[scales[1]]
    return numbers


def letters(text: str) -> str:
    """Letters and digits only, compatible characters made one: for looking up quotations."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


class Oracle:
    """Checks narratives of one store."""

    def __init__(self, store: Store, directions: dict[str, str]) -> None:
        self.store = store
        self.directions = directions

    def check(self, narrative: Narrative, findings: dict[str, tuple[str, str]]) -> int:
        """Check every sentence; returns how many pieces were taken back to rows."""
        checked = 0
        for sentence in narrative.sentences:
            self._form(sentence, narrative.lang)
            cited = {source.id for source in sentence.sources}
            assert sentence.key in UNSOURCED or cited, sentence.text
            assert all(self.store.known(one) or one in findings for one in cited), sentence.text
            for number, piece in enumerate(sentence.pieces):
                if piece.kind != "text":
                    self._piece(sentence, number, piece, narrative.lang, findings)
                    checked += 1
        return checked

    def _form(self, sentence: Sentence, lang: str) -> None:
        text = sentence.text
        assert not re.search(r"[{}]|None|nan|<NA>", text), text
        free = "".join(piece.text for piece in sentence.pieces if piece.kind in ("text", "verdict", "reason"))
        assert not re.search(r"\d", free.replace("Newcombe", "")), free
        for count in (piece for piece in sentence.pieces if piece.kind == "count"):
            assert count.text != "0", text
        if lang == "zh":
            assert not re.search(r"[，。；：、]{2}|^[，。；、]|\s{2}", text.replace("……", "")), text
            assert text.endswith(("。", "？", "；")), text
        else:
            assert not re.search(r" [,.;]|\s{2}|\b1 (?:problems|figures|next steps|changes|errors|doubts)\b", text), (
                text
            )
            assert text.endswith((".", "?")), text
            plain = "".join(p.text for p in sentence.pieces if p.kind in ("text", "verdict", "reason", "count", "year"))
            assert not re.search(r"[一-鿿]", plain), plain

    def _piece(
        self, sentence: Sentence, number: int, piece: Piece, lang: str, findings: dict[str, tuple[str, str]]
    ) -> None:
        check = getattr(self, f"_{piece.kind}", None)
        assert check is not None, piece
        check(sentence, piece, lang, findings)

    def _year(self, sentence: Sentence, piece: Piece, *_: Any) -> None:
        assert int(piece.text) in self.store.years.values(), piece

    def _name(self, sentence: Sentence, piece: Piece, *_: Any) -> None:
        assert piece.text
        assert all(row in self.store.rows or row in self.store.statements for row in piece.rows), piece

    def _ordinal(self, sentence: Sentence, piece: Piece, *_: Any) -> None:
        assert int(self.store.statements[piece.rows[0]]["ordinal"]) == int(piece.text)

    def _count(self, sentence: Sentence, piece: Piece, lang: str, findings: dict[str, tuple[str, str]]) -> None:
        assert int(piece.text) == len(piece.rows) == len(set(piece.rows)) or sentence.section == "done", sentence.text
        assert int(piece.text) == len(piece.rows)
        assert all(self.store.known(row) or row in findings for row in piece.rows)

    def _figure(self, sentence: Sentence, piece: Piece, lang: str, *_: Any) -> None:
        row = self.store.rows[piece.rows[-1]]
        value, lower, upper = float(row["value"]), float(row["lower"]), float(row["upper"])
        numbers = parse(piece.text)
        if row["qualifier"] == "range":
            assert numbers == [lower, upper], (piece, row)
            return
        assert len(numbers) == 1, piece
        assert math.isclose(numbers[0], value, rel_tol=1e-9), (piece, row)
        hedges = "余|约|近|不足|不低于|about|nearly|under|at least|at most|over|more"
        printed = [word for word in re.split("…|(?<=余)|(?<=多)", row.get("wording", "")) if word]
        if lang == "zh" and printed:
            assert all(word in piece.text for word in printed), (piece, row["wording"])
        else:
            assert bool(re.search(hedges, piece.text)) is (row["qualifier"] != "exact"), (piece, row["qualifier"])

    def _ends(self, piece: Piece) -> tuple[tuple[float, float], tuple[float, float], bool]:
        before, after = (self.store.rows[name] for name in piece.rows)
        rate = after["kind"] == "rate"
        return *((float(row["lower"]), float(row["upper"])) for row in (before, after)), rate  # type: ignore[return-value]

    def _change(self, sentence: Sentence, piece: Piece, *_: Any) -> None:
        before, after, rate = self._ends(piece)
        low, high = after[0] - before[1], after[1] - before[0]
        size = sorted((abs(low), abs(high)))
        numbers = parse(piece.text)
        if "%" in piece.text:
            assert not rate
            assert (before[0], after[0]) == (before[1], after[1]), piece
            share = 100 * abs(after[0] - before[0]) / before[0]
            assert math.isclose(numbers[0], share, abs_tol=0.051 if share < 100 else 0.51), piece
        elif len(numbers) == 1:
            assert math.isclose(size[0], size[1], abs_tol=1e-6), piece
            assert math.isclose(numbers[0], size[0], rel_tol=1e-6, abs_tol=1e-6), piece
        else:
            slack = 1e-3 * max(size) + 0.011
            assert -1e-6 <= size[0] - numbers[0] <= slack, (piece, size)
            assert -1e-6 <= numbers[1] - size[1] <= slack, (piece, size)

    def _verdict(self, sentence: Sentence, piece: Piece, lang: str, *_: Any) -> None:
        if sentence.key == "done.change":
            before, after, _rate = self._ends(piece)
            rises, falls = after[0] > before[1], after[1] < before[0]
            direction = self.directions.get(self.store.rows[piece.rows[1]]["indicator_id"], "neutral")
            better = (rises and direction == "higher_better") or (falls and direction == "lower_better")
            said = piece.text.strip("，, ")
            if re.search("增加|提高|^up", said):
                assert rises, piece
            elif re.search("减少|下降|^down", said):
                assert falls, piece
            elif re.search("改善|improvement", said):
                assert better, piece
            else:
                assert re.search("变差|deterioration", said), piece
                worse = (falls and direction == "higher_better") or (rises and direction == "lower_better")
                assert worse, piece
        elif sentence.key == "followed.kept_figure":
            goal, given = (self.store.rows[name] for name in piece.rows)
            missed = re.search("没有|not", piece.text)
            under = goal["qualifier"] == "under"
            value = float(goal["upper"] if under else goal["value"])
            low, high = float(given["lower"]), float(given["upper"])
            met = high <= value if under else low >= value
            assert met is not bool(missed), (piece, goal, given)
        else:
            assert piece.text in ("几乎逐字", "换了说法", "nearly word for word", "in other words"), piece

    def _reason(self, sentence: Sentence, piece: Piece, *_: Any) -> None:
        assert piece.text.strip("，；,; ")
        assert piece.rows

    def _quote(self, sentence: Sentence, piece: Piece, lang: str, findings: dict[str, tuple[str, str]]) -> None:
        identity = piece.rows[0]
        if identity in findings:
            said = findings[identity][0 if lang == "zh" else 1]
            assert piece.text.rstrip("。.") in said, piece
            return
        words = letters(piece.text.replace("……", "").replace("…", ""))
        if "@" in identity:
            report, _, start = identity.partition("@")
            assert letters(self.store.texts[report][int(start) :]).startswith(words), piece
        elif identity in self.store.statements:
            row = self.store.statements[identity]
            parts = [letters(part["text"]) for part in json.loads(row["parts"])]
            whole = [letters(row["text"]), letters(row["text"].replace(row["cause"], ""))]
            assert any(words in own for own in (*whole, *parts)), piece
        else:
            row = self.store.rows[identity]
            own = letters(row["quote"]) if row["quote"] else letters(row["label"])
            assert words in own or words.startswith(own), piece
