"""What another reading of the same text is, and what is an edit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from furat.items import Article, digest
from furat.store import Store
from tests.support.archives import article

TEXT = ("أعادت البلدية فتح الطريق بعد إصلاحه.", "واستمر العمل شهرين كاملين.", "وكان السكان ينتظرون ذلك منذ الشتاء.")
DAY = "2024-07-25T10:00:00+03:00"
LATER, LATEST = "2024-07-26T10:00:00+03:00", "2024-07-27T10:00:00+03:00"
LABELS = ("سارة", "قراءة في دقيقتين")
SENTENCE = "وقال رئيس البلدية إن العمل لم ينته بعد، وإن الجسر سيغلق مرة أخرى في الخريف."
OTHER_LOOK: dict[str, Any] = {"published_source": "visible", "published_raw": "25 يوليو، 2024"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def state(*paragraphs: str, title: str = "الطريق", modified: str | None = LATER, **told: Any) -> Article:
    told = {"published": DAY, "published_raw": DAY, "published_source": "time", **told}
    return replace(
        article(1),
        title=title,
        title_raw=title,
        text="\n\n".join(paragraphs),
        paragraphs_raw=paragraphs,
        digest=digest(title, paragraphs),
        modified=modified,
        **told,
    )


@pytest.mark.parametrize(
    "before, after",
    [
        (state(*TEXT, modified=None), state(*LABELS, *TEXT, modified=None, **OTHER_LOOK)),
        (state(*TEXT, "شارك الخبر", modified=None), state(LABELS[0], *TEXT, modified=None, guessed=True)),
        (state(*TEXT), state(*TEXT, *LABELS)),
        (state(*TEXT, SENTENCE), state(*TEXT, **OTHER_LOOK)),
        (state(*TEXT), state(*TEXT, title="")),
    ],
    ids=["labels of another look", "labels of a guess", "labels unedited", "a sentence unedited", "no title"],
)
def test_another_reading_makes_no_revision(store: Store, before: Article, after: Article) -> None:
    first = store.articles.add(before)

    assert store.articles.add(after) is None
    assert store.articles.add(after) is None
    known, last = store.articles.known(before.id), store.articles.find(before.id)
    assert first
    assert known
    assert last
    assert (known.revision, known.digest) == (1, before.digest)
    assert (last.title, last.text, last.digest) == (before.title, before.text, before.digest)


@pytest.mark.parametrize(
    "before, after",
    [
        (state(*TEXT, modified=None), state(*TEXT, SENTENCE, modified=None)),
        (state(*TEXT, modified=None), state(*TEXT, *LABELS, modified=None)),
        (state(*TEXT, modified=None), state(*TEXT, SENTENCE, modified=None, **OTHER_LOOK)),
        (state(*TEXT), state(*TEXT, SENTENCE)),
        (state(*TEXT), state(*TEXT, *LABELS, modified=LATEST, **OTHER_LOOK)),
        (state(*TEXT, modified=DAY), state(*TEXT, LABELS[0], modified=DAY)),
        (state(*TEXT), state(TEXT[0], TEXT[2], **OTHER_LOOK)),
        (state(*TEXT), state(TEXT[0], **OTHER_LOOK)),
        (state(), state(*TEXT, **OTHER_LOOK)),
        (state(*TEXT), state(*TEXT, title="الجسر", **OTHER_LOOK)),
        (state(*TEXT), state(*TEXT[:2], TEXT[2].replace("الشتاء", "الشتاءِ"), **OTHER_LOOK)),
        (
            state(*TEXT, modified=None, published_source="visible", published_raw="منذ يوم"),
            state(*TEXT, LABELS[0], modified=None, published_source="visible", published_raw="منذ يومين"),
        ),
    ],
    ids=[
        "a sentence",
        "labels of the same look",
        "a sentence of another look",
        "a sentence though unmodified",
        "labels and modified",
        "labels that only publication dates",
        "a paragraph within",
        "most of it",
        "all of it",
        "another title",
        "a mark",
        "labels beside a distance",
    ],
)
def test_an_edit_makes_a_revision_whatever_the_look(store: Store, before: Article, after: Article) -> None:
    store.articles.add(before)

    archived = store.articles.add(after)

    assert archived
    assert (archived.revision, archived.digest) == (2, after.digest)


def test_an_edit_after_another_reading_makes_a_revision(store: Store) -> None:
    store.articles.add(state(*TEXT))
    store.articles.add(state(*LABELS, *TEXT, **OTHER_LOOK))

    archived = store.articles.add(state(*LABELS, *TEXT, SENTENCE, modified=LATEST, **OTHER_LOOK))

    assert archived
    assert archived.revision == 2
