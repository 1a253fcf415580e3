"""A message becomes text in the language of its reader."""

from __future__ import annotations

import pickle

from fazhi_analysis.messages import Message, shortened


def test_fields_are_joined_as_the_language_does() -> None:
    message = Message("choice.report.unknown_bundled.remedy", ask_for_data="", reports=["a", "b"])
    assert [message.text(lang) for lang in ("zh", "en")] == ["已存的报告：a、b", "Stored reports: a, b"]
    empty = Message("choice.report.unknown.remedy", reports=[])
    assert [empty.text(lang) for lang in ("zh", "en")] == ["已存的报告：无", "Stored reports: none"]


def test_a_message_inside_another_is_in_the_same_language() -> None:
    inner = Message("choice.division.was", code="159928", name="霁原旗", kind="改名")
    message = Message("choice.place.existing", places=shortened([inner, inner, "b"], 2, "common.more_places"))
    assert str(message) == "现有地方：原为 159928 霁原旗（改名）、原为 159928 霁原旗（改名）等 3 个地方"
    assert message.text("en") == (
        "Available places: formerly 159928 霁原旗 (改名), formerly 159928 霁原旗 (改名) and others, 3 in all"
    )


def test_braces_of_a_field_are_text() -> None:
    assert str(Message("choice.place.existing", places="{places}")) == "现有地方：{places}"


def test_a_key_without_a_text_is_shown_as_it_stands() -> None:
    for key in ("choice.nothing", "nothing.at.all", "甲：{乙}", "", "../x.y", "a\0b"):
        assert Message(key, n=1).text("en") == key


def test_it_survives_another_process() -> None:
    message = Message("choice.place.existing", places=[2021, Message("choice.place.existing", places=[1])])
    assert pickle.loads(pickle.dumps(message)) == message
    assert message != Message("choice.place.existing", places=[])
