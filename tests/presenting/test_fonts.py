"""The font: found without side effects, complete for what we print, small when embedded."""

from __future__ import annotations

import io
import subprocess
import sys

from fontTools.ttLib import TTFont

from fazhi_analysis.catalogue import load_catalogue, load_domains
from fazhi_analysis.presenting import fonts, words


def test_the_subset_holds_just_the_glyphs_asked_for() -> None:
    font = TTFont(io.BytesIO(fonts.subset_woff2("法治政府")))
    cmap = font.getBestCmap()
    assert {ord(char) for char in "法治政府0aA，。"} <= set(cmap)
    assert ord("鄂") not in cmap
    assert len(fonts.subset_woff2("法治政府")) < 40_000


def test_every_character_of_our_own_wording_has_a_glyph() -> None:
    own = "".join(str(text) for lang in words.LANGUAGES for text in words._texts(lang).values())
    names = "".join(item.name_zh + item.name_en + item.unit for item in load_catalogue())
    names += "".join(domain.name_zh for domain in load_domains().values())
    assert fonts.missing_glyphs(own + names) == ""


def test_a_missing_glyph_is_named() -> None:
    assert fonts.missing_glyphs("法\U00020000") == "\U00020000"


def test_nothing_heavy_is_imported_before_a_chart() -> None:
    code = (
        "import sys; import fazhi_analysis.presenting as p; p.open_page, p.Words('zh'), p.Table\n"
        "from fazhi_analysis.presenting import fonts; fonts.font_path()\n"
        "print([name for name in ('matplotlib', 'zhplot', 'pandas', 'fontTools') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
