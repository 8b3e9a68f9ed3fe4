"""The resources with raw responses."""
