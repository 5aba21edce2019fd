"""What Furat knows of the language: its text and its dates."""

from furat.arabic.calendars import is_likely
from furat.arabic.dates import ParsedDate, parse_date
from furat.arabic.text import clean, fold, tidy

__all__ = ["ParsedDate", "clean", "fold", "is_likely", "parse_date", "tidy"]
