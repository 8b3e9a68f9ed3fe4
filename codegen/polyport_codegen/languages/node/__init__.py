"""The Node.js target: TypeScript SDKs for Node, Deno, Bun, Workers and browsers."""

from .target import TARGET

__all__ = ["TARGET"]
