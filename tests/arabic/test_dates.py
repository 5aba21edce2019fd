"""A date line is read as what it prints, and nothing else is a date."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_datetime
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from furat.arabic import ParsedDate, fold, is_likely, parse_date
from furat.arabic.months import FOREIGN_MONTHS, HIJRI_MONTHS, MONTHS
from furat.arabic.zones import ZONES

HERE = Path(__file__).parent
BASE = datetime(2024, 7, 25, 10, 30)  # noqa: DTZ001 - what a page prints has no zone either
FILES = [HERE / "dates.tsv", *sorted((HERE / "kinds").glob("*.tsv"))]
ROWS = {path: [line.split("\t") for line in path.read_text().splitlines() if line[0] != "#"] for path in FILES}
ALL_ROWS = [row for rows in ROWS.values() for row in rows]
NO_DATES = (HERE / "no_dates.txt").read_text().splitlines()

LOCALES = ["ar", "ar_SY", "ar_IQ", "ar_LB", "ar_EG", "ar_MA", "ar_DZ", "ar_TN"]
LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
EGYPT = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_printed_dates(path: Path) -> None:
    rows = ROWS[path]
    read = [
        (printed, told(parse_date(_unescaped(printed))), told(parse_date(_unescaped(printed), BASE)))
        for printed, *_ in rows
    ]

    assert read == [(printed, alone, (rest or [alone])[0]) for printed, alone, *rest in rows]
    assert rows


def test_no_dates() -> None:
    assert [text for text in NO_DATES if parse_date(text) or parse_date(text, BASE)] == []
    assert len(NO_DATES) > 100


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "form", ["full", "long", "medium", "short", "d MMMM، y", "EEEE d MMMM y", "MMMM d, y", "y/M/d"]
)
def test_as_cldr_writes_a_day(locale: str, form: str) -> None:
    days = [date(2024, month, 25) for month in range(1, 13)]

    assert [parse_date(format_date(day, form, locale=locale)) for day in days] == [(day, "day") for day in days]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("hour", [0, 5, 11, 12, 17, 23])
def test_as_cldr_writes_a_moment(locale: str, hour: int) -> None:
    moment = datetime(2024, 1, 25, hour, 5)  # noqa: DTZ001 - as BASE

    assert parse_date(format_datetime(moment, "EEEE، d MMMM y، h:mm a", locale=locale)) == (moment, "minute")
    assert parse_date(format_datetime(moment, "d/M/y HH:mm:ss", locale=locale)) == (moment, "second")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("month", range(1, 13))
def test_as_cldr_writes_a_month(locale: str, month: int) -> None:
    day = date(2024, month, 1)

    assert parse_date(format_date(day, "MMMM y", locale=locale)) == (day, "month")


@given(st.dates(date(1925, 1, 1), date(2075, 1, 1)), st.sampled_from(["{0} {2} {3}", "{0} {2} {3} هـ", "{0}/{1}/{3}"]))
def test_hijri_day_is_that_of_umm_al_qura(day: date, form: str) -> None:
    hijri = Gregorian.fromdate(day).to_hijri()
    printed = form.format(hijri.day, hijri.month, HIJRI[hijri.month - 1], hijri.year)

    assert parse_date(printed) == (day, "day")


@given(
    days,
    st.sampled_from(
        ["{d}/{m}/{y}", "{y}-{m:02}-{d:02}", "{d} {levant} {y}", "{egypt} {d}, {y}", "{d} {levant}/{egypt} {y}"]
    ),
)
def test_printed_day_is_read_back(day: date, form: str) -> None:
    assert parse_date(_printed(day, form)) == (day, "day")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 1, 1)), st.sampled_from(["ص م", "صباحا مساء"]))  # noqa: DTZ001 - as BASE
def test_printed_moment_is_read_back(moment: datetime, halves: str) -> None:
    moment = moment.replace(second=0, microsecond=0)
    printed = f"{moment:%d/%m/}{moment.year} {moment.hour % 12 or 12}:{moment:%M} {halves.split()[moment.hour >= 12]}"

    assert parse_date(printed) == (moment, "minute")


@given(days, st.datetimes(datetime(1930, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 - as BASE
def test_day_without_a_year_is_the_newest_not_after_the_base(day: date, base: datetime) -> None:
    found = parse_date(_printed(day, "{d} {levant}"), base)

    assert found
    assert found.value <= base.date() < found.value + timedelta(days=366 * 8)
    assert (found.value.month, found.value.day) == (day.month, day.day)


@given(st.datetimes(), st.sampled_from(sorted(set(filter(None, ZONES.values())))))
def test_a_city_names_its_zone(moment: datetime, zone: str) -> None:
    city = next(city for city, name in ZONES.items() if name == zone)
    moment = moment.replace(year=2020, day=1, second=0, microsecond=0)
    found = parse_date(f"{moment:%Y-%m-%d %H:%M} بتوقيت {city}")

    assert found == ParsedDate(moment.replace(tzinfo=ZoneInfo(zone)), "minute")
    assert isinstance(found.value, datetime)
    assert found.value.utcoffset() == ZoneInfo(zone).utcoffset(moment)


@given(st.sampled_from(ALL_ROWS), st.data())
def test_marks_that_nobody_sees_change_nothing(row: list[str], data: st.DataObject) -> None:
    printed = _unescaped(row[0])
    place = data.draw(st.integers(0, len(printed)))
    mark = data.draw(st.sampled_from("\u200f\u200e\u061c\u202b\u202c\ufeff\u200b\u2067\u2069\u2060\u00ad\ufe0f"))

    assert parse_date(printed[:place] + mark + printed[place:], BASE) == parse_date(printed, BASE)


@given(
    st.sampled_from(ALL_ROWS),
    st.sampled_from(["أحداث", "قوى", "ذكرى", "مقتل", "سوريا تقول:", "بقلم أحمد", "3 قتلى", "إلى"]),
)
def test_other_words_beside_a_date_make_it_no_date_line(row: list[str], word: str) -> None:
    assert parse_date(f"{word} {row[0]}", BASE) is None
    assert parse_date(f"{row[0]} {word}", BASE) is None


@given(st.text() | st.text("0123456789٠١٢٣ :/-.،مص آذارتموزيكنثلوهـ"))
def test_any_text_is_taken(text: str) -> None:
    found = parse_date(text, BASE)

    assert found is None or isinstance(found.value, datetime) == (found.precision in ("hour", "minute", "second"))
    assert found is None or found.precision != "month" or found.value.day == 1


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_names(month: int) -> None:
    assert MONTHS[LEVANT[month - 1]] == MONTHS[EGYPT[month - 1]] == month
    assert HIJRI_MONTHS[HIJRI[month - 1]] == month


def test_no_name_means_two_months() -> None:
    names = [(fold(name), number) for name, number in MONTHS.items()]
    names += [(fold(name), number) for number, line in enumerate(FOREIGN_MONTHS, 1) for name in line.split()]

    assert len(dict(names)) == len(set(names))


def test_a_relative_moment_is_as_aware_as_its_base() -> None:
    base = BASE.replace(tzinfo=ZoneInfo("Asia/Damascus"))

    assert parse_date("منذ ساعتين", base) == (base - timedelta(hours=2), "hour")


@pytest.mark.parametrize(
    "unit", ["rR", "- ", "(", "نشر:", "وكالة سانا ", "دمشق - ", "3 مشاهدة ", "1/", "منذ ساعة و", "ساعة "]
)
@pytest.mark.parametrize("head", ["", "2024-07-25T10:30:00Z ", "25 تموز 2024 ", "8 آذار ", "10:30 ", "منذ "])
def test_a_hostile_line_is_read_in_time(head: str, unit: str) -> None:
    assert parse_date(f"{head}{unit * 40}؟", BASE) is None


@pytest.mark.parametrize("year, answer", [("74", 2074), ("75", 1975), ("24", 2024), ("94", 1994)])
def test_a_year_of_two_digits_is_at_most_fifty_years_ahead(year: str, answer: int) -> None:
    found = parse_date(f"Sunday, 06-Nov-{year} 08:49:37 GMT", BASE)

    assert found
    assert found.value.year == answer


@pytest.mark.parametrize("moment", ["1446-01-19T10:30:11+03:00", "1403-05-04T10:30:00Z", "2567-07-25T10:30:00Z"])
def test_a_machine_moment_of_another_calendar_is_none(moment: str) -> None:
    assert parse_date(moment) is None
    assert not is_likely(datetime.fromisoformat(moment))


def told(found: ParsedDate | None) -> str:
    """Return a date as the tables have it."""
    return f"{found.value.isoformat()} {found.precision}" if found else "-"


def _printed(day: date, form: str) -> str:
    return form.format(d=day.day, m=day.month, y=day.year, levant=LEVANT[day.month - 1], egypt=EGYPT[day.month - 1])


def _unescaped(printed: str) -> str:
    for code in ("00a0", "202f", "200f", "200e", "061c"):
        printed = printed.replace(f"\\u{code}", chr(int(code, 16)))
    return printed
