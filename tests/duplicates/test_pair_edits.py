"""Each threshold of what may be edited in a copy, from just below it and from just above."""

import pytest

from furat.duplicates.pair import Reason
from tests.duplicates.sentences import Words, facts, signed, telling, verdict


@pytest.fixture
def new() -> Words:
    return Words()


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


@pytest.mark.parametrize("count, reason", [(3, Reason.TEMPLATE), (4, Reason.BEGINNING)])
def test_a_sentence_has_slots_for_so_many_words(new: Words, count: int, reason: Reason) -> None:
    title, [sentence, *rest] = new.some(5), new.sentences(4, 20)
    changed = [new.some(1)[0] if place in range(1, 3 * count, 3) else word for place, word in enumerate(sentence)]

    assert verdict(signed(title, [sentence, *rest]), signed(title, [changed, *rest])).reason == reason


def test_names_that_change_places_fill_slots(new: Words) -> None:
    title, [sentence, *rest], [name] = new.some(5), new.sentences(4, 15), new.some(1)
    one, two = sentence[0], sentence[8]

    for names in ((two, one), (two, name)):
        changed = [names[0], *sentence[1:8], names[1], *sentence[9:]]
        assert verdict(signed(title, [sentence, *rest]), signed(title, [changed, *rest])).reason == Reason.TEMPLATE


@pytest.mark.parametrize("kept, words, reason", [(3, 3, "TEMPLATE"), (2, 3, "BEGINNING"), (3, 4, "BEGINNING")])
def test_a_short_sentence_with_another_name_is_the_same_sentence(
    new: Words, kept: int, words: int, reason: str
) -> None:
    title, sentences, short = new.some(5), new.sentences(4), new.some(kept)
    one, other = (signed(title, [*sentences, [*short, *new.some(words)]]) for _ in "ab")

    assert verdict(one, other).reason.name == reason


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
