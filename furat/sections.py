"""What a listing belongs to."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["home", "category", "tag", "feed", "api", "sitemap"]

SHOWN = ("home", "category", "tag")
"""Kinds of listings that are pages."""

NEWEST_FIRST = (*SHOWN, "feed")
"""Kinds of listings below whose known entries there are only known ones, and on which entries move as others come."""


@dataclass(frozen=True, slots=True)
class Section:
    """A category or a tag, as a link to its listing shows it; or a list of all posts: home page, feed, API, sitemap."""

    kind: Kind
    name: str
    """The name as printed."""

    url: str
    """The absolute address of its listing's first page, as printed."""
