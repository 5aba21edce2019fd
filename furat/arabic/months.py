"""The names of months and weekdays that Arabic newsrooms print.

Names are compared in folded spelling; variants without a hamza or a dot need no entry.
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
    "تشري الأول": 10,  # as Moment.js spells it for Palestine
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
    "سيبتمبر": 9,
    "أكتوبر": 10,  # October
    "أوكتوبر": 10,
    "نوفمبر": 11,  # November
    "نوفنبر": 11,
    "نوفمير": 11,
    "ديسمبر": 12,  # December
    "دسمبر": 12,
    "ديسنبر": 12,
    "ديسيمبر": 12,
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
    "نوفيمبر": 11,
    "نونبر": 11,  # November, Morocco
    "دجنبر": 12,  # December, Morocco
    "دجمبر": 12,  # December, Mauritania
}

FOREIGN_MONTHS = (
    "january jan janvier janv januar",
    "february feb février fevrier févr fevr fév fev februar",
    "march mar mars märz",
    "april apr avril avr",
    "may mai",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug août aout",
    "september sept sep septembre",
    "october oct octobre oktober okt",
    "november nov novembre",
    "december dec décembre decembre déc dezember dez",
)
"""English, French and German month names, long and short, January first."""

NEIGHBOURS_MONTHS = (
    "ocak oca rêbendan rêbendana كانووني_دووەم كانووني_دووەمي كانوني_دووەم جنوري ژانويه ينا",
    "şubat şub sibat sibata شوبات شوباتي فروري فوريه فبر فيف",
    "mart adar adara ئازار ئازاري مارچ",
    "nisan nis nîsan nîsana نيساني اپريل آوريل أبر أفر",
    "mayıs gulan gulana ئايار ئاياري مئي",
    "haziran haz hezîran hezîrana حوزەيران حوزەيراني جون ژوئن يون",
    "temmuz tem tîrmeh tîrmeha تەمووز تەمووزي جولائي ژوئيه يول جوي",
    "ağustos ağu tebax tebaxa ئاب ئابي اگست أغس",
    "eylül eyl îlon îlona ئەيلوول ئەيلوولي ستمبر سپتامبر شتن",
    "ekim eki cotmeh cotmeha تشريني_يەكەم تشريني_يەكەمي اكتبر أكت",
    "kasım kas mijdar mijdara تشريني_دووەم تشريني_دووەمي نومبر نوامبر",
    "aralık ara berfanbar berfanbara كانوني_يەكەم كانوني_يەكەمي كانووني_يەكەم كانووني_يەكەمي دسامبر ديس دجن",
)
"""Turkish, Kurdish (with genitives) and some Urdu and Persian month names, January first, and Arabic ones as programs
shorten them: «أغسـ», but not «سبتـ», «جانـ» and «نوفـ», which are a weekday and names of persons."""

FIRST = ("الأول", "أول", "1")
SECOND = ("الآخر", "آخر", "الثاني", "ثاني", "2")
JUMADA = {5: ("الأولى", "أولى", *FIRST), 6: ("الآخرة", "آخرة", "الثانية", "ثانية", *SECOND)}
"""Which of two months of one name in the Hijri year."""

SACRED = {1, 7, 11, 12}
"""The months that may be called «الحرام»."""

HIJRI_MONTHS = {
    "محرم": 1,
    "المحرم": 1,
    "صفر": 2,
    "صفر الخير": 2,
    **{f"ربيع {which}": 3 for which in FIRST},
    **{f"ربيع {which}": 4 for which in SECOND},
    **{f"{name} {which}": month for month in JUMADA for name in ("جمادى", "جماد") for which in JUMADA[month]},
    "رجب": 7,
    "رجب الفرد": 7,
    "رجب الأصب": 7,
    "شعبان": 8,
    "شعبان المعظم": 8,
    "رمضان": 9,
    "رمضان المبارك": 9,
    "رمضان الكريم": 9,
    "شوال": 10,
    "شوال المكرم": 10,
    "ذو القعدة": 11,
    "ذي القعدة": 11,
    "ذوالقعدة": 11,
    "ذيالقعدة": 11,
    "ذو قعدة": 11,
    "ذو الحجة": 12,
    "ذي الحجة": 12,
    "ذوالحجة": 12,
    "ذو حجة": 12,
}
HIJRI_MONTHS |= {f"{name} الحرام": month for name, month in HIJRI_MONTHS.items() if month in SACRED}

FOREIGN_HIJRI_MONTHS = (
    "muharram",
    "safar",
    "rabi_al_awwal rabi_i",
    "rabi_al_thani rabi_al_akhir rabi_ii",
    "jumada_al_awwal jumada_al_ula jumada_i",
    "jumada_al_thani jumada_al_akhirah jumada_ii",
    "rajab",
    "shaban sha_ban",
    "ramadan ramadhan",
    "shawwal",
    "dhu_al_qadah dhu_al_qa_dah dhul_qadah",
    "dhu_al_hijjah dhul_hijjah",
)
"""Hijri month names in Latin letters, Muharram first."""

SOLAR_MONTHS = {
    "فروردين": 1,
    "فرفردن": 1,
    "أرديبهشت": 2,
    "أذربيهشت": 2,
    "خرداد": 3,
    "تير": 4,
    "تار": 4,
    "مرداد": 5,
    "أمرداد": 5,
    "شهريور": 6,
    "شهرفار": 6,
    "مهر": 7,
    "آبان": 8,
    "آيان": 8,
    "آذر": 9,
    "دي": 10,
    "بهمن": 11,
    "أسفند": 12,
    "اسفندار": 12,
    "حمل": 1,  # Afghanistan
    "ثور": 2,
    "جوزا": 3,
    "سرطان": 4,
    "اسد": 5,
    "سنبله": 6,
    "ميزان": 7,
    "عقرب": 8,
    "قوس": 9,
    "جدي": 10,
    "دلو": 11,
    "حوت": 12,
}
"""The months of the Solar Hijri calendar as Iran and Afghanistan name them, and as CLDR spells them in Arabic."""

WEEKDAYS = (
    "الاثنين الاتنين الإثنين monday lundi montag دوشنبه دو_شنبه pazartesi duşem دووشەممە",
    "الثلاثاء الثلاثا الثلثاء tuesday mardi dienstag سه_شنبه سهشنبه salı sêşem سێشەممە",
    "الأربعاء الأربعا wednesday mercredi mittwoch چهارشنبه چهار_شنبه çarşamba çarşem چوارشەممە",
    "الخميس thursday jeudi donnerstag پنجشنبه پنج_شنبه perşembe pêncşem پێنجشەممە",
    "الجمعة friday vendredi freitag cuma هەيني ھەيني",
    "السبت saturday samedi samstag شنبه cumartesi şemî شەممە",
    "الأحد sunday dimanche sonntag يكشنبه يك_شنبه pazar yekşem يەكشەممە",
)
"""Monday first. A weekday beside a date is ignored, even one that disagrees with it."""

SHORT_WEEKDAYS = """
        mer pzt sal çar per cum cmt paz أحد اثنين اتنين إثنين ثلاثاء أربعاء خميس جمعة سبت mo di mi do so sun mon tue
    tues wed thu thur thurs fri sat dim     lun jeu ven sam
"""
"""Too short or too ambiguous to mean a day without a date beside them."""
