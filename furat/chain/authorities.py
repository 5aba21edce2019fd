"""Asks time-stamping authorities (RFC 3161, section 3.4) and OpenTimestamps calendars for tokens of a root."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from furat.chain import calendars, tokens
from furat.chain.asking import answers, fetched
from furat.chain.manifest import FOLDER, Summary
from furat.chain.record import summaries
from furat.chain.tokens import CALENDAR, Token
from furat.exceptions import WrongUsage
from furat.files import reading, replacing
from furat.urls import host_folder

OTS = "ots+"
"""What stands before the address of an OpenTimestamps calendar."""

NEWEST = 50
"""How many proofs may wait for a block of Bitcoin; one comes within hours."""


def addresses(setting: Iterable[str]) -> list[str]:
    """Return the addresses in FURAT_TIMESTAMP; raise WrongUsage for what is none.

    >>> addresses(["https://tsa.example/", " ots+https://calendar.example "])
    ['https://tsa.example/', 'ots+https://calendar.example']
    """
    words = [word for each in setting for word in each.split()]
    for word in words:
        parts = urlsplit(word.removeprefix(OTS))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WrongUsage("FURAT_TIMESTAMP is not a web address; write it like https://freetsa.org/tsr")
    return words


def stamp(folder: Path, end: Summary, urls: Iterable[str]) -> Iterator[str]:
    """Ask those at ``urls`` for tokens of the last manifest in ``folder``; yield why some gave none.

    As that manifest names the root before it, and so on, its token stands for all before. Those who gave one already
    are not asked again. Pending proofs of calendars are asked for again.
    """
    place, named = folder / FOLDER, {_name(url): url for url in urls}
    have = tokens.authorities(tokens.found(place), end.head.crawl)
    questions = {name: _question(url, end.root) for name, url in named.items() if name not in have}
    for name, answer in answers(questions):
        if isinstance(answer, bytes):
            _put(place, end.head.crawl, name, answer)
        else:
            yield f"{name.partition('.ots')[0]} gave no time stamp: {answer}; the next crawl asks again"
    _upgrade(folder, {name: url for name, url in named.items() if url.startswith(OTS)})


def _name(url: str) -> str:
    """Return the name of the authority at ``url``, as its tokens have it."""
    host = host_folder(url.removeprefix(OTS))
    return f"{host}{CALENDAR}" if url.startswith(OTS) else host


def _question(url: str, root: str) -> Callable[[], bytes]:
    return partial(calendars.submit, url.removeprefix(OTS), root) if url.startswith(OTS) else partial(ask, url, root)


def _upgrade(folder: Path, named: dict[str, str]) -> None:
    """Replace the newest pending proofs of the calendars ``named`` by those that lead to a block of Bitcoin."""
    pending = [token for token in tokens.found(folder / FOLDER) if token.authority in named][-NEWEST:]
    roots = {each.head.crawl: each.root for each in summaries(folder)} if pending else {}
    by_name = {token.path.name: token for token in pending if token.crawl in roots}
    questions = {
        name: partial(_upgraded, token, named[token.authority].removeprefix(OTS), roots[token.crawl])
        for name, token in by_name.items()
    }
    for name, answer in answers(questions):
        if isinstance(answer, bytes) and answer:
            _put(folder / FOLDER, by_name[name].crawl, by_name[name].authority, answer)
            by_name[name].path.unlink()


def _upgraded(token: Token, url: str, root: str) -> bytes:
    """Return the proof that replaces a ``token``; nothing if it leads to a block already."""
    with reading(token.path) as file:
        proof = file.read(tokens.LARGEST)
    return b"" if calendars.blocks(proof, root) else calendars.upgrade(url, proof, root)


def _put(place: Path, crawl: str, authority: str, answer: bytes) -> None:
    with replacing(place / tokens.name(crawl, authority, answer)) as file:
        file.write(answer)


def ask(url: str, root: str) -> bytes:
    """Return the answer of the authority at ``url``: a token of ``root``, whose signature is not checked yet.

    Raises Unproven if it is another's, OSError if there is none.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 (an extra)

    asked = TimestampRequestBuilder().data(root.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = fetched(url, asked.as_bytes(), {"Content-Type": "application/timestamp-query"})
    tokens.moment(answer, root, nonce=asked.nonce)
    return answer
