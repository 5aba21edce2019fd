"""What a WordPress site offers, and at which addresses: REST API, sections, feed."""
