"""A folder as crawls leave it: feeds, WARC files and their manifests, made without a crawl."""

import gzip
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from furat.chain.manifest import Summary
from furat.chain.record import record, summaries

SITE = "https://newsroom.example/"


@dataclass
class Folder:
    """The folder of a site; each crawl writes files of its own."""

    path: Path
    seed: int = 0
    crawls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 (a repeatable test)

    def crawl(self, lines: int = 4, records: int = 4, kept: tuple[int, str] | None = None) -> Summary:
        """Write what a crawl leaves, and its manifest; return that."""
        self.write(lines, records)
        made = record(self.path, self.crawls[-1], SITE, summaries(self.path), kept)
        assert made
        return made

    def write(self, lines: int = 4, records: int = 4) -> None:
        """Write the files of a crawl that was killed before it wrote its manifest."""
        number = len(self.crawls) + 1
        crawl = f"202601{number:02d}T000000Z-{self.random.randrange(1 << 16):04x}"
        self.crawls.append(crawl)
        if lines:
            self._put(f"feed/news-{crawl}.jsonl", b"".join(self._line(crawl, each) for each in range(lines)))
        if records:
            self._put(f"warc/{crawl}-00000.warc.gz", b"".join(map(self._record, range(records))))

    def known(self) -> tuple[int, str]:
        """Return what the archive's database says of the last manifest."""
        manifests = sorted((self.path / "manifests").glob("*.json"))
        return len(manifests), json.loads(manifests[-1].read_bytes())["root"]

    def files(self) -> list[Path]:
        """Return all files that the chain covers, and its manifests."""
        return sorted(path for path in self.path.rglob("*") if path.is_file())

    def _line(self, crawl: str, number: int) -> bytes:
        text = " ".join(f"كلمة{self.random.randrange(1 << 20)}" for _ in range(self.random.randrange(1, 12)))
        record = {"kind": "article", "id": f"newsroom.example/{number}", "revision": 1, "text": text, "crawl": crawl}
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"

    def _record(self, number: int) -> bytes:
        page = self.random.randbytes(self.random.randrange(20, 300))
        return gzip.compress(b"WARC/1.1\r\n\r\n" + page, mtime=0)

    def _put(self, name: str, text: bytes) -> None:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_bytes(text)
