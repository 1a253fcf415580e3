"""Text in two languages: keyed texts, names of rows and units, and how numbers are printed."""
