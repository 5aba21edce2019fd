"""Asks time-stamping authorities (RFC 3161, section 3.4) for tokens of a root."""

import ssl
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, Timer
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from furat.chain import tokens
from furat.chain.manifest import FOLDER, Summary
from furat.chain.tokens import LARGEST, Unproven
from furat.exceptions import WrongUsage
from furat.files import replacing
from furat.urls import host_folder

TIMEOUT = 10
"""The most seconds for a step of an answer."""

PATIENCE = 20
"""The most seconds for all answers together."""


Answers = SimpleQueue[tuple[str, bytes | str] | None]
"""The tokens of authorities, or why they gave none; None once it was long enough."""


def addresses(setting: Iterable[str]) -> list[str]:
    """Return the addresses in FURAT_TIMESTAMP; raise WrongUsage for what is none.

    >>> addresses(["https://tsa.example/", " http://other.example/tsr "])
    ['https://tsa.example/', 'http://other.example/tsr']
    """
    words = [word for each in setting for word in each.split()]
    for word in words:
        parts = urlsplit(word)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WrongUsage("FURAT_TIMESTAMP is not a web address; write it like https://freetsa.org/tsr")
    return words


def stamp(folder: Path, end: Summary, urls: Iterable[str]) -> Iterator[str]:
    """Ask the authorities at ``urls`` for tokens of the last manifest in ``folder``; yield why some gave none.

    As that manifest names the root before it, and so on, its token stands for all before. Those who gave one already
    are not asked again.
    """
    place = folder / FOLDER
    have = tokens.authorities(tokens.found(place), end.head.crawl)
    wanted = {host: url for url in urls if (host := host_folder(url)) not in have}
    for authority, answer in _answers(wanted, end.root) if wanted else ():
        if isinstance(answer, bytes):
            with replacing(place / tokens.name(end.head.crawl, authority, answer)) as file:
                file.write(answer)
        else:
            yield f"{authority} gave no time stamp: {answer}; the next crawl asks again"


def _answers(wanted: dict[str, str], root: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield each authority with its token, or why it gave none; all are asked at a time, and not for ever."""
    queue = Answers()
    for authority, url in wanted.items():
        Thread(target=_put, args=(queue, authority, url, root), daemon=True).start()
    timer = Timer(PATIENCE, queue.put, [None])
    timer.daemon = True
    timer.start()
    waiting = {*wanted}
    while waiting and (told := queue.get()):
        waiting.discard(told[0])
        yield told
    timer.cancel()
    yield from ((authority, f"no answer in {PATIENCE} seconds") for authority in sorted(waiting))


def _put(queue: Answers, authority: str, url: str, root: str) -> None:
    try:
        queue.put((authority, ask(url, root)))
    except ImportError:
        queue.put((authority, tokens.EXTRA))
    except Unproven as error:
        queue.put((authority, str(error)))
    except Exception as error:  # noqa: BLE001 (a failure never fails a crawl)
        queue.put((authority, f"{type(error).__name__}: {error}"[:200]))


class NoRedirect(HTTPRedirectHandler):
    """Leads nowhere else: only who was named is asked."""

    def redirect_request(self, *words: object) -> None:
        """Return no request to follow."""


def ask(url: str, root: str) -> bytes:
    """Return the answer of the authority at ``url``: a token of ``root``, whose signature is not checked yet.

    Raises Unproven if it is another's, OSError if there is none.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 (an extra)

    asked = TimestampRequestBuilder().data(root.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    request = Request(url, asked.as_bytes(), {"Content-Type": "application/timestamp-query"})  # noqa: S310 (checked)
    opener = build_opener(NoRedirect, HTTPSHandler(context=ssl.create_default_context()))
    with opener.open(request, timeout=TIMEOUT) as response:
        answer: bytes = response.read(LARGEST + 1)
    if len(answer) > LARGEST:
        raise Unproven(f"its answer is larger than {LARGEST} bytes")
    tokens.moment(answer, root, nonce=asked.nonce)
    return answer
