"""A title that stands over the body again is no passage printed twice; the same words in the body are."""

from __future__ import annotations

from fazhi_analysis.analysis.audit.runner import audit_extraction
from fazhi_analysis.extracting import extract
from fazhi_analysis.reading import read_text

TITLE = "云汀县人民政府2024年度法治政府建设年度工作情况报告"


def _repeated(text: str) -> int:
    found = audit_extraction(extract(read_text(text)), ["repeated_passage"])
    return len(found)


def test_a_title_printed_again_over_the_body_is_no_repeated_passage() -> None:
    assert _repeated(f"{TITLE}\n\n{TITLE}\n\n一、主要情况\n办结5件。") == 0


def test_the_same_sentence_twice_in_the_body_is_one() -> None:
    sentence = "各苏木镇司法所每月到嘎查开展集中普法宣讲活动3场。"
    assert _repeated(f"{TITLE}\n\n一、主要情况\n{sentence}\n二、其他情况\n{sentence}") == 1
