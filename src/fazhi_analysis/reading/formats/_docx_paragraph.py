"""Text of one Word paragraph as a reader sees it, and what stands in it that is no text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from fazhi_analysis.reading.formats._docx_visibility import Looks
from fazhi_analysis.reading.omissions import Omission
from fazhi_analysis.reading.visibility import raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"

_SKIPPED = {
    *(f"{_W}{name}" for name in ("moveFrom", "pPr", "rPr", "txbxContent", "rt")),
    *(f"{_M}{name}" for name in ("rPr", "ctrlPr", "oMathParaPr")),
    f"{_MC}Fallback",
}
_SIGNS = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_BREAKS = {f"{_W}br": "line", f"{_W}cr": "line", f"{_W}lastRenderedPageBreak": "page"}  # where none is named
_SHAPES = {f"{_W}drawing", f"{_W}pict", f"{_W}object"}
# Digits and signs that the old font Symbol keeps at its own places.
_SYMBOLS = {**{0xF000 + code: chr(code) for code in range(0x21, 0x3B)}, 0xF0B1: "±", 0xF0B3: "≥", 0xF0A3: "≤"}
_PLAIN_MATH = {f"{_M}{name}" for name in ("oMath", "oMathPara", "r", "t", "rPr", "ctrlPr", "oMathParaPr", "jc", "sty")}
_SMALLEST = 900_000  # English metric units (2.5 cm): lesser pictures are marks and seals
_PER_POINT = 12_700


class Inline(NamedTuple):
    """Text of a paragraph, where pages began in it, and what was left out, at offsets in the text."""

    text: str
    breaks: tuple[int, ...] = ()
    omissions: tuple[Omission, ...] = ()


def read_paragraph(paragraph: Any, looks: Looks) -> Inline:
    """The paragraph with tracked changes accepted; hidden and struck runs left out, raised marks raised."""
    reader = _Reader(looks)
    stack = list(reversed(paragraph))
    while stack:
        stack.extend(reversed(list(reader.enter(stack.pop()))))
    return Inline("".join(reader.pieces), tuple(reader.breaks), tuple(reader.omissions))


class _Reader:
    """Collects the text of one paragraph on the way through its elements."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.pieces: list[str] = []
        self.breaks: list[int] = []
        self.omissions: list[Omission] = []
        self._counted = self._counted_length = 0  # pieces whose length is known, and that length

    @property
    def _length(self) -> int:
        self._counted_length += sum(map(len, self.pieces[self._counted :]))
        self._counted = len(self.pieces)
        return self._counted_length

    def enter(self, node: Any) -> Iterator[Any]:
        """Write what an element is; what is to be entered below it."""
        tag = node.tag
        if tag in (f"{_W}t", f"{_M}t"):
            self.pieces.append(node.text or "")
        elif tag in _SIGNS:
            self.pieces.append(_SIGNS[tag])
        elif tag in _BREAKS:
            self._break(node.get(f"{_W}type", _BREAKS[tag]))
        elif tag == f"{_W}r":
            yield from self._run(node)
        elif tag == f"{_W}del":
            self._leave_out("deleted", "".join(piece.text or "" for piece in node.iter(f"{_W}delText", f"{_W}t")))
        elif tag == f"{_M}oMath" and any(part.tag not in _PLAIN_MATH for part in _elements(node) if _is_math(part)):
            self._leave_out("equation")
        elif tag in _SHAPES:
            self._shape(node)
        elif tag == f"{_W}sym":
            self._symbol(node)
        elif tag not in _SKIPPED:
            yield from node

    def _run(self, run: Any) -> Iterator[Any]:
        texts = run.findall(f"{_W}t")
        cause = self._looks.hidden(run) if texts else ""
        text = "".join(piece.text or "" for piece in texts)
        if cause:
            self._leave_out(cause, text)
        elif texts and self._looks.is_raised(run):
            self.pieces.append(raised(text))
        else:
            yield from run
            return
        yield from (child for child in run if child.tag not in (f"{_W}t", *_SIGNS))

    def _break(self, kind: str) -> None:
        if kind == "page":
            self.breaks.append(self._length)
        elif kind != "column":
            self.pieces.append("\n")

    def _symbol(self, node: Any) -> None:
        """A sign of the font Symbol; of other fonts (pointing hands, ticks) nothing is read."""
        code = node.get(f"{_W}char", "")
        if node.get(f"{_W}font") == "Symbol" and len(code) == 4:
            self.pieces.append(_SYMBOLS.get(int(code, 16) | 0xF000, ""))

    def _leave_out(self, cause: str, text: str = "") -> None:
        self.omissions.append(Omission(cause, self._length, text))

    def _shape(self, shape: Any) -> None:
        """Note a picture, chart, diagram or embedded object; the text of text boxes is read apart."""
        cause = _content(shape)
        if cause:
            self._leave_out(cause)


def _content(shape: Any) -> str:
    """What a drawing shows that is no text, or an empty string."""
    inside = list(_elements(shape))
    tags = {node.tag for node in inside}
    objects = [node.get("ProgID") or "" for node in inside if node.tag == f"{_O}OLEObject"]
    if objects:
        return "equation" if objects[0].startswith(("Equation", "MathType")) else "object"
    if f"{_CHART}chart" in tags or f"{_DIAGRAM}relIds" in tags:
        return "chart"
    if (f"{_PIC}pic" in tags or f"{_V}imagedata" in tags) and _is_large(inside):
        return "picture"
    return ""


def _is_large(inside: list[Any]) -> bool:
    """Whether a picture is wide and high enough to hold a table."""
    for node in inside:
        if node.tag in (f"{_WP}extent", f"{_A}ext") and node.get("cx"):
            return min(_number(node.get("cx")), _number(node.get("cy"))) >= _SMALLEST
        if node.tag == f"{_V}shape" and (style := node.get("style")):
            sizes = dict(part.split(":", 1) for part in style.split(";") if ":" in part)
            sides = [_number(sizes.get(name, "").removesuffix("pt")) * _PER_POINT for name in ("width", "height")]
            return min(sides) >= _SMALLEST or not all(sides)
    return True


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _elements(node: Any) -> Iterator[Any]:
    """An element and all below it, without what only stands for older programs, or is a text box."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(child for child in reversed(current) if child.tag not in (f"{_MC}Fallback", f"{_W}txbxContent"))


def _is_math(node: Any) -> bool:
    return isinstance(node.tag, str) and node.tag.startswith(_M)
