"""The frame around what shows itself in a notebook: one small style that follows JupyterLab's light and dark themes."""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.presenting.html.markup import Fragment, join, tag

_LIGHT: Final = (
    "--fz-ink:#1f2328;--fz-soft:#57606a;--fz-line:#d0d5dc;--fz-blue:#1a5fa8;--fz-orange:#a8480a;--fz-grey:#626b77;"
    "--fz-pale:#a9b8ca;--fz-band:#eef0f3;--fz-notice:#fff6e0;--fz-paper:#ffffff"
)
_DARK: Final = (
    "--fz-ink:#e8eaed;--fz-soft:#b8c0ca;--fz-line:#4a5360;--fz-blue:#8cc1f5;--fz-orange:#f2a56b;--fz-grey:#aab3be;"
    "--fz-pale:#5a6b80;--fz-band:#262c34;--fz-notice:#3a3015;--fz-paper:#15181d"
)
STYLE: Final = (
    f".fz-lab{{{_LIGHT};color:var(--fz-ink);font-size:14px;line-height:1.6;max-width:60rem;"
    "font-variant-numeric:tabular-nums;overflow-wrap:break-word}"
    f'[data-jp-theme-light="false"] .fz-lab,.vscode-dark .fz-lab,[data-theme="dark"] .fz-lab{{{_DARK}}}'
    ".fz-lab .fz-title{font-weight:600;margin:.2em 0;font-size:1.05em}"
    ".fz-lab small{color:var(--fz-soft);font-size:.86em}"
    ".fz-lab .fz-table{border-collapse:collapse;border:0;margin:.4em 0;font-size:13px;width:auto;table-layout:auto}"
    ".fz-lab .fz-table caption{text-align:left;font-weight:600;padding:.3em 0;color:var(--fz-ink);caption-side:top}"
    ".fz-lab .fz-table th,.fz-lab .fz-table td{text-align:left;vertical-align:top;padding:.3em .9em .3em 0;"
    "border:0;border-bottom:1px solid var(--fz-line);font-weight:400;background:none;color:var(--fz-ink);"
    "white-space:normal;max-width:34rem}"
    ".fz-lab .fz-table thead th{color:var(--fz-soft);font-weight:600;vertical-align:bottom;white-space:nowrap}"
    ".fz-lab .fz-table .num{text-align:right;white-space:nowrap}.fz-lab .fz-table .num small{display:block}"
    ".fz-lab .fz-table tbody tr:nth-child(odd),.fz-lab .fz-table tbody tr{background:none}"
    ".fz-lab .fz-improved .fz-mark{color:var(--fz-blue)}.fz-lab .fz-worsened .fz-mark,.fz-lab .fz-error{"
    "color:var(--fz-orange)}"
    ".fz-lab ol,.fz-lab ul{padding-left:1.6em;margin:.2em 0}.fz-lab li{margin:.1em 0}"
    ".fz-lab dl.fz-facts{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:.3em 0}"
    # JupyterLab floats dt and gives it a share of a column that the grid has sized already: a character a line.
    ".fz-lab dl.fz-facts dt,.fz-lab dl.fz-facts dd{float:none;clear:none;width:auto}"
    ".fz-lab dl.fz-facts dt{white-space:nowrap;color:var(--fz-soft);font-weight:400}.fz-lab dl.fz-facts dd{margin:0}"
    ".fz-lab summary{cursor:pointer;color:var(--fz-blue)}.fz-lab p{margin:.3em 0}"
    ".fz-lab summary:focus-visible,.fz-lab a:focus-visible{outline:2px solid var(--fz-blue);outline-offset:2px}"
    ".fz-lab blockquote{margin:.3em 0;padding:.2em .8em;border-left:3px solid var(--fz-line);color:var(--fz-ink)}"
    ".fz-lab mark{background:var(--fz-notice);color:var(--fz-ink);font-weight:600;padding:0 .1em}"
    ".fz-lab .fz-notice{background:var(--fz-notice);border-left:4px solid var(--fz-orange);padding:.4em .8em}"
    ".fz-lab figure{margin:.4em 0;max-width:30rem}.fz-lab .fz-chart svg{width:100%;height:auto;display:block}"
    ".fz-lab .fz-chart-title{font-weight:600}.fz-lab figcaption{font-size:.88em;color:var(--fz-soft)}"
    ".fz-lab .fz-finding{display:block}.fz-lab .fz-save{display:none}.fz-lab a{color:var(--fz-blue)}"
    ".fz-lab .fz-scroll{overflow-x:auto}"
    # The program that sorts has a theme of its own, which does not know JupyterLab's.
    ".fz-lab .fz-sort .fz-scroll,.fz-lab .fz-sort .dt-container,.fz-lab .fz-sort .dt-container :is(div,table,tr,th,td,"
    "label,span,input,select,button){background:none!important;color:var(--fz-ink)!important;box-shadow:none!important}"
    ".fz-lab .fz-sort :is(th,td){text-align:left;border-bottom:1px solid var(--fz-line)}"
    ".fz-lab .fz-sort .dt-type-numeric{text-align:right}"
    ".fz-lab .fz-sort :is(input,select,button){border:1px solid var(--fz-line)!important}"
    ".fz-lab .fz-sort option{background:var(--fz-paper)!important;color:var(--fz-ink)!important}"
)
"""The style, about 4 kB; every rule stays inside ``.fz-lab``."""


def framed(*content: Any) -> Fragment:
    """Content with the style that it needs, whatever notebook it is shown in; None is left out.

    >>> framed(tag("p", "霁原旗 <b>"))
    霁原旗 <b>
    >>> str(framed("甲")).startswith('<div class="fz-lab"><style>')
    True
    """
    pieces = [piece for piece in content if piece is not None]
    body = join(piece if isinstance(piece, (str, Fragment)) else Fragment(piece._repr_html_()) for piece in pieces)
    return tag("div", Fragment(f"<style>{STYLE}</style>", ""), body, cls="fz-lab")
