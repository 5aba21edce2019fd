"""Checks a package of evidence by itself."""

import json
import re
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from lzma import LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from furat.chain.finding import Finding, Weight
from furat.chain.leaves import Head, Part, read
from furat.chain.proofs import Link, Proof
from furat.chain.tokens import LARGEST, judged
from furat.handover.wacz import DATAPACKAGE, DIGEST

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

PROOFS = "data/proofs.json"
PROVEN = ("data/lines.jsonl", "archive/evidence.warc.gz")
"""The files that proofs are of."""

ZIP = b"PK\3\4"
"""How a zip file begins."""

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)?")
"""What a file in a package is named: at most one folder deep, and never on the way out of it."""

MOST_TIMES = 100
"""A package that unpacks to more times its size is an attack."""

LARGEST_TEXT = 1 << 26
"""The most bytes of a description or of the proofs; as objects they take some thirty times as much memory."""

BLOCK = 1 << 20
DAMAGE = (
    *(BadZipFile, zlib.error, LZMAError, EOFError, OSError, MemoryError),
    *(ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)
"""What reading a damaged or hostile package raises."""


@dataclass(slots=True)
class PackageCheck:
    """A check of the package at ``path``; nothing is unpacked to the disk."""

    path: Path
    roots: "Sequence[Certificate]" = ()
    proofs: int = field(default=0, init=False)

    def findings(self) -> Iterator[Finding]:
        """Yield what is not as it was, what can't be told, and what the reader should know."""
        try:
            with ZipFile(self.path) as package:
                yield from self._findings(package)
        except DAMAGE as error:
            yield Finding(self.path.name, f"it is damaged, or no package of Furat: {error or type(error).__name__}")

    def _findings(self, package: ZipFile) -> Iterator[Finding]:
        if sum(each.file_size for each in package.infolist()) > MOST_TIMES * self.path.stat().st_size:
            yield Finding(self.path.name, f"it unpacks to more than {MOST_TIMES} times its size: no package of Furat")
            return
        yield from map(_unsafe, filter(_is_unsafe, package.infolist()))
        yield from _files(package)
        if PROOFS not in package.NameToInfo:
            yield Finding(PROOFS, "missing: nothing is proven")
            return
        told = json.loads(_text(package, PROOFS))
        links = [_link(each) for each in told["manifests"]]
        yield from _chain(links)
        yield from self._parts(package, told["leaves"], {link.crawl: link for link in links})
        yield from self._tokens(package, links)
        if not self.proofs:
            yield Finding(PROOFS, "it proves nothing", Weight.OPEN)
        yield Finding("data", "its other files tell what the archive had; manifests do not prove them", Weight.NOTE)

    def _parts(self, package: ZipFile, leaves: list[dict[str, Any]], links: dict[str, Link]) -> Iterator[Finding]:
        """Yield the parts that are not what their proofs say."""
        by_file = dict[str, list[dict[str, Any]]]()
        for leaf in leaves:
            by_file.setdefault(str(leaf["file"]), []).append(leaf)
        for name in PROVEN:
            if name in package.NameToInfo:
                with package.open(name) as file:
                    yield from self._proven(file, package.getinfo(name), by_file.get(name, ()), links)

    def _proven(
        self, file: Any, info: ZipInfo, leaves: Iterable[dict[str, Any]], links: dict[str, Link]
    ) -> Iterator[Finding]:
        """Yield what is not as the ``leaves`` of a file say, and what none of them is of; each byte is read once."""
        end, proven = 0, 0
        for leaf in sorted(leaves, key=lambda each: int(each["offset"])):
            begin, length = int(leaf["offset"]), int(leaf["length"])
            if begin < end or length <= 0:
                yield Finding(f"{info.filename}, byte {begin}", "another proof is of the same bytes: it was altered")
                continue
            self.proofs += 1
            proven += length if begin == proven else 0
            end = begin + length
            if why := _fault(file, leaf, links):
                yield Finding(f"{info.filename}, byte {begin}", why)
        if proven < info.file_size:
            yield Finding(info.filename, f"nothing proves what follows byte {proven}", Weight.OPEN)

    def _tokens(self, package: ZipFile, links: Sequence[Link]) -> Iterator[Finding]:
        for link in links:
            for name in dict.fromkeys(link.tokens):
                answer = _text(package, f"data/{name}", LARGEST)
                yield judged(f"data/{name}", answer, link.root, self.roots)
        if crawls := [link.crawl for link in _unstamped(links)]:
            told = f"no authority stamped the time of {len(crawls)} of {len(links)} manifests, or of one that follows"
            yield Finding(PROOFS, f"{told}: {', '.join(crawls[:3])}", Weight.NOTE)


def _files(package: ZipFile) -> Iterator[Finding]:
    """Yield the files that are not as the package's description says."""
    names = {each.filename for each in package.infolist()}
    if len(names) != len(package.infolist()):
        yield Finding(DATAPACKAGE, "a file is in the package twice")
    text = _text(package, DATAPACKAGE)
    digest = json.loads(_text(package, DIGEST))
    if digest != {"path": DATAPACKAGE, "hash": f"sha256:{sha256(text).hexdigest()}"}:
        yield Finding(DATAPACKAGE, f"it was altered: {DIGEST} tells another digest")
    described = {str(each["path"]): each for each in json.loads(text)["resources"]}
    for name in sorted({*names, *described} - {DATAPACKAGE, DIGEST}):
        if name not in described:
            yield Finding(name, "added: the package's description does not know it")
        elif name not in names:
            yield Finding(name, "missing")
        elif _hash(package, name, int(described[name]["bytes"])) != described[name]["hash"]:
            yield Finding(name, "altered")


def _unsafe(info: ZipInfo) -> Finding:
    return Finding(info.filename, "a package of Furat has no such name, and no links: do not unpack it")


def _is_unsafe(info: ZipInfo) -> bool:
    """Return whether unpacking a file may write or lead to somewhere outside the folder."""
    return stat.S_ISLNK(info.external_attr >> 16) or not NAME.fullmatch(info.filename)


def _hash(package: ZipFile, name: str, size: int) -> str | None:
    """Return the digest of a file in the package; None if it has another ``size``, or can't be read."""
    info: ZipInfo = package.getinfo(name)
    if info.file_size != size:
        return None
    digest, left = sha256(), size + 1
    try:
        with package.open(info) as file:
            while left > 0 and (block := file.read(min(BLOCK, left))):
                digest.update(block)
                left -= len(block)
    except DAMAGE:
        return None
    return f"sha256:{digest.hexdigest()}" if left == 1 else None


def _text(package: ZipFile, name: str, largest: int = LARGEST_TEXT) -> bytes:
    """Return a file in the package; raise ValueError if it is larger than that can be."""
    with package.open(name) as file:
        text = file.read(largest + 1)
    if len(text) > largest:
        raise ValueError(f"{name} is larger than {largest} bytes")
    return text


def _link(told: dict[str, Any]) -> Link:
    head = told["head"]
    return Link(str(told["crawl"]), str(told["root"]), int(told["size"]), _proof(head), tuple(map(str, told["tokens"])))


def _proof(told: dict[str, Any]) -> Proof:
    return Proof(str(told["manifest"]), str(told["leaf"]), int(told["number"]), tuple(map(str, told["path"])))


def _chain(links: Sequence[Link]) -> Iterator[Finding]:
    """Yield the manifests that do not follow each other."""
    if len(links) != len({link.crawl for link in links}):
        yield Finding(PROOFS, "it tells one manifest twice: it was altered")
    heads = [Head.read(link.head.leaf) for link in links]
    for link, head in zip(links, heads, strict=True):
        is_own = head and head.crawl == link.crawl and link.head.number == 0
        if not is_own or link.head.root(link.size) != link.root:
            yield Finding(PROOFS, f"the manifest {link.crawl} does not have its first sentence: it was altered")
    for (before, one), (_, other) in pairwise(zip(links, heads, strict=True)):
        if one and other and other.number == one.number + 1 and other.previous != before.root:
            yield Finding(PROOFS, f"the manifest {other.crawl} does not follow {one.crawl}: it was altered")


def _unstamped(links: Sequence[Link]) -> list[Link]:
    """Return the manifests that have no token, and that no chain of others leads from to one with a token."""
    stamped, found = set[str](), list[Link]()
    for link in reversed(links):
        if link.tokens or link.root in stamped:
            head = Head.read(link.head.leaf)
            stamped |= {head.previous} if head else set()
        else:
            found.append(link)
    return found[::-1]


def _fault(file: Any, leaf: dict[str, Any], links: dict[str, Link]) -> str | None:
    """Return what is wrong with a part of a ``file`` or with its proof; None if it is proven."""
    proof, said = _proof(leaf), read(str(leaf["leaf"]))
    length = int(leaf["length"])
    link = links.get(proof.manifest)
    if not isinstance(said, Part) or not link or proof.root(link.size) != link.root:
        return "its proof does not lead to a root: it was altered"
    file.seek(int(leaf["offset"]))
    digest, left = sha256(), length
    while left > 0 and (block := file.read(min(BLOCK, left))):
        digest.update(block)
        left -= len(block)
    is_same = digest.hexdigest() == said.sha256 and length == said.length
    return None if is_same else f"altered: it is not what the manifest {proof.manifest} has of {said.path}"


def is_package(path: Path) -> bool:
    """Return whether the file at ``path`` is meant to be a package, which may be damaged."""
    if path.suffix in (".zip", ".wacz"):
        return True
    with path.open("rb") as file:
        return file.read(len(ZIP)) == ZIP


def package_verified(path: Path, roots: "Sequence[Certificate]" = ()) -> Iterator[Finding]:
    """Yield what a check of the package at ``path`` finds, and at the end what was checked."""
    check = PackageCheck(path, roots)
    yield from check.findings()
    yield Finding("checked", f"lines and records with proofs {check.proofs}", Weight.NOTE)
