"""What an archive holds, for a person to read."""
