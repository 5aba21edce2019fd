"""The card of a release: what a person reads, and what `load_dataset` and the Hugging Face hub read of it.

https://huggingface.co/docs/hub/datasets-cards and https://huggingface.co/docs/hub/datasets-manual-configuration
"""

from collections.abc import Iterator, Sequence

from furat.datasets.columns import Column, Kind
from furat.datasets.manifest import Manifest
from furat.terminal import several

NAME = "README.md"

SCALAR: dict[Kind, str] = {
    "text": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "moment": "timestamp[us, tz=UTC]",
}
SIZES = (
    (1000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def text(manifest: Manifest, columns: Sequence[Column], about: str = "") -> str:
    """Return the card of a release; what it says ``about`` the records is of one archive where nothing is given."""
    lines = [*_front_matter(manifest, columns), about or _about(manifest), *_table(columns)]
    return "\n".join(lines) + "\n"


def _front_matter(manifest: Manifest, columns: Sequence[Column]) -> Iterator[str]:
    yield from ("---", "language:", "- ar", "license: other", "task_categories:", "- text-generation")
    yield from ("size_categories:", f"- {next((name for most, name in SIZES if manifest.rows < most), 'n>10M')}")
    yield from ("configs:", "- config_name: default", "  data_files:")
    for split in _splits(manifest):
        yield from (f'  - split: "{split}"', f"    path: data/{split}-*.parquet")
    yield from ("dataset_info:", "  features:")
    for column in columns:
        yield f"  - name: {column.name}"
        yield from _feature(column)
    yield "  splits:"  # in quotation marks: YAML takes a bare `no` for a boolean
    for split in _splits(manifest):
        files = [file for file in manifest.files if file.split == split]
        yield from (f'  - name: "{split}"', f"    num_examples: {sum(file.rows for file in files)}")
        yield f"    num_bytes: {sum(file.bytes for file in files)}"
    yield "---"


def _feature(column: Column) -> Iterator[str]:
    match column.kind:
        case "texts":
            yield "    list: string"
        case "images":
            yield "    list:"
            for name in ("url", "caption"):
                yield from (f"    - name: {name}", "      dtype: string")
        case kind:
            yield f"    dtype: {SCALAR[kind]}"


def _about(manifest: Manifest) -> str:
    return f"""
# Articles of <{manifest.site}>

{several(manifest.rows, "record")} of the archive of this newsroom, as of crawl {manifest.crawl or "none"}.
The texts belong to the newsroom and its authors: the archive grants no rights in them."""


def _table(columns: Sequence[Column]) -> Iterator[str]:
    yield "\n| column | type | meaning |\n|---|---|---|"
    for column in columns:
        yield f"| `{column.name}` | {column.kind}{' or null' if column.is_optional else ''} | {column.meaning} |"


def _splits(manifest: Manifest) -> list[str]:
    return list(dict.fromkeys(file.split for file in manifest.files))
