"""Keeps every exchange with the site in WARC files (FURAT_WARC)."""

from scrapy import Request
from scrapy.http import Response

from furat.downloader.recording import Recorder, Recording
from furat.downloader.warcinfo import about, clock_difference
from furat.frontier.crawl import Crawl
from furat.frontier.requests import ArticleTask, capture, is_for_robots, task_of
from furat.store.sources import Source
from furat.urls import anonymous
from furat.warc.exchange import Exchange, parted, redact, redact_trailer
from furat.warc.files import WarcFiles
from furat.warc.reader import kept_at
from furat.warc.record import warcinfo
from furat.warc.writing import NOT_MODIFIED, ExchangeWriter, Place


class Capture:
    """Writes each exchange of a crawl, and has its request name the record."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl
        self.recorder = Recorder()
        self.secret = frozenset(name.lower().encode("latin-1") for name in crawl.access.headers)
        self.info: dict[str, str] = {}
        """What the record says with which each file begins."""

        self.files = WarcFiles(crawl.folder / "warc", crawl.id, lambda name: warcinfo(name, self.info))
        self.writer = ExchangeWriter(self.files)
        crawl.store.sources.commit_after(self.files.sync)

    def keep(self, request: Request, response: Response) -> None:
        """Write the exchange that ``response`` ended; raise OSError if it can't be written."""
        recording = self.recorder.take(request)
        if recording is None:
            return
        exchange = self._exchange(request, response, recording)
        self._tell(request, response, exchange)
        place = self.writer.write(exchange, self._earlier(request, exchange))
        capture(request, Source("", 0, place.file, place.offset, place.record, place.digest, ""))

    def _exchange(self, request: Request, response: Response, recording: Recording) -> Exchange:
        head, body = parted(b"".join(recording.received))
        body, also_told = redact_trailer(head, body, self.secret)
        (sent, asked), (head, told) = (redact(each, self.secret) for each in (recording.sent, head))
        return Exchange(
            anonymous(response.url),
            recording.moment,
            sent,
            head,
            body,
            "" if request.meta.get("proxy") else recording.address,
            recording.chain,
            asked,
            told + also_told,
            "disconnect" if "dataloss" in response.flags else "",
        )

    def _tell(self, request: Request, response: Response, exchange: Exchange) -> None:
        """Note what the first exchanges say about the crawl."""
        if not self.info:
            self.info = about(self.crawl) | {"server-clock": clock_difference(response, exchange.moment)}
        if is_for_robots(request):
            self.info.setdefault("robots-txt", f"{exchange.url} HTTP {response.status} {exchange.digest}")

    def _earlier(self, request: Request, exchange: Exchange) -> Place | None:
        """Return where the article's last state is kept if ``exchange`` shows nothing else, and it is still there."""
        task = task_of(request)
        article = task.article if isinstance(task, ArticleTask) else None
        source = self.crawl.store.sources.last(article) if article else None
        if not source or (exchange.status != NOT_MODIFIED and source.digest != exchange.digest):
            return None
        kept = kept_at(self.crawl.folder / source.file, source.offset)
        if not kept or kept.record != source.record or kept.kind != "response":
            return None
        return Place(source.file, source.offset, source.record, source.digest, kept.url, kept.moment)
