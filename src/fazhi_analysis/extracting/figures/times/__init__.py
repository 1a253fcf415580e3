"""Which time each figure speaks of: a year, a part of one, a span of years, a moment."""
