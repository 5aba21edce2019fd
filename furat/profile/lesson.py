"""A lesson: a post as the site's feed or API gives it, and its page."""

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
    """Return ``printed`` in the spelling in which a page and a feed are compared.

    >>> plain("حمــص –  «خبر»") == plain('حمص - "خبر"')
    True
    """
    return " ".join(tidy(printed).translate(SPELLED).split())


@dataclass(frozen=True)
class Truth:
    """A post as the site's feed or API gives it; fields are empty or None if it does not."""

    url: str
    title: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    terms: tuple[str, ...] = ()
    """Categories and tags if the site does not say which is which: the categories come first."""

    content: str = ""
    """The text of its first page, as HTML."""

    @property
    def changed(self) -> str | None:
        """When it was last changed: ISO 8601."""
        return self.modified.isoformat() if self.modified else None

    @classmethod
    def of_feed(cls, entry: FeedEntry) -> "Truth":
        """Return a post as a feed gives it."""
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
        """Return a post as the API gives it."""
        rendered = post.data["content"]["rendered"]
        return replace(cls.of_listed(post), title=post.to_item().title_raw, content=rendered.split(PAGE_BREAK)[0])

    @classmethod
    def of_listed(cls, post: Post) -> "Truth":
        """Return a post as the API gives it in a list without titles and texts."""
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
    """A post as the feed or API gives it, and its page."""

    truth: Truth
    page: Page

    @cached_property
    def shorts(self) -> list[Short]:
        """The short texts on the page."""
        return shorts(self.page.tree)

    @cached_property
    def plain_shorts(self) -> list[tuple[Short, str]]:
        """The short texts, each with its plain spelling."""
        return [(short, plain(short.printed)) for short in self.shorts]

    @cached_property
    def links(self) -> list[Link]:
        """The links of the page."""
        return links(self.page)

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of text on the page."""
        return [(node, plain(printed)) for node, printed in blocks(self.page.tree.body)]

    @cached_property
    def told(self) -> frozenset[str]:
        """The blocks of text in the feed or API; none if it has only an excerpt."""
        told = blocks(Page(f"<body>{self.truth.content}", "").tree.body)
        texts = [text for _, printed in told if (text := plain(printed))]
        is_cut = any(text.endswith(("[...]", "[…]")) for text in texts[-2:])
        return frozenset() if is_cut else frozenset(texts)


def moment(said: str | None) -> datetime | None:
    """Return ``said`` as a time with an offset; None if it is none."""
    value = datetime.fromisoformat(said) if said and "T" in said else None
    return value if value and value.tzinfo else None
