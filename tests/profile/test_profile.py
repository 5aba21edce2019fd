"""A profile is kept as JSON."""

from hypothesis import given, settings
from hypothesis import strategies as st

from furat.profile import Profile
from furat.profile.profile import Agreement, Known, KnownBody, KnownListing, KnownMoment, KnownTerms, Place, Teacher

WORDS = st.text(max_size=8)
COUNTS = st.integers(0, 20)
PLACES = st.lists(st.builds(Place, WORDS, WORDS, WORDS, WORDS), max_size=3).map(tuple)
NUMBERS = {
    "places": PLACES,
    "right": COUNTS,
    "wrong": COUNTS,
    "seen": COUNTS,
    "distinct": COUNTS,
    "coverage": st.floats(0, 1),
}
TEXTS = st.lists(WORDS, max_size=2).map(tuple)
KNOWN = st.builds(Known, **NUMBERS)
MOMENTS = st.builds(KnownMoment, **NUMBERS, precision=WORDS, offset=WORDS, contrast=COUNTS)
TERMS = st.builds(KnownTerms, **NUMBERS, base=WORDS)
PROFILES = st.builds(
    Profile,
    title=KNOWN,
    authors=KNOWN,
    published=MOMENTS,
    modified=MOMENTS,
    body=st.builds(KnownBody, **NUMBERS, dropped=TEXTS, repeated=TEXTS),
    categories=TERMS,
    tags=TERMS,
    listings=st.dictionaries(WORDS, st.builds(KnownListing, **NUMBERS, next=PLACES), max_size=2),
    teachers=st.lists(st.builds(Teacher, WORDS, st.none() | WORDS), max_size=2).map(tuple),
    source=WORDS,
    learned=WORDS,
    agreement=st.lists(st.builds(Agreement, WORDS, COUNTS, COUNTS), max_size=2).map(tuple),
)


@settings(max_examples=30)
@given(PROFILES)
def test_what_is_kept_comes_back(profile: Profile) -> None:
    assert Profile.from_json(profile.to_json()) == profile
