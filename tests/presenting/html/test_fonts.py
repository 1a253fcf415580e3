"""The font: found without side effects, complete for what we print, small when embedded."""

from __future__ import annotations

import io
import struct
import subprocess
import sys

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from fazhi_analysis.catalogue import load_catalogue, load_domains
from fazhi_analysis.presenting.html import fonts
from fazhi_analysis.presenting.html.subsetting import CompositeGlyphError, SourceFont, subset
from fazhi_analysis.presenting.wording.page_texts import TEXTS


def test_the_subset_holds_just_the_glyphs_asked_for() -> None:
    font = TTFont(io.BytesIO(fonts.subset_woff2("法治政府")))
    cmap = font.getBestCmap()
    assert {ord(char) for char in "法治政府0aA，。"} <= set(cmap)
    assert ord("鄂") not in cmap
    assert len(fonts.subset_woff2("法治政府")) < 40_000


def test_every_character_of_our_own_wording_has_a_glyph() -> None:
    own = "".join(text for pair in TEXTS.values() for text in pair.values())
    names = "".join(item.name_zh + item.name_en + item.unit for item in load_catalogue())
    names += "".join(domain.name_zh for domain in load_domains().values())
    known = SourceFont.read(fonts.font_path()).characters
    assert {char for char in own + names if char.isprintable() and ord(char) not in known} == set()


def test_nothing_heavy_is_imported_before_a_chart() -> None:
    code = (
        "import sys; import fazhi_analysis as fz; fz.open_page\n"
        "from fazhi_analysis.presenting.wording.page_texts import Words; Words('zh')\n"
        "from fazhi_analysis.presenting.html.tables import Table\n"
        "from fazhi_analysis.presenting.html import fonts; fonts.font_path()\n"
        "print([name for name in ('matplotlib', 'zhplot', 'pandas', 'fontTools') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def outlines(data: bytes) -> dict[int, tuple[object, object]]:
    """Outline and advance of every character of a font, as fontTools reads them."""
    font = TTFont(io.BytesIO(data))
    glyphs = font.getGlyphSet()
    found = {}
    for code, name in font.getBestCmap().items():
        pen = RecordingPen()
        glyphs[name].draw(pen)
        found[code] = (pen.value, glyphs[name].width)
    return found


def test_the_quick_subset_is_the_font_that_fonttools_makes() -> None:
    text = "砚桥县2024年法治政府建设（97.06%）～余aZ " + "".join(chr(code) for code in range(0x4E00, 0x9FA5, 701))
    quick, slow = fonts.subset_woff2(text), fonts.slow_subset(text + fonts._ALWAYS)
    assert outlines(quick) == outlines(slow)
    assert len(quick) < 1.35 * len(slow)


def test_the_subset_is_a_sound_font_file() -> None:
    font = TTFont(io.BytesIO(fonts.subset_woff2("法治政府建设")), lazy=False)
    assert font.flavor == "woff2"
    assert font["maxp"].numGlyphs == len(font.getGlyphOrder()) == len(font["hmtx"].metrics)
    plain = io.BytesIO()
    font.flavor = None
    font.save(plain)
    assert outlines(plain.getvalue()) == outlines(fonts.subset_woff2("法治政府建设"))


def test_composite_glyphs_are_refused_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fonts._source()
    glyph = whole.characters[ord("法")]
    (start,) = struct.unpack_from(">L", whole.tables["loca"], 4 * glyph)
    table = bytearray(whole.tables["glyf"])
    table[start : start + 2] = struct.pack(">h", -1)
    odd = SourceFont({**whole.tables, "glyf": bytes(table)}, whole.characters)
    with pytest.raises(CompositeGlyphError):
        subset(odd, [ord("法")])
    monkeypatch.setattr(fonts, "_source", lambda: odd)
    assert outlines(fonts._subset.__wrapped__("法"))[ord("法")] == outlines(fonts.slow_subset("法"))[ord("法")]
