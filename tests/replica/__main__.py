"""Serves a replica in the foreground: `python -m tests.replica --articles 2000 --port 8085`."""

import signal
from argparse import ArgumentParser

from . import Replica, serve


def main() -> None:
    """Serve until SIGTERM or SIGINT comes."""
    parser = ArgumentParser(prog="python -m tests.replica", description="Serve a small Furat Post on loopback.")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--paging", choices=("older", "numbers", "more"), default="older")
    parser.add_argument("--weight", type=int, default=60_000, help="least bytes of a page")
    parser.add_argument("--prefix", default="", help="the folder the site lies in, such as /ar")
    parser.add_argument("--rest", action="store_true", help="open the REST API")
    parser.add_argument("--no-feeds", dest="feeds", action="store_false", help="close the feeds")
    parser.add_argument("--sitemaps", choices=("core", "yoast", "rank-math"), default="core")
    asked = vars(parser.parse_args())
    port = asked.pop("port")
    stops = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # in the server's thread too, so that sigwait is sure to get them
    with serve(Replica(**asked), port, log_size=0) as site:
        print(site.url, flush=True)
        signal.sigwait(stops)


if __name__ == "__main__":
    main()
