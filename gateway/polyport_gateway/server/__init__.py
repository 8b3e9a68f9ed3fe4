"""Supervisor, workers, configuration."""
