"""What a WordPress site offers, and where."""
