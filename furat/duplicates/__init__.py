"""Links copies of a text, with the reason, and keeps similar stories apart."""

from furat.duplicates.candidates import candidates, rare
from furat.duplicates.index import DuplicateIndex, Match, boilerplate, digest
from furat.duplicates.keeper import Keeper
from furat.duplicates.keys import keys
from furat.duplicates.pair import Reason, Verdict, pair
from furat.duplicates.signature import sentences, signature

__all__ = [
    "DuplicateIndex",
    "Keeper",
    "Match",
    "Reason",
    "Verdict",
    "boilerplate",
    "candidates",
    "digest",
    "keys",
    "pair",
    "rare",
    "sentences",
    "signature",
]
