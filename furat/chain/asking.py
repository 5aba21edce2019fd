"""Asks others over the web: bounded answers, in bounded time, from nobody else than who was named."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from queue import SimpleQueue
from threading import Thread, Timer
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from furat.chain.tokens import EXTRA, LARGEST, Unproven

TIMEOUT = 10
"""The most seconds for a step of an answer."""

PATIENCE = 20
"""The most seconds for all answers together."""

Answers = SimpleQueue[tuple[str, bytes | str] | None]
"""Answers by their names, or why there are none; None once it was long enough."""


class NoRedirect(HTTPRedirectHandler):
    """Leads nowhere else: only who was named is asked."""

    def redirect_request(self, *words: object) -> None:
        """Return no request to follow."""


def fetched(url: str, data: bytes | None, headers: Mapping[str, str]) -> bytes:
    """Return the answer of ``url``, whose certificate is verified; raise OSError or Unproven if it gives none."""
    request = Request(url, data, dict(headers))  # noqa: S310 (the scheme was checked)
    opener = build_opener(NoRedirect, HTTPSHandler(context=ssl.create_default_context()))
    with opener.open(request, timeout=TIMEOUT) as response:
        answer: bytes = response.read(LARGEST + 1)
    if len(answer) > LARGEST:
        raise Unproven(f"its answer is larger than {LARGEST} bytes")
    return answer


def answers(questions: Mapping[str, Callable[[], bytes]]) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name of each question with its answer, or why it has none; all are asked at a time, not for ever."""
    queue = Answers()
    for name, question in questions.items():
        Thread(target=_put, args=(queue, name, question), daemon=True).start()
    timer = Timer(PATIENCE, queue.put, [None])
    timer.daemon = True
    timer.start()
    waiting = {*questions}
    while waiting and (told := queue.get()):
        waiting.discard(told[0])
        yield told
    timer.cancel()
    yield from ((name, f"no answer in {PATIENCE} seconds") for name in sorted(waiting))


def _put(queue: Answers, name: str, question: Callable[[], bytes]) -> None:
    try:
        queue.put((name, question()))
    except ImportError:
        queue.put((name, EXTRA))
    except Unproven as error:
        queue.put((name, str(error)))
    except Exception as error:  # noqa: BLE001 (a failure never fails a crawl)
        queue.put((name, f"{type(error).__name__}: {error}"[:200]))
