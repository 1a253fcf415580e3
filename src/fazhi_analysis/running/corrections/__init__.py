"""The correction workbook: the sheet that an analyst fills in, and its way back into the ledger."""
