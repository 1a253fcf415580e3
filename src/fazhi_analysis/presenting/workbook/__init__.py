"""The Excel workbook: its sheets, cells, marks and texts."""
