"""From a file to a Report: one module a format, text cleaning, the section tree."""
