"""Figures in a text: numerals, units, intervals, kinds, and the context that decides them."""
