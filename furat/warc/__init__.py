"""WARC files: exchanges with a site as they were sent and received (ISO 28500:2017)."""
