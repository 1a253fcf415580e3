"""What an audit rule is, and which there are: those of ``analysis/audit/rules`` and those of installed packages.

A rule is one module with ``RULE``, which holds all that others have to know about the rule, and ``check(context)``,
which finds what the rule is about. Rules that share one ``check`` stand together in ``RULES``. Pages, workbook,
narrative and analyses ask the rule for its names and what it doubts; none of them holds a list of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from types import ModuleType
from typing import Any, Literal, TypeVar

from fazhi_analysis import plugins
from fazhi_analysis.errors import PluginError, UnknownNameError
from fazhi_analysis.model import Evidence, Finding, Severity

FOLDER = "fazhi_analysis.analysis.audit.rules"

Lane = Literal["figures", "form", "duties"]
Doubts = Literal["levels", "subject", "change"]
Identity = Literal["", "ratio", "sum"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A rule's names and what a reader must know about it, in one language; ``short`` is for cells and marks."""

    title: str
    short: str
    checks: str
    why: str
    source: str
    example: str
    can_be_wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All facts about one audit rule.

    Parameters
    ----------
    id:
        As in findings; letters, digits and underscores.
    lane:
        ``figures``, ``form`` or ``duties``. Rules about duties answer what the law asks for, and are listed by duty.
    zh, en:
        Names and explanation in both languages; docs/rules.md is made of them.
    needs_text:
        The rule runs on a document only; its findings are stored with the report, since bundled data of real reports
        hold no text. The others run on stored rows as well.
    across_years:
        It looks at the report of the year before as well: some of its findings are there only with that report.
    doubts:
        What an error or warning puts in doubt: the printed ``levels`` of all figures of its evidence; only the
        ``subject``, the first figure, where the others are what it was tried against; or the ``change`` between the
        figures, of which each may be right by itself.
    identity:
        ``ratio`` where the evidence is a rate, its cases and its base, ``sum`` where it is a total and its parts: then
        the other figures lead to a value of their own. Empty for all other rules.
    leads:
        Its findings stand at the top of the page of checks even as notes.
    quotes:
        Its Chinese message quotes the report after a colon; the quotation is not stored where the text may not be kept.

    Examples
    --------
    >>> rule = rule_of("ratio")
    >>> rule.name("zh"), rule.text("en").title, rule.lane
    ('比率核对', 'A rate against its own counts', 'figures')
    """

    id: str
    lane: Lane
    zh: Explanation
    en: Explanation
    needs_text: bool = False
    across_years: bool = False
    doubts: Doubts = "levels"
    identity: Identity = ""
    leads: bool = False
    quotes: bool = False

    def text(self, lang: str) -> Explanation:
        """Names and explanation in one language."""
        return self.zh if lang == "zh" else self.en

    def name(self, lang: str) -> str:
        """The short name in one language."""
        return self.text(lang).short

    @property
    def doubts_levels(self) -> bool:
        """Whether its errors and warnings doubt a printed level: those about a change, the form or a duty do not."""
        return self.lane == "figures" and self.doubts != "change"

    def doubted(self, figures: Sequence[T]) -> Sequence[T]:
        """Those figures of an error's or warning's evidence that are in doubt, the subject standing first.

        >>> rule_of("ratio").doubted(["rate", "base"]), rule_of("attainable_rate").doubted(["rate", "base"])
        (['rate', 'base'], ['rate'])
        """
        if self.lane != "figures":
            return figures[:0]
        return figures[:1] if self.doubts == "subject" else figures

    def finding(
        self, severity: Severity, message_zh: str, message_en: str, evidence: Iterable[Evidence], *, key: str = ""
    ) -> Finding:
        """A finding of this rule, whose id depends on the rule, the places of its evidence and ``key``, nothing else.

        The row stands for the place of a figure that has none.

        >>> rule = rule_of("sum")
        >>> a = rule.finding("note", "甲", "a", [Evidence(1, 2)])
        >>> a.id == rule.finding("error", "乙", "b", [Evidence(1, 2)]).id
        True
        """
        places = tuple(evidence)
        text = "|".join(
            [self.id, key, *(item.row if item.start is None else f"{item.start}-{item.end}" for item in places)]
        )
        digest = sha256(text.encode()).hexdigest()[:8]
        return Finding(f"{self.id}-{digest}", self.id, severity, message_zh, message_en, places)


@dataclass(frozen=True, slots=True)
class Checker:
    """The rules of one module with the function that applies them to an ``AuditContext``."""

    part: plugins.Part
    rules: tuple[Rule, ...]
    check: Callable[[Any], Iterable[Finding]]


@cache
def checkers() -> tuple[Checker, ...]:
    """Every module of rules, those of this package first; a broken one of another package is reported and left out."""
    found: list[Checker] = []
    for part, module in plugins.load_all("rules", FOLDER, "check"):
        with plugins.reporting(part):
            found.append(_checker(part, module, {rule.id for one in found for rule in one.rules}))
    return tuple(found)


def _checker(part: plugins.Part, module: ModuleType, taken: set[str]) -> Checker:
    rules = tuple(getattr(module, "RULES", ())) or (getattr(module, "RULE", None),)
    if not all(isinstance(rule, Rule) for rule in rules):
        raise PluginError(part.place, "plugin.not_a_rule")
    twice = sorted({rule.id for rule in rules if isinstance(rule, Rule)} & taken)
    if twice:
        raise PluginError(part.place, "plugin.id_taken", ids=twice)
    return Checker(part, rules, module.check)


@cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for checker in checkers() for rule in checker.rules}


def load_rules(ids: Iterable[str] | None = None) -> Iterator[Rule]:
    """Rules by id, all of them by default, in alphabetical order.

    Raises
    ------
    UnknownNameError
        An id that no rule has; the remedy lists those that exist.
    PluginError
        The id names a rule of another package that does not work.

    >>> next(iter(load_rules(["ratio"]))).en.title
    'A rate against its own counts'
    """
    known = _by_id()
    wanted = sorted(known if ids is None else set(ids))
    for name in wanted:
        if name not in known:
            raise plugins.broken(name) or UnknownNameError(name, "choice.rule.unknown", rules=sorted(known))
    yield from (known[name] for name in wanted)


def rule_of(rule_id: str) -> Rule:
    """The rule of a finding. Where no such rule is installed any more, one that is called by its id.

    >>> rule_of("a_rule_of_old").name("en")
    'a_rule_of_old'
    """
    known = _by_id().get(rule_id)
    if known is not None:
        return known
    unknown = Explanation(title=rule_id, short=rule_id, checks="", why="", source="", example="", can_be_wrong="")
    return Rule(id=rule_id, lane="figures", zh=unknown, en=unknown)
