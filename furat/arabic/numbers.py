"""Numbers that date lines print in words: days of a month, hours of a day, counts of units of time."""

_FIRST = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]
_TEEN = ["الحادي", *_FIRST[1:9]]
_TENS = {"عشر": (10, ""), "العشرين": (20, "و"), "العشرون": (20, "و"), "الثلاثين": (30, "و"), "الثلاثون": (30, "و")}

DAY_NUMBERS = (
    {name: number for number, name in enumerate(_FIRST, start=1)}
    | {"غرة": 1, "الفاتح": 1, "الواحد": 1, "العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30}
    | {
        f"{unit} {spaced}": tens + number
        for name, (tens, joiner) in _TENS.items()
        for number, unit in [*enumerate(_TEEN, start=1), (1, "الواحد")]
        for spaced in (f"{joiner}{name}", f"{joiner} {name}".strip())
    }
)
"""Days of a month: «الثاني عشر», «الحادي والعشرين». Numbers above 31 are listed too, and rejected as dates."""

HOURS = {
    "الأولى": 1,
    "الواحدة": 1,
    "الثانية": 2,
    "الثالثة": 3,
    "الرابعة": 4,
    "الخامسة": 5,
    "السادسة": 6,
    "السابعة": 7,
    "الثامنة": 8,
    "التاسعة": 9,
    "العاشرة": 10,
    "الحادية عشرة": 11,
    "الحادية عشر": 11,
    "الثانية عشرة": 12,
    "الثانية عشر": 12,
}
"""Hours, as in «الساعة الخامسة»."""

FRACTIONS = {
    "والنصف": 30,
    "و النصف": 30,
    "ونصف": 30,
    "والربع": 15,
    "و الربع": 15,
    "وربع": 15,
    "والثلث": 20,
    "وثلث": 20,
    "إلا ربعا": -15,
    "إلا ربع": -15,
    "إلا الربع": -15,
    "إلا ثلثا": -20,
    "إلا ثلث": -20,
    "وخمس دقائق": 5,
    "وعشر دقائق": 10,
    "وعشرين دقيقة": 20,
    "وخمس وعشرين دقيقة": 25,
    "وخمس وثلاثين دقيقة": 35,
    "وأربعين دقيقة": 40,
    "وخمسين دقيقة": 50,
    "إلا خمس دقائق": -5,
    "إلا عشر دقائق": -10,
}
"""Minutes after (or, negative, before) an hour in words."""

_ONES = [
    ("واحد", "واحدة", "إحدى"),
    ("اثنين", "اثنان", "اثنتين", "اثنتان"),
    ("ثلاث", "ثلاثة"),
    ("أربع", "أربعة"),
    ("خمس", "خمسة"),
    ("ست", "ستة"),
    ("سبع", "سبعة"),
    ("ثماني", "ثمان", "ثمانية"),
    ("تسع", "تسعة"),
]
_ROUND = {"عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "أربعين": 40, "أربعون": 40, "خمسين": 50, "خمسون": 50}

COUNTS = (
    {name: number for number, names in enumerate(_ONES, start=1) for name in names}
    | {"عشر": 10, "عشرة": 10, "أحد عشر": 11, "أحد عشرة": 11, "اثني عشر": 12, "اثنا عشر": 12, "اثنتي عشرة": 12}
    | {
        f"{name} {ten}": 10 + number
        for number, names in enumerate(_ONES, start=1)
        for name in names
        for ten in ("عشر", "عشرة")
    }
    | _ROUND
    | {
        f"{name} و{ten}": tens + number
        for number, names in enumerate(_ONES, start=1)
        for name in names
        for ten, tens in _ROUND.items()
    }
    | {
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
    }
    | {
        "un": 1,
        "une": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
    }
)
"""Counts before a unit of time."""

YEARS = {
    f"{thousands} و{name}": 2000 + number
    for thousands in ("ألفين", "ألفان")
    for name, number in COUNTS.items()
    if not name.isascii()
}
"""Years, as courts and registries write them out: «سنة ألفين وثلاثة وعشرين»."""
