"""What the posts of the replica are made of: what a listing shows of one, and the blocks of its body."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from .plan import HERE, ROUND, TRAPS

PICTURES = f"{HERE}wp-content/uploads/2019/05/"


@dataclass(frozen=True, slots=True)
class Card:
    """What a listing shows of a post."""

    index: int
    id: int
    title: str
    slug: str
    lead: str
    author: str
    author_slug: str
    published: datetime
    status: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"{HERE}{self.slug}/"

    @property
    def place(self) -> int:
        """Its place in a round."""
        return self.index % ROUND

    @property
    def heading(self) -> str:
        """Its title as HTML, as WordPress shows it."""
        return escape(f"محمي: {self.title}" if self.status == "protected" else self.title)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a body: its HTML, and what a reader finds in it."""

    html: str
    paragraphs: tuple[str, ...] = ()
    images: tuple[tuple[str, str | None], ...] = ()
    videos: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Text within the body that is none of the article's own: captions, tweets, advertisements, related titles."""

    is_themes: bool = False
    """Whether the theme sets it into its own page, so that neither REST nor feeds have it."""


Page = list[Block]


def featured(card: Card) -> str | None:
    """Return the address of the picture above a post, or None: every fourth post has none."""
    if card.place == TRAPS["raw-image"]:
        return f"{PICTURES}%d8%b5%d9%88%d8%b1%d8%a9-{card.index}.jpg"
    return f"{PICTURES}photo-{card.index}.jpg" if card.index % 4 != 3 else None


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return Block(f"<p>{escape(text, quote=False)}</p>\n", (text,))
