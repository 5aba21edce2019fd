"""Checks that manifests are as they were written, and follow each other without a gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from furat.chain.finding import Finding, Weight
from furat.chain.leaves import Head
from furat.chain.record import FIRST

NOT_ONE = "it was altered: it is not a manifest, or its root is not that of its sentences"


@dataclass(frozen=True, slots=True)
class Link:
    """A manifest's place in the chain."""

    name: str
    """Its path, relative to the archive's folder."""

    crawl: str
    """As the name has it."""

    head: Head | None = None
    """None if the manifest is not as it was written."""

    root: str = ""

    @property
    def number(self) -> int:
        """Its number; 0 if that is not known."""
        return self.head.number if self.head else 0


@dataclass(slots=True)
class Links:
    """The manifests of a folder, and the last one that the archive knows of."""

    all: Sequence[Link]
    known: tuple[int, str] | None
    """Its number and its root."""

    sound: list[Link] = field(init=False)
    is_cut: bool = field(default=False, init=False)
    """Whether a manifest is missing, or not as it was written: what it covered can't be told."""

    def __post_init__(self) -> None:
        self.sound = sorted((link for link in self.all if link.head), key=lambda link: link.number)

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the manifests themselves."""
        for finding in self._findings():
            self.is_cut |= finding.weight is Weight.FAULT
            yield finding

    def _findings(self) -> Iterator[Finding]:
        for link in self.all:
            if not link.head:
                yield Finding(link.name, NOT_ONE)
            elif link.head.crawl != link.crawl:
                yield Finding(link.name, f"it is the manifest of {link.head.crawl}: renamed, or put in another's place")
        yield from self._gaps()
        yield from self._broken_links()
        if self.known:
            yield from self._beside_the_archive(*self.known)

    def _gaps(self) -> Iterator[Finding]:
        """Yield where manifests are missing."""
        start = Link("the beginning", "")
        for before, after in pairwise([start, *self.sound]):
            gap = after.number - before.number - 1
            lost = gap - self._between(before.crawl, after.crawl) if gap > 0 else 0
            if lost > 0:
                yield Finding(after.name, f"{_manifests(lost)} missing before it: the chain is cut after {before.name}")
            elif after.number == before.number:
                yield Finding(after.name, f"it has the same number as {before.name}: one of them was put there")

    def _between(self, before: str, after: str | None) -> int:
        """Return how many altered manifests may stand between two crawls, or after one."""
        return sum(not link.head and before < link.crawl and (not after or link.crawl < after) for link in self.all)

    def _broken_links(self) -> Iterator[Finding]:
        named = {link.head.number - 1: link.head.previous for link in self.sound if link.head}
        if self.known:
            named.setdefault(*self.known)
        for before, after in pairwise(self.sound):
            if after.number == before.number + 1 and not _follows(before, after):
                is_disowned = named.get(after.number, after.root) != after.root
                false, other = (after, before) if is_disowned else (before, after)
                yield Finding(false.name, f"it was made anew: {other.name} does not fit it, the chain is cut there")
        if self.sound and self.sound[0].number == 1 and self.sound[0].head and self.sound[0].head.previous != FIRST:
            yield Finding(self.sound[0].name, "it was made anew: the first manifest follows none")

    def _beside_the_archive(self, number: int, root: str) -> Iterator[Finding]:
        """Yield how the manifests differ from the last one that the archive knows."""
        end = self.sound[-1] if self.sound else Link("the beginning", "")
        lost = number - end.number - self._between(end.crawl, None)
        if lost > 0:
            yield Finding(
                "manifests", f"{_manifests(lost)} missing after {end.name}: rolled back, or cut off at the end"
            )
        if number < end.number - 1:
            yield Finding("archive.db", f"it knows {number} of {end.number} manifests: it was rolled back")
        elif number == end.number - 1:
            yield Finding(
                end.name, "archive.db does not know it yet: a crawl was killed, or it was put there", Weight.OPEN
            )
        for link in self.sound:
            if link.number == number and link.root != root:
                yield Finding(link.name, "it was made anew: archive.db knows another root")


def _follows(before: Link, after: Link) -> bool:
    return after.head is not None and after.head.previous == before.root


def _manifests(count: int) -> str:
    return "a manifest is" if count == 1 else f"{count} manifests are"
