"""All that an archive holds on chosen articles."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from furat.chain.leaves import PATH, Part
from furat.chain.manifest import FOLDER
from furat.chain.proofs import Proven, proven
from furat.chain.tokens import LARGEST, Unproven, moment
from furat.files import is_inside, reading
from furat.handover.records import needed
from furat.items import Article
from furat.store import Store
from furat.store.history import State
from furat.store.records import is_of
from furat.store.sources import Source


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of one article."""

    id: str
    states: list[State]
    addresses: list[str]
    sources: list[Source]

    @property
    def last(self) -> Article:
        """The article as it was last seen."""
        return next(state.item for state in reversed(self.states) if isinstance(state.item, Article))


@dataclass(frozen=True, slots=True)
class Line:
    """A delivered line of a feed."""

    part: Part
    text: bytes


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is handed over."""

    site: str
    chosen: list[Dossier]
    lines: list[Line]
    records: list[Part]
    """The WARC records."""

    proof: Proven
    stamps: dict[str, str]
    """What each time stamp says, by its name."""


def gathered(store: Store, folder: Path, site: str, articles: Collection[str]) -> Evidence:
    """Return all evidence on ``articles`` in the archive's ``folder``."""
    chosen = dossiers(store, articles)
    lines, records = list(delivered(store, folder, articles)), exchanges(folder, chosen)
    proof = proven(folder, [*(line.part for line in lines), *records])
    stamps = {name: _told(folder, name, link.root) for link in proof.links for name in link.tokens}
    return Evidence(site, chosen, lines, records, proof, stamps)


def _told(folder: Path, name: str, root: str) -> str:
    """Return when an authority saw ``root``, by its token; nothing if it does not say so."""
    with suppress(Unproven, ImportError, OSError), reading(folder / FOLDER / name) as token:
        return moment(token.read(LARGEST), root) if name.endswith(".tsr") else ""
    return ""


def dossiers(store: Store, articles: Collection[str]) -> list[Dossier]:
    """Return what the archive holds on ``articles``."""
    history, sources = store.history, store.sources
    return [Dossier(each, history.states(each), history.addresses(each), sources.sources(each)) for each in articles]


def delivered(store: Store, folder: Path, articles: Collection[str]) -> Iterator[Line]:
    """Yield the lines of ``articles`` in the feeds in the archive's ``folder``."""
    for name in store.forgotten.feeds(articles):
        if PATH.fullmatch(name) and is_inside(folder, folder / name) and (folder / name).exists():
            with reading(folder / name) as lines:
                yield from _lines(lines, name, {*articles})


def _lines(lines: Iterator[bytes], name: str, articles: set[str]) -> Iterator[Line]:
    at = 0
    for line in lines:
        if is_of(line, articles):
            yield Line(Part(at, len(line), sha256(line).hexdigest(), name), line)
        at += len(line)


def exchanges(folder: Path, chosen: Collection[Dossier]) -> list[Part]:
    """Return the WARC records of the ``chosen`` articles, in the order of their files."""
    return needed(folder, ((source.file, source.offset) for dossier in chosen for source in dossier.sources))
