"""Builds selectors that find an element again on other pages of a site, from the elements around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import ancestors

NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
VARYING = re.compile(r"\.(?:post|tag|category|author|format|status|type|has|no|is|sticky|page|paged|single)(?:-.*)?")
"""Classes that WordPress gives to some posts only: the last choice for a selector."""

STEPS = 6
NAMED = 2


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a path."""

    tag: str
    names: frozenset[str]
    """Its `.class` names and its `#id`."""

    place: int
    """Its position among its siblings."""


Path = tuple[Step, ...]
"""The elements from one up to the body."""


def path(node: Node) -> Path:
    """Return the path of ``node``."""
    return tuple(_step(each) for each in (node, *ancestors(node)) if each.tag not in ("body", "html"))


def tags(way: Path) -> tuple[str, ...]:
    """Return the tags of a path: elements of one kind have the same."""
    return tuple(step.tag for step in way)


def merged(ways: Iterable[Path]) -> Path:
    """Return what paths with the same tags have in common."""
    return reduce(lambda one, other: tuple(map(_shared, one, other)), ways)


def likeness(one: Path, other: Path) -> tuple[int, ...]:
    """Return how many names two paths share, step by step."""
    return tuple(len(here.names & there.names) for here, there in zip(one, other, strict=True))


def selectors(way: Path, *, is_row: bool = False) -> Iterator[str]:
    """Yield selectors for the path ``way``, the shortest first; those with a position last, and none if it ``is_row``.

    >>> way = (Step("a", frozenset(), 1), Step("div", frozenset({".meta"}), 2))
    >>> [*selectors(way)]
    ['div.meta > a', 'div.meta > a:nth-child(1)']
    """
    own, names = way[0], _ranked(way[0])
    if names:
        yield from (f"{own.tag}{name}" for name in names)
        yield f"{own.tag}{''.join(names[:NAMED])}"
    chain = [_selector(step) for step in way]
    lengths = [*range(2, min(len(way), STEPS) + 1)]
    yield from (" > ".join(reversed(chain[:length])) for length in lengths)
    if len(way) > STEPS:
        yield f"body > {' > '.join(reversed(chain))}"
    if own.place and not is_row:
        placed = [f"{chain[0]}:nth-child({own.place})", *chain[1:]]
        yield from (" > ".join(reversed(placed[:length])) for length in lengths)


def _step(node: Node) -> Step:
    given = node.attributes
    classes = (f".{name}" for name in (given.get("class") or "").split() if NAME.fullmatch(name))
    own = given.get("id") or ""
    return Step(node.tag or "", frozenset([*classes, *([f"#{own}"] if NAME.fullmatch(own) else [])]), _place(node))


def _place(node: Node) -> int:
    number, before = 1, node.prev
    while before is not None and number < STEPS:
        number, before = number + before.is_element_node, before.prev
    return number if before is None else 0


def _shared(one: Step, other: Step) -> Step:
    return Step(one.tag, one.names & other.names, one.place if one.place == other.place else 0)


def _ranked(step: Step) -> list[str]:
    return sorted(step.names, key=lambda name: (bool(VARYING.fullmatch(name)), len(name), name))[:4]


def _selector(step: Step) -> str:
    steady = [name for name in _ranked(step) if not VARYING.fullmatch(name)]
    return f"{step.tag}{''.join(steady[:NAMED])}"
