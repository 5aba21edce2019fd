"""Words for numbers, days and places: what changes from one bulletin of a series to the next."""

import re

from furat.arabic.gazetteer import PLACES as FOREIGN_PLACES
from furat.arabic.months import MONTHS
from furat.arabic.text import fold

NUMBERS = {
    "واحد": "1",
    "اثنان": "2",
    "اثنين": "2",
    "اثنا": "2",
    "اثني": "2",
    "إحدى": "1",
    "ثلاثة": "3",
    "ثلاث": "3",
    "أربعة": "4",
    "أربع": "4",
    "خمسة": "5",
    "خمس": "5",
    "ستة": "6",
    "ست": "6",
    "سبعة": "7",
    "سبع": "7",
    "ثمانية": "8",
    "ثماني": "8",
    "تسعة": "9",
    "تسع": "9",
    "عشرة": "10",
    "عشر": "10",
    "عشرون": "20",
    "عشرين": "20",
    "ثلاثون": "30",
    "ثلاثين": "30",
    "أربعون": "40",
    "أربعين": "40",
    "خمسون": "50",
    "خمسين": "50",
    "ستون": "60",
    "ستين": "60",
    "سبعون": "70",
    "سبعين": "70",
    "ثمانون": "80",
    "ثمانين": "80",
    "تسعون": "90",
    "تسعين": "90",
    "مئة": "100",
    "مائة": "100",
    "عشرات": "tens",
    "مئات": "hundreds",
    "مئتان": "200",
    "مئتي": "200",
    "ألف": "1000",
    "ألفا": "1000",
    "آلاف": "thousands",
    "ألفي": "2000",
    "ألفين": "2000",
    "مليون": "1000000",
    "ملايين": "millions",
    "مليار": "1000000000",
    "نصف": "half",
    "ثلث": "third",
    "ربع": "quarter",
    "أول": "first",
    "ثاني": "second",
    "ثالث": "third",
    "رابع": "fourth",
    "خامس": "fifth",
    "سادس": "sixth",
    "سابع": "seventh",
    "ثامن": "eighth",
    "تاسع": "ninth",
    "عاشر": "tenth",
    "أولى": "first",
    "ثانية": "second",
    "ثالثة": "third",
    "رابعة": "fourth",
    "خامسة": "fifth",
    "سادسة": "sixth",
    "سابعة": "seventh",
    "ثامنة": "eighth",
    "تاسعة": "ninth",
    "عاشرة": "tenth",
}

DAYS = {
    "سبت": "Saturday",
    "أحد": "Sunday",
    "اثنين": "Monday",
    "ثلاثاء": "Tuesday",
    "أربعاء": "Wednesday",
    "خميس": "Thursday",
    "جمعة": "Friday",
}

PLACES = {
    "دمشق": "Damascus",
    "حلب": "Aleppo",
    "حمص": "Homs",
    "حماة": "Hama",
    "لاذقية": "Latakia",
    "طرطوس": "Tartus",
    "إدلب": "Idlib",
    "رقة": "Raqqa",
    "زور": "(Deir ez-)Zor",
    "حسكة": "Hasakah",
    "درعا": "Daraa",
    "سويداء": "Suwayda",
    "قنيطرة": "Quneitra",
    "غوطة": "Ghouta",
    "دوما": "Douma",
    "داريا": "Darayya",
    "زبداني": "Zabadani",
    "تدمر": "Palmyra",
    "سخنة": "Sukhnah",
    "رستن": "Rastan",
    "سلمية": "Salamiyah",
    "جبلة": "Jableh",
    "بانياس": "Baniyas",
    "عفرين": "Afrin",
    "أعزاز": "Azaz",
    "باب": "(al-)Bab",
    "منبج": "Manbij",
    "جرابلس": "Jarabulus",
    "كوباني": "Kobani",
    "سراقب": "Saraqib",
    "أريحا": "Ariha",
    "معرة": "Maarrat",
    "خان": "Khan",
    "طبقة": "Tabqa",
    "معدان": "Maadan",
    "سلوك": "Suluk",
    "قامشلي": "Qamishli",
    "مالكية": "Malikiyah",
    "رميلان": "Rumaylan",
    "شدادي": "Shaddadi",
    "هول": "(al-)Hawl",
    "ميادين": "Mayadin",
    "بوكمال": "Abu Kamal",
    "بصيرة": "Busayrah",
    "شحيل": "Shuhayl",
    "هجين": "Hajin",
    "شعفة": "Shafah",
    "باغوز": "Baghuz",
    "عشارة": "Asharah",
    "صور": "Sur",
    "كسرة": "Kasrah",
    "بصرى": "Bosra",
    "سوريا": "Syria",
    "سورية": "Syria",
    "لبنان": "Lebanon",
    "بيروت": "Beirut",
    "عراق": "Iraq",
    "بغداد": "Baghdad",
    "أنبار": "Anbar",
    "أردن": "Jordan",
    "عمان": "Amman",
    "تركيا": "Turkey",
    "أنقرة": "Ankara",
    "إسطنبول": "Istanbul",
    "فلسطين": "Palestine",
    "غزة": "Gaza",
    "مصر": "Egypt",
    "قاهرة": "Cairo",
    "إيران": "Iran",
    "طهران": "Tehran",
    "روسيا": "Russia",
    "موسكو": "Moscow",
}

BEFORE_PLACES = {
    "مدينة": "city",
    "بلدة": "town",
    "قرية": "village",
    "ريف": "countryside",
    "محافظة": "governorate",
    "منطقة": "district",
    "ناحية": "subdistrict",
    "حي": "quarter",
    "مخيم": "camp",
    "بادية": "steppe",
    "معبر": "crossing",
    "دير": "Deir",
    "تل": "Tell",
    "عين": "Ayn",
    "رأس": "Ras",
    "كفر": "Kafr",
    "أبو": "Abu",
    "بلدتي": "two towns",
    "قريتي": "two villages",
    "مدينتي": "two cities",
    "سوق": "market",
    "أسواق": "markets",
    "أهالي": "people",
    "سكان": "inhabitants",
    "محيط": "surroundings",
    "أطراف": "outskirts",
    "ضواحي": "suburbs",
    "قرب": "near",
    "شرق": "east of",
    "شرقي": "east of",
    "غرب": "west of",
    "غربي": "west of",
    "شمال": "north of",
    "شمالي": "north of",
    "جنوب": "south of",
    "جنوبي": "south of",
}

# A month's first word is enough: what follows it, "the first" or "the second", is a number.
_MONTHS = {name.split()[0]: f"month {number}" for name, number in MONTHS.items() if name[1] != " "}
FACTS = {place: place for place in FOREIGN_PLACES} | {
    fold(word): meaning for word, meaning in (NUMBERS | DAYS | _MONTHS | PLACES).items()
}
CUES = frozenset(map(fold, BEFORE_PLACES))
PREFIX = re.compile("^[وف]?(?:بال|كال|ال|لل|[بكل])?")
"""And, so; in the, like the, the, for the; in, like, for: written together with what follows."""


def fact(word: str) -> str | None:
    """Return one form of the folded ``word`` if it is a number, a day, a month or a known place, else None.

    >>> [fact(fold(word)) for word in ("12", "ثلاثة", "الثلاثاء", "وتموز", "وبالرقة", "ولبنان", "أوضح")]
    ['12', '3', 'Tuesday', 'month 7', 'Raqqa', 'Lebanon', None]
    """
    if any(map(str.isdigit, word)):
        return word
    # Some names begin like a prefix: "and Lebanon" is not "and for …".
    stems = (word, word.removeprefix("و"), PREFIX.sub("", word))
    return next((FACTS[stem] for stem in stems if stem in FACTS), None)


def is_before_place(word: str) -> bool:
    """Return whether the word after the folded ``word`` is likely to name a place.

    >>> [is_before_place(fold(word)) for word in ("ببلدة", "اجتماع")]
    [True, False]
    """
    return word in CUES or word[1:] in CUES
