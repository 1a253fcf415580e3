"""Sentences of last year's report printed again, with other numbers or with none changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.english_figures import printed_en
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule
from fazhi_analysis.analysis.reuse.passages import Reuse, passages, reused_share, shared_passages
from fazhi_analysis.model import Evidence, Finding

RULE = Rule(
    id="reused_text",
    lane="form",
    across_years=True,
    needs_text=True,
    zh=Explanation(
        title="沿用往年文字",
        short="文字沿用",
        checks=(
            "与同一地方上一份报告逐句比较：除数字外一字不差的段落，把改动的数字并排列出；并给出全文沿用的比例。"
            "先减去全国通用的提法。不同地方之间的沿用见语料概览的文本沿用表。"
        ),
        why="只改数字的段落容易留下没有改的旧数，也说明工作情况没有重新写。",
        source="winnowing（Schleimer 等 2003）",
        example="上年“评查案卷316件，合格293件”，本年“评查案卷338件，合格318件”，其余文字相同。",
        can_be_wrong="固定的统计口径本来就宜用固定的写法；沿用本身不是差错。",
    ),
    en=Explanation(
        title="Wording of an earlier year printed again",
        short="reused text",
        checks=(
            "Compared with the same place's last report sentence by sentence: passages that are the same but for "
            "their numbers, with the changed numbers side by side, and the share of text that is used again. "
            "National phrases are taken off first. Reuse between places is a table of the corpus survey."
        ),
        why="Where only numbers change, old ones are easily left, and the work was not described anew.",
        source="winnowing (Schleimer et al. 2003)",
        example=(
            "Last year “316 files reviewed, 293 passed”, this year “338 files reviewed, 318 passed”, all other "
            "words the same."
        ),
        can_be_wrong="Standing statistics are best given in standing words; reuse is no fault.",
    ),
)

_SHORTEST = 40
_FEWEST_EDITS = 2
_SHOWN = 6


def _edits(item: Reuse) -> tuple[str, str]:
    """The numbers that changed, as they are printed and in English."""
    shown, more = item.edits[:_SHOWN], "…" if len(item.edits) > _SHOWN else ""
    zh = "，".join(f"{before}→{now}" for before, now in shown)
    en = ", ".join(f"{printed_en(before)} → {printed_en(now)}" for before, now in shown)
    return zh + more, en + more


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places with those joined that have only blanks between them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _places(text: str, spans: Sequence[tuple[int, int]]) -> list[Evidence]:
    """The same sentences as evidence, without what stands between them."""
    return [Evidence(start, end, text[start:end]) for start, end in _joined(text, spans)]


def check(context: AuditContext) -> Iterable[Finding]:
    """A note for each longer stretch in which only numbers changed, and one with the share of reused sentences."""
    if context.report is None or not context.texts:
        return
    from fazhi_analysis.reading import read_text

    year = max(context.texts)
    clean = context.report.clean
    mine = passages(clean.text, clean.offsets)
    earlier = read_text(context.texts[year], name=str(year)).clean.text
    theirs = passages(earlier)
    reuse = shared_passages(mine, theirs)
    listed = 0
    rest: list[Evidence] = []
    for item in reuse:
        if len(item.edits) < _FEWEST_EDITS or item.characters < _SHORTEST:
            rest += _places(context.report.text, item.spans)
            continue
        edits, edits_en = _edits(item)
        found = RULE.finding(
            "note",
            f"与{year}年报告相同的{item.sentences}句，只改了{len(item.edits)}个数字（{edits}）；请核对各数已经更新。",
            f"{item.sentences} sentence{'s' if item.sentences > 1 else ''} of the {year} report with only "
            f"{len(item.edits)} numbers changed ({edits_en}); check that every figure is up to date.",
            _places(context.report.text, item.spans),
        )
        listed += item.sentences
        # Both versions side by side; the id rests on this report's place alone.
        before = "……".join(earlier[start:end] for start, end in _joined(earlier, item.other_spans))
        yield replace(found, evidence=(*found.evidence, Evidence(None, None, f"{year}：{before}")))
    share = reused_share(mine, reuse)
    if share >= 0.05:
        unchanged = sum(item.unchanged for item in reuse)
        total = sum(item.sentences for item in reuse)
        others = total - listed
        zh = [f"{listed}句另行逐条列出"] * bool(listed) + [f"{others}句见本条依据"] * bool(others)
        en = [f"{listed} of them are listed one by one"] * bool(listed) + [f"{others} stand below"] * bool(others)
        edited = total - unchanged
        kinds = [f"{unchanged}句连数字也相同"] * bool(unchanged) + [f"{edited}句只改了数字"] * bool(edited)
        kinds_en = [f"in {unchanged} the numbers are the same too"] * bool(unchanged)
        kinds_en += [f"in {edited} only numbers changed"] * bool(edited)
        found = RULE.finding(
            "note",
            f"除数字和全国通用提法外，{total}句与{year}年报告一字不差，占实质文字的{share:.0%}：{'，'.join(kinds)}"
            f"（{'，'.join(zh)}）。请核对是否如实反映本年情况。",
            f"{total} sentences stand word for word in the {year} report, numbers and national phrases aside: "
            f"{share:.0%} of the text of substance; {', '.join(kinds_en)} ({', '.join(en)}). Check that they describe "
            "this year.",
            [],
            key="share",
        )
        yield replace(found, evidence=tuple(rest))  # the id rests on the report, whichever sentences are the same
