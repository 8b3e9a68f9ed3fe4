"""The Swift target."""

from .target import TARGET

__all__ = ["TARGET"]
