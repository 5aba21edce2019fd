"""The crawl frontier: which address is requested next, and how each visit ended."""
