"""What is counted as it changes is what a count of everything finds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from furat.items import Tombstone
from furat.outcomes import Ending
from furat.sections import Section
from furat.store import Store
from furat.store.crawls import RECENT
from tests.support.archives import article
from tests.support.crawls import Command

SITE = "https://example.org/"
SECTIONS = [
    Section("home", "", SITE),
    Section("category", "أخبار", f"{SITE}category/a/"),
    Section("feed", "أخبار", f"{SITE}category/a/feed/atom/"),
    *(Section("sitemap", "", f"{SITE}post-sitemap{number}.xml") for number in (1, 2)),
]


def show(store: Store, random: Random, number: int) -> None:
    walk = store.listings.begin(random.choice(SECTIONS))
    store.listings.step(walk, [f"{SITE}a{number}/", f"{SITE}b{random.randint(1, 4)}/"])
    if random.random() < 0.3:
        store.listings.end(walk)


def add(store: Store, random: Random, number: int) -> None:
    text, published = random.choice(["نص", "نص آخر", ""]), random.choice(["2026-01-01", None])
    store.articles.add(replace(article(number, text), published=published, title_raw="خبر"))


def bury(store: Store, _: Random, number: int) -> None:
    stone = Tombstone(id=f"example.org/{number}", url=f"{SITE}a{number}/", seen=f"2026-01-0{number}", gone=404)
    store.articles.write_tombstone(stone, "c1")


def lead(store: Store, random: Random, number: int) -> None:
    store.frontier.lead(f"{SITE}b{number}/", f"example.org/{random.randint(1, 4)}")


def forget(store: Store, _: Random, number: int) -> None:
    store.forgotten.forget([f"example.org/{number}"], "a court")


def reopen(store: Store, random: Random, _: int) -> None:
    store.listings.reopen_merged(store.listings.begin(random.choice(SECTIONS), is_unchanged=True))


DEEDS: list[Callable[[Store, Random, int], None]] = [show, show, add, add, bury, lead, forget, reopen]


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(1, 4)), max_size=40))
def test_no_deed_leaves_a_count_wrong(random: Random, deeds: list[tuple[Callable[..., None], int]]) -> None:
    with TemporaryDirectory() as folder, Store.at(Path(folder)) as store:
        for deed, number in deeds:
            deed(store, random, number)
        assert not list(store.tally.wrong())
        days = store._connection.execute(
            "SELECT count(DISTINCT date(seen)) FROM article WHERE gone NOT NULL"
        ).fetchone()
        assert store.articles.deletions()[2] == days[0]
        store.moves.move(SITE, "https://new.example/")
        assert not list(store.tally.wrong())
        assert not list(store.soundness.faults())


@pytest.mark.parametrize(
    "damage, told",
    [
        ("UPDATE tally SET number = 7 WHERE name = 'gone'", "the count of gone is 7, and should be 0"),
        ("DELETE FROM tally WHERE name = 'revisions'", "the count of revisions is 0, and should be 1"),
        ("UPDATE listing SET archived = 9", f"the counts of the listing {SITE} are wrong"),
    ],
)
def test_a_count_that_is_wrong_is_told_and_mended(command: Command, data: Path, damage: str, told: str) -> None:
    with Store.at(data / "example.org") as store:
        store.listings.step(store.listings.begin(SECTIONS[0]), [f"{SITE}a1/"])
        store.articles.add(replace(article(1), title_raw="خبر"))
        store._connection.execute(damage)

    found = command("check-archive", site=SITE)
    mended = command("check-archive", "--repair", site=SITE)

    assert (found.exit_code, mended.exit_code) == (1, 0), mended.out
    assert f"archive.db: {told}; `scrapy check-archive --repair` counts anew\n" in found.out
    with Store.at(data / "example.org") as store:
        assert not list(store.tally.wrong())


def test_verdicts_of_old_crawls_are_sums(tmp_path: Path) -> None:
    section = '{"name": "أخبار", "promised": 3, "archived": 2, "pending": 1, "walked": true}'
    with Store.at(tmp_path) as store:
        for number in range(RECENT + 2):
            store.crawls.begin(f"c{number:03}", "news")
            store.crawls.end(f"c{number:03}", 0, Ending.FINISHED, "{" if number == 1 else f"[{section}, {section}]")
        verdicts = [row[0] for row in store._connection.execute("SELECT verdict FROM crawl ORDER BY id")]

    assert verdicts[0] == '{"sections":2,"walked":2,"promised":6,"archived":4,"pending":2}'
    assert verdicts[1] == "{"
    assert verdicts[2:] == [f"[{section}, {section}]"] * RECENT
