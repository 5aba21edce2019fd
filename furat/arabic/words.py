"""The words of date lines, each with the class of its kind and its value.

A class is one letter, and the classes of a line's words spell its shape, which
`furat.arabic.dates` matches: "نشر في 25 تموز 2024" is `llnmy`.
"""

from collections.abc import Iterator

from furat.arabic.months import FOREIGN_MONTHS, HIJRI_MONTHS, MONTHS, WEEKDAYS
from furat.arabic.text import fold

LABELS = (
    "نشر نشرت نشره النشر منشور تم في بتاريخ تاريخ التاريخ كتب كتبت كتبه أضيف أضيفت إضافة الإضافة أرسل",
    "المقال الخبر الموضوع يوم بيوم وقت ووقت",
    "published posted written on at date the le à publié publie",
)
UPDATES = ("تحديث التحديث محدث محدثة", "last updated update modified mis jour modifié modifie")
LAST = ["آخر تحديث", "آخر تعديل", "تاريخ التعديل"]
FILLERS = ("من شهر عام العام لعام سنة السنة لسنة للعام", "of de")
"""Stand between the parts of a date: «12 من شهر آذار لعام 2020»."""

DAY_PARTS = {
    "ص": "am",
    "صباحا": "am",
    "صباح": "am",
    "الصبح": "am",
    "قبل الظهر": "am",
    "فجرا": "am",  # at dawn
    "سحرا": "am",
    "بعد منتصف الليل": "am",  # after midnight
    "مساء": "pm",
    "المساء": "pm",
    "عصرا": "pm",  # in the afternoon
    "بعد الظهر": "pm",
    "ظهرا": "noon",
    "ظ": "noon",
    "ليلا": "night",
    "منتصف الليل": "night",
    "am": "am",
    "pm": "pm",
}

DOTTED = {
    "a.m": ("a", "am"),
    "p.m": ("a", "pm"),
    "ق.ظ": ("a", "am"),
    "ب.ظ": ("a", "pm"),
    "ت.غ": ("z", 0),
}
"""Words of two letters with a dot after each."""

OFFSETS = {
    "غرينتش": 0,
    "جرينتش": 0,
    "غرينيتش": 0,
    "جرينيتش": 0,
    "كرينتش": 0,
    "تغ": 0,
    "gmt": 0,
    "utc": 0,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
}
"""Zones that are hours from UTC by definition; «AST» is not here, for it is said of Arabia and of Canada."""

ZONES = {
    "المحلي": "",  # local: no zone is printed
    "دمشق": "Asia/Damascus",
    "سوريا": "Asia/Damascus",
    "سورية": "Asia/Damascus",
    "مكة": "Asia/Riyadh",
    "مكة المكرمة": "Asia/Riyadh",
    "السعودية": "Asia/Riyadh",
    "الرياض": "Asia/Riyadh",
    "القاهرة": "Africa/Cairo",
    "مصر": "Africa/Cairo",
    "بيروت": "Asia/Beirut",
    "لبنان": "Asia/Beirut",
    "بغداد": "Asia/Baghdad",
    "العراق": "Asia/Baghdad",
    "عمان": "Asia/Amman",  # Amman; Muscat is written مسقط
    "الأردن": "Asia/Amman",
    "القدس": "Asia/Jerusalem",
    "القدس المحتلة": "Asia/Jerusalem",
    "فلسطين": "Asia/Hebron",
    "غزة": "Asia/Gaza",
    "الكويت": "Asia/Kuwait",
    "الدوحة": "Asia/Qatar",
    "قطر": "Asia/Qatar",
    "المنامة": "Asia/Bahrain",
    "البحرين": "Asia/Bahrain",
    "أبوظبي": "Asia/Dubai",
    "أبو ظبي": "Asia/Dubai",
    "دبي": "Asia/Dubai",
    "الإمارات": "Asia/Dubai",
    "مسقط": "Asia/Muscat",
    "صنعاء": "Asia/Aden",
    "عدن": "Asia/Aden",
    "اليمن": "Asia/Aden",
    "الخرطوم": "Africa/Khartoum",
    "السودان": "Africa/Khartoum",
    "طرابلس": "Africa/Tripoli",
    "ليبيا": "Africa/Tripoli",
    "تونس": "Africa/Tunis",
    "الجزائر": "Africa/Algiers",
    "الرباط": "Africa/Casablanca",
    "المغرب": "Africa/Casablanca",
    "الدار البيضاء": "Africa/Casablanca",
    "نواكشوط": "Africa/Nouakchott",
    "إسطنبول": "Europe/Istanbul",
    "اسطنبول": "Europe/Istanbul",
    "أنقرة": "Europe/Istanbul",
    "تركيا": "Europe/Istanbul",
    "طهران": "Asia/Tehran",
    "موسكو": "Europe/Moscow",
    "لندن": "Europe/London",
    "باريس": "Europe/Paris",
    "برلين": "Europe/Berlin",
    "واشنطن": "America/New_York",
    "نيويورك": "America/New_York",
}

UNITS = {
    "ثانية": ("seconds", 1),
    "ثانيتين": ("seconds", 2),
    "ثوان": ("seconds", 0),
    "ثواني": ("seconds", 0),
    "دقيقة": ("minutes", 1),
    "دقيقتين": ("minutes", 2),
    "دقيقتان": ("minutes", 2),
    "دقائق": ("minutes", 0),
    "ساعة": ("hours", 1),
    "ساعتين": ("hours", 2),
    "ساعتان": ("hours", 2),
    "ساعات": ("hours", 0),
    "يوم": ("days", 1),
    "يوما": ("days", 1),
    "يومين": ("days", 2),
    "يومان": ("days", 2),
    "أيام": ("days", 0),
    "أسبوع": ("weeks", 1),
    "أسبوعا": ("weeks", 1),
    "أسبوعين": ("weeks", 2),
    "أسبوعان": ("weeks", 2),
    "أسابيع": ("weeks", 0),
    "شهر": ("months", 1),
    "شهرا": ("months", 1),
    "شهرين": ("months", 2),
    "شهران": ("months", 2),
    "أشهر": ("months", 0),
    "شهور": ("months", 0),
    "سنة": ("years", 1),
    "سنتين": ("years", 2),
    "سنتان": ("years", 2),
    "سنوات": ("years", 0),
    "سنين": ("years", 0),
    "عام": ("years", 1),
    "عاما": ("years", 1),
    "عامين": ("years", 2),
    "عامان": ("years", 2),
    "أعوام": ("years", 0),
}
"""Units of time ago, with their number: 0 for a plural, which says none by itself."""

AGO = ("منذ", "قبل")
LATER = ("مضت", "مضي")
NOW = ("الآن", "الان", "منذ لحظات", "قبل لحظات", "منذ ثوان", "منذ ثواني", "just now", "now")

COUNTS = {
    "واحد": 1,
    "واحدة": 1,
    "ثلاث": 3,
    "ثلاثة": 3,
    "أربع": 4,
    "أربعة": 4,
    "خمس": 5,
    "خمسة": 5,
    "ست": 6,
    "ستة": 6,
    "سبع": 7,
    "سبعة": 7,
    "ثماني": 8,
    "ثمان": 8,
    "ثمانية": 8,
    "تسع": 9,
    "تسعة": 9,
    "عشر": 10,
    "عشرة": 10,
}
"""Numbers in words, before a unit of time ago."""

OTHERS = {
    "p": ["م"],  # of the evening, or of the Christian era
    "e": ["ه", "هجري", "هجرية", "ميلادي", "ميلادية"],
    "q": ["الموافق", "الموافقة", "للموافق", "ل"],  # the same day in the other calendar
    "s": ["الساعة", "ساعة", "على الساعة", "عند الساعة", "في الساعة", "في تمام الساعة", "تمام الساعة"],
    "t": ["بتوقيت", "توقيت", "بالتوقيت", "التوقيت"],
    "u": LAST,
    "k": ["على", "عند"],  # at an hour
    "H": ["h"],
    "o": ["er", "st", "nd", "rd", "th"],  # of an ordinal: 1er, 25th
}
"""The words of the other classes."""

DAYS_AGO = {
    "اليوم": 0,  # today
    "أمس": 1,  # yesterday
    "الأمس": 1,
    "بالأمس": 1,
    "البارحة": 1,
    "أول أمس": 2,  # the day before
    "أول من أمس": 2,
    "أول الأمس": 2,
    "أول البارحة": 2,
    "أمس الأول": 2,
    "today": 0,
    "yesterday": 1,
}


def _vocabulary() -> Iterator[tuple[str, str, int | str | None]]:
    for kind, lists in (("l", LABELS), ("u", UPDATES), ("v", FILLERS), ("w", WEEKDAYS), ("m", FOREIGN_MONTHS)):
        for value, names in enumerate(lists, start=1):
            yield from ((name, kind, value) for name in names.split())
    for kind, table in (
        ("m", MONTHS),
        ("h", HIJRI_MONTHS),
        ("a", DAY_PARTS),
        ("c", ZONES),
        ("z", OFFSETS),
        ("d", DAYS_AGO),
    ):
        yield from ((name, kind, value) for name, value in table.items())
    for kind, others in OTHERS.items():
        yield from ((name, kind, "pm" if kind == "p" else None) for name in others)


WORDS = {fold(name): (kind, value) for name, kind, value in _vocabulary()}
OPENERS = {" ".join(words[:count]) for words in map(str.split, WORDS) for count in range(1, len(words))}
"""What may begin a name of several words."""
