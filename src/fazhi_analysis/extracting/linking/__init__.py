"""Which indicator of the catalogue a figure belongs to, its label and its scope."""
