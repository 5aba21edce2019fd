"""The page of one article."""

import re
from functools import cached_property
from itertools import islice
from typing import TypeVar
from weakref import proxy  # the page keeps its readers: a cycle would keep its tree until the next collection

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.arabic import clean
from furat.items import Article, Image
from furat.pages.body import Body, Reader
from furat.pages.byline import Byline
from furat.pages.container import Container
from furat.pages.evidence import Decision
from furat.pages.featured import Featured
from furat.pages.heading import Heading
from furat.pages.identity import Identity, identity_of
from furat.pages.joined import put_together
from furat.pages.moments import Moment, Moments
from furat.pages.names import Parts, ancestors
from furat.pages.page import Page, Thing
from furat.pages.pictures import with_featured
from furat.pages.place import Place
from furat.pages.shape import printed
from furat.pages.taught import Guide, Taught
from furat.pages.terms import Terms
from furat.pages.things import headlines, is_article, own_things
from furat.pages.titles import Titles, agree
from furat.pages.weights import Weights
from furat.sections import Section

V = TypeVar("V")

NOT_ARTICLES = frozenset({"archive", "home", "blog", "search", "error404", "page", "attachment"})


class ArticlePage(Page):
    """Reads one article; what the page does not say is None or empty."""

    def __init__(self, html: str | bytes, url: str, guide: Guide | None = None) -> None:
        """Take what the site itself taught as ``guide``."""
        super().__init__(html, url)
        self._guide = guide

    def to_item(self) -> Article:
        """Return the article as printed; `clean` has been applied to its title and to each paragraph of its text."""
        published = self.published
        text, paragraphs, digest = put_together(self.title, self.body.paragraphs, self.language)
        return Article(
            id=self.id,
            url=self.canonical,
            post_id=self.post_id,
            digest=digest,
            title=clean(self.title, self.language or "ar"),
            text=text,
            title_raw=self.title,
            paragraphs_raw=paragraphs,
            guessed=self.fallback,
            authors=self.authors,
            published=published.value if published else None,
            published_raw=published.printed if published else None,
            published_source=published.source if published else None,
            modified=self.modified,
            categories=self.categories,
            tags=self.tags,
            images=self.images,
            videos=tuple(self.body.videos),
            language=self.language,
        )

    # What kind of page it is

    @property
    def is_article(self) -> bool:
        """Whether this is one article: by core's mark, or else by what the heading and the page's data agree on."""
        classes = self.body_classes
        if "single" in classes:
            return not classes & {"attachment", "single-attachment", "single-product"}
        if classes & NOT_ARTICLES and self.is_head_trusted:
            return False
        return bool(self.heading) and (
            any(map(is_article, self.own)) or (self.is_head_trusted and "article" in self.meta.get("og:type", ()))
        )

    @property
    def protected(self) -> bool:
        """Whether the page asks for a password."""
        return not self.telling.keys().isdisjoint(("form", "input"))

    @property
    def fallback(self) -> bool:
        """Whether the body is a guess: nothing but the weight of its words tells where it stands."""
        node = self.container
        told = (one for one in self.containers.candidates if one.source in ("name", "profile"))
        return node is None or all(one.value.mem_id != node.mem_id for one in told)

    # Where it is

    @cached_property
    def identity(self) -> Identity:
        """What the page claims to be: whether that is believed, others decide."""
        return identity_of(self)

    @property
    def post_id(self) -> int | None:
        """The number that WordPress gives the post."""
        return self.identity.post_id

    @cached_property
    def canonical(self) -> str:
        """The canonical address: the page's own word where it is plausible, else the address it came from."""
        own = self.identity.canonical if self.is_head_trusted else None
        url = urls.canonical(own if own and urls.authority(own) == urls.authority(self.url) else self.url)
        return re.sub(r"/\d+/$", "/", url) if self.identity.is_later_page else url

    @property
    def id(self) -> str:
        """The host and the post's number, or its path where the page prints none."""
        host = urls.authority(self.url)
        if not self.post_id:
            return host + self.canonical.partition(host)[2]
        return f"{host}/{self.identity.root}{self.post_id}"

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The addresses of the other pages of an article of several, in order."""
        found = map(self.link, self.telling.get("a", ()))
        return tuple(dict.fromkeys(url for url in found if url))

    @property
    def may_hide_pages(self) -> bool:
        """Whether later pages may exist without a link to them.

        A block theme links the pages of an article only where they were parted by a
        block, not by the older `<!--nextpage-->` (WordPress's `render_block_core_post_content`).
        """
        return not self.pages and ".wp-block-post-content" in self.parts

    # What it says

    @cached_property
    def taught(self) -> Taught:
        """What the site itself taught of its pages gives here."""
        return self._guide.article(self) if self._guide else Taught()

    def _proven(self, field: str, value: V) -> V | None:
        """Return a value that the site taught, where the place that gives it has proven right."""
        return value if field in self.taught.proven else None

    @cached_property
    def parts(self) -> Parts:
        """The parts that are the page's own; what holds most of its words is one, whatever its name."""
        heaviest = self.weights.holder(self.weights.held())
        return Parts(self.weights.root, [heaviest] if heaviest else [])

    @cached_property
    def weights(self) -> Weights:
        """Where the words stand."""
        return Weights(self.tree.body or self.tree.create_node("body"))

    @cached_property
    def heading(self) -> Node | None:
        """The element that prints the title."""
        return self._proven("title", self.taught.heading) or self.headings.value

    @cached_property
    def headings(self) -> Decision[Node]:
        """What speaks for the element that prints the title."""
        said = (*self.titles.said, *headlines(self.things))
        return Heading(self.parts, self.layout.TITLE, self.weights, said, self._leads_elsewhere).decide()

    def _leads_elsewhere(self, heading: Node) -> bool:
        """Return whether ``heading`` is, or holds, a link to another page, as those of cards do."""
        links = heading.css("a[href]")[:1] or [each for each in islice(ancestors(heading), 3) if each.tag == "a"]
        url = self.link(links[0]) if links else None
        return url is not None and urls.canonical(url) != urls.canonical(self.url)

    @cached_property
    def title(self) -> str:
        """The title as printed; empty where the article has none."""
        heading = self._proven("title", self.taught.title) or printed(self.heading)
        return self.titles.decide(heading, headlines(self.things), is_post=self.is_wordpress_post)

    @cached_property
    def container(self) -> Node | None:
        """The element that holds the body."""
        return self.containers.value

    @cached_property
    def containers(self) -> Decision[Node]:
        """What speaks for the element that holds the body."""
        taught = self._proven("body", self.taught.body)
        return Container(self.parts, self.layout, self.weights, self.heading, self.post_id, taught).decide()

    @cached_property
    def body(self) -> Body:
        """The body as printed."""
        if self.container is None:
            return Body()
        return Reader(self.container, self.base, self.heading, self.taught.dropped).read()

    @property
    def images(self) -> tuple[Image, ...]:
        """The featured picture and those of the body, in the order of `with_featured`."""
        featured = Featured(self, self.heading, self.container, is_head_trusted=self.is_head_trusted)
        return with_featured(featured.image(), self.body.images)

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Names as printed."""
        return self._proven("authors", self.taught.authors) or self.byline.names()

    @cached_property
    def byline(self) -> Byline:
        """What speaks of who wrote it."""
        return Byline(proxy(self), self.own, self._place.holds, is_head_trusted=self.is_head_trusted)

    @cached_property
    def published(self) -> Moment | None:
        """When the site says that it was published."""
        return self._proven("published", self.taught.published) or self.moments.published()

    @property
    def modified(self) -> str | None:
        """When the site says that it was last changed."""
        taught = self._proven("modified", self.taught.modified)
        return taught.value if taught else self.moments.modified()

    @cached_property
    def moments(self) -> Moments:
        """What speaks of when it was published and changed."""
        place = self._place
        return Moments(proxy(self), self.own, place.holds, place.lines, is_head_trusted=self.is_head_trusted)

    @cached_property
    def _place(self) -> Place:
        return Place(self.parts, self.heading, self.container)

    # Where it belongs

    @property
    def sections(self) -> tuple[Section, ...]:
        """The categories and the tags that the article links to as its own."""
        return (*self.terms.categories, *self.terms.tags)

    @property
    def categories(self) -> tuple[str, ...]:
        """The names of its categories."""
        taught = self._proven("categories", self.taught.categories)
        return tuple(one.name for one in taught or ()) or self.terms.names_of("category")

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of its tags."""
        taught = self._proven("tags", self.taught.tags)
        return tuple(one.name for one in taught or ()) or self.terms.names_of("tag")

    @cached_property
    def terms(self) -> Terms:
        """What speaks of where it belongs."""
        return Terms(proxy(self), self.own, self._place.is_of_another, is_head_trusted=self.is_head_trusted)

    # What to believe

    @cached_property
    def titles(self) -> Titles:
        """The titles that the head gives."""
        return Titles(self.meta, printed(self.first("title")))

    @cached_property
    def is_head_trusted(self) -> bool:
        """Whether the head speaks of this article, by title or address: some sites copy it from their home page."""
        is_agreed = not self.titles.said or any(agree(self.title, said) for said in self.titles.said)
        claimed = {*filter(None, [self.identity.canonical]), *self.meta.get("og:url", ())[:1]}
        return is_agreed or urls.canonical(self.url) in map(urls.canonical, claimed)

    @cached_property
    def own(self) -> list[Thing]:
        """The JSON-LD nodes that speak of this article, those of articles first."""
        return own_things(self.things, self.title, is_head_trusted=self.is_head_trusted)
