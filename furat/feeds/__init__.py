"""The feed: the JSON Lines file that a crawl delivers."""
