"""Days of the Gregorian and of the Hijri calendar."""

from datetime import date

from hijridate import Gregorian, Hijri

HIJRI_YEARS = range(1300, 1500)
YEARS = range(1500, 2100)
"""The years that a date line may mean: one of 13xx or 14xx is Hijri."""

LEAP = 8
"""A 29 February comes again within eight years (1896 and 1904)."""


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


def newest(month: int, day: int, base: date, *, is_hijri: bool) -> date | None:
    """Return the newest day of that name not after ``base``.

    >>> newest(12, 31, date(2024, 7, 25), is_hijri=False)
    datetime.date(2023, 12, 31)
    """
    calendar, year = (hijri, _hijri_year(base)) if is_hijri else (gregorian, base.year)
    days = (calendar(year - back, month, day) for back in range(LEAP + 1))
    return next((found for found in days if found and found <= base), None)


def _hijri_year(day: date) -> int:
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except OverflowError:
        return 0
