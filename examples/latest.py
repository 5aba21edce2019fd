"""The latest state of every article of an archive, in pandas: `python examples/latest.py data/euphratespost.net`."""

import sys
from pathlib import Path

import pandas as pd


def latest(folder: Path) -> pd.DataFrame:
    """Return the articles that the feeds below ``folder`` deliver, a row each: the last revision, unless it is gone."""
    feeds = [pd.read_json(path, lines=True, dtype=False) for path in sorted(folder.rglob("feed/*.jsonl"))]
    records = pd.concat(feeds, ignore_index=True).sort_values("revision", kind="stable")
    articles = records.drop_duplicates("id", keep="last").query("kind == 'article'")
    day = pd.to_datetime(articles["published"].str[:10])  # moments and bare days both begin with the day
    return articles.assign(day=day).sort_values("day")


if __name__ == "__main__":
    print(latest(Path(sys.argv[1]))[["day", "title"]].tail(20).to_string(index=False))
