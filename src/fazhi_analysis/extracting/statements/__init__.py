"""Problems and next steps: where they stand, their parts, themes, and which answers which."""
