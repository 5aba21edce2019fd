"""Generates docs/ARABIC.md: the rules of `furat.arabic`, each applied to examples."""

from collections.abc import Callable
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from furat.arabic.characters import CLEAN, FOLD, Rule
from furat.arabic.dates import parse_date
from furat.arabic.months import FOREIGN_MONTHS, HIJRI_MONTHS, MONTHS
from furat.arabic.text import clean, fold
from furat.arabic.zones import ZONES

PATH = Path("docs/ARABIC.md")
VARIANT = "\ufe0f"
BASE = datetime.fromisoformat("2024-07-25T10:30")

DATES = {
    "A month has its Levantine, Egyptian, Maghrebi, English or French name, in any usual spelling": (
        "25 كانون ثاني 2020",
        "25 ك2 2020",
        "يوليو 25, 2024",
        "20 غشت 2020",
        "14 février 2020",
    ),
    "Two names of one month are that month; names of two months are no date": ("15 تموز/يوليو 2020", "آذار/نيسان 2020"),
    "The day stands before the month, a first group of four digits is the year, and a number above 12 is no month": (
        "3/4/2024",
        "2024-4-3",
        "07/25/2024",
    ),
    "A year of two digits is no year: the century is not printed": ("25/7/24",),
    "Days may be ordinals in words, and «من», «الـ», «شهر» and «عام» may stand between the parts": (
        "الثاني عشر من تموز 2023",
        "في الـ25 من شهر تموز لعام 2024",
        "غرة محرم 1446",
    ),
    "A month and a year are a month, and two years in a row are a season": ("آذار 2011", "2024-07", "2010-11"),
    "Labels, weekdays and signs may stand around a date; a weekday that disagrees proves nothing": (
        "نشر في: الجمعة ٢٥ تموز ٢٠٢٤م",
        "(25.07.2024)",
    ),
    "A place, a newsroom, a series or an issue may stand before it; a count, a place or a newsroom after it": (
        "دمشق - 9 تموز 2024",
        "القاهرة: الأربعاء، 07 أكتوبر 2020 12:19 م",
        "صحيفة الثورة، العدد 1234، 12 آذار 2020",
        "25 تموز 2024 | 1532 مشاهدة",
        "25 تموز 2024 (أبوظبي)",
    ),
    "Any other word makes the line something else than a date, or the date of something else": (
        "أحداث 8 آذار 2005",
        "أحمد – 12 آذار 2020",
        "تاريخ الميلاد: 12 آذار 1980",
    ),
    "Of two dates the first counts, and of two hours; the hour of an update is not that of the first date": (
        "12 آذار 2020 – آخر تحديث 13 آذار 2020",
        "28 آب 2013، آخر تحديث 14:00",
    ),
    "Of a span of days the first counts": ("12-15 آذار 2020", "من 12 إلى 15 آذار 2020", "28 شباط – 2 آذار 2020"),
    "A year 13xx or 14xx is Hijri (Umm al-Qura, 1343–1500); a Gregorian date beside it wins, in either order": (
        "15 رمضان 1445 هـ",
        "15/9/1445",
        "20 محرم 1446 الموافق 25 تموز 2024",
    ),
    "With Persian digits or a Persian month it is Solar Hijri, unless a lunar month or «هـ» stands with it": (
        "۱۴۰۳/۰۵/۰۴",
        "۴ مرداد ۱۴۰۳",
        "۱۹ محرم ۱۴۴۶",
    ),
    "A Hijri month alone is None, for it lies in two Gregorian months": ("رمضان 1445",),
    "An hour has two parts or names its half of the day; one that there is not makes the line None": (
        "25 تموز 2024 5:30 مساءً",
        "25 تموز 2024 الساعة 5 مساءً",
        "25 تموز 2024 12:30 ليلاً",
        "25 تموز 2024 14:30 صباحاً",
    ),
    "A zone is printed as an offset or as a city's time; a moment without one is naive": (
        "15 كانون الثاني 2022 10:30 بتوقيت دمشق",
        "15 كانون الثاني 2023 10:30 بتوقيت دمشق",
        "25 تموز 2024 14:05 GMT+3",
    ),
    "The forms of machines: ISO 8601, RFC 5322, RFC 850, RFC 9557, asctime, browsers; none of another calendar": (
        "2024-07-25T10:30:00Z",
        "20240725T103000Z",
        "2024-W30-4",
        "Thu, 25 Jul 2024 10:30:00 +0300",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "2024-07-25T10:30:00+03:00[Asia/Damascus]",
        "Thu Jul 25 2024 10:30:00 GMT+0300 (Eastern European Summer Time)",
        "1446-01-19T10:30:11+03:00",
    ),
    "Without a year a day is the newest of its name not after the base": ("8 آذار", "26 تموز", "12 تموز الجاري"),
    "A day and a month in digits alone are a day where they can be no mark or fraction": ("25/7", "الخميس 3/4", "3/4"),
    "A weekday or an hour alone is the newest not after the base": (
        "الثلاثاء",
        "الثلاثاء الماضي",
        "مساء الأحد",
        "22:10",
    ),
    "What is told from today needs the base; days and longer are a day, months and years true to the month": (
        "أمس",
        "اليوم 10:05",
        "منذ 3 ساعات",
        "قبل أسبوعين",
        "منذ شهرين",
        "منذ نصف ساعة",
        "الأسبوع الماضي",
        "3 hours ago",
        "il y a 2 jours",
        "منذ أيام",
    ),
    "Years, prices, scores, numbers and names are None": ("2024", "3:2", "2-1", "0933123456", "آب"),
}
"""The rules for date lines, each with lines that show it."""

HEAD = """\
# Arabic text and dates

Written by `python -m furat.arabic` from the tables that the code reads; a test fails where it is stale.
In the examples, what cannot be seen is written by its code point.
"""

CLEAN_HEAD = """\
## clean

The text that is stored: one spelling, and nothing lost that a reader sees. Any text is taken, lone surrogates
too, and what is clean stays as it is.

| rule | example | becomes | source |
|---|---|---|---|"""

FOLD_HEAD = """
## fold

The key for search and duplicates, never stored as the text: all that `clean` does, and then

| rule | example | becomes | source |
|---|---|---|---|"""

DATES_HEAD = """
## parse_date

The whole text must be a date line. These are read at the base 2024-07-25T10:30.

| rule | line | value | precision |
|---|---|---|---|"""

MONTHS_HEAD = """
### Months

| | Gregorian | Hijri |
|---|---|---|"""


def document() -> str:
    """Return the document in Markdown."""
    parts = [
        HEAD,
        CLEAN_HEAD,
        *(_rule(rule, clean) for rule in CLEAN),
        FOLD_HEAD,
        *(_rule(rule, fold) for rule in FOLD),
        DATES_HEAD,
        *(
            _date(said, line)
            for rule, lines in DATES.items()
            for said, line in zip_longest([rule], lines, fillvalue="")
        ),
        MONTHS_HEAD,
        *(
            f"| {month} | {_names(MONTHS, month)} {names} | {_names(HIJRI_MONTHS, month)} |"
            for month, names in _FOREIGN
        ),
        "\n### Zones\n",
        "، ".join(f"{city} ({zone})" for city, zone in ZONES.items() if zone),
    ]
    return "\n".join(parts) + "\n"


_FOREIGN = [(month, " ".join(names.split())) for month, names in enumerate(FOREIGN_MONTHS, start=1)]


def _rule(rule: Rule, function: Callable[[str], str]) -> str:
    return f"| {rule.does} | {_shown(rule.example)} | {_shown(function(rule.example))} | {rule.source} |"


def _date(rule: str, line: str) -> str:
    found = parse_date(line, BASE)
    return f"| {rule} | {line} | {found.value.isoformat() if found else 'None'} | {found.precision if found else ''} |"


def _names(table: dict[str, int], month: int) -> str:
    return "، ".join(name for name, number in table.items() if number == month)


def _shown(text: str) -> str:
    seen = "".join(sign if sign.isprintable() and sign != VARIANT else f"⟨U+{ord(sign):04X}⟩" for sign in text)
    return seen.replace("|", "\\|")
