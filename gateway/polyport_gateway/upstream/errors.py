"""Why an upstream gave no answer, or not all of it."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What went wrong between the gateway and an upstream."""

    UNREACHABLE = "unreachable"  # no connection: DNS, refused, TLS, proxy
    FORBIDDEN = "forbidden"  # the address guard said no
    CLOSED = "closed"  # the connection ended before the answer was complete
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"  # what came was not HTTP/1.1, or more than the limits allow


class UpstreamError(Exception):
    """No answer, or not all of it. `answered` tells whether any byte of the answer had arrived."""

    def __init__(self, fault: Fault, message: str, *, answered: bool = False) -> None:
        super().__init__(message)
        self.fault = fault
        self.message = message
        self.answered = answered
