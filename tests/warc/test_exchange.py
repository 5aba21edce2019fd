"""What must stay secret leaves a head in whatever form it comes, and nothing else does."""

import pytest

from furat.warc.exchange import redact
from furat.warc.payload import trailer, unchunked

SECRETS = [
    b"Cookie: secret",
    b"set-COOKIE : a=secret; b=secret",
    b"Set-Cookie: a=1;\r\n\tb=secret\r\n c=secret",
    b"Set-Cookie: a=secret\rSet-Cookie: b=secret",
    b"Set-Cookie\t: secret",
    b"\x0bSet-Cookie: secret",
    b"Proxy-Authorization: Basic secret",
    b"x-api-KEY:secret",
    b"Location: https://ali:secret@e.org/",
    b"Location: HTTPS://ali:secret@w@e.org/",
    b"Location: //ali:secret@e.org/",
    b"Location:\\\\ali:secret@e.org/",
    b"Location: http:\\\\ali:secret@e.org/",
    b"Content-Location: /\\ali:secret@e.org/",
    b"Link: <//secret@e.org/>; rel=next, </b>, <https://secret@e.org/>",
    b"Refresh: 0;url=//secret@e.org",
    b'Refresh: 0;url="http://secret@e.org"',
]


@pytest.mark.parametrize("field", SECRETS)
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_secrets_leave(field: bytes, end: bytes) -> None:
    head = end.join([b"HTTP/1.1 200 OK", b"Server: a", field, b"X-Powered-By: b", b"", b""])

    left, lacks = redact(head, {b"x-api-key"})

    assert b"secret" not in left
    assert b"Server: a" + end in left
    assert left.endswith(end.join([b"", b"X-Powered-By: b", b"", b""]))
    name = field.partition(b":")[0].strip().decode()
    assert lacks[0] == (name if b"@" not in field else "user in an address")


@pytest.mark.parametrize(
    "field",
    [
        b"Location: https://e.org/@ali/",
        b"Location: https://e.org//a@b/",
        b"Location: https://e.org/?to=ali@e.org",
        b"Location: https://e.org/#//a@b",
        b'Link: </b>; title="ali@e.org"',
        b"From: ali@e.org",
        b"X-Cookie: a",
        b"Cookies: a",
        b"Vary: Cookie, Authorization",
    ],
)
def test_all_else_stays(field: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + field + b"\r\n\r\n"

    assert redact(head) == (head, ())


def test_more_chunks_than_pages_have_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("furat.warc.payload.MOST_CHUNKS", 5)

    assert [unchunked(b"1\r\na\r\n" * count + b"0\r\n\r\n") for count in (4, 9)] == [b"aaaa", b"aaaaa"]
    assert [trailer(b"1\r\na\r\n" * count + b"0\r\n\r\n") for count in (4, 9)] == [27, 59]
