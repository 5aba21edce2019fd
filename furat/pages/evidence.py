"""What speaks for the value of a field, and which value it decides for."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")


class Candidate(NamedTuple, Generic[V]):
    """What one place of a page says of a field."""

    value: V
    source: str
    """Who says it: `core`, `name`, `microdata`, `json-ld`, `meta`, `place`, `shape` or `profile`."""

    where: str
    """The place, for a person to find."""

    trust: float
    """How far it is to be trusted, beside the others of its field; below zero, it speaks against the value."""


class Decision(NamedTuple, Generic[V]):
    """The value that the evidence is for, how clearly, and all that was heard."""

    value: V | None
    trust: float
    candidates: tuple[Candidate[V], ...]


def decide(candidates: Iterable[Candidate[V]], same: Callable[[V], Hashable]) -> Decision[V]:
    """Return the value for which most trust speaks; the first of equals. What ``same`` gives alike is one value.

    >>> said = [Candidate("a", "name", ".title", 1), Candidate("b", "core", "h1", 1.5), Candidate("a", "meta", "og", 1)]
    >>> decision = decide(said, str)
    >>> decision.value, decision.trust
    ('a', 0.5)
    """
    heard = tuple(candidates)
    sums: dict[Hashable, float] = {}
    values: dict[Hashable, V] = {}
    for one in heard:
        key = same(one.value)
        sums[key] = sums.get(key, 0.0) + one.trust
        values.setdefault(key, one.value)
    ranked = sorted(sums, key=sums.__getitem__, reverse=True)
    if not ranked or sums[ranked[0]] <= 0:
        return Decision(None, 0.0, heard)
    against = sums[ranked[1]] if len(ranked) > 1 else 0.0
    return Decision(values[ranked[0]], sums[ranked[0]] - max(0.0, against), heard)


def described(tag: str | None, classes: str | None = None, id_: str | None = None) -> str:
    """Return how a person would write the place of an element.

    >>> described("div", "entry-content x", "main")
    'div#main.entry-content.x'
    """
    return f"{tag}{f'#{id_}' if id_ else ''}{''.join(f'.{name}' for name in (classes or '').split()[:3])}"
