"""The JSON-LD of a page: which of its nodes speak of the article."""

import re
from collections.abc import Iterable

from furat.pages.page import Thing, strings
from furat.pages.titles import agree

ARTICLE = re.compile(r"\w*Article|\w*Posting|Report")  # https://schema.org/Article and what is more special


def is_article(thing: Thing) -> bool:
    """Return whether a node calls itself an article."""
    return any(map(ARTICLE.fullmatch, strings(thing.get("@type"))))


def headlines(things: Iterable[Thing]) -> list[str]:
    """Return what the nodes of articles give as their titles."""
    return [title for thing in things if is_article(thing) for title in strings(thing.get("headline"))]


def sites(things: Iterable[Thing]) -> list[str]:
    """Return the names of the site that the nodes give."""
    return [name for thing in things if "WebSite" in strings(thing.get("@type")) for name in strings(thing.get("name"))]


def own_things(things: Iterable[Thing], title: str, *, is_head_trusted: bool) -> list[Thing]:
    """Return the nodes that speak of the article with this ``title``, those of articles first."""
    nodes = [*things]
    articles = [thing for thing in nodes if _speaks_of(thing, title, is_head_trusted=is_head_trusted)]
    pages = [thing for thing in nodes if is_head_trusted and "WebPage" in strings(thing.get("@type"))]
    return articles + pages


def _speaks_of(thing: Thing, title: str, *, is_head_trusted: bool) -> bool:
    said = strings(thing.get("headline"))  # themes give it to the thing that a post shows, such as a video, as well
    return agree(title, said[0]) if said else is_article(thing) and is_head_trusted
