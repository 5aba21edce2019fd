"""What speaks for each field of an article: readers that propose, and what they decide for."""

from functools import cached_property
from itertools import islice
from typing import TypeVar
from weakref import proxy  # the page keeps its readers: a cycle would keep its tree until the next collection

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.body import Body, Reader
from furat.pages.byline import Byline
from furat.pages.container import Container, clear_body
from furat.pages.evidence import Decision
from furat.pages.heading import Heading
from furat.pages.identity import Identity, identity_of
from furat.pages.moments import Moments
from furat.pages.names import Parts, ancestors, is_beside
from furat.pages.page import Page, Thing
from furat.pages.place import Place
from furat.pages.post_class import post_class
from furat.pages.shape import printed
from furat.pages.taught import Guide, Taught
from furat.pages.terms import Terms
from furat.pages.things import headlines, own_things, sites
from furat.pages.titles import Titles, agree, named_by, without_label
from furat.pages.weights import Weights

V = TypeVar("V")

FEW = 10
"""Elements of a heading that may hold a label."""

TITLES = (".entry-title", ".post-title", ".wp-block-post-title", "=headline")


class WeighedPage(Page):
    """A page with the evidence for what it says of one article; each reader looks at it once."""

    def __init__(self, html: str | bytes, url: str, guide: Guide | None = None) -> None:
        """Take what the site itself taught as ``guide``."""
        super().__init__(html, url)
        self._guide = guide

    @cached_property
    def taught(self) -> Taught:
        """What the site itself taught of its pages gives here."""
        return self._guide.article(self) if self._guide else Taught()

    def _proven(self, field: str, value: V) -> V | None:
        """Return a value that the site taught, where the place that gives it has proven right."""
        return value if field in self.taught.proven else None

    @cached_property
    def _named(self) -> Parts:
        return Parts(self.tree.body or self.tree.create_node("body"))

    @cached_property
    def weights(self) -> Weights:
        """Where the words stand; nothing where names and places are clear without."""
        root = self.tree.body or self.tree.create_node("body")
        return Weights(root, is_needed=self._clear is None)

    @cached_property
    def _clear(self) -> Decision[Node] | None:
        """The body, where names tell it clearly and the title too."""
        is_titled = "h1" in self._named or any(name in self._named for name in TITLES)
        return clear_body(self, self._named, self.identity.post_id) if is_titled else None

    @cached_property
    def parts(self) -> Parts:
        """The parts that are the page's own; what holds most of its words is one, whatever its name."""
        heaviest = self.weights.holder(self.weights.held())
        is_hidden = heaviest is not None and any(is_beside(each) for each in (heaviest, *ancestors(heaviest)))
        return Parts(self.weights.root, [heaviest]) if heaviest and is_hidden else self._named

    @cached_property
    def identity(self) -> Identity:
        """What the page claims to be: whether that is believed, others decide."""
        return identity_of(self)

    @cached_property
    def titles(self) -> Titles:
        """The titles that the head gives."""
        return Titles(self.meta, printed(self.first("title")), sites(self.things))

    @cached_property
    def headings(self) -> Decision[Node]:
        """What speaks for the element that prints the title."""
        said = (*self.titles.said, *headlines(self.things), *named_by(self.url))
        return Heading(self.parts, self.layout.TITLE, self.weights, said, self._leads_elsewhere).decide()

    @cached_property
    def heading(self) -> Node | None:
        """The element that prints the title."""
        return self._proven("title", self.taught.heading) or self.headings.value

    def _leads_elsewhere(self, heading: Node) -> bool:
        """Return whether ``heading`` is, or holds, a link to another page, as those of cards do."""
        links = heading.css("a[href]")[:1] or [each for each in islice(ancestors(heading), 3) if each.tag == "a"]
        url = self.link(links[0]) if links else None
        return url is not None and urls.canonical(url) != urls.canonical(self.url)

    @cached_property
    def title(self) -> str:
        """The title as printed; empty where the article has none."""
        said = headlines(self.things)
        heading = self._proven("title", self.taught.title) or without_label(
            printed(self.heading), (*said, *self.titles.own), self._parts_of_the_heading
        )
        return self.titles.decide(heading, said, is_post=self.is_wordpress_post)

    def _parts_of_the_heading(self) -> list[str]:
        """Return what each element in the heading prints."""
        return [*map(printed, self.heading.css("*")[:FEW])] if self.heading else []

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

    @cached_property
    def containers(self) -> Decision[Node]:
        """What speaks for the element that holds the body."""
        taught = self._proven("body", self.taught.body)
        if self._clear is not None and self._clear.value is not None and taught is None:
            return self._clear
        return Container(proxy(self), self.weights, self.heading, self.identity.post_id, taught).decide()

    @cached_property
    def container(self) -> Node | None:
        """The element that holds the body."""
        return self.containers.value

    @cached_property
    def body(self) -> Body:
        """The body as printed."""
        if self.container is None:
            return Body()
        return Reader(self.container, self.base, self.heading, self.taught.dropped).read()

    @cached_property
    def _place(self) -> Place:
        return Place(self.parts, self.heading, self.container)

    @cached_property
    def byline(self) -> Byline:
        """What speaks of who wrote it."""
        return Byline(proxy(self), self.own, self._place, is_head_trusted=self.is_head_trusted)

    @cached_property
    def moments(self) -> Moments:
        """What speaks of when it was published and changed."""
        return Moments(proxy(self), self.own, self._place, is_head_trusted=self.is_head_trusted)

    @cached_property
    def terms(self) -> Terms:
        """What speaks of where it belongs."""
        around = (each for node in (self.container, self.heading) if node for each in (node, *ancestors(node)))
        place, classes = self._place, post_class(around)
        return Terms(proxy(self), self.own, place.is_of_another, classes, is_head_trusted=self.is_head_trusted)
