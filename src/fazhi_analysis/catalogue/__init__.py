"""What is counted and where: indicators, units, outlines (纲要), themes, division codes.

Everything is data files, validated on load.
"""

from __future__ import annotations

from fazhi_analysis.catalogue.divisions import Division, DivisionChange, Divisions, load_divisions
from fazhi_analysis.catalogue.frames import Frame, Pillar, Theme, frame_for, load_frames, load_themes
from fazhi_analysis.catalogue.indicators import Catalogue, Domain, load_catalogue, load_domains
from fazhi_analysis.catalogue.units import base_unit, comparable_units, known_units, unit_group

__all__ = [
    "Catalogue",
    "Division",
    "DivisionChange",
    "Divisions",
    "Domain",
    "Frame",
    "Pillar",
    "Theme",
    "base_unit",
    "comparable_units",
    "frame_for",
    "known_units",
    "load_catalogue",
    "load_divisions",
    "load_domains",
    "load_frames",
    "load_themes",
    "unit_group",
]
