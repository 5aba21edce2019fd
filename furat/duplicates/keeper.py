"""Where the index keeps what it remembers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Protocol

from furat.duplicates.candidates import Place


class Keeper(Protocol):
    """The rows of an index: of each first article its digest, its signature and its keys."""

    def first(self, digest: int) -> str | None:
        """Return the id kept with ``digest``, if any."""

    def signature(self, id: str) -> str | None:
        """Return the signature kept for ``id``, if any."""

    def holders(self, keys: Iterable[int]) -> Mapping[int, Sequence[Place]]:
        """Return the known ones among ``keys``, each with its articles in order."""

    def keep(self, id: str, digest: int | None, signature: str, keys: Iterable[int]) -> None:
        """Keep an article that is not kept yet."""

    def forget(self, id: str, keys: Iterable[int]) -> None:
        """Undo `keep`; under some of ``keys`` the article may never have been kept."""

    def renew(self, keep: Callable[[str, str, str], None]) -> None:
        """Call ``keep`` with id, title and text of each article that an earlier Furat signed, in their order."""


class Memory:
    """Keeps the rows in memory."""

    def __init__(self) -> None:
        self._articles: dict[str, tuple[int | None, str]] = {}
        self._firsts: dict[int, str] = {}
        self._holders: dict[int, tuple[Place, ...]] = {}
        self._numbers = count()

    def first(self, digest: int) -> str | None:
        return self._firsts.get(digest)

    def signature(self, id: str) -> str | None:
        return self._articles[id][1] if id in self._articles else None

    def holders(self, keys: Iterable[int]) -> dict[int, tuple[Place, ...]]:
        return {key: places for key in keys if (places := self._holders.get(key)) is not None}

    def keep(self, id: str, digest: int | None, signature: str, keys: Iterable[int]) -> None:
        self._articles[id] = digest, signature
        if digest is not None:
            self._firsts[digest] = id
        own = ((next(self._numbers), id),)  # one for all keys that nobody else holds: most of them
        for key in keys:
            self._holders[key] = self._holders[key] + own if key in self._holders else own

    def forget(self, id: str, keys: Iterable[int]) -> None:
        digest, _ = self._articles.pop(id)
        if digest is not None:
            del self._firsts[digest]
        for key in keys:
            self._holders[key] = tuple(place for place in self._holders.pop(key, ()) if place[1] != id)

    def renew(self, keep: Callable[[str, str, str], None]) -> None:
        pass
