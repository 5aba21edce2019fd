"""Sections of a site: what a listing belongs to."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["home", "category", "tag", "feed", "api", "sitemap"]

SHOWN = ("home", "category", "tag")
"""Kinds of listings that are pages."""

NEWEST_FIRST = (*SHOWN, "feed")
"""Kinds of listings with the newest entry first: below known entries all are known, and new ones move others down."""


@dataclass(frozen=True, slots=True)
class Section:
    """A category or tag, as a link to its listing prints it; or a list of all posts: home page, feed, API, sitemap."""

    kind: Kind
    name: str
    """The name as printed."""

    url: str
    """The absolute address of its listing's first page, as printed."""
