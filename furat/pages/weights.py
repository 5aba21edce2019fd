"""Where the words of a page stand: what tells its body where no name does."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborNode as Node

from furat.pages.kinds import COMMENT, sets_aside
from furat.pages.names import BESIDE, ROOT, words
from furat.pages.tags import TEXT, numbers

SHARE = 0.6
LEAST = 15
"""Letters from which on a text is more than a label."""

FEW = 0.3
"""Of all words: where what no name sets aside holds fewer, the names are wrong."""


HEADINGS = numbers(words("h1 h2 h3 h4"))
UNWEIGHED = numbers(words("a button script style noscript option select textarea template label title svg iframe"))
WITHIN = numbers(words("p li span b strong em i u font h1 h2 h3 h4 h5 h6 blockquote small mark dd dt q cite"))
"""What stands within a block: its words are those of what stands around."""

APART = words("nav footer aside dialog template svg")
MATTER = words("body main article")
COMMENTS = words(
    "#comments .comments-area .comment-list .commentlist #commentlist #respond .comment-respond .comment-body"
)
"""What core calls the comments (https://developer.wordpress.org/reference/classes/walker_comment/)."""

NO_CONTAINERS = words("p ul ol li dl dt dd blockquote span a h1 h2 h3 h4 h5 h6 figure pre b strong em i font center")


Standing = tuple[bool, bool]
"""Whether an element, or one around it, is apart, and whether one is beside."""


@dataclass(slots=True)
class Group:
    """The words that stand in one element."""

    holder: int
    is_apart: bool
    is_beside: bool
    weight: int = 0
    last: int = 0
    """The place of the last of them, in reading order."""


class Weights:
    """Weighs the words of a page that are no links, in one pass."""

    def __init__(self, root: Node, *, is_needed: bool = True) -> None:
        """Weigh nothing where it is not needed."""
        self.root = root
        self.nodes: dict[int, Node] = {}
        """What holds words; what stands around an element comes before it."""
        self.orders: dict[int, int] = {}
        self._standings: dict[int, Standing] = {}
        self._parents: dict[int, int] = {}
        groups: dict[int, Group] = {}
        for order, node in enumerate(root.traverse(include_text=True) if is_needed else ()):
            tag = node.tag_id
            if tag == TEXT:
                around = node.parent
                if around is not None and around.tag_id not in UNWEIGHED:  # to ask a script for its text takes long
                    weight = len((node.text_content or "").strip())
                    if weight >= LEAST:
                        self._weigh(around, weight, order, groups)
            elif tag in HEADINGS:
                self.orders[node.mem_id] = order
        self.groups = _without_what_stands_beside([group for group in groups.values() if not group.is_apart])

    def held(self, after: Node | None = None, without: Container[int] = ()) -> dict[int, int]:
        """Return the weight of every element that holds words which follow ``after``, the inner ones first.

        The words in the elements ``without`` count for these alone, not for what stands around them.
        """
        start = self.orders.get(after.mem_id, -1) if after else -1
        weights = {group.holder: group.weight for group in self.groups if group.last > start}
        found: dict[int, int] = {}
        for id_ in reversed(self.nodes):
            if weight := weights.get(id_):
                found[id_] = weight
                if id_ in without:
                    continue
                above = self._parents[id_]
                weights[above] = weights.get(above, 0) + weight
        return found

    def holder(self, held: dict[int, int], total: int | None = None) -> Node | None:
        """Return the deepest element that holds most of the ``total`` weight and may hold paragraphs."""
        most = max(held.values(), default=0) if total is None else total
        enough = (id_ for id_, weight in held.items() if weight >= SHARE * most)
        # What holds most of it is one line of ancestors; the deepest holds least, and of equals comes first.
        deepest = min(enough, key=held.__getitem__, default=None)
        node = self.nodes[deepest] if deepest is not None else None
        while node is not None and node.tag in NO_CONTAINERS:
            node = node.parent
        return node

    def within(self, node: Node, held: dict[int, int]) -> dict[int, int]:
        """Return the weights of ``node`` and of what stands in it, of those that are ``held``."""
        inside = {node.mem_id}
        for id_ in self.nodes:
            if self._parents[id_] in inside:
                inside.add(id_)
        return {id_: weight for id_, weight in held.items() if id_ in inside}

    @cached_property
    def middle(self) -> int:
        """Return the place, in reading order, at which half of the words have been read."""
        total, read = sum(group.weight for group in self.groups), 0
        for group in sorted(self.groups, key=lambda group: group.last):
            read += group.weight
            if 2 * read >= total:
                return group.last
        return 0

    def _weigh(self, around: Node, weight: int, order: int, groups: dict[int, Group]) -> None:
        holder = (around.parent or around) if around.tag_id in WITHIN else around
        id_ = holder.mem_id
        group = groups.get(id_)
        if group is None:
            group = groups[id_] = Group(id_, *self._standing(holder))
        group.weight += weight
        group.last = order

    def _standing(self, holder: Node) -> Standing:
        """Return how an element stands; each element around it is looked at once."""
        new: list[Node] = []
        node: Node | None = holder
        while node is not None and node.tag_id != ROOT and node.mem_id not in self._standings:
            new.append(node)
            node = node.parent
        above = node.mem_id if node is not None else 0
        is_apart, is_beside = self._standings.get(above, (False, False))
        for each in reversed(new):
            get, id_ = each.attributes.get, each.mem_id
            apart, beside = _is_apart_or_beside(each.tag or "", get("class"), get("id"))
            is_apart, is_beside = is_apart or apart, is_beside or beside
            self._standings[id_] = is_apart, is_beside
            self._parents[id_] = above
            self.nodes[id_] = each
            above = id_
        return is_apart, is_beside


def _is_apart_or_beside(tag: str, classes: str | None, id_: str | None) -> tuple[bool, bool]:
    """Return whether an element is never the matter of a page, and whether a name sets it aside."""
    if tag in MATTER:
        return False, False
    said = [_says(name) for name in classes.split()] if classes else []
    if id_:
        said.append(_says(id_, "#"))
    return tag in APART or "apart" in said, "beside" in said


@lru_cache(maxsize=16384)  # sites share most of their names
def _says(name: str, sign: str = ".") -> str:
    signed = sign + name
    if signed in COMMENTS or COMMENT.fullmatch(signed):
        return "apart"
    return "beside" if signed in BESIDE or sets_aside(name, sign) else ""


def _without_what_stands_beside(groups: Iterable[Group]) -> list[Group]:
    """Return the ``groups`` that no name sets aside; all of them where these hold but a few of the words."""
    every = list(groups)
    own = [group for group in every if not group.is_beside]
    is_enough = sum(group.weight for group in own) >= FEW * sum(group.weight for group in every)
    return own if is_enough else every
