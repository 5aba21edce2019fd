"""How copies are linked when they are archived."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from furat.exceptions import Duplicate
from furat.items import Article, Tombstone, digest
from furat.pipelines import Archive
from furat.reports.duplicates import copies
from furat.store import Store
from furat.terminal import visible

WATER = (
    "طالب أهالي البلدة بإعادة تشغيل محطة المياه المتوقفة منذ أسابيع طويلة.",
    "وقال مهندس في البلدية إن المضخة تعطلت ولا تتوفر لها قطع بديلة في السوق.",
    "ويشتري السكان الماء من صهاريج تجوب الشوارع بأسعار ترهق العائلات.",
    "ووعد المجلس المحلي بصيانة الخزانات قبل حلول فصل الصيف القادم.",
)
SCHOOL = (
    "افتتحت مديرية التربية مدرسة جديدة تضم قاعات واسعة ومكتبة ومختبراً للعلوم.",
    "ورحب أولياء الأمور بالخطوة التي تخفف الازدحام في الصفوف الأولى.",
    "وتبرع مغتربون من أبناء المنطقة بثمن المقاعد وأجهزة الحاسوب.",
    "ويبدأ الدوام مع مطلع الشهر المقبل بعد استكمال تعيين المدرسين.",
)
EDITED = (*WATER[:3], "وختم المهندس حديثه بالدعوة إلى ترشيد الاستهلاك.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def article(number: int, paragraphs: tuple[str, ...], crawl: str = "c1") -> Article:
    return Article(
        id=f"example.org/{number}",
        url=f"https://example.org/a{number}/",
        post_id=number,
        title="من أخبار البلدة",
        text="\n\n".join(paragraphs),
        paragraphs_raw=paragraphs,
        digest=digest("من أخبار البلدة", paragraphs),
        seen="2026-01-02T03:04:05+00:00",
        crawl=crawl,
    )


def archived(store: Store, *articles: Article) -> list[str | None]:
    """Return what each of ``articles`` is linked to, archived by a crawl of its own."""
    return [Archive(store, each.crawl, drops_duplicates=False).process_item(each).duplicate_of for each in articles]


@pytest.mark.parametrize(
    "paragraphs, kind",
    [
        (WATER, "exact"),
        ([each.replace("ة", "ه").replace(".", "!") for each in WATER], "exact"),
        (EDITED, "near"),
    ],
    ids=["printed alike", "spelled otherwise", "edited"],
)
def test_a_text_under_another_id_is_linked_to_the_first_that_was_archived(
    store: Store, paragraphs: tuple[str, ...], kind: str
) -> None:
    archived(store, article(2, WATER), article(1, SCHOOL))

    copy = Archive(store, "c2", drops_duplicates=False).process_item(article(3, tuple(paragraphs), "c2"))

    assert (copy.duplicate_of, copy.duplicate_kind) == ("example.org/2", kind)
    assert (copy.similarity == 1) == (kind == "exact")
    assert store.articles.find("example.org/3") == copy


@pytest.mark.parametrize("paragraphs", [(), ("فيديو خاص",)])
def test_texts_that_say_too_little_are_no_copies(store: Store, paragraphs: tuple[str, ...]) -> None:
    assert archived(store, article(1, paragraphs), article(2, paragraphs)) == [None, None]


@pytest.mark.parametrize("paragraphs", [WATER, EDITED], ids=["exact", "near"])
def test_copies_can_be_dropped_from_the_feed_and_are_kept_in_the_store(
    store: Store, paragraphs: tuple[str, ...]
) -> None:
    archive = Archive(store, "c1", drops_duplicates=True)
    archive.process_item(article(1, WATER))

    with pytest.raises(Duplicate, match="2 is a copy of example"):
        archive.process_item(article(2, paragraphs))

    assert store.articles.find("example.org/2").duplicate_of == "example.org/1"  # type: ignore[union-attr]
    assert [item.id for item in store.deliveries.undelivered()] == ["example.org/1"]


def test_no_article_is_a_copy_of_its_own_earlier_revision(store: Store) -> None:
    assert archived(store, article(1, WATER), article(1, EDITED, "c2"), article(2, EDITED)) == [
        None,
        None,
        "example.org/1",
    ]


def test_a_new_revision_is_found_by_its_new_text_alone(store: Store) -> None:
    archived(store, article(1, WATER), article(1, SCHOOL, "c2"))

    assert archived(store, article(2, WATER), article(3, SCHOOL)) == [None, "example.org/1"]


def test_a_copy_that_tells_another_story_now_is_one_no_more(store: Store) -> None:
    archived(store, article(1, WATER), article(2, WATER))

    assert archived(store, article(2, SCHOOL, "c2"), article(3, SCHOOL), article(4, WATER)) == [
        *(None, "example.org/2"),
        "example.org/1",
    ]


def test_the_first_of_a_cluster_stays_so_whatever_becomes_of_its_text(store: Store) -> None:
    archived(store, article(1, WATER), article(2, EDITED), article(3, SCHOOL))

    assert archived(store, article(1, SCHOOL, "c2"), article(4, SCHOOL)) == [None, "example.org/3"]
    assert store.articles.find("example.org/2").duplicate_of == "example.org/1"  # type: ignore[union-attr]


def test_a_visit_that_finds_nothing_new_leaves_the_link_alone(store: Store) -> None:
    archived(store, article(1, WATER), article(2, EDITED))
    store.articles.add(article(2, EDITED, "c2"))

    assert store.articles.has_copies("example.org/1")
    assert archived(store, article(3, EDITED)) == ["example.org/1"]


def test_an_article_that_is_gone_and_comes_back_is_itself(store: Store) -> None:
    archived(store, article(1, WATER))
    stone = Tombstone(id="example.org/1", url="", seen="2026-02-02T00:00:00+00:00", gone=404)
    store.articles.write_tombstone(stone, "c2")
    store.articles.write_tombstone(stone, "c3")

    assert archived(store, article(1, WATER, "c4"), article(2, WATER)) == [None, "example.org/1"]


def test_a_text_that_was_taken_down_and_published_anew_is_in_the_feed(store: Store) -> None:
    archive = Archive(store, "c1", drops_duplicates=True)
    archive.process_item(article(1, WATER))
    stone = Tombstone(id="example.org/1", url="", seen="2026-02-02T00:00:00+00:00", gone=404)
    store.articles.write_tombstone(stone, "c2")
    store.articles.write_tombstone(stone, "c3")

    assert archive.process_item(article(2, WATER)).duplicate_of == "example.org/1"


def test_an_article_that_can_t_be_archived_leaves_no_signature(store: Store) -> None:
    broken = replace(article(1, WATER), authors=("\ud800",))  # no JSON
    with pytest.raises(TypeError):
        archived(store, broken)

    assert store.signatures.signature("example.org/1") is None
    assert archived(store, article(2, WATER), article(1, EDITED)) == [None, "example.org/2"]


def test_every_cluster_is_shown_with_what_differs(store: Store) -> None:
    archived(store, article(1, WATER), article(2, SCHOOL), article(3, EDITED), article(4, WATER))

    assert [*copies(store)] == [
        "example.org/1: first, published on an unknown day",
        "    من أخبار البلدة",
        "    https://example.org/a1/",
        "example.org/3: near copy, similarity 0.805, published on an unknown day",
        "    من أخبار البلدة",
        "    https://example.org/a3/",
        "    because they have the same title or lead, and most of both texts in common",
        "    only in the first:",
        f"        {WATER[3][:-1]}",
        "    only in the copy:",
        f"        {EDITED[3][:-1]}",
        "example.org/4: exact copy, similarity 1.0, published on an unknown day",
        "    من أخبار البلدة",
        "    https://example.org/a4/",
        "",
    ]


def test_of_long_differences_the_beginning_is_shown(store: Store) -> None:
    added = tuple(f"{'كلمة ' * 40}{number}." for number in range(5))
    archived(store, article(1, WATER * 3), article(2, (*WATER * 3, *added)))
    lines = [*copies(store)]

    assert max(map(len, lines)) <= 120
    assert "        and 2 more" in lines


@pytest.mark.parametrize("code", ["\x1b]0;x\x07", "\x9b2J", "\r", "\u202e", "\u2067", "\ud83d"])
def test_nothing_that_a_terminal_would_obey_is_shown(code: str) -> None:
    assert visible(f"خبر{code}عاجل\u200dhttps://") == f"خبر{visible(code)}عاجل\u200dhttps://"
    assert code not in visible(code)
    assert visible(code).encode()
