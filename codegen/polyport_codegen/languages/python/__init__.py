"""The Python target: one package with synchronous and asynchronous clients."""

from __future__ import annotations

from .target import PythonTarget

TARGET = PythonTarget()
