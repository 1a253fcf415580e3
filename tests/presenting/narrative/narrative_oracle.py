"""Takes every piece of a narrative back to the files that it came from, without the code that wrote it.

Figures are parsed from their wording and compared with ``metrics.csv``; changes and verdicts are computed again from
the rows that they name; quotations are looked up; counts are counted; free text may hold no digit.
"""

from __future__ import annotations

import csv
import json
import math
import re
import unicodedata
from pathlib import Path
from typing import Any

from fazhi_analysis.presenting.narrative.narrative import Narrative, Piece, Sentence

SCALES = {"万": 1e4, "亿": 1e8, "thousand": 1e3, "million": 1e6, "billion": 1e9}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|thousand|million|billion)?")
UNSOURCED = {"problems.paraphrase", "unverified.elsewhere", "questions.none"}
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


TALLIES = (
    ("再次提出$|^ named again", "repeated"),
    ("未再提及$|^ not mentioned", "dropped"),
    ("无法判断$|^ that cannot", "cannot_tell"),
    ("有据落实$|与数字不符$|^ kept|^ contradicted", "settled"),
)


def alike(one: str, other: str) -> float:
    """Share of neighbouring letters that two wordings have in common (of the shorter)."""
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (letters(one), letters(other))]
    return len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))


def letters(text: str) -> str:
    """Letters and digits only, compatible characters made one: for looking up quotations."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


class Oracle:
    """Checks narratives of one store."""

    def __init__(self, store: Store, directions: dict[str, str]) -> None:
        self.store = store
        self.directions = directions
        self.year = 0

    def check(self, narrative: Narrative, findings: dict[str, tuple[str, str]]) -> int:
        """Check every sentence; returns how many pieces were taken back to rows."""
        checked = 0
        self.year = int(next(iter(re.findall(r"20\d\d", narrative.title))))
        self._tallies(narrative)
        for sentence in narrative.sentences:
            self._form(sentence, narrative.lang)
            cited = {source.id for source in sentence.sources}
            assert sentence.key in UNSOURCED or cited, sentence.text
            assert all(self.store.known(one) or one in findings for one in cited), sentence.text
            if sentence.key == "problems.one":
                self._answers(sentence, narrative.lang)
            if re.fullmatch("promises\\.(problem|step)_(repeated|dropped)", sentence.key):
                self._fate(sentence)
            for number, piece in enumerate(sentence.pieces):
                if piece.kind != "text":
                    self._piece(sentence, number, piece, narrative.lang, findings)
                    checked += 1
        return checked

    def _answers(self, sentence: Sentence, lang: str) -> None:
        """What is said to answer a problem is what the next steps of the file answer."""
        name = sentence.pieces[[piece.kind for piece in sentence.pieces].index("ordinal")].rows[0]
        problem, report = self.store.statements[name], name.partition(":")[0]
        steps = [
            row
            for row in self.store.statements.values()
            if row["kind"] == "next_step" and row["row_id"].partition(":")[0] == report
        ]
        expected = {
            (int(step["ordinal"]), answer["strength"])
            for step in steps
            for answer in json.loads(step["answers"])
            if answer["problem"] == int(problem["ordinal"]) and answer["strength"] != "none"
        }
        wording, strength = set(), ""
        for piece in sentence.pieces:
            if piece.kind == "text" and re.search("回应|answered by", piece.text) is None:
                strength = strength if piece.text in ("、", ", ", " and ") else ""
            if piece.kind == "text" and (
                marks := re.findall("由下一步工作|(partly )?answered by next step", piece.text)
            ):
                strength = "partial" if marks[-1] else "direct"
            if piece.kind == "ordinal" and piece.rows[0] != name:
                wording.add((int(piece.text), strength))
        if lang == "zh":
            parts = re.findall(r"由下一步工作([\d、]+)(部分)?回应", sentence.text)
            wording = {(int(one), "partial" if part else "direct") for ones, part in parts for one in ones.split("、")}
        assert wording == expected, (sentence.text, expected)
        quotes = [piece for piece in sentence.pieces if piece.kind == "quote"][1:]
        unanswered = [part for part in json.loads(problem["parts"]) if part.get("answered") == "none"]
        if expected and len(unanswered) < len(json.loads(problem["parts"])):
            assert len(quotes) == len(unanswered), sentence.text
        assert bool(re.search("，没有对应的下一步工作|which no next step", sentence.text)) is bool(
            steps and not expected
        )

    def _fate(self, sentence: Sentence) -> None:
        """An entry said again stands in the later report; one that was dropped does not, word for word."""
        name = next(piece.rows[0] for piece in sentence.pieces if piece.kind == "quote")
        earlier = self.store.statements[name]
        year = int(next(piece.text for piece in sentence.pieces if piece.kind == "year"))
        later = [
            row
            for row in self.store.statements.values()
            if int(row["year"]) == year and row["kind"] == earlier["kind"] and row["region"] == earlier["region"]
        ]
        if sentence.key.endswith("_repeated"):
            cited = {source.id for source in sentence.sources}
            nearest = [row for row in later if row["row_id"] in cited]
            assert nearest, sentence.text
            assert any(alike(earlier["text"], row["text"]) > 0 for row in nearest), sentence.text
            if re.search("几乎逐字|word for word", sentence.text):
                assert max(alike(earlier["text"], row["text"]) for row in nearest) > 0.5, sentence.text
        else:
            assert all(alike(earlier["text"], row["text"]) < 0.6 for row in later), sentence.text

    def _tallies(self, narrative: Narrative) -> None:
        """What is counted of earlier entries is what is then told of each."""
        verdicts: dict[tuple[str, str], set[str]] = {}
        for sentence in narrative.sentences:
            key = re.fullmatch("promises\\.(?:problem|step)_(repeated|dropped|cannot_tell)", sentence.key)
            verdict = key[1] if key else "settled" if sentence.key.startswith("promises.kept_") else ""
            if verdict:
                own = next(source.id for source in sentence.sources)
                verdicts.setdefault((self.store.statements[own]["kind"], verdict), set()).add(own)
        for sentence in narrative.sentences:
            if sentence.key not in ("promises.problems_count", "promises.steps_count"):
                continue
            kind = "problem" if sentence.key == "promises.problems_count" else "next_step"
            counts = [piece for piece in sentence.pieces if piece.kind == "count"][1:]
            verdicts_of_kind = {verdict: names for (own, verdict), names in verdicts.items() if own == kind}
            assert sum(len(names) for names in verdicts_of_kind.values()) == sum(len(piece.rows) for piece in counts)
            for number, piece in enumerate(sentence.pieces):
                if piece.kind != "count" or piece is next(one for one in sentence.pieces if one.kind == "count"):
                    continue
                before, after = sentence.pieces[number - 1].text, sentence.pieces[number + 1].text
                words = before if narrative.lang == "zh" else after
                verdict = next((name for pattern, name in TALLIES if re.search(pattern, words)), "")
                assert verdict, sentence.text
                assert set(piece.rows) <= verdicts_of_kind[verdict], (sentence.text, verdict)

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
        """A year is that of a cited report; one from before all of them begins a chain."""
        cited = {self.store.years[one.report_id] for one in sentence.sources if one.report_id in self.store.years}
        since = sentence.key.endswith("_repeated") and sentence.pieces[-2:-1] == (piece,)
        if sentence.key == "questions.persistent" or (since and re.search("最早|earliest", sentence.text)):
            assert int(piece.text) < min(cited), (sentence.text, piece)
            assert int(piece.text) in self.store.years.values(), piece
            return
        title = {self.year} if sentence.section in ("questions", "followed") else set()
        assert int(piece.text) in cited | title, (sentence.text, piece)

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
        if sentence.key == "changes.change":
            before, after, _rate = self._ends(piece)
            rises, falls = after[0] > before[1], after[1] < before[0]
            direction = self.directions.get(self.store.rows[piece.rows[1]]["indicator_id"], "neutral")
            better = (rises and direction == "higher_better") or (falls and direction == "lower_better")
            wording = piece.text.strip("，, ")
            if re.search("增加|提高|^up", wording):
                assert rises, piece
            elif re.search("减少|下降|^down", wording):
                assert falls, piece
            elif re.search("改善|improvement", wording):
                assert better, piece
            else:
                assert re.search("变差|deterioration", wording), piece
                worse = (falls and direction == "higher_better") or (rises and direction == "lower_better")
                assert worse, piece
        elif sentence.key == "promises.kept_figure":
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
            wording = findings[identity][0 if lang == "zh" else 1]
            assert piece.text.rstrip("。.") in wording, piece
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
