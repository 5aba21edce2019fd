"""WARC files: exchanges with a site as they were sent and received (ISO 28500:2017)."""

from importlib.util import find_spec

from scrapy.exceptions import UsageError

PACKAGES = ("warcio",)
"""What writes WARC files; reading them needs no package of its own."""


def require(what: str) -> None:
    """Raise UsageError if a package is not installed that ``what`` the operator asked for needs."""
    for package in PACKAGES:
        if find_spec(package) is None:
            raise UsageError(f"{what} needs {package}: pip install -r requirements-evidence.txt", print_help=False)
