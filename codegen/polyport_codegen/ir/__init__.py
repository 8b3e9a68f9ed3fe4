"""The frozen, language-neutral model of an API, and the passes over it."""
