"""Where the words of a page stand: what tells its body where no name does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode as Node

from furat.pages.kinds import kind_of
from furat.pages.names import DEEPEST, ROOT, is_beside, names_of, words

SHARE = 0.6
LEAST = 25
"""Letters from which on a text outside of a paragraph is more than a label."""

FEW = 0.3
"""Of all words: where what no name sets aside holds fewer, the names are wrong."""

_PARSER = LexborHTMLParser("")


def _ids(tags: str) -> frozenset[int]:
    return frozenset(_PARSER.create_node(tag).tag_id for tag in words(tags))


TEXT = 2
"""The parser's number for a text."""

PARAGRAPH = _ids("p")
HEADINGS = _ids("h1 h2 h3 h4")
UNWEIGHED = _ids("a button script style noscript option select textarea template label title svg iframe")
WITHIN = _ids("p li span b strong em i u font h1 h2 h3 h4 h5 h6 blockquote small mark dd dt q cite")
"""What stands within a block: its words are those of what stands around."""

APART = _ids("nav footer aside dialog template svg")
MATTER = words("body main article")
COMMENTS = words("#comments .comments-area .comment-list .commentlist #respond .comment-respond .comment-body")
"""What core calls the comments (https://developer.wordpress.org/reference/classes/walker_comment/)."""

NO_CONTAINERS = words("p ul ol li dl dt dd blockquote span a h1 h2 h3 h4 h5 h6 figure pre b strong em i font center")


@dataclass(slots=True)
class Group:
    """The words that stand in one element, and in what is around it."""

    node: Node
    last: int
    """The place of the last of its words, in reading order."""

    around: tuple[int, ...]
    is_apart: bool
    is_beside: bool
    weight: int = 0


class Weights:
    """Weighs the words of a page that are no links, in one pass."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.nodes: dict[int, Node] = {}
        self.orders: dict[int, int] = {}
        self._flags: dict[int, tuple[bool, bool]] = {}
        groups: dict[int, Group] = {}
        for order, node in enumerate(root.traverse(include_text=True)):
            tag = node.tag_id
            if tag in HEADINGS:
                self.orders[node.mem_id] = order
            elif tag == TEXT:
                self._weigh(node, order, groups)
        self.groups = _without_what_stands_beside([group for group in groups.values() if not group.is_apart])

    def held(self, after: Node | None = None) -> dict[int, int]:
        """Return the weight of every element that holds words which follow ``after``."""
        start = self.orders.get(after.mem_id, -1) if after else -1
        found: dict[int, int] = {}
        for group in self.groups:
            if group.last > start:
                for id_ in group.around:
                    found[id_] = found.get(id_, 0) + group.weight
        return found

    def holder(self, held: dict[int, int], total: int | None = None) -> Node | None:
        """Return the deepest element that holds most of the ``total`` weight and may hold paragraphs."""
        most = max(held.values(), default=0) if total is None else total
        enough = (id_ for id_, weight in held.items() if weight and weight >= SHARE * most)
        # What holds most of it is one line of ancestors; the deepest holds least, and of equals comes first.
        deepest = min(enough, key=held.__getitem__, default=None)
        node = self.nodes[deepest] if deepest is not None else None
        while node is not None and node.tag in NO_CONTAINERS:
            node = node.parent
        return node

    def within(self, node: Node, held: dict[int, int]) -> dict[int, int]:
        """Return the weights of ``node`` and of what stands in it, of those that are ``held``."""
        found = {}
        for group in self.groups:
            if node.mem_id in group.around:
                for id_ in group.around[: group.around.index(node.mem_id) + 1]:
                    if id_ in held:
                        found[id_] = held[id_]
        return found

    @cached_property
    def middle(self) -> int:
        """Return the place, in reading order, at which half of the words have been read."""
        total, read = sum(group.weight for group in self.groups), 0
        for group in sorted(self.groups, key=lambda group: group.last):
            read += group.weight
            if 2 * read >= total:
                return group.last
        return 0

    def _weigh(self, text: Node, order: int, groups: dict[int, Group]) -> None:
        around = text.parent
        length = len((text.text_content or "").strip())
        if around is None or around.tag_id in UNWEIGHED or (length < LEAST and around.tag_id not in PARAGRAPH):
            return
        holder = (around.parent or around) if around.tag_id in WITHIN else around
        group = groups.get(holder.mem_id)
        if group is None:
            group = groups[holder.mem_id] = self._group(holder, order)
        group.weight += length
        group.last = order

    def _group(self, holder: Node, order: int) -> Group:
        chain = [holder.mem_id]
        is_apart, is_beside = self._flag(holder)
        for node in _above(holder):
            chain.append(node.mem_id)
            apart, beside = self._flag(node)
            is_apart, is_beside = is_apart or apart, is_beside or beside
        return Group(holder, order, tuple(chain), is_apart, is_beside)

    def _flag(self, node: Node) -> tuple[bool, bool]:
        if (known := self._flags.get(node.mem_id)) is None:
            self.nodes[node.mem_id] = node
            attributes = node.attributes
            classes, id_ = attributes.get("class"), attributes.get("id")
            names = names_of(node.tag or "", classes, id_)
            apart = node.tag_id in APART or not COMMENTS.isdisjoint(names)
            beside = node.tag not in MATTER and _is_set_aside(node, classes, id_)
            known = self._flags[node.mem_id] = (apart, beside)
        return known


def _above(node: Node) -> Iterator[Node]:
    above = node.parent
    for _ in range(DEEPEST):
        if above is None or above.tag_id == ROOT:
            return
        yield above
        above = above.parent


def _is_set_aside(node: Node, classes: str | None, id_: str | None) -> bool:
    return is_beside(node) or kind_of(node.tag or "", classes, id_) in ("suspect", "none")


def _without_what_stands_beside(groups: Iterable[Group]) -> list[Group]:
    """Return the ``groups`` that no name sets aside; all of them where these hold but a few of the words."""
    every = list(groups)
    own = [group for group in every if not group.is_beside]
    is_enough = sum(group.weight for group in own) >= FEW * sum(group.weight for group in every)
    return own if is_enough else every
