"""Which element holds the body of an article: what names, microdata and the weight of the words say together."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode as Node

from furat.pages.evidence import Candidate, Decision, decide, described
from furat.pages.layouts import Layout
from furat.pages.names import Parts, ancestors
from furat.pages.page import Page
from furat.pages.weights import Weights

CORE = frozenset({".entry-content", ".wp-block-post-content", "=articleBody", "#articleBody", ".articleBody"})
"""What WordPress's own themes and its blocks, hentry and schema.org call it."""

NO_BODIES = frozenset({"article", "body", "main", "meta", "header"})
"""What holds more than the body."""

WORDS = 3.0
CORE_NAME, NAME = 2.0, 1.2
FOLLOWS = 0.5
TAUGHT = 10.0
IN_HEADER = -2.0
ANOTHERS = -6.0
ENOUGH = 600
"""Letters from which on the words of a page tell its body; below, they may be anything's."""

SCOPE = 0.3
"""Of the words that follow the heading, what the article around it holds at least."""

TWICE = 2
SEVERAL, LONG = 2, 100
"""How many paragraphs, of so many letters each, are a part of the body."""

POST = re.compile(r"post-(\d{1,19})")
OTHERS = re.compile(r"(?:Answer|Question|Comment|Review)$")
"""Things of https://schema.org/ whose text is theirs."""

ARTICLES = re.compile(r"(?:Article|Posting|Report|CreativeWork|WebPage)$")
"""Those whose `text` may be the article: every thing may have one."""


def clear_body(page: Page, parts: Parts, post_id: int | None) -> Decision[Node] | None:
    """Return the body that core's or the theme's own name tells by itself; None where words must be weighed.

    Without a value, the body is clear, but which of several elements in one another that bear such names is not.
    """
    names = [*dict.fromkeys((*_own_names(page.layout_of(parts)), *CORE))]
    named = {node.mem_id: node for node in parts.named(*names) if node.tag not in NO_BODIES}
    outermost = [node for node in named.values() if not any(each.mem_id in named for each in ancestors(node))]
    if len(outermost) != 1 or len(outermost[0].text().strip()) < ENOUGH:
        return None
    node = outermost[0]
    if any(each.tag == "header" or _is_another_post(each, post_id) for each in (node, *ancestors(node))):
        return None
    if len(named) > 1:
        return UNDECIDED
    where = described(node.tag, node.attributes.get("class"), node.attributes.get("id"))
    candidate = Candidate(node, "name", f"{where}: the only one that is called so", CORE_NAME)
    return Decision(node, CORE_NAME, (candidate,))


UNDECIDED: Decision[Node] = Decision(None, 0.0, ())


class Container:
    """Weighs the evidence for the element that holds the body of a page's article."""

    def __init__(
        self, page: Page, weights: Weights, heading: Node | None, post_id: int | None, taught: Node | None = None
    ) -> None:
        """Take ``taught`` as the element that the site itself has taught."""
        self.parts = page.parts
        self.layout = page.layout
        self.weights = weights
        self.heading = heading
        self.post_id = post_id
        self.taught = taught
        self.around = [*ancestors(heading)] if heading else []
        self.near = {each.mem_id for each in self.around}
        others = self._others()
        held = weights.held(heading, others) or weights.held(None, others)
        self.held, self.total = self._scope(held)

    def decide(self) -> Decision[Node]:
        """Return the element for which most speaks."""
        return decide(self._candidates(), lambda node: node.mem_id)

    def _others(self) -> frozenset[int]:
        """Return what core marks as other posts, but for what stands around the heading."""
        if not self.post_id:
            return frozenset()
        around = {each.mem_id for each in self.around}
        posts = (id_ for id_, node in self.weights.nodes.items() if _is_another_post(node, self.post_id))
        return frozenset(posts) - around

    def _candidates(self) -> Iterator[Candidate[Node]]:
        nodes: dict[int, Node] = {}
        if self.taught is not None:
            nodes[self.taught.mem_id] = self.taught
            yield Candidate(self.taught, "profile", "taught by the site", TAUGHT)
        own = _own_names(self.layout)
        for rank, name in enumerate(self.layout.BODY.split()):
            for node in self.parts.named(name):
                if node.tag not in NO_BODIES and not self._is_of_a_thing(node, name):
                    trust = CORE_NAME if name in CORE or name in own else NAME
                    if node.mem_id in nodes:
                        trust = 0.0
                    nodes.setdefault(node.mem_id, node)
                    yield Candidate(node, "name", name, trust - rank / 1000)
        if holder := self.weights.holder(self.held, self.total):
            whole = self._from_its_beginning(holder)
            nodes.setdefault(whole.mem_id, whole)
        for node in nodes.values():
            yield from self._standing(node)

    def _from_its_beginning(self, node: Node) -> Node:
        """Return ``node``, or what holds it together with a part that stands between the heading and it."""
        whole, above = node, node.parent
        while above is not None and above.mem_id in self.held:
            if self._is_parted(node):
                return above
            node, above = above, above.parent
        return whole

    def _is_parted(self, node: Node) -> bool:
        """Return whether paragraphs stand before ``node``, beside it and after the heading."""
        long, before = 0, node.prev
        while before is not None and before.mem_id not in self.near:
            if before.tag == "p" or before.mem_id in self.held:
                long += sum(len(each.text().strip()) >= LONG for each in before.css("p")[:SEVERAL])
            before = before.prev
        return long >= SEVERAL

    def _standing(self, node: Node) -> Iterator[Candidate[Node]]:
        """Yield what the place of an element and its words say of it."""
        where = described(node.tag, node.attributes.get("class"), node.attributes.get("id"))
        share = self.held.get(node.mem_id, 0) / max(1, self.total)
        yield Candidate(
            node, "shape", f"{where}: {share:.0%} of the words", WORDS * share * min(1.0, self.total / ENOUGH)
        )
        if self._follows(node):
            yield Candidate(node, "place", f"{where}: after the heading", FOLLOWS)
        if any(each.tag == "header" for each in ancestors(node)):
            yield Candidate(node, "place", f"{where}: in a header", IN_HEADER)
        if self._is_anothers(node):
            yield Candidate(node, "core", f"{where}: in another post", ANOTHERS)

    def _follows(self, node: Node) -> bool:
        if self.heading is None or node.mem_id in self.held:
            return True
        return self.parts.position(node) > self.parts.position(self.heading)

    def _is_anothers(self, node: Node) -> bool:
        """Return whether ``node`` stands in what core marks as another post, or as a card beside the article."""
        around = {each.mem_id for each in self.around}
        for each in (node, *ancestors(node)):
            if each.mem_id in around:
                return False
            if _is_another_post(each, self.post_id):
                return True
        return False

    def _is_of_a_thing(self, node: Node, name: str) -> bool:
        """Return whether microdata give the text to something on the page, such as the answer to a question."""
        if not name.startswith("="):
            return False
        for each in (node, *ancestors(node)):
            if (kind := each.attributes.get("itemtype")) is not None:
                is_anothers = OTHERS.search(kind.rstrip("/")) is not None
                return is_anothers or (name == "=text" and ARTICLES.search(kind.rstrip("/")) is None)
        return False

    def _scope(self, held: dict[int, int]) -> tuple[dict[int, int], int]:
        """Return the weights within the article around the heading, if it holds enough of the words, and their sum."""
        most = max(held.values(), default=0)
        for node in (*self._marked(), *filter(_is_scope, self.around), *self._largest(held)):
            if self._is_enough(node, held, most):
                return self.weights.within(node, held), held[node.mem_id]
        return held, most

    def _is_enough(self, node: Node, held: dict[int, int], most: int) -> bool:
        """Return whether ``node`` holds enough of the words, but for those of other articles."""
        own = held.get(node.mem_id, 0)
        if node.tag != "article" or own < ENOUGH or own >= SCOPE * most:
            return own >= SCOPE * max(1, most)
        return own >= SCOPE * (most - sum(held.get(id_, 0) for id_ in self._beside()))

    def _beside(self) -> Iterator[int]:
        """Yield the articles that stand neither around the heading nor in another: some sites print the next ones."""
        around = {each.mem_id for each in self.around}
        for id_, node in self.weights.nodes.items():
            if node.tag == "article" and id_ not in around and all(each.tag != "article" for each in ancestors(node)):
                yield id_

    def _marked(self) -> Iterator[Node]:
        """Yield what core's post_class() marks as this post."""
        own = f"post-{self.post_id}"
        marked = self.weights.root.css_first(f"#{own}, .{own}") if self.post_id else None
        if marked is not None and marked.tag != "body":
            yield marked

    def _largest(self, held: dict[int, int]) -> Iterator[Node]:
        """Yield the `article` that holds far more words than any other, be they cards or comments."""
        articles = sorted((held[id_], id_) for id_ in held if self.weights.nodes[id_].tag == "article")[-2:]
        if articles and (len(articles) == 1 or articles[1][0] > TWICE * articles[0][0]):
            yield self.weights.nodes[articles[-1][1]]


def _is_scope(node: Node) -> bool:
    return node.tag in ("article", "main") or node.attributes.get("role") == "main"


def _own_names(layout: type[Layout]) -> frozenset[str]:
    """Return the names of the body that a theme adds to the common ones."""
    return frozenset(layout.BODY.removesuffix(Layout.BODY).split())


def _is_another_post(node: Node, post_id: int | None) -> bool:
    """Return whether core's post_class() or a theme's id gives an element to a post of another number."""
    classes = node.attributes.get("class") or ""
    number = POST.search(classes) or POST.fullmatch(node.attributes.get("id") or "")
    return bool(number and post_id and "post" in classes and int(number[1]) != post_id)
