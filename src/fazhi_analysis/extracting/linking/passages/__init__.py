"""The words around each figure: which are its own, and which it shares."""
