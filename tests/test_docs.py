"""What the documents claim holds."""

import re
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name

import pytest
from scrapy.commands import ScrapyHelpFormatter
from scrapy.settings import Settings

import furat
from furat import settings
from furat.datasets import documents

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
SOURCES = {path: path.read_text("utf-8") for path in (ROOT / "furat").rglob("*.py") if path.stem != "settings"}
PUBLIC = sorted(set(re.findall(r"`(furat\.[\w.]+\w)`", (ROOT / "docs" / "API.md").read_text("utf-8"))))
COMMANDS = sorted(path.stem for path in (ROOT / "furat" / "commands").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", sorted(documents.documents()))
def test_the_description_of_the_feed_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == documents.documents()[name], "run `scrapy describe`"


@pytest.mark.parametrize("name", [name for name in dir(settings) if name.startswith("FURAT_")])
def test_every_setting_is_read_and_explained(name: str) -> None:
    assert any(f'"{name}"' in source for source in SOURCES.values())
    assert name in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_stands_in_the_readme(name: str) -> None:
    command = import_module(f"furat.commands.{name}").Command()

    assert command.short_desc()
    assert f"scrapy {name}" in README


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "parse"])  # its options are Scrapy's own
def test_no_line_of_the_help_becomes_a_heading(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scrapy makes one of each line that ends in a colon, and where lines end depends on the terminal."""
    command = import_module(f"furat.commands.{name}").Command()
    command.settings = Settings()
    parser = ArgumentParser(formatter_class=ScrapyHelpFormatter, conflict_handler="resolve")
    command.add_options(parser)

    for width in range(60, 160):
        monkeypatch.setenv("COLUMNS", str(width))
        own, _, _ = parser.format_help().partition("Global Options")
        assert re.findall(r"(.*)\n={4,}", own) == ["Usage", "Options"], width


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`make (\w[\w-]*)`", README + (ROOT / "CONTRIBUTING.md").read_text("utf-8"))))
)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_called_public_exists_and_says_what_it_is(name: str) -> None:
    assert resolve_name(name).__doc__


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+/\w+\.(?:py|sql))`", ARCHITECTURE))))
def test_every_file_that_the_architecture_names_exists(name: str) -> None:
    assert (ROOT / "furat" / name).exists() or (ROOT / name).exists()


def test_the_citation_names_this_version() -> None:
    assert f"\nversion: {furat.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
