"""The pieces of the index, as an engine calls them that has no keeper."""

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.news import archive
from bench.newsroom import archive as newsroom
from furat.corpus.decision import long_hash
from furat.duplicates import (
    DuplicateIndex,
    boilerplate,
    candidates,
    digest,
    keys,
    pair,
    rare,
    signature,
)
from furat.duplicates.candidates import CHECKED, COMMON, LIKELY, SURE, Place

NEWS = {"news": archive(250, seed=5), "newsroom": newsroom(150, seed=5)}


def places(names: str) -> list[Place]:
    return [(ord(name), name) for name in names]


@pytest.mark.parametrize(
    "held, found",
    [
        ({1: "b", 2: "a", 3: "c"}, "abc"),  # as many keys: in the order of archiving
        ({1: "cb", 2: "c", 3: "b", 4: "a"}, "bca"),
        (dict.fromkeys(range(9), "gfedcba"), ""),  # the site's own
        ({1: "abcd", 2: "abcd"}, "abcd"),
        ({1: "ecdb", 2: "ab"}, "bacd"),
    ],
)
def test_candidates_come_by_votes_then_by_order_of_archiving(held: dict[int, str], found: str) -> None:
    likely = candidates({*range(1, 10)}, {key: places(names) for key, names in held.items()})

    assert "".join(id for (_, id), _ in likely) == found


@given(st.dictionaries(st.integers(0, 30), st.sets(st.integers(0, 9), min_size=1, max_size=5)), st.randoms())
def test_candidates_depend_on_no_order_of_keys(held: dict[int, set[int]], random: Random) -> None:
    holders = {key: [(order, str(order)) for order in sorted(orders)] for key, orders in held.items()}
    shuffled = [*holders.items()]
    random.shuffle(shuffled)

    assert candidates({*range(31)}, holders) == candidates({*range(31)}, dict(shuffled))


@pytest.mark.parametrize("count, own, is_likely", [(1, 10, True), (1, 11, False), (2, 21, False), (SURE, 999, True)])
def test_who_shares_a_tenth_of_the_keys_or_three_is_a_candidate(count: int, own: int, is_likely: bool) -> None:
    assert (LIKELY, SURE) == (0.1, 3)
    assert bool(candidates({*range(own)}, {key: places("a") for key in range(count)})) == is_likely


def test_a_key_of_five_articles_is_the_sites_own() -> None:
    holders = {1: places("abcde"), 2: places("abcd")}

    assert (COMMON, CHECKED) == (5, 4)
    assert rare({1, 2, 3}, holders) == {2, 3}
    assert [shared for _, shared in candidates({1, 2, 3}, holders)] == [{2}] * 4


@pytest.mark.parametrize("name", NEWS)
def test_supposing_that_all_are_firsts_and_deciding_anew_ends_in_the_links_of_the_index(name: str) -> None:
    """The definition of a corpus: decide each article against all earlier ones that are supposed to be firsts."""
    news = NEWS[name]
    index = DuplicateIndex()
    expected = {one.id: index.add(one.id, one.title, one.text) for one in news}
    signatures = {one.id: signature(one.title, one.text) for one in news}
    digests = {one.id: digest(one.title, one.text) for one in news}
    own = {id: keys(made) for id, made in signatures.items()}
    firsts, supposed = {*signatures}, set[str]()
    while firsts != supposed:
        supposed, links = firsts, {}
        heads, exact = defaultdict[int, list[Place]](list), dict[int, str]()
        for order, one in enumerate(news):
            links[one.id] = _link(one.id, signatures, own, heads, exact.get(digests[one.id] or 0))
            if one.id in supposed:
                exact.setdefault(digests[one.id] or 0, one.id)
                for key in own[one.id]:
                    heads[key] += [(order, one.id)] if len(heads[key]) < COMMON else []
        firsts = {id for id, link in links.items() if link is None}

    assert links == {id: match and match.of for id, match in expected.items()}


def _link(
    id: str,
    signatures: dict[str, str],
    own: dict[str, set[int]],
    heads: dict[int, list[Place]],
    exact: str | None,
) -> str | None:
    if exact is not None:
        return exact
    holders = {key: heads[key] for key in own[id] if heads.get(key)}
    verdicts = [
        (pair(signatures[id], signatures[of], boilerplate(signatures[id], signatures[of], shared)), of)
        for (_, of), shared in candidates(own[id], holders)
    ]
    found = [(verdict.similarity, of) for verdict, of in verdicts if verdict.is_copy]
    return max(found, key=lambda link: link[0])[1] if found else None


@pytest.mark.parametrize("name", NEWS)
def test_keys_of_64_bits_find_the_same(name: str) -> None:
    short, long = DuplicateIndex(), DuplicateIndex(hasher=long_hash)

    found = [(short.add(one.id, one.title, one.text), long.add(one.id, one.title, one.text)) for one in NEWS[name]]
    assert sum(one != other for one, other in found) <= len(found) // 100  # runs are chosen by their hashes


def test_keys_are_of_as_many_bits_as_asked_for() -> None:
    made = [signature(one.title, one.text) for one in NEWS["news"]]
    short = {key for one in made for key in keys(one)}
    long = {key for one in made for key in keys(one, long_hash)}

    assert 0 <= min(short) <= max(short) < 2**32
    assert 0 <= min(long) < 2**60 < 2**62 < max(long) < 2**63
