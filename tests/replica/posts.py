"""The posts of the replica: what each says and in which shape, written on request."""

from collections.abc import Callable

from .cards import PICTURES, Block, Card, Page, paragraph
from .plan import HERE, TRAPS
from .words import THINGS, Writer

Shape = Callable[["Draft"], list[Page]]


class Draft(Writer):
    """The writer of one post's text; ``origin`` is the index of the post whose words it uses."""

    def __init__(self, seed: int, card: Card, origin: int) -> None:
        super().__init__(seed, origin, "body")
        self.card = card

    def pages(self) -> list[Page]:
        """Return the pages of the text."""
        return SHAPES.get(self.card.place, _plain)(self)


def _plain(draft: Draft) -> list[Page]:
    """Write three to six paragraphs that begin with the lead; on some posts the house line stands first."""
    first = paragraph(f"{draft.card.lead} {draft.sentence()}")
    house = [paragraph("*فرات بوست: أخبار ومتابعات")] if draft.card.place % 9 == 1 else []
    return [[*house, first, *(paragraph(draft.text()) for _ in range(2 + draft.number() % 4))]]


def _with(*make: Callable[[Draft], Block]) -> Shape:
    """Return the shape of a plain post with blocks of another kind after its first paragraph."""

    def shape(draft: Draft) -> list[Page]:
        first, *rest = _plain(draft)[0]
        return [[first, *(one(draft) for one in make), *rest]]

    return shape


def _list(draft: Draft) -> Block:
    items = tuple(draft.sentence() for _ in range(3))
    return Block("<ul>\n" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>\n", items)


def _numbered(draft: Draft) -> Block:
    items = tuple(draft.sentence() for _ in range(2))
    return Block("<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>\n", items)


def _quote(draft: Draft) -> Block:
    text = f"«{draft.sentence()}»"
    return Block(f"<blockquote><p>{text}</p></blockquote>\n", (text,))


def _heading(draft: Draft) -> Block:
    text = f"عن {draft['topic']} في {draft['place']}"
    return Block(f"<h3>{text}</h3>\n", (text,))


def _table(draft: Draft) -> Block:
    rows = [("المدينة", "العدد"), *((draft["place"], str(draft.number())) for _ in range(3))]
    html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return Block(f"<table><tbody>\n{html}</tbody></table>\n", tuple(" | ".join(row) for row in rows))


def _captioned(draft: Draft, caption: str, number: int = 1) -> Block:
    url = f"{PICTURES}inside-{draft.card.index}-{number}.jpg"
    picture = f'<img loading="lazy" class="size-full" src="{url}" alt="" width="600" height="400">'
    text = f'<p class="wp-caption-text">{caption}</p>'
    html = f'<div id="attachment_{draft.card.id + 1}" class="wp-caption aligncenter">{picture}{text}</div>\n'
    return Block(html, images=((url, caption),), beside=(caption,))


def _caption(draft: Draft) -> Block:
    return _captioned(draft, f"{draft['place']} – الصورة من {draft['source']}")


def _gallery(draft: Draft) -> Block:
    pictures = tuple(
        (f"{PICTURES}gallery-{draft.card.index}-{number}.jpg", f"من معرض {draft['place']}" if number % 2 else None)
        for number in range(1, 4)
    )
    links = [f"{draft.card.url}photo-{draft.card.index}/", *(url for url, _ in pictures[1:])]
    html = "".join(
        f'<a class="penci-gallery-ite item-gallery-grid" href="{link}"><img src="{url}" alt="">'
        + (f'<div class="caption">{caption}</div></a>' if caption else "</a>")
        for link, (url, caption) in zip(links, pictures, strict=True)
    )
    html = f'<div class="penci-post-gallery-container grid column-3">{html}</div>\n'
    return Block(html, images=pictures, beside=tuple(caption for _, caption in pictures if caption))


def _video(draft: Draft) -> Block:
    url = f"https://www.youtube.com/embed/Rep{draft.card.index:08d}?feature=oembed"
    frame = f'<iframe title="{draft["place"]}" width="1170" height="658" src="{url}" allowfullscreen></iframe>'
    return Block(f"<p>{frame}</p>\n", videos=(url,))


def _tweet(draft: Draft) -> Block:
    text, signed = draft.sentence(), f"— {draft['group']} (@furat_test)"
    link = '<a href="https://twitter.com/furat_test/status/1">الخميس</a>'
    html = f'<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{text}</p>{signed} {link}</blockquote>\n'
    return Block(html, beside=(text, f"{signed} الخميس"))


def _external(draft: Draft) -> Block:
    before, after = draft.sentence(), draft.sentence()
    html = f'<p>{before} <a href="https://example.org/reports/{draft.card.index}">رابط البيان</a> {after}</p>\n'
    return Block(html, (f"{before} رابط البيان {after}",))


def _related(draft: Draft) -> Block:
    title = f"{draft.pick(THINGS)} في {draft['place']}"
    items = f'<ul><li class="pcilrp-item"><a href="{HERE}?p={draft.card.id - 3}">{title}</a></li></ul>'
    inside = f'<div class="penci-ilrelated-posts"><div class="pcilrp-heading">اقرأ أيضاً</div>{items}</div>'
    return Block(f'<div class="penci-ilrltpost-insert">{inside}</div>\n', beside=("اقرأ أيضاً", title), is_themes=True)


def _advertisement(_: Draft) -> Block:
    text = "مساحة إعلانية"
    return Block(f'<div class="penci-custom-html-inside-content"><p>{text}</p></div>\n', beside=(text,), is_themes=True)


def _spacers(draft: Draft) -> Block:
    one, two, three = draft.sentence(), draft.sentence(), draft.sentence()
    html = f"<p>&nbsp;</p>\n<p><strong>{one}</strong></p>\n<p>&nbsp;</p>\n<p>{two}<br>\n{three}</p>\n<p> </p>\n"
    return Block(html, (one, f"{two} {three}"))


def _video_only(draft: Draft) -> list[Page]:
    return [[_video(draft)]]


def _short(draft: Draft) -> list[Page]:
    return [[paragraph(f"بدأ اليوم {draft.card.title}. {draft.card.lead}")]]


def _multi(draft: Draft) -> list[Page]:
    return [
        *_plain(draft),
        [paragraph(draft.text()), _quote(draft)],
        [paragraph(draft.text()), paragraph(draft.text())],
    ]


def _divs(draft: Draft) -> list[Page]:
    texts = (draft.card.lead, *(draft.text() for _ in range(4)))
    return [[Block(f'<div dir="auto">{text}</div>\n', (text,)) for text in texts]]


def _breaks(draft: Draft) -> list[Page]:
    texts = (draft.card.lead, *(draft.text() for _ in range(4)))
    return [[Block("<br><br>\n".join(texts) + "\n", texts)]]


def _near(draft: Draft) -> list[Page]:
    """Repeat the post before, whose words this draft draws, all but its last sentence."""
    before = _long(draft)[0][:-1]
    return [[*before, paragraph(draft.sentence())]]


def _long(draft: Draft) -> list[Page]:
    return [[paragraph(draft.card.lead), *(paragraph(draft.text()) for _ in range(8)), paragraph(draft.sentence())]]


def _seed(draft: Draft) -> list[Page]:
    """Write an article in the shape of the one that the project began with."""
    related = f"{draft['topic']} في {draft['place']}: ماذا تغير؟"
    other = draft.card.id + (9 if draft.card.index == 0 else -9)
    link = f'<p>*مواد ذات صلة:</p>\n<p><a href="{HERE}?p={other}">{related}</a></p>\n'
    said = f"“{draft.sentence()}”، قال أحد الحاضرين."
    return [
        [
            paragraph("*فرات بوست: تقارير ومتابعات"),
            Block("<p>&nbsp;</p>\n"),
            paragraph(f"{draft.card.lead} {draft.sentence()}"),
            paragraph(draft.text(4)),
            _captioned(draft, "بشار الأسد", 1),
            Block(f"<ul>\n<li>{said}</li>\n</ul>\n", (said,)),
            paragraph(draft.sentence()),
            _captioned(draft, "بشار الأسد", 2),
            _captioned(draft, f"“لقطة من {draft['place']}. الصورة: أرشيف الشبكة”", 3),
            paragraph(draft.text(4)),
            Block(link, beside=("*مواد ذات صلة:", related)),
            _captioned(draft, "بشار الأسد", 4),
            paragraph(f"“{draft.sentence()}”، أضاف المتحدث عبر مترجم."),
            paragraph(f"«{draft.sentence()}»"),
            paragraph(draft.text(2)),
            _list(draft),
            paragraph("“الفيديو: متداول – وكالات”"),
            _quote(draft),
            _numbered(draft),
        ]
    ]


SHAPES: dict[int, Shape] = {
    TRAPS["seed-shape"]: _seed,
    TRAPS["list"]: _with(_list, _numbered),
    TRAPS["quote"]: _with(_quote),
    TRAPS["table"]: _with(_table),
    TRAPS["headings"]: _with(_heading, _list),
    TRAPS["caption"]: _with(_caption),
    TRAPS["gallery"]: _with(_gallery),
    TRAPS["video"]: _with(_video),
    TRAPS["tweet"]: _with(_tweet),
    TRAPS["video-only"]: _video_only,
    TRAPS["short"]: _short,
    TRAPS["multi-page"]: _multi,
    TRAPS["div-body"]: _divs,
    TRAPS["br-body"]: _breaks,
    TRAPS["external-links"]: _with(_external),
    TRAPS["inline-related"]: _with(_related),
    TRAPS["advertisement"]: _with(_advertisement),
    TRAPS["spacers"]: _with(_spacers),
    TRAPS["near-identical"] - 1: _long,
    TRAPS["near-identical"]: _near,
}
