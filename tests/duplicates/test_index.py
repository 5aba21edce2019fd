from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.duplicates import DuplicateIndex, Match
from furat.duplicates.candidates import CHECKED, COMMON
from furat.duplicates.keeper import Keeper, Memory
from furat.duplicates.keys import line_keys, run_keys
from furat.duplicates.signature import sign, spelled
from furat.store import Store, signatures

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


@pytest.mark.parametrize("title, copy", COPIES.values(), ids=COPIES)
def test_exact_copy(title: str, copy: str) -> None:
    index = DuplicateIndex()
    index.add("first", TITLE, TEXT)

    assert index.add("second", title, copy) == Match("first", "exact", 1.0)


@pytest.mark.parametrize("title, copy", NEAR_COPIES.values(), ids=NEAR_COPIES)
@pytest.mark.parametrize("copy_comes_first", [False, True])
def test_near_copy_in_either_order(title: str, copy: str, copy_comes_first: bool) -> None:
    articles = [(TITLE, TEXT), (title, copy)]
    index = DuplicateIndex()
    index.add("first", *articles[copy_comes_first])
    match = index.add("second", *articles[not copy_comes_first])

    assert match is not None
    assert (match.of, match.kind) == ("first", "near")
    assert 0.4 < match.similarity <= 1


@pytest.mark.parametrize("one, other", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("turned", [False, True])
def test_stories_that_look_alike_stay_apart(one: tuple[str, str], other: tuple[str, str], turned: bool) -> None:
    index = DuplicateIndex()
    index.add("1", *(other if turned else one))

    assert index.add("2", *(one if turned else other)) is None


def test_short_text_is_the_same_under_the_same_title_only() -> None:
    title, caption = "نازحون على الطريق الدولي قرب مدينة سراقب شمال البلاد", "تصوير مراسلنا في المنطقة"
    index = DuplicateIndex()
    index.add("1", title, caption)

    assert index.add("2", title, caption) == Match("1", "exact", 1.0)
    assert index.add("3", "افتتاح معرض للزهور في حديقة المدينة الكبرى وسط حضور رسمي", caption) is None


def test_copy_of_a_bulletin_is_found_in_its_series() -> None:
    index = DuplicateIndex()
    for day in range(1, 28):
        assert index.add(f"day {day}", "أسعار الصرف", bulletin(day)) is None
    match = index.add("copy", "أسعار الصرف", text("دمشق - سانا", bulletin(9)))

    assert match is not None
    assert match.of == "day 9"


def test_long_text_is_a_copy_with_one_fact_corrected() -> None:
    long = text(TEXT, *(babble(seed) for seed in range(4)))
    index = DuplicateIndex()
    index.add("1", TITLE, long)

    assert index.add("2", TITLE, long.replace("75 ألف", "80 ألف")) is not None
    assert index.add("3", TITLE, long.replace("75 ألف", "80 ألف").replace("40 يوماً", "50 يوماً")) is None


def test_sites_own_words_make_no_copy_once_they_are_known() -> None:
    tail = text(*PARAGRAPHS[1:])
    items = [(babble(seed), text(babble(seed + 10), babble(seed + 20), tail)) for seed in range(COMMON)]
    latest = items[0][0], text(MORE, tail)
    index = DuplicateIndex()
    before = [index.add(str(number), *item) for number, item in enumerate(items[:-1])]

    assert index.add("taken for a copy", *latest) is not None
    assert [*before, index.add("one more", *items[-1])] == [None] * COMMON
    assert index.add("news", *latest) is None


def test_every_copy_is_linked_to_the_first_article_of_the_cluster() -> None:
    index = DuplicateIndex()
    index.add("first", TITLE, TEXT)
    matches = [index.add(name, *article) for name, article in (NEAR_COPIES | COPIES).items()]

    assert {match.of for match in matches if match is not None} == {"first"}
    assert None not in matches


def test_copy_of_a_copy_that_is_no_copy_of_the_first_is_news() -> None:
    index = DuplicateIndex()
    extra = [f"{MORE} {letter}" for letter in "أبجدهوزح"]
    index.add("first", TITLE, TEXT)
    near = index.add("near", TITLE, text(*PARAGRAPHS, *extra[:5]))
    far = index.add("far", OTHER_TITLE, text(OTHER_LEAD, *PARAGRAPHS[4:], *extra))

    assert near is not None
    assert far is None


def test_article_is_no_copy_of_itself() -> None:
    index = DuplicateIndex()
    index.add("1", TITLE, TEXT)

    assert index.add("1", TITLE, TEXT) is None
    assert index.add("2", TITLE, TEXT) == Match("1", "exact", 1.0)


def test_earlier_state_of_an_article_is_forgotten() -> None:
    index = DuplicateIndex()
    index.add("1", TITLE, TEXT)
    index.add("1", "تقرير آخر", text(OTHER_LEAD, MORE, *BOILERPLATE))

    assert index.add("2", TITLE, TEXT) is None
    assert index.add("3", *NEAR_COPIES["with a paragraph less"]) is not None


def test_series_of_bulletins_costs_the_same_at_any_length() -> None:
    class Counting(Memory):
        looks = 0

        def signature(self, id: str) -> str | None:
            self.looks += 1
            return super().signature(id)

    keeper = Counting()
    index = DuplicateIndex(keeper)
    for day in range(300):
        before = keeper.looks
        index.add(str(day), "أسعار الصرف", bulletin(day))
        # One look is for an earlier state of the same article.
        assert keeper.looks - before <= CHECKED + 1


def test_rows_of_an_article_are_small() -> None:
    signature = sign(spelled(TITLE, text(*[TEXT.replace("محطة", f"محطة{number}") for number in range(5)])))
    rows = [*line_keys(signature), *run_keys(signature)]

    assert len(signature) > 500
    assert len(signature.encode()) + 32 * len(rows) < 10_000


def test_rows_can_be_kept_in_the_store_between_crawls(tmp_path: Path) -> None:
    articles = [*COPIES.values(), *NEAR_COPIES.values(), *[article for pair in STORIES.values() for article in pair]]
    memory = DuplicateIndex()
    expected = [memory.add(str(number), *article) for number, article in enumerate(articles)]

    def crawls() -> Iterator[Match | None]:
        for number, article in enumerate(articles):
            with Store.at(tmp_path) as store:
                yield DuplicateIndex(store.signatures).add(str(number), *article)

    assert list(crawls()) == expected
    assert list(crawls()) == expected


@pytest.mark.parametrize("batch", [1, 2, 4096])
@pytest.mark.parametrize("kind", ["memory", "store"])
def test_keeper_forgets_all_that_it_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, batch: int
) -> None:
    monkeypatch.setattr(signatures, "BATCH", batch)
    with Store.at(tmp_path) as store:
        keeper: Keeper = Memory() if kind == "memory" else store.signatures
        keeper.keep("1", 7, "abc", [1, 2])
        keeper.keep("2", None, "abd", [2, 3])
        keeper.keep("3", None, "abe", [2])
        keeper.forget("1", [1, 2, 3])

        held = {key: [id for _, id in places] for key, places in keeper.holders([1, 2, 3, 4]).items() if places}
        assert (keeper.first(7), keeper.signature("1"), keeper.signature("2")) == (None, None, "abd")
        assert held == {2: ["2", "3"], 3: ["2"]}


@pytest.mark.parametrize("batch", [2, 3, 4096])
def test_holders_come_in_the_order_of_archiving_whatever_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(signatures, "BATCH", batch)
    for names in ("abc", "de"):
        with Store.at(tmp_path) as store:
            for name in names:
                store.signatures.keep(name, None, "", [5, 6])
    with Store.at(tmp_path) as store:
        store.signatures.forget("a", [5, 6])
        store.signatures.keep("a", None, "", [6])

        held = store.signatures.holders([5, 6])
        assert {key: [id for _, id in places] for key, places in held.items()} == {5: [*"bcde"], 6: [*"bcdea"]}
        assert all(places == tuple(sorted(places)) for places in held.values())


def test_a_batch_that_was_not_moved_for_an_error_is_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "BATCH", 2)
    with Store.at(tmp_path) as store:
        store.signatures.keep("a", None, "", [5])
        with suppress(OSError), store._connection.writing():
            store.signatures.keep("b", None, "", [5])
            raise OSError("the disk is full")

        assert store.signatures.holders([5]) == {5: ((1, "a"),)}


def test_looking_up_and_keeping_read_no_table_as_a_whole(tmp_path: Path) -> None:
    statements: list[str] = []
    with Store.at(tmp_path) as store:
        index = DuplicateIndex(store.signatures)
        index.add("1", TITLE, TEXT)
        store._connection.set_trace_callback(statements.append)
        index.add("2", OTHER_TITLE, text(OTHER_LEAD, *PARAGRAPHS[1:]))
        index.add("1", TITLE, text(*PARAGRAPHS[:2]))
        store._connection.set_trace_callback(None)
        plans = [store._connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall() for each in {*statements}]

    scans = {row["detail"] for plan in plans for row in plan if row["detail"].startswith("SCAN")}
    assert len(plans) > 5
    assert scans <= {"SCAN json_each VIRTUAL TABLE INDEX 1:", "SCAN asked"}


def test_rows_of_an_article_take_few_bytes_of_the_store(tmp_path: Path) -> None:
    long = [(babble(seed), text(*(babble(100 * seed + number) for number in range(20)))) for seed in range(200)]
    with Store.at(tmp_path) as store:
        empty = store._connection.execute("PRAGMA page_count").fetchone()[0]
        for number, article in enumerate(long):
            DuplicateIndex(store.signatures).add(str(number), *article)
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0] - empty

    assert 0 < 4096 * pages / len(long) < 10_000


ARABIC = st.text("ابتجحدرسصطعفقكلمنهوي", min_size=3, max_size=7)
LONG_TEXT = st.lists(ARABIC, min_size=12, max_size=60).map(" ".join)


@given(LONG_TEXT, st.sampled_from("\u064b\u064e\u064f\u0650\u0651\u0652\u0640"), st.integers(0, 80))
def test_text_is_an_exact_copy_of_itself_respelled(news: str, mark: str, place: int) -> None:
    index = DuplicateIndex()
    index.add("1", "عنوان", news)
    place = min(place, len(news) - 1) or 1

    assert index.add("2", "عنوان آخر", f"{news[:place]}{mark}{news[place:]}.") == Match("1", "exact", 1.0)


@given(st.lists(st.tuples(ARABIC, LONG_TEXT), max_size=6))
def test_adding_is_deterministic(articles: list[tuple[str, str]]) -> None:
    one, other = DuplicateIndex(), DuplicateIndex()

    for number, article in enumerate(articles * 2):
        assert one.add(str(number), *article) == other.add(str(number), *article)


@given(st.text(st.characters(exclude_categories=[])), st.text(st.characters(exclude_categories=[])))
def test_any_text_is_taken(title: str, news: str) -> None:
    index = DuplicateIndex()
    index.add("1", title, news)

    assert index.add("2", title, news) in (None, Match("1", "exact", 1.0))


def test_lines_are_found_alone_and_in_pairs() -> None:
    lines = sign(spelled(TITLE, TEXT)).split("\n")
    found = set(line_keys("\n".join(lines)).values())
    lines = [line for line in lines if line]

    assert found == {(line,) for line in lines} | set(pairwise(lines))


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
