"""What is linked as a copy, and what is news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.duplicates import DuplicateIndex, Match
from furat.duplicates.candidates import CHECKED, COMMON
from furat.duplicates.keeper import Memory
from tests.duplicates.examples import (
    BOILERPLATE,
    COPIES,
    MORE,
    NEAR_COPIES,
    OTHER_LEAD,
    OTHER_TITLE,
    PARAGRAPHS,
    STORIES,
    TEXT,
    TITLE,
    babble,
    bulletin,
    text,
)


@pytest.mark.parametrize("title, copy", COPIES.values(), ids=COPIES)
def test_exact_copy(title: str, copy: str) -> None:
    index = DuplicateIndex()
    index.add("first", TITLE, TEXT)

    assert index.add("second", title, copy) == Match("first", "exact", 1.0)


@pytest.mark.parametrize("title, copy", NEAR_COPIES.values(), ids=NEAR_COPIES)
@pytest.mark.parametrize("copy_comes_first", [False, True])
def test_near_copy_in_either_order(title: str, copy: str, copy_comes_first: bool) -> None:
    articles = [(TITLE, TEXT), (title, copy)]
    index = DuplicateIndex()
    index.add("first", *articles[copy_comes_first])
    match = index.add("second", *articles[not copy_comes_first])

    assert match is not None
    assert (match.of, match.kind) == ("first", "near")
    assert 0.4 < match.similarity <= 1


@pytest.mark.parametrize("one, other", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("turned", [False, True])
def test_stories_that_look_alike_stay_apart(one: tuple[str, str], other: tuple[str, str], turned: bool) -> None:
    index = DuplicateIndex()
    index.add("1", *(other if turned else one))

    assert index.add("2", *(one if turned else other)) is None


def test_short_text_is_the_same_under_the_same_title_only() -> None:
    title, caption = "نازحون على الطريق الدولي قرب مدينة سراقب شمال البلاد", "تصوير مراسلنا في المنطقة"
    index = DuplicateIndex()
    index.add("1", title, caption)

    assert index.add("2", title, caption) == Match("1", "exact", 1.0)
    assert index.add("3", "افتتاح معرض للزهور في حديقة المدينة الكبرى وسط حضور رسمي", caption) is None


def test_copy_of_a_bulletin_is_found_in_its_series() -> None:
    index = DuplicateIndex()
    for day in range(1, 28):
        assert index.add(f"day {day}", "أسعار الصرف", bulletin(day)) is None
    match = index.add("copy", "أسعار الصرف", text("دمشق - سانا", bulletin(9)))

    assert match is not None
    assert match.of == "day 9"


def test_long_text_is_a_copy_with_one_fact_corrected() -> None:
    long = text(TEXT, *(babble(seed) for seed in range(4)))
    index = DuplicateIndex()
    index.add("1", TITLE, long)

    assert index.add("2", TITLE, long.replace("75 ألف", "80 ألف")) is not None
    assert index.add("3", TITLE, long.replace("75 ألف", "80 ألف").replace("40 يوماً", "50 يوماً")) is None


def test_sites_own_words_make_no_copy_once_they_are_known() -> None:
    tail = text(*PARAGRAPHS[1:])
    items = [(babble(seed), text(babble(seed + 10), babble(seed + 20), tail)) for seed in range(COMMON)]
    latest = items[0][0], text(MORE, tail)
    index = DuplicateIndex()
    before = [index.add(str(number), *item) for number, item in enumerate(items[:-1])]

    assert index.add("taken for a copy", *latest) is not None
    assert [*before, index.add("one more", *items[-1])] == [None] * COMMON
    assert index.add("news", *latest) is None


def test_every_copy_is_linked_to_the_first_article_of_the_cluster() -> None:
    index = DuplicateIndex()
    index.add("first", TITLE, TEXT)
    matches = [index.add(name, *article) for name, article in (NEAR_COPIES | COPIES).items()]

    assert {match.of for match in matches if match is not None} == {"first"}
    assert None not in matches


def test_copy_of_a_copy_that_is_no_copy_of_the_first_is_news() -> None:
    index = DuplicateIndex()
    extra = [f"{MORE} {letter}" for letter in "أبجدهوزح"]
    index.add("first", TITLE, TEXT)
    near = index.add("near", TITLE, text(*PARAGRAPHS, *extra[:5]))
    far = index.add("far", OTHER_TITLE, text(OTHER_LEAD, *PARAGRAPHS[4:], *extra))

    assert near is not None
    assert far is None


def test_article_is_no_copy_of_itself() -> None:
    index = DuplicateIndex()
    index.add("1", TITLE, TEXT)

    assert index.add("1", TITLE, TEXT) is None
    assert index.add("2", TITLE, TEXT) == Match("1", "exact", 1.0)


def test_earlier_state_of_an_article_is_forgotten() -> None:
    index = DuplicateIndex()
    index.add("1", TITLE, TEXT)
    index.add("1", "تقرير آخر", text(OTHER_LEAD, MORE, *BOILERPLATE))

    assert index.add("2", TITLE, TEXT) is None
    assert index.add("3", *NEAR_COPIES["with a paragraph less"]) is not None


def test_series_of_bulletins_costs_the_same_at_any_length() -> None:
    class Counting(Memory):
        looks = 0

        def signature(self, id: str) -> str | None:
            self.looks += 1
            return super().signature(id)

    keeper = Counting()
    index = DuplicateIndex(keeper)
    for day in range(300):
        before = keeper.looks
        index.add(str(day), "أسعار الصرف", bulletin(day))
        # One look is for an earlier state of the same article.
        assert keeper.looks - before <= CHECKED + 1


ARABIC = st.text("ابتجحدرسصطعفقكلمنهوي", min_size=3, max_size=7)
LONG_TEXT = st.lists(ARABIC, min_size=12, max_size=60).map(" ".join)


@given(LONG_TEXT, st.sampled_from("\u064b\u064e\u064f\u0650\u0651\u0652\u0640"), st.integers(0, 80))
def test_text_is_an_exact_copy_of_itself_respelled(news: str, mark: str, place: int) -> None:
    index = DuplicateIndex()
    index.add("1", "عنوان", news)
    place = min(place, len(news) - 1) or 1

    assert index.add("2", "عنوان آخر", f"{news[:place]}{mark}{news[place:]}.") == Match("1", "exact", 1.0)


@given(st.lists(st.tuples(ARABIC, LONG_TEXT), max_size=6))
def test_adding_is_deterministic(articles: list[tuple[str, str]]) -> None:
    one, other = DuplicateIndex(), DuplicateIndex()

    for number, article in enumerate(articles * 2):
        assert one.add(str(number), *article) == other.add(str(number), *article)


@given(st.text(st.characters(exclude_categories=[])), st.text(st.characters(exclude_categories=[])))
def test_any_text_is_taken(title: str, news: str) -> None:
    index = DuplicateIndex()
    index.add("1", title, news)

    assert index.add("2", title, news) in (None, Match("1", "exact", 1.0))
