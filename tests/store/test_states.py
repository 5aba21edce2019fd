"""What counts as another state of an article."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from furat.items import Article, Image, Tombstone
from furat.store import Store
from furat.store.states import changes, reconciled
from furat.urls import canonical
from tests.support.archives import article

PICTURE = "https://example.org/wp-content/uploads/2024/07/a.jpg"

TOLD = Article(
    id="example.org/1",
    url="https://example.org/a1/",
    authors=("سارة",),
    published="2024-07-25T10:00:00+03:00",
    published_raw="2024-07-25T10:00:00+03:00",
    published_source="time",
    modified="2024-07-26T10:00:00+03:00",
    categories=("أخبار", "تقارير"),
    tags=("حمص",),
    images=(Image(url=PICTURE, caption="صورة من حمص"),),
    videos=("https://video.example/1",),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "https://example.org/a2/"},
        {"authors": ("ليلى",)},
        {"published": "2024-07-25T11:00:00+03:00"},
        {"published": "2024-07-28"},
        {"modified": "2024-07-27T10:00:00+03:00"},
        {"categories": ("أخبار",)},
        {"tags": ()},
        {"tags": ("حمص", "حماة")},
        {"images": ()},
        {"images": (Image(url=PICTURE, caption="صورة من حماة"),)},
        {"images": (Image(url=PICTURE.replace("a.jpg", "b.jpg")),)},
        {"videos": ()},
    ],
    ids=str,
)
def test_what_an_editor_changes_is_another_state(changed: dict[str, Any]) -> None:
    after = reconciled(TOLD, replace(TOLD, **changed))

    assert changes(TOLD, after) == changed


@pytest.mark.parametrize(
    "otherwise",
    [
        {"published": None, "authors": (), "categories": (), "modified": None},  # the theme keeps them to itself
        {"published": "2024-07-25T07:00:00+00:00"},
        {"published": "2024-07-25T10:00:42+03:00"},
        {"published": "2024-07-25", "published_raw": "25 يوليو، 2024", "published_source": "visible"},
        {"published": "2024-07-24T22:00:00+00:00", "published_raw": "منذ يومين", "published_source": "visible"},
        {"modified": "2024-07-26"},
        {"categories": ("تقارير", "أخبار")},
        {"tags": ("حـمـص",)},  # another normalizer left the tatweel
        {"images": (Image(url=PICTURE.replace("a.jpg", "a-1024x768.jpg"), caption="صورة من حمص"),)},
        {"images": (Image(url=PICTURE.replace("a.jpg", "a-scaled.jpg")),)},
        {"images": (Image(url=f"{PICTURE}?ssl=1"),)},
        {"title": "خبر", "text": "نص", "language": "ar", "sections": ("أخبار",)},
    ],
    ids=str,
)
def test_another_theme_or_normalizer_makes_no_state(otherwise: dict[str, Any]) -> None:
    assert not changes(TOLD, reconciled(TOLD, replace(TOLD, **otherwise)))


@pytest.mark.parametrize(
    "url, other, is_same",
    [
        ("https://example.org/a.jpg", "https://example.org/a.jpg?resize=800%2C600&ssl=1", True),
        ("https://example.org/i.php?id=1", "https://example.org/i.php?id=1&w=300", True),
        ("https://example.org/i.php?id=1", "https://example.org/i.php?id=2", False),
        ("https://example.org/i.php?id=1", "https://example.org/i.php", False),
    ],
)
def test_a_picture_is_another_where_its_address_names_another(url: str, other: str, *, is_same: bool) -> None:
    before, after = (replace(TOLD, images=(Image(url=each),)) for each in (url, other))

    assert bool(changes(before, reconciled(before, after))) is not is_same


def test_a_caption_that_is_taken_away_is_told_where_the_page_has_others() -> None:
    other = Image(url=PICTURE.replace("a.jpg", "b.jpg"), caption="جسر في حمص")
    before = replace(TOLD, images=(*TOLD.images, other))
    after = replace(TOLD, images=(Image(url=PICTURE), other))

    assert changes(before, reconciled(before, after)) == {"images": after.images}
    from_api = replace(after, published_source="api")
    assert not changes(before, reconciled(before, from_api))


def test_the_same_printed_date_is_no_change_however_it_was_read() -> None:
    before = replace(TOLD, published="2024-07-05", published_raw="5/7/2024", published_source="visible")
    after = replace(before, published="2024-05-07")

    assert not changes(before, reconciled(before, after))


def test_what_was_unknown_and_is_told_now_is_kept() -> None:
    before = replace(TOLD, authors=(), published=None)

    assert changes(before, reconciled(before, TOLD)) == {"authors": TOLD.authors, "published": TOLD.published}


def test_every_state_is_kept_with_its_visit_and_makes_no_revision(store: Store) -> None:
    first = store.articles.add(replace(article(1), tags=("حمص",)))
    visits = [("c2", ("حمص",)), ("c3", ("حمص", "حماة")), ("c4", ("حمص", "حماة")), ("c5", ("حمص",))]

    made = [store.articles.add(replace(article(1, crawl=crawl), tags=tags)) for crawl, tags in visits]

    assert first
    assert made == [None, None, None, None]
    states = store.history.states("example.org/1")
    assert [
        (state.crawl, state.item.tags, state.is_revision) for state in states if isinstance(state.item, Article)
    ] == [
        ("c1", ("حمص",), True),
        ("c3", ("حمص", "حماة"), False),
        ("c5", ("حمص",), False),
    ]
    assert len(list(store.deliveries.undelivered())) == 1


def test_the_last_state_is_what_the_archive_gives_out(store: Store) -> None:
    store.articles.add(replace(article(1), published="2024-07-25"))
    store.articles.add(replace(article(1, crawl="c2"), published="2024-07-28", tags=("حمص",)))
    store.articles.add(replace(article(1, crawl="c3"), published=None, tags=("حمص",)))

    (last,) = store.articles.latest()

    assert (last.published, last.tags, last.crawl, last.revision) == ("2024-07-28", ("حمص",), "c2", 1)
    assert store.articles.find("example.org/1") == store.articles.newest() == last


def test_a_new_revision_begins_with_its_own_state(store: Store) -> None:
    store.articles.add(article(1))
    store.articles.add(replace(article(1), tags=("حمص",)))
    store.articles.add(article(1, "نص آخر"))
    store.articles.add(replace(article(1, "نص آخر", crawl="c2"), tags=("حماة",)))

    states = [(state.item.revision, state.is_revision) for state in store.history.states("example.org/1")]
    assert states == [(1, True), (1, False), (2, True), (2, False)]
    assert store.articles.find("example.org/1") == replace(
        article(1, "نص آخر"), revision=2, first_seen=article(1).seen, tags=("حماة",), crawl="c2"
    )


def test_a_tombstone_is_told_with_the_crawl_that_found_it(store: Store) -> None:
    stone = Tombstone(id="example.org/1", url="https://example.org/a1/", seen="2999-02-02T00:00:00+00:00", gone=404)
    store.articles.add(article(1))
    for crawl in ("c2", "c3"):
        store.crawls.begin(crawl, "news")
        store._connection.execute("UPDATE crawl SET began = ? WHERE id = ?", (f"2999-02-0{crawl[1]}", crawl))
    store.articles.write_tombstone(stone, "c2")

    assert [(state.item.kind, state.crawl) for state in store.history.states("example.org/1")] == [
        ("article", "c1"),
        ("tombstone", "c2"),
    ]


def test_an_article_is_found_by_id_and_by_every_address(store: Store) -> None:
    store.articles.add(article(1))
    store.articles.add(replace(article(1, crawl="c2"), url="https://example.org/renamed/"))

    names = ["example.org/1", "http://www.example.org/a1", "https://example.org/renamed/?utm_source=x"]
    assert {store.history.id_of(name) for name in names} == {"example.org/1"}
    assert store.history.addresses("example.org/1") == ["https://example.org/a1/", "https://example.org/renamed/"]


@pytest.mark.parametrize("name", ["https://example.org/2024/07/25/حريق-في-سوق-حمص/", "حريق في سوق حماة"])
def test_the_nearest_shares_most_words(store: Store, name: str) -> None:
    for number, slug in enumerate(("حريق-في-سوق-حمص", "افتتاح-مدرسة-في-حماة", "أمطار-على-الساحل")):
        store.articles.add(replace(article(number, f"نص {number}"), url=canonical(f"https://example.org/{slug}/")))

    assert store.history.nearest(name)[0] == "https://example.org/حريق-في-سوق-حمص/"
