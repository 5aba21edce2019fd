"""Furat installs, runs from a zip, and says which Furat it is."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Any
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from furat import __version__
from tests.replica import Replica, serve
from tests.support.crawls import ROOT, crawl_command

pytestmark = pytest.mark.scrapy

SPIDERS = ["api", "feed", "news", "refresh", "sitemap", "warc"]
FOR_DEVELOPERS = {"dev", "bench", "mutants"}
"""The requirements that are no extras: they bring nothing to who installs Furat."""

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what is packed, which building may litter."""
    copy = tmp_path_factory.mktemp("source") / "furat"
    shutil.copytree(ROOT / "furat", copy / "furat", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tests").mkdir()
    (copy / "tests" / "__init__.py").touch()
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path) -> Path:
    """Return the wheel that `pip install .` installs, made without a network."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", source / "dist", source], check=True)
    (wheel,) = (source / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def egg(source: Path) -> Path:
    """Return the egg that `scrapyd-deploy` sends to Scrapyd."""
    command = [sys.executable, "-W", "ignore", "setup.py", "-q", "clean", "-a", "bdist_egg", "-d", "eggs"]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (egg,) = (source / "eggs").glob("*.egg")
    return egg


@pytest.fixture(params=["wheel", "egg"])
def packed(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


@pytest.fixture
def scrapy(packed: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `scrapy` where there is no Furat but in a zip, by the settings that its entry point names."""
    (settings,) = distribution(packed).entry_points.select(group="scrapy", name="settings")
    environment = {**os.environ, "PYTHONPATH": str(packed), "SCRAPY_SETTINGS_MODULE": settings.value}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def distribution(packed: Path) -> PathDistribution:
    """Return what is said of Furat in a wheel or an egg."""
    names = {name.partition("/")[0] for name in ZipFile(packed).namelist()}
    about = next(name for name in names if name.endswith(".dist-info") or name == "EGG-INFO")
    return PathDistribution(ZipPath(packed, f"{about}/"))


def test_a_package_holds_furat_and_nothing_else(packed: Path) -> None:
    names = ZipFile(packed).namelist()
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "furat").rglob("*.*") if path.suffix != ".pyc"}

    assert {name.partition("/")[0] for name in names} <= {"furat", f"furat-{__version__}.dist-info", "EGG-INFO"}
    assert files <= set(names)


def test_a_package_asks_for_what_runs_furat(packed: Path) -> None:
    about = distribution(packed)
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()

    assert about.version == __version__
    assert set(about.requires or ()) >= {line for line in lines if not line.startswith("#")}


def test_the_spiders_are_found_in_a_zip(scrapy: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    assert scrapy("list").stdout.split() == SPIDERS


def test_a_crawl_runs_from_a_zip(scrapy: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    with serve(Replica(5, weight=0)) as site:
        lost = scrapy(*crawl_command(site.url)[3:])  # no scrapy.cfg beside which the archives would be
        done = scrapy(*crawl_command(site.url, FURAT_DATA="data")[3:])

    assert (lost.returncode, done.returncode) == (2, 0), done.stderr
    assert "set the environment variable FURAT_DATA" in lost.stderr
    (feed,) = (tmp_path / "data").rglob("feed/*.jsonl")
    assert feed.read_text("utf-8").count("\n") == 5


def test_the_archives_lie_beside_scrapy_cfg_wherever_below_it_scrapy_is_started(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = furat.settings\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "settings", "--get", "FURAT_DATA"],
        cwd=below,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(done.stdout.strip()) == tmp_path / "data"


def test_scrapy_version_names_furat_s(forks: Any) -> None:
    told = forks.run("scrapy", "version")

    assert told.exit_code == 0
    assert told.out.splitlines()[-1] == f"Furat {__version__}"


def test_the_changelog_knows_this_version_and_has_room_for_the_next() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## ")]

    assert headings[0] == "## Unreleased"
    assert headings[1].startswith(f"## {__version__} - ")


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements-*.txt")), ids=lambda path: path.stem)
def test_what_only_some_need_is_an_extra(path: Path) -> None:
    name = path.stem.removeprefix("requirements-")
    extras = PROJECT["tool"]["setuptools"]["dynamic"].get("optional-dependencies", {})

    assert (extras.get(name) == {"file": [path.name]}) is (name not in FOR_DEVELOPERS)
