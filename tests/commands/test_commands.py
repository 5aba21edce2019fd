"""The commands on an archive, as an operator types them."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from furat.commands.show import page
from furat.items import Article, Tombstone, digest
from furat.outcomes import Outcome, Reason
from furat.reports.overview import report
from furat.sections import Section
from furat.store import Store
from tests.support.crawls import ROOT, Command
from tests.support.forks import Forks

SITE = "https://example.org/"
EVIL = "[red]أخبار[/red] \x1b[2J"


def article(number: int, text: str) -> Article:
    return Article(
        id=f"example.org/{number}",
        url=f"{SITE}a{number}/",
        post_id=number,
        title="خبر",
        title_raw="خبر",
        text=text,
        paragraphs_raw=(text,),
        digest=digest("خبر", [text]),
        seen="2026-01-01T00:00:00+00:00",
        crawl="c1",
    )


@pytest.fixture
def archive(data: Path) -> Path:
    """Return the folder of an archive with an article, one that is gone, and a copy of the first."""
    with Store.at(data / "example.org") as store:
        listing = store.listings.begin(Section("category", EVIL, f"{SITE}category/a/"))
        store.listings.step(listing, [f"{SITE}a1/", f"{SITE}{EVIL}/"])
        store.frontier.postpone(f"{SITE}{EVIL}/", Reason(Outcome.FAILED, EVIL))
        store.articles.add(article(1, "نص أول"))
        store.articles.add(article(2, "نص ثان"))
        store.articles.add(replace(article(3, "نص أول"), duplicate_of="example.org/1", duplicate_kind="exact"))
        for crawl in ("c2", "c3"):
            seen = "2026-02-01T00:00:00+00:00"
            store.articles.write_tombstone(Tombstone(id="example.org/2", url=f"{SITE}a2/", seen=seen, gone=410), crawl)
    return data / "example.org"


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    "words",
    [
        ["check-archive", "x"],
        ["dataset", "{data}/a.jsonl", "x"],
        ["duplicates", "x"],
        ["history", "1", "x"],
        ["pending", "x"],
        ["report", "x"],
        ["show", "1", "x"],
    ],
    ids=lambda words: words[0],
)
def test_a_word_too_many_is_wrong_usage(command: Command, data: Path, words: list[str]) -> None:
    told = command(*[word.format(data=data) for word in words], site=SITE)

    assert told.exit_code == 2
    assert "unexpected argument 'x'" in told.err
    assert not list(data.glob("*.jsonl"))


@pytest.mark.parametrize("words", [["--what"], ["a", "b"], ["{file}/docs"]], ids=str)
def test_describe_tells_what_it_can_t_do(forks: Forks, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "file"
    file.touch()
    told = forks.run("scrapy", "describe", *[word.format(file=file) for word in words])

    assert told.exit_code == 2
    assert "error: " in told.err
    assert "Traceback" not in told.err


def test_describe_makes_the_folder_that_it_writes_into(forks: Forks, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "docs"

    assert forks.run("scrapy", "describe", str(folder)).exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes()
        for path in (ROOT / "docs").iterdir()
        if path.name == "DATA.md" or path.suffix == ".json"
    }


@pytest.mark.usefixtures("archive")
def test_a_dataset_that_can_t_be_written_is_told_and_nothing_is_left(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out" / "articles.jsonl" / "full").mkdir(parents=True)

    told = command("dataset", str(tmp_path / "out" / "articles.jsonl"), site=SITE)

    assert told.exit_code == 2
    assert "name another folder" in told.err
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["articles.jsonl", "full"]


@pytest.mark.usefixtures("archive")
def test_a_list_of_takedowns_that_can_t_be_read_is_named(command: Command, tmp_path: Path) -> None:
    told = command("dataset", "--takedown", str(tmp_path / "list"), str(tmp_path / "a.jsonl"), site=SITE)

    assert told.exit_code == 2
    assert f"--takedown {tmp_path / 'list'} can't be read: No such file" in told.err
    assert not (tmp_path / "a.jsonl").exists()


@pytest.mark.usefixtures("archive")
def test_no_password_reaches_what_is_published(command: Command, tmp_path: Path, data: Path) -> None:
    site = "https://ali:secret@example.org/"
    for words in (["dataset", f"{tmp_path / 'out'}/"], ["report", "--html"]):
        assert command(*words, site=site).exit_code == 0

    published = [*(tmp_path / "out").iterdir(), data / "example.org" / "report.html"]
    assert not [path.name for path in published if path.is_file() and "secret" in path.read_text("utf-8")]


@pytest.mark.usefixtures("archive")
def test_what_is_shown_says_that_it_is_gone_or_a_copy(command: Command) -> None:
    whole, gone, copy = (command("show", number, site=SITE).out for number in "123")

    assert "gone: " not in whole
    assert "copy of: " not in whole
    assert "gone: from the site (HTTP 410)" in gone
    assert "copy of: example.org/1" in copy


def test_nothing_that_a_site_printed_acts_on_the_terminal(archive: Path) -> None:
    console = Console(width=200, record=True)
    with Store.at(archive) as store:
        for table in report(store):
            console.print(table)
    told = console.export_text()

    assert told.count("[red]أخبار[/red]") == 4
    assert "\x1b" not in told
    assert "\x1b" not in page(replace(article(1, EVIL), title=EVIL, authors=(EVIL,)))


def test_a_narrow_report_cuts_no_address(data: Path) -> None:
    console = Console(width=80, record=True)
    with Store.at(data / "example.org") as store:
        store.listings.begin(Section("sitemap", "", f"{SITE}wp-sitemap-posts-investigations-of-the-newsroom-7.xml"))
        for table in report(store):
            console.print(table)

    assert "…" not in console.export_text()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1256", "utf-8"])
@pytest.mark.parametrize("words", [["show"], ["pending"], ["report"], ["history", "1"], ["duplicates"]])
def test_a_terminal_shows_what_its_encoding_has(data: Path, forks: Forks, words: list[str], encoding: str) -> None:
    with Store.at(data / "example.org") as store:
        store.articles.add(article(1, "نص"))
    told = forks.run("tests.support.encoded", encoding, *words, "--site", SITE, f"-sFURAT_DATA={data}")

    assert (told.exit_code, told.err) == (0, "")
    if words == ["show"]:
        title = "خبر" if encoding in ("cp1256", "utf-8") else r"\u062e\u0628\u0631"
        assert title in told.out.encode("utf-8", "surrogateescape").decode(encoding).splitlines()[0]
