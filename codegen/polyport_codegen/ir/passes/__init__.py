"""Decisions made once for all languages. Each pass takes the values of the stage before and returns new ones."""
