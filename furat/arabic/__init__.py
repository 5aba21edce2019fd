"""What Furat knows of the language: its text and its dates."""

from furat.arabic.dates import ParsedDate, parse_date
from furat.arabic.text import clean, fold, tidy

__all__ = ["ParsedDate", "clean", "fold", "parse_date", "tidy"]
