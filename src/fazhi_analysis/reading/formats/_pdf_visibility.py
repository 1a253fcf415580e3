"""What a reader sees of a PDF page: what is drawn on it, what that covers, and which characters are left to see."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from fazhi_analysis.reading.visibility import Colour, alike

_WHITE: Colour = (1.0, 1.0, 1.0)
_MARGIN = 1.0
_TINIEST = 1.5  # points
_FAINTEST = 13  # of 255
_LARGEST_GLYPH = 40.0
_PER_GLYPH = 60  # segments of an outlined character
_MOST_OBJECTS = 50_000

Box = tuple[float, float, float, float]  # left, bottom, right, top in page space


class _Paint(NamedTuple):
    """Something drawn over an area: a box of one colour, or something without a known colour (pictures, shapes)."""

    order: int
    box: Box
    colour: Colour | None
    covers: bool


class _Ink(NamedTuple):
    """How a text object is drawn: why not to be seen (or empty), its colours, its place in the order, its clip."""

    cause: str
    colours: tuple[Colour, ...]
    order: int
    clip: Box | None


class Sight:
    """The objects of one page, and what they leave to see of its text.

    ``images`` are the boxes of pictures, ``outlines`` the number of characters that seem to be drawn as shapes.
    """

    def __init__(self, page: Any) -> None:
        self._page_box: Box = page.get_bbox()
        self._paints: list[_Paint] = []
        self._order: dict[int, int] = {}
        self._inks: dict[int, _Ink] = {}
        self._risky: dict[tuple[Colour, ...], bool] = {}
        self.images: list[Box] = []
        self.outlines = 0
        self._look(page)
        self._last_cover = max((paint.order for paint in self._paints if paint.covers), default=-1)

    def cause(self, text_object: Any, box: Box) -> str:
        """Why no reader sees a character, a cause of omissions.HIDDEN, or an empty string."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not _holds(self._page_box, x, y):
            return "off_page"
        if not text_object:
            return ""
        ink = self._ink(text_object)
        if ink.clip is not None and not _holds(ink.clip, x, y):
            return "off_page"
        if ink.cause:  # a recognised text lies unseen over the scan, or over its outlines
            return "" if any(paint.colour is None and _holds(paint.box, x, y) for paint in self._paints) else ink.cause
        if max(box[2] - box[0], box[3] - box[1]) < _TINIEST:
            return "tiny"
        return self._against(ink, x, y)

    def _against(self, ink: _Ink, x: float, y: float) -> str:
        """Whether a character is lost on what lies below it, or under what was drawn over it."""
        if -1 < ink.order < self._last_cover:
            later = (paint for paint in self._paints if paint.covers and paint.order > ink.order)
            if any(_holds(paint.box, x, y) for paint in later):
                return "covered"
        if not self._may_be_lost(ink.colours):
            return ""
        below = (paint for paint in reversed(self._paints) if ink.order < 0 or paint.order < ink.order)
        ground = next((paint.colour for paint in below if _holds(paint.box, x, y)), _WHITE)
        return "pale" if ground is not None and all(alike(colour, ground) for colour in ink.colours) else ""

    def _may_be_lost(self, colours: tuple[Colour, ...]) -> bool:
        """Whether anything on the page has the colours of a text: most pages need no closer look."""
        if colours not in self._risky:
            grounds = {_WHITE, *(paint.colour for paint in self._paints if paint.colour is not None)}
            self._risky[colours] = any(all(alike(colour, ground) for colour in colours) for ground in grounds)
        return self._risky[colours]

    def _ink(self, text_object: Any) -> _Ink:
        address = _address(text_object)
        found = self._inks.get(address)
        if found is None:
            found = self._inks[address] = _ink(text_object, self._order.get(address, -1))
        return found

    def _look(self, page: Any) -> None:
        """Note what is drawn, in the order in which it is drawn."""
        from pypdfium2 import raw

        for order in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
            item = raw.FPDFPage_GetObject(page, order)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._order[_address(item)] = order
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._add_path(item, order)
            elif (box := _bounds(item)) is not None:
                self._paints.append(_Paint(order, box, None, False))
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    self.images.append(box)
                elif kind == raw.FPDF_PAGEOBJ_FORM:
                    self.images += _images_in(item)

    def _add_path(self, path: Any, order: int) -> None:
        from pypdfium2 import raw

        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))
        box = _bounds(path)
        if mode.value == raw.FPDF_FILLMODE_NONE or box is None:
            return
        segments = raw.FPDFPath_CountSegments(path)
        width, height = box[2] - box[0], box[3] - box[1]
        if segments > 6 or not _is_box(path, segments):
            if height <= _LARGEST_GLYPH and min(width, height) > 1:
                self.outlines += 1 if width <= _LARGEST_GLYPH else segments // _PER_GLYPH
            self._paints.append(_Paint(order, box, None, False))
        elif min(width, height) > 3:
            *colour, alpha = _fill(path)
            opaque = alpha > 240 and not raw.FPDFPageObj_HasTransparency(path)
            known = (colour[0], colour[1], colour[2]) if opaque else None
            self._paints.append(_Paint(order, box, known, opaque))


def _ink(text_object: Any, order: int) -> _Ink:
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
    colours = []
    if mode in (0, 2, 4, 6):
        colours.append(_fill(text_object))
    if mode in (1, 2, 5, 6):
        colours.append(_fill(text_object, stroke=True))
    seen = tuple((red, green, blue) for red, green, blue, alpha in colours if alpha >= _FAINTEST)
    cause = "" if seen or mode < 0 else "invisible"
    return _Ink(cause, seen, order, _clip(text_object) if order >= 0 else None)


_PARTS = tuple(ctypes.c_uint() for _ in range(4))  # made once: a page has thousands of text objects
_PLACES = tuple(map(ctypes.byref, _PARTS))


def _fill(item: Any, *, stroke: bool = False) -> tuple[float, float, float, int]:
    """Red, green, blue (0 to 1) and the opacity (0 to 255); black where the file says nothing."""
    from pypdfium2 import raw

    ask = raw.FPDFPageObj_GetStrokeColor if stroke else raw.FPDFPageObj_GetFillColor
    if not ask(item, *_PLACES):
        return 0.0, 0.0, 0.0, 255
    red, green, blue, alpha = _PARTS
    return red.value / 255, green.value / 255, blue.value / 255, alpha.value


def _clip(item: Any) -> Box | None:
    """The box that all areas leave to which an object is clipped; None when it is not."""
    from pypdfium2 import raw

    path = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    result: Box | None = None
    for number in range(max(count, 0)):
        points = [
            point
            for index in range(min(raw.FPDFClipPath_CountPathSegments(path, number), 400))
            if (point := _point(raw.FPDFClipPath_GetPathSegment(path, number, index)))
        ]
        if len(points) < 3:
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = min(xs), min(ys), max(xs), max(ys)
        result = (
            box
            if result is None
            else (max(result[0], box[0]), max(result[1], box[1]), min(result[2], box[2]), min(result[3], box[3]))
        )
    return result


def _point(segment: Any) -> tuple[float, float] | None:
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    return (x.value, y.value) if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)) else None


def _is_box(path: Any, segments: int) -> bool:
    """Whether a path is a rectangle with level and upright sides."""
    from pypdfium2 import raw

    points = []
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO or (point := _point(segment)) is None:
            return False
        points.append((round(point[0], 1), round(point[1], 1)))
    return len({x for x, _ in points}) == 2 == len({y for _, y in points}) and len(points) >= 4


def _images_in(form: Any) -> Iterator[Box]:
    """Boxes of the pictures in a form, one level deep, in page space."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(form, ctypes.byref(matrix))
    for number in range(max(raw.FPDFFormObj_CountObjects(form), 0)):
        item = raw.FPDFFormObj_GetObject(form, number)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE and (box := _bounds(item)) is not None:
            xs = [matrix.a * x + matrix.c * y + matrix.e for x in box[::2] for y in box[1::2]]
            ys = [matrix.b * x + matrix.d * y + matrix.f for x in box[::2] for y in box[1::2]]
            yield min(xs), min(ys), max(xs), max(ys)


def _bounds(item: Any) -> Box | None:
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] - _MARGIN <= x <= box[2] + _MARGIN and box[1] - _MARGIN <= y <= box[3] + _MARGIN


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
