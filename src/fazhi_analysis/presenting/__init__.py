"""Tables, charts, prose, pages, the workbook, HTML theme and fonts."""
