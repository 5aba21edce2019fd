"""Copies of a text, linked with evidence; stories that only look alike, kept apart."""

from furat.duplicates.index import DuplicateIndex, Match
from furat.duplicates.keeper import Keeper
from furat.duplicates.signature import sentences

__all__ = ["DuplicateIndex", "Keeper", "Match", "sentences"]
