"""Figures of the last crawls as a Prometheus textfile (https://github.com/prometheus/node_exporter#textfile-collector)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from furat.exceptions import WrongUsage
from furat.files import held, reading
from furat.operate.condition import Condition
from furat.operate.trouble import age, moment_of
from furat.store import Store

if TYPE_CHECKING:
    from prometheus_client.core import Metric

LARGEST = 16_000_000
"""Bytes of the file."""

HELP = {
    "furat_last_delivery_timestamp_seconds": "When the last article was delivered.",
    "furat_last_delivery_age_seconds": "How long ago that was when the file was written.",
    "furat_last_complete_timestamp_seconds": "When the last complete crawl ended.",
    "furat_last_complete_age_seconds": "How long ago that was when the file was written.",
    "furat_last_crawl_timestamp_seconds": "When the last crawl ended.",
    "furat_exit_code": "How the last crawl ended: 0 complete, 3 incomplete, 5 the site is not understood.",
    "furat_needs_person": "1 where something is wrong that a person must mend.",
    "furat_pending": "Visits that are pending.",
    "furat_quarantined": "Pages that are held in quarantine.",
    "furat_given_up": "Visits that failed FURAT_TRIES times.",
    "furat_incomplete_sections": "Sections that were not walked to their ends.",
    "furat_requests": "Requests of the last crawl.",
    "furat_bytes": "Bytes that the last crawl received.",
    "furat_seconds": "How long the last crawl took.",
}
"""The metrics, gauges all, each with the label `site`."""

Samples = dict[tuple[str, str], float]
"""Values by metric and site."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a crawl cost."""

    exit_code: int
    requests: float = 0
    bytes: float = 0
    seconds: float = 0


def figures(store: Store, found: Condition) -> dict[str, float]:
    """Return what the archive tells, by metric."""
    moments = {"last_delivery": store.health.last_delivery(), "last_complete": found.complete}
    told: dict[str, float] = {}
    for name, moment in moments.items():
        if moment:
            told[f"furat_{name}_timestamp_seconds"] = moment_of(moment).timestamp()
            told[f"furat_{name}_age_seconds"] = age(moment).total_seconds()
    return told | {
        "furat_pending": found.backlog.pending,
        "furat_quarantined": found.backlog.quarantined,
        "furat_given_up": found.given_up,
        "furat_incomplete_sections": store.health.incomplete_sections(),
    }


def write(file: Path, site: str, told: Mapping[str, float]) -> None:
    """Put what is ``told`` of ``site`` into ``file``, which keeps what it says of other sites.

    Raises WrongUsage where prometheus_client is not there, OSError where the file can't be written.
    """
    try:
        from prometheus_client import CollectorRegistry, write_to_textfile  # noqa: PLC0415 (an extra)
    except ImportError:
        cure = "pip install -r requirements-operate.txt"
        raise WrongUsage(f"FURAT_METRICS needs prometheus_client: {cure}") from None
    file.parent.mkdir(parents=True, exist_ok=True)
    with held(file):
        samples = {key: value for key, value in _read(file) if key[1] != site and key[0] in HELP}
        samples |= {(name, site): value for name, value in told.items()}
        registry = CollectorRegistry()
        registry.register(Figures(samples))
        write_to_textfile(str(file), registry)


class Figures:
    """What prometheus_client asks for the figures."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples

    def collect(self) -> Iterator["Metric"]:
        """Yield each metric with its values for all sites."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 (an extra)

        for name, about in HELP.items():
            family = GaugeMetricFamily(name, about, labels=["site"])
            for (metric, site), value in sorted(self.samples.items()):
                if metric == name:
                    family.add_metric([site], value)
            yield family


def _read(file: Path) -> Iterable[tuple[tuple[str, str], float]]:
    """Return the values of a file; none where it can't be read as one."""
    from prometheus_client.parser import text_string_to_metric_families  # noqa: PLC0415 (an extra)

    with suppress(OSError, ValueError, KeyError):
        with reading(file) as kept:
            text = kept.read(LARGEST).decode()
        return [
            ((sample.name, sample.labels["site"]), sample.value)
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        ]
    return []
