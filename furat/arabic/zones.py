"""Time zones as date lines name them: by an offset's name, or by the city or country whose time it is."""

_NAMES = {
    0: """
        غرينتش جرينتش غرينيتش جرينيتش كرينتش غرنتش الغرينتش غرينتش_الرسمي تغ ت_غ العالمي العالمي_الموحد العالمي_المنسق
        ت_ع_م غرب_أوروبا_الرسمي gmt utc ut wet coordinated_universal_time greenwich_mean_time
        temps_universel_coordonné tu
    """,
    1: """
        غرب_أوروبا_الصيفي وسط_أوروبا_الرسمي بريطانيا_الصيفي غرب_أفريقيا_الرسمي cet west british_summer_time
        central_european_standard_time heure_normale_d_europe_centrale hec
    """,
    2: """
        وسط_أوروبا_الصيفي شرق_أوروبا_الرسمي جنوب_أفريقيا إسرائيل_الرسمي cest eet
        central_european_summer_time eastern_european_standard_time israel_standard_time
        heure_d_été_d_europe_centrale heure_normale_d_europe_de_l_est
    """,
    3: """
        شرق_أوروبا_الصيفي العربي_الرسمي شرق_أفريقيا إسرائيل_الصيفي موسكو_الرسمي eest msk trt ksa arabian_standard_time
        arabia_standard_time eastern_european_summer_time israel_daylight_time moscow_standard_time east_africa_time
        heure_d_été_d_europe_de_l_est heure_normale_de_l_arabie heure_normale_de_moscou
    """,
    4: "توقيت_الخليج بتوقيت_الخليج توقيت_الخليج_الرسمي gst gulf_standard_time heure_du_golfe",
    5: "باكستان_الرسمي pakistan_standard_time",
    -4: "الصيفي_الشرقي_لأمريكا_الشمالية edt hee eastern_daylight_time",
    -5: "الرسمي_الشرقي_لأمريكا_الشمالية est hne cdt eastern_standard_time central_daylight_time",
    -6: "الرسمي_المركزي_لأمريكا_الشمالية cst mdt central_standard_time mountain_daylight_time",
    -7: "المحيط_الهادي_الصيفي mst pdt mountain_standard_time pacific_daylight_time",
    -8: "المحيط_الهادي_الرسمي pst pacific_standard_time",
}
OFFSETS = {name.replace("_", " "): hours for hours, names in _NAMES.items() for name in names.split()}
"""Zones with a fixed offset; «AST» is missing because it means both Arabia and Atlantic Canada."""

ZONES = {
    "المحلي": "",  # local: no zone is printed
    "السوري": "Asia/Damascus",
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
    "أمريكا الشرقية": "America/New_York",
    "واشنطن": "America/New_York",
    "نيويورك": "America/New_York",
}
