"""How tokens are chosen."""

from __future__ import annotations

import math
from collections import Counter

import torch
from polyport_gateway.engine.messages import Sampling
from polyport_gateway.engine.sampling import Sampler, choose, nucleus

LOGITS = torch.tensor([1.0, 3.0, 2.0, -1.0, 0.5])


def one(settings: Sampling, index: int = 0, logits: torch.Tensor = LOGITS) -> int:
    return choose(logits.clone().unsqueeze(0), [Sampler(settings, index)])[0].token


def many(settings: Sampling, count: int, logits: torch.Tensor = LOGITS) -> list[int]:
    sampler = Sampler(settings, 0)
    return [choose(logits.clone().unsqueeze(0), [sampler])[0].token for _ in range(count)]


def test_temperature_zero_takes_the_likeliest() -> None:
    assert one(Sampling(temperature=0)) == 1
    assert one(Sampling(temperature=1.5, top_p=0)) == 1


def test_draws_follow_the_distribution() -> None:
    counts = Counter(many(Sampling(temperature=1, seed=1), 4000))
    expected = torch.softmax(LOGITS, 0)
    for token, probability in enumerate(expected.tolist()):
        spread = 4 * math.sqrt(4000 * probability * (1 - probability))
        assert abs(counts[token] - 4000 * probability) < spread


def test_a_seed_repeats_its_answer_and_the_answers_of_one_request_differ() -> None:
    wide = torch.zeros(1000)
    settings = Sampling(temperature=1, seed=42)
    assert many(settings, 20, wide) == many(settings, 20, wide)
    first, second = Sampler(settings, 0), Sampler(settings, 1)
    draws = [[choose(wide.clone().unsqueeze(0), [s])[0].token for _ in range(20)] for s in (first, second)]
    assert draws[0] != draws[1]
    assert many(Sampling(temperature=1), 20, wide) != many(Sampling(temperature=1), 20, wide)


def test_the_nucleus_is_the_smallest_set_that_reaches_top_p() -> None:
    probabilities = torch.tensor([0.1, 0.5, 0.15, 0.25])
    assert nucleus(probabilities, 0.5)[1].tolist() == [1]
    assert nucleus(probabilities, 0.51)[1].tolist() == [1, 3]
    assert nucleus(probabilities, 0.95)[1].tolist() == [1, 3, 2, 0]
    assert set(many(Sampling(temperature=1, top_p=0.7, seed=3), 200)) <= {1, 2}


def test_a_flat_distribution_needs_more_than_the_first_look() -> None:
    probabilities = torch.full((1000,), 0.001)
    assert len(nucleus(probabilities, 0.9)[1]) in (899, 900, 901)


def test_penalties_and_bias_change_what_is_taken() -> None:
    assert one(Sampling(temperature=0, logit_bias={1: -100.0})) == 2
    assert one(Sampling(temperature=0, logit_bias={3: 100.0, 99999: 5.0})) == 3
    assert many(Sampling(temperature=0, presence_penalty=1.5), 3) == [1, 2, 1]
    assert many(Sampling(temperature=0, frequency_penalty=0.6), 4) == [1, 1, 2, 1]


def test_log_probabilities_are_the_models_own() -> None:
    settings = Sampling(temperature=0, logit_bias={0: 100.0}, top_logprobs=2)
    choice = choose(LOGITS.clone().unsqueeze(0), [Sampler(settings, 0)])[0]
    expected = torch.log_softmax(LOGITS, 0)
    assert choice.token == 0
    assert choice.logprob is not None
    assert math.isclose(choice.logprob, float(expected[0]), rel_tol=1e-6)
    assert [token for token, _ in choice.top] == [1, 2]
    assert math.isclose(choice.top[0][1], float(expected[1]), rel_tol=1e-6)
    none = choose(LOGITS.clone().unsqueeze(0), [Sampler(Sampling(temperature=0), 0)])[0]
    assert (none.logprob, none.top) == (None, ())
