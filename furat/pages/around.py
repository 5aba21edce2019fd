"""What stands around an element of a listing: an item, a heading, a link, a part beside the matter."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode as Node

from furat.pages.names import BESIDE, LINK, MATTER, TAGS, ancestors, names_of
from furat.pages.tags import numbers

HEADINGS = ("h1", "h2", "h3", "h4")
LOW_HEADINGS = ("h5", "h6")
ALL_HEADINGS = frozenset({*HEADINGS, *LOW_HEADINGS})
HEADING_TAGS = numbers(ALL_HEADINGS)
TELLING_TAGS = numbers({"article", *ALL_HEADINGS, *(BESIDE & TAGS)})
"""What tells by its tag alone."""

LEAVES = numbers(["area", "br", "hr", "img", "input", "path", "script", "source", "style", "use", "wbr"])
"""What holds nothing."""

TITLES = frozenset({".entry-title", ".post-title"})
HOLDERS = numbers(["article", "li"])
"""What parts a heading from a link further out."""

SOFT = frozenset(name for name in BESIDE if ("widget" in name or "side" in name) and "footer" not in name)
"""Names that also stand for the whole of a page, as in "has a sidebar"."""

DEEPEST = 30
"""Items that lie in one another: no sane page has more than a few."""


class Around(NamedTuple):
    """What is nearest around an element, the element itself among it."""

    item: int = 0
    """The `mem_id` of what bears a name of an item."""

    depth: int = 0
    heading: Node | None = None
    is_title: bool = False
    """Whether it stands in what is called a title, within the item."""

    beside: int = 0
    """The `mem_id` of the part beside the matter."""

    is_soft: bool = False
    """Whether that part bears only names of SOFT."""

    in_main: bool = False


NOTHING = Around()

Link = tuple[Node, Mapping[str, str | None]]
"""A link and its attributes."""


class Mark(NamedTuple):
    """A link or a heading, which may show an entry."""

    node: Node
    link: Link | None
    """The link itself, or the one around a heading, if no article and no item of a list is nearer."""

    around: Around


class Surroundings:
    """Tells of every element of a page, each once, what stands around it."""

    def __init__(self, tree: LexborHTMLParser, items: Iterable[str]) -> None:
        """Take the names of ``items``."""
        self.items = frozenset(items)
        self.outer: dict[int, int] = {}
        """The item around an item."""
        self.nodes: dict[int, Node] = {}
        """The items."""
        self.soft: set[int] = set()
        """The parts of SOFT that were asked for."""
        self._known: dict[int, Around] = {}
        self.links: list[Link] = []
        self.marks: list[Mark] = []
        """The links and the headings, in reading order."""
        self._named: list[tuple[Node, frozenset[str]]] = []
        matter = tree.css(MATTER)
        self._main = {node.mem_id for node in matter if node.tag not in HEADINGS}
        self._matter = {each.mem_id for node in matter for each in (node, *ancestors(node))}
        if tree.body is not None:
            self._look_at(tree.body)

    def _look_at(self, body: Node) -> None:
        """Look at every element once; what is around most of them is what is around their parents."""
        self.of(body)
        known, main, items = self._known, self._main, self.items
        inside: dict[int, Link] = {}  # the link around what stands in one
        for node in islice(body.traverse(), 1, None):
            tag = node.tag_id
            if tag in LEAVES:
                continue
            attributes, above, id_ = node.attributes, node.parent, node.mem_id
            outer = above.mem_id if above is not None else 0
            around, link = known.get(outer) or self.of(above), inside.get(outer)
            if tag == LINK:
                link = node, attributes
            if link and tag not in HOLDERS:
                inside[id_] = link
            if attributes or tag in TELLING_TAGS:
                names = _telling(node.tag or "", attributes.get("class"), attributes.get("id"), items)
                if names or id_ in main:
                    around = self._within(node, names, around)
                if tag == LINK and link and "href" in attributes:
                    self.links.append(link)
                    self.marks.append(Mark(node, link, around))
                elif tag in HEADING_TAGS:
                    self.marks.append(Mark(node, link, around))
            known[id_] = around

    def bearing(self, names: frozenset[str]) -> list[Node]:
        """Return what bears one of these ``names`` of items."""
        return [node for node, own in self._named if not own.isdisjoint(names)]

    def of(self, node: Node | None) -> Around:
        """Return what stands around ``node``."""
        way: list[Node] = []
        above = node
        while above is not None and above.mem_id not in self._known:
            way.append(above)
            above = above.parent
        around = self._known[above.mem_id] if above is not None else NOTHING
        for each in reversed(way):
            get = each.attributes.get
            names = _telling(each.tag or "", get("class"), get("id"), self.items)
            around = self._known[each.mem_id] = self._within(each, names, around)
        return around

    def part(self, node: Node) -> int:
        """Return the `mem_id` of the part beside the matter that ``node`` stands in; 0 where it stands in none."""
        around = self.of(node)
        if around.is_soft:
            self.soft.add(around.beside)
        return around.beside

    def _within(self, node: Node, names: frozenset[str], around: Around) -> Around:
        """Return what stands around an element that bears these ``names``, and around what stands in it."""
        is_main = node.mem_id in self._main
        if not names and not is_main:
            return around
        is_named = not self.items.isdisjoint(names)
        if is_named:
            self._named.append((node, names))
        is_item = is_named and around.depth < DEEPEST
        if is_item:
            self.outer[node.mem_id], self.nodes[node.mem_id] = around.item, node
        beside = names & BESIDE
        if beside and node.mem_id in self._matter:
            beside = frozenset()
        return Around(
            item=node.mem_id if is_item else around.item,
            depth=around.depth + is_item,
            heading=node if node.tag in ALL_HEADINGS else None if is_item else around.heading,
            is_title=(around.is_title and not is_item) or not TITLES.isdisjoint(names),
            beside=node.mem_id if beside else around.beside,
            is_soft=beside <= SOFT and (around.is_soft or not around.beside) if beside else around.is_soft,
            in_main=around.in_main or is_main,
        )


@lru_cache(maxsize=8192)
def _telling(tag: str, classes: str | None, id_: str | None, items: frozenset[str]) -> frozenset[str]:
    """Return the names of an element that tell anything here."""
    own = frozenset((tag, *names_of(tag, classes, id_)))
    known = own & (items | BESIDE | TITLES | ALL_HEADINGS)
    return known - items if tag in ("body", "main", "html") or ".type-page" in own else known
