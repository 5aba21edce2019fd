"""Packs the evidence on single articles for those who have neither Furat nor the archive."""
