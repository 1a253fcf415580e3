"""The authority above: every county and bureau under a place, what each has reported, and what needs a call."""
