"""Proofs that manifests have single lines and records, without the manifests (RFC 6962, section 2.1.1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from furat.chain import leaves, merkle, tokens
from furat.chain.leaves import Part
from furat.chain.manifest import FOLDER, Manifest, Summary, read
from furat.chain.record import summaries


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence of a manifest, and the way from it to the root."""

    manifest: str
    """The crawl whose manifest it is."""

    leaf: str
    number: int
    path: tuple[str, ...]
    """The audit path in hexadecimal, from the leaf to the root."""

    def root(self, size: int) -> str | None:
        """Return the root of a manifest of ``size`` sentences by this proof; None if it can't be one of it."""
        try:
            found = merkle.root_by(self.leaf.encode(), self.number, size, [*map(bytes.fromhex, self.path)])
        except ValueError:
            return None
        return found.hex() if found else None


@dataclass(frozen=True, slots=True)
class Link:
    """What a proof needs of a manifest: its root, its length, its first sentence, and the tokens of its root."""

    crawl: str
    root: str
    size: int
    head: Proof
    tokens: tuple[str, ...]
    """The names of the files."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Proofs of parts, and the links of the chain from their manifests to those with tokens."""

    proofs: Mapping[Part, Proof]
    links: Sequence[Link]


def proven(folder: Path, parts: Iterable[Part]) -> Proven:
    """Return proofs for those of ``parts`` that a manifest in the archive's ``folder`` has.

    A part is known by its path and digest: its offset may be another since lines were taken away.
    """
    wanted = {(part.path, part.sha256): part for part in parts}
    paths = {path for path, _ in wanted}
    chain = sorted(summaries(folder), key=lambda each: each.head.number)
    proofs = dict[Part, Proof]()
    for each in chain:
        if not paths.isdisjoint(each.paths) and (manifest := read(folder / FOLDER / f"{each.head.crawl}.json")):
            proofs |= _proofs(each.head.crawl, manifest, wanted)
    stamped = _stamped(folder)
    proving = {proof.manifest for proof in proofs.values()}
    used = [each for each in chain if each.head.crawl in proving]
    needed = sorted({number for each in used for number in _until_stamped(each, chain, stamped)})
    links = (_link(folder, chain[number], stamped) for number in needed)
    return Proven(proofs, [link for link in links if link])


def _proofs(crawl: str, manifest: Manifest, wanted: Mapping[tuple[str, str], Part]) -> Iterator[tuple[Part, Proof]]:
    numbers = dict[int, Part]()
    for number, text in enumerate(manifest.texts):
        leaf = leaves.read(text) if text.startswith("part ") else None
        if isinstance(leaf, Part) and (part := wanted.get((leaf.path, leaf.sha256))):
            numbers[number] = part
    return _proved(crawl, manifest, numbers)


def _proved(crawl: str, manifest: Manifest, numbers: Mapping[int, Part]) -> Iterator[tuple[Part, Proof]]:
    paths = merkle.paths([text.encode() for text in manifest.texts], numbers)
    for number, part in numbers.items():
        yield part, Proof(crawl, manifest.texts[number], number, tuple(each.hex() for each in paths[number]))


def _stamped(folder: Path) -> dict[str, list[str]]:
    found = dict[str, list[str]]()
    for token in tokens.found(folder / FOLDER):
        found.setdefault(token.crawl, []).append(token.path.name)
    return found


def _until_stamped(begin: Summary, chain: Sequence[Summary], stamped: Mapping[str, Sequence[str]]) -> range:
    """Return the places in the ``chain`` from ``begin`` to the first manifest with a token; its own if none has one.

    A proof of OpenTimestamps may still wait.
    """
    at = chain.index(begin)
    signed = {crawl for crawl, names in stamped.items() if any(name.endswith(".tsr") for name in names)}
    ends = (number for number in range(at, len(chain)) if chain[number].head.crawl in signed)
    return range(at, next(ends, at) + 1)


def _link(folder: Path, summary: Summary, stamped: Mapping[str, Sequence[str]]) -> Link | None:
    crawl = summary.head.crawl
    manifest = read(folder / FOLDER / f"{crawl}.json")
    if not manifest:
        return None
    path = merkle.paths([text.encode() for text in manifest.texts], [0])[0]
    head = Proof(crawl, manifest.texts[0], 0, tuple(each.hex() for each in path))
    return Link(crawl, manifest.root, len(manifest.texts), head, tuple(stamped.get(crawl, ())))
