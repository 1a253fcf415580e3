"""Chinese glyphs everywhere: the font comes from a dependency, never from the machine.

The wheel of zhplot carries Noto Sans SC (SIL Open Font License). Its folder is found without importing zhplot, whose
import changes matplotlib's settings. Charts draw with the whole font; a page embeds a subset with the glyphs it shows.
"""

from __future__ import annotations

import base64
import functools
import io
from pathlib import Path

from fazhi_analysis._paths import chinese_font
from fazhi_analysis.errors import MissingExtraError
from fazhi_analysis.presenting.html.subsetting import CompositeGlyphError, SourceFont, subset

FAMILY = "Noto Sans SC"
PAGE_FAMILY = "Fazhi Sans"
_ALWAYS = (
    "".join(chr(code) for code in range(0x20, 0x7F)) + "，。、；：？！“”‘’（）《》〔〕～—…·＋−＝％≥≤∞→←↑↓▲▼●○◆◇■□△▽"
)


@functools.cache
def font_path() -> Path:
    """Path of the Chinese font.

    Raises :class:`~fazhi_analysis.errors.MissingExtraError` when the dependency that carries it is gone.

    >>> font_path().name
    'NotoSansSC-Regular.ttf'
    """
    path = chinese_font()
    if path is None:
        raise MissingExtraError("zhplot", "presenting.font_missing")
    return path


@functools.cache
def register() -> str:
    """Make the font known to matplotlib and return its family name; nothing is installed and no cache deleted."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_path()))
    return FAMILY


@functools.cache
def _source() -> SourceFont:
    return SourceFont.read(font_path())


@functools.cache
def _glyphs() -> frozenset[int]:
    return frozenset(_source().characters)


@functools.lru_cache(maxsize=64)
def _subset(characters: str) -> bytes:
    try:
        return subset(_source(), map(ord, characters))
    except CompositeGlyphError:
        return slow_subset(characters)


def slow_subset(characters: str) -> bytes:
    """The same by fontTools: for a font with composite glyphs, and to test against.

    >>> slow_subset("法治")[:4]
    b'wOF2'
    """
    from fontTools import subset as tools
    from fontTools.ttLib import TTFont

    options = tools.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "BASE", "STAT", "prep", "gasp"]
    options.hinting = False
    options.notdef_outline = True
    font = TTFont(font_path(), lazy=True)
    subsetter = tools.Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in characters])
    subsetter.subset(font)
    target = io.BytesIO()
    font.flavor = "woff2"
    font.save(target)
    return target.getvalue()


def subset_woff2(text: str) -> bytes:
    """The font with just the glyphs of this text (and ASCII and common punctuation), as woff2.

    >>> subset_woff2("法治")[:4]
    b'wOF2'
    """
    wanted = {char for char in text + _ALWAYS if ord(char) in _glyphs()}
    return _subset("".join(sorted(wanted)))


def font_face(text: str) -> str:
    """A CSS ``@font-face`` rule that embeds the subset for this text as a data address.

    >>> font_face("法")[:40]
    '@font-face{font-family:"Fazhi Sans";src:'
    """
    data = base64.b64encode(subset_woff2(text)).decode("ascii")
    return (
        f'@font-face{{font-family:"{PAGE_FAMILY}";src:url(data:font/woff2;base64,{data}) format("woff2");'
        "font-weight:400;font-style:normal;font-display:block}"
    )
