"""The main job without a network: crawl the replica with the project's own settings, and show what came out."""

import json
import subprocess
import sys
from pathlib import Path

from furat.commands.show import page
from furat.items import Article, Image
from tests.replica import Replica, serve

FOLDER = Path("demo")

# The replica is ours and near: no need to wait a second between its pages. All else is as in furat/settings.py.
NEAR = ["-sDOWNLOAD_DELAY=0.02", "-sAUTOTHROTTLE_ENABLED=False"]


def main() -> int:
    with serve(Replica(articles=60)) as site:
        crawl = ["crawl", "news", "-a", f"site={site.url}", "-s", f"FURAT_DATA={FOLDER}", *NEAR]
        print("$ scrapy", *crawl[:4], "…", flush=True)
        done = subprocess.run([sys.executable, "-m", "scrapy", *crawl], check=False)
    feed = max(FOLDER.rglob("feed/*.jsonl"), key=lambda path: path.stat().st_mtime)
    records = [json.loads(line) for line in feed.read_text("utf-8").splitlines()]
    print(f"\nExit code {done.returncode}. {len(records)} articles in {feed}\n")
    print(page(article(max(records, key=lambda record: len(str(record["images"]))))))
    return done.returncode


def article(record: dict[str, object]) -> Article:
    images = [Image(**image) for image in record.pop("images")]  # type: ignore[attr-defined]
    return Article(**record, images=tuple(images))  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
