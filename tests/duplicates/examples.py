"""One article, its copies, and stories that look alike and are none."""

from random import Random

TITLE = "أهالي الشحيل يطالبون بإعادة تشغيل محطة المياه"

LEAD = "طالب عشرات من أهالي بلدة الشحيل الجهات المعنية بإعادة تشغيل محطة المياه المتوقفة منذ 40 يوماً."

PARAGRAPHS = (
    f"{LEAD} ونظم المحتجون وقفة أمام مبنى البلدية رفعوا فيها لافتات تندد بالتأخير.",
    "وقال المهندس خالد الحسين إن المضخة الرئيسية تعرضت لعطل كبير ولا تتوفر قطع بديلة في السوق المحلية.",
    "ويشتري السكان الماء من صهاريج بأسعار ترهق العائلات الفقيرة. ويبلغ ثمن الصهريج الواحد نحو 75 ألف ليرة.",
    "من جهته أوضح رئيس البلدية أن كتاباً رسمياً أرسل إلى مديرية المياه من أجل تأمين التمويل اللازم للصيانة.",
    "وتعود المحطة إلى القرن الماضي. وكانت منظمة إغاثية قد رممت خزاناتها ثم توقف المشروع بسبب نقص المنح.",
    "ويخشى الأطباء من انتشار أمراض معوية بين الأطفال مع اعتماد كثيرين على مياه النهر من دون تعقيم.",
)

TEXT = "\n\n".join(PARAGRAPHS)

OTHER_LEAD = "عاد ملف الخدمات إلى الواجهة في المنطقة الشرقية بعد أسابيع من الشكاوى التي لم تجد من يصغي إليها."

OTHER_TITLE = "عطل في المضخة يحرم آلاف العائلات من الشرب"

MORE = "وتخطط جمعية محلية لحفر ثلاث آبار ارتوازية على نفقة المغتربين خلال الصيف القادم."

BOILERPLATE = (
    "جميع الحقوق محفوظة ولا يسمح بإعادة نشر المواد من دون ذكر المصدر ووضع رابط مباشر إليها.",
    "للتواصل مع هيئة التحرير يمكنكم مراسلتنا عبر البريد أو عبر رقم الهاتف المخصص للشكاوى.",
)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def marked(letters: str) -> str:
    return "".join(f"{letter}\N{ARABIC FATHA}" if letter.isalpha() else letter for letter in letters)


COPIES: dict[str, tuple[str, str]] = {
    "under the same title": (TITLE, TEXT),
    "under another title": (OTHER_TITLE, TEXT),
    "with other harakat": (TITLE, marked(TEXT)),
    "with tatweel": (TITLE, TEXT.replace("ال", "الـــ")),
    "with other spellings": (TITLE, TEXT.translate(str.maketrans("أإةى", "ااهي"))),
    "with other digits": (TITLE, TEXT.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))),
    "with other stops": (TITLE, TEXT.replace(". ", "! ").replace(".", "")),
    "in one paragraph": (TITLE, TEXT.replace("\n\n", " ")),
}

NEAR_COPIES: dict[str, tuple[str, str]] = {
    "with an agency's header": (TITLE, f"دمشق - سانا: {TEXT}"),
    "with an agency's header above": (TITLE, text("نقلت وكالة الأنباء عن مراسلها في المنطقة", TEXT)),
    "with an agency's footer": (TITLE, text(TEXT, "المصدر: وكالة الأناضول")),
    "with a note in the first paragraph": (TITLE, TEXT.replace("يوماً.", "يوماً. (تحديث)")),
    "with a sentence reworded": (TITLE, TEXT.replace("وقال المهندس", "وصرح الفني").replace("لعطل كبير", "لضرر بالغ")),
    "with a number in words": (TITLE, TEXT.replace("منذ 40", "منذ أربعين")),
    "with a sentence replaced": (TITLE, text(*PARAGRAPHS[:3], MORE, *PARAGRAPHS[4:])),
    "with a paragraph more": (TITLE, text(*PARAGRAPHS[:2], MORE, *PARAGRAPHS[2:])),
    "with a paragraph less": (TITLE, text(*PARAGRAPHS[:2], *PARAGRAPHS[3:])),
    "without its lead": (TITLE, text(*PARAGRAPHS[1:])),
    "under another lead": (TITLE, text(OTHER_LEAD, *PARAGRAPHS[1:])),
    "with paragraphs in another order": (TITLE, text(*PARAGRAPHS[:2], PARAGRAPHS[3], PARAGRAPHS[2], *PARAGRAPHS[4:])),
    "cut to its first half": (TITLE, text(*PARAGRAPHS[:3])),
    "under another title and with a paragraph less": (OTHER_TITLE, text(*PARAGRAPHS[:4], PARAGRAPHS[5])),
}

STORIES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "exchange rates of two days": (
        (
            "أسعار الصرف اليوم",
            "سجل الدولار في السوق 14500 ليرة للشراء. وينصح المتعاملون بمراجعة أكثر من مكتب قبل الشراء.",
        ),
        (
            "أسعار الصرف اليوم",
            "سجل الدولار في السوق 14650 ليرة للشراء. وينصح المتعاملون بمراجعة أكثر من مكتب قبل الشراء.",
        ),
    ),
    "casualties in words": (
        ("حصيلة القصف", "قتل ثلاثة مدنيين وأصيب آخرون بقصف على الأحياء السكنية فجر اليوم بحسب مصادر طبية في المشفى."),
        ("حصيلة القصف", "قتل خمسة مدنيين وأصيب آخرون بقصف على الأحياء السكنية فجر اليوم بحسب مصادر طبية في المشفى."),
    ),
    "weather in two known cities": (
        ("حالة الطقس", "تشهد مدينة حمص أجواء غائمة مع أمطار متفرقة. ودعت الأرصاد السائقين إلى الحذر على الطرق."),
        ("حالة الطقس", "تشهد مدينة درعا أجواء غائمة مع أمطار متفرقة. ودعت الأرصاد السائقين إلى الحذر على الطرق."),
    ),
    "weather in two villages that no table knows": (
        ("حالة الطقس", "تشهد بلدة الطيانة أجواء غائمة مع أمطار متفرقة. ودعت الأرصاد السائقين إلى الحذر على الطرق."),
        ("حالة الطقس", "تشهد بلدة الزباري أجواء غائمة مع أمطار متفرقة. ودعت الأرصاد السائقين إلى الحذر على الطرق."),
    ),
    "notices of two days": (
        (
            "برنامج التقنين",
            "تعلن الشركة برنامج التقنين ليوم السبت. ويمكن تقديم الشكاوى عبر الرقم المجاني طوال أيام الأسبوع.",
        ),
        (
            "برنامج التقنين",
            "تعلن الشركة برنامج التقنين ليوم الأحد. ويمكن تقديم الشكاوى عبر الرقم المجاني طوال أيام الأسبوع.",
        ),
    ),
    "one template with two subjects": (
        (
            "تعيين سعاد مديرة للتربية",
            "تسلمت سعاد مهام عملها صباح اليوم في مبنى المديرية. وعملت سعاد قبل ذلك معلمة. " + text(*PARAGRAPHS[1:3]),
        ),
        (
            "تعيين نوال مديرة للتربية",
            "تسلمت نوال مهام عملها صباح اليوم في مبنى المديرية. وعملت نوال قبل ذلك معلمة. " + text(*PARAGRAPHS[1:3]),
        ),
    ),
    "a sequel that repeats the background": (
        (TITLE, TEXT),
        ("وفد حكومي يزور محطة المياه", text(OTHER_LEAD, MORE, "ووعد الوفد بصرف مبلغ إسعافي.", *PARAGRAPHS[4:])),
    ),
    "short items above the site's own words": (
        (
            "وفاة شاعر معروف",
            text("توفي الشاعر إبراهيم العلي عن عمر ناهز التسعين عاماً بعد صراع مع المرض.", *BOILERPLATE),
        ),
        ("افتتاح معرض الكتاب", text("يفتتح غداً معرض الكتاب السنوي بمشاركة دور نشر عربية وأجنبية كثيرة.", *BOILERPLATE)),
    ),
    "videos with the same few words": (
        ("شاهد: الاحتجاجات في المدينة", "فيديو خاص"),
        ("شاهد: فيضان النهر", "فيديو خاص"),
    ),
    "pictures without a word": (("صورة اليوم", ""), ("صورة اليوم", "")),
    "posts without title or text": (("", ""), ("", "")),
}


def babble(seed: int) -> str:
    letters = Random(seed)  # noqa: S311  (no secret)
    return " ".join("".join(letters.choices("بتجحدرسصطعفقكلمنه", k=5)) for _ in range(25)) + "."


def bulletin(day: int) -> str:
    return text(
        f"سجل سعر صرف الدولار في السوق {14000 + 7 * day} ليرة للشراء و{14100 + 11 * day} ليرة للمبيع وفق متعاملين.",
        "وتتأثر الأسعار بحركة الحوالات وبقرارات المصرف المركزي وبحجم الطلب على القطع الأجنبي.",
        f"ووصل غرام الذهب إلى {800000 + 13 * day} ليرة من دون حساب أجور الصياغة.",
        "وينصح المتعاملون بمراجعة أكثر من مكتب قبل الشراء لأن الفروق بين المكاتب كبيرة.",
    )
