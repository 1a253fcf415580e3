"""One measure given for several scopes, whose values must not be added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import name_en, shown_en
from fazhi_analysis.analysis.audit.evidence import evidence_of
from fazhi_analysis.analysis.audit.printed import shown
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.catalogue import unit_group
from fazhi_analysis.model import Finding, Quantity

RULE = Rule(
    id="several_scopes",
    lane="figures",
    zh=Explanation(
        title="同一事项、几种口径",
        short="多个口径",
        checks="同一类指标按不同对象或范围各报一个数。",
        why="口径不同的数不能相加，也不能互相替代。",
        source="报告体裁的常见陷阱（Same indicator, other scope）",
        example="合法性审查意见书：为政府186份、为部门及镇124份、为党委政府271份。",
        can_be_wrong="几个数也可能确有包含关系，文中没有写明。",
    ),
    en=Explanation(
        title="One measure in several scopes",
        short="several scopes",
        checks="One kind of indicator with a figure for each of several recipients or areas.",
        why="Figures of different scopes can neither be added nor stand for each other.",
        source="common traps of these reports",
        example=(
            "Legal opinions: 186 for the government, 124 for departments and towns, 271 for Party committee and "
            "government."
        ),
        can_be_wrong="Some may contain others without the text saying so.",
    ),
)

_SCOPE_WORDS = {"govt", "departments", "party", "total", "district", "city", "banner", "township"}


def _family(indicator_id: str) -> str:
    """An indicator without the words of its id that name a scope."""
    return "_".join(word for word in indicator_id.split("_") if word not in _SCOPE_WORDS)


def _values(rows: Iterable[Quantity]) -> set[tuple[float | None, float | None]]:
    return {(row.lower, row.upper) for row in rows}


def check(context: AuditContext) -> Iterable[Finding]:
    """One note for each family of indicators that has different values for different scopes."""
    families: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for row in context.counted_results:
        if row.indicator_id and row.kind != "rate":
            families[_family(row.indicator_id), unit_group(row.unit)].append(row)
    for rows in families.values():
        if len({(row.indicator_id, row.scope) for row in rows}) < 2 or len(_values(rows)) < 2:
            continue
        listed = "、".join(f"{row.label or row.indicator_id}{shown(row)}" for row in rows)
        listed_en = ", ".join(f"{name_en(row)} {shown_en(row)}" for row in rows)
        yield RULE.finding(
            "note",
            f"同一类事项按不同口径各有一个数（{listed}），对象不同，不能相加，请分别引用。",
            f"One kind of measure is given for several scopes ({listed_en}): the recipients "
            "or areas differ, so they must not be added: quote each with its scope.",
            [evidence_of(row) for row in rows],
        )
