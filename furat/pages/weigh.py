"""Which part of a page holds most of its matter, where no name tells."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import ancestors

SHARE = 0.6


def holder(weights: Iterable[tuple[Node, int]]) -> Node | None:
    """Return the deepest element that holds most of the weight; None where nothing weighs anything."""
    held: dict[int, int] = {}
    nodes: dict[int, Node] = {}
    total = 0
    for node, weight in weights:
        total += weight
        for above in ancestors(node):
            held[above.mem_id] = held.get(above.mem_id, 0) + weight
            nodes.setdefault(above.mem_id, above)
    # What holds most of it is one line of ancestors; the deepest holds least, and of equals comes first.
    enough = (id_ for id_, weight in held.items() if weight > 0 and weight >= SHARE * total)
    deepest = min(enough, key=held.__getitem__, default=None)
    return nodes[deepest] if deepest is not None else None
