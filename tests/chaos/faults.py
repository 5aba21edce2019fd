"""Failures that come and go, and a site that changes while it is read."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.replica import Fault, Replica

KINDS: list[dict[str, Any]] = [
    {"status": 500},
    {"status": 503},
    {"status": 429, "retry_after": 1},
    {"kind": "reset"},
    {"kind": "truncated"},
    {"kind": "overlong"},
    {"kind": "cut"},
    {"kind": "empty"},
    {"kind": "challenge"},
    {"kind": "bomb"},
    {"to": "/round/", "status": 302},
]


@dataclass
class Sometimes(Fault):
    """Strikes by a ``chance`` that depends on the path and on how often it was asked for, not on what else was."""

    seed: int = 0
    chance: float = 0.02
    asked: Counter[str] = field(default_factory=Counter)

    def strikes(self, path: str) -> bool:
        """Return whether ``path`` fails this time."""
        self.asked[path] += 1
        random = Random(f"{self.seed} {self.kind} {self.status} {path} {self.asked[path]}")  # noqa: S311 (to be repeated)
        return path != "/robots.txt" and random.random() < self.chance


@dataclass(kw_only=True)
class Publishes(Fault):
    """Fails nowhere: it publishes so many ``posts`` each time that a page of ``match`` is asked for."""

    replica: Replica
    posts: int = 1

    def strikes(self, path: str) -> bool:
        """Publish, and let the page pass."""
        if Fault.strikes(self, path):
            self.replica.add(self.posts)
        return False


def storm(seed: int) -> list[Fault]:
    """Return failures of every kind, a fifth of all answers, and a redirect that leads to itself."""
    return [Fault("^/round/", to="/round/"), *(Sometimes("", **kind, seed=seed) for kind in KINDS)]
