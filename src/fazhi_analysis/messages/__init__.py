"""Texts in two languages: each stands once, by key, Chinese and English side by side, in one YAML file a topic.

This folder holds what every layer says to a person (errors, notices, reasons), as a :class:`Message`: a key and its
fields, put into words where it is read, in the language of the reader. The pages, the narrative and the workbook keep
their texts in files of the same form beside them, read by the same :class:`Texts`.
"""

from fazhi_analysis.messages.message import LIST_SEPARATORS, Message, counted, shortened, word
from fazhi_analysis.messages.texts import LANGUAGES, Texts

__all__ = ["LANGUAGES", "LIST_SEPARATORS", "Message", "Texts", "counted", "shortened", "word"]
