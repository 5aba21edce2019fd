"""Makes answers of a hostile site, the same ones for the same seed."""

import random

from tests.hostile.inputs import UNITS

ODD = (
    *(
        "",
        "0",
        "-1",
        "1e400",
        "9" * 5000,
        "NaN",
        "null",
        "true",
        "[" * 3000,
        "{" * 3000,
        '{"a":' * 3000,
        "\x00",
        "\ud800",
    ),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-00-00T00:00:00", "2024-02-30T25:61:61+99:99"),
    *("zlib", "hex", "rot13", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "utf-16", "x" * 300, "mbcs"),
    *(
        "http://[",
        "http://x@sada.example/",
        "//",
        "javascript:x",
        "data:,x",
        "file:///etc/passwd",
        "http://sada.example:0/",
    ),
    *(
        "http://sada.example:99999/",
        "http://-.-/",
        "http://xn--/",
        "http://\u0130.com/",
        "http://a.b\u3002c/",
        "ftp://x/",
    ),
    *("http://" + "a" * 300 + "/", "\x1b[2J", "\u202e", "\r\nX: y", "Thu, 32 Foo 2024 99:99:99 +9999", "²", "١"),
)

CHARSETS = (
    "zlib",
    "hex",
    "rot13",
    "idna",
    "punycode",
    "unicode_escape",
    "undefined",
    "utf-7",
    "utf-16",
    "utf-32",
    "\x00",
    "é",
)


class Fuzzer:
    """Makes answers of a hostile site, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (to be repeated)

    def text(self) -> str:
        """Return an odd word, a run of one unit, or several of both."""
        pick = self.random
        pieces = [pick.choice((*ODD, *UNITS)) * pick.choice((1, 1, 1, 2, 40)) for _ in range(pick.randint(1, 6))]
        return "".join(pieces)[:20_000]

    def bytes(self) -> bytes:
        """Return such a text in an encoding, or any bytes."""
        if self.random.random() < 0.2:
            return self.random.randbytes(self.random.randint(0, 200))
        return self.text().encode(self.random.choice(("utf-8", "utf-16", "cp1256")), "replace")

    def value(self, depth: int = 0) -> object:
        """Return any value that JSON has."""
        pick = self.random
        kind = pick.randint(0, 7 if depth < 4 else 5)
        if kind == 6:
            return [self.value(depth + 1) for _ in range(pick.randint(0, 3))]
        if kind == 7:
            return {pick.choice(KEYS): self.value(depth + 1) for _ in range(pick.randint(0, 4))}
        return (None, True, pick.randint(-(10**18), 10**18), 10 ** pick.randint(0, 4000), 1e308, self.text())[kind]

    def mutated(self, page: str) -> str:
        """Return ``page`` with pieces of it taken out, repeated, or replaced by odd ones."""
        for _ in range(self.random.randint(1, 6)):
            start = self.random.randrange(len(page) + 1)
            end = min(len(page), start + self.random.choice((0, 1, 5, 50)))
            page = page[:start] + self.random.choice((self.text(), page[start:end] * 3, "")) + page[end:]
        return page

    def changed(self, data: dict[str, object]) -> dict[str, object]:
        """Return ``data`` with some of its values replaced."""
        keys = [*data, *KEYS]
        return data | {self.random.choice(keys): self.value() for _ in range(self.random.randint(1, 4))}


KEYS = (
    *(
        "id",
        "link",
        "date",
        "date_gmt",
        "modified",
        "modified_gmt",
        "title",
        "content",
        "rendered",
        "protected",
        "name",
    ),
    *("_embedded", "author", "wp:term", "wp:featuredmedia", "taxonomy", "source_url", "media_type", "caption", "code"),
    *("@graph", "@type", "@id", "headline", "datePublished", "dateModified", "articleBody", "image", "url", "message"),
)
