"""Reports on an archive, for a person to read."""
