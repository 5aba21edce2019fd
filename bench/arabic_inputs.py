"""Noisy Arabic texts and date lines, generated with their answers: what bench/arabic.py measures on."""

from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from hijridate import Gregorian

NOON = 12
SPACES = [" ", " ", "\u00a0", "  ", " \u2009"]
RANDOM = Random(20240725)  # noqa: S311 - inputs, not secrets; the same in every run
BASE = datetime.fromisoformat("2024-07-25T10:30")

LEVANT = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
LOOSE = "كانون ثاني|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين اول|تشرين ثاني|كانون اول"
EGYPT = "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
TUNIS = "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
RABAT = "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر"
MONTHS = [names.split("|") for names in (LEVANT, LOOSE, EGYPT, TUNIS, RABAT)]
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الثاني",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
LABELS = ["", "", "", "", "نشر في: ", "تاريخ النشر: ", "آخر تحديث: ", "بتاريخ ", "كتب في "]
CITIES = {"دمشق": "Asia/Damascus", "مكة المكرمة": "Asia/Riyadh", "القاهرة": "Africa/Cairo", "غرينتش": "UTC"}
UNITS = [("دقائق", "minutes"), ("ساعات", "hours"), ("أيام", "days"), ("أسابيع", "weeks")]
PLACES = {"سوريا", "دمشق", "إدلب", "حلب"}
DIGITS = ["0123456789"] * 3 + ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
WORDS = [
    "الحكومة",
    "المدينة",
    "سوريا",
    "دمشق",
    "أعلن",
    "القصف",
    "مسؤول",
    "إدلب",
    "المستشفى",
    "إلى",
    "الآن",
    "هيئة",
    "بيئة",
    "شيء",
    "قال",
    "رئيس",
    "عائلة",
    "القوات",
    "منظمة",
    "حقوق",
    "الإنسان",
    "ودعا",
    "الأمم",
    "المتحدة",
    "لقاء",
    "اجتماع",
    "خلال",
    "مساعدات",
    "نازحين",
    "ريف",
    "حلب",
    "شرق",
    "الفرات",
    "مدنيين",
    "ضحايا",
]
NAMES = ["أحمد", "قوى", "أحداث", "ذكرى", "انتفاضة", "مقتل", "شارع", "اجتماع", "العدد", "الفصل"]


class DateLine(NamedTuple):
    """A line and the day, the moment or (as text) the month that it prints."""

    printed: str
    answer: date | str


class Sample(NamedTuple):
    """A text as printed, clean and folded."""

    printed: str
    clean: str
    folded: str


def date_lines(count: int) -> list[DateLine]:
    """Return date lines of every kind."""
    kinds = [
        _named,
        _named,
        _named,
        _numeric,
        _timed,
        _hijri,
        _dual,
        _machine,
        _month,
        _ago,
    ]
    return [_dressed(RANDOM.choice(kinds)(_any_day())) for _ in range(count)]


def other_lines(count: int) -> list[str]:
    """Return lines that are no dates, many of them with one inside."""
    small = range(1, 29)
    others = [word for word in WORDS if word not in PLACES]  # a place beside a date is a dateline
    kinds = [
        lambda: f"{RANDOM.choice(NAMES)} {RANDOM.choice(small)} {_month_name(_any_day())}",
        lambda: f"{_named(_any_day()).printed} {RANDOM.choice(others)}",
        lambda: f"{RANDOM.choice(others)} {_numeric(_any_day()).printed}",
        lambda: f"{RANDOM.choice(small)}-{RANDOM.choice(small)}",
        lambda: f"{RANDOM.choice(small[:12])}/{RANDOM.choice(small)}",
        lambda: str(RANDOM.choice(range(1900, 2100))),
        lambda: f"09{RANDOM.randrange(10**8):08}",
        lambda: f"+963 {RANDOM.randrange(10**9):09}",
        lambda: f"{RANDOM.randrange(10**5)}.{RANDOM.randrange(100):02} ليرة",
        lambda: f"{RANDOM.choice(small)}.{RANDOM.choice(small)}.{RANDOM.choice(small)}",
        lambda: f"{RANDOM.choice(small)} {RANDOM.choice(WORDS)} {RANDOM.choice(small)}",
        lambda: " ".join(RANDOM.choices(WORDS, k=5)),
        lambda: f"{RANDOM.randrange(24)}:{RANDOM.randrange(10)}",
    ]
    return [RANDOM.choice(kinds)() for _ in range(count)]


def phrases(count: int, words: int = 3) -> list[Sample]:
    """Return texts of a few words, every third of them noisy."""
    return [_joined([_piece() for _ in range(words)], RANDOM.choice(SPACES), " ", " ") for _ in range(count)]


def articles(count: int) -> list[Sample]:
    """Return texts of two such paragraphs, about 1.5 kB each."""
    return [_joined(phrases(2, words=60), "\n \n", "\n\n", " ") for _ in range(count)]


def _any_day() -> date:
    return date(2005, 1, 1) + timedelta(days=RANDOM.randrange(7000))


def _month_name(day: date) -> str:
    return RANDOM.choice(MONTHS)[day.month - 1]


def _named(day: date) -> DateLine:
    weekday = RANDOM.choice(["", f"{WEEKDAYS[day.weekday()]} ", f"{WEEKDAYS[day.weekday()]}، "])
    form = RANDOM.choice(["{0} {1} {2}", "{0} {1}، {2}", "{1} {0}, {2}", "{0}-{1}-{2}"])
    return DateLine(weekday + form.format(day.day, _month_name(day), day.year), day)


def _numeric(day: date) -> DateLine:
    sign = RANDOM.choice("/-.")
    form = RANDOM.choice(["{0:02}{3}{1:02}{3}{2}", "{0}{3}{1}{3}{2}", "{2}{3}{1:02}{3}{0:02}", "{0} {3} {1} {3} {2}"])
    return DateLine(form.format(day.day, day.month, day.year, sign), day)


def _timed(day: date) -> DateLine:
    moment = datetime(day.year, day.month, day.day, RANDOM.randrange(24), RANDOM.randrange(60))  # noqa: DTZ001 - printed so
    half = RANDOM.choice(["صباحاً مساءً", "ص م", ""]).split()
    clock = f"{moment.hour % 12 or 12}:{moment:%M} {half[moment.hour >= NOON]}" if half else f"{moment:%H:%M}"
    printed = f"{RANDOM.choice([_named, _numeric])(day).printed}{RANDOM.choice([' ', ' - ', '، الساعة '])}{clock}"
    if RANDOM.choice([True, True, False]):
        return DateLine(printed, moment)
    city, zone = RANDOM.choice(list(CITIES.items()))
    return DateLine(f"{printed} بتوقيت {city}", moment.replace(tzinfo=ZoneInfo(zone)))


def _hijri(day: date) -> DateLine:
    hijri = Gregorian.fromdate(day).to_hijri()
    printed = f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year}{RANDOM.choice(['', ' هـ', 'هـ'])}"
    return DateLine(printed + RANDOM.choice(["", f" الموافق {_named(day).printed}"]), day)


def _dual(day: date) -> DateLine:
    form = RANDOM.choice(["{0} {1}/{2} {3}", "{0} {1} ({2}) {3}", "{0} {2} / {1}، {3}"])
    return DateLine(form.format(day.day, MONTHS[0][day.month - 1], MONTHS[2][day.month - 1], day.year), day)


def _machine(day: date) -> DateLine:
    zone = timezone(timedelta(hours=RANDOM.choice([0, 2, 3])))
    moment = datetime(day.year, day.month, day.day, RANDOM.randrange(24), RANDOM.randrange(60), tzinfo=zone)
    return DateLine(RANDOM.choice([moment.isoformat(), f"{moment:%a, %d %b %Y %H:%M:%S %z}"]), moment)


def _month(day: date) -> DateLine:
    return DateLine(f"{_month_name(day)} {day.year}", f"{day:%Y-%m}")


def _ago(_: date) -> DateLine:
    (name, unit), count = RANDOM.choice(UNITS), RANDOM.randrange(3, 11)
    moment = BASE - timedelta(**{unit: count})
    return DateLine(f"{RANDOM.choice(['منذ', 'قبل'])} {count} {name}", moment.date() if "أ" in name else moment)


def _dressed(line: DateLine) -> DateLine:
    printed = RANDOM.choice(LABELS) + line.printed
    if "T" not in printed and "," not in printed:
        printed = printed.translate(dict(zip(range(ord("0"), ord(":")), RANDOM.choice(DIGITS), strict=True)))
    noise = RANDOM.choice(["", "", "\u200f", "\u061c", "\u00a0"])
    return DateLine(noise + printed.replace(" ", "\u00a0" if noise == "\u00a0" else " "), line.answer)


def _joined(pieces: list[Sample], printed: str, cleaned: str, folded: str) -> Sample:
    """Return one sample of many, each column joined by its own sign."""
    columns = list(zip(*pieces, strict=True))
    return Sample(printed.join(columns[0]), cleaned.join(columns[1]), folded.join(filter(None, columns[2])))


def _piece() -> Sample:
    word = RANDOM.choice(WORDS)
    place = RANDOM.randrange(1, len(word))
    head, tail, key = word[:place], word[place:], _key(word)
    return RANDOM.choice(
        [Sample(word, word, key)] * 20
        + [
            Sample(f"{head}\u0640{tail}", word, key),
            Sample(f"\u200f{word}\u200e", word, key),
            Sample(f"{head}\u200b{tail}\u061c", word, key),
            Sample("".join(map(_form, word)), word, key),
            Sample(normalize("NFD", word), word, key),
            Sample(f"{head}\u0651\u064e{tail}", f"{head}\u064e\u0651{tail}", key),
            Sample(f"{head}\u0650{tail}", f"{head}\u0650{tail}", key),
            Sample(word.replace("ي", "ی").replace("ك", "ک"), word, key),
            Sample(f"«{word}»،", f"«{word}»،", key),
            Sample("3.5", "3.5", "3 5"),
            Sample("٢٠١٩م²", "٢٠١٩م²", "2019م²"),
            Sample("👩\u200d🚒", "👩\u200d🚒", ""),
        ]
    )


def _key(word: str) -> str:
    return word.translate(str.maketrans("أإآؤئىة", "اااوييه"))


FORMS = {normalize("NFKC", chr(form)): chr(form) for form in range(0xFE80, 0xFEFD)}


def _form(letter: str) -> str:
    return FORMS.get(letter, letter)
