"""The feed: what a crawl delivers."""
