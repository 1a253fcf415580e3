"""HTML by construction: escaped markup, tables, the page template with its style sheet, and fonts."""
