"""The editable memo: the brief and the narrative of a place and year as a Word document."""
