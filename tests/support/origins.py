"""What the ways in to one article say of it, held against each other field by field."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from furat import urls
from furat.items import Article
from furat.pages import FeedEntry, Post
from furat.pages.body import Reader
from furat.pages.page import Page

SAME = (
    *("id", "url", "post_id", "title", "title_raw", "text", "paragraphs_raw", "digest"),
    *("authors", "categories", "tags", "videos"),
)
SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")

Differences = Iterator[tuple[str, Any, Any]]
"""The name of a field, what the one says and what the other says."""


def page_and_post(page: Article, post: Article) -> Differences:
    """Yield where the item of a page and that of the REST API differ, and must not."""
    one, other = asdict(page), asdict(post)
    yield from ((name, one[name], other[name]) for name in SAME if one[name] != other[name])
    if not is_moment(page.published, post.published):
        yield "published", page.published, post.published
    if page.modified and not is_moment(page.modified, post.modified):
        yield "modified", page.modified, post.modified
    if not _are_images(page, post):
        yield "images", page.images, post.images
    if (post.language, post.published_source, post.published_raw) != (None, "api", (post.published or "")[:19]):
        yield "what only the API says", None, (post.language, post.published_source, post.published_raw)


def post_and_entry(post: Post, first: Article, entry: FeedEntry) -> Differences:
    """Yield where a post and its entry in a feed differ; ``first`` is the item of the post's first page."""
    item = post.to_item()
    pairs = {
        "url": (item.url, urls.canonical(entry.url)),
        "post_id": (item.post_id, entry.post_id or item.post_id),
        "title": (item.title_raw, entry.title),
        "authors": (item.authors, entry.authors),
        "terms": (tuple(dict.fromkeys(item.categories + item.tags)), entry.terms),
        "content": (first.paragraphs_raw, tuple(_paragraphs(entry))),
        "protected": (post.protected, entry.protected),
    }
    yield from ((name, one, other) for name, (one, other) in pairs.items() if one != other)
    if not is_moment(entry.published, item.published):
        yield "published", item.published, entry.published
    if entry.updated and not is_moment(entry.updated, item.modified):
        yield "modified", item.modified, entry.updated


def is_moment(one: str | None, other: str | None) -> bool:
    """Return whether two moments are one; of a day alone, whether the other lies on it."""
    if one and other and "T" not in one:
        return other.startswith(one)
    return bool(one and other) and datetime.fromisoformat(one or "") == datetime.fromisoformat(other or "")


def _are_images(page: Article, post: Article) -> bool:
    pairs = list(zip(page.images, post.images, strict=False))
    same_places = all(SIZE.sub("", one.url) == SIZE.sub("", other.url) for one, other in pairs)
    return (
        len(page.images) == len(post.images)
        and same_places
        and all(one.caption in (None, o.caption) for one, o in pairs)
    )


def _paragraphs(entry: FeedEntry) -> list[str]:
    page = Page(f"<body>{entry.content}", entry.url)
    assert page.tree.body
    return Reader(page.tree.body, entry.url).read().paragraphs
