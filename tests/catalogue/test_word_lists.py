"""Lists of words: one home each, put together to patterns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fazhi_analysis.catalogue import word_lists as module
from fazhi_analysis.catalogue.word_lists import first_look, pattern, phrase, words
from fazhi_analysis.errors import CatalogueError

SOURCE = Path(module.__file__).resolve().parents[1]
NAMES = sorted(module._lists())


def test_every_list_compiles_and_holds_no_entry_twice() -> None:
    for name in NAMES:
        assert pattern(f"<{name}>"), name
        own = module._lists()[name]
        assert own, name
        assert len(own) == len(set(own)), name


def test_a_first_look_lets_every_entry_through() -> None:
    text = re.sub(r"[^\u4e00-\u9fff]+", "，", "，".join(entry for one in NAMES for entry in words(one)))
    looked = [name for name in NAMES if first_look(name)]
    assert looked
    for name in looked:
        with_look = re.compile(first_look(name) + f"(?:{phrase(f'<{name}>')})")
        found = [match.span() for match in re.compile(f"(?:{phrase(f'<{name}>')})").finditer(text)]
        assert [match.span() for match in with_look.finditer(text)] == found, name


def test_entries_that_may_begin_with_anything_get_no_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    for entry in ("各?县", "(?:农?工)委", "[省市]?级", "[^省市]级", "局|厅", "(?:教|科)?委"):
        monkeypatch.setattr(module, "words", lambda _name, entry=entry: ("局", entry))
        assert first_look("any") == "", entry


def test_a_class_at_the_beginning_of_an_entry_belongs_to_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "words", lambda _name: ("局", r"(?<!大)[\s、，（(]", "[由从]每"))
    look = re.compile(first_look("any"))
    assert [char for char in "局由从 、(每大" if look.match(char)] == list("局由从 、(")


def test_every_list_is_used_and_every_name_exists() -> None:
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("catalogue/data/*.csv")]
    asked = set(re.findall(r"%([a-z ]+)", (SOURCE / "extracting" / "data" / "link_rules.csv").read_text("utf-8")))
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    within = "\n".join(entry for entries in module._lists().values() for entry in entries)
    unused = [name for name in NAMES if f"<{name}>" not in code + within and f'"{name}"' not in code]
    assert set(unused) <= asked <= set(NAMES)
    assert set(re.findall(r"(?<!\?P)<([a-z]+(?: [a-z]+)+)>", within)) <= set(NAMES)


def test_a_list_inside_another_brings_its_entries() -> None:
    assert set(words("rise plain")) < set(words("rise verbs")) < set(words("rise"))
    assert not set(words("rise")) & set(words("fall"))


def test_a_list_stands_in_a_group_unless_it_is_a_branch() -> None:
    any_noun = "|".join(words("fall nouns"))
    assert phrase("(?P<fall><fall nouns>|x)") == f"(?P<fall>{any_noun}|x)"
    assert phrase("(?<!y)<fall nouns>") == f"(?<!y)(?:{any_noun})"


def test_an_unknown_list_names_the_known_ones() -> None:
    with pytest.raises(CatalogueError, match="rise verbs"):
        words("no such list")


def test_a_list_in_two_files_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    file.write_text("# again\n[rise]\n涨\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"more\.txt"):
        module._read(file, module._lists())
