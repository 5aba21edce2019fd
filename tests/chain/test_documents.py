"""What docs/EVIDENCE.md shows works without Furat."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from furat.chain.authorities import stamp
from furat.chain.record import remove, summaries
from tests.chain.archive import Folder
from tests.support.authority import Authority, stamping
from tests.support.crawls import ROOT

DOCUMENT = (ROOT / "docs" / "EVIDENCE.md").read_text("utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with stamping(tmp_path_factory.mktemp("authority")) as authority:
        yield authority


@pytest.fixture
def folder(tmp_path: Path, authority: Authority) -> Folder:
    made = Folder(tmp_path / "site")
    for _ in range(3):
        assert not list(stamp(made.path, made.crawl(), [authority.url]))
    return made


def shell(script: str, folder: Path, **variables: object) -> subprocess.CompletedProcess[str]:
    named = {name: str(value) for name, value in variables.items()}
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder.parent), **named},
        check=False,
        capture_output=True,
        text=True,
    )


def python(folder: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-I", "-c", PYTHON[0], folder], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_sha256sum_checks_the_files(folder: Folder) -> None:
    fine = shell(SHELL[0], folder.path)
    (path,) = folder.path.glob(f"feed/*{folder.crawls[1]}*")
    path.write_bytes(path.read_bytes() + b"\n")
    altered = shell(SHELL[0], folder.path)

    assert (fine.returncode, fine.stdout, fine.stderr) == (0, "", "")
    assert altered.returncode == 1
    assert altered.stdout == f"feed/{path.name}: FAILED\n"


def test_openssl_checks_the_time_stamps(folder: Folder, authority: Authority) -> None:
    fine = shell(SHELL[1], folder.path, CA=authority.ca)

    assert fine.stdout.splitlines() == ["Verification: OK"] * 3, fine.stderr

    first, second, _ = sorted((folder.path / "manifests").glob("*.tsr"))
    shutil.copy(first, second)
    assert shell(SHELL[1], folder.path, CA=authority.ca).stdout.count("OK") == 2


def test_thirty_lines_of_python_check_all_of_it(folder: Folder) -> None:
    assert len([line for line in PYTHON[0].splitlines() if line.strip()]) <= 30
    lines = python(folder.path)
    assert len(lines) == 3 * 2 + 2  # two tokens lie before the last manifest
    assert all(line.endswith(" holds") for line in lines)

    (feed,) = folder.path.glob(f"feed/*{folder.crawls[1]}*")
    first = feed.read_bytes().splitlines(keepends=True)[0]
    remove(folder.path, {f"feed/{feed.name}": {sha256(first).hexdigest()}}, summaries(folder.path), None)
    feed.write_bytes(feed.read_bytes().removeprefix(first))
    assert python(folder.path) == lines

    feed.write_bytes(feed.read_bytes().replace("كلمة".encode(), "جملة".encode(), 1))
    assert f"feed/{feed.name} 1 parts altered or missing" in python(folder.path)
    (folder.path / "manifests" / f"{folder.crawls[1]}.json").unlink()
    assert f"{folder.crawls[2]}: the chain is cut before it" in python(folder.path)
