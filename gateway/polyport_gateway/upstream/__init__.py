"""The HTTP client that providers use."""
