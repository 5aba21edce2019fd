"""What a listing belongs to."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["home", "category", "tag"]


@dataclass(frozen=True, slots=True)
class Section:
    """A category or a tag, as a link to its listing shows it; or the home page, which lists all posts."""

    kind: Kind
    name: str
    """The name as printed."""

    url: str
    """The absolute address of its listing's first page, as printed."""
