"""Authorities stamp the time of a manifest; their failures fail nothing, and are made good."""

import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from furat.chain.authorities import addresses, stamp
from furat.chain.finding import Finding, Weight
from furat.chain.manifest import Summary
from furat.chain.tokens import certificates
from furat.chain.verify import Verification
from furat.exceptions import WrongUsage
from tests.chain.archive import Folder
from tests.support.authority import Authority, stamping


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with stamping(tmp_path_factory.mktemp("authority")) as authority:
        yield authority


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "site")


def stamped(folder: Folder, end: Summary, *urls: str) -> list[str]:
    return list(stamp(folder.path, end, urls))


def found(folder: Folder, *ca: Path) -> list[Finding]:
    roots = [root for path in ca for root in certificates(path)]
    return list(Verification(folder.path, folder.known(), roots).findings())


def test_a_token_proves_the_root_to_us_and_to_openssl(folder: Folder, authority: Authority, tmp_path: Path) -> None:
    end = folder.crawl()
    asked = authority.asked

    assert stamped(folder, end, authority.url) == []
    assert stamped(folder, end, authority.url) == []

    assert authority.asked == asked + 1
    (token,) = (folder.path / "manifests").glob("*.tsr")
    (note,) = found(folder, authority.ca)
    assert note.weight is Weight.NOTE
    assert "127.0.0.1" in note.what
    (doubt,) = found(folder)
    assert doubt.weight is Weight.OPEN
    assert "--ca" in doubt.what
    (tmp_path / "root").write_text(end.root)
    subprocess.run(
        ["openssl", "ts", "-verify", "-data", tmp_path / "root", "-in", token, "-CAfile", authority.ca],
        check=True,
        capture_output=True,
    )


def test_another_ca_vouches_for_nothing(folder: Folder, authority: Authority, tmp_path: Path) -> None:
    stamped(folder, folder.crawl(), authority.url)
    with stamping(tmp_path) as other:
        (fault,) = found(folder, other.ca)

    assert fault.weight is Weight.FAULT
    assert "signature does not hold" in fault.what


def test_failures_are_told_and_made_good_by_the_next_crawl(
    folder: Folder, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = folder.crawl()
    another = authority.stamp(b"") + b"0"
    answers: dict[str, Callable[[bytes], bytes | int]] = {
        "HTTP Error 503": lambda _: 503,
        "HTTP Error 302": lambda _: 302,
        "is not valid": lambda _: b"<html>",
        "larger than 65536": lambda _: bytes(1 << 17),
        "status 2": lambda _: another[:-1],
    }
    for why, answer in answers.items():
        authority.answer = answer
        (told,) = stamped(folder, end, authority.url)
        assert why in told

    authority.answer = authority.never
    with monkeypatch.context() as hurried:
        hurried.setattr("furat.chain.asking.PATIENCE", 0.5)
        assert "no answer in 0.5 seconds" in stamped(folder, end, authority.url)[0]
    authority.answer = authority.stamp
    assert "refused" in stamped(folder, end, "http://127.0.0.1:9/")[0]
    assert not list(folder.path.glob("manifests/*.tsr"))
    assert stamped(folder, end, authority.url) == []
    assert len(list(folder.path.glob("manifests/*.tsr"))) == 1


def test_a_token_of_another_root_is_not_taken(folder: Folder, authority: Authority) -> None:
    old, new = folder.crawl(), folder.crawl()
    stamped(folder, old, authority.url)
    (token,) = folder.path.glob("manifests/*.tsr")

    authority.answer = lambda _: token.read_bytes()
    (told,) = stamped(folder, new, authority.url)
    authority.answer = authority.stamp
    shutil.copy(token, token.with_name(token.name.replace(old.head.crawl, new.head.crawl)))

    assert "another root" in told
    assert [finding.what for finding in found(folder, authority.ca) if finding.weight is Weight.FAULT] == [
        "it is of another root"
    ]


@pytest.mark.slow
def test_what_is_done_to_a_token_anywhere_is_seen(folder: Folder, authority: Authority) -> None:
    stamped(folder, folder.crawl(), authority.url)
    (token,) = folder.path.glob("manifests/*.tsr")
    whole, chance = token.read_bytes(), random.Random(27)  # noqa: S311 (a repeatable test)
    for _ in range(300):
        at = chance.randrange(len(whole))
        token.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        (fault,) = found(folder, authority.ca)
        assert (fault.place, fault.weight) == (f"manifests/{token.name}", Weight.FAULT)

    named = token.with_name(f"{token.name.rsplit('.', 2)[0]}.{'0' * 16}.tsr")
    token.rename(named)  # whoever alters one can rename it, but not sign it
    named.write_bytes(whole)
    assert [finding.weight for finding in found(folder, authority.ca)] == [Weight.FAULT]


def test_a_token_that_is_missing_later_is_missed(folder: Folder, authority: Authority) -> None:
    stamped(folder, folder.crawl(), authority.url)
    (token,) = folder.path.glob("manifests/*.tsr")
    folder.crawl()
    token.unlink()

    (fault,) = found(folder, authority.ca)

    assert str(fault) == f"manifests/{token.name}: missing"


@pytest.mark.parametrize(
    "setting", ["freetsa.org/tsr", "file:///etc/passwd", "https://", "https://a.example ftp://b.example"]
)
def test_an_address_that_is_none_is_refused(setting: str) -> None:
    with pytest.raises(WrongUsage) as refusal:
        addresses([setting])

    assert "FURAT_TIMESTAMP is not a web address" in refusal.value.reason
