"""The item pipelines: the steps of an article from its page to the feed, in the order set in furat.settings."""

from furat.pipelines.archive import Archive
from furat.pipelines.deduplicate import Deduplicate
from furat.pipelines.normalize import Normalize
from furat.pipelines.quarantine import Quarantine
from furat.pipelines.resolve_date import ResolveDate
from furat.pipelines.validate import Validate

__all__ = ["Archive", "Deduplicate", "Normalize", "Quarantine", "ResolveDate", "Validate"]
