"""Days of the Gregorian, the Hijri and the Solar Hijri calendar."""

from collections.abc import Callable
from datetime import date

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

YEARS = range(1500, 2100)
"""The Gregorian years that a date line may mean."""

HIJRI_YEARS = range(1300, 1500)
"""The years that are Hijri: no date line means the Middle Ages."""

WEB_YEARS = range(1800, 2200)
"""The years of what websites publish: some put the newspapers of two centuries online."""

EPOCH = (date(1970, 1, 1), date(1969, 12, 31))
"""What a machine prints where it knows no date: never that of an article on the Web."""

LEAP = 8
"""A 29 February comes again within eight years (1896 and 1904)."""


def is_likely(moment: date) -> bool:
    """Return whether a website may date what it publishes so: in no other calendar, and by no machine's zero.

    >>> [is_likely(date(year, 1, 1)) for year in (2024, 1446, 1403, 2567, 1970)]
    [True, False, False, False, False]
    """
    return moment.year in WEB_YEARS and date(*moment.timetuple()[:3]) not in EPOCH


def gregorian(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where there is none.

    >>> gregorian(2023, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hijri(year: int, month: int, day: int) -> date | None:
    """Return the day of the Umm al-Qura calendar, or None outside its table (1343–1500).

    >>> hijri(1445, 9, 1)
    datetime.date(2024, 3, 11)
    """
    try:
        return date(*Hijri(year, month, day).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None


def solar(year: int, month: int, day: int) -> date | None:
    """Return the day of the Solar Hijri calendar of Iran, or None where there is none.

    >>> solar(1403, 5, 4)
    datetime.date(2024, 7, 25)
    """
    try:
        return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        return None


def newest(calendar: "Calendar", month: int, day: int, base: date) -> date | None:
    """Return the newest day of that name not after ``base``.

    >>> newest(gregorian, 12, 31, date(2024, 7, 25))
    datetime.date(2023, 12, 31)
    """
    year = this_year(calendar, base)
    days = (calendar(year - back, month, day) for back in range(LEAP + 1))
    return next((found for found in days if found and found <= base), None)


def this_year(calendar: "Calendar", day: date) -> int:
    """Return the year in which a day lies, or 0 outside the calendar."""
    if calendar is gregorian:
        return day.year
    try:
        if calendar is solar:
            return int(JalaliDate(day).year)  # type: ignore[no-untyped-call]
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except (ValueError, OverflowError):
        return 0


Calendar = Callable[[int, int, int], date | None]
