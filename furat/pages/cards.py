"""Which of a listing's links are its entries: by core's marks, by headings, or by what the links share."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode as Node

from furat.pages.around import Surroundings
from furat.pages.layouts import LAYOUTS, Layout
from furat.pages.moment import iso
from furat.pages.names import ancestors
from furat.pages.shown import BOOKMARK, LOW, PLAIN, Lead
from furat.pages.weigh import holder

SEVERAL = 3
MOST_ITEMS, MOST_HEADINGS = 1_000, 300
WORDS = 3
"""Words that titles have on average at least; names of sections have fewer."""

TELLING = "h1, .pagination, .page-numbers, .nav-links, a.next, a[rel=next]"
"""What only the part of a page holds that is its listing."""

COMMON = Layout.ITEMS.split()
"""What core and most themes call an item; names with a bar between them are tried together."""

THEMES = "|".join(sorted({name for look in LAYOUTS for name in look.ITEMS.split()} - {*COMMON}))
"""What single themes call one: none of them means anything else."""

NAMES = frozenset(name for names in (*COMMON, THEMES) for name in names.split("|"))
NUMBER = re.compile(r"(?:^|\s)post-(\d{1,18})(?=\s|$)")


def items(surroundings: Surroundings, names: str) -> list[Node]:
    """Return the elements that bear one of ``names``, parted by bars."""
    return surroundings.bearing(frozenset(names.split("|")))[:MOST_ITEMS]


def marked(nodes: Iterable[Node]) -> dict[int, Node]:
    """Return the elements of posts by the numbers that WordPress's post_class() gives them."""
    found: dict[int, Node] = {}
    for node in nodes:
        number = NUMBER.search(node.attributes.get("class") or "")
        if number and "type-post" in _classes(node):
            found.setdefault(int(number[1]), node)
    return found


class Cards:
    """The items of a listing, and the links in each."""

    def __init__(self, leads: Iterable[Lead], surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.inner: defaultdict[int, list[int]] = defaultdict(list)
        """The items in an item that hold links."""
        self.leads: defaultdict[int, list[Lead]] = defaultdict(list)
        for lead in leads:
            self._place(lead.around.item)
            self.leads[lead.around.item].append(lead)

    def entries(self, nodes: Sequence[Node]) -> list[Lead]:
        """Return the best link of each item; what only stands around other items is none."""
        roots = [*self._outermost({node.mem_id for node in nodes}, nodes)]
        found: list[Lead] = []
        waiting = roots[::-1]
        while waiting:
            item = waiting.pop()
            own = min(self.leads[item], key=lambda lead: lead.order, default=None)
            inner = self.inner[item]
            if own and not self._is_around(own, inner, is_only=len(roots) == 1):
                found.append(own)
            else:
                waiting += reversed(inner)
        return found

    def title(self, lead: Lead) -> str:
        """Return the title of an item's link; of several that nothing calls one, the longest that is no date."""
        if lead.rank != PLAIN:
            return lead.title
        beside = (each.title for each in self.leads[lead.around.item] if each.url == lead.url)
        titles = [title for title in beside if len(title.split()) > 1 and iso(title) is None]
        return max(titles, key=len, default="")

    def has_leads(self, node: Node) -> bool:
        """Return whether any link in an item leads to an article."""
        return bool(self.leads.get(node.mem_id) or self.inner.get(node.mem_id))

    def _is_around(self, own: Lead, inner: list[int], *, is_only: bool) -> bool:
        """Return whether an item that has a link of its ``own`` holds the listing's items all the same."""
        titled = [item for item in inner if any(lead.title and lead.rank <= LOW for lead in self.leads[item])]
        return (own.rank == PLAIN and bool(titled)) or (is_only and len(titled) >= SEVERAL - 1)

    def _place(self, item: int) -> None:
        """Note below which item ``item`` stands."""
        outer = self.surroundings.outer
        while item and item not in self.leads:
            self.leads[item] = []
            self.inner[outer[item]].append(item)
            item = outer[item]

    def _outermost(self, group: set[int], nodes: Sequence[Node]) -> Iterator[int]:
        for node in nodes:
            self.surroundings.of(node)
            self._place(node.mem_id if node.mem_id in self.surroundings.outer else 0)
            above = self.surroundings.outer.get(node.mem_id, 0)
            while above and above not in group:
                above = self.surroundings.outer[above]
            if not above:
                yield node.mem_id


def matter(tree: LexborHTMLParser, leads: Sequence[Lead], surroundings: Surroundings) -> frozenset[int]:
    """Return which parts of a page are its listing: 0 for what stands in no part beside.

    The names of SOFT may also stand for the whole, as in "has a sidebar": one that holds core's posts, and the page's
    heading or its pager or all that leads anywhere. Some themes build the front page of widgets in `main`.
    """
    posts = Counter(map(surroundings.part, marked(items(surroundings, ".type-post|.hentry")).values()))
    most = max(posts, key=posts.__getitem__, default=0)
    has_titles = any(not lead.around.beside and lead.rank <= LOW for lead in leads)
    if posts[most] > posts[0] and most in surroundings.soft:
        tells = map(surroundings.part, tree.css(TELLING)[:MOST_HEADINGS])
        if not has_titles or most in tells:
            return frozenset([most])
    if has_titles:
        return frozenset([0])
    return frozenset([0, *(lead.around.beside for lead in leads if lead.around.is_soft and lead.around.in_main)])


def headed(leads: Iterable[Lead]) -> list[Lead]:
    """Return those links whose titles are headings, of the highest kind, in the part that holds most of them."""
    by_rank: defaultdict[str, list[Lead]] = defaultdict(list)
    for lead in leads:
        if lead.rank <= LOW and lead.rank != BOOKMARK and lead.place.tag != "h1":
            tag = lead.place.tag or ""
            by_rank[tag if lead.rank == LOW else "h2"].append(lead)
    shown = next((by_rank[rank][:MOST_HEADINGS] for rank in ("h2", "h5", "h6") if by_rank[rank]), [])
    around = holder((lead.place, 1) for lead in shown)
    return [lead for lead in shown if around and _is_in(lead.place, around)]


def alike(leads: Iterable[Lead]) -> list[Lead]:
    """Return the links of the one kind that reads like titles, where no heading tells: most of all that is printed."""
    kinds: defaultdict[tuple[str, ...], list[Lead]] = defaultdict(list)
    for lead in leads:
        if lead.node.tag == "a" and lead.title and iso(lead.title) is None:
            kinds[_kind(lead.node)].append(lead)
    titles = [found for found in kinds.values() if _read_like_titles(found)]
    return max(titles, key=lambda found: sum(len(lead.title) for lead in found), default=[])


def _read_like_titles(leads: Sequence[Lead]) -> bool:
    words = sum(len(lead.title.split()) for lead in leads)
    return len({lead.url for lead in leads}) >= SEVERAL and words >= WORDS * len(leads)


def _kind(node: Node) -> tuple[str, ...]:
    """Return what links of one kind share: their class, and what they stand in."""
    parent = node.parent
    around = parent.parent if parent else None
    own = node.attributes.get("class") or ""
    return own, *(f"{each.tag}.{_steady(each)}" for each in (parent, around) if each is not None)


def _steady(node: Node) -> str:
    return " ".join(name for name in _classes(node) if not any(map(str.isdecimal, name)))


def _classes(node: Node) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _is_in(node: Node, around: Node) -> bool:
    return any(each.mem_id == around.mem_id for each in ancestors(node))
