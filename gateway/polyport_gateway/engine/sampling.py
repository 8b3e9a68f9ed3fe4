"""From logits to tokens: penalties, temperature, nucleus, seeds, log probabilities."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .messages import Sampling

_NUCLEUS_FIRST = 256  # the nucleus is usually among so few tokens; only if not, the whole vocabulary is sorted


@dataclass(frozen=True)
class Choice:
    """A chosen token; with log probabilities asked for, its own and the likeliest (token, log probability) pairs."""

    token: int
    logprob: float | None = None
    top: tuple[tuple[int, float], ...] = ()


class Sampler:
    """One answer's way of choosing: its settings, its own random numbers, and how often it has used each token."""

    def __init__(self, settings: Sampling, index: int) -> None:
        self.settings = settings
        self._random = random.Random(f"{settings.seed}/{index}" if settings.seed is not None else None)
        self._used: Counter[int] = Counter()

    def adjust(self, logits: Tensor) -> None:
        """Apply bias and penalties to one row of logits, in place."""
        s = self.settings
        bias = {token: addend for token, addend in s.logit_bias.items() if 0 <= token < len(logits)}
        if bias:
            logits[list(bias)] += torch.tensor(list(bias.values()))
        if self._used and (s.frequency_penalty or s.presence_penalty):
            counts = torch.tensor(list(self._used.values()), dtype=torch.float32)
            logits[list(self._used)] -= counts * s.frequency_penalty + s.presence_penalty

    def draw(self, logits: Tensor) -> int:
        """One token at the settings' temperature (above 0) and top_p, by inverting the cumulative distribution."""
        probabilities = torch.softmax(logits / self.settings.temperature, dim=-1)
        tokens = None
        if self.settings.top_p < 1:
            probabilities, tokens = nucleus(probabilities, self.settings.top_p)
        sums = probabilities.cumsum(0, dtype=torch.float64)
        place = torch.tensor(self._random.random(), dtype=torch.float64) * sums[-1]
        at = min(int(torch.searchsorted(sums, place, right=True)), len(sums) - 1)
        return at if tokens is None else int(tokens[at])

    def remember(self, token: int) -> None:
        if self.settings.frequency_penalty or self.settings.presence_penalty:
            self._used[token] += 1


def nucleus(probabilities: Tensor, top_p: float) -> tuple[Tensor, Tensor]:
    """The likeliest tokens that add up to `top_p`, at least one, likeliest first (Holtzman et al., 2020): (probabilities, tokens)."""
    count = min(_NUCLEUS_FIRST, len(probabilities))
    likeliest, tokens = torch.topk(probabilities, count)
    if float(likeliest.sum()) < top_p:
        likeliest, tokens = torch.sort(probabilities, descending=True, stable=True)
    before = likeliest.cumsum(0) - likeliest
    size = max(int((before < top_p).sum()), 1)
    return likeliest[:size], tokens[:size]


@torch.inference_mode()
def choose(logits: Tensor, samplers: Sequence[Sampler]) -> list[Choice]:
    """One token for each row of logits (rows, vocab); the logits are used up. Log probabilities are the model's own, before
    bias, penalties and temperature."""
    reports = {
        row: torch.log_softmax(logits[row], dim=-1)
        for row, sampler in enumerate(samplers)
        if sampler.settings.top_logprobs is not None
    }
    for row, sampler in enumerate(samplers):
        sampler.adjust(logits[row])
    greedy: list[int] = logits.numpy().argmax(axis=-1).tolist()  # numpy's is ten times as fast as torch's
    choices = []
    for row, sampler in enumerate(samplers):
        token = (
            greedy[row]
            if sampler.settings.temperature <= 0 or sampler.settings.top_p <= 0
            else sampler.draw(logits[row])
        )
        sampler.remember(token)
        choices.append(
            _with_logprobs(token, reports[row], sampler.settings.top_logprobs or 0) if row in reports else Choice(token)
        )
    return choices


def _with_logprobs(token: int, report: Tensor, count: int) -> Choice:
    values, tokens = torch.topk(report, min(count, len(report)))
    return Choice(token, float(report[token]), tuple(zip(tokens.tolist(), values.tolist(), strict=True)))
