"""Each threshold of how much of two texts a copy has in common, from just below it and from just above."""

import pytest

from furat.duplicates.pair import Reason, pair
from tests.duplicates.sentences import Words, signed, telling, verdict


@pytest.fixture
def new() -> Words:
    return Words()


@pytest.mark.parametrize("more, reason", [(0, Reason.BEGINNING), (-1, Reason.LITTLE)])
def test_enough_words_live_on(new: Words, more: int, reason: Reason) -> None:
    title, [kept, own, other] = new.some(5), [new.some(12 + more), *new.sentences(2, 5)]

    assert verdict(signed(title, [kept, own]), signed(title, [kept, other])).reason == reason


@pytest.mark.parametrize("words, reason", [(15, Reason.BEGINNING), (16, Reason.OTHER)])
def test_the_lead_may_stand_below_a_header(new: Words, words: int, reason: Reason) -> None:
    kept, own = new.sentences(4), new.sentences(2)
    one = signed(new.some(5), kept[:1], kept[1:], own)
    other = signed(new.some(5), [new.some(words)], kept, new.sentences(1))

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize("words, reason", [(4, Reason.BEGINNING), (3, Reason.OTHER)])
def test_a_title_of_so_many_words_is_somebodys_own(new: Words, words: int, reason: Reason) -> None:
    title, kept = new.some(words), new.sentences(4)
    one, other = (signed(title, new.sentences(2), kept) for _ in "ab")

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize("words, reason", [(45, Reason.BEGINNING), (46, Reason.OTHER)])
def test_so_much_of_both_lives_on_under_the_same_title(new: Words, words: int, reason: Reason) -> None:
    title, kept = new.some(5), new.some(55)
    one, other = (signed(title, [kept], [new.some(count)]) for count in (30, words))

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize(
    "own, words, reason",
    [(10, 210, Reason.CUT), (11, 210, Reason.OTHER), (10, 211, Reason.OTHER)],
)
def test_so_much_of_both_lives_on_where_one_is_cut_short(new: Words, own: int, words: int, reason: Reason) -> None:
    title, kept = new.some(5), new.some(90)
    one, other = (signed(title, [kept], [new.some(count)]) for count in (own, words))

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize(
    "sentences, told, reason",
    [
        (3, 4, Reason.BODY),
        (4, 4, Reason.OTHER),
        (3, 3, Reason.OTHER),
    ],
)
def test_all_may_be_the_same_below_another_lead(new: Words, sentences: int, told: int, reason: Reason) -> None:
    kept = telling(new.sentences(7), told)
    one, other = (signed(new.some(5), new.sentences(sentences), kept) for _ in "ab")

    assert verdict(one, other).reason == reason


def test_a_sequel_has_more_than_a_lead_of_its_own(new: Words) -> None:
    kept = telling(new.sentences(6), 8)
    first = signed(new.some(5), new.sentences(1), kept)
    led, sequel = (signed(new.some(5), new.sentences(1), new.sentences(count), kept) for count in (0, 2))

    assert verdict(first, led).reason == Reason.BODY
    assert verdict(first, sequel).reason == Reason.OTHER


@pytest.mark.parametrize("words, reason", [(25, Reason.MOST), (26, Reason.OTHER)])
def test_so_much_of_both_lives_on_in_a_copy_that_begins_otherwise(new: Words, words: int, reason: Reason) -> None:
    kept = new.sentences(5, 15)
    one, other = (signed(new.some(5), [new.some(count)], kept) for count in (20, words))

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize("leads, reason", [(1, Reason.MOST), (2, Reason.OTHER)])
def test_what_goes_on_with_news_below_its_lead_is_no_copy(new: Words, leads: int, reason: Reason) -> None:
    kept = new.sentences(5, 20)
    first = signed(new.some(5), new.sentences(1), kept)
    other = signed(new.some(5), *[new.sentences(1) for _ in range(leads)], kept)

    assert verdict(first, other).reason == reason


@pytest.mark.parametrize("told, header, reason", [(4, 0, "BEGINNING"), (3, 0, "OTHER"), (4, 3, "OTHER")])
def test_a_reworded_lead_stands_first_in_texts_of_the_same(new: Words, told: int, header: int, reason: str) -> None:
    kept = telling(new.sentences(4), told)
    one = signed(new.some(5), kept[:1], new.sentences(1), kept[1:], new.sentences(1, 5))
    other = signed(new.some(5), [new.some(header)], new.reworded(kept, 1), new.sentences(2, 5))

    assert verdict(one, other).reason.name == reason


@pytest.mark.parametrize("more, reason", [(0, Reason.MOST), (-1, Reason.OTHER)])
def test_so_many_sentences_live_on_in_a_copy_that_begins_otherwise(new: Words, more: int, reason: Reason) -> None:
    kept = new.sentences(5 + more, 40)
    one, other = (signed(new.some(5), [new.some(20)], kept) for _ in "ab")

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize("kept, is_aligned", [(13, True), (12, False)])
def test_so_much_of_a_sentence_lives_on_where_it_is_edited(new: Words, kept: int, is_aligned: bool) -> None:
    title, shared = new.some(5), new.some(kept)
    one, other = (signed(title, [[*shared, *new.some(20 - kept)]]) for _ in "ab")

    assert (verdict(one, other).similarity > 0) == is_aligned


@pytest.mark.parametrize("before, is_aligned", [(99, True), (100, False)])
def test_so_many_sentences_are_aligned(new: Words, before: int, is_aligned: bool) -> None:
    title, last = new.some(5), new.some(20)
    one = signed(title, [*new.sentences(before, 1), last])
    other = signed(title, [*new.sentences(before, 1), [*last, *new.some(1)]])

    assert (verdict(one, other).similarity > 0) == is_aligned


def test_sentences_that_are_ignored_say_nothing(new: Words) -> None:
    title, own = new.some(5), new.sentences(2)
    one, other = (signed(title, [sentence], own) for sentence in new.sentences(2))
    site = set(one.split("\n")) & set(other.split("\n"))

    assert pair(one, other).is_copy
    assert pair(one, other, site).reason == Reason.LITTLE
