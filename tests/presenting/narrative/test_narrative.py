"""Every figure, count, verdict and quotation of a narrative is taken back to its row; the prose earns no adjective."""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis._paths import bundled_data
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.narrative import Narrative, narrate
from fazhi_analysis.presenting.narrative.builder import shortened
from fazhi_analysis.presenting.narrative.narrative import SECTIONS
from fazhi_analysis.presenting.narrative.narrative_texts import TEXTS, Phrases
from fazhi_analysis.presenting.narrative.narrator import narrative_of

ROOT = Path(__file__).resolve().parents[3]
for extra in (str(ROOT / "tools"), str(Path(__file__).parent)):
    if extra not in sys.path:
        sys.path.insert(0, extra)

from narrative_oracle import Oracle, Store  # noqa: E402

from fazhi_analysis.dataset import write_report_folder  # noqa: E402
from fazhi_analysis.presenting.wording.naming import message_text  # noqa: E402
from fazhi_analysis.presenting.wording.page_texts import Words  # noqa: E402
from synthetic import make_report, metric_rows, statement_rows, store_corpus  # noqa: E402

QUICK = ["ratio", "sum", "part_exceeds_whole", "bounds"]
UNEARNED = (
    "显著|明显|大幅|良好|优异|突出|有效|扎实|圆满|喜人|可喜|严重|令人|十分|非常|极大|稳步|持续|不断|积极|有力|全面|切实|"
    "significant|remarkabl|excellent|strong|impressive|dramatic|severe|substantial|steadil|robust|successful"
)


def directions() -> dict[str, str]:
    return {item.id: item.direction for item in fz.load_catalogue()}


def checked(oracle: Oracle, region: str, year: int, lang: str, data: Any = None) -> tuple[Narrative, int]:
    place_year = PlaceYear.open(region=region, year=year, data=data)
    if data is not None:  # the audit of two hundred reports takes minutes; what the narrative makes of it is the same
        for row in place_year.all_reports.itertuples():
            if int(row.year) in place_year.shown_years:  # a change rests on the figures of both years
                found = fz.audit(str(row.report_id), data=data, rules=QUICK)
                place_year._audited.setdefault(int(row.year), []).extend(found)
    narrative = narrative_of(place_year, Words(lang))
    english = Words("en")
    findings = {str(one.id): (one.message_zh, message_text(one, english)) for one in place_year.findings}
    return narrative, oracle.check(narrative, findings)


def places(data: Any = None) -> list[tuple[str, int]]:
    reports = fz.load_reports(data)
    return sorted({(str(row.region_code) or str(row.region), int(row.year)) for row in reports.itertuples()})


@functools.cache
def bundled_oracle() -> Oracle:
    return Oracle(Store(bundled_data() / "reports", bundled_data() / "sample" / "reports"), directions())


@pytest.fixture(scope="module")
def bundled() -> Oracle:
    return bundled_oracle()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic")
    store_corpus(200, folder, seed=23, years=4, texts=True)
    return folder


EVERY = [
    pytest.param("zh", 11),
    pytest.param("en", 23),
    pytest.param("zh", 1, marks=pytest.mark.nightly),
    pytest.param("en", 1, marks=pytest.mark.nightly),
]
"""Language, and how far apart the reports are that are looked at (no multiple of the four years): all take minutes."""


@pytest.mark.parametrize(("lang", "step"), EVERY)
def test_every_piece_of_the_bundled_places_goes_back_to_its_row(bundled: Oracle, lang: str, step: int) -> None:
    known = places()
    whole = [place for place in known if place[0] in ("159928", "990124", "150623", "440311")]
    chosen = sorted({*known[::step], *whole})
    pieces = sum(checked(bundled, region, year, lang)[1] for region, year in chosen)
    assert len(chosen) >= len(known) // step > 0
    assert pieces > 9 * len(chosen)  # most of the bundled years are a few figures of a public page


@pytest.mark.parametrize(("lang", "step"), EVERY)
def test_every_piece_of_synthetic_reports_goes_back_to_its_row(corpus: Path, lang: str, step: int) -> None:
    oracle = Oracle(Store(corpus / "reports"), directions())
    known = places(corpus)
    assert len(known) == 200
    chosen = known[::step]
    kept = missed = 0
    for region, year in chosen:
        narrative, pieces = checked(oracle, region, year, lang, corpus)
        assert pieces > 10
        outcomes = [sentence for sentence in narrative.sentences if sentence.key == "promises.kept_figure"]
        kept += sum(not re.search("没有达到|not met", sentence.text) for sentence in outcomes)
        missed += sum(bool(re.search("没有达到|not met", sentence.text)) for sentence in outcomes)
    share = 0.25 if step == 1 else 0.15
    assert min(kept, missed) > share * len(chosen)


def test_the_oracle_sees_a_wrong_figure(tmp_path: Path) -> None:
    """The check itself is able to fail: a figure of the file changed behind the narrative's back."""
    store_corpus(2, tmp_path, seed=23, years=2, texts=True)
    store = Store(tmp_path / "reports")
    region, year = places(tmp_path)[-1]
    oracle = Oracle(store, directions())
    narrative, _ = checked(oracle, region, year, "zh", tmp_path)
    cited = next(piece.rows[-1] for one in narrative.sentences for piece in one.pieces if piece.kind == "figure")
    store.rows[cited]["value"] = str(float(store.rows[cited]["value"]) + 1)
    with pytest.raises(AssertionError):
        checked(oracle, region, year, "zh", tmp_path)


def _mutations(piece: Any) -> list[str]:
    """Wrong texts for a piece."""
    text = piece.text
    digits = re.search(r"\d+", text)
    if piece.kind in ("figure", "count", "year", "ordinal", "change") and digits:
        found = [text[: digits.start()] + str(int(digits.group()) + 3) + text[digits.end() :]]
        found += [text.replace("%", "％%").replace("余", "").replace("以上", "")] if "余" in text else []
        return found
    if piece.kind == "verdict":
        swaps = {"达到": "没有达到", "没有达到": "达到", "增加": "减少", "减少": "增加", "提高": "下降", "下降": "提高"}
        swaps |= {
            "，属于改善": "，属于变差",
            "，属于变差": "，属于改善",
            "几乎逐字": "大致相同",
            "换了说法": "大致相同",
        }
        return [swaps[text]] if text in swaps else []
    return [f"{text[:1]}另{text[1:]}"] if piece.kind == "quote" else []


def test_a_text_changed_in_any_piece_is_seen(tmp_path: Path) -> None:
    store_corpus(40, tmp_path, seed=23, years=4, texts=True)
    oracle = Oracle(Store(tmp_path / "reports"), directions())
    tried: dict[str, int] = {}
    unseen: list[tuple[str, str, str]] = []
    for region, year in [("霁原旗", 2024), ("霁原旗", 2023), ("砚桥县", 2024), *places(tmp_path)[3::20]]:
        data = None if year < 2025 and region in ("霁原旗", "砚桥县") else tmp_path
        own = bundled_oracle() if data is None else oracle
        place_year = PlaceYear.open(region=region, year=year, data=data)
        findings = {str(one.id): (one.message_zh, one.message_en) for one in place_year.findings}
        narrative = narrative_of(place_year, Words("zh"))
        own.check(narrative, findings)
        for at, sentence in enumerate(narrative.sentences):
            for number, piece in enumerate(sentence.pieces):
                for wrong in _mutations(piece):
                    pieces = (*sentence.pieces[:number], replace(piece, text=wrong), *sentence.pieces[number + 1 :])
                    changed = replace(sentence, pieces=pieces)
                    sentences = (*narrative.sentences[:at], changed, *narrative.sentences[at + 1 :])
                    tried[piece.kind] = tried.get(piece.kind, 0) + 1
                    try:
                        own.check(replace(narrative, sentences=sentences), findings)
                    except AssertionError:
                        continue
                    unseen.append((piece.kind, wrong, sentence.text))
    assert unseen == []
    assert set(tried) == {"figure", "count", "year", "ordinal", "change", "verdict", "quote"}
    assert min(tried.values()) >= 10


def test_a_verdict_changed_in_the_words_around_it_is_seen() -> None:
    oracle = bundled_oracle()
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    findings = {str(one.id): (one.message_zh, one.message_en) for one in place_year.findings}
    narrative = narrative_of(place_year, Words("zh"))
    swaps = [("再次提出", "未再提及"), ("未再提及", "再次提出"), ("回应", "部分回应"), ("年再次列出", "年未再列出")]
    for old, new in swaps:
        at, sentence = next(
            (at, one) for at, one in enumerate(narrative.sentences) if old in one.text and one.section != "questions"
        )
        pieces = tuple(replace(one, text=one.text.replace(old, new, 1)) for one in sentence.pieces)
        key = sentence.key.replace("repeated", "dropped") if "列出" in old else sentence.key
        sentences = list(narrative.sentences)
        sentences[at] = replace(sentence, pieces=pieces, key=key)
        with pytest.raises(AssertionError):
            oracle.check(replace(narrative, sentences=tuple(sentences)), findings)


def test_one_year_alone_is_compared_with_nothing() -> None:
    narrative = narrate("鄂托克前旗", 2023)
    text = narrative.to_text()
    assert "数据中没有鄂托克前旗2023年以前的报告" in text
    own = "".join(piece.text for one in narrative.sentences for piece in one.pieces if piece.kind != "quote")
    assert not re.search("增加|减少|提高|下降|同比|比20|改善|变差|再次", own)
    assert "问题1：“公众的法治观念和素养偏弱”，没有对应的下一步工作。" in text
    assert "由下一步工作2部分回应，其中“协调小组效果有限”没有对应的下一步工作。" in text
    assert "由下一步工作3回应，其中“执法人员能力不一”没有对应的下一步工作。" in text
    assert "越低越好的比率有1个：行政诉讼败诉率16%（核查存疑）" in text
    assert "负责人出庭" not in text
    assert [sentence.key for sentence in narrative.of("followed")] == ["promises.no_earlier"]


def test_a_place_with_figures_only_says_so() -> None:
    text = narrate("延庆区", 2024).to_text()
    assert "没有收录其中的问题和下一步工作" in text
    assert "报告列出问题" not in text
    assert "only figures" in narrate("延庆区", 2024, lang="en").to_text()


def test_the_fictional_banner_reads_as_its_truth_has_it() -> None:
    text = narrate("霁原旗", 2024).to_text()
    assert "“力争案卷合格率达到95%以上”，2024年为95.8%，达到。" in text
    assert "使持证执法人员达到400名以上”，2024年为402名，达到；其余内容没有可以核对的数字。" in text
    assert "群众诉求办结率力争达到99%以上”无法判断：后一年的有关数字经核查存疑" in text
    assert "“苏木镇综合行政执法机构编制偏少，懂业务、有证件的专业人才引不进、留不住”自2021年起多次列为问题" in text
    assert "零跑腿事项占比86.4%，比2023年的80.5%提高5.8～6.0个百分点，属于改善" in text


def test_a_broken_promise_is_asked_about() -> None:
    text = narrate("砚桥县", 2024).to_text()
    assert "“矛盾纠纷调解成功率稳定在97%以上”，2024年为96.7%，没有达到。" in text
    assert "“矛盾纠纷调解成功率稳定在97%以上”，2024年为96.7%，没有达到的原因是什么？" in text
    assert "报告没有列出问题。" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_templates_hold_no_digits_and_no_unearned_adjectives(lang: str) -> None:
    for key, text in TEXTS.items():
        assert not re.search(r"\d", text[lang]), key
        assert not re.search(UNEARNED, text[lang]), key


def test_english_numbers_agree_with_their_nouns() -> None:
    phrases = Phrases("en")
    assert phrases.plain("problems.count_plain", n=1) == "The report lists 1 problem."
    assert phrases.plain("problems.count_plain", n=3) == "The report lists 3 problems."
    assert phrases.plain("questions.no_target", list="4", n=1).startswith("Next step 4 has no figure")


def test_sources_are_numbered_in_print_and_shown_on_hover() -> None:
    narrative = narrate("霁原旗", 2024)
    html = narrative._repr_html_()
    assert narrative.sources
    for number, source in enumerate(narrative.sources, 1):
        assert f'id="cite-{number}"' in html
        assert source.text in plain_text(html)
    assert 'title="[1] ' in html
    assert narrative.to_text(sources=True).count("\n[") == len(narrative.sources)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))


def test_markup_in_a_report_is_shown_as_characters(tmp_path: Path) -> None:
    report = make_report(1, 0, 2023)
    truth = report.truth
    rows = statement_rows(truth)
    rows[0] = rows[0] | {"text": "<script>alert(1)</script>普法形式单一", "parts": []}
    write_report_folder(
        report.report_id, into=tmp_path, region=truth["region"], region_code=truth["region_code"], year=2023,
        metadata=truth["metadata"], metrics=metric_rows(truth), statements=rows,
    )  # fmt: skip
    html = narrate(truth["region_code"], 2023, data=tmp_path)._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_brief_form_keeps_what_matters() -> None:
    whole = narrate("霁原旗", 2024)
    brief = whole.brief()
    kept = {sentence.key for sentence in brief.sentences}
    assert {"promises.kept_figure", "promises.problem_repeated", "unverified.finding"} <= kept
    assert not {"next_steps.one", "promises.step_dropped"} & kept
    assert {sentence.section for sentence in brief.sentences} == set(SECTIONS)
    assert set(brief.sentences) <= set(whole.sentences)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("普法形式单一。", "普法形式单一"),
        ("甲" * 60, "甲" * 60),
        ("“" + "甲，" * 40 + "”", "“" + "甲，" * 40 + "”"),
        (
            "一二三四五六七八九十，" * 6,
            "一二三四五六七八九十，一二三四五六七八九十，一二三四五六七八九十，一二三四五六七八九十……",
        ),
    ],
)
def test_quotations_end_at_the_end_of_a_clause(text: str, expected: str) -> None:
    assert shortened(text, "……") == expected


def test_wrong_requests_list_what_exists() -> None:
    with pytest.raises(UnknownNameError, match="霁原旗"):
        narrate("霁源旗", 2024)
    with pytest.raises(UnknownNameError, match="2024"):
        narrate("霁原旗", 2030)
    with pytest.raises(UnknownNameError, match="zh"):
        narrate("霁原旗", 2024, lang="fr")


def test_a_promised_figure_is_reported_with_its_own_sources_only() -> None:
    kept_sentences = [one for one in narrate("霁原旗", 2024).sentences if one.key == "promises.kept_figure"]
    cited = [[source.id for source in sentence.sources] for sentence in kept_sentences]
    assert all(len(ids) == len(set(ids)) for ids in cited)
    assert len({tuple(ids) for ids in cited}) == len(cited) > 1
    for sentence, ids in zip(kept_sentences, cited, strict=True):
        rested = {name for piece in sentence.pieces if piece.kind in ("figure", "verdict") for name in piece.rows}
        assert rested <= set(ids)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_narrative_doubts_the_very_figures_that_the_page_of_the_year_doubts(lang: str) -> None:
    """A note is no doubt: of the banner's three rates without a base, only the one under a warning is doubtful."""
    place: dict[str, Any] = {"region": "150623", "year": 2023, "lang": lang}
    year, story = fz.open_page("year_over_year", **place), fz.open_page("problems_next_steps", **place)
    doubtful = [item for item in year.place_year.rows() if year.is_doubted(item)]
    assert doubtful
    mark = Phrases(lang).plain("changes.doubted")
    result = plain_text(str(story.narrative()))
    assert result.count(mark.strip()) == len(doubtful)
    for item in doubtful:
        assert f"{year.figure(item)}{mark}" in result


def test_what_a_person_dismissed_is_not_doubted_in_the_narrative() -> None:
    mark = Phrases("zh").plain("changes.doubted")
    place_year = PlaceYear.open(region="150623", year=2023)
    assert mark in narrative_of(place_year, Words("zh")).to_text()
    judged = PlaceYear.open(region="150623", year=2023)
    judged._audited[2023] = [replace(one, status="dismissed") for one in place_year.findings]
    assert mark not in narrative_of(judged, Words("zh")).to_text()


@pytest.mark.parametrize(("region", "year"), [("霁原旗", 2024), ("霁原旗", 2023), ("砚桥县", 2024), ("延庆区", 2024)])
def test_the_narrative_counts_changes_as_the_page_of_the_year_does(region: str, year: int) -> None:
    result = next(one.text for one in narrate(region, year).sentences if one.key == "changes.compared")
    shown = repr(fz.open_page("year_over_year", region=region, year=year).headline()).replace(" ", "")
    counts = re.search(r"：(改善|变差|增加|减少|持平).*项。", result)
    assert counts
    assert counts.group() in shown
