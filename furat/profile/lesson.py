"""A lesson: what a site says of one of its posts, and the page that shows it."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from furat.arabic import tidy
from furat.pages import FeedEntry, Post
from furat.pages.page import Page
from furat.profile.blocks import Block, blocks
from furat.profile.links import Link, links
from furat.profile.shorts import Short, shorts

SPELLED = str.maketrans(dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‘’‚′`", "'") | dict.fromkeys("–—−‐‑", "-"))
PAGE_BREAK = "<!--nextpage-->"


def plain(printed: str) -> str:
    """Return ``printed`` in the spelling in which a page and a feed are held against each other.

    >>> plain("حمــص –  «خبر»") == plain('حمص - "خبر"')
    True
    """
    return " ".join(tidy(printed).translate(SPELLED).split())


@dataclass(frozen=True)
class Truth:
    """What the site says of a post; empty or None if it does not."""

    url: str
    title: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    terms: tuple[str, ...] = ()
    """Categories and tags where the site does not tell which is which: the categories come first."""

    content: str = ""
    """The text of its first page, as HTML."""

    @property
    def changed(self) -> str | None:
        """When it was last changed: ISO 8601."""
        return self.modified.isoformat() if self.modified else None

    @classmethod
    def of_feed(cls, entry: FeedEntry) -> "Truth":
        """Return what a feed says of a post."""
        return cls(
            url=entry.url,
            title=entry.title,
            published=moment(entry.published),
            modified=moment(entry.updated),
            authors=entry.authors,
            terms=entry.terms,
            content=entry.content or "",
        )

    @classmethod
    def of_post(cls, post: Post) -> "Truth":
        """Return what the API says of a post."""
        rendered = post.data["content"]["rendered"]
        return replace(cls.of_listed(post), title=post.to_item().title_raw, content=rendered.split(PAGE_BREAK)[0])

    @classmethod
    def of_listed(cls, post: Post) -> "Truth":
        """Return what the API says of a post where it was asked for neither its title nor its text."""
        return cls(
            url=post.url,
            published=moment(post.published),
            modified=moment(post.modified),
            authors=post.authors,
            categories=post.categories,
            tags=post.tags,
            terms=(*post.categories, *post.tags),
        )


@dataclass(frozen=True)
class Lesson:
    """A post as the site tells of it and as its page shows it."""

    truth: Truth
    page: Page

    @cached_property
    def shorts(self) -> list[Short]:
        """What is printed in short on the page."""
        return shorts(self.page.tree)

    @cached_property
    def plain_shorts(self) -> list[tuple[Short, str]]:
        """The same, each also in its plain spelling."""
        return [(short, plain(short.printed)) for short in self.shorts]

    @cached_property
    def links(self) -> list[Link]:
        """The links of the page."""
        return links(self.page)

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of text that the page prints."""
        return [(node, plain(printed)) for node, printed in blocks(self.page.tree.body)]

    @cached_property
    def told(self) -> frozenset[str]:
        """The blocks of text that the site tells; none if it tells only the beginning."""
        told = blocks(Page(f"<body>{self.truth.content}", "").tree.body)
        texts = [text for _, printed in told if (text := plain(printed))]
        is_cut = any(text.endswith(("[...]", "[…]")) for text in texts[-2:])
        return frozenset() if is_cut else frozenset(texts)


def moment(said: str | None) -> datetime | None:
    """Return a moment with an offset; None if ``said`` gives none."""
    value = datetime.fromisoformat(said) if said and "T" in said else None
    return value if value and value.tzinfo else None
