"""How a run of a Word document looks costs the same in a paragraph of two runs and of two thousand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import docx
import pytest

from fazhi_analysis.reading.formats._docx_visibility import Looks

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STEP = re.compile(r"\{[^}]*\}\w+")


class Node:
    """An element that counts how many of its children are looked at."""

    looked = 0

    def __init__(self, name: str, *children: Node, **values: str) -> None:
        self.tag, self.children, self.values = f"{_W}{name}", children, values
        self.parent: Node | None = None
        for child in children:
            child.parent = self

    def get(self, name: str, default: str | None = None) -> str | None:
        return self.values.get(name.removeprefix(_W), default)

    def find(self, path: str) -> Node | None:
        found: Node | None = self
        for step in _STEP.findall(path):
            found = found and found._child(step)
        return found

    def _child(self, tag: str) -> Node | None:
        for child in self.children:
            Node.looked += 1
            if child.tag == tag:
                return child
        return None

    def iterancestors(self, tag: str | None = None) -> Iterator[Node]:
        at = self.parent
        while at is not None:
            if tag in (None, at.tag):
                yield at
            at = at.parent


def run(colour: str) -> Node:
    return Node("r", Node("rPr", Node("color", val=colour)), Node("t"))


@pytest.mark.parametrize("count", [2, 2000])
@pytest.mark.parametrize("many", ["runs", "paragraphs"])
def test_each_run_is_looked_at_without_the_others(count: int, many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(docx.Document())
    runs = [run(colour) for _ in range(count // 2) for colour in ("FFFFFF", "1F1F1F")]
    Node("body", *([Node("p", *runs)] if many == "runs" else [Node("p", one) for one in runs]))
    monkeypatch.setattr(Node, "looked", 0)
    assert [looks.hidden(one) for one in runs] == ["pale", ""] * (count // 2)
    assert Node.looked < 80 * count


def test_the_style_of_a_paragraph_holds_for_each_of_its_runs() -> None:
    document = docx.Document()
    style = document.styles.add_style("小字", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    paragraph = document.add_paragraph(style=style)
    for number in range(3):
        paragraph.add_run(f"培训{number}场")
    looks = Looks(document)
    assert [looks.hidden(one._r) for one in paragraph.runs] == ["hidden"] * 3
    assert looks.hidden(document.add_paragraph().add_run("办结5件")._r) == ""
