"""Furat keeps the complete archive of an Arabic WordPress newsroom, and keeps it fresh."""

__version__ = "0.1.0"
