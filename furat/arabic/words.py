"""The vocabulary of date lines: each word with its class and value.

A class is one letter, and the classes of a line's words spell its shape, which
`furat.arabic.grammar` describes: "نشر في 25 تموز 2024" is `llnmy`.
"""

import re
from collections.abc import Iterator

from furat.arabic.gazetteer import ABROAD
from furat.arabic.months import (
    FOREIGN_HIJRI_MONTHS,
    FOREIGN_MONTHS,
    HIJRI_MONTHS,
    MONTHS,
    NEIGHBOURS_MONTHS,
    SHORT_WEEKDAYS,
    SOLAR_MONTHS,
    WEEKDAYS,
)
from furat.arabic.numbers import DAY_NUMBERS, FRACTIONS, HOURS, YEARS
from furat.arabic.places import NEWSROOM_HEADS, NEWSROOM_TAILS, NEWSROOMS, PLACES
from furat.arabic.text import fold
from furat.arabic.zones import OFFSETS, ZONES

LABELS = """
    تاريخ نشر نشرت نشره نشرها النشر منشور منشورة تم في بتاريخ التاريخ كتابة الكتابة أضيف أضيفت إضافة الإضافة
    أرسل حرر حررت التحرير صدر صدرت الإصدار أنشئ إنشاء الإنشاء إنشاؤه أدرج الإدراج بث البث فيه الواقع نسخة صادر
    تحريرا أنشأ مرسل مرسلة أرسلت ارسال جلسة الجلسة مباشرة مباشر العرض_الأول رفع الرفع تاريخ_العرض
    تاريخ_العرض_الأول المقال المقالة مقال مقالة الخبر الموضوع التدوينة المنشور تاريخ_المادة تاريخ_التقرير
    تاريخ_البيان تاريخ_الفيديو أول_مرة لأول_مرة اليوم_والتاريخ والتاريخ تاريخ_الحلقة الأخير منتشر_شده_در هذا هذه
    والنشر يوم يومه بيوم ليوم نهار وقت ووقت الوقت published posted written created released publish premiered issued
    لهذه_الصفحة هذه_الصفحة كان كانت streamed aired uploaded recorded broadcast live first on at date post
    الحكم علنا مكرر مكررا تابع التوقيع الصدور الإيداع النطق_بالحكم إنه بجلسة باسم_الشعب باسم_الشعب_العربي اعتمد
    اعتمدت أقر أقرت وقع وقعت سجل سجلت أودع أودعت ورد وردت عمم عممت دخل_حيز_التنفيذ دخلت_حيز_التنفيذ بدأ_النفاذ
    مراجعة المراجعة آخر_مراجعة تمت اطلع_عليه اطلع_عليها الاطلاع تاريخ_الاطلاع تاريخ_الدخول البث المباشر أجري أجريت
    بالجلسة المنعقدة
    article story entry le à publié publie publiée posté mis mise en ligne du um vom veröffentlicht
    veröffentlicht_am datum انتشار تاريخ_نشر originally publication date_of_publication posted_on créé créée
"""
UPDATES = """
    تحديث التحديث والتحديث محدث محدثة updated update modified edited revised jour modifié modifie
    محين محينة تحيين التحيين
"""
LAST = (
    *("آخر تحديث", "آخر تعديل", "تاريخ التعديل", "تم التعديل", "عدل في", "عدلت في"),
    *("last updated", "last update", "last modified", "dernière mise à jour"),
)
FILLERS = "من شهر لشهر الشهر of de ي"
"""Stand between the parts of a date: «12 من شهر آذار», «الـ12 من تموز», in Kurdish «12ی ئازار»."""

YEAR_WORDS = "عام العام لعام للعام سنة السنة لسنة للسنة year"

DAY_PARTS = {
    "ص": "am",
    "صباحا": "am",
    "صباح": "am",
    "الصباح": "am",
    "الصبح": "am",
    "قبل الظهر": "am",
    "قبل ظهر": "am",
    "فجرا": "am",  # at dawn
    "فجر": "am",
    "ضحى": "am",
    "سحرا": "am",
    "بعد منتصف الليل": "am",  # after midnight
    "مساء": "pm",
    "مساءا": "pm",
    "المساء": "pm",
    "عصرا": "pm",  # in the afternoon
    "عصر": "pm",
    "بعد الظهر": "pm",
    "بعد ظهر": "pm",
    "ظهرا": "noon",
    "ظهر": "noon",
    "ظ": "noon",
    "ليلا": "night",
    "ليل": "night",
    "منتصف الليل": "night",
    "am": "am",
    "pm": "pm",
    "morning": "am",
    "afternoon": "pm",
    "evening": "pm",
    "matin": "am",
    "soir": "pm",
}

ERAS = {
    "ميلادي": "gregorian",
    "ميلادية": "gregorian",
    "للميلاد": "gregorian",
    "ه": "lunar",
    "ah": "lunar",
    "ce": "gregorian",
    "ad": "gregorian",
    "هجري": "lunar",
    "هجرية": "lunar",
    "للهجرة": "lunar",
    "من الهجرة": "lunar",
    "هجري قمري": "lunar",
    "قمري": "lunar",
    "ق": "lunar",
    "هجري شمسي": "solar",
    "هجرية شمسية": "solar",
    "شمسي": "solar",
    "خورشيدي": "solar",
    "ه ش": "solar",
}
"""Eras and calendars printed after a year."""

DOTTED = {
    "a.m": ("a", "am"),
    "p.m": ("a", "pm"),
    "ق.ظ": ("a", "am"),
    "ب.ظ": ("a", "pm"),
    "ه.ق": ("e", "lunar"),
    "avant-hier": ("d", 2),
    "mar.": ("w", 2),
}
"""Abbreviations with dots, to which those of `WORDS` are added («أ.ف.ب»), a word with a hyphen, and the French «mar.»,
which is Tuesday before a day and a month."""

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
    "قبل أمس": 2,
    "قبل البارحة": 2,
    "قبل يوم أمس": 2,
    "today": 0,
    "yesterday": 1,
    "aujourd hui": 0,
    "hier": 1,
    "the day before yesterday": 2,
}

NEARNESS = {
    "الماضي": 1,
    "الماضية": 1,
    "الفائت": 1,
    "الفائتة": 1,
    "المنصرم": 1,
    "المنصرمة": 1,
    "last": 1,
    "dernier": 1,
    "dernière": 1,
    "الجاري": 0,
    "الحالي": 0,
    "هذا الشهر": 0,
    "courant": 0,
}
"""How many periods ago: «الثلاثاء الماضي», «12 تموز الجاري»."""

COUNTED = """
    مشاهدة مشاهدات المشاهدات المشاهدة مشاهد قراءة قراءات القراءات القراءة للقراءة تعليق تعليقا تعليقات التعليقات
    زيارة زيارات الزيارات مشاركة مشاركات المشاركات إعجاب إعجابات زائر مرة مرات شوهد شوهدت قرئ دقيقة دقائق د ثانية
    ثواني ألف مليون عدد_المشاهدات عدد_القراءات عدد_الزيارات عدد_التعليقات عدد_مرات_القراءة وقت_القراءة
    زمن_القراءة مدة_القراءة view views comment comments read reads reading time min mins minute minutes share
    shares like likes hit hits k commentaire commentaires vue vues lecture partages kommentar kommentare القراء
    عدد_القراء عدد_المشاهدين عدد_الزوار زوار قارئ قارئا متابع تمت_مشاهدته تمت_قراءته تمت_القراءة مشاهدا
"""
UNCOUNTED = """
    لا_تعليقات لا_تعليق لا_توجد_تعليقات لا_يوجد_تعليقات بدون_تعليقات بدون_تعليق أضف_تعليق أضف_تعليقا اترك_تعليقا
    اكتب_تعليقا دقيقة_واحدة دقيقتان دقيقتين تعليقان مشاهدتان no_comments leave_a_comment add_comment
    leave_a_reply one_comment aucun_commentaire keine_kommentare مشاهدة_واحدة تعليق_واحد قراءة_واحدة
    مشاركة_واحدة شارك طباعة بلا_تعليقات انسخ_الرابط نسخ_الرابط شارك_الخبر مشاركة_الخبر طباعة_الخبر استمع استماع
    copy_link print listen
"""
"""What pages print after a date: counts of readers and comments, reading times, buttons."""

OTHERS = {
    "p": "م",  # of the evening, or of the Christian era
    "q": "الموافق الموافقة للموافق موافق الموافقه المصادف المصادفة ل ل_يوم corresponding",  # the same day otherwise
    "s": "الساعة ساعة على_الساعة عند_الساعة في_الساعة في_تمام_الساعة تمام_الساعة عند_تمام_الساعة والساعة ساعت",
    "t": "بتوقيت توقيت بالتوقيت التوقيت حسب_توقيت حسب_التوقيت وفق_توقيت",
    "k": "على عند",  # at an hour
    "H": "h سا",
    "A": "ال the",  # of a number: «الـ25»
    "&": "و",  # between an hour and its minutes
    "o": "er st nd rd th ê an uhr hrs hours",  # of an ordinal: 1er, 25th; of an hour
    "E": "إلى حتى وحتى لغاية to until till au bis",  # between two days
    "G": "بين between",  # before two days
    "I": "العدد عدد رقم_العدد العدد_رقم issue",
    "W": "كتب كتبت كتبه كتبته بقلم تحرير إعداد أعدها أعده",  # the author's name may follow a colon
    "B": "بواسطة صدر_عن صدرت_عن صادر_عن صادرة_عن بيان_صادر_عن تصريح_صادر_عن بلاغ_صادر_عن بيان_من بلاغ_من"
    " by written_by posted_by published_by submitted_by par von أرسله أرسلها",
}
"""The words of the other classes; an underscore joins the words of one name."""


def _vocabulary() -> Iterator[tuple[str, str, int | str | None]]:
    yield from ((f"و{name}", "l", None) for name in LABELS.split() if not name.isascii())  # «وحرر في», "and written on"
    for kind, names in (
        *OTHERS.items(),
        ("l", LABELS),
        ("u", UPDATES),
        ("v", FILLERS),
        ("Y", YEAR_WORDS),
    ):
        yield from ((name, kind, "pm" if kind == "p" else None) for name in names.split())
    homes = {*PLACES.split(), *ABROAD.split(), *ZONES} - {"بورصة"}  # Bursa is also a stock exchange
    yield from ((name, "g", None) for place in homes for name in {place, re.sub("^(?=[ء-ي])", "ب", place)})
    for kind, names in (("r", NEWSROOMS), ("R", NEWSROOM_HEADS), ("T", NEWSROOM_TAILS)):
        yield from ((name, kind, None) for name in names.split())
    yield from ((name, kind, None) for kind, names in (("V", COUNTED), ("K", UNCOUNTED)) for name in names.split())
    yield from ((name, "u", None) for name in LAST)
    yield from ((name, "w", None) for name in SHORT_WEEKDAYS.split())
    for kind, lists in (("w", WEEKDAYS), ("m", FOREIGN_MONTHS), ("m", NEIGHBOURS_MONTHS), ("h", FOREIGN_HIJRI_MONTHS)):
        for value, names in enumerate(lists, start=1):
            yield from ((name, kind, value) for name in names.split())
    for kind, table in TABLES.items():
        yield from ((name, kind, value) for name, value in table.items())


TABLES: dict[str, dict[str, int] | dict[str, str]] = {
    "N": DAY_NUMBERS,
    "y": YEARS,
    "O": HOURS,
    "F": FRACTIONS,
    "m": MONTHS,
    "h": HIJRI_MONTHS,
    "f": SOLAR_MONTHS,
    "a": DAY_PARTS,
    "e": ERAS,
    "c": ZONES,
    "z": OFFSETS,
    "d": DAYS_AGO,
    "D": NEARNESS,
}

LABEL_WORDS = [*LABELS.split(), *OTHERS["W"].split(), *UPDATES.split(), *LAST]
WORDS = {fold(name.replace("_", " ")): (kind, value) for name, kind, value in _vocabulary()}
DOTTED |= {name.replace(" ", "."): meaning for name, meaning in WORDS.items() if re.fullmatch(r"\D(?: \D)+", name)}
OPENERS = {" ".join(words[:count]) for words in map(str.split, WORDS) for count in range(1, len(words))}
"""The beginnings of names of several words."""
