"""Tables over many reports: timeliness, structure, figures, reuse."""
