"""An article's paragraphs put together."""

from hypothesis import given
from hypothesis import strategies as st

from furat.arabic import clean
from furat.pages.joined import put_together

SPOTS = [
    *"ابأة :/.h",
    "ًّ",
    "\u0655",
    "\ufe0f",
    "☀",
    "😀",
    "\u200d",
    "\u200f",
    "\ufeff",
    "\t",
    "\r",
    "\n",
    "\x85",
    "\u2028",
    "\u2029",
]


@given(st.lists(st.text(st.sampled_from("".join(SPOTS)), max_size=8), max_size=6), st.sampled_from(["ar", "fa"]))
def test_paragraphs_are_cleaned_each_by_itself(printed: list[str], language: str) -> None:
    text, paragraphs, _ = put_together("", printed, language)
    cleaned = [clean(one, language) for one in printed]
    assert text == "\n\n".join(filter(None, cleaned))
    assert paragraphs == tuple(one for one, is_left in zip(printed, cleaned, strict=True) if is_left)
