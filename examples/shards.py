"""Deals out the sites of `sites.toml` to shards, all sites of a host to the same one.

    python examples/shards.py sites.toml shards/ 64     writes shards/0.toml … shards/63.toml

A site's shard depends on its host and the number of shards alone: adding a site moves no other one.
"""

import re
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

TABLE = re.compile(r"^(?=\[)", re.MULTILINE)


def shards(text: str, count: int) -> list[str]:
    """Return what each shard's file says: the tables of its sites, as they stand in ``text``."""
    common, *tables = TABLE.split(text)
    told = [common] * count
    for table in tables:
        (site,) = tomllib.loads(table).values()
        address = site["address"]
        host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
        told[crc32(host.removeprefix("www.").encode()) % count] += table.rstrip("\n") + "\n\n"
    return told


if __name__ == "__main__":
    source, folder, number = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    for shard, content in enumerate(shards(Path(source).read_text("utf-8"), int(number))):
        (Path(folder) / f"{shard}.toml").write_text(content, "utf-8")
