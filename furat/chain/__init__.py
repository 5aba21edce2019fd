"""The chain of manifests: what was received and delivered, and that nothing of it was altered since."""
