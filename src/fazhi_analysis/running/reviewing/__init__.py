"""A draft with comments: what is found out about it, and how it is written beside a text that stays as it is."""
