"""What the client writes to its logger: calls and their outcomes, never a secret."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping

from .operation import Answer, Call


def logger_for(package: str, env_prefix: str) -> logging.Logger:
    """The package's logger; `<PREFIX>_LOG=debug|info` makes it write to standard error."""
    logger = logging.getLogger(package)
    level = os.environ.get(f"{env_prefix}_LOG", "").upper()
    if level in ("DEBUG", "INFO"):
        logger.setLevel(level)
        if not logger.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
            logger.addHandler(handler)
    return logger


_SECRET = "key|token|secret|password|credential|authorization|cookie"
_SECRET_QUERY = re.compile(rf"([?&][^=&#]*(?:{_SECRET})[^=&#]*=)[^&#]*", re.IGNORECASE)


def is_secret(name: str, secrets: frozenset[str]) -> bool:
    """Whether a header may hold a secret: it is one that the API names (in lower case), or its name says so."""
    if name.lower() == "idempotency-key":
        return False
    return name.lower() in secrets or re.search(_SECRET, name, re.IGNORECASE) is not None


def redacted(headers: Mapping[str, str], secrets: frozenset[str]) -> dict[str, str]:
    """The headers with the values of those that may hold secrets replaced by `***`."""
    return {n: "***" if is_secret(n, secrets) else value for n, value in headers.items()}


def shown_url(url: str) -> str:
    """A URL without its user and the values of query members whose names tell of secrets."""
    return _SECRET_QUERY.sub(r"\1***", re.sub(r"//[^/?#@]*@", "//***@", url))


def log_request(logger: logging.Logger, call: Call) -> None:
    """One line at debug level before every try."""
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug(
            "%s %s try %d headers %s",
            call.method,
            call.path,
            call.attempt + 1,
            redacted(call.headers, call.secrets),
        )


def log_response(logger: logging.Logger, call: Call, answer: Answer, seconds: float) -> None:
    """One line at info level after every answer; its headers at debug level."""
    request_id = answer.headers.get("x-request-id", "-")
    logger.info(
        "%s %s %d in %.3f s (request id %s)",
        call.method,
        call.path,
        answer.status,
        seconds,
        request_id,
    )
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("response headers %s", redacted(answer.headers, call.secrets))


def log_retry(logger: logging.Logger, call: Call, reason: object, delay: float) -> None:
    """One line at info level before waiting for another try."""
    logger.info("%s %s tries again in %.3f s: %s", call.method, call.path, delay, reason)
