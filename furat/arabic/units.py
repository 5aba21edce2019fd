"""Units of time and the words around them in «منذ 3 ساعات», in Arabic, English and French."""

UNITS = {
    "ثانية": ("seconds", 1),
    "ثانيتين": ("seconds", 2),
    "ثانيتان": ("seconds", 2),
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
"""Units of time with the number they imply: 0 for a plural, which needs a number."""

_FOREIGN = {
    "seconds": ("second sec seconde", "seconds secs secondes"),
    "minutes": ("minute min", "minutes mins m"),
    "hours": ("hour hr heure", "hours hrs h heures"),
    "days": ("day jour", "days d jours"),
    "weeks": ("week semaine", "weeks w semaines"),
    "months": ("month", "months mois"),
    "years": ("year yr an année", "years yrs ans années"),
}
UNITS |= {
    name: (unit, count)
    for unit, (one, many) in _FOREIGN.items()
    for count, names in ((1, one), (0, many))
    for name in names.split()
}

PARTS = {"نصف": 30, "النصف": 30, "ربع": 15, "الربع": 15, "ثلث": 20, "الثلث": 20, "half": 30, "quarter": 15, "demi": 30}
"""Minutes of a part of an hour."""

BEFORE = ("منذ", "قبل", "il y a")
BEHIND = ("مضت", "مضى", "خلت", "ago")
ROUGHLY = ("حوالي", "نحو", "قرابة", "زهاء", "ما يقارب", "ما يقرب من", "about", "around", "environ", "près de")
NOW = (
    "الآن",
    "للتو",
    "just now",
    "right now",
    "now",
    "moments ago",
    "a moment ago",
    "seconds ago",
    "few seconds ago",
    "a few seconds ago",
    "less than a minute ago",
    "à l instant",
    "il y a un instant",
    "il y a quelques secondes",
    *(
        f"{before} {moments}"
        for before in ("منذ", "قبل")
        for moments in ("لحظات", "لحظة", "ثوان", "ثواني", "بضع ثوان", "ثوان قليلة", "أقل من دقيقة")
    ),
)

LAST_PERIODS = {
    "الأسبوع الماضي": "weeks",
    "الأسبوع الفائت": "weeks",
    "الأسبوع المنصرم": "weeks",
    "الشهر الماضي": "months",
    "الشهر الفائت": "months",
    "الشهر المنصرم": "months",
    "last week": "weeks",
    "last month": "months",
    "la semaine dernière": "weeks",
    "semaine dernière": "weeks",
    "le mois dernier": "months",
    "mois dernier": "months",
}
"""Periods before the present one; a year alone is no date."""
