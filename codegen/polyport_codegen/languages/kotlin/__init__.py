"""Kotlin (JVM and Android): coroutines, OkHttp, models over JSON, by Maven."""

from .target import TARGET

__all__ = ["TARGET"]
