"""A package of evidence is a valid WACZ and can be checked by itself."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import bagit
import pytest

from furat.chain.finding import Finding, Weight
from furat.chain.tokens import certificates
from furat.handover.check import package_verified
from tests.replica import Replica, serve
from tests.support.authority import stamping
from tests.support.crawls import ROOT, crawl_command
from tests.support.forks import Forks

DOCUMENT = (ROOT / "docs" / "EVIDENCE.md").read_text("utf-8")

pytestmark = pytest.mark.scrapy


@dataclass(frozen=True)
class Made:
    """A package of an article that was edited, and of another."""

    path: Path
    ca: Path
    folder: Path
    edited: str
    told: str
    without: str
    """What was told of a package without WARC records, proofs and stamps."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("handover")
    with serve(Replica(4, weight=0)) as site, stamping(place) as authority:
        wanted: dict[str, Any] = {"FURAT_DATA": place / "data", "FURAT_WARC": True, "FURAT_TIMESTAMP": authority.url}
        assert forks.run(*crawl_command(site.url, **wanted)[2:]).exit_code == 0
        site.replica.edit(3, "<script>أضيفت</script> لاحقاً.")
        time.sleep(1 - time.time() % 1)  # what was visited within this second is not due
        assert forks.run(*crawl_command(site.url, FURAT_DUE_SHARE=0, **wanted)[2:]).exit_code == 0
        (folder,) = (place / "data").iterdir()
        first, second = sorted(folder.glob("feed/*.jsonl"))
        edited = json.loads(second.read_bytes().splitlines()[0])["id"]
        other = next(line["id"] for line in map(json.loads, first.read_bytes().splitlines()) if line["id"] != edited)

        def run(*words: str) -> str:
            told = forks.run("scrapy", *words, "--site", site.url, f"-sFURAT_DATA={place / 'data'}")
            assert told.exit_code == 0, told.err
            return told.out

        told = run("evidence", edited, other, "--to", str(place / "evidence.zip"))
        for name in ("warc", "manifests"):
            (folder / name).rename(folder / f"{name}.away")
        without = run("evidence", edited, "--to", str(place / "without.zip"))
        for name in ("warc", "manifests"):
            (folder / f"{name}.away").rename(folder / name)
        yield Made(place / "evidence.zip", authority.ca, folder, edited, told, without)


def faults(path: Path, ca: Path) -> list[Finding]:
    return [each for each in package_verified(path, certificates(ca)) if each.weight is Weight.FAULT]


def test_a_package_proves_itself(made: Made) -> None:
    assert "2 articles, 3 lines, " in made.told
    assert "2 stamps" in made.told
    findings = list(package_verified(made.path, certificates(made.ca)))
    assert max(each.weight for each in findings) is Weight.NOTE, findings
    assert sum("saw this root" in each.what for each in findings) == 2
    assert max(each.weight for each in package_verified(made.path)) is Weight.OPEN


def test_wacz_validates_it(made: Made) -> None:
    validate = "import sys; from wacz.main import main; sys.exit(main(['validate', '-f', sys.argv[1]]))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", validate, made.path], check=False, capture_output=True, text=True
    )

    assert "the passed WACZ is valid" in done.stdout, done.stdout + done.stderr


def test_its_index_leads_to_its_records(made: Made) -> None:
    with ZipFile(made.path) as package:
        records = package.read("archive/evidence.warc.gz")
        entries = [json.loads(line.split(b" ", 2)[2]) for line in package.read("indexes/index.cdx").splitlines()]
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
    assert {page["url"] for page in pages[1:]} <= {entry["url"] for entry in entries}
    for entry in entries:
        at = int(entry["offset"])
        assert records[at : at + 3] == b"\x1f\x8b\x08"
    assert len(pages) - 1 == len(entries) == 3


def test_each_file_begins_where_replayweb_page_looks_for_it(made: Made) -> None:
    package = made.path.read_bytes()
    with ZipFile(made.path) as files:
        for info in files.infolist():
            begin = info.header_offset + 30 + len(info.filename) + len(info.extra)
            packed = package[begin : begin + info.compress_size]
            text = zlib.decompress(packed, -15) if info.compress_type == ZIP_DEFLATED else packed
            assert text == files.read(info), info.filename


def test_unpacked_as_the_document_shows_it_is_a_bag(made: Made, tmp_path: Path) -> None:
    *_, script = re.findall(r"^```sh\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)

    subprocess.run(["bash", "-ec", script], cwd=tmp_path, env={**os.environ, "FILE": str(made.path)}, check=True)

    assert bagit.Bag(str(tmp_path / "bag")).is_valid()


def test_its_page_needs_nothing_and_runs_nothing(made: Made) -> None:
    with ZipFile(made.path) as package:
        page = package.read("data/evidence.html").decode()

    assert "<script" not in page
    assert "default-src 'none'" in page
    assert " href=" not in page
    assert page.count("تغيّر العنوان أو النص") == 1
    assert "TLS proves no origin" in page
    assert page.count(">stamped<") == 2


def test_what_is_missing_is_said(made: Made) -> None:
    assert "No WARC records" in made.without
    assert "No proofs" in made.without
    assert "No time stamps" in made.without
    with ZipFile(made.path.with_name("without.zip")) as package:
        assert "wacz_version" not in json.loads(package.read("datapackage.json"))
        assert "لم تُحفظ ردود الخادم" in package.read("data/evidence.html").decode()
    weights = {each.weight for each in package_verified(made.path.with_name("without.zip"))}
    assert max(weights) is Weight.OPEN


def test_an_altered_file_anywhere_is_named(made: Made, tmp_path: Path) -> None:
    chance = random.Random(27)  # noqa: S311 (a repeatable test)
    with ZipFile(made.path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    for name, text in files.items():
        for _ in range(6):
            at = chance.randrange(len(text))
            altered = text[:at] + bytes([text[at] ^ (1 << chance.randrange(8))]) + text[at + 1 :]
            found = faults(written(tmp_path / "altered.zip", files | {name: altered}), made.ca)
            assert found, (name, at)
            assert "datapackage" in name or any(each.place.startswith(name) for each in found), (name, at, found)


def test_who_describes_forged_files_anew_has_no_proof(made: Made, tmp_path: Path) -> None:
    shutil.unpack_archive(made.path, tmp_path / "unpacked")
    lines = (tmp_path / "unpacked" / "data" / "lines.jsonl").read_bytes()
    forged = described({"data/lines.jsonl": lines.replace("لاحقا".encode(), "مبكرا".encode())}, made.path)

    (fault,) = faults(written(tmp_path / "forged.zip", forged), made.ca)

    assert fault.place.startswith("data/lines.jsonl, byte ")
    assert "it is not what the manifest" in fault.what


def test_lines_without_a_proof_are_told(made: Made, tmp_path: Path) -> None:
    with ZipFile(made.path) as package:
        more = described({"data/lines.jsonl": package.read("data/lines.jsonl") + b"{}\n"}, made.path)

    doubts = [
        each for each in package_verified(written(tmp_path / "more.zip", more), certificates(made.ca)) if each.weight
    ]

    assert [str(each)[:50] for each in doubts] == ["data/lines.jsonl: nothing proves what follows byte"]


@pytest.mark.parametrize("text", [b"", b"PK\5\6" + bytes(18), b"no zip file at all", bytes(5000)])
def test_what_is_no_package_is_said_to_be_none(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "none.zip").write_bytes(text)

    assert next(each.weight for each in package_verified(tmp_path / "none.zip")) is Weight.FAULT


def test_a_bomb_is_not_unpacked(made: Made, tmp_path: Path) -> None:
    with ZipFile(made.path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    bomb = written(tmp_path / "bomb.zip", {"data/lines.jsonl": bytes(1 << 28)})

    assert "times its size" in faults(bomb, made.ca)[0].what
    assert faults(written(tmp_path / "same.zip", files), made.ca) == []


@pytest.mark.parametrize(
    "words", [["no-such-article", "--to", "FILE.zip"], ["--to", "FILE.zip"], ["1", "--to", "FILE.pdf"], ["1"]]
)
def test_wrong_usage_is_said(made: Made, forks: Forks, words: list[str], tmp_path: Path) -> None:
    words = [word.replace("FILE", str(tmp_path / "x")) for word in words]

    told = forks.run(
        "scrapy", "evidence", *words, "--site", made.folder.name.replace("_", ":"), f"-sFURAT_DATA={made.folder.parent}"
    )

    assert told.exit_code == 2, told.err
    assert "Traceback" not in told.err
    assert not list(tmp_path.iterdir())


def written(path: Path, files: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return path


def described(changed: dict[str, bytes], path: Path) -> dict[str, bytes]:
    """Return the files of a package with some ``changed``, and a description that fits them."""
    with ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()} | changed
    description = json.loads(files["datapackage.json"])
    for resource in description["resources"]:
        text = files[resource["path"]]
        resource |= {"hash": f"sha256:{sha256(text).hexdigest()}", "bytes": len(text)}
    files["datapackage.json"] = json.dumps(description).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(files['datapackage.json']).hexdigest()}"}
    return files | {"datapackage-digest.json": json.dumps(digest).encode()}
