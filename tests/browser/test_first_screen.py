"""The first screen of a phone answers what changed, what cannot be relied on, what was promised and what to ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.notebook_html import render
from fazhi_analysis.running.results.start_page import Contents, start_page

PAGES = ["year_over_year", "problems_next_steps", "data_quality"]
SEEN = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const seen = [], range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    const boxes = [...range.getClientRects()];
    const text = walker.currentNode.textContent;
    if (boxes.length ? boxes.every(box => box.bottom <= innerHeight) : !text.trim()) seen.push(text);
  }
  return seen.join("");
}"""


FIRST_SCREEN = {
    ("霁原旗", 2024, "zh"): [
        "零跑腿事项占比由80.5%升至86.4%，改善",  # what changed
        "2023年督察反馈（发现）问题数只有27个，可能出于偶然",
        "群众诉求办结率：4055件 ÷ 4120件 = 98.42%，报告写为99.42%（错误）",  # what cannot be relied on
        "调解个案补贴金额20.5元，2023年19.2万元",
        "未达到：普法宣传活动86场次（承诺不少于90场次；算得84，结论相同）",  # what came of each promise
        "持证行政执法人员402名（承诺400名以上）",
        "不能判断：群众诉求办结率99.42%（承诺99%以上；算得98.42%，结论不同）",
        "今年未再提“强化督察考核”；又一次承诺“完善矛盾纠纷多元化解机制”",
        "核对县级领导接访人次、群众诉求办结率、普法宣传活动场次",  # what to ask, of which figure
        "普法宣传活动86场次，承诺不少于90场次，为何没有达到？",
        "“法治队伍建设仍有短板”（2021年起）、“普法宣传的针对性不强”（2023年起）连年列为问题，何时解决、由谁负责？",
        "补写第一责任人履职情况：《督察工作规定》要求写明，报告没有写。",
    ],
    ("霁原旗", 2024, "en"): [
        "Share of items needing no visit rose from 80.5% to 86.4%, better",
        "problems found by rule-of-law inspection were only 27 in 2023: it may be chance",
        "growth of legal-aid cases handled 25% (152 cases to 168 cases gives 10.53%)",
        "Completion rate of public requests: 4055 ÷ 4120 requests = 98.42%, but the report says 99.42% (error)",
        "Not met: legal publicity events 86 (promised at least 90 events",
        "certified enforcement officers 402 (promised 400 or more people)",
        "Cannot be judged: completion rate of public requests 99.42% (promised 99% or more; recomputed 98.42%)",
        "Not mentioned again: Party leadership and implementation; promised again: dispute prevention and resolution",
        "Check against the records before quoting: petitioners received by county-level leaders, completion rate",
        "Legal publicity events 86, promised at least 90 events: why was it missed?",
        "Party leadership and implementation (since 2021) and legal services and publicity (since 2023). Who solves",
        "Add what the rules require and the report lacks: duties of the chief officials responsible.",
    ],
    ("砚桥县", 2024, "en"): [
        "Not met: dispute mediation success rate 96.7% (promised 97% or more)",
        "Check against the records before quoting: certified enforcement officers, administrative penalty cases",
        "Set a measurable target or a date for dispute prevention and resolution (“推进源头治理”) and Party leadership",
        "Add what the rules require and the report lacks: causes of shortcomings",
    ],
    ("鄂托克前旗", 2023, "zh"): [
        "行政诉讼败诉率：按16件算，得不到16%：2件为12.5%，3件为18.75%（存疑）",
        "核对行政诉讼败诉率的原始台账，更正前不要引用",
        "没有对应的措施",
    ],
    ("鄂托克前旗", 2023, "en"): [
        "16 lawsuits cannot give 16%: 2 would be 12.5% and 3 would be 18.75%",
        "Check against the records before quoting: loss rate in administrative litigation",
        "No planned action answers this problem: dispute prevention and resolution (“公众的法治观念和素养偏弱”)",
        "Set a measurable target",
    ],
}
HEADINGS = {
    "zh": ("暂不能采信的数字", "上年承诺落实情况", "建议请起草单位核实和答复"),
    "en": (
        "What cannot be relied on until checked",
        "What came of last year's promises",
        "What to ask the drafting office",
    ),
}


@pytest.mark.parametrize("which", FIRST_SCREEN, ids=lambda which: "-".join(map(str, which)))
def test_the_first_screen_of_a_phone_answers(page: Page, tmp_path: Path, which: tuple[str, int, str]) -> None:
    region, year, lang = which
    draft = start_page(PlaceYear.open(region=region, year=year), Words(lang), Contents(PAGES))
    (tmp_path / "index.html").write_text(render(draft, other="other.html"), encoding="utf-8")
    page.goto((tmp_path / "index.html").as_uri())
    seen = page.evaluate(SEEN)
    for text in (*HEADINGS[lang], *FIRST_SCREEN[which]):
        assert text in seen
    assert not re.search("SHA|manifest|笔记本|csv", seen)
    assert not re.search(r"(?<![\d.])[12](?:条|项承诺|处)|\b[12] (?:figures?|promises?|problems?)\b", seen)
    if lang == "en":  # Chinese words only stand behind an English name, where there is room
        page.evaluate("document.querySelectorAll('.fz-original').forEach(item => item.remove())")
        assert not re.search("[一-鿿]", page.evaluate("document.querySelector('.fz-brief').innerText"))
