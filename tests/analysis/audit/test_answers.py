"""What an answer to a duty says is read back as it was written."""

from __future__ import annotations

import pytest

from fazhi_analysis.analysis.audit.answers import answer, answer_of
from fazhi_analysis.analysis.audit.duties import contents_for
from fazhi_analysis.analysis.audit_rulebook import rule_of

RULE = rule_of("statutory_content")


@pytest.mark.parametrize("result", ["yes", "weak", "no", "cannot tell"])
@pytest.mark.parametrize("why", [("", ""), ("理由：见第二部分。", "Reason: see part 2.")])
def test_every_answer_to_every_duty_is_read_back(result: str, why: tuple[str, str]) -> None:
    for content in contents_for(None):
        duty = content.title_zh, content.title_en
        found = answer(RULE, content.key, result, duty, why, {"no": ("请补写。", "Add it.")})
        assert answer_of(found.message_zh, found.message_en) == (duty, result)


@pytest.mark.parametrize("zh", ["办结62件，多于受理的58件：请核对。", "审查结论：通过。", "三是未见成效。", ""])
def test_other_messages_answer_no_duty(zh: str) -> None:
    assert answer_of(zh, "Something else: see there.") is None
