"""When calls are tried again, and after how long."""

from __future__ import annotations

import pytest
from runtime_under_test.headers import Headers
from runtime_under_test.retries import RetryPolicy, is_retried, retry_after


def test_waits_double_up_to_the_longest() -> None:
    policy = RetryPolicy(max_retries=6)
    waits = [policy.delay(attempt, rand=lambda: 0.0) for attempt in range(7)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, None]


def test_up_to_a_quarter_is_taken_off() -> None:
    assert RetryPolicy().delay(0, rand=lambda: 1.0) == 0.375


def test_the_server_is_obeyed_for_up_to_a_minute() -> None:
    policy = RetryPolicy()
    assert policy.delay(0, 60.0) == 60.0
    assert policy.delay(0, 0.0) == 0.0
    assert policy.delay(0, 61.0, lambda: 0.0) == 0.5
    assert policy.delay(2, 1.0) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "3"}, 3.0),
        ({"Retry-After-Ms": "1500", "Retry-After": "9"}, 1.5),
        ({"Retry-After": "Thu, 01 Jan 1970 00:01:40 GMT"}, 90.0),
        ({"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "nan"}, None),
    ],
)
def test_what_the_server_asks(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(Headers(headers.items()), now=10.0) == seconds


def test_which_statuses_are_tried_again() -> None:
    assert [
        s for s in (200, 400, 401, 404, 408, 409, 422, 429, 500, 599) if is_retried(s, Headers([]))
    ] == [
        408,
        409,
        429,
        500,
        599,
    ]
