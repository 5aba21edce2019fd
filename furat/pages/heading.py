"""Which element prints the title of an article."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.pages.evidence import Candidate, Decision, decide, described
from furat.pages.names import Parts
from furat.pages.shape import printed
from furat.pages.titles import SITE, words
from furat.pages.weights import Weights

PRINTING = frozenset({"h1", "h2", "h3", "h4", "div", "span", "p"})
CORE = frozenset({".entry-title", ".wp-block-post-title", "=headline"})
LOWER = ("h2", "h3", "h4", "h5", "h6")
MOST = 100
SAME = 3.0
FIRST_HEADING, CORE_NAME, NAME = 1.5, 1.0, 0.6
SENTENCE = 3
"""A heading of so many times the words that it shares with a title says something else."""

BELOW, LINKED = -1.6, -1.0
"""What speaks against it: most of the words stand above, or it leads elsewhere as the heading of a card does."""


class Heading:
    """Weighs the evidence for the element that prints the title; ``said`` is what the page's data call it."""

    def __init__(
        self,
        parts: Parts,
        names: str,
        weights: Weights,
        said: Iterable[str],
        leads_elsewhere: Callable[[Node], bool],
    ) -> None:
        self.parts = parts
        self.names = names.split()
        self.weights = weights
        self.said = [words(max(SITE.split(title), key=len)) for title in said if title]
        self.leads_elsewhere = leads_elsewhere

    def decide(self) -> Decision[Node]:
        """Return the element for which most speaks."""
        first = [*self._of(self._named())]
        if not any(one.source == "meta" and one.trust > SAME / 2 for one in first):
            first += self._of((node, described(node.tag), 0.0) for tag in LOWER for node in self._alike(tag))
        return decide(first, lambda node: node.mem_id)

    def _alike(self, tag: str) -> Iterator[Node]:
        """Yield the headings that share most words with what the page's data call it: those of sections share one."""
        for node in islice(self.parts.named(tag), MOST):
            own = words(printed(node))
            if any(_is_mostly(own, title) for title in self.said):
                yield node

    def _named(self) -> Iterator[tuple[Node, str, float]]:
        yield from ((node, "h1", FIRST_HEADING) for node in self.parts.named("h1"))
        for name in self.names:
            named = [node for node in self.parts.named(name) if node.tag in PRINTING]
            trust = CORE_NAME if name in CORE else NAME
            yield from ((node, name, trust / len(named)) for node in named)  # what many bear says little

    def _of(self, named: Iterable[tuple[Node, str, float]]) -> Iterator[Candidate[Node]]:
        seen = set()
        for node, where, trust in islice(named, MOST):
            if not (own := words(printed(node))):
                continue  # a picture of the site's name
            if node.mem_id not in seen:
                seen.add(node.mem_id)
                yield from self._standing(node, own, where)
            yield Candidate(node, "name", where, trust)

    def _standing(self, node: Node, own: frozenset[str], where: str) -> Iterator[Candidate[Node]]:
        share = max((_likeness(own, title) for title in self.said), default=0.0)
        yield Candidate(node, "meta", f"{where}: {share:.0%} of the words that the head gives", SAME * share)
        order = self.weights.orders.get(node.mem_id)
        if order is not None and order > self.weights.middle:
            yield Candidate(node, "shape", f"{where}: below most of the words", BELOW)
        if self.leads_elsewhere(node):
            yield Candidate(node, "place", f"{where}: leads elsewhere", LINKED)


def _is_mostly(own: frozenset[str], title: frozenset[str]) -> bool:
    """Return whether the shorter of a heading and a title is mostly in the longer, and the heading is no sentence."""
    shared = len(own & title)
    return 2 * shared > min(len(own), len(title)) and SENTENCE * shared > len(own)


def _likeness(own: frozenset[str], title: frozenset[str]) -> float:
    """Return the share of words that a heading and a title have in common; a longer heading costs less."""
    shared = len(own & title)
    return shared / (len(own) + len(title)) + shared / max(1, len(title)) / 2
