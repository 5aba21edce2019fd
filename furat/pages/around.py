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
TELLING_TAGS = numbers(TAGS | {"li"})
"""What tells by its tag alone."""

LEAVES = numbers(["area", "br", "hr", "img", "input", "path", "script", "source", "style", "use", "wbr"])
"""What holds nothing."""

TITLES = frozenset({".entry-title", ".post-title"})
HOLDERS = frozenset({"article", "li"})
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
    link: Node | None = None
    """The link, where no article and no item of a list is nearer."""

    is_title: bool = False
    """Whether it stands in what is called a title, within the item."""

    beside: int = 0
    """The `mem_id` of the part beside the matter."""

    is_soft: bool = False
    """Whether that part bears only names of SOFT."""

    in_main: bool = False


NOTHING = Around()


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
        self.links: list[tuple[Node, Mapping[str, str | None]]] = []
        """The links with their attributes."""
        self.marks: list[Node] = []
        """The links and the headings, in reading order."""
        self._named: list[tuple[Node, frozenset[str]]] = []
        matter = tree.css(MATTER)
        self._main = {node.mem_id for node in matter if node.tag not in HEADINGS}
        self._matter = {each.mem_id for node in matter for each in (node, *ancestors(node))}
        if tree.body is not None:
            self._look_at(tree.body)

    def _look_at(self, body: Node) -> None:
        """Look at every element once."""
        self.of(body)
        known = self._known
        for node in islice(body.traverse(), 1, None):
            if node.tag_id in LEAVES:
                continue
            attributes, parent = node.attributes, node.parent
            around = known[parent.mem_id] if parent is not None else NOTHING
            if attributes or node.tag_id in TELLING_TAGS:
                around = self._within(node, attributes, around)
                if node.tag_id == LINK and "href" in attributes:
                    self.links.append((node, attributes))
                    self.marks.append(node)
                elif node.tag_id in HEADING_TAGS:
                    self.marks.append(node)
            known[node.mem_id] = around

    def bearing(self, names: frozenset[str]) -> list[Node]:
        """Return what bears one of these ``names`` of items."""
        return [node for node, own in self._named if not own.isdisjoint(names)]

    def of(self, node: Node) -> Around:
        """Return what stands around ``node``."""
        way: list[Node] = []
        above: Node | None = node
        while above is not None and above.mem_id not in self._known:
            way.append(above)
            above = above.parent
        around = self._known[above.mem_id] if above is not None else NOTHING
        for each in reversed(way):
            around = self._known[each.mem_id] = self._within(each, each.attributes, around)
        return around

    def part(self, node: Node) -> int:
        """Return the `mem_id` of the part beside the matter that ``node`` stands in; 0 where it stands in none."""
        around = self.of(node)
        if around.is_soft:
            self.soft.add(around.beside)
        return around.beside

    def _within(self, node: Node, given: Mapping[str, str | None], around: Around) -> Around:
        names = _telling(node.tag or "", given.get("class"), given.get("id"), self.items)
        if not names and node.mem_id not in self._main:
            return around
        if len(names) == 1 and node.tag_id == LINK and node.mem_id not in self._main:
            # Most of what tells anything; to replace the one value takes long.
            item, depth, heading, _, is_title, beside_id, is_soft, in_main = around
            return Around(item, depth, heading, node, is_title, beside_id, is_soft, in_main)
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
            link=node if node.tag == "a" else None if node.tag in HOLDERS else around.link,
            is_title=(around.is_title and not is_item) or not TITLES.isdisjoint(names),
            beside=node.mem_id if beside else around.beside,
            is_soft=beside <= SOFT and (around.is_soft or not around.beside) if beside else around.is_soft,
            in_main=around.in_main or node.mem_id in self._main,
        )


@lru_cache(maxsize=8192)
def _telling(tag: str, classes: str | None, id_: str | None, items: frozenset[str]) -> frozenset[str]:
    """Return the names of an element that tell anything here."""
    own = frozenset((tag, *names_of(tag, classes, id_)))
    known = own & (items | BESIDE | TITLES | HOLDERS | ALL_HEADINGS | {"a"})
    return known - items if tag in ("body", "main", "html") or ".type-page" in own else known
