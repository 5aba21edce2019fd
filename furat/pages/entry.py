"""One article as a list of articles shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One article link of a listing."""

    url: str
    """The absolute address, as printed."""

    title: str = ""
    """The title as printed; empty where the article has none."""

    published: str | None = None
    """The moment that is printed with it: ISO 8601, with an offset where the page gives one."""


@dataclass(frozen=True, slots=True)
class DatedEntry(Entry):
    """An entry of a list that says when the article was last changed: a feed, a sitemap, the API."""

    modified: str | None = None
    """That moment, in the form of `published`."""
