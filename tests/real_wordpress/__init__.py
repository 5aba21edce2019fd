"""A crawl of a real WordPress, held against the truth about its posts."""
