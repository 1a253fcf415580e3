"""A pen that gathers strokes and marks of one look and gives them to matplotlib together.

A chart has hundreds of short lines; drawn one by one they take most of the time of a page.
"""

from __future__ import annotations

from typing import Any

Point = tuple[float, float]
_SHAPES = {
    "chevron-right": ((-0.3, 0.5), (0.4, 0.0), (-0.3, -0.5)),
    "chevron-left": ((0.3, 0.5), (-0.4, 0.0), (0.3, -0.5)),
}
"""Open shapes that matplotlib has no mark for."""


class Pen:
    """Gathers strokes and marks in inches from the top left; :meth:`flush` draws them."""

    def __init__(self, axes: Any) -> None:
        self.axes = axes
        self._strokes: dict[tuple[Any, ...], list[tuple[Point, Point]]] = {}
        self._marks: dict[tuple[Any, ...], list[Point]] = {}

    def stroke(
        self,
        start: Point,
        end: Point,
        colour: str,
        width: float,
        *,
        alpha: float = 1.0,
        style: Any = "-",
        order: float = 1,
    ) -> None:
        """A straight line with butt ends."""
        self._strokes.setdefault((order, colour, width, alpha, style), []).append((start, end))

    def mark(
        self, point: Point, colour: str, marker: str, size: float, *, hollow: bool = False, order: float = 3
    ) -> None:
        """A mark; hollow ones are an outline."""
        self._marks.setdefault((order, colour, marker, size, hollow), []).append(point)

    def text(
        self, point: Point, text: str, colour: str, size: float, *, align: str = "left", bold: bool = False
    ) -> None:
        """A line of text, centred on its height."""
        weight = "bold" if bold else "normal"
        self.axes.text(*point, text, color=colour, size=size, ha=align, va="center", weight=weight)

    def block(self, corner: Point, width: float, height: float, colour: str, hatch: str = "") -> None:
        """A filled block with a white edge."""
        from matplotlib.patches import Rectangle

        shape = Rectangle(corner, width, height, fc=colour, ec="#ffffff", lw=0.8, hatch=hatch, zorder=2)
        self.axes.add_patch(shape)

    def flush(self) -> None:
        """Hand everything gathered to matplotlib."""
        from matplotlib.collections import LineCollection
        from matplotlib.lines import Line2D
        from matplotlib.path import Path

        shapes = {name: Path(corners) for name, corners in _SHAPES.items()}

        for (order, colour, width, alpha, style), lines in self._strokes.items():
            group = LineCollection(
                lines, colors=colour, linewidths=width, alpha=alpha, linestyles=style, zorder=order, capstyle="butt"
            )
            self.axes.add_collection(group, autolim=False)
        for (order, colour, marker, size, hollow), points in self._marks.items():
            across, down = zip(*points, strict=True)
            face = "none" if hollow else colour
            line = Line2D(
                across,
                down,
                ls="none",
                marker=shapes.get(marker, marker),
                ms=size,
                mec=colour,
                mfc=face,
                mew=1.3,
                zorder=order,
            )
            self.axes.add_line(line)
        self._strokes.clear()
        self._marks.clear()
