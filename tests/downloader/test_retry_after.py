"""When a site asks to come back."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.downloader import retry_after
from furat.downloader.retry_after import LONGEST

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value, seconds",
    [
        ("0", 0),
        ("120", 120),
        (" 600 ", 600),
        ("Mon, 23 Nov 2026 12:10:00 GMT", 600),
        ("Monday, 23-Nov-26 12:10:00 GMT", 600),
        ("Mon Nov 23 12:10:00 2026", 600),
        ("Sun, 22 Nov 2026 12:10:00 GMT", 0),
        (str(int(NOW.timestamp()) + 90), 90),
        (str(int(NOW.timestamp()) * 1000 + 90_000), 90),
        (str(int(NOW.timestamp()) - 90), 0),
    ],
)
def test_seconds_and_every_form_of_http_date_are_read(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "-5",
        "1.5",
        "١٢٠",
        "²",
        "Mon, 99 Nov 2026 12:10:00 GMT",
        "12:00",
        "9" * 30,
        "9" * 5000,
        "Mon, 23 Nov 9999 12:10:00 GMT",
        "100000000",
    ],
)
def test_what_is_neither_or_longer_than_a_year_says_nothing(value: str) -> None:
    assert retry_after(value, NOW) is None


@given(st.integers(min_value=0, max_value=10**7))
def test_both_forms_mean_the_same(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)

    assert retry_after(str(seconds), NOW) == retry_after(date, NOW) == seconds


FIELDS = st.text() | st.from_regex(r"(Mon,? )?\d{1,3}[ -]Nov[ -]\d{1,6} \d{1,3}:\d{1,3}(:\d{1,3})? ?([+-]\d{1,9}|GMT)?")


@given(FIELDS)
def test_no_field_breaks_a_crawl(value: str) -> None:
    seconds = retry_after(value, NOW)

    assert seconds is None or 0 <= seconds <= LONGEST
