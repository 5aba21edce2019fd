"""Furat keeps the complete archive of an Arabic WordPress newsroom, and keeps it fresh."""
