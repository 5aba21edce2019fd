"""The names of months and weekdays that Arabic newsrooms print.

Every name is read in its folded spelling, so a missing hamza or dot needs no line of its own.
"""

MONTHS = {
    "كانون الثاني": 1,  # January, Levant
    "كانون ثاني": 1,
    "كانون الآخر": 1,
    "كانون التاني": 1,
    "كانون ثان": 1,
    "كانون 2": 1,
    "ك 2": 1,
    "شباط": 2,  # February, Levant
    "آذار": 3,  # March, Levant
    "نيسان": 4,  # April, Levant
    "أيار": 5,  # May, Levant
    "مايس": 5,  # May, Iraq
    "حزيران": 6,  # June, Levant
    "تموز": 7,  # July, Levant
    "آب": 8,  # August, Levant
    "أيلول": 9,  # September, Levant
    "تشرين الأول": 10,  # October, Levant
    "تشرين أول": 10,
    "تشرين 1": 10,
    "ت 1": 10,
    "تشرين الثاني": 11,  # November, Levant
    "تشرين ثاني": 11,
    "تشرين الآخر": 11,
    "تشرين التاني": 11,
    "تشرين ثان": 11,
    "تشرين 2": 11,
    "ت 2": 11,
    "كانون الأول": 12,  # December, Levant
    "كانون أول": 12,
    "كانون 1": 12,
    "ك 1": 12,
    "يناير": 1,  # January, Egypt and Gulf
    "فبراير": 2,  # February, Egypt and Gulf
    "فيراير": 2,
    "فيبراير": 2,
    "مارس": 3,  # March
    "أبريل": 4,  # April, Egypt and Gulf
    "مايو": 5,  # May, Egypt and Gulf
    "يونيو": 6,  # June, Egypt and Gulf
    "يونيه": 6,
    "يوليو": 7,  # July, Egypt and Gulf
    "يوليه": 7,
    "أغسطس": 8,  # August, Egypt and Gulf
    "أغسطوس": 8,
    "سبتمبر": 9,  # September
    "سبتنبر": 9,
    "أكتوبر": 10,  # October
    "أوكتوبر": 10,
    "نوفمبر": 11,  # November
    "نوفنبر": 11,
    "نوفمير": 11,
    "ديسمبر": 12,  # December
    "دسمبر": 12,
    "ديسنبر": 12,
    "جانفي": 1,  # January, Tunisia and Algeria
    "فيفري": 2,  # February, Tunisia and Algeria
    "أفريل": 4,  # April, Tunisia and Algeria
    "ماي": 5,  # May, Maghreb
    "جوان": 6,  # June, Tunisia and Algeria
    "جويلية": 7,  # July, Tunisia and Algeria
    "جويليا": 7,
    "جويلة": 7,
    "يوليوز": 7,  # July, Morocco
    "أوت": 8,  # August, Tunisia and Algeria
    "غشت": 8,  # August, Morocco
    "أغشت": 8,  # August, Mauritania
    "شتنبر": 9,  # September, Morocco
    "شتمبر": 9,  # September, Mauritania
    "نونبر": 11,  # November, Morocco
    "دجنبر": 12,  # December, Morocco
    "دجمبر": 12,  # December, Mauritania
}

FOREIGN_MONTHS = (
    "january jan janvier janv",
    "february feb février fevrier févr fevr fév fev",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug août aout",
    "september sept sep septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec décembre decembre déc",
)
"""The months in English and French, long and short, in their order."""

HIJRI_MONTHS = {
    "محرم": 1,
    "المحرم": 1,
    "محرم الحرام": 1,
    "صفر": 2,
    "ربيع الأول": 3,
    "ربيع أول": 3,
    "ربيع 1": 3,
    "ربيع الآخر": 4,
    "ربيع آخر": 4,
    "ربيع الثاني": 4,
    "ربيع ثاني": 4,
    "ربيع 2": 4,
    "جمادى الأولى": 5,
    "جمادى الأول": 5,
    "جمادى أولى": 5,
    "جمادى 1": 5,
    "جمادى الآخرة": 6,
    "جمادى الآخر": 6,
    "جمادى الثانية": 6,
    "جمادى الثاني": 6,
    "جمادى 2": 6,
    "رجب": 7,
    "شعبان": 8,
    "رمضان": 9,
    "رمضان المبارك": 9,
    "شوال": 10,
    "ذو القعدة": 11,
    "ذي القعدة": 11,
    "ذوالقعدة": 11,
    "ذو الحجة": 12,
    "ذي الحجة": 12,
    "ذوالحجة": 12,
}

WEEKDAYS = (
    "الأحد الاثنين الاتنين الثلاثاء الثلاثا الأربعاء الأربعا الخميس الجمعة السبت",
    "أحد اثنين ثلاثاء أربعاء خميس جمعة سبت",
    "sunday monday tuesday wednesday thursday friday saturday sun mon tue tues wed thu thur thurs fri sat",
    "dimanche lundi mardi mercredi jeudi vendredi samedi dim lun jeu ven sam",
)
"""Read, and ignored: a weekday that disagrees with the date proves nothing."""
