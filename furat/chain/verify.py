"""Checks an archive's folder against its manifests."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from furat.chain import contents, leaves, tokens
from furat.chain.expected import Expected, Removals, expected, removals
from furat.chain.finding import Finding, Weight
from furat.chain.leaves import Leaf
from furat.chain.links import Link, Links
from furat.chain.manifest import FOLDER, LARGEST, Manifest, named
from furat.chain.record import present, strangers
from furat.files import reading

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(slots=True)
class Verification:
    """A check of all that manifests cover; nothing is written."""

    folder: Path
    known: tuple[int, str] | None = None
    """The number and root of the last manifest, if the archive's database tells them."""

    roots: "Sequence[Certificate]" = ()
    """The certificates of time-stamping authorities that are believed."""

    manifests: int = field(default=0, init=False)
    files: int = field(default=0, init=False)
    parts: int = field(default=0, init=False)
    bytes: int = field(default=0, init=False)
    links: Links = field(init=False)

    def findings(self) -> Iterator[Finding]:
        """Yield what is not as it was, what can't be told, and what the reader should know."""
        removed: dict[str, dict[tuple[int, str], leaves.Removed]] = {}
        self.links = Links([self._link(path, removed) for path in named(self.folder)], self.known)
        self.manifests = len(self.links.all)
        yield from self.links.findings()
        covered = dict[str, leaves.File]()
        for link in sorted(self.links.all, key=lambda each: not each.head):  # first those that hold
            for file in self._expected(link, removed):
                yield from self._checked(link, file, covered)
        yield from self._uncovered(covered)
        roots = {link.crawl: link.root for link in self.links.sound}
        yield from tokens.findings(tokens.found(self.folder / FOLDER), self.roots, roots)

    def _link(self, path: Path, removed: dict[str, dict[tuple[int, str], leaves.Removed]]) -> Link:
        name, manifest = f"{FOLDER}/{path.name}", None
        with suppress(OSError):
            manifest = Manifest.from_json(_text(path))
        if not manifest or not manifest.is_sound():
            return Link(name, path.stem)
        for place, found in removals(manifest.removals).items():
            removed.setdefault(place, {}).update(found)
        return Link(name, path.stem, manifest.head, manifest.root)

    def _expected(self, link: Link, removed: Removals) -> list[Expected]:
        """Return the files that a manifest covers; of one that was altered, what can still be read of it."""
        with suppress(OSError):
            text = _text(self.folder / link.name)
            manifest = Manifest.from_json(text) if link.head else None
            return expected(manifest.sentences if manifest else _legible(text), removed)
        return []

    def _checked(self, link: Link, file: Expected, covered: dict[str, leaves.File]) -> Iterator[Finding]:
        place = file.whole.path
        if place in covered:  # again, as its manifest could not be read; what was altered may tell anything
            if link.head and file.whole != covered[place]:
                yield Finding(place, f"{link.name} tells another digest than the manifest before: one was put there")
            return
        covered[place] = file.whole
        self.files += 1
        self.parts += len(file.parts)
        self.bytes += file.whole.size
        is_sure, is_cut = link.head is not None, self.links.is_cut
        yield from contents.findings(self.folder, file, is_sure=is_sure, is_cut=is_cut)

    def _uncovered(self, covered: Collection[str]) -> Iterator[Finding]:
        """Yield the files that no manifest covers."""
        last = max((link.crawl for link in self.links.sound), default="")
        for place in present(self.folder):
            if place in covered or place.startswith(FOLDER):
                continue
            if self.links.is_cut:
                yield Finding(
                    place, "no manifest that is left covers it: whether it was added can't be told", Weight.OPEN
                )
            elif not (crawl := leaves.crawl_of(place)):
                yield Finding(
                    place, "added: another tool wrote it; the next crawl's manifest will cover it", Weight.OPEN
                )
            elif crawl >= last:
                yield Finding(place, "no manifest covers it yet; the next crawl's will", Weight.OPEN)
            else:
                yield Finding(place, "added: no manifest covers it, though later ones are there")
        for place in strangers(self.folder):
            yield Finding(place, "added: no file of Furat's is named so, and no manifest ever covers it", Weight.OPEN)


def _text(path: Path) -> bytes:
    with reading(path) as file:
        return file.read(LARGEST + 1)


def _legible(text: bytes) -> Iterator[Leaf]:
    """Yield the sentences in ``text``, whatever stands between them."""
    for line in BytesIO(text):
        sentence = line.strip(b' ,"\r\n').decode("utf-8", "replace")
        if leaf := leaves.read(sentence):
            yield leaf
