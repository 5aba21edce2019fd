"""Furat archives Arabic WordPress newsrooms completely, and keeps the archives up to date."""

__version__ = "0.1.0"
