"""A small Furat Post on loopback: deterministic, with its truth, able to change and to fail on purpose.

    with serve(Replica(articles=60)) as site:
        site.faults.append(Fault("/page/2/", status=503, retry_after=1, times=2))
        site.replica.edit(TRAPS["list"], "فقرة جديدة.")
        ...  # crawl site.url
        assert archived == site.truth()
        assert Request("GET", "/robots.txt", 200) in site.requests

Its feeds and its sitemap are open, its REST API where `Replica(rest=True)` says so; all show the same posts.
`python -m tests.replica --articles 2000 --port 8085` serves one in the foreground.
"""

from .faults import Fault
from .plan import TRAPS
from .replica import Replica
from .server import Request, Served, serve

__all__ = ["TRAPS", "Fault", "Replica", "Request", "Served", "serve"]
