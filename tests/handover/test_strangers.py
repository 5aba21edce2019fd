"""Whatever a stranger packs, its check ends soon, raises nothing, and does not believe it."""

import json
import stat
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from furat.chain import merkle
from furat.chain.finding import Weight
from furat.chain.leaves import Head, Leaf, Part
from furat.chain.manifest import Manifest, root_over
from furat.chain.proofs import Link, Proof
from furat.handover.check import package_verified
from furat.handover.package import hand_over
from furat.store import Store
from furat.store.sources import Source
from tests.support.archives import article
from tests.warc.made import response

LINES = ["خبر أول\n".encode(), "خبر ثان\n".encode()]
CRAWLS = ["20260101T000000Z-0001", "20260102T000000Z-0002"]


def proof(manifest: Manifest, crawl: str, number: int) -> Proof:
    path = merkle.paths([text.encode() for text in manifest.texts], [number])[number]
    return Proof(crawl, manifest.texts[number], number, tuple(each.hex() for each in path))


def told(crawls: Sequence[str] = CRAWLS) -> dict[str, Any]:
    """Return proofs of `LINES`, one by each of two manifests that follow each other."""
    previous, links, leaves = "-", [], []
    for number, (crawl, line) in enumerate(zip(crawls, LINES, strict=True)):
        part = Part(0, len(line), sha256(line).hexdigest(), f"feed/news-{crawl}.jsonl")
        sentences: list[Leaf] = [Head(number + 1, previous, "2026-01-01T00:00:00+00:00", crawl, "https://a/"), part]
        texts = tuple(map(str, sentences))
        manifest = Manifest(texts, root_over(texts))
        links.append(asdict(Link(crawl, manifest.root, 2, proof(manifest, crawl, 0), ())))
        place = {"file": "data/lines.jsonl", "offset": number * len(LINES[0]), "length": len(line)}
        leaves.append(place | asdict(proof(manifest, crawl, 1)))
        previous = manifest.root
    return {"version": 1, "manifests": links, "leaves": leaves}


def packed(
    path: Path,
    proofs: dict[str, Any] | bytes,
    more: Sequence[ZipInfo] = (),
    lines: bytes = b"",
    method: int = ZIP_STORED,
) -> Path:
    """Write a package that describes all of its files as they are."""
    text = proofs if isinstance(proofs, bytes) else json.dumps(proofs).encode()
    files = {ZipInfo("data/lines.jsonl"): lines or b"".join(LINES), ZipInfo("data/proofs.json"): text}
    files |= dict.fromkeys(more, b"/etc/passwd")
    resources = [
        {"path": info.filename, "bytes": len(text), "hash": f"sha256:{sha256(text).hexdigest()}"}
        for info, text in files.items()
    ]
    description = json.dumps({"resources": resources}).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(description).hexdigest()}"}
    files |= {
        ZipInfo("datapackage.json"): description,
        ZipInfo("datapackage-digest.json"): json.dumps(digest).encode(),
    }
    with ZipFile(path, "w") as package:
        for info, text in files.items():
            package.writestr(info, text, method)
    return path


def found(path: Path, weight: Weight = Weight.FAULT) -> list[str]:
    return [str(each) for each in package_verified(path) if each.weight is weight]


def test_what_holds_is_believed(tmp_path: Path) -> None:
    findings = list(package_verified(packed(tmp_path / "a.zip", told())))

    assert {each.weight for each in findings} == {Weight.NOTE}
    assert "lines and records with proofs 2" in str(findings[-1])
    assert any("no authority stamped the time of 2 of 2 manifests" in str(each) for each in findings)


def linked(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "info",
    [
        *map(
            ZipInfo,
            ["../a", "/etc/cron.d/a", "data/../../a", "C:/a", "a\\..\\b", "data/\u202egnp.exe", "\x1b[2J", "a\n"],
        ),
        *map(ZipInfo, [".bashrc", "data/.ssh", "data/a/b", "data/", "~/a", "حمص"]),
        linked("data/more"),
    ],
)
def test_what_would_lead_out_of_the_folder_is_named(tmp_path: Path, info: ZipInfo) -> None:
    assert any("do not unpack it" in each for each in found(packed(tmp_path / "a.zip", told(), [info])))


def with_leaf(**fields: Any) -> dict[str, Any]:
    proofs = told()
    proofs["leaves"][0] |= fields
    return proofs


NUMBERS: list[Any] = [1e999, -1, "x", None, []]


@pytest.mark.parametrize(
    "proofs",
    [
        *(with_leaf(**{name: value}) for name in ("offset", "length", "number") for value in NUMBERS),
        *(with_leaf(**{name: value}) for name in ("offset", "length") for value in (10**18, 10**400)),
        with_leaf(path=["zz"]),
        with_leaf(path=7),
        with_leaf(leaf="part"),
        with_leaf(leaf="\ud800"),
        b"[" * 100_000,
        b"[]",
        b"7",
        b"null",
        b'{"manifests": 7, "leaves": []}',
        b'{"manifests": [], "leaves": [7]}',
        b'{"manifests": [{}], "leaves": []}',
        b"9" * 5000,
    ],
)
def test_strange_proofs_are_no_proofs(tmp_path: Path, proofs: Any) -> None:
    assert found(packed(tmp_path / "a.zip", proofs))


def test_a_package_that_proves_nothing_is_not_said_to_be_as_it_was(tmp_path: Path) -> None:
    empty: dict[str, Any] = {"version": 1, "manifests": [], "leaves": []}
    package = packed(tmp_path / "a.zip", empty, lines=b" ")

    assert "data/proofs.json: it proves nothing" in found(package, Weight.OPEN)


def test_bytes_are_proven_once(tmp_path: Path) -> None:
    proofs = told()
    proofs["leaves"] *= 3

    assert len([each for each in found(packed(tmp_path / "a.zip", proofs)) if "the same bytes" in each]) == 4


def test_two_manifests_of_one_crawl_are_a_fault(tmp_path: Path) -> None:
    (fault,) = found(packed(tmp_path / "a.zip", told([CRAWLS[0]] * 2)))[:1]

    assert "one manifest twice" in fault


def test_a_stamp_on_one_manifest_is_none_on_those_after_it(tmp_path: Path) -> None:
    proofs = told()
    proofs["manifests"][0]["tokens"] = ["a.tsr"]
    package = packed(tmp_path / "a.zip", proofs, [ZipInfo("data/a.tsr")])

    assert any(f"1 of 2 manifests, or of one that follows: {CRAWLS[1]}" in each for each in found(package, Weight.NOTE))

    proofs["manifests"][0]["tokens"], proofs["manifests"][1]["tokens"] = [], ["a.tsr"]

    assert not any("stamped" in each for each in found(packed(tmp_path / "b.zip", proofs), Weight.NOTE))


def broken(text: bytes) -> bytes:
    """Return a package whose compressed bytes are others."""
    at = text.index(b"lines.jsonl") + 16
    return text[:at] + bytes(8) + text[at + 8 :]


@pytest.mark.parametrize("method", [ZIP_LZMA, ZIP_DEFLATED])
@pytest.mark.parametrize("change", [broken, lambda text: text[:-30], lambda text: text[30:]])
def test_damage_of_any_compression_is_told(tmp_path: Path, method: int, change: Callable[[bytes], bytes]) -> None:
    whole = packed(tmp_path / "a.zip", told(), method=method)
    damaged = tmp_path / "b.zip"
    damaged.write_bytes(change(whole.read_bytes()))

    assert found(whole) == []
    assert [each for each in found(damaged) if "data/lines.jsonl" in each or "no package of Furat" in each]


def test_a_stranger_s_archive_is_packed_as_far_as_it_holds(tmp_path: Path) -> None:
    folder, (crawl, _) = tmp_path / "example.org", CRAWLS
    feed, records = f"feed/news-{crawl}.jsonl", f"warc/{crawl}-00000.warc.gz"
    lines = [
        *('["example.org/1"]', '"example.org/1"', '{"id": ["example.org/1"]}', '{"id": {"a": "example.org/1"}}'),
        *('{"id": "example.org/1", "revision": [1]}', '{"id": "example.org/1", "revision": 1}'),
    ]
    with Store.at(folder) as store:
        store.crawls.begin(crawl, "news")
        strange = replace(article(1), title="</title><script>alert(1)</script>", title_raw="خبر", crawl=crawl)
        store.articles.add(strange, sources=[Source("example.org/1", 1, records, 0, "urn:a", "sha256:1", "")])
        for name, text in ((feed, "\n".join(lines).encode()), (records, response("http://[a b", b"<p>"))):
            (folder / name).parent.mkdir()
            (folder / name).write_bytes(text)
        store.deliveries.open(folder / f"{feed}.part", folder / feed, crawl)
        store.deliveries.enter("example.org/1", 1, crawl)

        made = hand_over(store, folder, "https://example.org/", ["example.org/1"], tmp_path / "a.zip")

    assert (made.lines, made.records) == (2, 1)
    assert not found(tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as package:
        assert b"<script" not in package.read("data/evidence.html")
        assert b"a%20b" in package.read("indexes/index.cdx").split(b"{")[0]
