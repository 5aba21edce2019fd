"""What Furat costs and how well it does, each figure beside its baseline in the same run."""
