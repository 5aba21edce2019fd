"""Each threshold of the decision on a pair, from just below it and from just above."""

from itertools import product

import pytest

from furat.duplicates.pair import Reason, Verdict, pair
from furat.duplicates.signature import signature

Sentence = list[str]
LETTERS = "خذضظغش"
MADE = ["".join(letters) for letters in product(LETTERS, repeat=5)]
"""Words that are in no table: 7,776 of them."""


class Words:
    """Words that were not used before."""

    def __init__(self) -> None:
        self._left = iter(MADE)

    def some(self, count: int) -> Sentence:
        return [next(self._left) for _ in range(count)]

    def sentences(self, count: int, length: int = 10) -> list[Sentence]:
        return [self.some(length) for _ in range(count)]

    def reworded(self, sentences: list[Sentence], count: int) -> list[Sentence]:
        """Return ``sentences``, in the first ``count`` of which two words that are no neighbours are others."""
        changed = []
        for sentence in sentences[:count]:
            one, other = self.some(2)
            changed.append([one, *sentence[1:-1], other])
        return [*changed, *sentences[count:]]


@pytest.fixture
def new() -> Words:
    return Words()


def signed(title: Sentence, *paragraphs: list[Sentence]) -> str:
    text = "\n\n".join(" ".join(f"{' '.join(sentence)}." for sentence in paragraph) for paragraph in paragraphs)
    return signature(" ".join(title), text)


def verdict(one: str, other: str) -> Verdict:
    """Return what is decided on a pair, which is the same in both orders."""
    found = pair(one, other)
    assert pair(other, one) == found
    return found


def facts(count: int) -> Sentence:
    return [str(1000 + number) for number in range(count)]


def telling(sentences: list[Sentence], count: int) -> list[Sentence]:
    """Return ``sentences`` with so many facts in their midst."""
    told = facts(count)
    places = range(len(sentences))
    return [[*sentences[place][:5], *told[place :: len(sentences)], *sentences[place][5:]] for place in places]


@pytest.mark.parametrize("more, reason", [(0, Reason.BEGINNING), (-1, Reason.LITTLE)])
def test_enough_words_live_on(new: Words, more: int, reason: Reason) -> None:
    title, [kept, own, other] = new.some(5), [new.some(12 + more), *new.sentences(2, 5)]

    assert verdict(signed(title, [kept, own]), signed(title, [kept, other])).reason == reason


@pytest.mark.parametrize("more, reason", [(0, Reason.BEGINNING), (-1, Reason.FACTS)])
def test_one_fact_may_be_corrected_among_so_many_words(new: Words, more: int, reason: Reason) -> None:
    title, lead = new.some(5), new.some(10)
    last = new.some(189 + more)
    one, other = (signed(title, [lead], [[number, *last]]) for number in ("75", "80"))

    assert verdict(one, other).reason == reason


@pytest.mark.parametrize("where", ["title", "lead"])
def test_no_fact_may_be_corrected_that_is_the_news(new: Words, where: str) -> None:
    title, lead, rest = new.some(5), new.some(10), new.sentences(50)
    one, other = (
        signed([*title, number if where == "title" else ""], [[*lead, number if where == "lead" else ""]], rest)
        for number in ("75", "80")
    )

    assert verdict(one, other).reason == Reason.FACTS


def test_a_fact_that_goes_twice_is_corrected_once(new: Words) -> None:
    title, lead, rest = new.some(5), new.some(10), new.sentences(3)
    one, other = (signed(title, [[*lead[:5], "3", *lead[5:], number]], rest) for number in ("3", "5"))

    assert verdict(one, other).reason == Reason.FACTS


@pytest.mark.parametrize("count, reason", [(4, "BEGINNING"), (3, "TEMPLATE")])
def test_what_tells_so_many_facts_may_be_reworded_throughout(new: Words, count: int, reason: str) -> None:
    title, sentences = new.some(5), new.sentences(6)
    told = telling(sentences, count)

    assert verdict(signed(title, told), signed(title, new.reworded(told, 6))).reason.name == reason


@pytest.mark.parametrize(
    "size, reworded, reason",
    [
        (2, 1, Reason.BEGINNING),
        (2, 2, Reason.TEMPLATE),
        (6, 2, Reason.BEGINNING),
        (6, 3, Reason.TEMPLATE),
        (20, 4, Reason.BEGINNING),
        (20, 5, Reason.TEMPLATE),
    ],
)
def test_a_copy_of_few_facts_has_few_sentences_reworded(new: Words, size: int, reworded: int, reason: Reason) -> None:
    title, sentences = new.some(5), new.sentences(size)

    assert verdict(signed(title, sentences), signed(title, new.reworded(sentences, reworded))).reason == reason


@pytest.mark.parametrize("size, reason", [(5, Reason.BEGINNING), (4, Reason.TEMPLATE)])
def test_in_a_short_text_of_few_facts_not_the_title_too_is_reworded(new: Words, size: int, reason: Reason) -> None:
    title, sentences = new.some(10), new.sentences(size)
    [other_title] = new.reworded([title], 1)
    changed = sentences[:1] + new.reworded(sentences[1:2], 1) + sentences[2:]

    assert verdict(signed(title, sentences), signed(other_title, changed)).reason == reason


@pytest.mark.parametrize("count, reason", [(2, Reason.TEMPLATE), (3, Reason.BEGINNING)])
def test_one_word_for_another_and_nothing_else_fills_a_slot(new: Words, count: int, reason: Reason) -> None:
    title, sentences = new.some(5), new.sentences(15)
    changed = [[*sentence[:5], *new.some(1), *sentence[6:]] for sentence in sentences[:count]] + sentences[count:]

    assert verdict(signed(title, sentences), signed(title, changed)).reason == reason


@pytest.mark.parametrize("count, words, reason", [(3, 130, "TEMPLATE"), (4, 115, "TEMPLATE"), (4, 130, "BEGINNING")])
def test_a_word_in_a_long_text_that_tells_enough_facts_is_corrected(
    new: Words, count: int, words: int, reason: str
) -> None:
    title, sentences = new.some(5), [[*new.some(8), *facts(count), *new.some(words - 40 - count)], *new.sentences(4, 8)]
    changed = [*sentences[:1], [*sentences[1][:5], *new.some(1), *sentences[1][6:]], *sentences[2:]]

    assert verdict(signed(title, sentences), signed(title, changed)).reason.name == reason


@pytest.mark.parametrize("length, reason", [(3, Reason.TEMPLATE), (4, Reason.BEGINNING)])
def test_a_slot_takes_a_name_and_no_clause(new: Words, length: int, reason: Reason) -> None:
    title, sentences = new.some(5), new.sentences(8, 20)
    changed = [[*sentences[0][:5], *new.some(length), *sentences[0][5 + length :]], *sentences[1:]]

    assert verdict(signed(title, sentences), signed(title, changed)).reason == reason


def test_a_slot_filled_with_a_word_of_style_is_an_edit(new: Words) -> None:
    title, sentences = new.some(5), new.sentences(4)
    one, other = (signed(title, [[said, *sentences[0]], *sentences[1:]]) for said in ("قال", "أوضح"))

    assert verdict(one, other).reason == Reason.BEGINNING


def test_another_subject_in_title_and_text_makes_another_story_whatever_facts_it_tells(new: Words) -> None:
    title, sentences = new.some(9), [[*facts(6), *new.some(5)], *new.sentences(6, 9)]
    one, other = (
        signed([*title, name], [[name, *sentence, *new.some(1)] for sentence in sentences]) for name in new.some(2)
    )

    assert verdict(one, other).reason == Reason.TEMPLATE


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
