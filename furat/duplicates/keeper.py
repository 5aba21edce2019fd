"""Where the index keeps what it remembers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol


class Keeper(Protocol):
    """The rows of an index: of each first article its digest, its signature and its keys."""

    def first(self, digest: int) -> str | None:
        """Return the id that was kept with ``digest``, if any."""

    def signature(self, id: str) -> str | None:
        """Return the signature that was kept of ``id``, if any."""

    def holders(self, keys: Iterable[int]) -> Mapping[int, Sequence[str]]:
        """Return those of ``keys`` that anything was kept under, each with the ids in the order in which they came."""

    def keep(self, id: str, digest: int | None, signature: str, keys: Iterable[int]) -> None:
        """Keep an article that is not kept yet."""

    def forget(self, id: str, keys: Iterable[int]) -> None:
        """Undo `keep`; under some of ``keys`` the article may never have been kept."""


class Memory:
    """Keeps the rows as long as the process lives."""

    def __init__(self) -> None:
        self._articles: dict[str, tuple[int | None, str]] = {}
        self._firsts: dict[int, str] = {}
        self._holders: dict[int, tuple[str, ...]] = {}

    def first(self, digest: int) -> str | None:
        return self._firsts.get(digest)

    def signature(self, id: str) -> str | None:
        return self._articles[id][1] if id in self._articles else None

    def holders(self, keys: Iterable[int]) -> dict[int, tuple[str, ...]]:
        return {key: self._holders[key] for key in keys if key in self._holders}

    def keep(self, id: str, digest: int | None, signature: str, keys: Iterable[int]) -> None:
        self._articles[id] = digest, signature
        if digest is not None:
            self._firsts[digest] = id
        for key in keys:
            self._holders[key] = (*self._holders.get(key, ()), id)

    def forget(self, id: str, keys: Iterable[int]) -> None:
        digest, _ = self._articles.pop(id)
        if digest is not None:
            del self._firsts[digest]
        for key in keys:
            self._holders[key] = tuple(holder for holder in self._holders.pop(key, ()) if holder != id)
