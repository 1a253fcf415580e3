"""A synthetic report: pieces in order, rendered to text and truth with exact places."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from . import figures, phrases, printing
from .figures import World
from .places import Place, place
from .printing import Figure, Other

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")


@dataclass(frozen=True, slots=True)
class Open:
    """Start of a named span: a statement, a part, a paragraph, letter, title, colophon."""

    name: str


@dataclass(frozen=True, slots=True)
class Close:
    """End of the innermost open span."""


@dataclass(frozen=True, slots=True)
class Head:
    """A numbered heading; the number is what is printed."""

    level: int
    number: str
    text: str
    before: str = ""
    after: str = "\n\n"
    arabic: bool = False

    @property
    def printed(self) -> str:
        """Number with its sign."""
        if self.level == 2:
            return f"（{self.number}）"
        return f"{self.number}. " if self.arabic else f"{self.number}、"


Piece = str | Figure | Other | Open | Close | Head


@dataclass(frozen=True)
class SyntheticReport:
    """A report that was made up: ``text`` and ``truth`` (as for authored reports) follow from its pieces."""

    place: Place
    year: int
    seed: int
    pieces: tuple[Piece, ...]
    statements: tuple[dict[str, Any], ...] = ()
    faults: tuple[dict[str, Any], ...] = ()
    values: dict[str, float] = field(default_factory=dict, repr=False)

    @property
    def report_id(self) -> str:
        """Code and year."""
        return f"{self.place.code}-{self.year}"

    @cached_property
    def _rendered(self) -> tuple[str, dict[str, Any]]:
        return _render(self)

    @property
    def text(self) -> str:
        """The document."""
        return self._rendered[0]

    @property
    def truth(self) -> dict[str, Any]:
        """Metrics, other numbers, sections, statements, faults, identities that hold: places in ``text``."""
        return self._rendered[1]


def make_report(
    seed: int, region: Place | int = 0, year: int = 2023, *, problems: bool = True, fullness: float = 0.85
) -> SyntheticReport:
    """One clean report: every identity in it holds, and every growth agrees with the report of the year before.

    The same seed and region give a series over the years. ``fullness`` is the share of the sentences that a report
    takes; ``problems=False`` leaves out problems (not next steps).

    >>> one = make_report(3, 5, 2023)
    >>> one.truth["faults"], len(one.text) > 1500, make_report(3, 5, 2023).text == one.text
    ([], True, True)
    """
    here = place(region) if isinstance(region, int) else region
    world = _world(seed, here.code)
    style = random.Random(f"{seed}/{here.code}/style")
    return _Writer(here, year, seed, world, style, problems, fullness).write()


@lru_cache(maxsize=64)
def _world(seed: int, code: str) -> World:
    return World(seed, code)


class _Writer:
    """Puts the pieces of one report together."""

    def __init__(
        self, here: Place, year: int, seed: int, world: World, style: random.Random, problems: bool, fullness: float
    ) -> None:
        self.here, self.year, self.seed, self.world = here, year, seed, world
        self.problems, self.fullness = problems, fullness
        self.rng = random.Random(f"{seed}/{here.code}/{year}")
        self.now, self.before = world.year(year), world.year(year - 1)
        self.arabic = style.random() < 0.25
        self.letter = not self.arabic and style.random() < 0.6
        self.markdown = style.random() < 0.5
        self.gap = " " if style.random() < 0.3 else ""
        self.items = style.random() < 0.4
        self.run_in = style.random() < 0.5
        self.indent = "" if self.markdown else "　　"
        self.plain = self.rng.sample(phrases.PLAIN, len(phrases.PLAIN))
        self.pieces: list[Piece] = []
        self.statements: list[dict[str, Any]] = []

    def write(self) -> SyntheticReport:
        here, year, add = self.here, self.year, self.pieces.append
        govt = f"{here.name}人民政府"
        day = self.rng.randint(8, 26)
        signed = Other(f"{year + 1}年{self.rng.choice((1, 2))}月{day}日", "date")
        if self.letter:
            self.pieces += [
                Open("letter"), f"{here.name[0]}政发", Other(f"〔{year + 1}〕{self.rng.randint(1, 40)}号", "docnumber"),
                f"\n\n{here.name}人大常委会：\n\n{self.indent}现将《{here.full_name}", Other(f"{year}年", "date"),
                f"法治政府建设年度报告》报上，请审阅。\n\n{govt}\n\n", signed, "\n\n", Close(),
            ]  # fmt: skip
        add(Open("title"))
        self.pieces += ["# " if self.markdown else "", f"{here.full_name}人民政府", Other(f"{year}年", "date")]
        self.pieces += ["法治政府建设年度报告", Close(), "\n\n", self.indent]
        self._template(self.rng.choice(phrases.PREAMBLES))
        add("\n\n")
        number = self._body()
        self._closing(number)
        self.pieces += [Open("colophon"), f"{govt}\n\n", signed, "\n", Close()]
        return SyntheticReport(here, year, self.seed, tuple(self.pieces), tuple(self.statements), (), self.now)

    def _heading(self, number: int, text: str) -> None:
        sign = str(number) if self.arabic else NUMERALS[number - 1]
        self.pieces.append(Head(1, sign, text, "## " if self.markdown else "", "\n\n", self.arabic))

    def _body(self) -> int:
        number = 0
        for domain, (_, headings) in phrases.DOMAINS.items():
            chosen = [one for one in phrases.SENTENCES[domain] if self.rng.random() < self.fullness]
            if not chosen:
                continue
            number += 1
            self._heading(number, self._words(self.rng.choice(headings)))
            names = self.rng.sample(phrases.SUBHEADS[domain], min(3, (len(chosen) + 1) // 2))
            for index, name in enumerate(names):
                part = chosen[index * len(chosen) // len(names) : (index + 1) * len(chosen) // len(names)]
                self._paragraph(index + 1, name, part)
        return number

    def _paragraph(self, number: int, name: str, sentences: Sequence[tuple[str, ...]]) -> None:
        sign = str(number) if self.arabic else NUMERALS[number - 1]
        self.pieces.append(Head(2, sign, name, self.indent, "。"))
        self.pieces.append(Open("paragraph"))
        for index, wordings in enumerate(sentences):
            if self.items and len(sentences) > 1:
                self.pieces.append(f"{NUMERALS[index]}是")
            self._template(self.rng.choice(wordings))
            if self.plain and self.rng.random() < 0.35:
                self.pieces.append("，" + self.plain.pop())
            last = index == len(sentences) - 1
            self.pieces.append("。" if last or self.rng.random() < 0.6 else "；")
        self.pieces += [Close(), "\n\n"]

    def _words(self, text: str) -> str:
        return text.replace("{L}", self.here.level).replace("{T}", self.here.township).replace("{N}", self.here.name)

    def _template(self, template: str) -> None:
        """Fill a template: text, figures, names."""
        for token in re.split(r"(\{[^}]+\}|<[^>]+>)", self._words(template)):
            if not token:
                continue
            if token[0] == "<":
                self.pieces.append(Other(token[1:-1], "name"))
            elif token in ("{Y}", "{Z}"):
                self.pieces.append(Other(f"{self.year + (token == '{Z}')}年", "date"))
            elif token[0] == "{":
                self._slot(token[1:-1])
            else:
                self.pieces.append(token)

    def _slot(self, slot: str) -> None:
        key = slot.lstrip("+^>")
        if slot[0] == ">":
            following = self.world.year(self.year + 1)[key]
            kept = self.rng.random() < 0.6
            low = int(following * 0.95) if kept else int(following * 1.06) + 1
            unit = 10 if low > 40 else 1
            low = low // unit * unit if kept else -(-low // unit) * unit
            self.pieces.append(printing.target(key, max(low, 1), self.year + 1, self.rng, self.gap))
            return
        if slot[0] in "+^":
            if self.rng.random() > 0.45:
                return
            now, before = self.now[key], self.before[key]
            if slot[0] == "+":
                claim, words = printing.growth(key, now, before), ("同比增长", "同比下降")
            else:
                places = max(int(self.now[f"{key}/places"]), int(self.before[f"{key}/places"]))
                claim, words = printing.points(key, now, before, places), ("较上年提高", "较上年下降")
            if claim is not None:
                self.pieces += [f"，{words[claim.falls]}", claim]
            return
        self.pieces.append(printing.show(key, self.now, self.rng, self.gap))

    def _closing(self, number: int) -> None:
        """Problems and next steps; which ones there are follows from the place and year."""
        topics = _topics(self.seed, self.here.code, self.year)
        if self.problems:
            number += 1
            self._heading(number, "存在的问题和不足")
            self.pieces.append(self.indent)
            self._template(self.rng.choice(phrases.PROBLEM_INTROS))
            for index, (topic, wording, cause) in enumerate(topics):
                theme, wordings, causes = phrases.PROBLEMS[topic]
                name = f"P{index + 1}"
                self.pieces += [f"{NUMERALS[index]}是", Open(name)]
                for letter, part in zip("ab", wordings[wording].split("，"), strict=False):
                    self.pieces += ["，" if letter == "b" else "", Open(f"{name}{letter}"), part, Close()]
                if causes[cause]:
                    self.pieces += ["，", Open(f"{name}c"), causes[cause], Close()]
                self.pieces += [Close(), "。" if index == len(topics) - 1 else "；"]
                self.statements.append(
                    {"id": name, "kind": "problem", "theme": theme, "topic": topic, "wording": wording}
                )
            self.pieces.append("\n\n")
        number += 1
        self._heading(number, "下一步工作安排")
        self.pieces.append(self.indent)
        self._template(self.rng.choice(phrases.STEP_INTROS))
        others = sorted(set(phrases.STEPS) - {topic for topic, _, _ in topics})
        steps = [topic for topic, _, _ in topics if self.rng.random() < 0.8] + self.rng.sample(others, 2)
        for index, topic in enumerate(steps):
            self._step(index, topic, [one for one, _, _ in topics] if self.problems else [])
        self.pieces.append("\n\n")

    def _step(self, index: int, topic: str, problems: list[str]) -> None:
        theme, answered, heading, actions = phrases.STEPS[topic]
        name = f"N{index + 1}"
        self.pieces += [Open(name), f"{NUMERALS[index]}是{heading}。"]
        for order, action in enumerate(actions):
            self.pieces += ["，" if order else "", Open(f"{name}.{order + 1}")]
            self._template(action)
            self.pieces.append(Close())
        self.pieces += ["。", Close()]
        answers = [{"problem": problems.index(answered) + 1, "strength": "direct"}] if answered in problems else []
        self.statements.append(
            {"id": name, "kind": "next_step", "theme": theme, "topic": topic, "wording": 0, "answers": answers,
             "target": next((action.split("{>")[1][:-1] for action in actions if "{>" in action), "")}
        )  # fmt: skip


@lru_cache(maxsize=256)
def _topics(seed: int, code: str, year: int) -> tuple[tuple[str, int, int], ...]:
    """Problems of a year: (topic, wording, cause); some come back next year, in the same or other words."""
    rng = random.Random(f"{seed}/{code}/topics/{year}")
    kept: list[tuple[str, int, int]] = []
    if year > figures.FIRST_YEAR + 2:
        for topic, wording, cause in _topics(seed, code, year - 1):
            if rng.random() < 0.5:
                kept.append((topic, wording if rng.random() < 0.5 else (wording + 1) % 2, cause))
    free = [topic for topic in phrases.PROBLEMS if topic not in {one for one, _, _ in kept}]
    fresh = [(topic, rng.randrange(2), rng.randrange(2)) for topic in rng.sample(free, max(1, 4 - len(kept)))]
    return tuple(kept + fresh)[:5]


def _render(report: SyntheticReport) -> tuple[str, dict[str, Any]]:
    from .rendering import render

    return render(report)
