"""A small Furat Post that is only described: every post and every page is made when it is asked for."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal

from .cards import Card, Page, featured, paragraph
from .history import DAMASCUS, FIRST_ID, ID_STEP, History
from .plan import HERE, ROUND, STICKY, TRAPS, TWINS, Members, author, categories, is_protected, sections, tags
from .post_page import Around, Post
from .posts import Draft
from .words import TAILS, TITLES, Writer, find, slugify, title

UNPUBLISHED = ("draft", "private", "future")
"""The status of the posts -1, -2 and -3, which no page ever shows."""

OF_API = re.compile(rf"{re.escape(HERE)}wp-json/([\w/]*)(\?)?")
"""An address of the API; its parameters follow another sign where it is one itself."""

ODD_TAILS = {
    TRAPS["long-slug"]: " بعد أن أعلنت لجنة الأحياء نتائج المسابقة السنوية التي شارك فيها طلاب المدارس والمعاهد",
    TRAPS["escapes-in-title"]: ' & "ورشة عمل" <مفتوحة>',
}

Paging = Literal["older", "numbers", "more"]
Rest = bool | Literal[401, 403, 404, 200]
Api = Literal["wp-json/", "index.php?rest_route=/"]
Sitemaps = Literal["core", "yoast", "rank-math"]


class Replica(History):
    """A site with so many articles, a pure function of its arguments and of the changes made since.

    ``weight`` is the size of a page in bytes, ``prefix`` the folder the site lies in, such as `/ar`; ``forbid`` makes
    robots.txt forbid everything. ``rest`` opens the REST API; closed, it answers with a status: False is 401, and 200
    an HTML page. ``api`` is the address that the site tells of it; `?rest_route=` leads there in any case. ``feeds``
    opens the feeds, ``sitemaps`` says whose sitemaps there are. So many ``reports`` are posts of a type of their
    own, which REST alone lists. `TRAPS` says which post is what.

    >>> site = Replica(60)
    >>> len(list(site.truth())), len(list(site.hidden()))
    (60, 4)
    """

    def __init__(  # noqa: PLR0913 - each argument is one plain property of the site
        self,
        articles: int = 60,
        seed: int = 1,
        *,
        paging: Paging = "older",
        weight: int = 60_000,
        prefix: str = "",
        rest: Rest = False,
        api: Api = "wp-json/",
        feeds: bool = True,
        sitemaps: Sitemaps | None = "core",
        forbid: bool = False,
        reports: int = 0,
    ) -> None:
        super().__init__(articles)
        if self.posts > TITLES:
            raise ValueError(f"At most {TITLES} articles, not {articles}: no two may share a title.")
        self.seed = seed
        self.paging = paging
        self.weight = weight
        self.prefix = prefix
        self.rest = rest
        self.api = api
        self.feeds = feeds
        self.sitemaps = sitemaps
        self.forbid = forbid
        self.reports = reports
        self.written = 0
        """How many cards and bodies have been made so far: what a test of laziness counts."""
        self.card: Callable[[int], Card] = lru_cache(maxsize=2048)(self._card)
        """The card of the post with an index."""

    # What is there

    def truth(self, base: str = "http://127.0.0.1/") -> Iterator[dict[str, Any]]:
        """Yield what a perfect crawl of ``base`` would archive, newest first."""
        for index in reversed(range(self.posts)):
            if self.is_listed(index) and not is_protected(index):
                yield self.article(index, base)

    def hidden(self, base: str = "http://127.0.0.1/") -> Iterator[dict[str, Any]]:
        """Yield what must never be archived, each with its `status`: protected, draft, private or future."""
        for index in reversed(range(-len(UNPUBLISHED), self.posts)):
            if index < 0 or (self.is_listed(index) and is_protected(index)):
                yield self.article(index, base) | {"status": self.card(index).status}

    def article(self, index: int, base: str = "http://127.0.0.1/") -> dict[str, Any]:
        """Return the truth about the post ``index``.

        `modified` is a moment where the page prints one, else the date alone that stands in its JSON-LD. A row of a
        table is a paragraph with ` | ` between the cells. `beside` lists the texts printed within the body that are
        none of its own: captions, tweets, advertisements, related titles.
        """
        post = self.post(index)
        card, blocks = post.card, [block for page in post.pages for block in page]
        pictures = ((post.picture, None), *(image for block in blocks for image in block.images))
        return {
            "index": index,
            "post_id": card.id,
            "url": self.at(base, card.url),
            "title": card.title,
            "paragraphs": [text for block in blocks for text in block.paragraphs],
            "authors": [card.author],
            "published": card.published.isoformat(),
            "modified": post.modified.isoformat() if post.shows_modified else post.modified.date().isoformat(),
            "categories": [term.name for term in post.categories],
            "tags": [term.name for term in post.tags],
            "sections": [
                {"kind": term.kind, "name": term.name, "url": self.at(base, term.url)} for term in sections(index)
            ],
            "images": [{"url": self.at(base, url), "caption": caption} for url, caption in pictures if url],
            "videos": [url for block in blocks for url in block.videos],
            "beside": [text for block in blocks for text in block.beside],
        }

    def at(self, base: str, text: str) -> str:
        """Return ``text`` with the site's address put in; a ``base`` may name the prefix or leave it out."""
        if self.api != "wp-json/":
            text = OF_API.sub(lambda found: f"{HERE}{self.api}{found[1]}{'&' if found[2] else ''}", text)
        return text.replace(HERE, base.rstrip("/").removesuffix(self.prefix) + self.prefix + "/")

    # What happens to it

    def copy(self, index: int) -> int:
        """Publish a post once more, title and text, with a number and a slug of its own; return its index."""
        self.add()
        copy = self.posts - 1
        self.changes.copies[copy] = index
        self.card.cache_clear()  # type: ignore[attr-defined]
        return copy

    def replace(self, index: int) -> int:
        """Delete a post, and publish another one under its slug; return the index of that."""
        slug = self.card(index).slug
        self.delete(index)
        self.add()
        self.changes.slugs[self.posts - 1] = slug
        self.card.cache_clear()  # type: ignore[attr-defined]
        return self.posts - 1

    def rename(self, index: int) -> None:
        """Give a post a new slug; the old one leads to it."""
        old = self.card(index).slug
        self.changes.old_slugs[old] = index
        self.changes.slugs[index] = f"renamed-{len(self.changes.old_slugs)}-{self.card(index).id}"
        self.card.cache_clear()  # type: ignore[attr-defined]
        self._modify(index)

    # Where things are

    def newest(self, members: Members, start: int, stop: int) -> list[Card]:
        """Return the posts of a listing from ``start`` to ``stop``, newest first."""
        return [self.card(self.at_rank(members, rank)) for rank in range(start, min(stop, self.count(members)))]

    def find(self, slug: str) -> int | None:
        """Return the index of the listed post that has this slug, or None."""
        near = find(self.seed, slug)
        maybe = (
            [near, near + 1]
            if near is not None
            else [self.by_id(int(slug))]
            if slug.isascii() and slug.isdigit()
            else []
        )
        maybe += [index for index, renamed in tuple(self.changes.slugs.items()) if renamed == slug]
        return next(
            (index for index in maybe if index is not None and self.is_listed(index) and self.card(index).slug == slug),
            None,
        )

    def moved(self, slug: str) -> int | None:
        """Return the index of the post to which an old slug leads: the renamed one, or WordPress's guess."""
        index = self.changes.old_slugs.get(slug)
        if index is None:
            index = self.find(f"{slug}-2")
        return index if index is not None and self.is_listed(index) else None

    # What it is

    def post(self, index: int) -> Post:
        """Return all about a post."""
        card = self.card(index)
        added = self.changes.paragraphs.get(index, ())
        return Post(
            card=card,
            pages=self._pages(card, added),
            modified=self.modified(index).astimezone(DAMASCUS),
            shows_modified=card.place == TRAPS["modified"],
            picture=featured(card),
            categories=categories(index),
            tags=tags(index),
            comments=2 if index % 5 == 0 else 0,
        )

    def around(self, index: int) -> Around:
        """Return the posts that the page of a post links to."""
        near = [self.card(other) if self.is_listed(other) else None for other in (index - 1, index + 1)]
        related = [other for other in range(index - 5, index - 2) if self.is_listed(other)]
        return Around(near[0], near[1], [self.card(other) for other in related])

    def sticky(self) -> list[Card]:
        """Return the posts that stand on top of the first page, newest first."""
        return [self.card(index) for index in reversed(STICKY) if self.is_listed(index)]

    def _card(self, index: int) -> Card:
        self.written += 1
        place, number = index % ROUND, FIRST_ID + index * ID_STEP
        write = Writer(self.seed, _origin(index), "card")
        name, slug = self._name(index, write.pick(TAILS))
        of = self.changes.copies.get(index)
        who = author(index)
        return Card(
            index=index,
            id=number,
            title="" if place == TRAPS["untitled"] else name if of is None else self.card(of).title,
            slug=self.changes.slugs.get(index) or (str(number) if place == TRAPS["untitled"] else slug),
            lead="" if place == TRAPS["video-only"] else write.sentence(),
            author=who.name,
            author_slug=who.slug,
            published=self.published(index).astimezone(DAMASCUS),
            status=UNPUBLISHED[-1 - index] if index < 0 else "protected" if is_protected(index) else "publish",
        )

    def _name(self, index: int, tail: str) -> tuple[str, str]:
        """Return the title and the slug of a post: a twin has those of the post before, with a number behind."""
        place = index % ROUND
        if place in TWINS:
            before = self.card(index - 1)
            name = before.title if place == TRAPS["equal-title"] else before.title.removesuffix("والمعاهد") + "في الريف"
            return name, slugify(name, "-2")
        name = title(self.seed, index) + ODD_TAILS.get(place, tail)
        return name, slugify(name)

    def _pages(self, card: Card, added: tuple[str, ...]) -> list[Page]:
        self.written += 1
        if card.index in self.changes.copies:
            card = self.card(self.changes.copies[card.index])
        pages = Draft(self.seed, card, _origin(card.index)).pages()
        return [*pages[:-1], [*pages[-1], *(paragraph(text) for text in added)]]


def _origin(index: int) -> int:
    """Return the index whose words a post uses: its own, but for the near-identical ones."""
    return index - (index % ROUND == TRAPS["near-identical"])
