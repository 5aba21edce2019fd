"""The links of a listing that may lead to articles, each with how its title is printed."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode as Node

from furat.pages.around import LOW_HEADINGS, Around, Surroundings
from furat.pages.lines import printed
from furat.pages.page import Attributes

TITLED, HEADED, BOOKMARK, LOW, PLAIN = range(5)
"""How a title is told: by what is called so, by a heading, by the link's `rel`, by a low heading, by nothing."""

MOST = 3_000


class Lead(NamedTuple):
    """A link that may lead to an article."""

    node: Node
    url: str
    title: str
    rank: int
    around: Around

    @property
    def order(self) -> tuple[bool, int]:
        """Return what puts it before others of its item: one without a title comes last."""
        return not self.title and self.rank < PLAIN, self.rank

    @property
    def place(self) -> Node:
        """The heading, or the link where there is none."""
        return self.around.heading or self.node


def leads(surroundings: Surroundings, address: Callable[[Attributes], str | None]) -> Iterator[Lead]:
    """Yield them in reading order; ``address`` tells where a link to an article leads, and None of any other."""
    for node, link, around in surroundings.marks[:MOST]:
        if link is None or (around.beside and not around.is_soft):
            continue
        given = link[1]
        if url := address(given):
            yield Lead(node, url, printed(node), _rank(given, around), around)


def _rank(link: Attributes, around: Around) -> int:
    if around.is_title:
        return TITLED
    if around.heading is not None:
        return LOW if around.heading.tag in LOW_HEADINGS else HEADED
    return BOOKMARK if (link.get("rel") or "").lower() == "bookmark" else PLAIN
