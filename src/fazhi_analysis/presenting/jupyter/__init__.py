"""How objects and frames show themselves in a notebook."""
